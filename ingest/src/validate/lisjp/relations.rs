//! The rules between questions and parts of LISJP.

use super::SET;
use crate::decode::space::Space;
use crate::validate::answers::{Answer, Answers, Part};
use crate::validate::text::{matches_pattern, normalize, says_no, says_yes};
use crate::validate::{Findings, Rule};

const T: Space = Space::TYPES;
const REDUCED: [&str; 3] = ["TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"];

/// Answers and findings, with a short way to require.
struct Check<'s, 't, 'f, 'a, 'b> {
    answers: &'s Answers<'t>,
    out: &'f mut Findings<'a, 'b>,
}

pub(super) fn check<'t>(answers: &Answers<'t>, out: &mut Findings<'_, '_>) {
    let mut check = Check { answers, out };
    check.infection();
    for answer in &answers.all {
        match answer.id {
            "1" => check.basis(answer),
            "6" => check.diagnoses(answer),
            "26" => check.contact(answer),
            "28" => check.occupation(answer),
            "29" => check.current_work(answer),
            "32" => check.period(answer),
            "33" => check.working_hours(answer),
            "40" => check.measure(answer),
            _ => {}
        }
        // These look at parts, wherever they stand.
        check.reason(answer);
        check.prognosis(answer);
    }
    check.instances();
}

impl<'t> Check<'_, 't, '_, '_, '_> {
    fn require(&mut self, holds: bool, pattern: &'static str, at: u32, message: &str) {
        let rule = Rule::question(SET, pattern);
        self.out.require(holds, rule, at, || message.to_owned());
    }

    fn text(&self, part: Part<'_>) -> &str {
        self.answers.tree.text(part.at)
    }

    /// The codes of an answer's parts with an id, white space normalised.
    fn codes(&self, answer: &Answer<'t>, id: &str) -> Vec<String> {
        let codes = answer.with(id).flat_map(|p| self.answers.codes(p));
        codes.map(|c| normalize(c).into_owned()).collect()
    }

    /// Whether an earlier answer to the same question has the same code; an answer without a code compares as empty.
    fn repeats(&self, answer: &Answer<'t>, id: &str) -> bool {
        let mine = self.codes(answer, id).into_iter().next().unwrap_or_default();
        let mut earlier = self.answers.before(answer).flat_map(|a| self.codes(a, id));
        earlier.any(|code| code == mine)
    }

    /// 27: unless infection control is affirmed, the other blocks must be answered.
    fn infection(&mut self) {
        let everywhere = |id: &str| self.answers.all.iter().filter(|a| a.id == id).count();
        let needed = [
            (everywhere("1") >= 1, "'Grund för medicinskt underlag'"),
            (everywhere("28") >= 1, "'Typ av sysselsättning'"),
            (everywhere("35") == 1, "'Funktionsnedsättning'"),
            (everywhere("17") == 1, "'Aktivitetsbegränsningar'"),
            (everywhere("39") == 1, "'Prognos'"),
            (everywhere("40") >= 1, "'Arbetslivsinriktade åtgärder'"),
        ];
        let parts: Vec<Part<'_>> = self.answers.parts("27.1").collect();
        for part in parts {
            let affirmed = says_yes(self.text(part));
            for (answered, name) in needed {
                let message = format!("Intyget måste ange {name} om 'Om smittbärarpenning' inte är 'true'.");
                self.require(affirmed || answered, "27.1", part.at, &message);
            }
        }
    }

    /// 1: each kind of basis once.
    fn basis(&mut self, answer: &Answer<'t>) {
        let repeated = self.repeats(answer, "1.1");
        self.require(!repeated, "1", answer.at, "Samma 'Typ av grund' kan inte användas flera gånger.");
    }

    /// 1.1 and 1.3: which other basis, if and only if the basis is another.
    fn reason(&mut self, answer: &Answer<'t>) {
        let kinds = self.codes(answer, "1.1");
        let reasons: Vec<Part<'_>> = answer.with("1.3").collect();
        for part in &reasons {
            let other = kinds.iter().all(|k| k == "ANNAT");
            self.require(other, "1.3", part.at, "Om 'Typ av grund' inte är 'Annat' får 'Vilken annan grund' inte anges.");
        }
        if kinds.iter().any(|k| k == "ANNAT") {
            self.require(!reasons.is_empty(), "1.1-1.3", answer.at, "Om 'Typ av grund' är 'Annat' måste 'Vilken annan grund' anges.");
        }
    }

