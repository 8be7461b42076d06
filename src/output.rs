//! What the command prints: results on stdout, everything for people on stderr, and its exit status.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use tracing_subscriber::EnvFilter;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It ran, and something did not hold: status 1.
    Unmet(String),
    /// Wrong use, or something it needs is missing: status 2.
    Usage(String),
}

impl Failure {
    /// Wrong use: the message says what is expected.
    pub(crate) fn usage<T: std::fmt::Display>(problem: T) -> Self {
        Self::Usage(problem.to_string())
    }

    /// Ran, and did not hold.
    pub(crate) fn unmet(problem: impl std::fmt::Display) -> Self {
        Self::Unmet(problem.to_string())
    }

    /// What it says.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Unmet(text) | Self::Usage(text) => text,
        }
    }

    pub(crate) fn tell(self) -> ExitCode {
        let (text, code) = match self {
            Self::Unmet(text) => (text, 1),
            Self::Usage(text) => (text, 2),
        };
        say(&format!("frisk: {text}"));
        ExitCode::from(code)
    }
}

/// Any error that stops a running command.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !text.contains(&cause_text) {
                text = format!("{text}: {cause_text}");
            }
            source = cause.source();
        }
        Self::Unmet(text)
    }
}

/// Writes a line to stdout; a closed pipe is no fault.
pub(crate) fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// Writes bytes to stdout.
pub(crate) fn bytes(bytes: &[u8]) -> std::io::Result<()> {
    std::io::stdout().lock().write_all(bytes)
}

/// Writes a line for people to stderr.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// A progress bar on stderr; silent when stderr is no terminal.
pub(crate) fn progress(total: u64, what: &'static str) -> indicatif::ProgressBar {
    let bar = if std::io::stderr().is_terminal() {
        indicatif::ProgressBar::new(total)
    } else {
        indicatif::ProgressBar::hidden()
    };
    if let Ok(style) = indicatif::ProgressStyle::with_template(
        "{msg:24} [{bar:40}] {human_pos}/{human_len} {per_sec} {eta}",
    ) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Progress of work whose size is not known; silent when stderr is no terminal.
pub(crate) fn spinner(what: &'static str) -> indicatif::ProgressBar {
    let bar = if std::io::stderr().is_terminal() {
        indicatif::ProgressBar::new_spinner()
    } else {
        indicatif::ProgressBar::hidden()
    };
    if let Ok(style) = indicatif::ProgressStyle::with_template("{msg:24} {human_pos} {per_sec}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// Structured logs on stderr, by `FRISK_LOG` (default: warnings).
pub(crate) fn logging() {
    let filter = EnvFilter::try_from_env("FRISK_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
