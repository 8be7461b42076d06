//! A code (`cv`): its system, and which codes are allowed.

use super::{See, Value};
use crate::validate::Findings;
use crate::validate::text::{contains_oid, matches_oid, normalize};

/// Which code systems a code may come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum System {
    /// Any.
    Any,
    /// This one.
    Is(&'static str),
    /// One of these OIDs; a full stop stands for any character, as in the official patterns.
    OneOf(&'static [&'static str]),
    /// ICD-10-SE or KSH97-P somewhere in it.
    Diagnoses,
}

/// Which codes are allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Codes {
    /// Any.
    Any,
    /// These.
    OneOf(&'static [&'static str]),
    /// Those with this in it.
    With(&'static str),
    /// A diagnosis code.
    Diagnosis,
    /// A diagnosis code of at most five characters.
    ShortDiagnosis,
}

/// A code of a list.
pub(crate) const fn code(system: &'static str, codes: &'static [&'static str]) -> Value {
    Value::Code {
        system: System::Is(system),
        codes: Codes::OneOf(codes),
    }
}

/// A diagnosis code of ICD-10-SE or KSH97-P.
pub(crate) const DIAGNOSIS: Value = Value::Code {
    system: System::Diagnoses,
    codes: Codes::ShortDiagnosis,
};

/// HL7's NullFlavor: why a value is missing.
pub(crate) const NULL_FLAVOR: &str = "2.16.840.1.113883.5.1008";
/// ICD-10-SE. Source: Socialstyrelsen.
pub(crate) const ICD_10_SE: &str = "1.2.752.116.1.1.1.1.3";
/// KSH97-P, the primary-care version. Source: Socialstyrelsen.
pub(crate) const KSH97_P: &str = "1.2.752.116.1.3.1.4.1";

impl<'t> See<'_, 't> {
    /// The `cv` rules; gives the code system and the code as written.
    fn code(&self, out: &mut Findings<'_, '_>) -> (&'t str, &'t str) {
        let (systems, codes) = (self.values("cv", "codeSystem"), self.values("cv", "code"));
        let one = self.count("cv") == 1;
        self.require(out, one, "Värdet ska vara ett cv.");
        self.require(out, systems.count == 1, "Koden ska ha ett codeSystem.");
        self.require(out, codes.count == 1, "Koden ska ha ett code.");
        let nested = systems.nested || codes.nested;
        let message = "codeSystem och code ska stå utan element i.";
        self.require(out, !nested, message);
        let names = self.values("cv", "displayName").count;
        self.require(out, names <= 1, "Koden får ha högst ett displayName.");
        (
            systems.first.unwrap_or_default(),
            codes.first.unwrap_or_default(),
        )
    }

    /// A code of a system and a list.
    pub(super) fn code_of(&self, out: &mut Findings<'_, '_>, system: System, codes: Codes) {
        let (found, code) = self.code(out);
        self.system(out, system, found);
        let code = normalize(code);
        match codes {
            Codes::Any => {}
            Codes::OneOf(allowed) => self.require_with(out, allowed.contains(&&*code), || {
                format!("Koden ska vara en av {}.", allowed.join(", "))
            }),
            Codes::With(piece) => self.require_with(out, code.contains(piece), || {
                format!("Koden ska innehålla {piece}.")
            }),
            Codes::Diagnosis | Codes::ShortDiagnosis => self.diagnosis(out, codes, &code),
        }
    }

    fn system(&self, out: &mut Findings<'_, '_>, system: System, found: &str) {
        let normal = normalize(found);
        match system {
            System::Any => {}
            System::Is(wanted) => self.require_with(out, found == wanted, || {
                format!("Kodverket (codeSystem) ska vara {wanted}.")
            }),
            System::OneOf(oids) => {
                let holds = oids.iter().any(|oid| matches_oid(&normal, oid));
                self.require_with(out, holds, || {
                    format!("Kodverket (codeSystem) ska vara {}.", oids.join(" eller "))
                });
            }
            System::Diagnoses => {
                let exact = normal == ICD_10_SE || normal == KSH97_P;
                let within = |oid| contains_oid(&normal, oid);
                let known = exact || within(ICD_10_SE) || within(KSH97_P);
                let message = "Diagnoskodens kodverk ska vara ICD-10-SE eller KSH97-P.";
                self.require(out, known, message);
            }
        }
    }

    fn diagnosis(&self, out: &mut Findings<'_, '_>, codes: Codes, code: &str) {
        let message = "Diagnoskoden ska vara en bokstav och två siffror, sedan bokstäver, siffror eller bindestreck; minst fyra tecken för F och Z73.";
        self.require(out, is_diagnosis(code), message);
        let fits = matches!(codes, Codes::Diagnosis) || code.chars().count() <= 5;
        self.require(out, fits, "Diagnoskoden får ha högst fem tecken.");
    }
}

/// The form of a diagnosis code: a letter and two digits, then letters, digits or hyphens; F and Z73 need at least one of these.
fn is_diagnosis(code: &str) -> bool {
    let [letter, tens, ones, rest @ ..] = code.as_bytes() else {
        return false;
    };
    let needs_more = match letter.to_ascii_uppercase() {
        b'F' => true,
        b'Z' => (*tens, *ones) == (b'7', b'3'),
        b'A'..=b'Y' => false,
        _ => return false,
    };
    tens.is_ascii_digit()
        && ones.is_ascii_digit()
        && rest.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        && !(needs_more && rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnosis_codes() {
        // The three forms of the official pattern: A–E and G–Y, Z but not Z73, and F or Z73 with more.
        for good in [
            "A01", "a01", "M545", "A35-P", "Z00", "Z72", "Z730", "F32-", "f438A", "Y99",
        ] {
            assert!(is_diagnosis(good), "{good}");
        }
        for bad in [
            "", "A0", "F32", "Z73", "z73", "1A2", "A0B", "A01.1", "Å01", "A01 ",
        ] {
            assert!(!is_diagnosis(bad), "{bad}");
        }
    }
}