    /// 28: each occupation once; current work is described in 29.
    fn occupation(&mut self, answer: &Answer<'t>) {
        let repeated = self.repeats(answer, "28.1");
        self.require(!repeated, "28.1-R5", answer.at, "Varje 'Typ av sysselsättning' får bara förekomma en gång.");
        if self.codes(answer, "28.1").iter().any(|c| c == "NUVARANDE_ARBETE") {
            let described = self.siblings(answer, "29").count() == 1;
            self.require(described, "28.1-q29", answer.at, "Om sysselsättningen är nuvarande arbete måste 'Nuvarande arbete' besvaras.");
        }
    }

    /// 29: only with current work in 28.
    fn current_work(&mut self, answer: &Answer<'t>) {
        let answers = self.answers;
        let parts = answers.parts("28.1").flat_map(|p| answers.codes(p));
        let count = parts.filter(|c| normalize(c) == "NUVARANDE_ARBETE").count();
        self.require(count == 1, "28.1-q29", answer.at, "Om sysselsättningen inte är nuvarande arbete får 'Nuvarande arbete' inte besvaras.");
    }

    /// 6.3–6.6: text and code of a side diagnosis together, the second only after the first, one code system.
    fn diagnoses(&mut self, answer: &Answer<'t>) {
        let n = |id: &str| answer.count(id);
        let none_or_both = |a: usize, b: usize| (a == 1 && b == 1) || (a == 0 && b == 0);
        let first = none_or_both(n("6.3"), n("6.4"));
        self.require(first, "6.3-6.4", answer.at, "Både diagnoskod och diagnostext måste finnas för en bidiagnos.");
        let second = none_or_both(n("6.5"), n("6.6")) && (n("6.5") == 0 || n("6.3") == 1);
        self.require(second, "6.5-6.6-6.3", answer.at, "Bidiagnos 2 ska ha kod och text, och bidiagnos 1 måste finnas.");
        let system = |id: &str| {
            let tree = self.answers.tree;
            let values = answer.with(id).flat_map(|p| tree.named(p.at, T, "cv"));
            let mut systems = values.flat_map(|cv| tree.named(cv, T, "codeSystem"));
            let system = systems.next().map(|s| normalize(tree.text(s)).into_owned());
            system.unwrap_or_default()
        };
        let main = system("6.2");
        let same = matches_pattern(&main, &system("6.4")) && matches_pattern(&main, &system("6.6"));
        self.require(same, "6.2-6.4-6.6-R12", answer.at, "Huvuddiagnos och bidiagnoser ska ha samma kodverk.");
    }

    /// 26: a reason only when contact is wanted.
    fn contact(&mut self, answer: &Answer<'t>) {
        let denied = answer.with("26.1").any(|p| says_no(self.text(p)));
        let holds = !denied || answer.count("26.2") == 0;
        self.require(holds, "26.1-26.2", answer.at, "Om 'Kontakt önskas' är nej får 'Motivering av kontakt' inte anges.");
    }

    /// 32: each degree once, periods apart (they may share a day), and working hours for a reduced degree.
    fn period(&mut self, answer: &Answer<'t>) {
        let repeated = self.repeats_any(answer);
        self.require(!repeated, "32.1-R22", answer.at, "Varje 'Sjukskrivningsnivå' får bara förekomma en gång.");
        let (start, end) = self.bounds(answer).into_iter().next().unwrap_or_default();
        let answers = self.answers;
        let mut earlier = answers.before(answer).flat_map(|a| self.bounds(a));
        let overlaps = earlier.any(|(s, e)| s < end && e > start);
        self.require(!overlaps, "32", answer.at, "Två 'perioder' kan inte vara överlappande.");
        if self.codes(answer, "32.1").iter().any(|c| REDUCED.contains(&c.as_str())) {
            let planned = self.siblings(answer, "33").count() == 1;
            let infection = answers.parts("27.1").any(|p| says_yes(self.text(p)));
            self.require(planned || infection, "32.1-33", answer.at, "Om 'Sjukskrivningsnivå' är tre fjärdedelar, hälften eller en fjärdedel måste 'Arbetstidsförläggning' anges.");
        }
    }

    /// First and last day of an answer's periods, as written.
    fn bounds(&self, answer: &Answer<'t>) -> Vec<(String, String)> {
        let tree = self.answers.tree;
        let periods = answer.with("32.2").flat_map(|p| tree.named(p.at, T, "datePeriod"));
        let text = |period, name| {
            let day = tree.child(period, T, name);
            day.map(|d| normalize(tree.text(d)).into_owned()).unwrap_or_default()
        };
        periods.map(|p| (text(p, "start"), text(p, "end"))).collect()
    }

