//! An extract as people read it: in Swedish, each field explained.

use std::fmt::Write as _;

use serde_json::Value;

use crate::field_words::{field, table};

/// As plain text.
pub(crate) fn text(extract: &Value) -> String {
    let mut out = String::from(
        "UTDRAG UR FRISK (registerutdrag enligt artikel 15 i dataskyddsförordningen)\n\n",
    );
    for part in parts(extract) {
        let _ = writeln!(out, "{}\n{}", part.title.to_uppercase(), part.about);
        for row in part.rows {
            out.push('\n');
            for (name, value) in row {
                let _ = writeln!(out, "  {name}: {value}\n      {}", field(&name));
            }
        }
        out.push('\n');
    }
    out
}

/// As one HTML page without anything from elsewhere.
pub(crate) fn html(extract: &Value) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\"><title>Utdrag ur Frisk</title>\n\
         <style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
         table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;\
         vertical-align:top}</style></head><body>\n<h1>Utdrag ur Frisk</h1>\n\
         <p>Registerutdrag enligt artikel 15 i dataskyddsförordningen.</p>\n",
    );
    for part in parts(extract) {
        let _ = writeln!(
            out,
            "<h2>{}</h2>\n<p>{}</p>",
            escape(&part.title),
            escape(&part.about)
        );
        for row in part.rows {
            out.push_str("<table><thead><tr><th scope=\"col\">Uppgift</th><th scope=\"col\">Värde</th><th scope=\"col\">Förklaring</th></tr></thead><tbody>\n");
            for (name, value) in row {
                let _ = writeln!(
                    out,
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                    escape(&name),
                    escape(&value),
                    escape(field(&name))
                );
            }
            out.push_str("</tbody></table>\n");
        }
    }
    out.push_str("</body></html>");
    out
}

/// A part of the extract: one table, or what is held elsewhere.
struct Part {
    title: String,
    about: String,
    rows: Vec<Vec<(String, String)>>,
}

fn parts(extract: &Value) -> Vec<Part> {
    let mut parts = vec![Part {
        title: "Vem utdraget gäller".to_owned(),
        about: format!(
            "Utdraget gjordes {}. Personnumret finns bara i ett krypterat valv; i datalagret står en pseudonym i dess ställe.",
            shown(&extract["made_at"])
        ),
        rows: vec![fields(&extract["person"])],
    }];
    for (name, rows) in extract["tables"].as_object().into_iter().flatten() {
        let rows: Vec<_> = rows.as_array().into_iter().flatten().map(fields).collect();
        parts.push(Part {
            title: name.clone(),
            about: format!("{} Antal rader: {}.", table(name), rows.len()),
            rows,
        });
    }
    let list = |name: &str, of: fn(&Value) -> &Value| -> Vec<Vec<(String, String)>> {
        let rows = extract[name].as_array().into_iter().flatten();
        rows.map(|row| fields(of(row))).collect()
    };
    parts.push(Part {
        title: "Sparade beräkningar och anteckningar".to_owned(),
        about: "Rader om personen utanför datalagret, till exempel sparade prognoser.".to_owned(),
        rows: list("state", |row| &row["row"]),
    });
    parts.push(Part {
        title: "Logg".to_owned(),
        about: "Vem som har läst uppgifter om personen, när och varför.".to_owned(),
        rows: list("audit", |row| &row["entry"]),
    });
    parts
}

fn fields(row: &Value) -> Vec<(String, String)> {
    let fields = row.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| (name.clone(), shown(value)))
        .collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nej".to_owned(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{html, text};

    #[test]
    fn values_are_shown_explained_and_escaped() {
        let extract = serde_json::json!({
            "made_at": "2026-01-15T08:00:00",
            "person": {"person_key": "7", "personal_number": null},
            "tables": {"certificate": [{"certificate_id": "<b>&", "signed_document": true, "measures": ["a", "b"]}]},
            "state": [], "audit": [{"row": 1, "entry": {"actor": "x"}}],
        });
        let page = html(&extract);
        assert!(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>"));
        assert!(page.contains("Intygets id hos den som utfärdade det."));
        let plain = text(&extract);
        assert!(plain.contains("measures: a, b") && plain.contains("signed_document: ja"));
        assert!(plain.contains("personal_number: –"));
    }
}
