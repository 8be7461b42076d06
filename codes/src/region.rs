use serde::Serialize;

use crate::{Language, Text};

/// A region (region/län): one of Sweden's 21, or the unknown one.
///
/// Source: SCB, regional codes; order of the reports: conformance kit §16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Region {
    /// Two-digit county code (länskod); `00` = unknown.
    pub code: &'static str,
    /// Name as the reports print it, such as `Jämtlands län`.
    pub name: &'static str,
    /// Short English name, such as `Jämtland`.
    pub english: &'static str,
    /// Region of the SRS models; `None` for the unknown region.
    pub srs: Option<SrsRegion>,
    /// Large region (riksområde, NUTS 2); `None` for the unknown region.
    pub large: Option<LargeRegion>,
}

/// Short constructor of the table below.
const fn region(
    code: &'static str,
    name: &'static str,
    english: &'static str,
    srs: SrsRegion,
    large: LargeRegion,
) -> Region {
    Region {
        code,
        name,
        english,
        srs: Some(srs),
        large: Some(large),
    }
}

use LargeRegion as L;
use SrsRegion as S;

impl Region {
    /// The 21 regions, in report order (by the name that stands in the reports).
    pub const ALL: [Self; 21] = [
        region("10", "Blekinge län", "Blekinge", S::South, L::South),
        region("20", "Dalarnas län", "Dalarna", S::West, L::NorthMiddle),
        region("13", "Hallands län", "Halland", S::West, L::West),
        region("08", "Kalmar län", "Kalmar", S::South, L::Smaland),
        region("07", "Kronobergs län", "Kronoberg", S::South, L::Smaland),
        region("09", "Gotlands län", "Gotland", S::Stockholm, L::Smaland),
        region(
            "21",
            "Gävleborgs län",
            "Gävleborg",
            S::North,
            L::NorthMiddle,
        ),
        region(
            "23",
            "Jämtlands län",
            "Jämtland",
            S::North,
            L::MiddleNorrland,
        ),
        region("06", "Jönköpings län", "Jönköping", S::South, L::Smaland),
        region(
            "25",
            "Norrbottens län",
            "Norrbotten",
            S::North,
            L::UpperNorrland,
        ),
        region("12", "Skåne län", "Skåne", S::South, L::South),
        region(
            "01",
            "Stockholms län",
            "Stockholm",
            S::Stockholm,
            L::Stockholm,
        ),
        region(
            "04",
            "Södermanlands län",
            "Södermanland",
            S::Middle,
            L::EastMiddle,
        ),
        region("03", "Uppsala län", "Uppsala", S::Middle, L::EastMiddle),
        region("17", "Värmlands län", "Värmland", S::West, L::NorthMiddle),
        region(
            "24",
            "Västerbottens län",
            "Västerbotten",
            S::North,
            L::UpperNorrland,
        ),
        region(
            "22",
            "Västernorrlands län",
            "Västernorrland",
            S::North,
            L::MiddleNorrland,
        ),
        region(
            "19",
            "Västmanlands län",
            "Västmanland",
            S::Middle,
            L::EastMiddle,
        ),
        region(
            "14",
            "Västra Götalands län",
            "Västra Götaland",
            S::West,
            L::West,
        ),
        region("18", "Örebro län", "Örebro", S::West, L::EastMiddle),
        region(
            "05",
            "Östergötlands län",
            "Östergötland",
            S::Middle,
            L::EastMiddle,
        ),
    ];

    /// The unknown region, `00 Okänt län`; last in reports.
    pub const UNKNOWN: Self = Self {
        code: "00",
        name: "Okänt län",
        english: "Unknown region",
        srs: None,
        large: None,
    };

    /// The region of a two-digit code; `None` unless it is one of the 21.
    #[must_use]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        static TABLE: [Region; 21] = Region::ALL;
        TABLE.iter().find(|region| region.code == code)
    }

    /// The region of a code; [`Region::UNKNOWN`] for anything that is not one of the 21.
    #[must_use]
    pub fn of(code: &str) -> &'static Self {
        static UNKNOWN: Region = Region::UNKNOWN;
        Self::from_code(code).unwrap_or(&UNKNOWN)
    }

    /// The region of a name in Swedish or English, with or without "län", such as `Jämtlands län` or `Jämtland`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        let name = name.trim();
        Self::ALL
            .iter()
            .find(|region| {
                region.name == name
                    || region.english == name
                    || region.name.strip_suffix(" län") == Some(name)
            })
            .and_then(|region| Self::from_code(region.code))
    }

    /// Position in report order, from 0; 21 for the unknown region.
    #[must_use]
    pub fn index(&self) -> usize {
        Self::ALL
            .iter()
            .position(|region| region.code == self.code)
            .unwrap_or(Self::ALL.len())
    }

    /// Label in one language: the name of the reports, or the short English name.
    #[must_use]
    pub fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Sv => self.name,
            Language::En => self.english,
        }
    }
}

/// The five regions of the SRS models.
///
/// Source: `PEERS.md` §3.1, the sheet "Koppling region län": Nord 21–25; Mitt 3, 4, 5, 19; Stockholm 1, 9;
/// Väst 13, 14, 17, 18, 20; Syd 6, 7, 8, 10, 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum SrsRegion {
    /// Nord.
    North,
    /// Mitt.
    Middle,
    /// Stockholm (with Gotland).
    Stockholm,
    /// Väst.
    West,
    /// Syd.
    South,
}

impl SrsRegion {
    /// All five, in the models' order.
    pub const ALL: [Self; 5] = [
        Self::North,
        Self::Middle,
        Self::Stockholm,
        Self::West,
        Self::South,
    ];

