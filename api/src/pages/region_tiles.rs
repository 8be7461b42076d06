use frisk_codes::{Language, Region};
use frisk_warehouse::{Cell, PublishedTable};

use super::Place;
use crate::locale;

/// One region as an equal square, placed by geography in the style sheet.
#[derive(Debug)]
pub(crate) struct Tile {
    pub(crate) code: &'static str,
    pub(crate) name: String,
    /// Two letters for the square.
    pub(crate) short: &'static str,
    pub(crate) value: Option<String>,
    /// Class 1–5, light to dark; 0 if there is no figure.
    pub(crate) class: usize,
    pub(crate) href: String,
}

/// The map: its tiles, what they show, and the bounds of its classes.
#[derive(Debug)]
pub(crate) struct Tiles {
    pub(crate) tiles: Vec<Tile>,
    /// Whether there are figures per 1,000; counts are not mapped.
    pub(crate) has_figures: bool,
    /// Class and its words: ”20,1–22,4 (5 regioner)”.
    pub(crate) legend: Vec<(usize, String)>,
}

impl Tiles {
    /// The tiles of the report `lan`.
    pub(crate) fn new(table: &PublishedTable, language: Language) -> Self {
        let values: Vec<Option<f64>> = Region::ALL.iter().map(|r| rate(table, r.code)).collect();
        let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let tile = |(region, value): (&Region, &Option<f64>)| Tile {
            code: region.code,
            name: region.label(language).to_owned(),
            short: short(region.code),
            value: value.map(|value| locale::decimal(value, language)),
            class: value.map_or(0, |value| class(value, &sorted)),
            href: Place::Report(
                "sjukfall-totalt".to_owned(),
                format!("?level=region&region={}", region.code),
            )
            .href(language),
        };
        Self {
            tiles: Region::ALL.iter().zip(&values).map(tile).collect(),
            has_figures: !sorted.is_empty(),
            legend: legend(&sorted, language),
        }
    }
}

/// Cases per 1,000 inhabitants of a region, both sexes.
fn rate(table: &PublishedTable, code: &str) -> Option<f64> {
    let place = |id: &str, code: &str| {
        let at = table.dimension(id)?;
        let categories = &table.dimensions().get(at)?.categories;
        categories.iter().position(|c| c.code == code)
    };
    let at = [
        place("region", code)?,
        place("measure", "per_1000")?,
        place("sex", "total")?,
    ];
    match table.cell(&at) {
        Some(Cell::Value(value)) => Some(value),
        _ => None,
    }
}

/// The fifth that a value falls into, 1–5.
fn class(value: f64, sorted: &[f64]) -> usize {
    let below = sorted.iter().filter(|v| **v < value).count();
    (below * 5 / sorted.len().max(1)).min(4) + 1
}

fn legend(sorted: &[f64], language: Language) -> Vec<(usize, String)> {
    let words = |class_number: usize| {
        let of = sorted.iter().filter(|v| class(**v, sorted) == class_number);
        let of: Vec<f64> = of.copied().collect();
        let (first, last) = (of.first()?, of.last()?);
        let regions = match language {
            Language::Sv => "regioner",
            Language::En => "regions",
        };
        let (first, last) = (
            locale::decimal(*first, language),
            locale::decimal(*last, language),
        );
        Some((
            class_number,
            format!("{first}–{last} ({} {regions})", of.len()),
        ))
    };
    (1..=5).filter_map(words).collect()
}

/// The county letters (länsbokstäver) where they are two, else the first two of the name.
fn short(code: &str) -> &'static str {
    match code {
        "01" => "ST",
        "03" => "UP",
        "04" => "SÖ",
        "05" => "ÖG",
        "06" => "JÖ",
        "07" => "KR",
        "08" => "KA",
        "09" => "GO",
        "10" => "BL",
        "12" => "SK",
        "13" => "HA",
        "14" => "VG",
        "17" => "VÄ",
        "18" => "ÖR",
        "19" => "VS",
        "20" => "DA",
        "21" => "GÄ",
        "22" => "VN",
        "23" => "JÄ",
        "24" => "VB",
        _ => "NB",
    }
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn classes_are_fifths() {
        let sorted = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
        let classes: Vec<usize> = sorted.iter().map(|v| class(*v, &sorted)).collect();
        assert_eq!(classes, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }
}
