//! The sick-case operator: periods in order → sick cases, in one linear pass.

mod history;
mod in_period;
mod merge;
mod rules;
mod sick_case;

pub use history::cases_by_period;
pub use in_period::{CaseBuilder, CaseInPeriod, Days};
pub use merge::{SickCases, for_each_case};
pub use rules::{CaseRules, CaseScope, ValidCaseRules};
pub use sick_case::SickCase;
