use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
};
use axum_extra::extract::Query;
use frisk_codes::Language;
use frisk_warehouse::{
    PublishedTable,
    export::{Dataset, dataset},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    ROOT,
    selection::Selection,
    table::{CONTENTS, TIME, Table},
    tables::language,
};
use crate::{gate::Gate, problem::Problem};

/// What metadata can be asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Wanted {
    lang: Option<String>,
    default_selection: Option<String>,
}

impl Wanted {
    /// Clients write booleans as their language does: `true`, `True`, `1`.
    fn default_selection(&self) -> bool {
        let text = self.default_selection.as_deref().unwrap_or_default();
        text.eq_ignore_ascii_case("true") || text == "1"
    }
}

/// The variables and values of a table, as a dataset without figures.
pub(super) async fn metadata(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Dataset>, Problem> {
    let language = language(wanted.lang.as_deref())?;
    let table = Table::open(&gate, &id).await?;
    let chosen: Vec<Vec<String>> = if wanted.default_selection() {
        Selection::default_of(&table).resolve(&table)?
    } else {
        // One region is enough to describe them all: the country's groups are the widest.
        let all = table.variables.iter().map(|variable| {
            let codes = variable.categories.iter().map(|c| c.code.clone());
            match Table::elimination(variable) {
                Some(code) if variable.id != "sex" => vec![code.to_owned()],
                _ => codes.collect(),
            }
        });
        all.collect()
    };
    let cells = table.cells(&gate, &chosen).await?;
    let mut described = describe(&table, &cells, language);
    if !wanted.default_selection() {
        described = with_all_values(described, &table, language);
    }
    described.value.clear();
    described.status.clear();
    Ok(Json(described))
}

/// What is shown when nothing is chosen (`SelectionResponse`).
pub(super) async fn default_selection(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Problem> {
    let language = language(wanted.lang.as_deref())?;
    let table = Table::open(&gate, &id).await?;
    let selection = Selection::default_of(&table);
    Ok(Json(json!({
        "language": language.code(),
        "selection": selection.selection,
        "placement": selection.placement,
        "links": [{"rel": "data", "hreflang": language.code(), "href": format!("{ROOT}/tables/{id}/data")}],
    })))
}

/// A code list: there are none.
pub(super) async fn code_list(Path(_): Path<String>) -> Problem {
    Problem::NotFound
}

/// A dataset with what PxWeb's clients read beside the figures.
pub(super) fn describe(table: &Table, cells: &PublishedTable, language: Language) -> Dataset {
    let mut dataset = dataset(cells, language);
    let id = crate::ask::slug(table.info);
    dataset.extension["px"] = json!({
        "tableid": id,
        "matrix": id,
        "decimals": 0,
        "official-statistics": false,
        "aggregallowed": false,
        "language": language.code(),
        "contents": table.title(language),
        "subject-code": "SL",
        "subject-area": match language { Language::Sv => "Sjukskrivning", Language::En => "Sick leave" },
        "heading": [CONTENTS, TIME],
        "stub": table.variables.iter().map(|v| &v.id).filter(|id| *id != CONTENTS && *id != TIME).collect::<Vec<_>>(),
    });
    dataset.extension["noteMandatory"] = json!({"0": true});
    let (from, to) = table.country().period();
    dataset.extension["firstPeriod"] = json!(from.to_string());
    dataset.extension["lastPeriod"] = json!(to.to_string());
    for (id, dimension) in &mut dataset.dimension.0 {
        let code = table.variable(id).and_then(Table::elimination);
        dimension.extension =
            json!({"elimination": code.is_some(), "show": "value", "codelists": []});
        if let Some(code) = code {
            dimension.extension["eliminationValueCode"] = json!(code);
        }
    }
    dataset
}

/// The dataset with every value of every variable, whatever was counted for it.
fn with_all_values(mut dataset: Dataset, table: &Table, language: Language) -> Dataset {
    for variable in &table.variables {
        dataset.set_categories(variable, language);
    }
    dataset
}
