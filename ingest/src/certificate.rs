use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::{CertificateType, Degree, Sex};

/// What happened to a certificate (händelse).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    /// The certificate was signed and sent in.
    Created,
    /// The certificate was revoked (makulerat).
    Revoked,
}

/// A diagnosis on a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The code as the document has it, upper-cased, `A`–`Z` and `0`–`9` only.
    pub code: String,
    /// The OID of the code system: ICD-10-SE or KSH97-P.
    pub system: String,
}

/// A period of reduced work capacity (nedsättningsperiod) with one degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SickPeriod {
    /// First day.
    pub start: NaiveDate,
    /// Last day, inclusive.
    pub end: NaiveDate,
    /// Lost work capacity.
    pub degree: Degree,
}

/// A period of reduced work capacity in any percentage (AG1-14 question 7, AF00251 question 6).
///
/// Such forms make no sick cases, and their percentages are not the four degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reduction {
    /// First day.
    pub start: NaiveDate,
    /// Last day, inclusive.
    pub end: NaiveDate,
    /// Lost work capacity, 0–100 %.
    pub percent: u8,
}

/// The doctor's prognosis (LISJP question 39).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prognosis {
    /// KV_FKMU_0006: `STOR_SANNOLIKHET`, `ATER_X_ANTAL_DGR`, `SANNOLIKT_INTE`, `PROGNOS_OKLAR`.
    pub code: String,
    /// Days until full return (KV_FKMU_0007), only with `ATER_X_ANTAL_DGR`.
    pub days: Option<i32>,
}

/// A relation to another certificate (förlänger, ersätter, kompletterar, kopia).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// KV relation code: `FRLANG`, `ERSATT`, `KOMPLT`, `KOPIA`.
    pub kind: String,
    /// Id of the other certificate.
    pub certificate_id: String,
}

/// The patient as a document names her. Never leaves `ingest` in the clear: see `PersonKey` and `SealedIdentity`.
#[derive(Clone, PartialEq, Eq)]
pub struct Patient {
    /// The personal number (personnummer) or coordination number, 12 digits, no hyphen; or a reserve number with its
    /// authority, see `ReserveNumber`.
    pub number: String,
    /// Birth date from the number (coordination numbers: day − 60).
    pub birth_date: NaiveDate,
    /// Sex from the number.
    pub sex: Sex,
}

impl std::fmt::Debug for Patient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Patient(…)")
    }
}

/// Who signed, where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// HSA id of the doctor.
    pub doctor_id: String,
    /// Position codes (befattning).
    pub positions: Vec<String>,
    /// HSA id of the unit (enhet).
    pub unit_id: String,
    /// The unit's name.
    pub unit_name: String,
    /// HSA id of the care provider (vårdgivare).
    pub care_provider_id: String,
    /// The care provider's name.
    pub care_provider_name: String,
}

/// A doctor's certificate (läkarintyg): what every format decodes to. Only sick-leave forms have more than who, where and when.
///
/// Source: RegisterCertificate v3 and `PEERS.md` §4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Certificate id (intygs-id, extension), trimmed.
    pub id: String,
    /// Type of certificate.
    pub kind: CertificateType,
    /// Version of the type, such as `1.3`.
    pub version: String,
    /// Created or revoked.
    pub event: Event,
    /// Signing time (signeringstidpunkt), local time.
    pub signed_at: NaiveDateTime,
    /// When it was sent (skickatTidpunkt), local time. Without it, the signing time counts as known time.
    pub sent_at: Option<NaiveDateTime>,
    /// The patient.
    pub patient: Patient,
    /// Doctor, unit and care provider.
    pub signer: Signer,
    /// Main diagnosis first, then side diagnoses; empty when the document has none.
    pub diagnoses: Vec<Diagnosis>,
    /// The periods with one of the four degrees, in document order (LISJP, FK7263, AG7804).
    pub periods: Vec<SickPeriod>,
    /// The periods with any percentage, in document order (AG1-14, AF00251).
    pub reductions: Vec<Reduction>,
    /// Occupation status (KV_FKMU_0002): `NUVARANDE_ARBETE`, `ARBETSSOKANDE`, `FORALDRALEDIG`, `STUDIER`.
    pub occupations: Vec<String>,
    /// What it is based on (KV_FKMU_0001): `UNDERSOKNING`, `TELEFONKONTAKT`, `JOURNALUPPGIFTER`, `ANHORIG`, `ANNAT`.
    pub based_on: Vec<String>,
    /// The doctor's prognosis.
    pub prognosis: Option<Prognosis>,
    /// Planned workplace measures (KV_FKMU_0004), question 40.
    pub measures: Vec<String>,
    /// Kept away from work by the Communicable Diseases Act (smittskyddslagen), question 27.
    pub infection_control: bool,
    /// Relations to other certificates.
    pub relations: Vec<Relation>,
    /// Whether the document carries an XML signature (underskrift).
    pub signed_document: bool,
}
