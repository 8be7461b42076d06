//! Documents of any type, put together from answers, and ways to change one place. One line an answer.

use frisk_ingest::Verdict;

use crate::documents::{LISJP, edit, read_text, with, without};

/// A document of a type with these answers; the rest as in the hand-made LISJP document: born 1981-12-28, signed 2025-03-10,
/// sent 2025-03-11.
pub(super) fn document(kind: &str, version: &str, answers: &[String]) -> String {
    let head: Vec<&str> = LISJP
        .lines()
        .take_while(|l| !l.contains("<c:svar"))
        .collect();
    let text = format!(
        "{}\n  </r:intyg>\n</r:RegisterCertificate>",
        head.join("\n")
    );
    let text = edit(&text, ">LISJP<", &format!(">{kind}<"));
    let text = edit(&text, ">1.3<", &format!(">{version}<"));
    answers
        .iter()
        .fold(text, |text, answer| with(&text, answer))
}

pub(super) fn svar(id: &str, parts: &[String]) -> String {
    format!("<c:svar id=\"{id}\">{}</c:svar>", parts.concat())
}

pub(super) fn numbered(instance: u32, id: &str, parts: &[String]) -> String {
    let parts = parts.concat();
    format!("<c:svar id=\"{id}\"><c:instans>{instance}</c:instans>{parts}</c:svar>")
}

/// A part with a text, truth value, date or number.
pub(super) fn part(id: &str, value: &str) -> String {
    format!("<c:delsvar id=\"{id}\">{value}</c:delsvar>")
}

/// A question with one part, `N.1`.
pub(super) fn one(id: &str, value: &str) -> String {
    svar(id, &[part(&format!("{id}.1"), value)])
}

pub(super) fn cv(code: &str, system: &str) -> String {
    format!("<t:cv><t:code>{code}</t:code><t:codeSystem>{system}</t:codeSystem></t:cv>")
}

pub(super) fn period(start: &str, end: &str) -> String {
    format!("<t:datePeriod><t:start>{start}</t:start><t:end>{end}</t:end></t:datePeriod>")
}

pub(super) fn partial(format: &str, value: &str) -> String {
    format!(
        "<t:partialDate><t:format>{format}</t:format><t:value>{value}</t:value></t:partialDate>"
    )
}

pub(super) fn quantity(value: &str, unit: &str) -> String {
    format!("<t:pq><t:value>{value}</t:value><t:unit>{unit}</t:unit></t:pq>")
}

/// Without the answers to a question.
pub(super) fn drop_answers(text: &str, id: &str) -> String {
    without(text, &format!("<c:svar id=\"{id}\">"))
}

/// Without the first part of an id.
pub(super) fn drop_part(text: &str, id: &str) -> String {
    let (start, end) = part_at(text, id);
    format!("{}{}", &text[..start], &text[end..])
}

/// With another value in the first part of an id.
pub(super) fn set(text: &str, id: &str, value: &str) -> String {
    let (start, end) = part_at(text, id);
    format!("{}{}{}", &text[..start], part(id, value), &text[end..])
}

/// With a part at the end of the first answer to a question.
pub(super) fn add_part(text: &str, question: &str, new: &str) -> String {
    let start = text.find(&format!("<c:svar id=\"{question}\">")).unwrap();
    let end = start + text[start..].find("</c:svar>").unwrap();
    format!("{}{new}{}", &text[..end], &text[end..])
}

/// With the first answer to a question twice.
pub(super) fn double(text: &str, question: &str) -> String {
    let mark = format!("<c:svar id=\"{question}\">");
    with(text, text.lines().find(|l| l.contains(&mark)).unwrap())
}

fn part_at(text: &str, id: &str) -> (usize, usize) {
    const END: &str = "</c:delsvar>";
    let start = text
        .find(&format!("<c:delsvar id=\"{id}\">"))
        .unwrap_or_else(|| panic!("no part {id}"));
    (start, start + text[start..].find(END).unwrap() + END.len())
}

/// The document is valid.
pub(super) fn holds(text: &str) {
    let reading = read_text(text);
    assert_eq!(reading.verdict(), Verdict::Accepted, "{:?}", reading.faults);
}

/// The document breaks this rule, and the schema holds.
pub(super) fn breaks(rule: &str, text: &str) {
    let reading = read_text(text);
    let rules: Vec<&str> = reading.faults.iter().map(|f| &*f.rule).collect();
    assert_eq!(reading.verdict(), Verdict::Rejected, "expected {rule}");
    assert!(rules.contains(&rule), "expected {rule}, found {rules:?}");
    assert!(rules.iter().all(|r| !r.starts_with("xsd/")), "{rules:?}");
}

/// The document breaks this rule and no other.
pub(super) fn breaks_only(rule: &str, text: &str) {
    let mut rules: Vec<String> = read_text(text)
        .faults
        .iter()
        .map(|f| f.rule.to_string())
        .collect();
    rules.dedup();
    assert_eq!(rules, [rule]);
}

/// Each of these questions must be answered.
pub(super) fn required(valid: &str, whole: &str, questions: &[&str]) {
    for id in questions {
        breaks(whole, &drop_answers(valid, id));
    }
}

/// None of these questions may be answered twice.
pub(super) fn single(valid: &str, whole: &str, questions: &[&str]) {
    for id in questions {
        breaks(whole, &double(valid, id));
    }
}

/// Each of these parts must stand once; `set` is the rule set.
pub(super) fn parts_once(valid: &str, set: &str, parts: &[&str]) {
    for id in parts {
        let (question, _) = id.split_once('.').unwrap();
        let rule = format!("{set}/q{question}");
        let (start, end) = part_at(valid, id);
        breaks(&rule, &add_part(valid, question, &valid[start..end]));
        // An answer needs a part: another one in its place.
        let other = format!("<c:delsvar id=\"{question}.88\">");
        breaks(
            &rule,
            &edit(valid, &format!("<c:delsvar id=\"{id}\">"), &other),
        );
    }
}

/// Answers to these questions take no other part.
pub(super) fn closed(valid: &str, set: &str, questions: &[&str]) {
    for question in questions {
        let other = part(&format!("{question}.77"), "x");
        breaks(
            &format!("{set}/q{question}"),
            &add_part(valid, question, &other),
        );
    }
}

/// Values that these parts must not have.
pub(super) fn not(valid: &str, rule_set: &str, values: &[&str], parts: &[&str]) {
    for (id, value) in parts
        .iter()
        .flat_map(|id| values.iter().map(move |v| (id, v)))
    {
        breaks(&format!("{rule_set}/q{id}"), &set(valid, id, value));
    }
}

/// Values that are no text, no truth value, no date.
pub(super) const NO_TEXT: &[&str] = &["", " \n ", "<x:y xmlns:x=\"urn:x\">text</x:y>"];
pub(super) const NO_BOOLEAN: &[&str] =
    &["", "ja", "TRUE", "2", "<x:y xmlns:x=\"urn:x\">true</x:y>"];
pub(super) const NO_DATE: &[&str] = &["", "2025-02-30", "2025-3-10", " 2025-03-10", "20250310"];
