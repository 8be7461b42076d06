//! The service from outside: one request in, one answer out.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

mod access;
mod client;
mod contract;
mod pages;
mod problems;
mod px;
mod risk;
mod served;
mod serving;
mod statistics;
mod world;
