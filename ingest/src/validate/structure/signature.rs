//! XML Signature (W3C, xmldsig-core-schema) and XPath Filter 2.0.

use super::{
    Attribute, Complex, MANY, Particle, Simple, Term, Type, any_number, complex, maybe, one,
    others, times,
};
use crate::decode::space::Space;

const D: Space = Space::DSIG;

static TEXT: Type = Type::Simple(Simple::Text);
static BASE64: Type = Type::Simple(Simple::Base64);
static INTEGER: Type = Type::Simple(Simple::Integer);

const fn attribute(name: &'static str, required: bool) -> Attribute {
    Attribute {
        name,
        of: Simple::Text,
        required,
    }
}

const ID: Attribute = Attribute {
    name: "Id",
    of: Simple::Name,
    required: false,
};

const fn of(attributes: &'static [Attribute], mixed: bool, content: &'static [Particle]) -> Type {
    Type::Complex(Complex {
        attributes,
        mixed,
        content,
    })
}

/// An element with an algorithm and content of its own.
const fn method(content: &'static [Particle]) -> Type {
    const ALGORITHM: &[Attribute] = &[attribute("Algorithm", true)];
    of(ALGORITHM, true, content)
}

pub(super) static SIGNATURE: Type = of(
    &[ID],
    false,
    &[
        one(D, "SignedInfo", &SIGNED_INFO),
        one(D, "SignatureValue", &SIGNATURE_VALUE),
        maybe(D, "KeyInfo", &KEY_INFO),
        any_number(D, "Object", &OBJECT),
    ],
);

static SIGNATURE_VALUE: Type = Type::Attributed(Simple::Base64, &[ID]);

static SIGNED_INFO: Type = of(
    &[ID],
    false,
    &[
        one(D, "CanonicalizationMethod", &CANONICALIZATION),
        one(D, "SignatureMethod", &SIGNATURE_METHOD),
        times(1, MANY, Term::Element(D, "Reference", &REFERENCE)),
    ],
);

static CANONICALIZATION: Type = method(&[times(
    0,
    MANY,
    Term::Wildcard {
        not: None,
        strict: true,
    },
)]);

static SIGNATURE_METHOD: Type = method(&[
    maybe(D, "HMACOutputLength", &INTEGER),
    times(
        0,
        MANY,
        Term::Wildcard {
            not: Some(D),
            strict: true,
        },
    ),
]);

static REFERENCE: Type = of(
    &[ID, attribute("URI", false), attribute("Type", false)],
    false,
    &[
        maybe(D, "Transforms", &TRANSFORMS),
        one(D, "DigestMethod", &DIGEST_METHOD),
        one(D, "DigestValue", &BASE64),
    ],
);

static TRANSFORMS: Type = complex(&[times(1, MANY, Term::Element(D, "Transform", &TRANSFORM))]);

static TRANSFORM: Type = method(&[times(
    0,
    MANY,
    Term::Choice(&[OTHER, one(D, "XPath", &TEXT)]),
)]);

static DIGEST_METHOD: Type = method(&[others(D)]);

/// One element of another namespace.
const OTHER: Particle = times(
    1,
    1,
    Term::Wildcard {
        not: Some(D),
        strict: false,
    },
);

static KEY_INFO: Type = of(
    &[ID],
    true,
    &[times(
        1,
        MANY,
        Term::Choice(&[
            one(D, "KeyName", &TEXT),
            one(D, "KeyValue", &KEY_VALUE),
            one(D, "RetrievalMethod", &RETRIEVAL),
            one(D, "X509Data", &X509_DATA),
            one(D, "PGPData", &PGP_DATA),
            one(D, "SPKIData", &SPKI_DATA),
            one(D, "MgmtData", &TEXT),
            OTHER,
        ]),
    )],
);

static KEY_VALUE: Type = of(
    &[],
    true,
    &[times(
        1,
        1,
        Term::Choice(&[
            one(D, "DSAKeyValue", &DSA_KEY),
            one(D, "RSAKeyValue", &RSA_KEY),
            OTHER,
        ]),
    )],
);

static RETRIEVAL: Type = of(
    &[attribute("URI", false), attribute("Type", false)],
    false,
    &[maybe(D, "Transforms", &TRANSFORMS)],
);

