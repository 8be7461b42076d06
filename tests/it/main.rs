//! One integration binary: the command as its user runs it.

mod crash;
mod frisk;
mod pipeline;
