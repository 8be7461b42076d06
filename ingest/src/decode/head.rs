//! What every certificate says, whatever its form: who, where, when.

use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::CertificateType;

use super::Draft;
use super::person::{Written, patient};
use crate::certificate::{Certificate, Event, Relation, Signer};
use crate::reading::Fault;

/// The common part of a certificate, as a document has it.
#[derive(Debug, Default)]
pub(super) struct Head<'t> {
    pub(super) id: &'t str,
    pub(super) version: &'t str,
    pub(super) signed_at: Option<NaiveDateTime>,
    pub(super) sent_at: Option<NaiveDateTime>,
    /// OID of the patient's number; empty if the form has none.
    pub(super) number_root: &'t str,
    pub(super) number: &'t str,
    pub(super) signer: Signer,
    pub(super) relations: Vec<Relation>,
    pub(super) signed_document: bool,
}

/// Where a form has the parts that no certificate can do without.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) id: &'static str,
    pub(super) signed: &'static str,
    pub(super) number: &'static str,
    /// `None` where the official schema has looked at it: a blank id passes there.
    pub(super) unit: Option<&'static str>,
}

impl Head<'_> {
    /// Tells the draft id, unit and day of signing, which are known also of documents that are rejected.
    pub(super) fn announce(&self, draft: &mut Draft) {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        draft.certificate_id = given(self.id);
        draft.unit_id = given(&self.signer.unit_id);
        let signed = self.signed_at.or(self.sent_at);
        draft.written = signed.map(|time| time.date());
    }

    /// The day to judge by: of arrival, else of signing or sending, the later of the two.
    pub(super) fn day(&self, received: Option<NaiveDate>) -> NaiveDate {
        let written = self.signed_at.max(self.sent_at);
        let written = written.map_or(NaiveDate::MAX, |time| time.date());
        received.unwrap_or(written)
    }

    /// The certificate with this head and nothing else; `None`, with faults, if a required part is missing.
    ///
    /// `base` is the path of the certificate's element, before the places.
    pub(super) fn certificate(
        self,
        kind: CertificateType,
        places: &Places,
        base: &dyn Fn() -> String,
        draft: &mut Draft,
    ) -> Option<Certificate> {
        let mut missing = |place: &str, expected: &str| {
            let fault = Fault::error("certificate.required", base() + place, expected);
            draft.faults.push(fault);
        };
        let signed_at = self.signed_at.or(self.sent_at);
        if self.id.is_empty() {
            missing(places.id, "expected a certificate id");
        }
        if signed_at.is_none() {
            missing(
                places.signed,
                "expected a signing time, YYYY-MM-DDThh:mm:ss",
            );
        }
        let unit = places.unit.filter(|_| self.signer.unit_id.is_empty());
        if let Some(place) = unit {
            missing(place, "expected the id of a unit");
        }
        let number = Written {
            root: self.number_root,
            text: self.number,
        };
        let patient = patient(number, || base() + places.number, draft)?;
        if self.id.is_empty() || unit.is_some() {
            return None;
        }
        Some(Certificate {
            id: self.id.to_owned(),
            kind,
            version: self.version.to_owned(),
            event: Event::Created,
            signed_at: signed_at?,
            sent_at: self.sent_at,
            patient,
            signer: self.signer,
            diagnoses: Vec::new(),
            periods: Vec::new(),
            reductions: Vec::new(),
            occupations: Vec::new(),
            based_on: Vec::new(),
            prognosis: None,
            measures: Vec::new(),
            infection_control: false,
            relations: self.relations,
            signed_document: self.signed_document,
        })
    }
}
