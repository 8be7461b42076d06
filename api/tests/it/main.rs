//! The service from outside: one request in, one answer out.

mod access;
mod client;
mod contract;
mod pages;
mod problems;
mod risk;
mod served;
mod serving;
mod statistics;
mod world;
