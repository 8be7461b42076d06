use serde::{Deserialize, Serialize};

use crate::bin::Bin;
use crate::{Language, Text};

/// Source: `PEERS.md` §1.2, Intygsstatistik's twelve age groups.
static GROUPS: [Bin; 12] = [
    Bin::new(
        "0-15",
        Text::new("Under 16 år", "Under 16 years"),
        0,
        Some(15),
    ),
    Bin::new("16-20", Text::new("16-20 år", "16-20 years"), 16, Some(20)),
    Bin::new("21-25", Text::new("21-25 år", "21-25 years"), 21, Some(25)),
    Bin::new("26-30", Text::new("26-30 år", "26-30 years"), 26, Some(30)),
    Bin::new("31-35", Text::new("31-35 år", "31-35 years"), 31, Some(35)),
    Bin::new("36-40", Text::new("36-40 år", "36-40 years"), 36, Some(40)),
    Bin::new("41-45", Text::new("41-45 år", "41-45 years"), 41, Some(45)),
    Bin::new("46-50", Text::new("46-50 år", "46-50 years"), 46, Some(50)),
    Bin::new("51-55", Text::new("51-55 år", "51-55 years"), 51, Some(55)),
    Bin::new("56-60", Text::new("56-60 år", "56-60 years"), 56, Some(60)),
    Bin::new("61-65", Text::new("61-65 år", "61-65 years"), 61, Some(65)),
    Bin::new("66-", Text::new("Över 65 år", "Over 65 years"), 66, None),
];

/// Source: `PEERS.md` §1.2, the overview's six groups. "Under 20 år" holds 0–20, as at the peer (§1.11).
static OVERVIEW: [Bin; 6] = [
    Bin::new(
        "0-20",
        Text::new("Under 20 år", "Under 20 years"),
        0,
        Some(20),
    ),
    Bin::new("21-30", Text::new("21-30 år", "21-30 years"), 21, Some(30)),
    Bin::new("31-40", Text::new("31-40 år", "31-40 years"), 31, Some(40)),
    Bin::new("41-50", Text::new("41-50 år", "41-50 years"), 41, Some(50)),
    Bin::new("51-60", Text::new("51-60 år", "51-60 years"), 51, Some(60)),
    Bin::new("61-", Text::new("Över 60 år", "Over 60 years"), 61, None),
];

/// Age group (åldersgrupp): the twelve groups of the reports, by whole years of age.
///
/// Source: `PEERS.md` §1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub struct AgeGroup(u8);

/// Age group of the overview (översikt): six groups, by whole years of age.
///
/// Source: `PEERS.md` §1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub struct OverviewAgeGroup(u8);

crate::bin::binned!(
    AgeGroup,
    GROUPS,
    12,
    "age in whole years",
    "an age group id such as 16-20"
);
crate::bin::binned!(
    OverviewAgeGroup,
    OVERVIEW,
    6,
    "age in whole years",
    "an overview age group id such as 21-30"
);
