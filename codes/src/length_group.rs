use serde::{Deserialize, Serialize};

use crate::bin::Bin;
use crate::{Language, Text};

/// Source: `PEERS.md` §1.2, Intygsstatistik's eight length groups.
static GROUPS: [Bin; 8] = [
    Bin::new(
        "0-14",
        Text::new("Under 15 dagar", "Under 15 days"),
        0,
        Some(14),
    ),
    Bin::new(
        "15-30",
        Text::new("15-30 dagar", "15-30 days"),
        15,
        Some(30),
    ),
    Bin::new(
        "31-60",
        Text::new("31-60 dagar", "31-60 days"),
        31,
        Some(60),
    ),
    Bin::new(
        "61-90",
        Text::new("61-90 dagar", "61-90 days"),
        61,
        Some(90),
    ),
    Bin::new(
        "91-180",
        Text::new("91-180 dagar", "91-180 days"),
        91,
        Some(180),
    ),
    Bin::new(
        "181-364",
        Text::new("181-364 dagar", "181-364 days"),
        181,
        Some(364),
    ),
    Bin::new("365-730", Text::new("1-2 år", "1-2 years"), 365, Some(730)),
    Bin::new("731-", Text::new("2- år", "2- years"), 731, None),
];

/// Length group of a sick case (sjukskrivningslängd): eight groups, by distinct calendar days on leave.
///
/// Source: `PEERS.md` §1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub struct LengthGroup(u8);

crate::bin::binned!(
    LengthGroup,
    GROUPS,
    8,
    "days on leave",
    "a length group id such as 15-30"
);

/// A case is long (långt sjukfall) when it has **more** days than this.
///
/// Source: `PEERS.md` §1.2: "Long = realDays > 90".
pub const LONG_CASE_DAYS: i32 = 90;

/// Whether a case with this many days on leave is long (långt sjukfall).
#[must_use]
pub fn is_long(days: i32) -> bool {
    days > LONG_CASE_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_those_of_peers_1_2() {
        // Under 15 (0–14), 15–30, 31–60, 61–90, 91–180, 181–364, 1–2 years (365–730), 731+.
        let expected = [
            (0, "0-14"),
            (1, "0-14"),
            (14, "0-14"),
            (15, "15-30"),
            (30, "15-30"),
            (31, "31-60"),
            (60, "31-60"),
            (61, "61-90"),
            (90, "61-90"),
            (91, "91-180"),
            (180, "91-180"),
            (181, "181-364"),
            (364, "181-364"),
            (365, "365-730"),
            (730, "365-730"),
            (731, "731-"),
            (5000, "731-"),
        ];
        for (days, id) in expected {
            let group = LengthGroup::of(days);
            assert_eq!(group.id(), id, "{days}");
            assert!(group.bin().holds(days), "{days}");
        }
    }

    #[test]
    fn long_is_more_than_90_days() {
        assert!(!is_long(90));
        assert!(is_long(91));
    }

    #[test]
    fn labels_are_those_of_the_reports() {
        let labels: Vec<&str> = LengthGroup::ALL
            .iter()
            .map(|g| g.label(Language::Sv))
            .collect();
        assert_eq!(
            labels,
            [
                "Under 15 dagar",
                "15-30 dagar",
                "31-60 dagar",
                "61-90 dagar",
                "91-180 dagar",
                "181-364 dagar",
                "1-2 år",
                "2- år",
            ]
        );
        // The label of before 2019 matches nothing (conformance kit §9).
        assert_eq!(LengthGroup::parse("181-365 dagar"), None);
    }
}
