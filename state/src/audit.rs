use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::{AuditKey, Error, audit_key::digest};

/// One read (or refused read) of a person's or a unit's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When, to the millisecond.
    pub at: DateTime<Utc>,
    /// Who: id of the signed-in person or client, `-` if none.
    pub actor: String,
    /// In which role (uppdrag).
    pub role: String,
    /// What was done, such as `read_case_risk`.
    pub action: String,
    /// Whose data: a case id, never a personal number.
    pub subject: String,
    /// HSA id of the unit that the data belong to; empty if not known.
    pub unit: String,
    /// Why: the purpose that the reader's assignment states.
    pub purpose: String,
    /// Whether it was allowed.
    pub allowed: bool,
}

/// An entry as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Running number, from 1, without gaps.
    pub row: i64,
    /// The entry.
    pub entry: AuditEntry,
    /// Hash of the row before it, its number and its content: HMAC-SHA-256 with the installation's key, or SHA-256 where
    /// there is none.
    pub hash: [u8; 32],
}

/// The hash before the first row.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// The time as it is stored: RFC 3339, UTC, milliseconds.
pub(crate) fn stored_time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The chain hash of a row, keyed when there is a key. Every field is preceded by its length, so that no two contents
/// hash alike by moving a boundary.
pub(crate) fn chain(
    key: Option<&AuditKey>,
    previous: &[u8; 32],
    (row, at): (i64, &str),
    entry: &AuditEntry,
) -> [u8; 32] {
    let mut content = previous.to_vec();
    content.extend(row.to_be_bytes());
    let fields = [
        at,
        &entry.actor,
        &entry.role,
        &entry.action,
        &entry.subject,
        &entry.unit,
        &entry.purpose,
    ];
    for field in fields {
        content.extend((field.len() as u64).to_be_bytes());
        content.extend(field.as_bytes());
    }
    content.push(u8::from(entry.allowed));
    digest(key, &content)
}

/// Refuses an entry that has a personal number in a text field.
pub(crate) fn check(entry: &AuditEntry) -> Result<(), Error> {
    let fields = [
        ("actor", &entry.actor),
        ("role", &entry.role),
        ("action", &entry.action),
        ("subject", &entry.subject),
        ("unit", &entry.unit),
        ("purpose", &entry.purpose),
    ];
    for (field, text) in fields {
        if looks_personal(text) {
            return Err(Error::PersonalNumber { field });
        }
    }
    Ok(())
}

/// Whether a text holds something written as a personal or coordination number: a run of 12 digits (century first)
/// or of 10 digits, with or without the sign before the last four, whose month and day can be a date and whose last
/// digit is right (Luhn, over the last ten). Source: Skatteverket SKV 704.
#[must_use]
pub fn looks_personal(text: &str) -> bool {
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut signed = false;
    for c in text.chars().chain(['\n']) {
        let sign = matches!(c, '-' | '+') && matches!(run.len(), 6 | 8) && !signed;
        if c.is_ascii_digit() {
            run.push(c);
        } else if sign {
            signed = true;
        } else {
            runs.push(std::mem::take(&mut run));
            signed = false;
        }
    }
    runs.iter().any(|run| match run.len() {
        12 => matches!(run.get(..2), Some("18" | "19" | "20")) && is_number(run.get(2..)),
        10 => is_number(Some(run)),
        _ => false,
    })
}

fn is_number(ten: Option<&str>) -> bool {
    let Some(ten) = ten else { return false };
    let digits: Vec<u32> = ten.chars().filter_map(|c| c.to_digit(10)).collect();
    let [_, _, m1, m2, d1, d2, ..] = digits[..] else {
        return false;
    };
    let (month, day) = (m1 * 10 + m2, d1 * 10 + d2);
    let date = (1..=12).contains(&month) && matches!(day, 1..=31 | 61..=91);
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { d * 2 } else { *d })
        .map(|d| d / 10 + d % 10)
        .sum();
    date && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::looks_personal;

    // 811218-9876 is Skatteverket's published example number: Luhn 8·2=16→7, 1, 1·2=2, 2, 1·2=2, 8, 9·2=18→9, 8,
    // 7·2=14→5, 6: 7+1+2+2+2+8+9+8+5+6 = 50, a multiple of ten.
    #[test]
    fn a_personal_number_is_seen_in_each_written_form() {
        for text in [
            "811218-9876",
            "8112189876",
            "198112189876",
            "19811218-9876",
            "case 811218+9876!",
        ] {
            assert!(looks_personal(text), "{text}");
        }
    }

    #[test]
    fn other_digits_are_not_personal_numbers() {
        // Wrong check digit; month 13; 16 hex digits; HSA id; a 19-digit key.
        for text in [
            "811218-9877",
            "811318-9876",
            "9811218987600000",
            "SE2321000016-1003",
            "-8112189876811218987",
            "c-00f3a91b",
        ] {
            assert!(!looks_personal(text), "{text}");
        }
    }
}
