use frisk_warehouse::{Dimension, Role};
use serde::{Deserialize, Serialize};

use super::table::{CONTENTS, TIME, Table};
use crate::problem::Problem;

/// Which values of which variables (`VariablesSelection`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Selection {
    /// One entry a variable.
    pub(super) selection: Vec<VariableSelection>,
    /// Where the variables go in a printed table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) placement: Option<Placement>,
}

/// The values of one variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VariableSelection {
    /// Id of the variable.
    pub(super) variable_code: String,
    /// A code list: there are none.
    #[serde(default, alias = "codeList", skip_serializing_if = "Option::is_none")]
    pub(super) codelist: Option<String>,
    /// Codes, or expressions such as `top(12)`.
    #[serde(default)]
    pub(super) value_codes: Vec<String>,
}

/// Which variables go down and which across.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Placement {
    /// Across.
    pub(super) heading: Vec<String>,
    /// Down.
    pub(super) stub: Vec<String>,
}

impl Selection {
    /// What is shown when nothing is chosen: the last twelve months, the whole country, every group.
    pub(super) fn default_of(table: &Table) -> Self {
        let entry = |variable: &Dimension| VariableSelection {
            variable_code: variable.id.clone(),
            codelist: None,
            value_codes: default_codes(variable),
        };
        Self {
            selection: table.variables.iter().map(entry).collect(),
            placement: Some(Placement {
                heading: vec![CONTENTS.to_owned(), TIME.to_owned()],
                stub: table
                    .variables
                    .iter()
                    .filter(|v| v.id != CONTENTS && v.id != TIME)
                    .map(|v| v.id.clone())
                    .collect(),
            }),
        }
    }

    /// The chosen codes of each variable, in the table's order. A variable that is left out is eliminated if it can be.
    ///
    /// **Errors**: an unknown variable or value, a code list, or a variable that cannot be left out.
    pub(super) fn resolve(&self, table: &Table) -> Result<Vec<Vec<String>>, Problem> {
        for chosen in &self.selection {
            if table.variable(&chosen.variable_code).is_none() {
                return Err(Problem::question(
                    "variableCode",
                    "en variabel i tabellen",
                    "a variable of the table",
                ));
            }
            if chosen
                .codelist
                .as_ref()
                .is_some_and(|list| !list.is_empty())
            {
                return Err(Problem::question(
                    "codelist",
                    "ingen: tabellen har inga kodlistor",
                    "none: the table has no code lists",
                ));
            }
        }
        table
            .variables
            .iter()
            .map(|variable| {
                let chosen = self
                    .selection
                    .iter()
                    .find(|c| c.variable_code.eq_ignore_ascii_case(&variable.id));
                match chosen.filter(|chosen| !chosen.value_codes.is_empty()) {
                    Some(chosen) => expand(variable, &chosen.value_codes),
                    None if variable.categories.len() == 1 => {
                        Ok(vec![variable.categories[0].code.clone()])
                    }
                    None => match Table::elimination(variable) {
                        Some(code) => Ok(vec![code.to_owned()]),
                        None => Err(Problem::question(
                            "valuecodes",
                            format!("värden för variabeln {}", variable.id),
                            format!("values of the variable {}", variable.id),
                        )),
                    },
                }
            })
            .collect()
    }
}

/// The codes that are shown when none are chosen.
fn default_codes(variable: &Dimension) -> Vec<String> {
    let codes = variable.categories.iter().map(|c| c.code.clone());
    match (variable.id.as_str(), Table::elimination(variable)) {
        (TIME, _) => codes
            .rev()
            .take(12)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect(),
        ("sex", _) | (_, None) => codes.collect(),
        (_, Some(code)) => vec![code.to_owned()],
    }
}

/// The codes that a list of codes and expressions means, each once, in the variable's order.
fn expand(variable: &Dimension, expressions: &[String]) -> Result<Vec<String>, Problem> {
    let codes: Vec<&str> = variable
        .categories
        .iter()
        .map(|c| c.code.as_str())
        .collect();
    let mut wanted = vec![false; codes.len()];
    for expression in expressions.iter().flat_map(|list| split(list)) {
        let places = places(&codes, variable.role == Role::Time, expression).ok_or_else(|| {
            Problem::question(
                "valuecodes",
                format!("värden för {}: koder, *, ?, top(n), bottom(n), from(x), to(x) eller range(x,y)", variable.id),
                format!("values of {}: codes, *, ?, top(n), bottom(n), from(x), to(x) or range(x,y)", variable.id),
            )
        })?;
        for place in places {
            wanted[place] = true;
        }
    }
    let chosen = codes.iter().zip(&wanted).filter(|(_, wanted)| **wanted);
    Ok(chosen.map(|(code, _)| (*code).to_owned()).collect())
}

