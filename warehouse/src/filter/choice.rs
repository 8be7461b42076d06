use std::collections::BTreeSet;

use frisk_codes::{AgeGroup, CertificateType, Icd10, LengthGroup};

use super::{Filter, TypeChoice};
use crate::{Diagnosis, Error, reports::one_of};

/// What a filter can be narrowed by.
const PARTS: [&str; 5] = ["unit", "diagnosis", "age", "length", "type"];

impl Filter {
    /// Narrows one part to a choice more: `unit` (HSA id), `diagnosis` (`F00-F99`, `F43`, …), `age` (`16-20`),
    /// `length` (`15-30`) or `type` (`LISJP`); ids or labels.
    ///
    /// # Errors
    /// There is no such part, or no such choice in it.
    pub fn narrow(&mut self, part: &str, choice: &str, icd10: &Icd10) -> Result<(), Error> {
        let choice = choice.trim();
        match part {
            "unit" => {
                let id: String = choice.split_whitespace().collect::<String>().to_uppercase();
                self.units.get_or_insert_default().insert(id);
            }
            "diagnosis" => {
                let diagnosis = Diagnosis::parse(choice, icd10)?;
                self.diagnoses.get_or_insert_default().push(diagnosis);
            }
            "age" => {
                let groups = || one_of(AgeGroup::ALL.iter().map(|group| group.id()));
                let group =
                    AgeGroup::parse(choice).ok_or_else(|| wrong("age", choice, groups()))?;
                self.ages.get_or_insert_default().insert(group);
            }
            "length" => {
                let groups = || one_of(LengthGroup::ALL.iter().map(|group| group.id()));
                let group =
                    LengthGroup::parse(choice).ok_or_else(|| wrong("length", choice, groups()))?;
                self.lengths.get_or_insert_default().insert(group);
            }
            "type" => {
                let kinds = || one_of(CertificateType::ALL.iter().map(|kind| kind.code()));
                let kind = CertificateType::from_code(choice)
                    .ok_or_else(|| wrong("type", choice, kinds()))?;
                self.also(kind);
            }
            other => return Err(wrong("filter", other, one_of(PARTS.iter()))),
        }
        Ok(())
    }

    fn also(&mut self, kind: CertificateType) {
        match &mut self.types {
            TypeChoice::Only(kinds) => {
                kinds.insert(kind);
            }
            TypeChoice::Usual | TypeChoice::Any => {
                self.types = TypeChoice::Only(BTreeSet::from([kind]))
            }
        }
    }
}

fn wrong(what: &'static str, found: &str, expected: String) -> Error {
    Error::Question {
        what,
        found: found.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_narrowed_one_choice_after_the_other() {
        let icd10 = Icd10::builtin();
        let mut filter = Filter::default();
        assert!(!filter.is_active());
        for (part, choice) in [
            ("unit", "se1-a"),
            ("diagnosis", "F43"),
            ("age", "16-20"),
            ("length", "1-2 år"),
            ("type", "luse"),
            ("type", "LISJP"),
        ] {
            filter.narrow(part, choice, &icd10).unwrap();
        }
        assert!(filter.units.as_ref().unwrap().contains("SE1-A"));
        assert!(
            filter.types.holds(CertificateType::Luse)
                && !filter.types.holds(CertificateType::Fk7263)
        );
        assert!(filter.lengths.unwrap().contains(&LengthGroup::of(365)));
    }

    #[test]
    fn what_cannot_be_chosen_is_told_with_what_can() {
        let icd10 = Icd10::builtin();
        let told = |part: &str, choice: &str| {
            Filter::default()
                .narrow(part, choice, &icd10)
                .unwrap_err()
                .to_string()
        };
        assert!(told("age", "20-25").contains("21-25"));
        assert!(told("weather", "rain").contains("diagnosis"));
        assert!(told("diagnosis", "F999999").contains("F43"));
    }
}
