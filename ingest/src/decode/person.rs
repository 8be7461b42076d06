//! The patient as documents name her.

use super::Draft;
use crate::certificate::Patient;
use crate::identity::{NumberFault, PersonalNumber, ReserveNumber};
use crate::reading::Fault;

/// A number as a document has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'t> {
    /// OID of the number's root; empty if the document has none.
    pub(super) root: &'t str,
    /// The number.
    pub(super) text: &'t str,
}

/// The patient with a number, faults noted; `None` if it names nobody.
pub(super) fn patient(
    number: Written<'_>,
    location: impl FnOnce() -> String,
    draft: &mut Draft,
) -> Option<Patient> {
    let (fault, patient) = match PersonalNumber::parse(number.text) {
        Ok(number) if number.check_digit => return Some(number.patient()),
        Ok(number) => {
            let message = "the check digit of the personal number does not hold";
            let fault = Fault::warning("person.check_digit", location(), message);
            (fault, Some(number.patient()))
        }
        Err(NumberFault::Form) => match ReserveNumber::parse(number.root, number.text) {
            Some(reserve) => {
                let message = "a reserve number: a person of its authority, of unknown sex";
                let fault = Fault::warning("person.reserve", location(), message);
                (fault, Some(reserve.patient()))
            }
            None => {
                let message = "expected 12 digits, with or without a hyphen";
                (Fault::error("person.number", location(), message), None)
            }
        },
        Err(NumberFault::Date) => {
            let message = "the number's birth date does not exist";
            (Fault::error("person.birth_date", location(), message), None)
        }
    };
    draft.faults.push(fault);
    patient
}
