use frisk_codes::Language;

use super::{
    Width,
    scale::Scale,
    svg::{Anchor, Svg},
};
use crate::locale;

/// One line: a name and a value each month; `None` = protected or missing, drawn as a gap.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// Class that gives colour and dash: `total`, `women`, `men`, `s1` …
    pub(crate) class: &'static str,
    pub(crate) values: Vec<Option<f64>>,
}

/// How something went over months.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) summary: &'a str,
    /// Short labels of the months.
    pub(crate) months: &'a [String],
    pub(crate) series: &'a [Series],
    pub(crate) language: Language,
}

/// Room at the left for the values, and below for the months.
const LEFT: f64 = 52.0;
const BELOW: f64 = 28.0;
const ABOVE: f64 = 14.0;

impl Lines<'_> {
    pub(crate) fn draw(&self, width: Width) -> String {
        let (height, right) = match width {
            Width::Wide => (300.0, 86.0),
            Width::Narrow => (260.0, 62.0),
        };
        let mut svg = Svg::new(self.id, width, height);
        let floor = height - BELOW;
        let end = width.units() - right;
        let y = Scale::new(self.most(), floor, ABOVE);
        let last = self.months.len().saturating_sub(1).max(1);
        let x = |place: usize| LEFT + (end - LEFT) * place as f64 / last as f64;
        svg.hatch("protected", "protected");
        self.axes(&mut svg, &y, &x, floor, end, width);
        self.gaps(&mut svg, &x, floor);
        for (shape, series) in self.series.iter().enumerate() {
            let lone = runs(&series.values);
            for run in lone {
                let points: Vec<(f64, f64)> = run.iter().map(|&(i, v)| (x(i), y.at(v))).collect();
                svg.path(&format!("line {}", series.class), &points);
            }
            if series.class != "total" {
                self.markers(&mut svg, series, shape, &x, &y);
            }
        }
        self.names(&mut svg, &y, end + 8.0);
        svg.finish(self.title, self.summary)
    }

    fn most(&self) -> f64 {
        let values = self.series.iter().flat_map(|series| &series.values);
        values.flatten().copied().fold(0.0, f64::max)
    }

    fn axes(
        &self,
        svg: &mut Svg,
        y: &Scale,
        x: &impl Fn(usize) -> f64,
        floor: f64,
        end: f64,
        width: Width,
    ) {
        for tick in y.ticks() {
            let class = if tick == 0.0 { "axis" } else { "grid" };
            svg.line(class, (LEFT, y.at(tick)), (end, y.at(tick)));
            let text = locale::count(tick, self.language);
            svg.text("tick", Anchor::End, (LEFT - 8.0, y.at(tick) + 4.0), &text);
        }
        let most_labels = match width {
            Width::Wide => 9,
            Width::Narrow => 3,
        };
        let every = self.months.len().div_ceil(most_labels).max(1);
        for (place, month) in self.months.iter().enumerate().step_by(every) {
            svg.line("axis", (x(place), floor), (x(place), floor + 4.0));
            svg.text("tick", Anchor::Middle, (x(place), floor + 19.0), month);
        }
    }

    /// A hatched column where every series is protected or missing.
    fn gaps(&self, svg: &mut Svg, x: &impl Fn(usize) -> f64, floor: f64) {
        let step = x(1) - x(0);
        for place in 0..self.months.len() {
            let gap = self
                .series
                .iter()
                .any(|s| matches!(s.values.get(place), Some(None)));
            if gap {
                let at = (x(place) - step / 2.0, ABOVE);
                svg.hatched("protected", "gap", at, (step, floor - ABOVE));
            }
        }
    }

    /// A marker at about every third value, so that lines are told apart without colour.
    fn markers(
        &self,
        svg: &mut Svg,
        series: &Series,
        shape: usize,
        x: &impl Fn(usize) -> f64,
        y: &Scale,
    ) {
        let class = format!("mark {}", series.class);
        let shape = match series.class {
            "women" => 0,
            "men" => 1,
            _ => shape,
        };
        let every = (self.months.len() / 8).max(1);
        for (place, value) in series.values.iter().enumerate().step_by(every) {
            if let Some(value) = value {
                svg.marker(&class, shape, (x(place), y.at(*value)));
            }
        }
    }

    /// The name of each line at its end, moved apart where they would meet.
    fn names(&self, svg: &mut Svg, y: &Scale, left: f64) {
        let mut ends: Vec<(f64, &Series)> = self
            .series
            .iter()
            .filter_map(|s| Some((y.at((*s.values.last()?)?), s)))
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lowest = f64::MIN;
        for (place, series) in ends {
            let place = place.max(lowest + 15.0);
            lowest = place;
            let class = format!("name {}", series.class);
            svg.text(&class, Anchor::Start, (left, place + 4.0), &series.name);
        }
    }
}

/// The stretches of values without a gap, with their places.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs = vec![Vec::new()];
    for (place, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((place, *value)),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(values: Vec<Option<f64>>) -> String {
        let months: Vec<String> = (1..=values.len()).map(|m| format!("m{m}")).collect();
        let lines = Lines {
            id: "c",
            title: "Sjukfall <per> månad",
            summary: "3 värden",
            months: &months,
            series: &[Series {
                name: "Totalt".to_owned(),
                class: "total",
                values,
            }],
            language: Language::Sv,
        };
        lines.draw(Width::Wide)
    }

    #[test]
    fn a_protected_value_is_a_hatched_gap_and_never_joined() {
        let svg = draw(vec![Some(1.0), None, Some(3.0)]);
        assert_eq!(svg.matches("class=\"gap\"").count(), 1);
        assert_eq!(svg.matches("class=\"line total\"").count(), 2);
    }

    #[test]
    fn the_drawing_says_what_it_is_without_style() {
        let svg = draw(vec![Some(1.0), Some(2.0), Some(3.0)]);
        assert!(svg.contains("<title id=\"c-wide-t\">Sjukfall &lt;per&gt; månad</title>"));
        assert!(svg.contains("aria-describedby=\"c-wide-d\""));
        assert!(!svg.contains("style="));
        assert!(svg.len() < 12_000);
    }
}
