/// An XML namespace: one of the known ones, or a number a tree gave to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Space(pub(crate) u16);

macro_rules! spaces {
    ($($number:literal $name:ident $uri:literal;)*) => {
        impl Space {
            $(pub(crate) const $name: Self = Self($number);)*
        }
        /// The known namespaces, in the order of their numbers.
        pub(crate) const KNOWN: &[&str] = &[$($uri),*];
    };
}

spaces! {
    0 NONE "";
    1 REGISTER "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3";
    2 CORE "urn:riv:clinicalprocess:healthcond:certificate:3";
    3 TYPES "urn:riv:clinicalprocess:healthcond:certificate:types:3";
    4 EXTENSION_2 "urn:riv:clinicalprocess:healthcond:certificate:3.2";
    5 EXTENSION_4 "urn:riv:clinicalprocess:healthcond:certificate:3.4";
    6 DSIG "http://www.w3.org/2000/09/xmldsig#";
    7 FILTER "http://www.w3.org/2002/06/xmldsig-filter2";
    8 XSI "http://www.w3.org/2001/XMLSchema-instance";
    9 XML "http://www.w3.org/XML/1998/namespace";
    10 REVOKE "urn:riv:clinicalprocess:healthcond:certificate:RevokeCertificateResponder:2";
    11 SOAP_11 "http://schemas.xmlsoap.org/soap/envelope/";
    12 SOAP_12 "http://www.w3.org/2003/05/soap-envelope";
    13 REGISTER_2 "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:2";
    14 REGISTER_1 "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:1";
    15 CORE_2 "urn:riv:clinicalprocess:healthcond:certificate:2";
    16 TYPES_2 "urn:riv:clinicalprocess:healthcond:certificate:types:2";
    17 MESSAGE "urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2";
    18 CORE_1 "urn:riv:clinicalprocess:healthcond:certificate:1";
    19 REGISTER_MEDICAL "urn:riv:insuranceprocess:healthreporting:RegisterMedicalCertificateResponder:3";
    20 MU7263 "urn:riv:insuranceprocess:healthreporting:mu7263:3";
    21 REPORTING "urn:riv:insuranceprocess:healthreporting:2";
    22 TS_BAS "urn:local:se:intygstjanster:services:RegisterTSBasResponder:1";
    23 TS_DIABETES "urn:local:se:intygstjanster:services:RegisterTSDiabetesResponder:1";
    24 TS "urn:local:se:intygstjanster:services:1";
    25 TS_TYPES "urn:local:se:intygstjanster:services:types:1";
    26 DRAFT "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateResponder:3";
}
