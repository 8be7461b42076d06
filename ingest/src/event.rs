use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::{CertificateType, MessageSubject};

use crate::certificate::Relation;

/// An event in the life of a certificate, told without the certificate itself: Inera's `certificate.analytics.event` v1,
/// or a line of the queue with the action `sent` or `revoked`.
///
/// Source: `PEERS.md` §4.1.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateEvent {
    /// Id of the event's own message; `None` when the way in gives none.
    pub message_id: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// When it happened, local time; `None` when the way in does not say.
    pub at: Option<NaiveDateTime>,
    /// Id of the certificate.
    pub certificate_id: String,
    /// Type of the certificate; `None` when absent or unknown.
    pub certificate_type: Option<CertificateType>,
    /// Version of the type.
    pub type_version: String,
    /// The patient's personal number, 12 digits; `None` when absent, or no number (already pseudonymised).
    pub number: Option<String>,
    /// HSA id of the certificate's unit; empty when absent.
    pub unit_id: String,
    /// HSA id of the certificate's care provider; empty when absent.
    pub care_provider_id: String,
    /// The certificate that this one came from, if the event tells; the kinds are those of [`Relation`].
    pub parent: Option<Relation>,
    /// Role of who did it, such as `DOCTOR`; empty when absent.
    pub role: String,
    /// Where it was done, such as `NORMAL`, `READONLY`, `DJUPINTEGRATION`; empty when absent.
    pub origin: String,
    /// Code of the party that the certificate was sent to, such as `FKASSA`.
    pub recipient: Option<String>,
    /// The message it is about, for questions, answers, reminders and completion requests.
    pub message: Option<EventMessage>,
}

impl std::fmt::Debug for CertificateEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "CertificateEvent({}, {})",
            self.kind.code(),
            self.certificate_id
        )
    }
}

/// The message of a [`CertificateEvent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMessage {
    /// Message id.
    pub id: String,
    /// Id of the message that it answers.
    pub answer_to: Option<String>,
    /// Id of the message that it reminds of.
    pub reminder_of: Option<String>,
    /// Subject.
    pub subject: MessageSubject,
    /// When it was sent, local time.
    pub sent_at: Option<NaiveDateTime>,
    /// Last day to answer.
    pub last_date_to_answer: Option<NaiveDate>,
    /// Question ids that a completion request asks about.
    pub question_ids: Vec<String>,
    /// Party that sent it; empty when absent.
    pub sender: String,
    /// Party that it was sent to; empty when absent.
    pub recipient: String,
}

macro_rules! kinds {
    ($($variant:ident $code:literal $doc:literal;)*) => {
        /// What happened to a certificate or its draft.
        ///
        /// Source: `CertificateAnalyticsMessageType` of Webcert, `PEERS.md` §4.1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EventKind {
            $(#[doc = $doc] $variant,)*
        }

        impl EventKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code, such as `CERTIFICATE_SENT`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }
    };
}

kinds! {
    DraftCreated "DRAFT_CREATED" "A draft was begun.";
    DraftCreatedWithPrefill "DRAFT_CREATED_WITH_PREFILL" "A draft was begun, filled in from the record system.";
    DraftCreatedFromCertificate "DRAFT_CREATED_FROM_CERTIFICATE" "A draft was begun from another certificate.";
    DraftCreatedFromTemplate "DRAFT_CREATED_FROM_TEMPLATE" "A draft was begun from a certificate of another type.";
    DraftDeleted "DRAFT_DELETED" "A draft was deleted.";
    DraftDisposed "DRAFT_DISPOSED" "A draft was disposed of.";
    DraftUpdated "DRAFT_UPDATED" "A draft was changed.";
    DraftUpdatedFromCertificate "DRAFT_UPDATED_FROM_CERTIFICATE" "A draft was filled in from another certificate.";
    DraftReadyForSign "DRAFT_READY_FOR_SIGN" "A draft was made ready for signing.";
    LockedDraftRevoked "LOCKED_DRAFT_REVOKED" "A locked draft was revoked.";
    Signed "CERTIFICATE_SIGNED" "The certificate was signed.";
    Sent "CERTIFICATE_SENT" "The certificate was sent to a recipient.";
    Renewed "CERTIFICATE_RENEWED" "The certificate was renewed.";
    Replaced "CERTIFICATE_REPLACED" "The certificate was replaced.";
    Complemented "CERTIFICATE_COMPLEMENTED" "The certificate was complemented.";
    Revoked "CERTIFICATE_REVOKED" "The certificate was revoked.";
    Printed "CERTIFICATE_PRINTED" "The certificate was printed.";
    QuestionToRecipient "QUESTION_TO_RECIPIENT" "Care asked the recipient.";
    QuestionFromRecipient "QUESTION_FROM_RECIPIENT" "The recipient asked care.";
    AnswerToRecipient "ANSWER_TO_RECIPIENT" "Care answered the recipient.";
    AnswerFromRecipient "ANSWER_FROM_RECIPIENT" "The recipient answered care.";
    ReminderFromRecipient "REMINDER_FROM_RECIPIENT" "The recipient reminded care.";
    ComplementFromRecipient "COMPLEMENT_FROM_RECIPIENT" "The recipient asked for a completion.";
}

impl EventKind {
    /// The kind of a code in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}
