//! clinicalprocess_healthcond_certificate_types 3.2 and the extensions 3.2 and 3.4 (SKR/Inera, RIV-TA).

use super::{Simple, Type, complex, maybe, one};
use crate::decode::space::Space;

const T: Space = Space::TYPES;

pub(super) static TEXT: Type = Type::Simple(Simple::Text);
pub(super) static NON_EMPTY: Type = Type::Simple(Simple::NonEmpty);
pub(super) static INT: Type = Type::Simple(Simple::Int);
pub(super) static TIME_STAMP: Type = Type::Simple(Simple::TimeStamp);
pub(super) static DATE: Type = Type::Simple(Simple::Date);
pub(super) static QUESTION_ID: Type = Type::Simple(Simple::Question);
static DOUBLE: Type = Type::Simple(Simple::Double);

/// A code of one code system: code, system, perhaps a name.
macro_rules! code_of {
    ($name:ident, $system:literal) => {
        pub(super) static $name: Type = {
            static SYSTEM: Type = Type::Simple(Simple::Fixed($system));
            complex(&[
                one(T, "code", &TEXT),
                one(T, "codeSystem", &SYSTEM),
                maybe(T, "displayName", &TEXT),
            ])
        };
    };
}

code_of!(POSITION, "1.2.752.129.2.2.1.4");
code_of!(STATUS_CODE, "9871cd17-8755-4ed9-b894-ff3729e775a4");
code_of!(PARTY, "769bb12b-bd9f-4203-a5cd-fd14f2eb3b80");
code_of!(RELATION_KIND, "c2362fcd-eda0-4f9a-bd13-b3bbaf7f2146");
code_of!(ADDRESS_SOURCE, "4ade8de2-effe-41d0-b177-fedc820e69fa");
code_of!(SUBJECT, "ffa59d8f-8d7e-46ae-ac9e-31804e8e8499");
code_of!(PROFESSION, "1.2.752.29.23.1.6");

/// An id under a fixed root.
macro_rules! id_of {
    ($name:ident, $root:literal) => {
        pub(super) static $name: Type = {
            static ROOT: Type = Type::Simple(Simple::Fixed($root));
            complex(&[one(T, "root", &ROOT), one(T, "extension", &NON_EMPTY)])
        };
    };
}

id_of!(HSA_ID, "1.2.752.129.2.1.4.1");
id_of!(WORKPLACE_CODE, "1.2.752.29.4.71");

pub(super) static CERTIFICATE_ID: Type =
    complex(&[one(T, "root", &TEXT), one(T, "extension", &TEXT)]);

pub(super) static CERTIFICATE_TYPE: Type = complex(&[
    one(T, "code", &TEXT),
    one(T, "codeSystem", &TEXT),
    maybe(T, "displayName", &TEXT),
]);

pub(super) static PERSON_ID: Type = {
    // Personal number and coordination number.
    static ROOT: Type = Type::Simple(Simple::OneOf(&[
        "1.2.752.129.2.1.3.1",
        "1.2.752.129.2.1.3.3",
    ]));
    static NUMBER: Type = Type::Simple(Simple::PersonId);
    complex(&[one(T, "root", &ROOT), one(T, "extension", &NUMBER)])
};

pub(super) static SPECIALITY: Type =
    complex(&[one(T, "code", &TEXT), maybe(T, "displayName", &TEXT)]);

static CV: Type = complex(&[
    one(T, "code", &TEXT),
    one(T, "codeSystem", &TEXT),
    maybe(T, "codeSystemName", &TEXT),
    maybe(T, "codeSystemVersion", &TEXT),
    maybe(T, "displayName", &TEXT),
    maybe(T, "originalText", &TEXT),
]);

static II: Type = complex(&[one(T, "root", &TEXT), maybe(T, "extension", &TEXT)]);

static PQ: Type = complex(&[one(T, "value", &DOUBLE), one(T, "unit", &TEXT)]);

static PQ_INTERVAL: Type = complex(&[
    maybe(T, "low", &DOUBLE),
    maybe(T, "high", &DOUBLE),
    one(T, "unit", &TEXT),
]);

static DATE_PERIOD: Type = complex(&[maybe(T, "start", &DATE), maybe(T, "end", &DATE)]);

static TIME_PERIOD: Type = complex(&[maybe(T, "start", &TIME_STAMP), maybe(T, "end", &TIME_STAMP)]);

static PARTIAL_DATE: Type = {
    static FORMAT: Type = Type::Simple(Simple::OneOf(&["YYYY-MM-DD", "YYYY-MM", "YYYY"]));
    static VALUE: Type = Type::Simple(Simple::PartialDate);
    complex(&[one(T, "format", &FORMAT), one(T, "value", &VALUE)])
};

pub(super) static UNDERSIGNED: Type =
    complex(&[one(Space::DSIG, "Signature", &super::signature::SIGNATURE)]);

/// Elements of the types' namespace.
pub(super) static GLOBAL: &[(&str, &Type)] = &[
    ("cv", &CV),
    ("datePeriod", &DATE_PERIOD),
    ("timePeriod", &TIME_PERIOD),
    ("pq", &PQ),
    ("pqInterval", &PQ_INTERVAL),
    ("ii", &II),
    ("partialDate", &PARTIAL_DATE),
    ("timestamp", &TIME_STAMP),
    ("date", &DATE),
];

/// Elements of extension 3.2.
pub(super) static GLOBAL_2: &[(&str, &Type)] = &[
    ("underskrift", &UNDERSIGNED),
    ("legitimeratYrke", &PROFESSION),
    ("kallaAdressuppgifter", &ADDRESS_SOURCE),
];

/// Elements of extension 3.4.
pub(super) static GLOBAL_4: &[(&str, &Type)] = &[("hanteratAv", &HSA_ID)];
