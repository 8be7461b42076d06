//! What a valid certificate says that is worth a second look: kept, with a warning.
//!
//! The bounds are ours: no rule set has them.

use chrono::{Months, NaiveDate};

use crate::certificate::{Certificate, SickPeriod};
use crate::reading::Fault;

/// A last day more than this after signing.
const AHEAD: Months = Months::new(12);
/// A first day more than this before signing.
const BEHIND: Months = Months::new(3);

/// Warnings on a certificate; `received` is the day it came in, if that is known.
pub(crate) fn warnings(certificate: &Certificate, received: Option<NaiveDate>) -> Vec<Fault> {
    let signed = certificate.signed_at.date();
    let mut faults = Vec::new();
    if received.is_some_and(|day| signed > day) {
        let message = "signed after the day it came in";
        faults.push(Fault::warning("certificate.signed_in_future", "", message));
    }
    if certificate
        .sent_at
        .is_some_and(|sent| sent < certificate.signed_at)
    {
        let message = "sent before it was signed";
        faults.push(Fault::warning(
            "certificate.sent_before_signed",
            "",
            message,
        ));
    }
    for (i, period) in certificate.periods.iter().enumerate() {
        let location = || format!("period[{}]", i + 1);
        faults.extend(
            doubt(period, signed).map(|(rule, message)| Fault::warning(rule, location(), message)),
        );
    }
    faults
}

fn doubt(period: &SickPeriod, signed: NaiveDate) -> Option<(&'static str, &'static str)> {
    if signed
        .checked_add_months(AHEAD)
        .is_some_and(|limit| period.end > limit)
    {
        Some((
            "period.ends_late",
            "the last day is more than a year after signing",
        ))
    } else if signed
        .checked_sub_months(BEHIND)
        .is_some_and(|limit| period.start < limit)
    {
        Some((
            "period.starts_early",
            "the first day is more than three months before signing",
        ))
    } else {
        None
    }
}
