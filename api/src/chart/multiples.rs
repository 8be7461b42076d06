use frisk_codes::Language;

use super::{
    Width,
    bars::shortened,
    scale::Scale,
    svg::{Anchor, Svg},
};
use crate::locale;

/// One small chart among many.
#[derive(Debug, Clone)]
pub(crate) struct Panel {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
}

/// The same over months for many groups, all on one scale.
#[derive(Debug)]
pub(crate) struct Multiples<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) summary: &'a str,
    /// Labels of the first and the last month.
    pub(crate) ends: (&'a str, &'a str),
    pub(crate) panels: &'a [Panel],
    pub(crate) language: Language,
}

const HEIGHT: f64 = 104.0;
const GAP: f64 = 18.0;

impl Multiples<'_> {
    pub(crate) fn draw(&self, width: Width) -> String {
        let columns = match width {
            Width::Wide => 4,
            Width::Narrow => 2,
        };
        let panel = (width.units() - GAP * (columns - 1) as f64) / columns as f64;
        let rows = self.panels.len().div_ceil(columns);
        let mut svg = Svg::new(self.id, width, (HEIGHT + GAP) * rows as f64 + 14.0);
        let most = self.panels.iter().flat_map(|p| &p.values).flatten();
        let most = most.copied().fold(0.0, f64::max);
        for (place, one) in self.panels.iter().enumerate() {
            let left = (panel + GAP) * (place % columns) as f64;
            let top = (HEIGHT + GAP) * (place / columns) as f64;
            self.panel(&mut svg, one, (left, top), panel, most);
        }
        let end = (HEIGHT + GAP) * rows as f64 + 6.0;
        svg.text("tick", Anchor::Start, (0.0, end), self.ends.0);
        svg.text("tick", Anchor::End, (panel, end), self.ends.1);
        svg.finish(self.title, self.summary)
    }

    fn panel(&self, svg: &mut Svg, panel: &Panel, (left, top): (f64, f64), width: f64, most: f64) {
        let floor = top + HEIGHT;
        let y = Scale::new(most, floor, top + 24.0);
        let letters = if width > 180.0 { 27 } else { 24 };
        let name = shortened(&panel.name, letters);
        svg.text("label", Anchor::Start, (left, top + 14.0), &name);
        svg.line("axis", (left, floor), (left + width, floor));
        let last = panel.values.len().saturating_sub(1).max(1);
        let x = |place: usize| left + (width - 40.0) * place as f64 / last as f64;
        let points = panel.values.iter().enumerate();
        let points: Vec<(f64, f64)> = points
            .filter_map(|(i, v)| Some((x(i), y.at((*v)?))))
            .collect();
        svg.path("line total", &points);
        if let (Some(Some(value)), Some(&(at, height))) = (panel.values.last(), points.last()) {
            let text = locale::count(*value, self.language);
            svg.text("tick", Anchor::Start, (at + 4.0, height + 4.0), &text);
        }
    }
}
