use chrono::{NaiveDate, NaiveDateTime};

use super::{EndKind, RecordKind, Status};

/// The usable rows of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// What they are.
    pub kind: RecordKind,
    /// The rows, in file order.
    pub rows: Vec<Record>,
    /// Rows that had a fault and are left out.
    pub rejected: u64,
}

/// One row of a file, or one FHIR resource.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Row in the file: the line of a CSV file, the row of a Parquet file, the place of a resource; from 1.
    pub row: u32,
    /// The sender's id of the record; without one the record is known by what it says.
    pub record_id: Option<String>,
    /// The personal number or coordination number, 12 digits.
    pub number: String,
    /// What it says; `None` only for a record that is taken back.
    pub detail: Option<Detail>,
    /// HSA id of the unit as written; empty = none given.
    pub unit_id: String,
    /// HSA id of the care provider as written; empty = none given.
    pub care_provider_id: String,
    /// Region, two digits, as the row has it.
    pub region: Option<String>,
    /// Whether the record is taken back (deleted, cancelled, entered in error).
    pub removed: bool,
    /// When this version of the record was made.
    pub updated: Option<NaiveDateTime>,
    /// From when it was known, when the row says so.
    pub known: Option<NaiveDate>,
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record(row {}, {:?})", self.row, self.detail)
    }
}

/// What a record says, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// An intervention.
    Intervention {
        /// Code, upper case: KVÅ `GC001`.
        code: String,
        /// Code system: `KVÅ`, or as written.
        code_system: String,
        /// First day.
        start: NaiveDate,
        /// Last day, if there is one.
        end: Option<NaiveDate>,
        /// How far it has come.
        status: Status,
        /// Who gave it: profession or HSA id.
        given_by: Option<String>,
    },
    /// The end of observation.
    ObservationEnd {
        /// Why.
        kind: EndKind,
        /// The day: the first one on which the person is no longer followed.
        date: NaiveDate,
    },
    /// A listing at the record's unit.
    Listing {
        /// First day.
        from: NaiveDate,
        /// Last day, if it has ended.
        to: Option<NaiveDate>,
    },
}

impl Detail {
    /// The day that it begins.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Intervention { start, .. } => *start,
            Self::ObservationEnd { date, .. } => *date,
            Self::Listing { from, .. } => *from,
        }
    }
}
