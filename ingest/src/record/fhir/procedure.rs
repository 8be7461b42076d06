use chrono::NaiveDate;
use serde_json::Value;

use super::super::cell::{self, State};
use super::super::rows::giver;
use super::super::{Detail, Record, Status};
use super::bundle::{Context, text};
use crate::identity::PersonalNumber;

/// What is wrong with a procedure.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) rule: &'static str,
    pub(super) pointer: &'static str,
    pub(super) expected: &'static str,
}

fn wrong(rule: &'static str, pointer: &'static str, expected: &'static str) -> Wrong {
    Wrong {
        rule,
        pointer,
        expected,
    }
}

/// Systems of personal numbers and coordination numbers: Inera's OIDs and HL7 Sweden's URIs.
const NUMBERS: [&str; 4] = [
    "urn:oid:1.2.752.129.2.1.3.1",
    "urn:oid:1.2.752.129.2.1.3.3",
    "http://electronichealth.se/identifier/personnummer",
    "http://electronichealth.se/identifier/samordningsnummer",
];

/// The OID of HSA ids.
const HSA: &str = "1.2.752.129.2.1.4.1";

/// The record of a `Procedure`.
pub(super) fn record<'v>(
    resource: &'v Value,
    context: &Context<'v>,
    row: u32,
) -> Result<Record, Wrong> {
    let state = text(resource, "/status").filter(|s| !s.is_empty());
    let state = state.and_then(cell::state).ok_or(wrong(
        "intervention/status",
        "/status",
        "expected completed, in-progress, not-done or entered-in-error: others are no intervention yet",
    ))?;
    let removed = state == State::Removed;
    let record_id = record_id(resource);
    let number = number(resource, context)?;
    let detail = match detail(resource, context, state) {
        Ok(detail) => Some(detail),
        Err(_) if removed && record_id.is_some() => None,
        Err(wrong) => return Err(wrong),
    };
    let (unit_id, care_provider_id) = places(resource, context);
    Ok(Record {
        row,
        record_id,
        number,
        detail,
        unit_id,
        care_provider_id,
        region: None,
        removed,
        updated: text(resource, "/meta/lastUpdated").and_then(cell::time),
        known: None,
    })
}

/// The first identifier with its system, else the id.
fn record_id(resource: &Value) -> Option<String> {
    let value = text(resource, "/identifier/0/value");
    let system = text(resource, "/identifier/0/system").unwrap_or("");
    value
        .map(|value| format!("{system}|{value}"))
        .or_else(|| text(resource, "/id").map(ToOwned::to_owned))
}

fn number<'v>(resource: &'v Value, context: &Context<'v>) -> Result<String, Wrong> {
    let missing = || {
        wrong(
            "intervention/person_number",
            "/subject",
            "expected an identifier with a personal number (1.2.752.129.2.1.3.1) or coordination number (….3.3), \
             there or in the patient that it refers to",
        )
    };
    let subject = resource.get("subject").ok_or_else(missing)?;
    let mut identifiers = context.identifiers(subject, resource);
    let identifier = identifiers
        .find(|identifier| text(identifier, "/system").is_some_and(|s| NUMBERS.contains(&s)))
        .ok_or_else(missing)?;
    let number = PersonalNumber::parse(text(identifier, "/value").unwrap_or(""));
    let number = number.map_err(|_| {
        wrong(
            "intervention/person_number",
            "/subject",
            "expected yyyymmddnnnn or yyyymmdd-nnnn, of a day that exists",
        )
    })?;
    Ok(number.digits().to_owned())
}

fn detail<'v>(resource: &'v Value, context: &Context<'v>, state: State) -> Result<Detail, Wrong> {
    let (code, code_system) = coding(resource)?;
    let (start, end) = performed(resource)?;
    Ok(Detail::Intervention {
        code,
        code_system,
        start,
        end,
        status: match state {
            State::Stands(status) => status,
            State::Removed => Status::Completed,
        },
        given_by: performer(resource, context),
    })
}

/// The KVÅ coding, else the first one that has a system.
fn coding(resource: &Value) -> Result<(String, String), Wrong> {
    let codings = resource.pointer("/code/coding").and_then(Value::as_array);
    let named = codings.into_iter().flatten().filter_map(|coding| {
        let system = text(coding, "/system").filter(|s| !s.is_empty())?;
        Some((text(coding, "/code")?, cell::code_system(system)?))
    });
    let mut named: Vec<(&str, String)> = named.collect();
    named.sort_by_key(|(_, system)| system != "KVÅ");
    let (code, system) = named.into_iter().next().ok_or(wrong(
        "intervention/code",
        "/code/coding",
        "expected a coding with system (KVÅ: urn:oid:1.2.752.116.1.3.2.1.4) and code",
    ))?;
    let code = cell::code(code, &system).ok_or(wrong(
        "intervention/code",
        "/code/coding",
        "expected a KVÅ code such as GC001, or in another system at most 20 letters and digits",
    ))?;
    Ok((code, system))
}

fn performed(resource: &Value) -> Result<(NaiveDate, Option<NaiveDate>), Wrong> {
    let fault = |pointer| {
        wrong(
            "intervention/start_date",
            pointer,
            "expected performedDateTime or performedPeriod with a whole day",
        )
    };
    let day = |pointer: &'static str| -> Result<Option<NaiveDate>, Wrong> {
        match text(resource, pointer) {
            None => Ok(None),
            Some(text) => cell::day(text).map(Some).ok_or_else(|| fault(pointer)),
        }
    };
    if let Some(start) = day("/performedDateTime")? {
        return Ok((start, None));
    }
    let start = day("/performedPeriod/start")?.ok_or_else(|| fault(""))?;
    let end = day("/performedPeriod/end")?;
    if end.is_some_and(|end| end < start) {
        return Err(wrong(
            "intervention/end_date",
            "/performedPeriod/end",
            "expected a last day that is not before the first",
        ));
    }
    Ok((start, end))
}

/// Profession, else HSA id, of the first performer.
fn performer<'v>(resource: &'v Value, context: &Context<'v>) -> Option<String> {
    let first = resource.pointer("/performer/0")?;
    let profession = text(first, "/function/coding/0/display")
        .or_else(|| text(first, "/function/text"))
        .or_else(|| text(first, "/function/coding/0/code"));
    let hsa = || hsa_id(first.get("actor")?, resource, context);
    profession
        .map(ToOwned::to_owned)
        .or_else(hsa)
        .as_deref()
        .and_then(giver)
}

/// HSA ids of unit and care provider: the location, or the organisation on whose behalf it was done.
fn places<'v>(resource: &'v Value, context: &Context<'v>) -> (String, String) {
    let of = |pointer: &str| {
        let reference = resource.pointer(pointer)?;
        hsa_id(reference, resource, context)
    };
    let behalf = of("/performer/0/onBehalfOf");
    match of("/location") {
        Some(location) => (location, behalf.unwrap_or_default()),
        None => (behalf.unwrap_or_default(), String::new()),
    }
}

fn hsa_id<'v>(reference: &'v Value, resource: &'v Value, context: &Context<'v>) -> Option<String> {
    let mut identifiers = context.identifiers(reference, resource);
    let found = identifiers.find(|identifier| {
        let system = text(identifier, "/system").unwrap_or("");
        system.trim_start_matches("urn:oid:") == HSA || system.ends_with("/hsaid")
    })?;
    Some(text(found, "/value")?.to_owned())
}
