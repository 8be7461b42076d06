use frisk_codes::{MessageSubject, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, UnitColumn, category,
};
use crate::TypeChoice;

/// What a completion is asked about, and the numbers of the form's questions on it, in report order.
///
/// Source: conformance kit §16.
const QUESTIONS: [(&[u16], Text); 16] = [
    (
        &[17],
        Text::new("Aktivitetsbegränsning", "Activity limitation"),
    ),
    (
        &[40, 44],
        Text::new(
            "Arbetslivsinriktade åtgärder",
            "Measures for return to work",
        ),
    ),
    (
        &[33],
        Text::new("Arbetstidsförläggning", "Distribution of working hours"),
    ),
    (&[34], Text::new("Arbetsresor", "Travel to work")),
    (
        &[32, 37],
        Text::new(
            "Bedömning av patientens nedsättning av arbetsförmåga",
            "Assessment of reduced work capacity",
        ),
    ),
    (&[6], Text::new("Diagnos(er)", "Diagnosis")),
    (&[35], Text::new("Funktionsnedsättning", "Impairment")),
    (
        &[1],
        Text::new("Intyget baseras på", "Basis of the certificate"),
    ),
    (
        &[26],
        Text::new(
            "Kontakt med Försäkringskassan",
            "Contact with Försäkringskassan",
        ),
    ),
    (
        &[29],
        Text::new("Nuvarande yrke och arbetsuppgifter", "Occupation and tasks"),
    ),
    (
        &[20],
        Text::new(
            "Planerade medicinska behandlingar/åtgärder",
            "Planned medical treatment",
        ),
    ),
    (
        &[39],
        Text::new("Prognos för arbetsförmåga", "Prognosis of work capacity"),
    ),
    (
        &[19],
        Text::new(
            "Pågående medicinska behandlingar/åtgärder",
            "Ongoing medical treatment",
        ),
    ),
    (
        &[27],
        Text::new("Smittbärarpenning", "Infection carrier's allowance"),
    ),
    (&[28], Text::new("Sysselsättning", "Occupation status")),
    (&[25], Text::new("Övriga upplysningar", "Other information")),
];

/// Completion requests by the question that they ask about. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "kompletteringar_per_fraga",
        title: Text::new(
            "Kompletteringar per fråga",
            "Completion requests by question",
        ),
        definition: Text::new(
            "Antal frågor i begäran om komplettering av läkarintyg för sjukpenning, per fråga i intyget, efter den månad då intyget signerades. En fråga räknas var gång den ställs.",
            "Number of questions in completion requests about sick-leave certificates, by question of the form, by the month in which the certificate was signed. A question counts each time it is asked.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let questions = QUESTIONS.iter().map(|(numbers, label)| {
            let numbers: Vec<String> = numbers.iter().map(u16::to_string).collect();
            category(&numbers.join("-"), *label)
        });
        Grouping::new(
            "question",
            Text::new("Fråga", "Question"),
            questions.collect(),
        )
    },
    count: Count::Messages {
        units: UnitColumn::Unit,
        place: |message, at, groups| {
            let kind = message.certificate.kind;
            let chosen = match &at.context.question.filter.types {
                // The form is one: FK 7263 and FK 7804 are chosen together.
                TypeChoice::Only(kinds) => kinds.iter().any(|kind| kind.makes_sick_cases()),
                TypeChoice::Usual | TypeChoice::Any => true,
            };
            if message.subject != MessageSubject::Completion || !kind.makes_sick_cases() || !chosen
            {
                return;
            }
            for question in &message.questions {
                let place = QUESTIONS
                    .iter()
                    .position(|(numbers, _)| numbers.contains(question));
                place.into_iter().for_each(|place| groups.add_again(place));
            }
        },
    },
    denominator: Denominator::None,
};
