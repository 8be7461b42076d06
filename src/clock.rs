//! The only place that reads the clock. `FRISK_NOW` (such as `2026-01-31T12:00:00`) sets it for reproducible runs.

use chrono::{NaiveDate, NaiveDateTime};

/// Local date and time.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read here and passed on from here"
)]
pub(crate) fn now() -> NaiveDateTime {
    std::env::var("FRISK_NOW")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| chrono::Local::now().naive_local())
}

/// Today.
pub(crate) fn today() -> NaiveDate {
    now().date()
}

/// Milliseconds since 1970-01-01, as table logs want them.
pub(crate) fn now_ms() -> i64 {
    now().and_utc().timestamp_millis()
}
