use std::collections::{BTreeMap, BTreeSet};

/// A row of a region's list of care units, as it stands in the uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionListRow {
    /// Row number in the file; the header is row 1.
    pub row: u64,
    /// HSA id of the care unit; empty = none given.
    pub unit: String,
    /// Listed patients as written; empty = none given.
    pub listed_patients: String,
}

/// What is wrong with a region's list; the first fault ends the upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegionListFault {
    /// Listed patients are no whole number.
    #[error("row {0}: listed patients must be a whole number or empty")]
    PatientsNotInteger(u64),
    /// A unit stands in the list twice.
    #[error("row {0}: the unit is already in the list")]
    UnitTwice(u64),
    /// An id has other characters than letters, digits and hyphens.
    #[error("row {0}: a unit's HSA id has letters A-Z, digits and hyphens only")]
    IllegalCharacters(u64),
    /// Listed patients are below zero.
    #[error("row {0}: listed patients must not be negative")]
    PatientsNegative(u64),
}

/// The care units that a region's statistics are made of, and their listed patients (listningar).
///
/// Source: `PEERS.md` §1.8 and the conformance kit §4.5.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionList {
    units: BTreeMap<String, Option<u64>>,
}

impl RegionList {
    /// The list of a file's rows, in their order. Rows without a unit are checked for their number and skipped.
    ///
    /// # Errors
    /// The first fault, by row.
    pub fn from_rows(rows: &[RegionListRow]) -> Result<Self, RegionListFault> {
        let mut list = Self::default();
        for row in rows {
            list.add(row)?;
        }
        Ok(list)
    }

    fn add(&mut self, row: &RegionListRow) -> Result<(), RegionListFault> {
        let patients: Option<i64> = match row.listed_patients.trim() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| RegionListFault::PatientsNotInteger(row.row))?,
            ),
        };
        let written = row.unit.trim();
        if written.is_empty() {
            return Ok(());
        }
        let unit = hsa_id(written);
        if self.units.contains_key(&unit) {
            return Err(RegionListFault::UnitTwice(row.row));
        }
        if !written
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            return Err(RegionListFault::IllegalCharacters(row.row));
        }
        let patients = patients.map(u64::try_from).transpose();
        let patients = patients.map_err(|_| RegionListFault::PatientsNegative(row.row))?;
        self.units.insert(unit, patients);
        Ok(())
    }

    /// HSA ids of the care units, upper case.
    #[must_use]
    pub fn units(&self) -> BTreeSet<String> {
        self.units.keys().cloned().collect()
    }

    /// The list with the units only that `keep` lets through, by HSA id.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.units.iter().filter(|(unit, _)| keep(unit));
        Self {
            units: kept
                .map(|(unit, patients)| (unit.clone(), *patients))
                .collect(),
        }
    }

    /// Listed patients of a care unit (HSA id, upper case); `None` if the list does not say.
    #[must_use]
    pub fn listed_patients(&self, unit: &str) -> Option<u64> {
        self.units.get(unit).copied().flatten()
    }
}

/// An HSA id as compared: upper case, without white space.
fn hsa_id(id: &str) -> String {
    id.split_whitespace().collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: u64, unit: &str, patients: &str) -> RegionListRow {
        RegionListRow {
            row,
            unit: unit.to_owned(),
            listed_patients: patients.to_owned(),
        }
    }

    #[test]
    fn a_list_names_units_and_their_patients() {
        let rows = [
            row(2, "se1-a", "800"),
            row(3, " se1-B ", ""),
            row(4, "", "12"),
        ];
        let list = RegionList::from_rows(&rows).unwrap();
        assert_eq!(
            list.units().into_iter().collect::<Vec<_>>(),
            ["SE1-A", "SE1-B"]
        );
        assert_eq!(list.listed_patients("SE1-A"), Some(800));
        assert_eq!(list.listed_patients("SE1-B"), None);
    }

    #[test]
    fn the_first_fault_ends_it() {
        let fault = |rows: &[RegionListRow]| RegionList::from_rows(rows).unwrap_err();
        let twice = [row(2, "A", ""), row(3, "a", "1")];
        assert_eq!(fault(&twice), RegionListFault::UnitTwice(3));
        assert_eq!(
            fault(&[row(2, "A", "many")]),
            RegionListFault::PatientsNotInteger(2)
        );
        // Also in a row without a unit.
        assert_eq!(
            fault(&[row(2, "", "-")]),
            RegionListFault::PatientsNotInteger(2)
        );
        assert_eq!(
            fault(&[row(2, "A%", "1")]),
            RegionListFault::IllegalCharacters(2)
        );
        assert_eq!(
            fault(&[row(2, "A", "-1"), row(3, "B%", "1")]),
            RegionListFault::PatientsNegative(2)
        );
    }
}