    /// As the official rule: earlier answers' degree against any code of this answer.
    fn repeats_any(&self, answer: &Answer<'t>) -> bool {
        let mut codes = answer.parts.iter().flat_map(|p| self.answers.codes(*p));
        let mine = codes.next().map(|c| normalize(c).into_owned()).unwrap_or_default();
        let id = if answer.id == "40" { "40.1" } else { "32.1" };
        let mut earlier = self.answers.before(answer).flat_map(|a| self.codes(a, id));
        earlier.any(|code| code == mine)
    }

    /// 33: only with a reduced degree; a reason if and only if hours are laid out otherwise.
    fn working_hours(&mut self, answer: &Answer<'t>) {
        let periods: Vec<&Answer<'_>> = self.siblings(answer, "32").collect();
        let degrees = periods.iter().flat_map(|a| self.codes(a, "32.1"));
        let reduced = degrees.filter(|c| REDUCED.contains(&c.as_str())).count();
        self.require(reduced >= 1, "32.1-33.1-R26", answer.at, "'Arbetstidsförläggning' ska bara besvaras om 'Sjukskrivningsnivå' är lägre än helt nedsatt.");
        let parts: Vec<Part<'_>> = answer.with("33.1").collect();
        let reasons = answer.count("33.2");
        for part in parts {
            if says_yes(self.text(part)) {
                self.require(reasons >= 1, "33.1-33.2", part.at, "Om 'Om arbetstidsförläggning' är 'true' måste motivering anges.");
            } else if says_no(self.text(part)) {
                self.require(reasons == 0, "33.1-33.2", part.at, "Om 'Om arbetstidsförläggning' är 'false' får motivering inte anges.");
            }
        }
    }

    /// 39: a number of days if and only if the prognosis is return within some days.
    fn prognosis(&mut self, answer: &Answer<'t>) {
        let days = answer.count("39.3");
        for code in self.codes(answer, "39.1") {
            if code == "ATER_X_ANTAL_DGR" {
                self.require(days >= 1, "39.1-39.3", answer.at, "Om prognosen är ATER_X_ANTAL_DGR måste antal dagar anges.");
            } else {
                self.require(days == 0, "39.1-39.3", answer.at, "Om prognosen inte är ATER_X_ANTAL_DGR får antal dagar inte anges.");
            }
        }
    }

    /// 40: each measure once, none beside "not relevant", and then no description in 44.
    fn measure(&mut self, answer: &Answer<'t>) {
        const NONE: &str = "EJ_AKTUELLT";
        let answers = self.answers;
        // Compared as written, without normalising, as the official rule does.
        let raw = |a: &Answer<'t>| -> Vec<&str> {
            a.with("40.1").flat_map(|p| answers.codes(p)).collect()
        };
        let mine = raw(answer);
        let earlier: Vec<&str> = answers.before(answer).flat_map(raw).collect();
        let clash = (earlier.iter().any(|c| *c != NONE) && mine.contains(&NONE))
            || (earlier.contains(&NONE) && mine.iter().any(|c| *c != NONE));
        self.require(!clash, "40", answer.at, "'Inte aktuellt' kan inte kombineras med andra svar.");
        let repeated = self.repeats_any(answer);
        self.require(!repeated, "40.1-R29", answer.at, "Varje åtgärd får bara förekomma en gång.");
        if mine.iter().any(|c| normalize(c) == NONE) {
            let described = self.siblings(answer, "44").next().is_some();
            self.require(!described, "40.1-44", answer.at, "Om åtgärden är 'EJ_AKTUELLT' får beskrivning av åtgärder inte anges.");
        }
    }

    /// Instance numbers are at least 1.
    fn instances(&mut self) {
        let tree = self.answers.tree;
        for id in tree.ids().filter(|id| tree.get(*id).is(Space::CORE, "instans")) {
            let number = tree.text(id).trim().parse::<f64>();
            let rule = Rule::new(SET, "instans-pattern");
            self.out.require(number.is_ok_and(|n| n >= 1.0), rule, id, || {
                "'Instans' måste vara större än 0.".to_owned()
            });
        }
    }

    /// The answers to a question under the same parent.
    fn siblings<'s>(
        &self,
        answer: &Answer<'t>,
        question: &'s str,
    ) -> impl Iterator<Item = &'s Answer<'t>> + use<'s, 't, '_>
    where
        Self: 's,
    {
        let parent = answer.parent;
        self.answers.all.iter().filter(move |a| a.parent == parent && a.id == question)
    }
}
