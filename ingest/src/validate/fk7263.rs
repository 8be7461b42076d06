//! FK 7263 as RegisterCertificate: the official rule set `fk7263sit` (Inera), restated.

use super::answers::Answers;
use super::structure::is_date;
use super::text::normalize;
use super::{Findings, Rule};
use crate::decode::space::Space;

const SET: &str = "fk7263sit";
const T: Space = Space::TYPES;
const DEGREES: [&str; 4] = ["HELT_NEDSATT", "TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"];

pub(super) fn check(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    certificate(answers, out);
    for answer in answers.all.iter().filter(|a| a.id == "32") {
        let rule = Rule::new(SET, "q32");
        out.require(answer.count("32.1") == 1, rule, answer.at, || {
            "'Sjukskrivning' måste ha en 'grad'.".to_owned()
        });
        out.require(answer.count("32.2") == 1, rule, answer.at, || {
            "'Sjukskrivning' måste ha en 'period'.".to_owned()
        });
    }
    degrees(answers, out);
    periods(answers, out);
}

fn certificate(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    let rule = Rule::new(SET, "intyg");
    out.require(answers.count("32") >= 1, rule, answers.certificate, || {
        "Ett intyg måste ha minst ett 'Behov av sjukskrivning'.".to_owned()
    });
}

fn degrees(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    let tree = answers.tree;
    let rule = Rule::new(SET, "q32.1");
    for part in answers.parts("32.1") {
        let values: Vec<_> = tree.named(part.at, T, "cv").collect();
        let all = |name: &str| -> Vec<&str> {
            let of = |cv: &u32| {
                tree.named(*cv, T, name)
                    .map(|e| tree.text(e))
                    .collect::<Vec<_>>()
            };
            values.iter().flat_map(of).collect()
        };
        let (systems, codes) = (all("codeSystem"), all("code"));
        let mut require = |holds: bool, message: &str| {
            out.require(holds, rule, part.at, || message.to_owned());
        };
        require(
            values.len() == 1,
            "Ett värde av typen CV måste ha ett cv-element.",
        );
        require(systems.len() == 1, "codeSystem är obligatoriskt.");
        require(codes.len() == 1, "code är obligatoriskt.");
        require(
            systems.contains(&"KV_FKMU_0003"),
            "'codeSystem' måste vara 'KV_FKMU_0003'.",
        );
        let known = codes
            .first()
            .is_some_and(|code| DEGREES.contains(&&*normalize(code)));
        require(
            known,
            "'Sjukskrivningsnivå' måste vara en av HELT_NEDSATT, TRE_FJARDEDEL, HALFTEN, EN_FJARDEDEL.",
        );
    }
}

/// Both ends are dates; their order is not looked at.
fn periods(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    let tree = answers.tree;
    let rule = Rule::new(SET, "q32.2");
    for part in answers.parts("32.2") {
        let periods: Vec<_> = tree.named(part.at, T, "datePeriod").collect();
        out.require(!periods.is_empty(), rule, part.at, || {
            "En period måste inneslutas av ett 'datePeriod'-element.".to_owned()
        });
        for (element, name) in [("start", "from"), ("end", "tom")] {
            let found: Vec<_> = periods
                .iter()
                .flat_map(|p| tree.named(*p, T, element))
                .collect();
            let holds = matches!(found[..], [id] if is_date(tree.text(id)));
            out.require(holds, rule, part.at, || {
                format!("'{name}' måste vara ett giltigt datum.")
            });
        }
    }
}
