//! Charts that the server draws: SVG with title and description, text as text, and no style of its own.

mod bars;
mod curve;
mod lines;
mod multiples;
mod scale;
mod spark;
mod svg;

pub(crate) use bars::{BarRow, Bars};
pub(crate) use curve::CurveChart;
pub(crate) use lines::{Lines, Series};
pub(crate) use multiples::{Multiples, Panel};
pub(crate) use spark::spark;

/// The two widths that a chart is drawn for; the style sheet shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// From 600 px.
    Wide,
    /// Telephones.
    Narrow,
}

impl Width {
    /// Width of the drawing, in its own units (CSS pixels at full size).
    fn units(self) -> f64 {
        match self {
            Self::Wide => 760.0,
            Self::Narrow => 350.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// A chart in both widths, one after the other.
pub(crate) fn both(draw: impl Fn(Width) -> String) -> String {
    draw(Width::Wide) + &draw(Width::Narrow)
}
