use serde::{Deserialize, Serialize};

use super::table::{Row, Table};
use crate::Error;

/// Name of the list.
pub(super) const NAME: &str = "FMB recommended lengths";

/// A recommended length of a typical case (typfall) of Försäkringsmedicinskt beslutsstöd, FMB.
///
/// Source: Socialstyrelsen, FMB; `PEERS.md` §5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// ICD-10-SE code, mostly of three characters.
    pub icd10: String,
    /// FMB's number of the typical case.
    pub case_id: String,
    /// Part-time or full-time, as FMB says it; may be empty.
    pub extent: String,
    /// Longest recommended length in days; `None` = FMB names none.
    pub max_days: Option<u32>,
    /// Day from which it is valid (`YYYY-MM-DD`); may be empty.
    pub valid_from: String,
}

/// The rows of a table; `None` if it is no list of recommended lengths.
///
/// # Errors
/// If a row lacks code or case, or its days are no whole number.
pub(super) fn read(table: &Table) -> Result<Option<Vec<Recommendation>>, Error> {
    if !table.has(&["icd10", "typfall_id", "max_dagar"]) {
        return Ok(None);
    }
    table
        .rows()
        .map(|row| recommendation(&row))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The recommendation of a row.
fn recommendation(row: &Row<'_>) -> Result<Recommendation, Error> {
    Ok(Recommendation {
        icd10: row.text("icd10", "an ICD-10-SE code")?.to_owned(),
        case_id: row
            .text("typfall_id", "FMB's number of the case")?
            .to_owned(),
        extent: row.get("grad").to_owned(),
        max_days: row.value("max_dagar", "whole days, or empty", |text| {
            if text.is_empty() {
                Some(None)
            } else {
                text.parse().ok().map(Some)
            }
        })?,
        valid_from: row.get("giltig_fran").to_owned(),
    })
}
