use frisk_codes::{Icd10, Level, Levels, WITHOUT_VALID_CODE};
use serde::{Deserialize, Serialize};

use crate::{Error, Label};

/// A diagnosis on one level of ICD-10-SE, as questions choose it and reports group by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diagnosis {
    /// A chapter, such as `F00-F99`.
    Chapter(String),
    /// A block (avsnitt), such as `F40-F48`.
    Block(String),
    /// A category, such as `F43`.
    Category(String),
    /// A code, such as `F438A`.
    Code(String),
    /// A code that the list does not have, within a category of it.
    UnknownCode(String),
    /// No valid diagnosis at all.
    Invalid,
}

/// Ending of the id of [`Diagnosis::UnknownCode`], after the category.
const INTERNAL: &str = "intern";
/// Ids of [`Diagnosis::Invalid`] on the four levels. Source: conformance kit §6.5.
const INVALID: [&str; 3] = ["Ö00-Ö00", "Ö00", "Ö000"];
/// Characters by which the peer tells ids of one level apart. Source: conformance kit §9.
const PEER_CHARACTERS: usize = 5;

impl Diagnosis {
    /// The diagnosis of an id in any of its spellings (`F00-F99`, `f43`, `F438A`, `F43intern`, `Ö00`).
    ///
    /// # Errors
    /// The list has no such chapter, block, category or code.
    pub fn parse(id: &str, icd10: &Icd10) -> Result<Self, Error> {
        let id = id.trim();
        if INVALID.contains(&id) {
            return Ok(Self::Invalid);
        }
        if let Some(category) = id.strip_suffix(INTERNAL)
            && let Some((Level::Category, entry)) = icd10.exact(category)
        {
            return Ok(Self::UnknownCode(entry.id.clone()));
        }
        let found = icd10
            .exact(id)
            .map(|(level, entry)| Self::on(level, &entry.id));
        found.ok_or_else(|| Error::Question {
            what: "diagnosis",
            found: id.to_owned(),
            expected: "a chapter, block, category or code of ICD-10-SE, such as F00-F99, F40-F48, F43 or F438A"
                .to_owned(),
        })
    }

    /// The diagnosis on a level that the peer would take an id for: the first whose five first characters are those of
    /// the id, so that the chapter `G00-G99` given as a block is the block `G00-G09`; `None` if there is none.
    ///
    /// Only for answers that must equal the peer's; [`Self::parse`] is right. Source: conformance kit §9 and §17.
    #[must_use]
    pub fn as_peer(level: Level, id: &str, icd10: &Icd10) -> Option<Self> {
        let cut = |text: &str| text.chars().take(PEER_CHARACTERS).collect::<String>();
        let wanted = cut(id);
        if INVALID.iter().any(|invalid| cut(invalid) == wanted) {
            return Some(Self::Invalid);
        }
        let internal = icd10.categories().iter().find(|category| {
            level == Level::Code && cut(&format!("{}{INTERNAL}", category.id)) == wanted
        });
        if let Some(category) = internal {
            return Some(Self::UnknownCode(category.id.clone()));
        }
        let entries = match level {
            Level::Chapter => icd10.chapters(),
            Level::Block => icd10.blocks(),
            Level::Category => icd10.categories(),
            Level::Code => icd10.codes(),
        };
        let found = entries.iter().find(|entry| cut(&entry.id) == wanted)?;
        Some(Self::on(level, &found.id))
    }

    fn on(level: Level, id: &str) -> Self {
        let id = id.to_owned();
        match level {
            Level::Chapter => Self::Chapter(id),
            Level::Block => Self::Block(id),
            Level::Category => Self::Category(id),
            Level::Code => Self::Code(id),
        }
    }

