use std::borrow::Cow;

use crate::decode::parse::same;
use crate::decode::space::Space;
use crate::decode::tree::{Id, Tree};

/// The answers (svar) and their parts (delsvar) of a document, in document order.
#[derive(Debug)]
pub(crate) struct Answers<'t> {
    pub(crate) tree: &'t Tree<'t>,
    /// The certificate's element (intyg).
    pub(crate) certificate: Id,
    pub(crate) all: Vec<Answer<'t>>,
    /// Where each part stands: key of its id, answer, place in the answer; by key, then in document order.
    places: Vec<(u64, usize, usize)>,
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer<'t> {
    pub(crate) at: Id,
    pub(crate) parent: Option<Id>,
    /// Question id.
    pub(crate) id: &'t str,
    /// Number of `instans` elements.
    pub(crate) instances: usize,
    pub(crate) parts: Vec<Part<'t>>,
}

/// One part of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'t> {
    pub(crate) at: Id,
    /// Part id, such as `32.1`.
    pub(crate) id: &'t str,
}

impl<'t> Answers<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>, certificate: Id) -> Self {
        let answers = tree
            .ids()
            .filter(|id| tree.get(*id).is(Space::CORE, "svar"));
        let all: Vec<_> = answers.map(|at| Answer::of(tree, at)).collect();
        let mut places = Vec::with_capacity(2 * all.len());
        for (answer, found) in all.iter().enumerate() {
            let parts = found.parts.iter().enumerate();
            places.extend(parts.map(|(part, p)| (key(p.id), answer, part)));
        }
        places.sort_unstable();
        Self {
            tree,
            certificate,
            all,
            places,
        }
    }

    /// The certificate's answers to a question.
    pub(crate) fn to<'s>(&'s self, question: &'s str) -> impl Iterator<Item = &'s Answer<'t>> {
        let own = |a: &&Answer<'t>| a.parent == Some(self.certificate);
        self.all
            .iter()
            .filter(own)
            .filter(move |a| same(a.id, question))
    }

    /// The number of the certificate's answers to a question.
    pub(crate) fn count(&self, question: &str) -> usize {
        self.to(question).count()
    }

    /// The parts with an id, anywhere in the document, each with its answer.
    pub(crate) fn places<'s>(
        &'s self,
        id: &'s str,
    ) -> impl Iterator<Item = (&'s Answer<'t>, Part<'t>)> + 's {
        let wanted = key(id);
        let first = self.places.partition_point(|(k, ..)| *k < wanted);
        let alike = self.places.iter().skip(first);
        let alike = alike.take_while(move |(k, ..)| *k == wanted);
        let found = alike.filter_map(|(_, answer, part)| {
            let answer = self.all.get(*answer)?;
            Some((answer, *answer.parts.get(*part)?))
        });
        found.filter(move |(_, part)| part.id == id)
    }

    /// The parts with an id, anywhere in the document.
    pub(crate) fn parts<'s>(&'s self, id: &'s str) -> impl Iterator<Item = Part<'t>> + 's {
        self.places(id).map(|(_, part)| part)
    }

    /// The answers before this one under the same parent, to the same question.
    pub(crate) fn before<'s>(
        &'s self,
        answer: &'s Answer<'t>,
    ) -> impl Iterator<Item = &'s Answer<'t>> {
        self.all
            .iter()
            .filter(move |a| a.at < answer.at && a.parent == answer.parent && same(a.id, answer.id))
    }

    /// A part's string value: its text, and that of the elements in it.
    pub(crate) fn string(&self, part: Part<'_>) -> Cow<'t, str> {
        if self.tree.get(part.at).has_children() {
            Cow::Owned(self.all_text(part.at))
        } else {
            Cow::Borrowed(self.tree.text(part.at))
        }
    }

    /// All text in an element, in document order.
    pub(crate) fn all_text(&self, at: Id) -> String {
        let mut all = self.tree.text(at).to_owned();
        for child in self.tree.children(at) {
            all.push_str(&self.all_text(child));
        }
        all
    }

    /// The codes of a part's `cv` elements, as written.
    pub(crate) fn codes(&self, part: Part<'_>) -> impl Iterator<Item = &'t str> + use<'t> {
        let tree = self.tree;
        let values = tree.named(part.at, Space::TYPES, "cv");
        let codes = values.flat_map(|cv| tree.named(cv, Space::TYPES, "code"));
        codes.map(|code| tree.text(code))
    }

    /// The codes of an answer's parts with an id, as written.
    pub(crate) fn codes_of<'s>(
        &'s self,
        answer: &'s Answer<'t>,
        id: &'s str,
    ) -> impl Iterator<Item = &'t str> + 's {
        answer.with(id).flat_map(|p| self.codes(p))
    }

    /// The codes of all an answer's parts, as written.
    pub(crate) fn any_codes<'s>(
        &'s self,
        answer: &'s Answer<'t>,
    ) -> impl Iterator<Item = &'t str> + 's {
        answer.parts.iter().flat_map(|p| self.codes(*p))
    }
}

/// The first eight bytes of an id as a number, for searching.
fn key(id: &str) -> u64 {
    id.bytes().take(8).fold(0, |key, b| key << 8 | u64::from(b))
}

impl<'t> Answer<'t> {
    fn of(tree: &'t Tree<'t>, at: Id) -> Self {
        let parts = tree.named(at, Space::CORE, "delsvar").map(|part| Part {
            at: part,
            id: tree.attribute(part, "id").unwrap_or_default(),
        });
        Self {
            at,
            parent: tree.parent(at),
            id: tree.attribute(at, "id").unwrap_or_default(),
            instances: tree.named(at, Space::CORE, "instans").count(),
            parts: parts.collect(),
        }
    }

    /// The parts with an id.
    pub(crate) fn with<'s>(&'s self, id: &'s str) -> impl Iterator<Item = Part<'t>> + 's {
        self.parts.iter().copied().filter(move |p| same(p.id, id))
    }

    /// The number of parts with an id.
    pub(crate) fn count(&self, id: &str) -> usize {
        self.with(id).count()
    }
}
