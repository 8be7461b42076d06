//! A given row as a real document. Source of the columns: the kit's §4.1.

mod fk7263_json;
mod forms;
mod register_certificate;
mod revoke_certificate;
mod send_message;
mod sent_event;
mod xml;

use chrono::NaiveDate;
use frisk_codes::Degree;
use frisk_ingest::Document;

use super::{
    catalogue::provider_of,
    values::{Row, filled, number, text},
};

/// A period of a row; dates as written, for a document may be wrong on purpose.
#[derive(Debug, Clone)]
struct Period {
    start: String,
    end: String,
    degree: Option<Degree>,
}

/// What a row says about its certificate, defaults filled in.
#[derive(Debug, Clone)]
struct Certificate {
    id: String,
    /// Type code in the document.
    kind: String,
    person: String,
    /// `None` = no diagnosis.
    diagnosis: Option<String>,
    periods: Vec<Period>,
    unit: String,
    care_provider: String,
    doctor: String,
    signed: String,
    impairment: String,
    limitation: String,
}

/// What a row says about a message, defaults filled in.
#[derive(Debug, Clone)]
struct Message {
    id: String,
    certificate: String,
    person: String,
    subject: String,
    sent: String,
    /// Numbers of the questions that it asks about.
    questions: Vec<String>,
}

/// The document of a message's row. Source: the kit's §4.3.
pub(super) fn message(row: &Row, serial: usize, today: NaiveDate) -> Document {
    let or =
        |column: &str, default: &str| filled(row, column).unwrap_or_else(|| default.to_owned());
    let message = Message {
        id: format!("message-{serial}"),
        certificate: or("intygsid", ""),
        person: or("personnr", DEFAULT_PERSON),
        subject: or("ämne", "KOMPLT"),
        sent: or("skickat", &format!("{today}T00:00:00")),
        questions: (or("frågeid", "").split(',').map(|id| id.trim().to_owned()))
            .filter(|id| !id.is_empty())
            .collect(),
    };
    Document::new(
        format!("row-{serial}"),
        send_message::write(&message).into_bytes(),
    )
}

/// The document that says that a row's certificate was sent. Source: the kit's §4.4.
pub(super) fn sent(row: &Row, serial: usize, today: NaiveDate) -> Document {
    let of = |column: &str| text(row, column).unwrap_or_default();
    let time = format!("{today}T00:00:00");
    let body = sent_event::write(
        &format!("event-{serial}"),
        &of("intygid"),
        &of("mottagare"),
        &time,
    );
    Document::new(format!("row-{serial}"), body.into_bytes())
}

/// The person of a row that names none. Source: the kit's §4.1.
const DEFAULT_PERSON: &str = "19790407-1295";

/// The document of a row. `serial` numbers the rows of the case and makes ids where the row has none.
pub(super) fn of(row: &Row, serial: usize, today: NaiveDate) -> Document {
    let format = filled(row, "intygformat").unwrap_or_else(|| "FK7263SIT".to_owned());
    let format = format.to_ascii_lowercase();
    let certificate = certificate(row, &format, serial, today);
    let revoked = text(row, "händelsetyp").is_some_and(|event| event == "REVOKED");
    let body = if format.starts_with("felaktigt") {
        // Cut off in the middle: nobody can parse it.
        "{\"id\": \"".to_owned()
    } else if revoked {
        revoke_certificate::write(&certificate)
    } else if format == "nyttjson" {
        fk7263_json::write(&certificate)
    } else {
        register_certificate::write(&certificate)
    };
    Document::new(format!("row-{serial}"), body.into_bytes())
}

fn certificate(row: &Row, format: &str, serial: usize, today: NaiveDate) -> Certificate {
    let or = |column: &str, default: &str| text(row, column).unwrap_or_else(|| default.to_owned());
    Certificate {
        id: filled(row, "intygid").unwrap_or_else(|| format!("row-{serial}")),
        kind: filled(row, "intygstyp").unwrap_or_else(|| kind(format)),
        person: or("personnr", DEFAULT_PERSON),
        diagnosis: match or("diagnoskod", "A01").as_str() {
            "NULLDIAGNOSKOD" | "UTANDIAGNOSKOD" => None,
            code => Some(code.to_owned()),
        },
        periods: periods(row),
        unit: match or("enhet", "").as_str() {
            "UTANENHETSID" => String::new(),
            // An id that is empty when compared, but not to the schema.
            "" => " ".to_owned(),
            unit => unit.to_owned(),
        },
        care_provider: provider_of(row),
        doctor: or("läkare", "Personal HSA-ID"),
        signed: filled(row, "signeringstid").unwrap_or_else(|| format!("{today}T00:00:00")),
        impairment: or("funktionsnedsättning", "Nedsatt funktion"),
        limitation: or("aktivitetsbegränsning", "Begränsad aktivitet"),
    }
}

fn kind(format: &str) -> String {
    match format {
        "fk7263sit" | "nyttjson" => "FK7263".to_owned(),
        "tstrk1007-oldformat" => "TSTRK1007".to_owned(),
        "tstrk1031-v2" | "tstrk1031-v3" => "TSTRK1031".to_owned(),
        "ag1-14" => "AG114".to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

fn periods(row: &Row) -> Vec<Period> {
    let or = |column: &str, default: &str| text(row, column).unwrap_or_else(|| default.to_owned());
    let degree = |column: &str| match number(row, column) {
        Some(capacity) => u8::try_from(100 - capacity)
            .ok()
            .and_then(Degree::from_percent),
        None => Some(Degree::Full),
    };
    let mut periods = vec![Period {
        start: or("start", "2013-08-20"),
        end: or("slut", "2016-12-09"),
        degree: degree("arbetsförmåga"),
    }];
    if number(row, "arbetsförmåga2").is_some() {
        periods.push(Period {
            start: or("start2", ""),
            end: or("slut2", ""),
            degree: degree("arbetsförmåga2"),
        });
    }
    periods
}