    /// The level's name in the models: `Nord`, `Mitt`, `Stockholm`, `Vast`, `Syd`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::North => "Nord",
            Self::Middle => "Mitt",
            Self::Stockholm => "Stockholm",
            Self::West => "Vast",
            Self::South => "Syd",
        }
    }

    /// The region of a model's level name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }
}

/// The eight large regions (riksområden, NUTS 2).
///
/// Source: Commission Delegated Regulation (EU) 2023/674 (NUTS 2024), Sweden; unchanged since NUTS 2006.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum LargeRegion {
    /// SE11 Stockholm.
    Stockholm,
    /// SE12 Östra Mellansverige.
    EastMiddle,
    /// SE21 Småland med öarna.
    Smaland,
    /// SE22 Sydsverige.
    South,
    /// SE23 Västsverige.
    West,
    /// SE31 Norra Mellansverige.
    NorthMiddle,
    /// SE32 Mellersta Norrland.
    MiddleNorrland,
    /// SE33 Övre Norrland.
    UpperNorrland,
}

impl LargeRegion {
    /// All eight, by NUTS code.
    pub const ALL: [Self; 8] = [
        Self::Stockholm,
        Self::EastMiddle,
        Self::Smaland,
        Self::South,
        Self::West,
        Self::NorthMiddle,
        Self::MiddleNorrland,
        Self::UpperNorrland,
    ];

    /// The NUTS 2 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Stockholm => "SE11",
            Self::EastMiddle => "SE12",
            Self::Smaland => "SE21",
            Self::South => "SE22",
            Self::West => "SE23",
            Self::NorthMiddle => "SE31",
            Self::MiddleNorrland => "SE32",
            Self::UpperNorrland => "SE33",
        }
    }

    /// Name in both languages.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Stockholm => Text::new("Stockholm", "Stockholm"),
            Self::EastMiddle => Text::new("Östra Mellansverige", "East Middle Sweden"),
            Self::Smaland => Text::new("Småland med öarna", "Småland and the islands"),
            Self::South => Text::new("Sydsverige", "South Sweden"),
            Self::West => Text::new("Västsverige", "West Sweden"),
            Self::NorthMiddle => Text::new("Norra Mellansverige", "North Middle Sweden"),
            Self::MiddleNorrland => Text::new("Mellersta Norrland", "Middle Norrland"),
            Self::UpperNorrland => Text::new("Övre Norrland", "Upper Norrland"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_21_regions_and_every_code_once() {
        // SCB: 01, 03–10, 12–14, 17–25 = 1 + 8 + 3 + 9 = 21 codes, sum
        // 1 + (3+4+5+6+7+8+9+10 = 52) + (12+13+14 = 39) + (17+…+25 = 189) = 281.
        let codes: std::collections::BTreeSet<&str> = Region::ALL.iter().map(|r| r.code).collect();
        assert_eq!(codes.len(), 21);
        let sum: u32 = codes.iter().map(|c| c.parse::<u32>().unwrap()).sum();
        assert_eq!(sum, 281);
    }

    #[test]
    fn srs_regions_are_those_of_the_models_sheet() {
        let of = |srs: SrsRegion| {
            let mut codes: Vec<&str> = Region::ALL
                .iter()
                .filter(|r| r.srs == Some(srs))
                .map(|r| r.code)
                .collect();
            codes.sort_unstable();
            codes.join(" ")
        };
        assert_eq!(of(SrsRegion::North), "21 22 23 24 25");
        assert_eq!(of(SrsRegion::Middle), "03 04 05 19");
        assert_eq!(of(SrsRegion::Stockholm), "01 09");
        assert_eq!(of(SrsRegion::West), "13 14 17 18 20");
        assert_eq!(of(SrsRegion::South), "06 07 08 10 12");
    }

    #[test]
    fn large_regions_are_those_of_nuts_2() {
        let of = |large: LargeRegion| {
            let mut codes: Vec<&str> = Region::ALL
                .iter()
                .filter(|r| r.large == Some(large))
                .map(|r| r.code)
                .collect();
            codes.sort_unstable();
            codes.join(" ")
        };
        assert_eq!(of(LargeRegion::EastMiddle), "03 04 05 18 19");
        assert_eq!(of(LargeRegion::Smaland), "06 07 08 09");
        assert_eq!(of(LargeRegion::South), "10 12");
        assert_eq!(of(LargeRegion::West), "13 14");
        assert_eq!(of(LargeRegion::NorthMiddle), "17 20 21");
        assert_eq!(of(LargeRegion::MiddleNorrland), "22 23");
        assert_eq!(of(LargeRegion::UpperNorrland), "24 25");
    }

    #[test]
    fn unknown_codes_fall_in_the_unknown_region() {
        for code in ["00", "02", "11", "15", "16", "26", "90", "", "1", "0180"] {
            assert_eq!(Region::of(code).code, "00", "{code}");
            assert!(Region::from_code(code).is_none());
        }
        assert_eq!(Region::UNKNOWN.index(), 21);
    }

    #[test]
    fn names_lead_to_their_region() {
        assert_eq!(Region::from_name("Jämtlands län").unwrap().code, "23");
        assert_eq!(Region::from_name(" Västra Götaland ").unwrap().code, "14");
        assert_eq!(Region::from_name("Uppsala").unwrap().code, "03");
        assert!(Region::from_name("Härjedalen").is_none());
        assert_eq!(Region::of("23").index(), 7);
    }
}
