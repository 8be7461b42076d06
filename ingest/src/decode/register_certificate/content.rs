//! The answers of the sick-leave forms: which part of which form says what.

use frisk_codes::{CertificateType, Degree, PrognosisDays};

use crate::certificate::{Certificate, Diagnosis, Prognosis, Reduction, SickPeriod};
use crate::decode::space::Space;
use crate::diagnosis_code;
use crate::validate::answers::{Answer, Answers, Part};
use crate::validate::structure::parse_date;

const T: Space = Space::TYPES;

/// The ids of a form's parts; an empty id where the form does not ask.
#[derive(Default)]
struct Form {
    /// Main diagnosis first.
    diagnoses: &'static [&'static str],
    based_on: &'static str,
    occupations: &'static str,
    /// Question, degree, period.
    periods: [&'static str; 3],
    /// Question, percentage, period.
    reductions: [&'static str; 3],
    /// Prognosis, days.
    prognosis: [&'static str; 2],
    measures: &'static str,
    infection_control: &'static str,
}

/// LISJP and AG7804 share their questions; FK7263 as RegisterCertificate uses some of them.
const SICK_LEAVE: Form = Form {
    diagnoses: &["6.2", "6.4", "6.6"],
    based_on: "1.1",
    occupations: "28.1",
    periods: ["32", "32.1", "32.2"],
    reductions: [""; 3],
    prognosis: ["39.1", "39.3"],
    measures: "40.1",
    infection_control: "27.1",
};

const NO_FORM: Form = Form {
    diagnoses: &[],
    based_on: "",
    occupations: "",
    periods: [""; 3],
    reductions: [""; 3],
    prognosis: [""; 2],
    measures: "",
    infection_control: "",
};

/// LUSE, LUAE_NA and LUAE_FS.
const STATEMENT: Form = Form {
    diagnoses: &["6.2", "6.4", "6.6"],
    based_on: "1.1",
    ..NO_FORM
};

const AG114: Form = Form {
    diagnoses: &["4.2"],
    based_on: "10.1",
    occupations: "1.1",
    reductions: ["7", "7.1", "7.2"],
    ..NO_FORM
};

const AF00251: Form = Form {
    based_on: "1.1",
    reductions: ["6", "6.1", "6.2"],
    ..NO_FORM
};

/// Fills in what the form of the certificate's type says.
pub(super) fn fill(certificate: &mut Certificate, answers: &Answers<'_>) {
    let form = match certificate.kind {
        CertificateType::Lisjp | CertificateType::Ag7804 | CertificateType::Fk7263 => SICK_LEAVE,
        CertificateType::Luse | CertificateType::LuaeNa | CertificateType::LuaeFs => STATEMENT,
        CertificateType::Ag114 => AG114,
        CertificateType::Af00251 => AF00251,
        _ => return,
    };
    certificate.diagnoses = diagnoses(answers, form.diagnoses);
    certificate.based_on = codes(answers, form.based_on);
    certificate.occupations = codes(answers, form.occupations);
    certificate.periods = periods(answers, form.periods);
    certificate.reductions = reductions(answers, form.reductions);
    certificate.prognosis = prognosis(answers, form.prognosis);
    certificate.measures = codes(answers, form.measures);
    let yes = |p: Part<'_>| matches!(answers.tree.text(p.at).trim(), "1" | "true");
    certificate.infection_control = answers.parts(form.infection_control).any(yes);
}

fn diagnoses(answers: &Answers<'_>, ids: &[&'static str]) -> Vec<Diagnosis> {
    let tree = answers.tree;
    let parts = ids.iter().flat_map(|id| answers.parts(id));
    let values = parts.filter_map(|part| {
        let cv = tree.child(part.at, T, "cv")?;
        let code = diagnosis_code(tree.text_at(cv, &[(T, "code")]));
        let system = tree.text_at(cv, &[(T, "codeSystem")]).to_owned();
        (!code.is_empty()).then_some(Diagnosis { code, system })
    });
    values.collect()
}

fn periods(answers: &Answers<'_>, [question, degree, period]: [&str; 3]) -> Vec<SickPeriod> {
    let periods = answers.to(question).filter_map(|answer| {
        let code = answers.codes_of(answer, degree).next()?;
        let (start, end) = days(answers, answer, period)?;
        Some(SickPeriod {
            start,
            end,
            degree: Degree::from_fkmu_code(code.trim())?,
        })
    });
    periods.collect()
}

fn reductions(answers: &Answers<'_>, [question, percent, period]: [&str; 3]) -> Vec<Reduction> {
    let reductions = answers.to(question).filter_map(|answer| {
        let part = answer.with(percent).next()?;
        let value = answers.tree.text_at(part.at, &[(T, "pq"), (T, "value")]);
        let (start, end) = days(answers, answer, period)?;
        Some(Reduction {
            start,
            end,
            percent: crate::decode::percent(value)?,
        })
    });
    reductions.collect()
}

/// First and last day of an answer's period.
fn days(
    answers: &Answers<'_>,
    answer: &Answer<'_>,
    part: &str,
) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let part = answer.with(part).next()?;
    let period = answers.tree.child(part.at, T, "datePeriod")?;
    let day = |name| parse_date(answers.tree.text(answers.tree.child(period, T, name)?));
    Some((day("start")?, day("end")?))
}

/// The codes of a part; those of an older list are given by their present name.
fn codes(answers: &Answers<'_>, part: &str) -> Vec<String> {
    let codes = answers.parts(part).flat_map(|p| answers.codes(p));
    let present = codes.map(|c| match c.trim() {
        "ARBETSMARKNADSPROGRAM" => "PROGRAM",
        code => code,
    });
    present.map(str::to_owned).collect()
}

fn prognosis(answers: &Answers<'_>, [code, days]: [&str; 2]) -> Option<Prognosis> {
    let code = codes(answers, code).into_iter().next()?;
    let days = codes(answers, days).into_iter().next();
    let days = days.and_then(|d| PrognosisDays::from_code(&d));
    Some(Prognosis {
        code,
        days: days.map(PrognosisDays::days),
    })
}
