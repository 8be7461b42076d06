//! RevokeCertificate v2, written from the contract.

use super::{
    Certificate,
    xml::{certificate_id, escape, person_id, staff},
};

/// The document that revokes a certificate.
pub(super) fn write(certificate: &Certificate) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<v:RevokeCertificate xmlns:v="urn:riv:clinicalprocess:healthcond:certificate:RevokeCertificateResponder:2" xmlns:c="urn:riv:clinicalprocess:healthcond:certificate:3" xmlns:t="urn:riv:clinicalprocess:healthcond:certificate:types:3"><v:skickatTidpunkt>{sent}</v:skickatTidpunkt>{id}{person}<v:skickatAv>{staff}</v:skickatAv></v:RevokeCertificate>
"#,
        sent = escape(&certificate.signed),
        id = certificate_id("v:intygs-id", certificate),
        person = person_id("v:patientPerson-id", &certificate.person),
        staff = staff(certificate),
    )
}
