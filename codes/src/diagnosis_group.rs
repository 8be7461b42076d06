use serde::{Deserialize, Serialize};

use crate::icd10::Levels;
use crate::{Language, Text};

/// Diagnosis group (diagnosgrupp): the seven groups of chapters that the statistics draw, and the rest.
///
/// Source: `PEERS.md` §1.2 and the conformance kit §16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosisGroup {
    /// A00-E90, G00-L99, N00-N99.
    Somatic,
    /// F00-F99.
    Mental,
    /// M00-M99.
    Musculoskeletal,
    /// O00-O99.
    Pregnancy,
    /// P00-P96, Q00-Q99, S00-Y98 (and U00-U99).
    Other,
    /// R00-R99.
    Symptoms,
    /// Z00-Z99.
    Factors,
    /// No valid ICD-10 code.
    Invalid,
}

impl DiagnosisGroup {
    /// All groups, in report order.
    pub const ALL: [Self; 8] = [
        Self::Somatic,
        Self::Mental,
        Self::Musculoskeletal,
        Self::Pregnancy,
        Self::Other,
        Self::Symptoms,
        Self::Factors,
        Self::Invalid,
    ];

    /// Position in [`Self::ALL`], from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Stable id in filters and files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Somatic => "somatic",
            Self::Mental => "mental",
            Self::Musculoskeletal => "musculoskeletal",
            Self::Pregnancy => "pregnancy",
            Self::Other => "other",
            Self::Symptoms => "symptoms",
            Self::Factors => "factors",
            Self::Invalid => "invalid",
        }
    }

    /// The range of codes as the reports print it before the name; empty for [`Self::Invalid`].
    #[must_use]
    pub fn range(self) -> &'static str {
        match self {
            Self::Somatic => "A00-E90, G00-L99, N00-N99",
            Self::Mental => "F00-F99",
            Self::Musculoskeletal => "M00-M99",
            Self::Pregnancy => "O00-O99",
            Self::Other => "P00-P96, Q00-Q99, S00-Y98",
            Self::Symptoms => "R00-R99",
            Self::Factors => "Z00-Z99",
            Self::Invalid => "",
        }
    }

    /// The name without the range.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Somatic => Text::new("Somatiska sjukdomar", "Somatic diseases"),
            Self::Mental => Text::new("Psykiska sjukdomar", "Mental disorders"),
            Self::Musculoskeletal => {
                Text::new("Muskuloskeletala sjukdomar", "Musculoskeletal diseases")
            }
            Self::Pregnancy => Text::new("Graviditet och förlossning", "Pregnancy and childbirth"),
            Self::Other => Text::new("Övrigt", "Other"),
            Self::Symptoms => Text::new("Symtomdiagnoser", "Symptom diagnoses"),
            Self::Factors => Text::new(
                "Faktorer av betydelse för hälsotillståndet och för kontakter med hälso- och sjukvården",
                "Factors influencing health status and contact with health services",
            ),
            Self::Invalid => Text::new("Utan giltig ICD-10 kod", "Without a valid ICD-10 code"),
        }
    }

    /// The full label of the reports, such as `F00-F99 Psykiska sjukdomar`.
    #[must_use]
    pub fn label(self, language: Language) -> String {
        let name = self.name().get(language);
        match self.range() {
            "" => name.to_owned(),
            range => format!("{range} {name}"),
        }
    }

    /// Ids of the chapters in the group; none for [`Self::Invalid`].
    #[must_use]
    pub fn chapters(self) -> &'static [&'static str] {
        match self {
            Self::Somatic => &[
                "A00-B99", "C00-D48", "D50-D89", "E00-E90", "G00-G99", "H00-H59", "H60-H95",
                "I00-I99", "J00-J99", "K00-K93", "L00-L99", "N00-N99",
            ],
            Self::Mental => &["F00-F99"],
            Self::Musculoskeletal => &["M00-M99"],
            Self::Pregnancy => &["O00-O99"],
            Self::Other => &["P00-P96", "Q00-Q99", "S00-T98", "U00-U99", "V01-Y98"],
            Self::Symptoms => &["R00-R99"],
            Self::Factors => &["Z00-Z99"],
            Self::Invalid => &[],
        }
    }

    /// The group of a chapter id such as `F00-F99`; [`Self::Invalid`] for anything else.
    #[must_use]
    pub fn of_chapter(chapter: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|group| group.chapters().contains(&chapter))
            .unwrap_or(Self::Invalid)
    }

    /// The group of a resolved diagnosis code.
    #[must_use]
    pub fn of_levels(levels: &Levels<'_>) -> Self {
        levels.chapter.map_or(Self::Invalid, Self::of_chapter)
    }

    /// The group of an id or of a label in either language.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|group| {
            group.id() == text
                || [Language::Sv, Language::En]
                    .into_iter()
                    .any(|language| group.label(language) == text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Icd10;

    #[test]
    fn codes_fall_in_their_group() {
        // By hand from PEERS.md §1.2: a code at each end of every range.
        let expected = [
            ("A00", "somatic"),
            ("E90", "somatic"),
            ("F00", "mental"),
            ("F99", "mental"),
            ("G00", "somatic"),
            ("L99", "somatic"),
            ("M00", "musculoskeletal"),
            ("M99", "musculoskeletal"),
            ("N00", "somatic"),
            ("N99", "somatic"),
            ("O00", "pregnancy"),
            ("O99", "pregnancy"),
            ("P00", "other"),
            ("P96", "other"),
            ("Q00", "other"),
            ("Q99", "other"),
            ("R00", "symptoms"),
            ("R99", "symptoms"),
            ("S00", "other"),
            ("T98", "other"),
            ("U99", "other"),
            ("V01", "other"),
            ("Y98", "other"),
            ("Z00", "factors"),
            ("Z99", "factors"),
            ("Ö00", "invalid"),
            ("", "invalid"),
        ];
        let list = Icd10::builtin();
        for (code, group) in expected {
            assert_eq!(list.resolve(code).group().id(), group, "{code}");
        }
    }

    #[test]
    fn every_chapter_is_in_one_group() {
        let list = Icd10::builtin();
        let in_groups: usize = DiagnosisGroup::ALL.iter().map(|g| g.chapters().len()).sum();
        assert_eq!(in_groups, 22);
        for chapter in list.chapters() {
            assert_ne!(
                DiagnosisGroup::of_chapter(&chapter.id),
                DiagnosisGroup::Invalid,
                "{}",
                chapter.id
            );
        }
    }

    #[test]
    fn labels_are_those_of_the_reports() {
        assert_eq!(
            DiagnosisGroup::Mental.label(Language::Sv),
            "F00-F99 Psykiska sjukdomar"
        );
        assert_eq!(
            DiagnosisGroup::Invalid.label(Language::Sv),
            "Utan giltig ICD-10 kod"
        );
        assert_eq!(
            DiagnosisGroup::parse("O00-O99 Graviditet och förlossning"),
            Some(DiagnosisGroup::Pregnancy)
        );
    }
}
