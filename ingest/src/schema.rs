//! Arrow schemas of what leaves `ingest`. The warehouse stores them as they are.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

fn text() -> DataType {
    DataType::Utf8
}

fn texts() -> DataType {
    DataType::List(Arc::new(Field::new("element", DataType::Utf8, true)))
}

/// `certificate`: one row a certificate, created events only; revocation sets `revoked_date`.
#[must_use]
pub fn certificate() -> SchemaRef {
    Arc::new(Schema::new(vec![
        // Running number of the accepted document in this warehouse, from 1: the order of arrival.
        Field::new("arrival", DataType::Int64, false),
        Field::new("certificate_id", text(), false),
        // LISJP, FK7263, …
        Field::new("certificate_type", text(), false),
        Field::new("version", text(), false),
        // Keyed hash of the personal number.
        Field::new("person_key", DataType::Int64, false),
        // ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
        Field::new("sex", DataType::Int8, false),
        Field::new("birth_year", DataType::Int16, false),
        // Whole years at the certificate's last day.
        Field::new("age", DataType::Int16, false),
        Field::new("signed_date", DataType::Date32, false),
        // Day from which it was known: sent, else signed.
        Field::new("known_date", DataType::Date32, false),
        Field::new("care_provider_id", text(), false),
        Field::new("care_unit_id", text(), false),
        Field::new("unit_id", text(), false),
        // Two digits; 00 = unknown.
        Field::new("region", text(), false),
        // Four digits; 0000 = unknown.
        Field::new("municipality", text(), false),
        Field::new("doctor_id", text(), false),
        // Main diagnosis, A–Z 0–9; null = none given.
        Field::new("diagnosis", text(), true),
        Field::new("side_diagnoses", texts(), false),
        Field::new("start_date", DataType::Date32, true),
        Field::new("end_date", DataType::Date32, true),
        Field::new("periods", DataType::Int16, false),
        Field::new("occupations", texts(), false),
        Field::new("based_on", texts(), false),
        Field::new("prognosis", text(), true),
        Field::new("prognosis_days", DataType::Int32, true),
        Field::new("measures", texts(), false),
        Field::new("infection_control", DataType::Boolean, false),
        Field::new("relation", text(), true),
        Field::new("related_certificate_id", text(), true),
        Field::new("signed_document", DataType::Boolean, false),
        // SHA-256 of the document, hex: which document it came from.
        Field::new("document_key", text(), false),
        // Day of revocation; null = active.
        Field::new("revoked_date", DataType::Date32, true),
        // Day on which the document came in. This and what follows: null in rows of before these columns.
        Field::new("received_date", DataType::Date32, true),
        // The system that sent the document; null = it does not say.
        Field::new("software", text(), true),
        // Whether the register knew the unit; if not, the row waits for a register that does.
        Field::new("unit_known", DataType::Boolean, true),
        // What other documents say of it, filled in when tables are sealed, in whatever order all came.
        // First day on which it was sent to FKASSA (the insurance agency).
        Field::new("sent_to_insurer_date", DataType::Date32, true),
        // Id of the newest certificate that replaces or complements it.
        Field::new("replaced_by", text(), true),
        Field::new("complemented_by", text(), true),
        // First day on which a completion (KOMPLT) was asked for.
        Field::new("completion_requested_date", DataType::Date32, true),
        // Whole years on the day of signing, and on the first day of its month; null = written before they were kept.
        Field::new("age_signed", DataType::Int16, true),
        Field::new("age_signed_month", DataType::Int16, true),
    ]))
}

/// `message`: one row a message (ärende) about a certificate. What the certificate says of itself is filled in when
/// tables are sealed; null = the certificate has not come.
#[must_use]
pub fn message() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("arrival", DataType::Int64, false),
        Field::new("message_id", text(), false),
        Field::new("certificate_id", text(), false),
        // Null = told by an event that names no person.
        Field::new("person_key", DataType::Int64, true),
        // ISO/IEC 5218, from the message's own personal number.
        Field::new("sex", DataType::Int8, false),
        // AVSTMN, KOMPLT, KONTKT, PAMINN, OVRIGT, OKANT.
        Field::new("subject", text(), false),
        Field::new("sent_date", DataType::Date32, false),
        // The sender's own id of it.
        Field::new("reference_id", text(), true),
        Field::new("answer_to", text(), true),
        Field::new("reminder_of", text(), true),
        Field::new("last_answer_date", DataType::Date32, true),
        // Questions of the certificate that a completion asks about, as often as it names them.
        Field::new("question_ids", texts(), false),
        // Party that sent it, such as FKASSA.
        Field::new("sender", text(), false),
        // HSA id of the unit that it is addressed to.
        Field::new("addressed_unit_id", text(), true),
        // `message` (SendMessageToCare) or `event` (told by an event).
        Field::new("source", text(), false),
        Field::new("document_key", text(), false),
        Field::new("received_date", DataType::Date32, false),
        Field::new("certificate_type", text(), true),
        Field::new("signed_date", DataType::Date32, true),
        Field::new("care_provider_id", text(), true),
        Field::new("care_unit_id", text(), true),
        Field::new("unit_id", text(), true),
        Field::new("region", text(), true),
        Field::new("municipality", text(), true),
        Field::new("doctor_id", text(), true),
        Field::new("diagnosis", text(), true),
        // Day on which the certificate was revoked.
        Field::new("revoked_date", DataType::Date32, true),
        // Whether the certificate lies in the same bucket; if not, each sealing looks for it again.
        Field::new("linked", DataType::Boolean, true),
    ]))
}

