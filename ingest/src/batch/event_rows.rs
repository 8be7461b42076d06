//! Rows of table `event`.

use arrow::record_batch::RecordBatch;
use chrono::{NaiveDate, NaiveDateTime};

use super::event_identity;
use super::rows::{Columns, batch};
use crate::certificate::Certificate;
use crate::document::DocumentKey;
use crate::event::{CertificateEvent, EventKind};
use crate::{Error, normalize_hsa_id, schema};

/// Something that happened to a certificate.
#[derive(Debug)]
pub(super) struct EventRow {
    pub(super) offset: i64,
    pub(super) document: DocumentKey,
    pub(super) received: NaiveDate,
    pub(super) certificate_id: String,
    pub(super) person_key: Option<i64>,
    pub(super) kind: EventKind,
    pub(super) by_certificate_id: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) message_id: Option<String>,
    pub(super) at: Option<NaiveDateTime>,
    pub(super) unit_id: Option<String>,
    pub(super) role: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) source: &'static str,
}

impl EventRow {
    /// What an event document tells. A replacement, completion or renewal that names its parent happened to the parent.
    pub(super) fn of_event(event: CertificateEvent) -> Self {
        let own = event.certificate_id.trim().to_owned();
        let parent = event.parent.filter(|_| {
            matches!(
                event.kind,
                EventKind::Replaced | EventKind::Complemented | EventKind::Renewed
            )
        });
        let (certificate_id, by_certificate_id) = match parent {
            Some(parent) => (parent.certificate_id.trim().to_owned(), Some(own)),
            None => (own, None),
        };
        let filled = |text: String| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Self {
            offset: 0,
            document: DocumentKey([0; 32]),
            received: NaiveDate::MIN,
            certificate_id,
            person_key: None,
            kind: event.kind,
            by_certificate_id,
            recipient: event.recipient.and_then(filled).map(|r| r.to_uppercase()),
            message_id: event.message.map(|message| message.id.trim().to_owned()),
            at: event.at,
            unit_id: filled(normalize_hsa_id(&event.unit_id)),
            role: filled(event.role),
            origin: filled(event.origin),
            source: "event",
        }
    }

    /// What a certificate's relations (ersätter, kompletterar) say happened to others, on the day it was signed.
    pub(super) fn of_relations(certificate: &Certificate, person_key: i64) -> Vec<Self> {
        let kinds = certificate.relations.iter().filter_map(|relation| {
            let kind = match relation.kind.as_str() {
                "ERSATT" => EventKind::Replaced,
                "KOMPLT" => EventKind::Complemented,
                _ => return None,
            };
            Some((kind, relation))
        });
        kinds
            .map(|(kind, relation)| Self {
                offset: 0,
                document: DocumentKey([0; 32]),
                received: NaiveDate::MIN,
                certificate_id: relation.certificate_id.trim().to_owned(),
                person_key: Some(person_key),
                kind,
                by_certificate_id: Some(certificate.id.clone()),
                recipient: None,
                message_id: None,
                at: Some(certificate.signed_at),
                unit_id: Some(normalize_hsa_id(&certificate.signer.unit_id)),
                role: None,
                origin: None,
                source: "relation",
            })
            .collect()
    }

    /// What makes it the same as another.
    pub(super) fn identity(&self) -> String {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        event_identity([
            &self.certificate_id,
            self.kind.code(),
            &or_empty(&self.recipient),
            &or_empty(&self.by_certificate_id),
            &or_empty(&self.message_id),
            &self.time().unwrap_or_default(),
        ])
    }

    fn time(&self) -> Option<String> {
        self.at
            .map(|at| at.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
    }
}

pub(super) fn events(rows: &[EventRow], first: i64) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let columns = vec![
        c.int64(|r| first + r.offset),
        c.text(|r| &r.certificate_id),
        c.maybe_int64(|r| r.person_key),
        c.text(|r| r.kind.code()),
        c.maybe_text(|r| r.by_certificate_id.as_ref()),
        c.maybe_text(|r| r.recipient.as_ref()),
        c.maybe_text(|r| r.message_id.as_ref()),
        c.maybe_text(EventRow::time),
        c.date(|r| r.at.map_or(r.received, |at| at.date())),
        c.maybe_text(|r| r.unit_id.as_ref()),
        c.maybe_text(|r| r.role.as_ref()),
        c.maybe_text(|r| r.origin.as_ref()),
        c.text(|r| r.source),
        c.text(|r| r.document.hex()),
        c.date(|r| r.received),
        c.flag(|_| false),
    ];
    batch("event", schema::event(), columns)
}
