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
    ]))
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
    ]))
}
