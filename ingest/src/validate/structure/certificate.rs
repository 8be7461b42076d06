//! RegisterCertificateResponder 3.1, RevokeCertificateResponder 2.1 and clinicalprocess_healthcond_certificate 3.3.

use super::types::{
    ADDRESS_SOURCE, CERTIFICATE_ID, CERTIFICATE_TYPE, DATE, HSA_ID, INT, NON_EMPTY, PARTY,
    PERSON_ID, POSITION, PROFESSION, QUESTION_ID, RELATION_KIND, SPECIALITY, STATUS_CODE, SUBJECT,
    TEXT, TIME_STAMP, UNDERSIGNED, WORKPLACE_CODE,
};
use super::{
    Attribute, Complex, MANY, Message, Simple, Term, Type, any_number, complex, maybe, one, others,
    times,
};
use crate::decode::space::Space;

const C: Space = Space::CORE;

static CARE_PROVIDER: Type = complex(&[
    one(C, "vardgivare-id", &HSA_ID),
    one(C, "vardgivarnamn", &TEXT),
    others(C),
]);

static UNIT: Type = complex(&[
    one(C, "enhets-id", &HSA_ID),
    one(C, "arbetsplatskod", &WORKPLACE_CODE),
    one(C, "enhetsnamn", &TEXT),
    one(C, "postadress", &TEXT),
    one(C, "postnummer", &TEXT),
    one(C, "postort", &TEXT),
    one(C, "telefonnummer", &TEXT),
    maybe(C, "epost", &NON_EMPTY),
    one(C, "vardgivare", &CARE_PROVIDER),
    others(C),
]);

static STAFF: Type = complex(&[
    one(C, "personal-id", &HSA_ID),
    one(C, "fullstandigtNamn", &TEXT),
    maybe(C, "forskrivarkod", &TEXT),
    any_number(C, "befattning", &POSITION),
    one(C, "enhet", &UNIT),
    any_number(C, "specialistkompetens", &SPECIALITY),
    any_number(Space::EXTENSION_2, "legitimeratYrke", &PROFESSION),
]);

static PATIENT: Type = complex(&[
    one(C, "person-id", &PERSON_ID),
    one(C, "fornamn", &TEXT),
    one(C, "efternamn", &TEXT),
    maybe(C, "mellannamn", &TEXT),
    one(C, "postadress", &TEXT),
    one(C, "postnummer", &TEXT),
    one(C, "postort", &TEXT),
    maybe(Space::EXTENSION_2, "kallaAdressuppgifter", &ADDRESS_SOURCE),
]);

static RELATION: Type = complex(&[
    one(C, "typ", &RELATION_KIND),
    one(C, "intygs-id", &CERTIFICATE_ID),
    others(C),
]);

static STATUS: Type = complex(&[
    one(C, "part", &PARTY),
    one(C, "status", &STATUS_CODE),
    one(C, "tidpunkt", &TIME_STAMP),
    maybe(Space::EXTENSION_4, "hanteratAv", &HSA_ID),
]);

static PART: Type = Type::Complex(Complex {
    attributes: &[Attribute {
        name: "id",
        of: Simple::Part,
        required: true,
    }],
    mixed: true,
    content: &[others(C)],
});

static ANSWER: Type = Type::Complex(Complex {
    attributes: &[Attribute {
        name: "id",
        of: Simple::Question,
        required: true,
    }],
    mixed: false,
    content: &[
        maybe(C, "instans", &INT),
        times(1, MANY, Term::Element(C, "delsvar", &PART)),
        others(C),
    ],
});

static CERTIFICATE: Type = complex(&[
    one(C, "intygs-id", &CERTIFICATE_ID),
    any_number(C, "mottagare", &PARTY),
    one(C, "typ", &CERTIFICATE_TYPE),
    one(C, "version", &TEXT),
    maybe(C, "signeringstidpunkt", &TIME_STAMP),
    maybe(C, "skickatTidpunkt", &TIME_STAMP),
    one(C, "patient", &PATIENT),
    one(C, "skapadAv", &STAFF),
    any_number(C, "relation", &RELATION),
    any_number(C, "status", &STATUS),
    any_number(C, "svar", &ANSWER),
    maybe(Space::EXTENSION_2, "underskrift", &UNDERSIGNED),
]);

