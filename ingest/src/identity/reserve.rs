use chrono::NaiveDate;
use frisk_codes::Sex;

use super::PersonalNumber;
use crate::Patient;

/// A reserve number (reservnummer): what a region gives a patient whose personal number is not known.
///
/// Each region has its own form. Taken are those that begin with the birth date, as a personal number does, and have a
/// letter among the last four places; a number is a person only together with the authority that gave it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReserveNumber {
    number: String,
    birth_date: NaiveDate,
}

impl std::fmt::Debug for ReserveNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReserveNumber(…)")
    }
}

impl ReserveNumber {
    /// Parses `yyyymmdd` and four letters or digits, at least one a letter, with or without a hyphen between;
    /// `authority` is the OID of the number's root, empty if the document has none.
    #[must_use]
    pub fn parse(authority: &str, text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let (date, rest) = text.split_at_checked(8)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let letters = rest.bytes().any(|b| b.is_ascii_uppercase());
        let plain = rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        if !(plain && letters) {
            return None;
        }
        // The date is read as a personal number's; the last four digits do not matter.
        let birth_date = PersonalNumber::parse(&format!("{date}0000"))
            .ok()?
            .birth_date();
        Some(Self {
            number: format!("reserve:{}:{date}{rest}", authority.trim()),
            birth_date,
        })
    }

    /// The patient with this number; the sex is not known.
    #[must_use]
    pub fn patient(&self) -> Patient {
        Patient {
            number: self.number.clone(),
            birth_date: self.birth_date,
            sex: Sex::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_number_is_a_person_of_its_authority() {
        let of = |authority: &str, text: &str| {
            ReserveNumber::parse(authority, text).map(|n| n.patient())
        };
        let patient = of("1.2.752.113.11.0.2.1.1.1", " 19550505-r123").unwrap();
        assert_eq!(
            patient.number,
            "reserve:1.2.752.113.11.0.2.1.1.1:19550505R123"
        );
        assert_eq!(patient.birth_date.to_string(), "1955-05-05");
        assert_eq!(patient.sex, Sex::Unknown);
        assert_ne!(of("", "19550505R123"), Some(patient));
        for other in [
            "195505051234",
            "19551305R123",
            "5505R123",
            "19550505R12",
            "19550505Å123",
            "",
        ] {
            assert_eq!(of("", other), None, "{other}");
        }
    }
}