/// `event`: one row something that happened to a certificate, told by an event document or by the relation of another
/// certificate.
#[must_use]
pub fn event() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("arrival", DataType::Int64, false),
        // The certificate that it happened to: of a replacement the one that was replaced.
        Field::new("certificate_id", text(), false),
        // Null = the event names no person.
        Field::new("person_key", DataType::Int64, true),
        // CERTIFICATE_SENT, CERTIFICATE_REPLACED, …
        Field::new("kind", text(), false),
        // The certificate that replaces, complements or renews it.
        Field::new("by_certificate_id", text(), true),
        // Party that it was sent to, such as FKASSA.
        Field::new("recipient", text(), true),
        // Message that it is about.
        Field::new("message_id", text(), true),
        // Local time; null = not told.
        Field::new("event_time", text(), true),
        // Its day, else the day on which it came in.
        Field::new("event_date", DataType::Date32, false),
        Field::new("unit_id", text(), true),
        Field::new("role", text(), true),
        Field::new("origin", text(), true),
        // `event` or `relation` (told by a certificate that came).
        Field::new("source", text(), false),
        Field::new("document_key", text(), false),
        Field::new("received_date", DataType::Date32, false),
        // As in `message`.
        Field::new("linked", DataType::Boolean, true),
    ]))
}

/// `period`: one row a valid period of a certificate that makes sick cases (LISJP, FK7263).
#[must_use]
pub fn period() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("care_provider_id", text(), false),
        Field::new("person_key", DataType::Int64, false),
        Field::new("start_date", DataType::Date32, false),
        Field::new("end_date", DataType::Date32, false),
        Field::new("arrival", DataType::Int64, false),
        Field::new("degree", DataType::Int8, false),
        Field::new("sex", DataType::Int8, false),
        Field::new("age", DataType::Int16, false),
        Field::new("diagnosis", text(), true),
        Field::new("care_unit_id", text(), false),
        Field::new("unit_id", text(), false),
        Field::new("doctor_id", text(), false),
        Field::new("region", text(), false),
        Field::new("municipality", text(), false),
        Field::new("certificate_type", text(), false),
        Field::new("certificate_id", text(), false),
        Field::new("known_date", DataType::Date32, false),
        Field::new("revoked_date", DataType::Date32, true),
    ]))
}

/// `revocation`: one row a revocation, also of certificates that have not come yet.
#[must_use]
pub fn revocation() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("arrival", DataType::Int64, false),
        Field::new("certificate_id", text(), false),
        Field::new("person_key", DataType::Int64, false),
        Field::new("revoked_date", DataType::Date32, false),
        Field::new("document_key", text(), false),
        // As in `message`.
        Field::new("linked", DataType::Boolean, true),
    ]))
}

/// Columns that say where a row of a file came from.
fn provenance() -> [Field; 4] {
    [
        // SHA-256 of the file or document, hex.
        Field::new("document_key", text(), false),
        // Its name, digits of personal numbers masked; null = derived from a certificate.
        Field::new("source_file", text(), true),
        // Line of a CSV file (its heading is line 1), row of a Parquet file, place of a FHIR resource; from 1.
        Field::new("source_row", DataType::Int32, true),
        // Day that it came in.
        Field::new("received_date", DataType::Date32, true),
    ]
}