static MESSAGE_REFERENCE: Type = complex(&[
    one(C, "meddelande-id", &TEXT),
    maybe(C, "referens-id", &TEXT),
    others(C),
]);

static REGISTER_TYPE: Type = complex(&[
    maybe(Space::REGISTER, "svarPa", &MESSAGE_REFERENCE),
    one(Space::REGISTER, "intyg", &CERTIFICATE),
    others(Space::REGISTER),
]);

static REVOKE_TYPE: Type = complex(&[
    maybe(Space::REVOKE, "meddelande", &TEXT),
    one(Space::REVOKE, "skickatTidpunkt", &TIME_STAMP),
    one(Space::REVOKE, "intygs-id", &CERTIFICATE_ID),
    one(Space::REVOKE, "patientPerson-id", &PERSON_ID),
    one(Space::REVOKE, "skickatAv", &STAFF),
    others(Space::REVOKE),
]);

static SENDER: Type = complex(&[
    one(Space::MESSAGE, "part", &PARTY),
    any_number(Space::MESSAGE, "kontaktInfo", &TEXT),
    others(Space::MESSAGE),
]);

static COMPLEMENT: Type = complex(&[
    one(Space::MESSAGE, "frage-id", &QUESTION_ID),
    maybe(Space::MESSAGE, "instans", &INT),
    one(Space::MESSAGE, "text", &TEXT),
    others(Space::MESSAGE),
]);

static SEND_MESSAGE_TYPE: Type = complex(&[
    one(Space::MESSAGE, "meddelande-id", &TEXT),
    maybe(Space::MESSAGE, "referens-id", &TEXT),
    one(Space::MESSAGE, "skickatTidpunkt", &TIME_STAMP),
    one(Space::MESSAGE, "intygs-id", &CERTIFICATE_ID),
    one(Space::MESSAGE, "patientPerson-id", &PERSON_ID),
    one(Space::MESSAGE, "logiskAdressMottagare", &TEXT),
    one(Space::MESSAGE, "amne", &SUBJECT),
    maybe(Space::MESSAGE, "rubrik", &TEXT),
    one(Space::MESSAGE, "meddelande", &TEXT),
    maybe(Space::MESSAGE, "paminnelseMeddelande-id", &TEXT),
    maybe(Space::MESSAGE, "svarPa", &MESSAGE_REFERENCE),
    one(Space::MESSAGE, "skickatAv", &SENDER),
    any_number(Space::MESSAGE, "komplettering", &COMPLEMENT),
    maybe(Space::MESSAGE, "sistaDatumForSvar", &DATE),
    others(Space::MESSAGE),
]);

/// SendMessageToCare 2.0.
pub(crate) static SEND_MESSAGE: Message = Message(&SEND_MESSAGE_TYPE);

/// RegisterCertificate 3.1.
pub(crate) static REGISTER: Message = Message(&REGISTER_TYPE);

/// RevokeCertificate 2.1.
pub(crate) static REVOKE: Message = Message(&REVOKE_TYPE);

/// Elements of RegisterCertificate's namespace.
pub(super) static GLOBAL: &[(&str, &Type)] = &[("RegisterCertificate", &REGISTER_TYPE)];

/// Elements of RevokeCertificate's namespace.
pub(super) static GLOBAL_REVOKE: &[(&str, &Type)] = &[("RevokeCertificate", &REVOKE_TYPE)];

/// Elements of SendMessageToCare's namespace.
pub(super) static GLOBAL_MESSAGE: &[(&str, &Type)] = &[("SendMessageToCare", &SEND_MESSAGE_TYPE)];
