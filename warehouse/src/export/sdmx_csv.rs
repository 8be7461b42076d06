use frisk_codes::Language;

use super::{csv::push_line, long, number};
use crate::{Cell, PublishedTable};

/// SDMX-CSV 2.0: codes only, with the observation status of the SDMX code list `CL_OBS_STATUS`:
/// `A` normal, `Q` missing because withheld, `M` missing because there is no such figure.
///
/// Source: SDMX-CSV field guide 2.0.
pub(super) fn write(table: &PublishedTable, _: Language) -> String {
    let mut out = String::new();
    let ids = table.dimensions().iter().map(|d| d.id.to_uppercase());
    let mut header = vec![
        "STRUCTURE".to_owned(),
        "STRUCTURE_ID".to_owned(),
        "ACTION".to_owned(),
    ];
    header.extend(ids);
    header.extend(["OBS_VALUE", "OBS_STATUS", "SNAPSHOT"].map(str::to_owned));
    push_line(&mut out, header.iter().map(String::as_str), ",");
    let structure = format!("FRISK:{}(1.0)", table.report().to_uppercase());
    for row in long::rows(table) {
        let (value, state) = match row.cell {
            Cell::Value(value) => (number(value), "A"),
            Cell::Suppressed => (String::new(), "Q"),
            Cell::Missing => (String::new(), "M"),
        };
        let codes = row.categories.iter().map(|c| c.code.as_str());
        let fields = ["dataflow", structure.as_str(), "I"]
            .into_iter()
            .chain(codes);
        push_line(
            &mut out,
            fields.chain([value.as_str(), state, table.snapshot()]),
            ",",
        );
    }
    out
}
