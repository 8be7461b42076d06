//! One integration binary: the command as its user runs it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test needs and cannot get fails the test"
)]

mod crash;
mod erasure;
mod frisk;
mod pipeline;
mod rotation;
mod service;
mod traces;
