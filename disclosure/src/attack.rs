//! What an outsider can work out from a release. It must break planted weak tables and fail on ours.

mod algebraic;
mod bounds;
mod noise;

pub use algebraic::recover;
pub use bounds::{Bounds, bounds};
pub use noise::{averaging_needed, guess_gain, saturation};
