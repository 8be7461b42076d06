use chrono::{Datelike, NaiveDate};
use frisk_codes::Sex;

use crate::Patient;

/// A personal number (personnummer) or coordination number (samordningsnummer), parsed.
///
/// Reserve numbers (reservnummer) are not personal numbers: see [`crate::ReserveNumber`].
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalNumber {
    digits: String,
    birth_date: NaiveDate,
    /// Whether it is a coordination number: day of birth + 60.
    pub coordination: bool,
    /// Whether the last digit is the check digit of the nine before it.
    pub check_digit: bool,
}

/// Why a text is no personal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Not 12 digits, with or without a hyphen before the last four.
    Form,
    /// The birth date does not exist.
    Date,
}

impl std::fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalNumber(…)")
    }
}

impl PersonalNumber {
    /// Parses `yyyymmddnnnn` or `yyyymmdd-nnnn`; spaces and non-breaking spaces around are dropped.
    ///
    /// # Errors
    /// The form or the birth date is wrong. A wrong check digit is no error: see [`Self::check_digit`].
    ///
    /// Source: folkbokföringslagen (1991:481) 18 §; conformance kit §6.4.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        let digits = match trimmed.split_at_checked(8) {
            Some((date, rest)) => format!("{date}{}", rest.strip_prefix('-').unwrap_or(rest)),
            None => return Err(NumberFault::Form),
        };
        if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NumberFault::Form);
        }
        let part = |range: std::ops::Range<usize>| {
            digits
                .get(range)
                .and_then(|d| d.parse::<u32>().ok())
                .ok_or(NumberFault::Form)
        };
        let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
        let coordination = day > 60;
        let day = if coordination { day - 60 } else { day };
        let year = i32::try_from(year).map_err(|_| NumberFault::Date)?;
        let birth_date = NaiveDate::from_ymd_opt(year, month, day).ok_or(NumberFault::Date)?;
        Ok(Self {
            check_digit: check_digit_holds(&digits),
            digits,
            birth_date,
            coordination,
        })
    }

    /// The 12 digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The birth date.
    #[must_use]
    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    /// Sex by the third of the last four digits: odd = man, even = woman.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.digits.as_bytes().get(10) {
            Some(digit) if digit % 2 == 1 => Sex::Man,
            Some(_) => Sex::Woman,
            None => Sex::Unknown,
        }
    }

    /// The patient with this number.
    #[must_use]
    pub fn patient(&self) -> Patient {
        Patient {
            number: self.digits.clone(),
            birth_date: self.birth_date,
            sex: self.sex(),
        }
    }
}

/// Whole years from a birth date to a day; negative before birth.
pub(crate) fn age_at(birth: NaiveDate, day: NaiveDate) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    let years = day.year() - birth.year() - i32::from(!had_birthday);
    i16::try_from(years).unwrap_or(if years < 0 { i16::MIN } else { i16::MAX })
}

/// Luhn's check (modulus 10) over the last ten digits.
fn check_digit_holds(digits: &str) -> bool {
    let weighted = digits.bytes().skip(2).enumerate().map(|(i, b)| {
        let product = u32::from(b - b'0') * if i % 2 == 0 { 2 } else { 1 };
        product / 10 + product % 10
    });
    weighted.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_gives_birth_date_and_sex() {
        // Skatteverket's own example of the check digit: 811228-987?, 8·2=16→7, 1, 1·2=2, 2, 2·2=4, 8, 9·2=18→9, 8, 7·2=14→5
        // sum 7+1+2+2+4+8+9+8+5 = 46, check digit 4.
        let number = PersonalNumber::parse("19811228-9874").unwrap();
        assert_eq!(number.digits(), "198112289874");
        assert_eq!(number.birth_date(), day("1981-12-28"));
        assert_eq!(number.sex(), Sex::Man);
        assert!(number.check_digit && !number.coordination);
        assert!(!PersonalNumber::parse("198112289873").unwrap().check_digit);
        assert_eq!(
            PersonalNumber::parse("198112289864").unwrap().sex(),
            Sex::Woman
        );
    }

    #[test]
    fn a_coordination_number_has_sixty_added_to_the_day() {
        // 701063-239?: 7·2=14→5, 0, 1·2=2, 0, 6·2=12→3, 3, 2·2=4, 3, 9·2=18→9; sum 29, check digit 1.
        let number = PersonalNumber::parse("\u{a0} 19701063-2391 ").unwrap();
        assert_eq!(number.birth_date(), day("1970-10-03"));
        assert!(number.coordination && number.check_digit);
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for form in [
            "",
            "8112289874",
            "19811228-987",
            "19811228+9874",
            "1981122898745",
            "1981122R9874",
            "åååååååå",
        ] {
            assert_eq!(
                PersonalNumber::parse(form),
                Err(NumberFault::Form),
                "{form}"
            );
        }
        // 1981-02-30, 1981-13-01, and day 92 − 60 = 32.
        for date in [
            "198102301234",
            "198113011234",
            "198101921234",
            "198101001234",
        ] {
            assert_eq!(
                PersonalNumber::parse(date),
                Err(NumberFault::Date),
                "{date}"
            );
        }
    }

    #[test]
    fn age_is_whole_years() {
        assert_eq!(age_at(day("1980-02-29"), day("2001-02-28")), 20);
        assert_eq!(age_at(day("1980-02-29"), day("2001-03-01")), 21);
        assert_eq!(age_at(day("1980-05-05"), day("2020-05-05")), 40);
        assert_eq!(age_at(day("1980-05-05"), day("1980-05-04")), -1);
    }

    #[test]
    fn debug_shows_no_digit() {
        let shown = format!("{:?}", PersonalNumber::parse("198112289874").unwrap());
        assert!(!shown.contains(|c: char| c.is_ascii_digit()));
    }
}