/// The parts of a list: commas inside parentheses do not part.
fn split(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, character) in list.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[from..]);
    parts
        .into_iter()
        .map(|part| {
            part.trim()
                .trim_start_matches('[')
                .trim_end_matches(']')
                .trim()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// The places that one code or expression means; `None` if it means nothing. The top of time is its newest end, that of
/// any other variable the beginning of its list.
fn places(codes: &[&str], newest_first: bool, expression: &str) -> Option<Vec<usize>> {
    let place = |code: &str| {
        codes
            .iter()
            .position(|c| c.eq_ignore_ascii_case(code.trim()))
    };
    if let Some(at) = place(expression) {
        return Some(vec![at]);
    }
    let lower = expression.to_ascii_lowercase();
    if let Some((name, rest)) = lower.split_once('(') {
        let arguments: Vec<&str> = rest.strip_suffix(')')?.split(',').map(str::trim).collect();
        let count = |at: usize| {
            arguments
                .get(at)
                .map_or(Some(0), |n| n.parse::<usize>().ok())
        };
        let last = codes.len();
        let range = match (name.trim(), arguments.len()) {
            ("top" | "bottom", 1 | 2) => {
                let at_end = (name.trim() == "top") == newest_first;
                edge(last, count(0)?, count(1)?, at_end)
            }
            ("from", 1) => place(arguments[0])?..last,
            ("to", 1) => 0..place(arguments[0])? + 1,
            ("range", 2) => place(arguments[0])?..place(arguments[1])? + 1,
            _ => return None,
        };
        return Some(range.collect());
    }
    if expression.contains(['*', '?']) {
        let found =
            (0..codes.len()).filter(|&at| fits(codes[at].as_bytes(), expression.as_bytes()));
        return Some(found.collect());
    }
    None
}

/// `count` places from one end of `last` places, after leaving out `skipped`.
fn edge(last: usize, count: usize, skipped: usize, at_end: bool) -> std::ops::Range<usize> {
    if at_end {
        let end = last.saturating_sub(skipped);
        end.saturating_sub(count)..end
    } else {
        let start = skipped.min(last);
        start..(start + count).min(last)
    }
}

/// Whether a code fits a pattern of `*` (any text) and `?` (one character).
fn fits(code: &[u8], pattern: &[u8]) -> bool {
    match (pattern.first(), code.first()) {
        (None, None) => true,
        (Some(b'*'), _) => {
            fits(code, &pattern[1..]) || (!code.is_empty() && fits(&code[1..], pattern))
        }
        (Some(b'?'), Some(_)) => fits(&code[1..], &pattern[1..]),
        (Some(p), Some(c)) if p.eq_ignore_ascii_case(c) => fits(&code[1..], &pattern[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTHS: [&str; 5] = ["2024-11", "2024-12", "2025-01", "2025-02", "2025-03"];

    // Expressions and their meaning: PxWebApi 2 documentation, "Selection expressions".
    #[test]
    fn expressions_mean_what_the_interface_says() {
        let places = |expression| super::places(&MONTHS, true, expression);
        assert_eq!(places("2025-01"), Some(vec![2]));
        assert_eq!(places("top(2)"), Some(vec![3, 4]));
        assert_eq!(places("TOP(2,1)"), Some(vec![2, 3]));
        assert_eq!(places("bottom(2)"), Some(vec![0, 1]));
        assert_eq!(places("from(2025-02)"), Some(vec![3, 4]));
        assert_eq!(places("to(2024-12)"), Some(vec![0, 1]));
        assert_eq!(places("range(2024-12,2025-02)"), Some(vec![1, 2, 3]));
        assert_eq!(places("*-1*"), Some(vec![0, 1]));
        assert_eq!(places("202?-01"), Some(vec![2]));
        assert_eq!(places("*"), Some(vec![0, 1, 2, 3, 4]));
        assert_eq!(places("2030-01"), None);
        assert_eq!(places("middle(2)"), None);
        // A range that runs backwards is empty, more than there is, all there is.
        assert_eq!(places("range(2025-02,2024-12)"), Some(Vec::new()));
        assert_eq!(places("top(99)"), Some(vec![0, 1, 2, 3, 4]));
        let listed = |expression| super::places(&["a", "b", "c"], false, expression);
        assert_eq!(listed("top(2)"), Some(vec![0, 1]));
        assert_eq!(listed("bottom(1)"), Some(vec![2]));
    }

    #[test]
    fn commas_in_parentheses_do_not_part() {
        assert_eq!(
            split("1, range(a,b),[top(3)]"),
            ["1", "range(a,b)", "top(3)"]
        );
    }
}
