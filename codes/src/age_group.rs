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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_those_of_peers_1_2() {
        // Under 16 (0–15), 16–20, 21–25, …, 61–65, over 65 (66+).
        let expected = [
            (-1, "0-15"),
            (0, "0-15"),
            (15, "0-15"),
            (16, "16-20"),
            (20, "16-20"),
            (21, "21-25"),
            (25, "21-25"),
            (26, "26-30"),
            (30, "26-30"),
            (31, "31-35"),
            (35, "31-35"),
            (36, "36-40"),
            (40, "36-40"),
            (41, "41-45"),
            (45, "41-45"),
            (46, "46-50"),
            (50, "46-50"),
            (51, "51-55"),
            (55, "51-55"),
            (56, "56-60"),
            (60, "56-60"),
            (61, "61-65"),
            (65, "61-65"),
            (66, "66-"),
            (110, "66-"),
        ];
        for (age, id) in expected {
            assert_eq!(AgeGroup::of(age).id(), id, "{age}");
        }
    }

    #[test]
    fn the_overviews_first_group_holds_twenty() {
        // PEERS.md §1.11: "Under 20 år" is 0–20.
        let expected = [
            (0, "0-20"),
            (20, "0-20"),
            (21, "21-30"),
            (30, "21-30"),
            (31, "31-40"),
            (40, "31-40"),
            (41, "41-50"),
            (50, "41-50"),
            (51, "51-60"),
            (60, "51-60"),
            (61, "61-"),
            (99, "61-"),
        ];
        for (age, id) in expected {
            assert_eq!(OverviewAgeGroup::of(age).id(), id, "{age}");
        }
        assert_eq!(OverviewAgeGroup::of(20).label(Language::Sv), "Under 20 år");
    }

    #[test]
    fn labels_and_ids_lead_back() {
        assert_eq!(AgeGroup::parse("Under 16 år"), Some(AgeGroup::of(3)));
        assert_eq!(AgeGroup::parse("Over 65 years"), Some(AgeGroup::of(70)));
        assert_eq!(AgeGroup::parse("20-25 år"), None);
        let json = serde_json::to_string(&AgeGroup::of(16)).unwrap();
        assert_eq!(json, "\"16-20\"");
        assert_eq!(serde_json::from_str::<AgeGroup>(&json).unwrap().index(), 1);
    }
}
