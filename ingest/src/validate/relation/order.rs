//! Rules over the answers that came before: codes that must be new, periods that must lie apart.

use super::Spot;
use crate::decode::space::Space;
use crate::validate::answers::Answer;
use crate::validate::text::normalize;

impl<'s, 't> Spot<'s, 't> {
    /// No earlier answer to the question has this answer's code. An answer without a code compares as empty, as in the
    /// official rule.
    pub(super) fn new_code(&self, part: &str, of_any_part: bool) -> bool {
        let Some(answer) = self.answer else {
            return true;
        };
        let answers = self.answers;
        if answers.before(answer).next().is_none() {
            return true;
        }
        let mine = if of_any_part {
            answers.any_codes(answer).next()
        } else {
            answers.codes_of(answer, part).next()
        };
        let mine = normalize(mine.unwrap_or_default());
        let mut earlier = answers
            .before(answer)
            .flat_map(|a| answers.codes_of(a, part));
        !earlier.any(|code| normalize(code) == mine)
    }

    /// No earlier answer's period overlaps this one; days are compared as text, as in the official rule.
    pub(super) fn apart(&self, part: &str) -> bool {
        let Some(answer) = self.answer else {
            return true;
        };
        let [start, end] = self.bounds(answer, part).next().unwrap_or_default();
        let before = self.answers.before(answer);
        let mut earlier = before.flat_map(|a| self.bounds(a, part).collect::<Vec<_>>());
        !earlier.any(|[s, e]| normalize(s) < normalize(end) && normalize(e) > normalize(start))
    }

    /// First and last day of an answer's periods, as written.
    fn bounds<'p>(
        &self,
        answer: &'s Answer<'t>,
        part: &'p str,
    ) -> impl Iterator<Item = [&'t str; 2]> + 'p
    where
        's: 'p,
        't: 'p,
    {
        let tree = self.answers.tree;
        let periods = answer
            .with(part)
            .flat_map(move |p| tree.named(p.at, Space::TYPES, "datePeriod"));
        periods.map(move |period| {
            ["start", "end"].map(|name| {
                tree.child(period, Space::TYPES, name)
                    .map_or("", |day| tree.text(day))
            })
        })
    }
}
