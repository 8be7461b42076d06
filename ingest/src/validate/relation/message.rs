//! A relation in words.

use super::{Count, Must, Of, On, Place, Relation};
use crate::validate::question::{MANY, times};
use crate::validate::says::Says;

impl Place<'_, '_> {
    /// Such as: `Om delsvar 1.1 'Typ av grund' är ANNAT ska delsvar 1.3 'Annan grund' finnas minst en gång.`
    pub(super) fn message(&self, relation: &Relation) -> String {
        let must = match relation.must {
            Must::Count(count) => self.count_words(&count),
            Must::Either(all) => {
                let all: Vec<String> = all.iter().map(|count| self.count_words(count)).collect();
                all.join(" eller ")
            }
            Must::NewCode(part) | Must::NewCodeOfAny(part) => {
                format!(
                    "ska koden i {} vara en som inget tidigare svar har",
                    self.part_words(part)
                )
            }
            Must::Apart(part) => {
                format!(
                    "får {} inte överlappa en tidigare period",
                    self.part_words(part)
                )
            }
            Must::Be(_) => "ska värdet ha rätt form".to_owned(),
            Must::Hold(_, words) => words.to_owned(),
        };
        match relation.on {
            On::Whole => format!("I intyget {must}."),
            On::Answer(id) => format!("I svar på {} {must}.", self.question_words(id)),
            On::Part(id, Says::Anything) | On::PartIn(_, id, Says::Anything) => {
                format!("När {} finns {must}.", self.part_words(id))
            }
            On::PartWith(id, other, says) => format!(
                "När {} finns och {}{} {must}.",
                self.part_words(id),
                self.part_words(other),
                says.words()
            ),
            On::Part(id, says) | On::PartIn(_, id, says) => {
                format!("När {}{} {must}.", self.part_words(id), says.words())
            }
        }
    }

    fn count_words(&self, (of, least, most): &Count) -> String {
        let (what, says) = match of {
            Of::Here(id, says) | Of::Inside(_, id, says) | Of::Anywhere(id, says) => {
                (self.part_words(id), *says)
            }
            Of::Beside(id) | Of::AnyAnswer(id) => (self.question_words(id), Says::Anything),
        };
        let says = match says {
            Says::Anything => String::new(),
            says => format!(" som{}", says.words()),
        };
        match (*least, *most) {
            (0, 0) => format!("får {what}{says} inte finnas"),
            (1, MANY) => format!("ska {what}{says} finnas"),
            (least, most) => format!("ska {what}{says} finnas {}", times(least, most)),
        }
    }

    fn part_words(&self, id: &str) -> String {
        match self.form.part(id) {
            Some((_, part)) if !part.name.is_empty() => format!("delsvar {id} '{}'", part.name),
            _ => format!("delsvar {id}"),
        }
    }

    fn question_words(&self, id: &str) -> String {
        match self.form.question(id) {
            Some(question) => format!("fråga {id} '{}'", question.name),
            None => format!("fråga {id}"),
        }
    }
}
