//! What national statisticians have asked for by hand: one file an extract.
//!
//! Rows here are single cases or small counts, without disclosure control: they are for those who have the right to them.
//! Source: conformance kit §14.

mod follow_up;
mod insurer;
mod length_bins;
mod me_cfs;
mod me_cfs_lengths;
mod scan;
mod skane;
mod spread;

pub use follow_up::{FollowUp, FollowUpCase, FollowUpChoice};
pub use insurer::{InsurerCase, InsurerFigures, insurer_figures};
pub use length_bins::LengthBin;
pub use me_cfs::{MeCfsAge, MeCfsCount};
pub use me_cfs_lengths::{MeCfsLengths, MeCfsRemarks};
pub use skane::SkaneRow;
pub use spread::{mean, median, quantile, standard_deviation};