    /// Its id, which [`Self::parse`] reads.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Chapter(id) | Self::Block(id) | Self::Category(id) | Self::Code(id) => id.clone(),
            Self::UnknownCode(category) => format!("{category}{INTERNAL}"),
            Self::Invalid => INVALID[0].to_owned(),
        }
    }

    /// Its name in reports: id and name, or the name alone where the id is internal.
    #[must_use]
    pub fn label(&self, icd10: &Icd10) -> Label {
        match self {
            Self::Invalid => WITHOUT_VALID_CODE.into(),
            Self::UnknownCode(category) => Label {
                sv: format!("Okänd kod inom {category}"),
                en: format!("Unknown code within {category}"),
            },
            Self::Chapter(id) | Self::Block(id) | Self::Category(id) | Self::Code(id) => {
                let entry = icd10.exact(id).map(|(_, entry)| entry);
                let name = entry.map_or("", |entry| entry.name.as_str());
                let english = entry.and_then(|entry| entry.english.as_deref());
                let with = |name: &str| format!("{id} {name}").trim_end().to_owned();
                Label {
                    sv: with(name),
                    en: with(english.unwrap_or(name)),
                }
            }
        }
    }

    /// Whether a period's diagnosis lies in it.
    #[must_use]
    pub fn holds(&self, levels: &Levels<'_>) -> bool {
        match self {
            Self::Chapter(id) => levels.chapter == Some(id),
            Self::Block(id) => levels.block == Some(id),
            Self::Category(id) => levels.category == Some(id),
            Self::Code(id) => levels.code == Some(id),
            Self::UnknownCode(category) => {
                levels.category == Some(category) && levels.code.is_none()
            }
            Self::Invalid => !levels.valid,
        }
    }

    /// Whether the two have a code in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self, icd10: &Icd10) -> bool {
        self.holds(&other.levels(icd10)) || other.holds(&self.levels(icd10))
    }

    /// The levels that it stands on; those below it are open.
    fn levels<'a>(&self, icd10: &'a Icd10) -> Levels<'a> {
        match self {
            Self::Invalid => Levels::INVALID,
            Self::UnknownCode(id)
            | Self::Chapter(id)
            | Self::Block(id)
            | Self::Category(id)
            | Self::Code(id) => exact_levels(id, icd10),
        }
    }

    /// What it is made of: a chapter's blocks, a block's categories, a category's codes and the unknown code in it.
    #[must_use]
    pub fn children(&self, icd10: &Icd10) -> Vec<Self> {
        let inside = |id: &str| self.holds(&icd10.resolve(id));
        match self {
            Self::Chapter(_) => (icd10.blocks().iter())
                .filter(|block| inside(&block.id))
                .map(|block| Self::Block(block.id.clone()))
                .collect(),
            Self::Block(_) => (icd10.categories().iter())
                .filter(|category| inside(&category.id))
                .map(|category| Self::Category(category.id.clone()))
                .collect(),
            Self::Category(id) => (icd10.codes().iter())
                .filter(|code| inside(&code.id))
                .map(|code| Self::Code(code.id.clone()))
                .chain([Self::UnknownCode(id.clone())])
                .collect(),
            Self::Code(_) | Self::UnknownCode(_) | Self::Invalid => vec![self.clone()],
        }
    }
}

/// The levels of a certificate's diagnosis as the table of certificates and messages have them: only a code or range
/// that the list has exactly; anything else lies in no diagnosis, not even in [`Diagnosis::Invalid`].
///
/// Source: conformance kit §6.5.
pub(crate) fn exact_levels<'a>(code: &str, icd10: &'a Icd10) -> Levels<'a> {
    let unknown = Levels {
        valid: true,
        ..Levels::INVALID
    };
    let Some((level, entry)) = icd10.exact(code) else {
        return unknown;
    };
    let levels = icd10.resolve(&entry.id);
    match level {
        Level::Chapter => Levels {
            chapter: levels.chapter,
            ..unknown
        },
        Level::Block => Levels {
            code: None,
            category: None,
            ..levels
        },
        Level::Category => Levels {
            code: None,
            ..levels
        },
        Level::Code => levels,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_to_diagnoses_and_back() {
        let icd10 = Icd10::builtin();
        for id in ["F00-F99", "F40-F48", "F43", "F43intern", "Ö00-Ö00"] {
            assert_eq!(Diagnosis::parse(id, &icd10).unwrap().id(), id);
        }
        // The built-in list has no codes.
        assert!(Diagnosis::parse("F438A", &icd10).is_err());
    }

    #[test]
    fn a_chapter_given_as_a_block_is_the_block_that_begins_so_at_the_peer_only() {
        let icd10 = Icd10::builtin();
        let block = Diagnosis::Block("G00-G09".to_owned());
        assert_eq!(
            Diagnosis::as_peer(Level::Block, "G00-G99", &icd10),
            Some(block)
        );
        let chapter = Diagnosis::Chapter("G00-G99".to_owned());
        assert_eq!(Diagnosis::parse("G00-G99", &icd10).unwrap(), chapter);
        assert_eq!(Diagnosis::as_peer(Level::Category, "G0", &icd10), None);
    }

    #[test]
    fn a_period_lies_in_its_levels_and_in_nothing_else() {
        let icd10 = Icd10::builtin();
        let holds = |id: &str, code: &str| {
            Diagnosis::parse(id, &icd10)
                .unwrap()
                .holds(&icd10.resolve(code))
        };
        assert!(holds("F00-F99", "F432") && holds("F40-F48", "F432") && holds("F43", "F432"));
        // The built-in list has no codes, so F432 is an unknown code within F43.
        assert!(holds("F43intern", "F432") && !holds("F40intern", "F432"));
        assert!(holds("Ö00", "xyz") && !holds("Ö00", "F432"));
        assert!(!holds("M00-M99", "F432"));
    }

    #[test]
    fn two_diagnoses_overlap_when_one_lies_in_the_other() {
        let icd10 = Icd10::builtin();
        let overlap = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|id| Diagnosis::parse(id, &icd10).unwrap());
            assert_eq!(a.overlaps(&b, &icd10), b.overlaps(&a, &icd10));
            a.overlaps(&b, &icd10)
        };
        assert!(
            overlap("F00-F99", "F43") && overlap("F43", "F43") && overlap("F43intern", "F40-F48")
        );
        assert!(!overlap("F43", "F44") && !overlap("F43intern", "F44") && !overlap("Ö00", "F43"));
    }

    #[test]
    fn exact_levels_take_no_prefix() {
        let icd10 = Icd10::builtin();
        assert_eq!(exact_levels("F43", &icd10).block, Some("F40-F48"));
        assert_eq!(exact_levels("F432", &icd10).block, None);
        assert_eq!(exact_levels("F40-F48", &icd10).category, None);
        assert!(!Diagnosis::Invalid.holds(&exact_levels("F432", &icd10)));
    }
}
