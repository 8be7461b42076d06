use std::borrow::Cow;

use super::space::{KNOWN, Space};

/// Number of an element in its tree; elements are numbered in document order, the root is 0.
pub(crate) type Id = u32;

const NONE: Id = Id::MAX;

/// A read-only XML tree: elements, attributes and direct text. Comments and processing instructions are gone.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(super) elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) spaces: Vec<Cow<'a, str>>,
}

/// An element.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) space: Space,
    /// Local name.
    pub(crate) name: &'a str,
    /// Its own text, entities resolved; once a child came, text of white space only is left out.
    pub(crate) text: Cow<'a, str>,
    pub(super) parent: Id,
    pub(super) first: Id,
    pub(super) last: Id,
    pub(super) next: Id,
    pub(super) attributes: std::ops::Range<u32>,
}

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) space: Space,
    pub(crate) name: &'a str,
    pub(crate) value: Cow<'a, str>,
}

impl<'a> Element<'a> {
    pub(super) fn new(space: Space, name: &'a str, parent: Option<Id>) -> Self {
        Self {
            space,
            name,
            text: Cow::Borrowed(""),
            parent: parent.unwrap_or(NONE),
            first: NONE,
            last: NONE,
            next: NONE,
            attributes: 0..0,
        }
    }

    #[inline]
    pub(crate) fn has_children(&self) -> bool {
        self.first != NONE
    }

    #[inline]
    pub(crate) fn is(&self, space: Space, name: &str) -> bool {
        // The last letter first: names of one length mostly differ there, and a call is saved.
        let (own, other) = (self.name.as_bytes(), name.as_bytes());
        self.space == space
            && own.len() == other.len()
            && own.last() == other.last()
            && own == other
    }
}

impl<'a> Tree<'a> {
    pub(super) fn new() -> Self {
        Self {
            elements: Vec::with_capacity(256),
            attributes: Vec::with_capacity(64),
            spaces: Vec::new(),
        }
    }

    /// Adds an element as the last child of `parent`.
    pub(super) fn add(&mut self, element: Element<'a>) -> Id {
        let id = self.elements.len() as Id;
        let parent = element.parent;
        self.elements.push(element);
        if parent != NONE {
            let last = std::mem::replace(&mut self.elements[parent as usize].last, id);
            if last == NONE {
                self.elements[parent as usize].first = id;
            } else {
                self.elements[last as usize].next = id;
            }
        }
        id
    }

    /// The number of a namespace.
    pub(super) fn space(&mut self, uri: Cow<'a, str>) -> Space {
        let known = KNOWN.iter().position(|k| *k == uri);
        let number = known.unwrap_or_else(|| {
            let found = self.spaces.iter().position(|s| *s == uri);
            KNOWN.len()
                + found.unwrap_or_else(|| {
                    self.spaces.push(uri);
                    self.spaces.len() - 1
                })
        });
        Space(u16::try_from(number).unwrap_or(u16::MAX))
    }

    #[inline]
    pub(crate) fn get(&self, id: Id) -> &Element<'a> {
        &self.elements[id as usize]
    }

    #[inline]
    pub(crate) fn ids(&self) -> std::ops::Range<Id> {
        0..self.elements.len() as Id
    }

    #[inline]
    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        Some(self.get(id).parent).filter(|p| *p != NONE)
    }

    #[inline]
    pub(crate) fn first_child(&self, id: Id) -> Option<Id> {
        Some(self.get(id).first).filter(|c| *c != NONE)
    }

    #[inline]
    pub(crate) fn next(&self, id: Id) -> Option<Id> {
        Some(self.get(id).next).filter(|n| *n != NONE)
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.first_child(id), |c| self.next(*c))
    }

    /// The children of a name.
    pub(crate) fn named<'t>(
        &'t self,
        id: Id,
        space: Space,
        name: &'t str,
    ) -> impl Iterator<Item = Id> + 't {
        self.children(id)
            .filter(move |c| self.get(*c).is(space, name))
    }

    /// The first child of a name.
    #[inline]
    pub(crate) fn child(&self, id: Id, space: Space, name: &str) -> Option<Id> {
        self.children(id).find(|c| self.get(*c).is(space, name))
    }

    /// Takes the namespaces of RegisterCertificate v2 for those of v3, whose content it shares.
    pub(super) fn rewrite_version_2(&mut self) {
        let newer = |space: Space| match space {
            Space::REGISTER_2 => Space::REGISTER,
            Space::CORE_2 => Space::CORE,
            Space::TYPES_2 => Space::TYPES,
            other => other,
        };
        for element in &mut self.elements {
            element.space = newer(element.space);
        }
    }

    /// The element at the end of a path of children.
    pub(crate) fn at(&self, from: Id, path: &[(Space, &str)]) -> Option<Id> {
        let mut steps = path.iter();
        steps.try_fold(from, |id, (space, name)| self.child(id, *space, name))
    }

    /// The text at the end of a path, trimmed; empty if there is none.
    pub(crate) fn text_at(&self, from: Id, path: &[(Space, &str)]) -> &str {
        let found = self.at(from, path);
        found.map(|id| self.text(id).trim()).unwrap_or_default()
    }

    /// The value of an attribute at the end of a path, trimmed; empty if there is none.
    pub(crate) fn attribute_at(&self, from: Id, path: &[(Space, &str)], name: &str) -> &str {
        let found = self.at(from, path);
        let value = found.and_then(|id| self.attribute(id, name));
        value.map(str::trim).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn text(&self, id: Id) -> &str {
        &self.get(id).text
    }

    #[inline]
    pub(crate) fn attributes(&self, id: Id) -> &[Attribute<'a>] {
        let range = &self.get(id).attributes;
        &self.attributes[range.start as usize..range.end as usize]
    }

    /// The value of an attribute in no namespace.
    #[inline]
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let mut all = self.attributes(id).iter();
        all.find(|a| a.space == Space::NONE && a.name == name)
            .map(|a| &*a.value)
    }

    /// XPath of an element by local names, numbered where siblings share a name.
    pub(crate) fn path(&self, id: Id) -> String {
        let steps: Vec<Id> = std::iter::successors(Some(id), |e| self.parent(*e)).collect();
        steps.iter().rev().map(|e| self.step(*e)).collect()
    }

    fn step(&self, id: Id) -> String {
        let name = self.get(id).name;
        let Some(parent) = self.parent(id) else {
            return format!("/{name}");
        };
        let alike = |c: &Id| self.get(*c).name == name;
        let before = self
            .children(parent)
            .take_while(|c| *c < id)
            .filter(alike)
            .count();
        if self.children(parent).filter(alike).count() > 1 {
            format!("/{name}[{}]", before + 1)
        } else {
            format!("/{name}")
        }
    }
}
