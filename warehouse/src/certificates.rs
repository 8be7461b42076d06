//! Certificates and messages as reports count them: by the month of signing.

mod read;
mod stored;

use std::collections::BTreeSet;

use frisk_codes::{CertificateType, MessageSubject};

pub use read::CertificateReader;
pub(crate) use stored::stored;

/// One certificate of any type, as reports count it. Text columns are numbers into [`crate::Names`]; days are days since
/// 1970-01-01.
///
/// Source: conformance kit §6.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateFact {
    /// Running number in order of arrival.
    pub arrival: i64,
    /// Day of signing.
    pub signed: i32,
    /// Care provider, care unit and unit.
    pub provider: u32,
    /// Care unit.
    pub care_unit: u32,
    /// Unit.
    pub unit: u32,
    /// Doctor.
    pub doctor: u32,
    /// Main diagnosis as given.
    pub diagnosis: u32,
    /// Age in whole years on the day of signing.
    pub age_signed: i16,
    /// Age in whole years on the first day of the month of signing.
    pub age_month: i16,
    /// Type.
    pub kind: CertificateType,
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
    /// Whether it has been revoked.
    pub revoked: bool,
    /// Whether it has been sent to Försäkringskassan.
    pub sent: bool,
    /// Whether Försäkringskassan has asked for a completion.
    pub completion: bool,
}

/// One message about a certificate. It belongs where its certificate does, and to the month of its signing.
///
/// Source: conformance kit §4.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFact {
    /// The certificate that it is about.
    pub certificate: CertificateFact,
    /// Subject.
    pub subject: MessageSubject,
    /// Sex of the person that the message names: ISO/IEC 5218.
    pub sex: u8,
    /// Numbers of the questions that a completion asks about; may repeat.
    pub questions: Vec<u16>,
}

/// All certificates and messages of a snapshot, and the types that have ever come.
#[derive(Debug, Clone, Default)]
pub struct Certificates {
    /// Certificates, also revoked ones, in order of arrival.
    pub(crate) certificates: Vec<CertificateFact>,
    /// Messages whose certificate is known.
    pub(crate) messages: Vec<MessageFact>,
    kinds: BTreeSet<CertificateType>,
}

impl Certificates {
    /// Certificates and the messages about them.
    #[must_use]
    pub fn new(certificates: Vec<CertificateFact>, messages: Vec<MessageFact>) -> Self {
        Self {
            kinds: certificates
                .iter()
                .map(|certificate| certificate.kind)
                .collect(),
            certificates,
            messages,
        }
    }

    /// The types that have ever come.
    pub(crate) fn kinds(&self) -> &BTreeSet<CertificateType> {
        &self.kinds
    }
}
