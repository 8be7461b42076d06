use frisk_codes::Language;

use super::{
    Width,
    scale::Scale,
    svg::{Anchor, Svg},
};
use crate::locale;

/// One group: women and men side by side.
#[derive(Debug, Clone)]
pub(crate) struct BarRow {
    pub(crate) name: String,
    pub(crate) women: Option<f64>,
    pub(crate) men: Option<f64>,
}

/// How something is spread over groups, women and men apart.
#[derive(Debug)]
pub(crate) struct Bars<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) rows: &'a [BarRow],
    /// Whether values have a decimal.
    pub(crate) decimals: bool,
    pub(crate) language: Language,
}

const ROW: f64 = 38.0;
const BAR: f64 = 14.0;

impl Bars<'_> {
    pub(crate) fn draw(&self, width: Width) -> String {
        // On a telephone the name stands above its bars.
        let (left, row, above) = match width {
            Width::Wide => (250.0, ROW, 0.0),
            Width::Narrow => (2.0, ROW + 18.0, 18.0),
        };
        let legend = 26.0;
        let height = legend + row * self.rows.len() as f64 + 6.0;
        let mut svg = Svg::new(self.id, width, height);
        svg.hatch("men", "men");
        svg.hatch("protected", "protected");
        self.legend(&mut svg, left);
        let end = width.units() - 62.0;
        let x = Scale::new(self.most(), left, end);
        svg.line("axis", (left, legend), (left, height - 4.0));
        for (place, group) in self.rows.iter().enumerate() {
            let top = legend + row * place as f64;
            match width {
                Width::Wide => {
                    let name = shortened(&group.name, 34);
                    svg.text("label", Anchor::End, (left - 8.0, top + 23.0), &name);
                }
                Width::Narrow => {
                    let name = shortened(&group.name, 46);
                    svg.text("label", Anchor::Start, (left, top + 14.0), &name);
                }
            }
            self.bar(&mut svg, &x, left, top + above + 4.0, group.women, "women");
            self.bar(
                &mut svg,
                &x,
                left,
                top + above + 5.0 + BAR,
                group.men,
                "men",
            );
        }
        svg.finish(self.title, self.summary)
    }

    fn most(&self) -> f64 {
        let values = self.rows.iter().flat_map(|row| [row.women, row.men]);
        values.flatten().fold(0.0, f64::max)
    }

    fn legend(&self, svg: &mut Svg, left: f64) {
        let words = locale::words(self.language);
        svg.rect("bar women", (left, 4.0), (BAR, BAR));
        svg.text("label", Anchor::Start, (left + 20.0, 16.0), words.women);
        svg.hatched("men", "bar men", (left + 100.0, 4.0), (BAR, BAR));
        svg.text("label", Anchor::Start, (left + 120.0, 16.0), words.men);
    }

    fn bar(&self, svg: &mut Svg, x: &Scale, left: f64, top: f64, value: Option<f64>, class: &str) {
        let after = match value {
            Some(value) => {
                let size = (x.at(value) - left, BAR - 1.0);
                if class == "men" {
                    svg.hatched("men", "bar men", (left, top), size);
                } else {
                    svg.rect(&format!("bar {class}"), (left, top), size);
                }
                x.at(value)
            }
            None => {
                svg.hatched("protected", "gap", (left, top), (40.0, BAR - 1.0));
                left + 40.0
            }
        };
        let text = value.map_or_else(
            || "··".to_owned(),
            |value| {
                if self.decimals {
                    locale::decimal(value, self.language)
                } else {
                    locale::count(value, self.language)
                }
            },
        );
        svg.text("tick", Anchor::Start, (after + 6.0, top + 11.0), &text);
    }
}

/// A name cut at a word, with an ellipsis; the table has it whole.
pub(super) fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most - 1).collect();
    let cut = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", cut.trim_end_matches([',', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_end_at_a_word() {
        assert_eq!(shortened("Psykiska sjukdomar", 34), "Psykiska sjukdomar");
        assert_eq!(
            shortened("Sjukdomar i muskuloskeletala systemet, bindväven", 30),
            "Sjukdomar i muskuloskeletala…"
        );
    }

    #[test]
    fn a_protected_bar_is_hatched_and_marked() {
        let rows = [BarRow {
            name: "16–20".to_owned(),
            women: None,
            men: Some(4.0),
        }];
        let bars = Bars {
            id: "b",
            title: "t",
            summary: "s",
            rows: &rows,
            decimals: false,
            language: Language::Sv,
        };
        let svg = bars.draw(Width::Narrow);
        assert_eq!(svg.matches("class=\"gap\"").count(), 1);
        assert!(svg.contains(">··</text>"));
    }
}