/// `intervention`: one row an intervention (åtgärd) that stands; those of certificates are proposals (LISJP question 40).
#[must_use]
pub fn intervention() -> SchemaRef {
    let mut fields = vec![
        // Running number of the record, from 1; of a proposal the certificate's.
        Field::new("arrival", DataType::Int64, false),
        // Hash of the record, 32 hex digits; null = derived from a certificate.
        Field::new("record_key", text(), true),
        // The sender's id of the record, or the certificate id.
        Field::new("record_id", text(), true),
        Field::new("person_key", DataType::Int64, false),
        // KVÅ such as GC001, or a measure of KV_FKMU_0004.
        Field::new("code", text(), false),
        // KVÅ, KV_FKMU_0004, or as the sender wrote it.
        Field::new("code_system", text(), false),
        Field::new("start_date", DataType::Date32, false),
        // Last day; null = one day, or not over.
        Field::new("end_date", DataType::Date32, true),
        // completed, in-progress; proposed = a doctor proposed it, not known to have been done.
        Field::new("status", text(), false),
        // HSA ids; empty = none given.
        Field::new("care_provider_id", text(), false),
        Field::new("care_unit_id", text(), false),
        Field::new("unit_id", text(), false),
        // Two digits; 00 = unknown.
        Field::new("region", text(), false),
        // Profession or HSA id.
        Field::new("given_by", text(), true),
        // register = a file of records, certificate = LISJP question 40.
        Field::new("source", text(), false),
        // Day from which it was known.
        Field::new("known_date", DataType::Date32, false),
    ];
    fields.extend(provenance());
    Arc::new(Schema::new(fields))
}

/// `observation_end`: one row an end of observation that stands.
#[must_use]
pub fn observation_end() -> SchemaRef {
    let mut fields = vec![
        Field::new("arrival", DataType::Int64, false),
        Field::new("record_key", text(), false),
        Field::new("record_id", text(), true),
        Field::new("person_key", DataType::Int64, false),
        // death, emigration, pension or moved.
        Field::new("kind", text(), false),
        // The first day on which the person is no longer followed.
        Field::new("end_date", DataType::Date32, false),
        // Of whom the region no longer follows the person, where the file says; 00 = all.
        Field::new("region", text(), false),
        Field::new("known_date", DataType::Date32, false),
    ];
    fields.extend(provenance());
    Arc::new(Schema::new(fields))
}

/// `listing`: one row a listing (listning) of a person at a unit that stands.
#[must_use]
pub fn listing() -> SchemaRef {
    let mut fields = vec![
        Field::new("arrival", DataType::Int64, false),
        Field::new("record_key", text(), false),
        Field::new("record_id", text(), true),
        Field::new("person_key", DataType::Int64, false),
        Field::new("care_provider_id", text(), false),
        Field::new("care_unit_id", text(), false),
        Field::new("unit_id", text(), false),
        Field::new("region", text(), false),
        Field::new("from_date", DataType::Date32, false),
        // Last day; null = still listed.
        Field::new("to_date", DataType::Date32, true),
        Field::new("known_date", DataType::Date32, false),
    ];
    fields.extend(provenance());
    Arc::new(Schema::new(fields))
}

/// `record`: one row a version of a record that came: how each enters once, and what took which back.
#[must_use]
pub fn record() -> SchemaRef {
    let mut fields = vec![
        Field::new("arrival", DataType::Int64, false),
        // intervention, observation_end or listing.
        Field::new("kind", text(), false),
        // Hashes, 32 hex digits: which record (of this person, if the first bit is set), and what it says.
        Field::new("record_key", text(), false),
        Field::new("version_key", text(), false),
        Field::new("person_key", DataType::Int64, false),
        // When the version was made, milliseconds since 1970-01-01 local time; null = not said.
        Field::new("updated_ms", DataType::Int64, true),
        // Whether the record no longer stands with this person.
        Field::new("removed", DataType::Boolean, false),
    ];
    fields.extend(provenance());
    Arc::new(Schema::new(fields))
}

/// `reject`: one row a fault found in a document; `severity` = `error` (the document or period is out) or `warning`.
#[must_use]
pub fn reject() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("document_key", text(), false),
        // File name or archive member, digits of personal numbers masked.
        Field::new("source", text(), false),
        Field::new("format", text(), false),
        Field::new("certificate_type", text(), true),
        Field::new("certificate_id", text(), true),
        Field::new("unit_id", text(), true),
        Field::new("severity", text(), false),
        // Id of the rule, such as `lisjp.v1/q32`.
        Field::new("rule", text(), false),
        // XPath or JSON pointer.
        Field::new("location", text(), false),
        // What was found to be wrong and what was expected; never a personal number or free text.
        Field::new("message", text(), false),
        // What became of the document: `accepted`, `rejected`, `duplicate` or `unsupported`. This and what follows:
        // null in rows of before these columns.
        Field::new("verdict", text(), true),
        Field::new("received_date", DataType::Date32, true),
        // Day on which the document was signed or sent, if it could be read.
        Field::new("written_date", DataType::Date32, true),
        Field::new("software", text(), true),
    ]))
}
