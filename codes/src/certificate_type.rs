use serde::{Deserialize, Serialize};

/// Type of certificate (intygstyp). Source: `PEERS.md` §1.2; KV Intygstyp 1.2.752.129.5.1.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
#[non_exhaustive]
pub enum CertificateType {
    /// FK 7804, läkarintyg för sjukpenning (LISJP; the newer platform calls it fk7804).
    Lisjp,
    /// FK 7263, the sickness-benefit certificate before 2018.
    Fk7263,
    /// FK 7800, läkarutlåtande för sjukersättning.
    Luse,
    /// FK 7801, läkarutlåtande för aktivitetsersättning vid nedsatt arbetsförmåga.
    LuaeNa,
    /// FK 7802, läkarutlåtande för aktivitetsersättning vid förlängd skolgång.
    LuaeFs,
    /// AG1-14, läkarintyg om arbetsförmåga, sjuklöneperioden.
    Ag114,
    /// AG7804, läkarintyg om arbetsförmåga, to the employer.
    Ag7804,
    /// Arbetsförmedlingens medicinska utlåtande.
    Af00213,
    /// Läkarintyg for takers in labour-market programmes.
    Af00251,
    /// Dödsbevis.
    Db,
    /// Dödsorsaksintyg.
    Doi,
    /// Transportstyrelsens läkarintyg (once ts-bas).
    Tstrk1007,
    /// Transportstyrelsen, läkares anmälan.
    Tstrk1009,
    /// Transportstyrelsens läkarintyg, diabetes (once ts-diabetes).
    Tstrk1031,
    /// Transportstyrelsens läkarintyg, ADHD.
    Tstrk1062,
    /// Läkarintyg for higher driving-licence categories.
    Ts8071,
    /// Intyg om graviditet (IGRAV).
    Fk7210,
    /// Tillfällig föräldrapenning, a seriously ill child (LU_TFP_ASB18).
    Fk7426,
    /// Tillfällig föräldrapenning, a child of 12 to 16 years (LU_TFP_B12_16).
    Fk7427,
    /// Intyg om tillfällig föräldrapenning (ITFP).
    Fk7472,
    /// Läkarutlåtande för närståendepenning (LUNSP).
    Fk3226,
    /// Läkarutlåtande för merkostnadsersättning (LUMEK).
    Fk7809,
    /// Läkarutlåtande för omvårdnadsbidrag eller merkostnadsersättning (LU_OMV_MEK).
    Fk3221,
    /// Läkarutlåtande för assistansersättning (LUAS).
    Fk7810,
}

impl CertificateType {
    /// All types, in the order of the certificate report; types that it does not group stand last.
    ///
    /// Source: conformance kit §16 (`intyg_totalt`).
    pub const ALL: [Self; 24] = [
        Self::Af00213,
        Self::Af00251,
        Self::Ag114,
        Self::Ag7804,
        Self::Db,
        Self::Doi,
        Self::Lisjp,
        Self::Fk7263,
        Self::Luse,
        Self::LuaeNa,
        Self::LuaeFs,
        Self::Tstrk1009,
        Self::Tstrk1007,
        Self::Tstrk1031,
        Self::Tstrk1062,
        Self::Fk7210,
        Self::Fk7472,
        Self::Fk3226,
        Self::Fk7809,
        Self::Fk3221,
        Self::Fk7426,
        Self::Fk7427,
        Self::Fk7810,
        Self::Ts8071,
    ];

