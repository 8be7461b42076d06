use frisk_codes::Language;
use frisk_warehouse::{Cell, Label, Level, PublishedTable};

use super::table_view::TableView;
use crate::{
    chart::{self, BarRow, Bars, Lines, Multiples, Panel, Series},
    locale,
};

/// Most groups that are drawn beside each other.
const MOST_PANELS: usize = 24;

/// A published table as chart and table: the same answer twice.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) chart: String,
    /// The measure that is drawn, where the table has several.
    pub(crate) measure: Option<String>,
    pub(crate) table: TableView,
    pub(crate) notes: Vec<String>,
}

impl Answer {
    /// `title` says the frame: measure, place, period.
    pub(crate) fn new(table: &PublishedTable, id: &str, title: &str, language: Language) -> Self {
        let drawn = table.chart();
        Self {
            chart: draw(&drawn, id, title, language),
            measure: drawn_measure(&drawn).map(|(_, label)| text(label, language)),
            table: TableView::new(&drawn, title, language),
            notes: table
                .notes()
                .iter()
                .map(|note| locale::label(note, language).to_owned())
                .collect(),
        }
    }
}

/// The place that a table is about.
pub(crate) fn place(table: &PublishedTable, unit: Option<String>, language: Language) -> String {
    match &table.question().scope {
        frisk_warehouse::Scope::National => match language {
            Language::Sv => "hela landet".to_owned(),
            Language::En => "the whole country".to_owned(),
        },
        frisk_warehouse::Scope::Region { region } => region_name(region, language),
        frisk_warehouse::Scope::Units { units, .. } => {
            unit.unwrap_or_else(|| units.iter().cloned().collect::<Vec<_>>().join(", "))
        }
    }
}

/// A region by name.
pub(crate) fn region_name(code: &str, language: Language) -> String {
    let found = frisk_codes::Region::ALL
        .iter()
        .find(|region| region.code == code);
    found.map_or_else(
        || code.to_owned(),
        |region| region.label(language).to_owned(),
    )
}

/// Whether a level's figures are the unit's own.
pub(crate) fn is_own(table: &PublishedTable) -> bool {
    table.question().scope.level() == Level::Unit
}

fn value(table: &PublishedTable, at: &[usize]) -> Option<f64> {
    match table.cell(at) {
        Some(Cell::Value(value)) => Some(value),
        _ => None,
    }
}

fn draw(table: &PublishedTable, id: &str, title: &str, language: Language) -> String {
    let dimensions = table.dimensions();
    match dimensions {
        [months, _] if months.id == "month" => lines(table, id, title, language),
        [months, _, _] if months.id == "month" => multiples(table, id, title, language),
        [_, _] => bars(table, &[], id, title, language),
        [_, _, _] => {
            let drawn = drawn_measure(table).map_or(0, |(place, _)| place);
            bars(table, &[drawn], id, title, language)
        }
        _ => String::new(),
    }
}

/// Of several measures the one that is drawn: cases per 1,000 where there are inhabitants, else counts.
fn drawn_measure(table: &PublishedTable) -> Option<(usize, &Label)> {
    let [_, measures, _] = table.dimensions() else {
        return None;
    };
    if measures.id != "measure" {
        return None;
    }
    let place = |code: &str| measures.categories.iter().position(|c| c.code == code);
    let rate = place("per_1000").filter(|rate| value(table, &[0, *rate, 1]).is_some());
    let drawn = rate.or_else(|| place("cases"))?;
    Some((drawn, &measures.categories.get(drawn)?.label))
}

/// A label without the code ranges before it (”F00-F99 Psykiska …”): a chart has room for the name only.
fn short_name(label: &str) -> String {
    let is_range = |word: &str| {
        let word = word.trim_end_matches(',');
        word.len() == 7 && word.contains('-') && word.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let words = label.split(' ').skip_while(|word| is_range(word));
    let name = words.collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        label.to_owned()
    } else {
        name
    }
}

fn month_labels(table: &PublishedTable, language: Language) -> Vec<String> {
    let months = table.dimensions().first();
    let label = |category: &frisk_warehouse::Category| match category.code.parse() {
        Ok(month) => locale::month(month, language),
        Err(_) => category.code.clone(),
    };
    months.map_or_else(Vec::new, |d| d.categories.iter().map(label).collect())
}

fn lines(table: &PublishedTable, id: &str, title: &str, language: Language) -> String {
    let words = locale::words(language);
    let months = month_labels(table, language);
    let series = |name: &str, class, sex: usize| Series {
        name: name.to_owned(),
        class,
        values: (0..months.len()).map(|m| value(table, &[m, sex])).collect(),
    };
    let series = [
        series(words.total, "total", 0),
        series(words.women, "women", 1),
        series(words.men, "men", 2),
    ];
    let summary = range_summary(&series[0].values, &months, language);
    let lines = Lines {
        id,
        title,
        summary: &summary,
        months: &months,
        series: &series,
        language,
    };
    chart::both(|width| lines.draw(width))
}

