use super::RecordKind;

/// A column that is known by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    PersonNumber,
    RecordId,
    Code,
    CodeSystem,
    Start,
    End,
    Unit,
    CareProvider,
    Region,
    GivenBy,
    Status,
    Updated,
    Known,
    Kind,
}

use Column::{
    CareProvider, Code, CodeSystem, End, GivenBy, Kind, Known, PersonNumber, RecordId, Region,
    Start, Status, Unit, Updated,
};

/// Headings in English and Swedish, as [`plain`] spells them. The first of each column is the one that messages show.
const HEADINGS: [(Column, &[&str]); 14] = [
    (
        PersonNumber,
        &[
            "person_number",
            "personal_number",
            "personnummer",
            "personnr",
            "person_id",
            "patient_id",
        ],
    ),
    (
        RecordId,
        &["record_id", "id", "post_id", "registrerings_id"],
    ),
    (Code, &["code", "kod", "atgardskod", "kva", "kva_kod"]),
    (CodeSystem, &["code_system", "kodsystem", "kodverk"]),
    (
        Start,
        &[
            "start_date",
            "date",
            "from_date",
            "from",
            "startdatum",
            "datum",
            "atgardsdatum",
            "handelsedatum",
            "fran",
            "fran_datum",
            "listad_fran",
        ],
    ),
    (
        End,
        &[
            "end_date",
            "to_date",
            "to",
            "slutdatum",
            "till",
            "till_datum",
            "tom",
            "listad_till",
        ],
    ),
    (
        Unit,
        &[
            "unit_id",
            "unit",
            "care_unit_id",
            "enhet",
            "enhets_id",
            "vardenhet",
            "hsa_id",
        ],
    ),
    (
        CareProvider,
        &[
            "care_provider_id",
            "care_provider",
            "vardgivare",
            "vardgivar_id",
        ],
    ),
    (Region, &["region", "region_code", "lan", "lanskod"]),
    (
        GivenBy,
        &[
            "given_by",
            "performer",
            "utford_av",
            "given_av",
            "profession",
            "yrkesgrupp",
        ],
    ),
    (Status, &["status"]),
    (Updated, &["updated", "updated_at", "andrad", "uppdaterad"]),
    (
        Known,
        &[
            "known_date",
            "recorded",
            "registrerad",
            "registreringsdatum",
        ],
    ),
    (
        Kind,
        &[
            "kind",
            "event",
            "reason",
            "orsak",
            "handelse",
            "avregistreringsorsak",
        ],
    ),
];

/// Which column stands where, and what the rows are.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Kind of the rows; `None` when a needed column is missing.
    pub(super) kind: Option<RecordKind>,
    /// Position and heading of each known column.
    found: Vec<(Column, usize, String)>,
    /// A column that stands twice.
    pub(super) twice: Option<&'static str>,
}

impl Columns {
    /// The columns of a heading; `None` unless one holds personal numbers and another is known too.
    pub(super) fn of<'h>(heading: impl Iterator<Item = &'h str>) -> Option<Self> {
        let mut found: Vec<(Column, usize, String)> = Vec::new();
        let mut twice = None;
        for (at, name) in heading.enumerate() {
            let Some(column) = column(name) else { continue };
            if found.iter().any(|(other, ..)| *other == column) {
                twice = Some(shown(column));
            } else {
                found.push((column, at, name.trim().to_owned()));
            }
        }
        let mut columns = Self {
            kind: None,
            found,
            twice,
        };
        if !columns.has(PersonNumber) || columns.found.len() < 2 {
            return None;
        }
        columns.kind = columns.told();
        Some(columns)
    }

    fn told(&self) -> Option<RecordKind> {
        if !self.has(Start) {
            None
        } else if self.has(Code) {
            Some(RecordKind::Intervention)
        } else if self.has(Kind) {
            Some(RecordKind::ObservationEnd)
        } else if self.has(Unit) {
            Some(RecordKind::Listing)
        } else {
            None
        }
    }

    fn has(&self, column: Column) -> bool {
        self.found.iter().any(|(other, ..)| *other == column)
    }

    /// Where a column stands.
    pub(super) fn at(&self, column: Column) -> Option<usize> {
        self.found
            .iter()
            .find(|(other, ..)| *other == column)
            .map(|(_, at, _)| *at)
    }

    /// The heading of a column as the file has it.
    pub(super) fn heading(&self, column: Column) -> &str {
        self.found
            .iter()
            .find(|(other, ..)| *other == column)
            .map_or(shown(column), |(_, _, name)| name.as_str())
    }

    /// Positions of all known columns, in file order.
    pub(super) fn positions(&self) -> impl Iterator<Item = (Column, usize)> {
        self.found.iter().map(|(column, at, _)| (*column, *at))
    }
}

/// The column that a heading names.
fn column(heading: &str) -> Option<Column> {
    let plain = plain(heading);
    HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(column, _)| *column)
}

/// The heading of a column in messages and in rule ids.
pub(super) fn shown(column: Column) -> &'static str {
    HEADINGS
        .iter()
        .find(|(other, _)| *other == column)
        .and_then(|(_, names)| names.first().copied())
        .unwrap_or("")
}

/// A heading in small letters without å, ä and ö, words parted by `_`.
fn plain(heading: &str) -> String {
    let heading = heading.trim().trim_start_matches('\u{feff}');
    heading
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            ' ' | '-' | '.' => '_',
            c => c,
        })
        .collect()
}

/// What a file needs, for messages.
pub(super) const EXPECTED: &str = "expected person_number with code and start_date (interventions), \
     with kind and date (ends of observation), or with unit_id and from_date (listed patients)";

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(heading: &str) -> Option<Option<RecordKind>> {
        Columns::of(heading.split(',')).map(|columns| columns.kind)
    }

    #[test]
    fn the_heading_tells_what_the_rows_are() {
        for (heading, expected) in [
            ("person_number,code,date,unit_id", RecordKind::Intervention),
            (
                "Åtgärdskod,Personnummer,Åtgärdsdatum",
                RecordKind::Intervention,
            ),
            ("personnummer,orsak,datum", RecordKind::ObservationEnd),
            (
                "Personnummer,Enhet,Listad från,Listad till",
                RecordKind::Listing,
            ),
        ] {
            assert_eq!(kind(heading), Some(Some(expected)), "{heading}");
        }
        // A personal number and a column that is known, but not enough to tell.
        assert_eq!(kind("personnummer,kod"), Some(None));
        // Not such a file.
        for heading in [
            "a,b",
            "personnummer",
            "unit_id,name,region",
            "code,start_date,unit_id",
        ] {
            assert_eq!(kind(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_column_may_stand_once() {
        let columns = Columns::of("personnummer,kod,datum,date".split(',')).unwrap();
        assert_eq!(columns.twice, Some("start_date"));
    }
}