    /// The code in statistics and in the warehouse.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lisjp => "LISJP",
            Self::Fk7263 => "FK7263",
            Self::Luse => "LUSE",
            Self::LuaeNa => "LUAE_NA",
            Self::LuaeFs => "LUAE_FS",
            Self::Ag114 => "AG114",
            Self::Ag7804 => "AG7804",
            Self::Af00213 => "AF00213",
            Self::Af00251 => "AF00251",
            Self::Db => "DB",
            Self::Doi => "DOI",
            Self::Tstrk1007 => "TSTRK1007",
            Self::Tstrk1009 => "TSTRK1009",
            Self::Tstrk1031 => "TSTRK1031",
            Self::Tstrk1062 => "TSTRK1062",
            Self::Ts8071 => "TS8071",
            Self::Fk7210 => "FK7210",
            Self::Fk7426 => "FK7426",
            Self::Fk7427 => "FK7427",
            Self::Fk7472 => "FK7472",
            Self::Fk3226 => "FK3226",
            Self::Fk7809 => "FK7809",
            Self::Fk3221 => "FK3221",
            Self::Fk7810 => "FK7810",
        }
    }

    /// Other codes that documents and platforms use for the type, upper case.
    ///
    /// Source: `PEERS.md` §1.2; displayed type codes of RegisterCertificate documents (`AG1-14`, `TS-BAS`, `TSTRK1031-002`).
    #[must_use]
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Lisjp => &["FK7804"],
            Self::Ag114 => &["AG1-14"],
            Self::Tstrk1007 => &["TS-BAS", "TS_BAS"],
            Self::Tstrk1031 => &["TS-DIABETES", "TS_DIABETES", "TSTRK1031-002"],
            Self::Fk7210 => &["IGRAV"],
            Self::Fk7426 => &["LU_TFP_ASB18"],
            Self::Fk7427 => &["LU_TFP_B12_16"],
            Self::Fk7472 => &["ITFP"],
            Self::Fk3226 => &["LUNSP"],
            Self::Fk7809 => &["LUMEK"],
            Self::Fk3221 => &["LU_OMV_MEK"],
            Self::Fk7810 => &["LUAS"],
            _ => &[],
        }
    }

    /// The type of a code as documents write it, in any case; `None` if Frisk does not know the type.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == code || kind.aliases().contains(&code.as_str()))
    }

    /// The Swedish name as the reports print it.
    ///
    /// Source: conformance kit §16; for the types that the kit does not name: Inera's and Försäkringskassan's form names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lisjp => "FK 7804 Läkarintyg för sjukpenning",
            Self::Fk7263 => "FK 7263 Läkarintyg",
            Self::Luse => "FK 7800 Läkarutlåtande för sjukersättning",
            Self::LuaeNa => {
                "FK 7801 Läkarutlåtande för aktivitetsersättning vid nedsatt arbetsförmåga"
            }
            Self::LuaeFs => "FK 7802 Läkarutlåtande för aktivitetsersättning vid förlängd skolgång",
            Self::Ag114 => "AG1-14 Läkarintyg om arbetsförmåga - sjuklöneperioden",
            Self::Ag7804 => "AG7804 Läkarintyg om arbetsförmåga - arbetsgivare",
            Self::Af00213 => "AF00213 Arbetsförmedlingens medicinska utlåtande",
            Self::Af00251 => {
                "AF00251 Läkarintyg för deltagare i arbetsmarknadspolitiska program med aktivitetsstöd, utvecklingsersättning eller etableringsersättning"
            }
            Self::Db => "Dödsbevis",
            Self::Doi => "Dödsorsaksintyg",
            Self::Tstrk1007 => "TSTRK1007 Transportstyrelsens läkarintyg",
            Self::Tstrk1009 => "TSTRK1009 Transportstyrelsen Läkares anmälan",
            Self::Tstrk1031 => "TSTRK1031 Transportstyrelsens läkarintyg diabetes",
            Self::Tstrk1062 => "TSTRK1062 Transportstyrelsens läkarintyg ADHD",
            Self::Ts8071 => {
                "TS 8071 Läkarintyg för högre körkortsbehörigheter, taxiförarlegitimation och på begäran av Transportstyrelsen"
            }
            Self::Fk7210 => "FK 7210 Intyg om graviditet",
            Self::Fk7426 => {
                "FK 7426 Läkarutlåtande tillfällig föräldrapenning för ett allvarligt sjukt barn som inte har fyllt 18"
            }
            Self::Fk7427 => "FK 7427 Läkarutlåtande tillfällig föräldrapenning barn 12-16 år",
            Self::Fk7472 => "FK 7472 Intyg om tillfällig föräldrapenning",
            Self::Fk3226 => "FK 3226 Läkarutlåtande för närståendepenning",
            Self::Fk7809 => "FK 7809 Läkarutlåtande för merkostnadsersättning",
            Self::Fk3221 => {
                "FK 3221 Läkarutlåtande för omvårdnadsbidrag eller merkostnadsersättning"
            }
            Self::Fk7810 => "FK 7810 Läkarutlåtande för assistansersättning",
        }
    }

    /// Whether its periods make sick cases (sjukpenning: only LISJP and FK7263).
    #[must_use]
    pub fn makes_sick_cases(self) -> bool {
        matches!(self, Self::Lisjp | Self::Fk7263)
    }
}

impl From<CertificateType> for &'static str {
    fn from(kind: CertificateType) -> Self {
        kind.code()
    }
}

impl TryFrom<String> for CertificateType {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code)
            .ok_or_else(|| format!("{code:?} is not a certificate type such as LISJP"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_aliases_are_distinct_and_lead_back() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in CertificateType::ALL {
            for code in kind.aliases().iter().chain([&kind.code()]) {
                assert!(seen.insert(*code), "{code} twice");
                assert_eq!(CertificateType::from_code(code), Some(kind));
                assert_eq!(CertificateType::from_code(&code.to_lowercase()), Some(kind));
            }
        }
    }

    #[test]
    fn the_newer_platforms_codes_lead_to_the_old_types() {
        // PEERS.md §1.2, last line.
        assert_eq!(
            CertificateType::from_code("fk7804"),
            Some(CertificateType::Lisjp)
        );
        assert_eq!(
            CertificateType::from_code(" ag1-14 "),
            Some(CertificateType::Ag114)
        );
        assert_eq!(
            CertificateType::from_code("igrav"),
            Some(CertificateType::Fk7210)
        );
        assert_eq!(CertificateType::from_code("fk9999"), None);
    }

    #[test]
    fn only_two_types_make_sick_cases() {
        let makers: Vec<&str> = CertificateType::ALL
            .into_iter()
            .filter(|kind| kind.makes_sick_cases())
            .map(CertificateType::code)
            .collect();
        assert_eq!(makers, ["LISJP", "FK7263"]);
    }

    #[test]
    fn json_has_the_code() {
        let json = serde_json::to_string(&CertificateType::LuaeNa).unwrap();
        assert_eq!(json, "\"LUAE_NA\"");
        let back: CertificateType = serde_json::from_str("\"fk7804\"").unwrap();
        assert_eq!(back, CertificateType::Lisjp);
    }
}
