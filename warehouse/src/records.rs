//! Records that came in files of their own: which versions came, which of them stand, and what certificates propose.

mod ledger;
mod proposals;
mod standing;
#[cfg(test)]
mod tests;

pub(crate) use ledger::versions;
pub(crate) use proposals::propose;
pub(crate) use standing::{Standing, keeps};
