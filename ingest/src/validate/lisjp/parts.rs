//! What a part of LISJP asks of others: a reason, a description, another answer. Parts count wherever they stand.

use super::relations::{Check, REDUCED};
use crate::validate::answers::{Answer, Part};
use crate::validate::text::{normalize, says_no};

impl<'s, 't> Check<'s, 't, '_, '_, '_> {
    pub(super) fn part(&mut self, answer: &'s Answer<'t>, part: Part<'s>) {
        match part.id {
            "1.1" => self.other_basis(answer, part),
            "1.3" => self.no_other_basis(answer, part),
            "26.1" => self.contact(answer, part),
            "27.1" => self.infection(part),
            "28.1" => self.occupation(answer, part),
            "32.1" => self.degree(answer, part),
            "33.1" => self.laid_out(answer, part),
            "39.1" => self.prognosis(answer, part),
            "40.1" => self.no_measure(answer, part),
            _ => {}
        }
    }

    fn says(&self, part: Part<'s>, of: &[&str]) -> bool {
        self.answers
            .codes(part)
            .any(|c| of.contains(&&*normalize(c)))
    }

    /// 1.1: another basis must be named in 1.3.
    fn other_basis(&mut self, answer: &Answer<'t>, part: Part<'s>) {
        let holds = !self.says(part, &["ANNAT"]) || answer.count("1.3") >= 1;
        let message = "Om 'Typ av grund' är 'Annat' måste 'Vilken annan grund' anges.";
        self.require(holds, "1.1-1.3", part.at, message);
    }

    /// 1.3: only for another basis.
    fn no_other_basis(&mut self, answer: &'s Answer<'t>, part: Part<'s>) {
        let mut kinds = self.answers.codes_of(answer, "1.1");
        let holds = kinds.all(|c| normalize(c) == "ANNAT");
        let message = "Om 'Typ av grund' inte är 'Annat' får 'Vilken annan grund' inte anges.";
        self.require(holds, "1.3", part.at, message);
    }

    /// 26.1: a reason only when contact is wanted.
    fn contact(&mut self, answer: &Answer<'t>, part: Part<'s>) {
        let denied = says_no(self.answers.tree.text(part.at));
        let message = "Om 'Kontakt önskas' är nej får 'Motivering av kontakt' inte anges.";
        self.require(
            !denied || answer.count("26.2") == 0,
            "26.1-26.2",
            part.at,
            message,
        );
    }

    /// 27.1: unless infection control is affirmed, the other blocks must be answered.
    fn infection(&mut self, part: Part<'s>) {
        let affirmed = self.affirms(part);
        let answers = self.answers;
        let count = |id: &str| answers.all.iter().filter(|a| a.id == id).count();
        let needed = [
            (
                count("1") >= 1,
                "Intyget måste ange 'Grund för medicinskt underlag' om smittbärarpenning inte gäller.",
            ),
            (
                count("28") >= 1,
                "Intyget måste ange 'Typ av sysselsättning' om smittbärarpenning inte gäller.",
            ),
            (
                count("35") == 1,
                "Intyget måste ange 'Funktionsnedsättning' om smittbärarpenning inte gäller.",
            ),
            (
                count("17") == 1,
                "Intyget måste ange 'Aktivitetsbegränsningar' om smittbärarpenning inte gäller.",
            ),
            (
                count("39") == 1,
                "Intyget måste ange 'Prognos' om smittbärarpenning inte gäller.",
            ),
            (
                count("40") >= 1,
                "Intyget måste ange 'Arbetslivsinriktade åtgärder' om smittbärarpenning inte gäller.",
            ),
        ];
        for (answered, message) in needed {
            self.require(affirmed || answered, "27.1", part.at, message);
        }
    }

    /// 28.1: current work is described in 29.
    fn occupation(&mut self, answer: &'s Answer<'t>, part: Part<'s>) {
        let described = self.answers.beside(answer, "29").count() == 1;
        let holds = described || !self.says(part, &["NUVARANDE_ARBETE"]);
        let message = "Om sysselsättningen är nuvarande arbete måste 'Nuvarande arbete' besvaras.";
        self.require(holds, "28.1-q29", part.at, message);
    }

    /// 32.1: a reduced degree asks for the working hours of 33, unless infection control is affirmed.
    fn degree(&mut self, answer: &'s Answer<'t>, part: Part<'s>) {
        if self.says(part, &REDUCED) {
            let planned = self.answers.beside(answer, "33").count() == 1;
            let holds = planned || self.answers.parts("27.1").any(|p| self.affirms(p));
            let message = "Om 'Sjukskrivningsnivå' är lägre än helt nedsatt måste 'Arbetstidsförläggning' anges.";
            self.require(holds, "32.1-33", part.at, message);
        }
    }

    /// 33.1: a reason if and only if hours are laid out otherwise.
    fn laid_out(&mut self, answer: &Answer<'t>, part: Part<'s>) {
        let reasons = answer.count("33.2");
        if self.affirms(part) {
            let message = "Om 'Om arbetstidsförläggning' är 'true' måste motivering anges.";
            self.require(reasons >= 1, "33.1-33.2", part.at, message);
        } else if says_no(self.answers.tree.text(part.at)) {
            let message = "Om 'Om arbetstidsförläggning' är 'false' får motivering inte anges.";
            self.require(reasons == 0, "33.1-33.2", part.at, message);
        }
    }

    /// 39.1: a number of days if and only if the prognosis is return within some days.
    fn prognosis(&mut self, answer: &Answer<'t>, part: Part<'s>) {
        let days = answer.count("39.3");
        let answers = self.answers;
        for code in answers.codes(part) {
            if normalize(code) == "ATER_X_ANTAL_DGR" {
                let message = "Om prognosen är ATER_X_ANTAL_DGR måste antal dagar anges.";
                self.require(days >= 1, "39.1-39.3", part.at, message);
            } else {
                let message = "Om prognosen inte är ATER_X_ANTAL_DGR får antal dagar inte anges.";
                self.require(days == 0, "39.1-39.3", part.at, message);
            }
        }
    }

    /// 40.1: "not relevant" leaves nothing to describe in 44.
    fn no_measure(&mut self, answer: &'s Answer<'t>, part: Part<'s>) {
        let described = self.answers.beside(answer, "44").next().is_some();
        let holds = !described || !self.says(part, &["EJ_AKTUELLT"]);
        let message = "Om åtgärden är 'EJ_AKTUELLT' får beskrivning av åtgärder inte anges.";
        self.require(holds, "40.1-44", part.at, message);
    }
}
