use chrono::NaiveDate;

use super::visible::Visible;
use crate::{Label, Question, Warehouse};

/// Remarks that must stand beside an answer.
pub(super) fn of(warehouse: &Warehouse, question: &Question, visible: &Visible) -> Vec<Label> {
    let limited = (!visible.whole_history()).then(limited_access);
    let through = warehouse.snapshot.data_through;
    let ahead = question.to.last_day() > through.to_epoch_days();
    limited
        .into_iter()
        .chain(ahead.then(|| reaches(through)))
        .collect()
}

/// Source: `PEERS.md` §1.3 item 6.
fn limited_access() -> Label {
    Label {
        sv: "Sjukfall räknas när de har intyg från de valda enheterna; längden kan omfatta tid dessförinnan vid vårdgivarens andra enheter.".to_owned(),
        en: "Cases count when they have certificates from the chosen units; their length may include earlier time at the care provider's other units.".to_owned(),
    }
}

fn reaches(through: NaiveDate) -> Label {
    Label {
        sv: format!(
            "Uppgifterna når till {through}; senare dagar är bara kända så långt intygen löper."
        ),
        en: format!(
            "The data reach {through}; later days are known only as far as certificates run."
        ),
    }
}
