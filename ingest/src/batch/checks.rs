//! What a valid document must also have for its rows to count. Source: `PEERS.md` §1.4, conformance kit §6.3.

use chrono::{Months, NaiveDate};

use super::{Rules, mask};
use crate::certificate::{Certificate, SickPeriod};
use crate::identity::age_at;
use crate::reading::Fault;
use crate::register::{Unit, UnknownUnit, normalize_hsa_id};

/// Where a certificate belongs.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Whether the register knew the unit.
    pub(super) known: bool,
    pub(super) unit_id: String,
    pub(super) care_unit_id: String,
    pub(super) care_provider_id: String,
    pub(super) region: String,
    pub(super) municipality: String,
}

/// Longest certificate id that is taken.
const MAX_ID: usize = 50;

/// Unit, care provider and region of a certificate; an error fault if it cannot be taken.
pub(super) fn place(
    certificate: &Certificate,
    rules: &Rules<'_>,
    faults: &mut Vec<Fault>,
) -> Result<Placed, Fault> {
    let length = certificate.id.chars().count();
    if length == 0 || length > MAX_ID {
        return Err(Fault::error(
            "certificate.id",
            "",
            "expected a certificate id of 1 to 50 characters",
        ));
    }
    let unit_id = normalize_hsa_id(&certificate.signer.unit_id);
    if let Some(unit) = rules.register.on(&unit_id, certificate.signed_at.date()) {
        return known(unit);
    }
    if unit_id.is_empty() {
        return Err(Fault::error(
            "unit.missing",
            "",
            "expected the HSA id of a unit",
        ));
    }
    if rules.unknown_unit == UnknownUnit::Reject {
        return Err(Fault::error(
            "unit.unknown",
            "",
            "the unit is not in the unit register",
        ));
    }
    let care_provider_id = normalize_hsa_id(&certificate.signer.care_provider_id);
    if care_provider_id.is_empty() {
        return Err(Fault::error(
            "care_provider.missing",
            "",
            "expected the HSA id of a care provider",
        ));
    }
    faults.push(Fault::warning(
        "unit.unknown",
        "",
        "the unit is not in the unit register: region unknown until a register knows it",
    ));
    Ok(Placed {
        known: false,
        care_unit_id: unit_id.clone(),
        unit_id,
        care_provider_id,
        region: "00".to_owned(),
        municipality: "0000".to_owned(),
    })
}

fn known(unit: &Unit) -> Result<Placed, Fault> {
    if unit.care_provider_id.is_empty() {
        return Err(Fault::error(
            "care_provider.missing",
            "",
            "the unit register gives no care provider",
        ));
    }
    Ok(Placed {
        known: true,
        unit_id: unit.unit_id.clone(),
        care_unit_id: unit.care_unit_id.clone(),
        care_provider_id: unit.care_provider_id.clone(),
        region: unit.region.clone(),
        municipality: unit.municipality.clone(),
    })
}

/// Age in whole years at the certificate's last day, without periods at signing; negative before birth: the peer counts
/// such a patient (conformance kit §6.3: the age must be known, not likely).
pub(super) fn age(certificate: &Certificate) -> i16 {
    let last = certificate.periods.iter().map(|p| p.end).max();
    let day = last.unwrap_or_else(|| certificate.signed_at.date());
    age_at(certificate.patient.birth_date, day)
}

/// The periods that count, each tested alone; what is dropped leaves an error fault.
pub(super) fn periods(
    certificate: &Certificate,
    today: NaiveDate,
    faults: &mut Vec<Fault>,
) -> Vec<SickPeriod> {
    if !certificate.kind.makes_sick_cases() {
        return Vec::new();
    }
    if age(certificate) < 0 {
        faults.push(Fault::warning(
            "period.age",
            "period",
            "the certificate's last day is before the patient's birth",
        ));
    }
    let mut kept = Vec::with_capacity(certificate.periods.len());
    for (i, period) in certificate.periods.iter().enumerate() {
        match period_fault(period, today) {
            None => kept.push(*period),
            Some((rule, message)) => {
                faults.push(Fault::error(rule, format!("period[{}]", i + 1), message));
            }
        }
    }
    kept
}

fn period_fault(period: &SickPeriod, today: NaiveDate) -> Option<(&'static str, &'static str)> {
    let earliest = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap_or(NaiveDate::MIN);
    let latest = today
        .checked_add_months(Months::new(60))
        .unwrap_or(NaiveDate::MAX);
    if period.start > period.end {
        Some(("period.order", "the first day is after the last day"))
    } else if period.start < earliest {
        Some(("period.early", "expected a first day from 2010-01-01"))
    } else if period.end > latest {
        Some((
            "period.late",
            "expected days at most five years from the day of processing",
        ))
    } else {
        None
    }
}

/// A unit id as shown in a reject row: normalised, and masked if it is a personal number.
pub(super) fn shown_unit(id: &str) -> String {
    mask::mask_id(&normalize_hsa_id(id))
}
