//! Reading, rules and batches of `frisk-ingest`, from hand-made documents.

mod batches;
mod documents;
mod reading;
mod rules;
mod stability;
mod structure;
