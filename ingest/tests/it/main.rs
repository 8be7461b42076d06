//! Reading, rules and batches of `frisk-ingest`, from hand-made documents.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod batches;
mod documents;
mod forms;
mod limits;
mod lines;
mod messages;
mod reading;
mod records;
mod rules;
mod stability;
mod structure;
mod warnings;
