use crate::decode::space::Space;
use crate::decode::tree::{Id, Tree};

/// The answers (svar) and their parts (delsvar) of a document, in document order.
#[derive(Debug)]
pub(crate) struct Answers<'t> {
    pub(crate) tree: &'t Tree<'t>,
    /// The certificate's element (intyg).
    pub(crate) certificate: Id,
    pub(crate) all: Vec<Answer<'t>>,
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
        Self {
            tree,
            certificate,
            all: answers.map(|at| Answer::of(tree, at)).collect(),
        }
    }

    /// The same certificate with no answers.
    pub(crate) fn none(&self) -> Self {
        Self {
            tree: self.tree,
            certificate: self.certificate,
            all: Vec::new(),
        }
    }

    /// The certificate's answers to a question.
    pub(crate) fn to<'s>(&'s self, question: &'s str) -> impl Iterator<Item = &'s Answer<'t>> {
        let own = |a: &&Answer<'t>| a.parent == Some(self.certificate);
        self.all
            .iter()
            .filter(own)
            .filter(move |a| a.id == question)
    }

    /// The number of the certificate's answers to a question.
    pub(crate) fn count(&self, question: &str) -> usize {
        self.to(question).count()
    }

    /// The parts with an id, anywhere in the document.
    pub(crate) fn parts<'s>(&'s self, id: &'s str) -> impl Iterator<Item = Part<'t>> + 's {
        let parts = self.all.iter().flat_map(|a| a.parts.iter().copied());
        parts.filter(move |p| p.id == id)
    }

    /// The answers before this one under the same parent, to the same question.
    pub(crate) fn before<'s>(
        &'s self,
        answer: &'s Answer<'t>,
    ) -> impl Iterator<Item = &'s Answer<'t>> {
        self.all
            .iter()
            .filter(move |a| a.at < answer.at && a.parent == answer.parent && a.id == answer.id)
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
        self.parts.iter().copied().filter(move |p| p.id == id)
    }

    /// The number of parts with an id.
    pub(crate) fn count(&self, id: &str) -> usize {
        self.with(id).count()
    }
}
