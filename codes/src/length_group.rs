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
