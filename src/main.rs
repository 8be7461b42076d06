//! The `frisk` command.
fn main() {}
