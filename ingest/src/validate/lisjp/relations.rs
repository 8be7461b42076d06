//! The rules between the answers of LISJP: repeated codes, overlaps, what one answer asks of another.

use super::SET;
use crate::decode::space::Space;
use crate::validate::answers::{Answer, Answers, Part};
use crate::validate::text::{matches_pattern, normalize, says_yes};
use crate::validate::{Findings, Rule};

const T: Space = Space::TYPES;
pub(super) const REDUCED: [&str; 3] = ["TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"];

/// Answers and findings, with a short way to require.
pub(super) struct Check<'s, 't, 'f, 'a, 'b> {
    pub(super) answers: &'s Answers<'t>,
    pub(super) out: &'f mut Findings<'a, 'b>,
}

pub(super) fn check(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    let mut check = Check { answers, out };
    for answer in &answers.all {
        match answer.id {
            "1" => check.once(
                answer,
                "1.1",
                "1",
                "Samma 'Typ av grund' kan inte användas flera gånger.",
            ),
            "6" => check.diagnoses(answer),
            "28" => check.once(
                answer,
                "28.1",
                "28.1-R5",
                "Varje 'Typ av sysselsättning' får bara förekomma en gång.",
            ),
            "29" => check.current_work(answer),
            "32" => check.period(answer),
            "33" => check.working_hours(answer),
            "40" => check.measure(answer),
            _ => {}
        }
        for part in &answer.parts {
            check.part(answer, *part);
        }
    }
    check.instances();
}

