use frisk_codes::Language;

/// A whole number with its thousands apart: 1 234 567 (U+202F) or 1,234,567.
pub(crate) fn count(value: f64, language: Language) -> String {
    let digits = format!("{:.0}", value.abs());
    let space = match language {
        Language::Sv => '\u{202f}',
        Language::En => ',',
    };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(space);
        }
        text.push(digit);
    }
    if value < 0.0 && digits != "0" {
        text.insert(0, '\u{2212}');
    }
    text
}

/// A number with one decimal: 12,3 or 12.3; minus is U+2212.
pub(crate) fn decimal(value: f64, language: Language) -> String {
    let rounded = (value.abs() * 10.0).round() / 10.0;
    let whole = count(rounded.trunc(), language);
    let tenth = ((rounded - rounded.trunc()) * 10.0).round();
    let point = match language {
        Language::Sv => ',',
        Language::En => '.',
    };
    let minus = if value < 0.0 && rounded > 0.0 {
        "\u{2212}"
    } else {
        ""
    };
    format!("{minus}{whole}{point}{tenth:.0}")
}

/// A share in percent with one decimal: 12,3 % (U+00A0).
pub(crate) fn percent(share: f64, language: Language) -> String {
    format!("{}\u{a0}%", decimal(share * 100.0, language))
}

/// A share as a frequency, rounded to tenths and never 0 or 10 of 10. Source: `PAGES.md` §6.3.
pub(crate) fn of_ten(share: f64, language: Language) -> String {
    let sv = language == Language::Sv;
    if share < 0.05 {
        return if sv {
            "färre än 1 av 20"
        } else {
            "fewer than 1 in 20"
        }
        .to_owned();
    }
    if share > 0.95 {
        return if sv {
            "fler än 19 av 20"
        } else {
            "more than 19 in 20"
        }
        .to_owned();
    }
    let tenths = (share * 10.0).round().clamp(1.0, 9.0);
    if sv {
        format!("ungefär {tenths:.0} av 10")
    } else {
        format!("about {tenths:.0} in 10")
    }
}

/// How much more or less than before, in words: ”2,1 % fler”.
pub(crate) fn change(now: f64, before: f64, language: Language) -> String {
    let share = now / before - 1.0;
    let sv = language == Language::Sv;
    if share.abs() < 0.0005 {
        return if sv { "lika många" } else { "as many" }.to_owned();
    }
    let word = match (share > 0.0, sv) {
        (true, true) => "fler",
        (false, true) => "färre",
        (true, false) => "more",
        (false, false) => "fewer",
    };
    format!("{} {word}", percent(share.abs(), language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Sv};

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!(count(1_234_567.0, Sv), "1\u{202f}234\u{202f}567");
        assert_eq!(count(999.0, En), "999");
        assert_eq!(count(-1_000.0, En), "\u{2212}1,000");
        assert_eq!(decimal(12.34, Sv), "12,3");
        assert_eq!(decimal(-4.06, En), "\u{2212}4.1");
        assert_eq!(decimal(9.96, Sv), "10,0");
        assert_eq!(decimal(-0.01, Sv), "0,0");
        assert_eq!(percent(0.123, Sv), "12,3\u{a0}%");
    }

    #[test]
    fn shares_are_frequencies_and_never_certain() {
        assert_eq!(of_ten(0.58, Sv), "ungefär 6 av 10");
        assert_eq!(of_ten(0.02, Sv), "färre än 1 av 20");
        assert_eq!(of_ten(0.06, En), "about 1 in 10");
        assert_eq!(of_ten(0.949, En), "about 9 in 10");
        assert_eq!(of_ten(0.99, Sv), "fler än 19 av 20");
    }

    #[test]
    fn change_is_said_in_words() {
        // 1 021 / 1 000 − 1 = 0.021.
        assert_eq!(change(1021.0, 1000.0, Sv), "2,1\u{a0}% fler");
        assert_eq!(change(950.0, 1000.0, En), "5.0\u{a0}% fewer");
        assert_eq!(change(1000.0, 1000.0, Sv), "lika många");
    }
}
