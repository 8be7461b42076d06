mod layout;
mod shown;
mod threshold;

use crate::{Cell, Cube, Dimension, Label, Policy, PublishedTable};

/// Values of total, women and men.
type BySex = [f64; 3];

/// One row of the table to be: its cells for total, women and men.
type Row = [Cell; 3];

/// Counts that have been protected and summed, and the groups that they stand for: a row a month, group and plane.
struct Sums {
    groups: Vec<Dimension>,
    /// Places of the groups in the cube's grouping.
    places: Vec<usize>,
    rows: Vec<BySex>,
}

/// Applies the policy to each care provider's counts, sums, and lays out the table.
pub(super) fn publish(cube: Cube, policy: Policy) -> PublishedTable {
    let rows = threshold::sums(&cube, policy.threshold());
    let mut sums = shown::groups(&cube, rows);
    match policy {
        Policy::Masked => shown::mask(&mut sums),
        Policy::None | Policy::Compat { .. } => shown::tell_apart(&mut sums.groups),
    }
    let (dimensions, cells) = layout::table(&cube, sums);
    let mut notes = cube.notes;
    notes.extend(note(policy));
    PublishedTable {
        report: cube.question.report.clone(),
        question: cube.question,
        title: cube.title,
        definition: cube.definition,
        notes,
        snapshot: cube.snapshot,
        policy,
        dimensions,
        cells,
    }
}

fn note(policy: Policy) -> Option<Label> {
    match policy {
        Policy::None => None,
        Policy::Compat { threshold } => Some(Label {
            sv: format!(
                "För att skydda personer räknas ett värde under {threshold} som noll, per vårdgivare, kön och cell, innan vårdgivarna summeras. Summorna är därför för låga."
            ),
            en: format!(
                "To protect persons, a value below {threshold} counts as zero, per care provider, sex and cell, before the care providers are summed. The sums are therefore too low."
            ),
        }),
        Policy::Masked => Some(Label {
            sv: "Exempel utan riktiga namn och värden; slå på rapporten per läkare för att se dem.".to_owned(),
            en: "An example without real names and values; turn the report by doctor on to see them.".to_owned(),
        }),
    }
}
