//! Rows of cells to records: the same for CSV and Parquet.

use ::csv::StringRecord;
use chrono::NaiveDate;

use super::cell::{self, State};
use super::columns::{self, Column, Columns};
use super::{Detail, EndKind, MAX_FAULTS, Record, RecordKind, Records, Status};
use crate::batch::mask;
use crate::identity::PersonalNumber;
use crate::reading::Fault;

/// Collects the records of a file, and what is wrong with its rows.
#[derive(Debug)]
pub(super) struct Collector {
    columns: Columns,
    records: Records,
    faults: Vec<Fault>,
    faults_left_out: u64,
}

/// What is wrong with a cell.
struct Wrong {
    column: Column,
    expected: &'static str,
}

impl Collector {
    /// A collector of rows under a heading.
    pub(super) fn new(columns: Columns, kind: RecordKind) -> Self {
        Self {
            columns,
            records: Records {
                kind,
                rows: Vec::new(),
                rejected: 0,
            },
            faults: Vec::new(),
            faults_left_out: 0,
        }
    }

    /// The columns.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Takes a row; one without any cell is passed over.
    pub(super) fn push(&mut self, row: u32, cells: &StringRecord) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match self.record(row, cells) {
            Ok(record) => self.records.rows.push(record),
            Err(wrong) => {
                let name = columns::shown(wrong.column);
                let place = format!("row {row}, column {}", self.columns.heading(wrong.column));
                self.reject(name, place, wrong.expected);
            }
        }
    }

    /// Rejects a row that cannot be cut into cells.
    pub(super) fn broken(&mut self, row: u32, expected: &'static str) {
        self.reject("row", format!("row {row}"), expected);
    }

    fn reject(&mut self, rule: &str, location: String, expected: &'static str) {
        self.records.rejected += 1;
        if self.faults.len() < MAX_FAULTS {
            let rule = format!("{}/{rule}", self.records.kind.name());
            let message = format!("expected {expected}");
            self.faults.push(Fault::error(rule, location, message));
        } else {
            self.faults_left_out += 1;
        }
    }

    /// The records and the faults.
    pub(super) fn finish(mut self) -> (Records, Vec<Fault>) {
        if self.faults_left_out > 0 {
            let rule = format!("{}/more", self.records.kind.name());
            let message = format!("{} more rows have faults", self.faults_left_out);
            self.faults.push(Fault::error(rule, "", message));
        }
        (self.records, self.faults)
    }

    fn record(&self, row: u32, cells: &StringRecord) -> Result<Record, Wrong> {
        let cell = |column| self.cell(cells, column);
        let removed = match cell::state(cell(Column::Status)) {
            Some(State::Removed) => true,
            Some(State::Stands(_)) => false,
            None => return Err(wrong(Column::Status, STATUS)),
        };
        let number = PersonalNumber::parse(cell(Column::PersonNumber))
            .map_err(|_| wrong(Column::PersonNumber, NUMBER))?;
        let record_id = optional(cell(Column::RecordId), Column::RecordId, RECORD_ID, |id| {
            (id.chars().count() <= 100).then(|| id.to_owned())
        })?;
        let detail = match self.detail(cells) {
            Ok(detail) => Some(detail),
            // A record that is taken back by its id need not say again what it said.
            Err(_) if removed && record_id.is_some() => None,
            Err(wrong) => return Err(wrong),
        };
        let day = |column| optional(cell(column), column, DAY, cell::day);
        Ok(Record {
            row,
            record_id,
            number: number.digits().to_owned(),
            detail,
            unit_id: cell(Column::Unit).to_owned(),
            care_provider_id: cell(Column::CareProvider).to_owned(),
            region: optional(cell(Column::Region), Column::Region, REGION, cell::region)?,
            removed,
            updated: optional(cell(Column::Updated), Column::Updated, TIME, cell::time)?,
            known: day(Column::Known)?,
        })
    }

    fn detail(&self, cells: &StringRecord) -> Result<Detail, Wrong> {
        let cell = |column| self.cell(cells, column);
        let start = cell::day(cell(Column::Start)).ok_or(wrong(Column::Start, DAY))?;
        let end = || -> Result<Option<NaiveDate>, Wrong> {
            let end = optional(cell(Column::End), Column::End, DAY, cell::day)?;
            match end {
                Some(end) if end < start => Err(wrong(Column::End, ORDER)),
                end => Ok(end),
            }
        };
        Ok(match self.records.kind {
            RecordKind::Intervention => {
                let code_system = cell::code_system(cell(Column::CodeSystem))
                    .ok_or(wrong(Column::CodeSystem, CODE_SYSTEM))?;
                let code = cell::code(cell(Column::Code), &code_system)
                    .ok_or(wrong(Column::Code, CODE))?;
                let status = match cell::state(cell(Column::Status)) {
                    Some(State::Stands(status)) => status,
                    _ => Status::Completed,
                };
                Detail::Intervention {
                    code,
                    code_system,
                    start,
                    end: end()?,
                    status,
                    given_by: giver(cell(Column::GivenBy)),
                }
            }
            RecordKind::ObservationEnd => Detail::ObservationEnd {
                kind: EndKind::from_word(cell(Column::Kind)).ok_or(wrong(Column::Kind, KIND))?,
                date: start,
            },
            RecordKind::Listing => {
                if cell(Column::Unit).is_empty() {
                    return Err(wrong(Column::Unit, UNIT));
                }
                Detail::Listing {
                    from: start,
                    to: end()?,
                }
            }
        })
    }

    fn cell<'c>(&self, cells: &'c StringRecord, column: Column) -> &'c str {
        let at = self.columns.at(column);
        at.and_then(|at| cells.get(at)).unwrap_or("").trim()
    }
}

/// Who gave an intervention, short and without a personal number.
pub(super) fn giver(text: &str) -> Option<String> {
    let short: String = text.trim().chars().take(60).collect();
    (!short.is_empty()).then(|| mask(&short))
}

fn wrong(column: Column, expected: &'static str) -> Wrong {
    Wrong { column, expected }
}

/// A cell that may be empty.
fn optional<T>(
    cell: &str,
    column: Column,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Wrong> {
    if cell.is_empty() {
        return Ok(None);
    }
    parse(cell).map(Some).ok_or(Wrong { column, expected })
}

const NUMBER: &str =
    "a personal number or coordination number, yyyymmddnnnn or yyyymmdd-nnnn, of a day that exists";
const RECORD_ID: &str = "an id of at most 100 characters";
const DAY: &str = "a day, yyyy-mm-dd or yyyymmdd";
const TIME: &str = "a time, yyyy-mm-ddThh:mm:ss, or a day";
const ORDER: &str = "a last day that is not before the first";
const CODE: &str = "a KVÅ code such as GC001 (two letters, a letter or digit, two digits), \
     or in another code system at most 20 letters and digits";
const CODE_SYSTEM: &str = "KVÅ, its OID, or another code system of at most 80 characters";
const REGION: &str = "a region code such as 23, or nothing";
const KIND: &str = "death, emigration, pension or moved (död, utvandrad, pension, flyttad)";
const UNIT: &str = "the HSA id of a unit";
const STATUS: &str = "completed or in-progress, or to take the record back entered-in-error, cancelled or deleted \
     (utförd, pågår, makulerad, borttagen)";