static X509_DATA: Type = complex(&[times(
    1,
    MANY,
    Term::Choice(&[
        one(D, "X509IssuerSerial", &X509_SERIAL),
        one(D, "X509SKI", &BASE64),
        one(D, "X509SubjectName", &TEXT),
        one(D, "X509Certificate", &BASE64),
        one(D, "X509CRL", &BASE64),
        OTHER,
    ]),
)]);

static X509_SERIAL: Type = complex(&[
    one(D, "X509IssuerName", &TEXT),
    one(D, "X509SerialNumber", &INTEGER),
]);

static PGP_DATA: Type = complex(&[times(
    1,
    1,
    Term::Choice(&[
        times(
            1,
            1,
            Term::Sequence(&[
                one(D, "PGPKeyID", &BASE64),
                maybe(D, "PGPKeyPacket", &BASE64),
                others(D),
            ]),
        ),
        times(
            1,
            1,
            Term::Sequence(&[one(D, "PGPKeyPacket", &BASE64), others(D)]),
        ),
    ]),
)]);

static SPKI_DATA: Type = complex(&[times(
    1,
    MANY,
    Term::Sequence(&[
        one(D, "SPKISexp", &BASE64),
        times(
            0,
            1,
            Term::Wildcard {
                not: Some(D),
                strict: false,
            },
        ),
    ]),
)]);

static OBJECT: Type = of(
    &[
        ID,
        attribute("MimeType", false),
        attribute("Encoding", false),
    ],
    true,
    &[times(
        0,
        MANY,
        Term::Wildcard {
            not: None,
            strict: false,
        },
    )],
);

static MANIFEST: Type = of(
    &[ID],
    false,
    &[times(1, MANY, Term::Element(D, "Reference", &REFERENCE))],
);

static PROPERTIES: Type = of(
    &[ID],
    false,
    &[times(
        1,
        MANY,
        Term::Element(D, "SignatureProperty", &PROPERTY),
    )],
);

static PROPERTY: Type = of(
    &[attribute("Target", true), ID],
    true,
    &[times(1, MANY, Term::Choice(&[OTHER]))],
);

static DSA_KEY: Type = complex(&[
    times(
        0,
        1,
        Term::Sequence(&[one(D, "P", &BASE64), one(D, "Q", &BASE64)]),
    ),
    maybe(D, "G", &BASE64),
    one(D, "Y", &BASE64),
    maybe(D, "J", &BASE64),
    times(
        0,
        1,
        Term::Sequence(&[one(D, "Seed", &BASE64), one(D, "PgenCounter", &BASE64)]),
    ),
]);

static RSA_KEY: Type = complex(&[one(D, "Modulus", &BASE64), one(D, "Exponent", &BASE64)]);

/// Elements of XML Signature.
pub(super) static GLOBAL: &[(&str, &Type)] = &[
    ("Signature", &SIGNATURE),
    ("SignatureValue", &SIGNATURE_VALUE),
    ("SignedInfo", &SIGNED_INFO),
    ("CanonicalizationMethod", &CANONICALIZATION),
    ("SignatureMethod", &SIGNATURE_METHOD),
    ("Reference", &REFERENCE),
    ("Transforms", &TRANSFORMS),
    ("Transform", &TRANSFORM),
    ("DigestMethod", &DIGEST_METHOD),
    ("DigestValue", &BASE64),
    ("KeyInfo", &KEY_INFO),
    ("KeyName", &TEXT),
    ("MgmtData", &TEXT),
    ("KeyValue", &KEY_VALUE),
    ("RetrievalMethod", &RETRIEVAL),
    ("X509Data", &X509_DATA),
    ("PGPData", &PGP_DATA),
    ("SPKIData", &SPKI_DATA),
    ("Object", &OBJECT),
    ("Manifest", &MANIFEST),
    ("SignatureProperties", &PROPERTIES),
    ("SignatureProperty", &PROPERTY),
    ("DSAKeyValue", &DSA_KEY),
    ("RSAKeyValue", &RSA_KEY),
];

/// Elements of XPath Filter 2.0.
pub(super) static GLOBAL_FILTER: &[(&str, &Type)] = &[("XPath", &FILTER)];

static FILTER: Type = Type::Attributed(
    Simple::Text,
    &[Attribute {
        name: "Filter",
        of: Simple::OneOf(&["intersect", "subtract", "union"]),
        required: false,
    }],
);
