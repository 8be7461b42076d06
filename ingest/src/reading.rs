use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};

use crate::{Certificate, CertificateEvent, DocumentKey, Message, Records};

/// The format of a document, told from its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RIV-TA RegisterCertificate v3.
    RegisterCertificateV3,
    /// RIV-TA RegisterCertificate v2: read as v3.
    RegisterCertificateV2,
    /// RIV-TA RegisterCertificate v1 (utlåtande).
    RegisterCertificateV1,
    /// RIV-TA RegisterMedicalCertificate v3, FK 7263.
    RegisterMedicalCertificateV3,
    /// FK 7263 as a `lakarutlatande` of its own.
    Mu7263,
    /// RegisterTSBas v1.
    RegisterTsBasV1,
    /// RegisterTSDiabetes v1.
    RegisterTsDiabetesV1,
    /// RIV-TA RevokeCertificate v2.
    RevokeCertificateV2,
    /// RIV-TA SendMessageToCare v2.
    SendMessageToCareV2,
    /// Inera's `certificate.analytics.event` v1, JSON.
    AnalyticsEventV1,
    /// FK 7263 in Webcert's JSON form.
    Fk7263Json,
    /// Another certificate type in Webcert's JSON form.
    InternalJson,
    /// An envelope of NDJSON without a body that tells more.
    Line,
    /// Rows in CSV.
    RecordCsv,
    /// Rows in Parquet.
    RecordParquet,
    /// FHIR R4 in JSON.
    FhirR4,
    /// Well-formed XML of another kind.
    OtherXml,
    /// Well-formed JSON of another kind.
    OtherJson,
    /// Neither XML nor JSON.
    Unknown,
}

impl Format {
    /// The format's name in tables and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RegisterCertificateV3 => "register-certificate-v3",
            Self::RegisterCertificateV2 => "register-certificate-v2",
            Self::RegisterCertificateV1 => "register-certificate-v1",
            Self::RegisterMedicalCertificateV3 => "register-medical-certificate-v3",
            Self::Mu7263 => "lakarutlatande-mu7263",
            Self::RegisterTsBasV1 => "register-ts-bas-v1",
            Self::RegisterTsDiabetesV1 => "register-ts-diabetes-v1",
            Self::RevokeCertificateV2 => "revoke-certificate-v2",
            Self::SendMessageToCareV2 => "send-message-to-care-v2",
            Self::AnalyticsEventV1 => "analytics-event-v1",
            Self::Fk7263Json => "fk7263-json",
            Self::InternalJson => "internal-json",
            Self::Line => "line",
            Self::RecordCsv => "csv",
            Self::RecordParquet => "parquet",
            Self::FhirR4 => "fhir-r4",
            Self::OtherXml => "xml",
            Self::OtherJson => "json",
            Self::Unknown => "unknown",
        }
    }
}

/// How serious a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The document, or the period it is about, is out.
    Error,
    /// Kept, but worth knowing.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something wrong with a document: by which rule, where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Error or warning.
    pub severity: Severity,
    /// Id of the rule: `xml.malformed`, `xsd/PersonIdExtension`, `lisjp.v1/q32`, …
    pub rule: Cow<'static, str>,
    /// XPath by local names, or JSON pointer.
    pub location: String,
    /// What was expected; never a personal number or free text.
    pub message: String,
}

impl Fault {
    /// A fault that puts the document or period out.
    #[must_use]
    pub fn error(
        rule: impl Into<Cow<'static, str>>,
        location: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            rule: rule.into(),
            location: location.into(),
            message: message.into(),
        }
    }

    /// A fault worth knowing of a document that is kept.
    #[must_use]
    pub fn warning(
        rule: impl Into<Cow<'static, str>>,
        location: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(rule, location, message)
        }
    }
}

/// A revocation (makulering) of a certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct Revocation {
    /// Id of the revoked certificate.
    pub certificate_id: String,
    /// The patient's personal number, 12 digits.
    pub number: String,
    /// When it was sent, local time.
    pub sent_at: NaiveDateTime,
}

impl std::fmt::Debug for Revocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Revocation({}, {})", self.certificate_id, self.sent_at)
    }
}

/// What a document turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A valid certificate.
    Certificate(Box<Certificate>),
    /// A valid revocation.
    Revocation(Revocation),
    /// A valid message about a certificate.
    Message(Box<Message>),
    /// A valid event about a certificate, such as that it was sent.
    Event(Box<CertificateEvent>),
    /// A file of interventions, ends of observation or listed patients.
    Records(Box<Records>),
    /// A valid document that no row can be made of, such as one with an impossible birth date; the faults say why.
    Unusable,
    /// Against its schema or its type's rules.
    Rejected,
    /// Of a format or certificate type that Frisk does not read.
    Unsupported,
}

/// The verdict on a document, as the official schema and rules give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Valid.
    Accepted,
    /// Invalid.
    Rejected,
    /// Not judged.
    Unsupported,
}

impl Verdict {
    /// `accepted`, `rejected` or `unsupported`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unsupported => "unsupported",
        }
    }
}

/// A document read: what it is, what came out, and what was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which document.
    pub key: DocumentKey,
    /// Its format.
    pub format: Format,
    /// The certificate type as written, upper-cased.
    pub certificate_type: Option<String>,
    /// The certificate id, when one could be read, also of rejected documents.
    pub certificate_id: Option<String>,
    /// The unit's HSA id, when one could be read, also of rejected documents.
    pub unit_id: Option<String>,
    /// The day on which it was signed or sent, when one could be read, also of rejected documents.
    pub written_date: Option<NaiveDate>,
    /// The system that sent it; `None` when nothing tells.
    pub software: Option<String>,
    /// What came out.
    pub outcome: Outcome,
    /// What was wrong.
    pub faults: Vec<Fault>,
}

impl Reading {
    /// The verdict on the document.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match &self.outcome {
            Outcome::Records(records) if records.rows.is_empty() && records.rejected > 0 => {
                Verdict::Rejected
            }
            Outcome::Certificate(_)
            | Outcome::Revocation(_)
            | Outcome::Message(_)
            | Outcome::Event(_)
            | Outcome::Records(_)
            | Outcome::Unusable => Verdict::Accepted,
            Outcome::Rejected => Verdict::Rejected,
            Outcome::Unsupported => Verdict::Unsupported,
        }
    }
}