impl<'s, 't> Check<'s, 't, '_, '_, '_> {
    pub(super) fn require(&mut self, holds: bool, pattern: &'static str, at: u32, message: &str) {
        let rule = Rule::question(SET, pattern);
        self.out.require(holds, rule, at, || message.to_owned());
    }

    /// Each code once over the answers to a question. An answer without a code compares as empty, as in the official rule.
    fn once(&mut self, answer: &'s Answer<'t>, id: &'s str, pattern: &'static str, message: &str) {
        let answers = self.answers;
        let mine = answers.codes_of(answer, id).next().unwrap_or_default();
        self.not_before(answer, id, pattern, mine, message);
    }

    /// No earlier answer to the question has the code.
    fn not_before(
        &mut self,
        answer: &'s Answer<'t>,
        id: &'s str,
        pattern: &'static str,
        code: &str,
        message: &str,
    ) {
        let answers = self.answers;
        if answers.before(answer).next().is_none() {
            return;
        }
        let code = normalize(code);
        let mut earlier = answers.before(answer).flat_map(|a| answers.codes_of(a, id));
        let repeated = earlier.any(|c| normalize(c) == code);
        self.require(!repeated, pattern, answer.at, message);
    }

    /// 29: only with current work in 28.
    fn current_work(&mut self, answer: &Answer<'t>) {
        let answers = self.answers;
        let codes = answers.parts("28.1").flat_map(|p| answers.codes(p));
        let count = codes.filter(|c| normalize(c) == "NUVARANDE_ARBETE").count();
        let message =
            "Om sysselsättningen inte är nuvarande arbete får 'Nuvarande arbete' inte besvaras.";
        self.require(count == 1, "28.1-q29", answer.at, message);
    }

    /// 6.3–6.6: text and code of a side diagnosis together, the second only after the first, one code system.
    fn diagnoses(&mut self, answer: &Answer<'t>) {
        let n = |id: &str| answer.count(id);
        let none_or_both = |a: usize, b: usize| (a == 1 && b == 1) || (a == 0 && b == 0);
        let first = none_or_both(n("6.3"), n("6.4"));
        let message = "Både diagnoskod och diagnostext måste finnas för en bidiagnos.";
        self.require(first, "6.3-6.4", answer.at, message);
        let second = none_or_both(n("6.5"), n("6.6")) && (n("6.5") == 0 || n("6.3") == 1);
        let message = "Bidiagnos 2 ska ha kod och text, och bidiagnos 1 måste finnas.";
        self.require(second, "6.5-6.6-6.3", answer.at, message);
        let tree = self.answers.tree;
        let system = |id: &str| {
            let part = answer.with(id).next();
            let value = part.and_then(|p| tree.child(p.at, T, "cv"));
            let system = value.and_then(|cv| tree.child(cv, T, "codeSystem"));
            system.map(|s| normalize(tree.text(s))).unwrap_or_default()
        };
        let main = system("6.2");
        let same = matches_pattern(&main, &system("6.4")) && matches_pattern(&main, &system("6.6"));
        let message = "Huvuddiagnos och bidiagnoser ska ha samma kodverk.";
        self.require(same, "6.2-6.4-6.6-R12", answer.at, message);
    }

    /// 32: each degree once, periods apart; they may share a day.
    fn period(&mut self, answer: &'s Answer<'t>) {
        let answers = self.answers;
        // The official rule takes the code of any part here, not only of 32.1.
        let mine = answers.any_codes(answer).next().unwrap_or_default();
        let message = "Varje 'Sjukskrivningsnivå' får bara förekomma en gång.";
        self.not_before(answer, "32.1", "32.1-R22", mine, message);
        let [start, end] = self.bounds(answer).next().unwrap_or_default();
        let mut earlier = answers.before(answer).flat_map(|a| self.bounds(a));
        let overlaps =
            earlier.any(|[s, e]| normalize(s) < normalize(end) && normalize(e) > normalize(start));
        self.require(
            !overlaps,
            "32",
            answer.at,
            "Två 'perioder' kan inte vara överlappande.",
        );
    }

    /// First and last day of an answer's periods, as written.
    fn bounds(&self, answer: &'s Answer<'t>) -> impl Iterator<Item = [&'t str; 2]> + use<'s, 't> {
        let tree = self.answers.tree;
        let parts = answer.with("32.2");
        let periods = parts.flat_map(move |p| tree.named(p.at, T, "datePeriod"));
        periods.map(move |period| {
            ["start", "end"]
                .map(|name| tree.child(period, T, name).map_or("", |day| tree.text(day)))
        })
    }

    /// 33: only with a reduced degree.
    fn working_hours(&mut self, answer: &'s Answer<'t>) {
        let answers = self.answers;
        let mut degrees = answers
            .beside(answer, "32")
            .flat_map(|a| answers.codes_of(a, "32.1"));
        let reduced = degrees.any(|c| REDUCED.contains(&&*normalize(c)));
        let message = "'Arbetstidsförläggning' ska bara besvaras om 'Sjukskrivningsnivå' är lägre än helt nedsatt.";
        self.require(reduced, "32.1-33.1-R26", answer.at, message);
    }

    /// 40: each measure once, none beside "not relevant".
    fn measure(&mut self, answer: &'s Answer<'t>) {
        const NONE: &str = "EJ_AKTUELLT";
        let answers = self.answers;
        if answers.before(answer).next().is_none() {
            return;
        }
        // Compared as written here, white space and all, as the official rule does.
        let mine = |none: bool| {
            answers
                .codes_of(answer, "40.1")
                .any(|c| (c == NONE) == none)
        };
        let earlier = |none: bool| {
            let mut codes = answers
                .before(answer)
                .flat_map(|a| answers.codes_of(a, "40.1"));
            codes.any(|c| (c == NONE) == none)
        };
        let clash = (earlier(false) && mine(true)) || (earlier(true) && mine(false));
        let message = "'Inte aktuellt' kan inte kombineras med andra svar.";
        self.require(!clash, "40", answer.at, message);
        let code = answers.any_codes(answer).next().unwrap_or_default();
        let message = "Varje åtgärd får bara förekomma en gång.";
        self.not_before(answer, "40.1", "40.1-R29", code, message);
    }

    /// Instance numbers are at least 1.
    fn instances(&mut self) {
        let tree = self.answers.tree;
        let instances = tree
            .ids()
            .filter(|id| tree.get(*id).is(Space::CORE, "instans"));
        for id in instances {
            let number = tree.text(id).trim().parse::<f64>();
            let rule = Rule::new(SET, "instans-pattern");
            self.out
                .require(number.is_ok_and(|n| n >= 1.0), rule, id, || {
                    "'Instans' måste vara större än 0.".to_owned()
                });
        }
    }

    pub(super) fn affirms(&self, part: Part<'_>) -> bool {
        says_yes(self.answers.tree.text(part.at))
    }
}
