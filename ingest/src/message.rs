use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::MessageSubject;

/// A question that a completion request (komplettering) asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complement {
    /// Question id of the certificate (fråge-id), digits.
    pub question_id: String,
    /// Which of several answers to the question (instans).
    pub instance: Option<i32>,
}

/// A message about a certificate (ärendekommunikation): SendMessageToCare v2.
///
/// Heading and text of the message are not kept. Source: SendMessageToCareResponder 2.0; `PEERS.md` §1.4.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Message id (meddelande-id).
    pub id: String,
    /// The sender's own id (referens-id).
    pub reference_id: Option<String>,
    /// Subject (ämne).
    pub subject: MessageSubject,
    /// Id of the certificate it is about.
    pub certificate_id: String,
    /// The patient's personal number, 12 digits.
    pub number: String,
    /// HSA id of the unit it is sent to (logisk adress).
    pub unit_id: String,
    /// When it was sent, local time.
    pub sent_at: NaiveDateTime,
    /// Last day to answer.
    pub last_date_to_answer: Option<NaiveDate>,
    /// Id of the message that it answers (svarPå).
    pub answer_to: Option<String>,
    /// Id of the message that it reminds of.
    pub reminder_of: Option<String>,
    /// What a completion request asks about, in document order.
    pub complements: Vec<Complement>,
    /// Code of the party that sent it, such as `FKASSA`.
    pub sender: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Message({}, {}, {})",
            self.id,
            self.subject.code(),
            self.sent_at
        )
    }
}
