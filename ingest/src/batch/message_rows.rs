//! Rows of table `message`.

use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use frisk_codes::MessageSubject;

use super::rows::{Columns, batch};
use crate::document::DocumentKey;
use crate::event::CertificateEvent;
use crate::identity::PersonalNumber;
use crate::message::Message;
use crate::{Error, normalize_hsa_id, schema};

/// A message about a certificate.
#[derive(Debug)]
pub(super) struct MessageRow {
    pub(super) offset: i64,
    pub(super) document: DocumentKey,
    pub(super) received: NaiveDate,
    pub(super) message_id: String,
    pub(super) certificate_id: String,
    pub(super) person_key: Option<i64>,
    /// ISO/IEC 5218.
    pub(super) sex: i8,
    pub(super) subject: MessageSubject,
    pub(super) sent: NaiveDate,
    pub(super) reference_id: Option<String>,
    pub(super) answer_to: Option<String>,
    pub(super) reminder_of: Option<String>,
    pub(super) last_answer: Option<NaiveDate>,
    pub(super) question_ids: Vec<String>,
    pub(super) sender: String,
    pub(super) addressed_unit_id: Option<String>,
    pub(super) source: &'static str,
}

/// Sex from a personal number; unknown if there is none.
fn sex(number: Option<&str>) -> i8 {
    let number = number.and_then(|number| PersonalNumber::parse(number).ok());
    number.map_or(0, |number| number.sex().code())
}

impl MessageRow {
    /// A SendMessageToCare.
    pub(super) fn of_message(message: Message) -> Self {
        Self {
            offset: 0,
            document: DocumentKey([0; 32]),
            received: NaiveDate::MIN,
            message_id: message.id.trim().to_owned(),
            certificate_id: message.certificate_id.trim().to_owned(),
            person_key: None,
            sex: sex(Some(&message.number)),
            subject: message.subject,
            sent: message.sent_at.date(),
            reference_id: message.reference_id,
            answer_to: message.answer_to,
            reminder_of: message.reminder_of,
            last_answer: message.last_date_to_answer,
            question_ids: message
                .complements
                .into_iter()
                .map(|asked| asked.question_id)
                .collect(),
            sender: message.sender,
            addressed_unit_id: Some(normalize_hsa_id(&message.unit_id)),
            source: "message",
        }
    }

    /// The message that an event tells of; sent on the event's day, else today, when it does not say when.
    pub(super) fn of_event(event: &CertificateEvent, today: NaiveDate) -> Option<Self> {
        let message = event.message.as_ref()?;
        let sent = message.sent_at.or(event.at);
        Some(Self {
            offset: 0,
            document: DocumentKey([0; 32]),
            received: today,
            message_id: message.id.trim().to_owned(),
            certificate_id: event.certificate_id.trim().to_owned(),
            person_key: None,
            sex: sex(event.number.as_deref()),
            subject: message.subject,
            sent: sent.map_or(today, |at| at.date()),
            reference_id: None,
            answer_to: message.answer_to.clone(),
            reminder_of: message.reminder_of.clone(),
            last_answer: message.last_date_to_answer,
            question_ids: message.question_ids.clone(),
            sender: message.sender.clone(),
            addressed_unit_id: None,
            source: "event",
        })
    }
}

pub(super) fn messages(rows: &[MessageRow], first: i64) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let columns = vec![
        c.int64(|r| first + r.offset),
        c.text(|r| &r.message_id),
        c.text(|r| &r.certificate_id),
        c.maybe_int64(|r| r.person_key),
        c.int8(|r| r.sex),
        c.text(|r| r.subject.code()),
        c.date(|r| r.sent),
        c.maybe_text(|r| r.reference_id.as_ref()),
        c.maybe_text(|r| r.answer_to.as_ref()),
        c.maybe_text(|r| r.reminder_of.as_ref()),
        c.maybe_date(|r| r.last_answer),
        c.texts(|r| r.question_ids.iter().collect()),
        c.text(|r| &r.sender),
        c.maybe_text(|r| r.addressed_unit_id.as_ref()),
        c.text(|r| r.source),
        c.text(|r| r.document.hex()),
        c.date(|r| r.received),
        c.maybe_text(|_| None::<&str>),
        c.maybe_date(|_| None),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_date(|_| None),
        c.flag(|_| false),
    ];
    batch("message", schema::message(), columns)
}
