use frisk_codes::Language;

use super::{
    Width,
    scale::Scale,
    svg::{Anchor, Svg},
};

/// How many of ten similar cases still go on, day by day, beside the reference group.
#[derive(Debug)]
pub(crate) struct CurveChart<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) summary: &'a str,
    /// Day that the curve starts from, where all ten go on.
    pub(crate) from_day: u32,
    /// (day, P(beyond day)) of the group like this case, and of the reference group.
    pub(crate) curve: &'a [(u32, f64)],
    pub(crate) reference: &'a [(u32, f64)],
    pub(crate) names: (&'a str, &'a str),
    pub(crate) language: Language,
}

const LEFT: f64 = 34.0;
const ABOVE: f64 = 26.0;

impl CurveChart<'_> {
    pub(crate) fn draw(&self, width: Width) -> String {
        let height = 270.0;
        let mut svg = Svg::new(self.id, width, height);
        let floor = height - 44.0;
        let end = width.units() - 14.0;
        let last = self
            .curve
            .last()
            .map_or(365, |&(day, _)| day)
            .max(self.from_day + 1);
        let x = |day: u32| {
            let share = f64::from(day.saturating_sub(self.from_day));
            LEFT + (end - LEFT) * share / f64::from(last - self.from_day)
        };
        let y = Scale::new(10.0, floor, ABOVE);
        self.axes(&mut svg, &x, &y, (floor, end), last, width);
        for (class, curve) in [("reference", self.reference), ("estimate", self.curve)] {
            let start = std::iter::once((x(self.from_day), y.at(10.0)));
            let rest = curve
                .iter()
                .filter(|(day, _)| *day > self.from_day)
                .map(|&(day, p)| (x(day), y.at(p * 10.0)));
            let points: Vec<(f64, f64)> = start.chain(rest).collect();
            svg.path(&format!("line {class}"), &points);
        }
        self.legend(&mut svg, width);
        svg.finish(self.title, self.summary)
    }

    fn axes(
        &self,
        svg: &mut Svg,
        x: &impl Fn(u32) -> f64,
        y: &Scale,
        (floor, end): (f64, f64),
        last: u32,
        width: Width,
    ) {
        for tick in [0.0, 2.0, 4.0, 6.0, 8.0, 10.0] {
            let class = if tick == 0.0 { "axis" } else { "grid" };
            svg.line(class, (LEFT, y.at(tick)), (end, y.at(tick)));
            svg.text(
                "tick",
                Anchor::End,
                (LEFT - 8.0, y.at(tick) + 4.0),
                &format!("{tick}"),
            );
        }
        for day in [self.from_day, 30, 60, 90, 180, 365]
            .into_iter()
            .filter(|day| *day <= last)
        {
            // Days 30 and 60 stand too close to their neighbours on a telephone, day 30 beside day 15 anywhere.
            let close = match width {
                Width::Narrow => matches!(day, 30 | 60),
                _ => day == 30 && self.from_day > 1,
            };
            if close && last > 200 {
                continue;
            }
            svg.line("axis", (x(day), floor), (x(day), floor + 4.0));
            svg.text(
                "tick",
                Anchor::Middle,
                (x(day), floor + 18.0),
                &day.to_string(),
            );
        }
        let (across, up) = match self.language {
            Language::Sv => ("dag i sjukfallet", "av 10 pågår"),
            Language::En => ("day of the case", "of 10 still on leave"),
        };
        svg.text("tick", Anchor::End, (end, floor + 36.0), across);
        svg.text("tick", Anchor::Start, (0.0, 12.0), up);
    }

    fn legend(&self, svg: &mut Svg, width: Width) {
        let right = width.units() - 14.0;
        let left = (right - 170.0).max(LEFT);
        for (place, (class, name)) in [("estimate", self.names.0), ("reference", self.names.1)]
            .into_iter()
            .enumerate()
        {
            let y = ABOVE + 12.0 + 18.0 * place as f64;
            svg.line(&format!("line {class}"), (left, y), (left + 26.0, y));
            svg.text(
                &format!("name {class}"),
                Anchor::Start,
                (left + 32.0, y + 4.0),
                name,
            );
        }
    }
}
