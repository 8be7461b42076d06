use super::{CertificateReader, Certificates};
use crate::{Error, Interner, Revoked, Snapshot, Table, Tables};

/// The columns of `certificate` that counting needs.
const CERTIFICATE: [&str; 16] = [
    "arrival",
    "certificate_id",
    "certificate_type",
    "sex",
    "age",
    "signed_date",
    "care_provider_id",
    "care_unit_id",
    "unit_id",
    "doctor_id",
    "diagnosis",
    "revoked_date",
    "sent_to_insurer_date",
    "completion_requested_date",
    "age_signed",
    "age_signed_month",
];
/// The columns of `message` that counting needs.
const MESSAGE: [&str; 4] = ["certificate_id", "sex", "subject", "question_ids"];

/// The certificates and messages of a snapshot; sealing has written onto certificates what events say of them.
///
/// # Errors
/// When a file is missing or has another shape.
pub(crate) fn stored(
    tables: &Tables,
    snapshot: &Snapshot,
    interner: &mut Interner,
) -> Result<Certificates, Error> {
    let mut reader = CertificateReader::new();
    for file in &tables.state_in(Table::MESSAGE, snapshot)?.files {
        for batch in tables.read(Table::MESSAGE, file, Some(&MESSAGE))? {
            reader.messages(&batch)?;
        }
    }
    let mut reader = reader.without_more_messages();
    for file in &tables.state_in(Table::CERTIFICATE, snapshot)?.files {
        for batch in tables.read(Table::CERTIFICATE, file, Some(&CERTIFICATE))? {
            reader.certificates(&batch, &Revoked::default(), interner)?;
        }
    }
    Ok(reader.finish())
}
