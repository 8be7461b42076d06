use frisk_codes::{Language, Text};
use frisk_warehouse::{Label, Month};

mod number;
mod words;

pub(crate) use number::{change, count, decimal, of_ten, percent};
pub(crate) use words::{Words, words};

/// Where all figures come from.
pub(crate) const SOURCE: Text = Text::new(
    "Frisk, läkarintyg för sjukpenning (FK 7804 och FK 7263)",
    "Frisk, certificates for sickness benefit (FK 7804 and FK 7263)",
);

/// A label in one language.
pub(crate) fn label(label: &Label, language: Language) -> &str {
    match language {
        Language::Sv => &label.sv,
        Language::En => &label.en,
    }
}

const MONTHS: [Text; 12] = [
    Text::new("jan", "Jan"),
    Text::new("feb", "Feb"),
    Text::new("mars", "Mar"),
    Text::new("april", "Apr"),
    Text::new("maj", "May"),
    Text::new("juni", "Jun"),
    Text::new("juli", "Jul"),
    Text::new("aug", "Aug"),
    Text::new("sep", "Sep"),
    Text::new("okt", "Oct"),
    Text::new("nov", "Nov"),
    Text::new("dec", "Dec"),
];

/// A month in running text: ”jan 2025”.
pub(crate) fn month(month: Month, language: Language) -> String {
    let index = usize::try_from(month.month())
        .unwrap_or(1)
        .saturating_sub(1);
    let name = MONTHS.get(index).map_or("", |text| text.get(language));
    format!("{name} {}", month.year())
}

/// A period: ”jan–juni 2025” or ”jan 2024–juni 2025”.
pub(crate) fn period(from: Month, to: Month, language: Language) -> String {
    if from == to {
        return month(from, language);
    }
    let first = month(from, language);
    let first = if from.year() == to.year() {
        first.split(' ').next().unwrap_or_default().to_owned()
    } else {
        first
    };
    format!("{first}–{}", month(to, language))
}

/// A day in running text: ”3 juli 2025”.
pub(crate) fn day(date: chrono::NaiveDate, language: Language) -> String {
    use chrono::Datelike;
    format!("{} {}", date.day(), month(Month::of(date), language))
}

/// A text with its first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A feature of the risk model in words.
pub(crate) fn feature(name: &str, language: Language) -> String {
    let text = match name {
        "diagnosis" | "category" | "chapter" => Text::new("diagnos", "diagnosis"),
        "degree_start" => Text::new("sjukskrivningsgrad vid start", "degree at the start"),
        "degree_now" => Text::new("sjukskrivningsgrad nu", "degree now"),
        "sex" => Text::new("kön", "sex"),
        "age" | "age_group" => Text::new("ålder", "age"),
        "region" => Text::new("region", "region"),
        "occupation" => Text::new("sysselsättning", "occupation status"),
        "prognosis" => Text::new("prognos i intyget", "prognosis in the certificate"),
        "certificate_type" => Text::new("intygstyp", "certificate type"),
        "season" => Text::new(
            "månad då sjukfallet började",
            "month in which the case began",
        ),
        "prescribed_days" => Text::new("dagar som intygen täcker", "days certified so far"),
        "days_left" => Text::new("dagar kvar av intyget", "days left of the certificate"),
        "last_certificate_days" => Text::new(
            "dagar som det senaste intyget täcker",
            "days that the newest certificate covers",
        ),
        "certificates" => Text::new("antal intyg", "number of certificates"),
        "prior_days_365" => Text::new("sjukfallsdagar året före", "days on leave the year before"),
        "prior_cases_365" => Text::new("sjukfall året före", "cases the year before"),
        "prior_same_category" => {
            Text::new("samma diagnos året före", "same diagnosis the year before")
        }
        "side_diagnoses" => Text::new("bidiagnoser", "secondary diagnoses"),
        "measures" => Text::new("åtgärder i intyget", "measures in the certificate"),
        "unit_size" => Text::new("enhetens storlek", "size of the unit"),
        other => return other.replace('_', " "),
    };
    text.get(language).to_owned()
}

/// In what a case is unlike those that the model has seen, in words.
pub(crate) fn unlike(unlike: &crate::Unlike, language: Language) -> String {
    let name = feature(&unlike.feature, language);
    let why = match unlike.why {
        crate::UnlikeWhy::Rare => Text::new(
            "ovanligt bland de sjukfall modellen lärt sig av",
            "unusual among the cases that the model learnt from",
        ),
        crate::UnlikeWhy::Missing => Text::new(
            "saknas, men fanns i alla sjukfall modellen lärt sig av",
            "missing, but known in all cases that the model learnt from",
        ),
        crate::UnlikeWhy::OutOfRange => Text::new(
            "utanför det modellen har sett",
            "outside what the model has seen",
        ),
    };
    format!("{name}: {}", why.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_name_a_year_once() {
        let at = |text: &str| text.parse::<Month>().unwrap();
        let of = |a, b| period(at(a), at(b), Language::Sv);
        assert_eq!(of("2025-01", "2025-06"), "jan–juni 2025");
        assert_eq!(of("2024-07", "2025-06"), "juli 2024–juni 2025");
        assert_eq!(of("2025-03", "2025-03"), "mars 2025");
        assert_eq!(
            period(at("2024-07"), at("2025-06"), Language::En),
            "Jul 2024–Jun 2025"
        );
    }
}