/// ”Totalt som lägst 120 (jan 2024), som högst 180 (juni 2025).”
fn range_summary(values: &[Option<f64>], months: &[String], language: Language) -> String {
    let known = || {
        values
            .iter()
            .zip(months)
            .filter_map(|(v, m)| Some(((*v)?, m)))
    };
    let least = known().min_by(|a, b| a.0.total_cmp(&b.0));
    let most = known().max_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(least), Some(most)) = (least, most) else {
        return match language {
            Language::Sv => "Inga värden kan visas.",
            Language::En => "No values can be shown.",
        }
        .to_owned();
    };
    let (low, high) = (
        locale::count(least.0, language),
        locale::count(most.0, language),
    );
    match language {
        Language::Sv => format!(
            "Totalt som lägst {low} ({}), som högst {high} ({}). Alla värden står i tabellen.",
            least.1, most.1
        ),
        Language::En => format!(
            "Total lowest {low} ({}), highest {high} ({}). All values stand in the table.",
            least.1, most.1
        ),
    }
}

fn multiples(table: &PublishedTable, id: &str, title: &str, language: Language) -> String {
    let months = month_labels(table, language);
    let Some(groups) = table.dimensions().get(1) else {
        return String::new();
    };
    let panel = |(place, category): (usize, &frisk_warehouse::Category)| Panel {
        name: short_name(locale::label(&category.label, language)),
        values: (0..months.len())
            .map(|m| value(table, &[m, place, 0]))
            .collect(),
    };
    let panels = groups.categories.iter().enumerate().map(panel);
    let panels: Vec<Panel> = panels.take(MOST_PANELS).collect();
    let summary = match language {
        Language::Sv => format!(
            "{} små diagram med samma skala. Alla värden står i tabellen.",
            panels.len()
        ),
        Language::En => format!(
            "{} small charts on one scale. All values stand in the table.",
            panels.len()
        ),
    };
    let empty = String::new();
    let multiples = Multiples {
        id,
        title,
        summary: &summary,
        ends: (
            months.first().unwrap_or(&empty),
            months.last().unwrap_or(&empty),
        ),
        panels: &panels,
        language,
    };
    chart::both(|width| multiples.draw(width))
}

fn bars(
    table: &PublishedTable,
    between: &[usize],
    id: &str,
    title: &str,
    language: Language,
) -> String {
    let Some(groups) = table.dimensions().first() else {
        return String::new();
    };
    let at = |place: usize, sex: usize| {
        let mut at = vec![place];
        at.extend(between);
        at.push(sex);
        value(table, &at)
    };
    let all = if groups.categories.len() > 1 {
        "all"
    } else {
        ""
    };
    let row = |(place, category): (usize, &frisk_warehouse::Category)| {
        (category.code != all).then(|| BarRow {
            name: short_name(locale::label(&category.label, language)),
            women: at(place, 1),
            men: at(place, 2),
        })
    };
    let rows: Vec<BarRow> = groups
        .categories
        .iter()
        .enumerate()
        .filter_map(row)
        .collect();
    let has_fractions = |row: &BarRow| {
        [row.women, row.men]
            .into_iter()
            .flatten()
            .any(|value| value.fract() != 0.0)
    };
    let summary = match language {
        Language::Sv => format!(
            "{} grupper, kvinnor och män var för sig. Alla värden står i tabellen.",
            rows.len()
        ),
        Language::En => format!(
            "{} groups, women and men apart. All values stand in the table.",
            rows.len()
        ),
    };
    let measure = drawn_measure(table).map(|(_, label)| text(label, language));
    let title = measure.map_or_else(|| title.to_owned(), |measure| format!("{title}: {measure}"));
    let bars = Bars {
        id,
        title: &title,
        summary: &summary,
        rows: &rows,
        decimals: rows.iter().any(has_fractions),
        language,
    };
    chart::both(|width| bars.draw(width))
}

/// The label of a note or title in one language.
pub(crate) fn text(label: &Label, language: Language) -> String {
    locale::label(label, language).to_owned()
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn charts_name_groups_without_their_codes() {
        assert_eq!(
            short_name("A00-E90, G00-L99, N00-N99 Somatiska sjukdomar"),
            "Somatiska sjukdomar"
        );
        assert_eq!(
            short_name("F00-F99 Psykiska sjukdomar"),
            "Psykiska sjukdomar"
        );
        assert_eq!(short_name("16–20 år"), "16–20 år");
        assert_eq!(short_name("Under 15 dagar"), "Under 15 dagar");
    }
}
