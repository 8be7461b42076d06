//! Structure as an XML schema describes it: content models, simple types and attributes as tables, and a walk over a tree.
//!
//! Source: RegisterCertificateResponder 3.1, clinicalprocess_healthcond_certificate 3.3 with its extensions 3.2 and 3.4,
//! certificate_types 3.2 and XML Signature 1.0, restated as tables.

mod certificate;
mod signature;
mod simple;
mod types;

use crate::decode::space::Space;
use crate::decode::tree::{Id, Tree};
use crate::reading::Fault;

pub(crate) use certificate::{REGISTER, REVOKE, SEND_MESSAGE};
pub(crate) use simple::{Simple, is_boolean, is_date, parse_date, parse_time};

/// Faults after which the walk stops: nobody reads more.
const ENOUGH: usize = 50;

/// What an element may hold.
pub(super) enum Type {
    /// Text of a kind.
    Simple(Simple),
    /// Text of a kind, with attributes.
    Attributed(Simple, &'static [Attribute]),
    /// Elements.
    Complex(Complex),
}

/// Elements in an order.
pub(super) struct Complex {
    pub(super) attributes: &'static [Attribute],
    /// Whether text may stand between them.
    pub(super) mixed: bool,
    pub(super) content: &'static [Particle],
}

/// An attribute in no namespace.
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) of: Simple,
    pub(super) required: bool,
}

/// A term with how often it comes.
pub(super) struct Particle {
    pub(super) term: Term,
    pub(super) least: u32,
    pub(super) most: u32,
}

/// What stands at one place of a content model.
pub(super) enum Term {
    Element(Space, &'static str, &'static Type),
    /// Any element of another namespace than this (`##other`), or of any (`##any`).
    Wildcard {
        not: Option<Space>,
        strict: bool,
    },
    Sequence(&'static [Particle]),
    Choice(&'static [Particle]),
}

/// Unbounded.
pub(super) const MANY: u32 = u32::MAX;

pub(super) const fn complex(content: &'static [Particle]) -> Type {
    Type::Complex(Complex {
        attributes: &[],
        mixed: false,
        content,
    })
}

pub(super) const fn one(space: Space, name: &'static str, of: &'static Type) -> Particle {
    times(1, 1, Term::Element(space, name, of))
}

pub(super) const fn maybe(space: Space, name: &'static str, of: &'static Type) -> Particle {
    times(0, 1, Term::Element(space, name, of))
}

pub(super) const fn any_number(space: Space, name: &'static str, of: &'static Type) -> Particle {
    times(0, MANY, Term::Element(space, name, of))
}

pub(super) const fn times(least: u32, most: u32, term: Term) -> Particle {
    Particle { term, least, most }
}

/// Any number of elements of other namespaces, checked if they are known.
pub(super) const fn others(space: Space) -> Particle {
    times(
        0,
        MANY,
        Term::Wildcard {
            not: Some(space),
            strict: false,
        },
    )
}

/// Checks an element against the type of a message.
pub(crate) fn check(tree: &Tree<'_>, id: Id, message: &'static Message) -> Vec<Fault> {
    let mut walk = Walk {
        tree,
        faults: Vec::new(),
    };
    walk.element(id, message.0);
    walk.faults
}

/// The type of a message's element.
pub(crate) struct Message(&'static Type);

/// The type of an element that may stand under a wildcard, if the schemas declare it.
fn global(space: Space, name: &str) -> Option<&'static Type> {
    let table: &[(&str, &'static Type)] = match space {
        Space::TYPES => types::GLOBAL,
        Space::EXTENSION_2 => types::GLOBAL_2,
        Space::EXTENSION_4 => types::GLOBAL_4,
        Space::DSIG => signature::GLOBAL,
        Space::FILTER => signature::GLOBAL_FILTER,
        Space::REGISTER => certificate::GLOBAL,
        Space::REVOKE => certificate::GLOBAL_REVOKE,
        Space::MESSAGE => certificate::GLOBAL_MESSAGE,
        _ => &[],
    };
    table.iter().find(|(n, _)| *n == name).map(|(_, of)| *of)
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    faults: Vec<Fault>,
}

impl Walk<'_, '_> {
    fn fault(&mut self, rule: &'static str, at: Id, message: impl Into<String>) {
        if self.faults.len() < ENOUGH {
            let location = self.tree.path(at);
            self.faults.push(Fault::error(rule, location, message));
        }
    }

    fn element(&mut self, id: Id, of: &'static Type) {
        match of {
            Type::Simple(simple) => {
                self.attributes(id, &[]);
                self.simple(id, simple);
            }
            Type::Attributed(simple, attributes) => {
                self.attributes(id, attributes);
                self.simple(id, simple);
            }
            Type::Complex(complex) => {
                self.attributes(id, complex.attributes);
                self.complex(id, complex);
            }
        }
    }

    fn simple(&mut self, id: Id, simple: &Simple) {
        let element = self.tree.get(id);
        if element.has_children() {
            self.fault(
                "xsd/simple-type",
                id,
                "expected text only, found an element",
            );
        } else if !simple.accepts(&element.text, true) {
            self.fault(simple.rule(), id, simple.expected());
        }
    }

    fn attributes(&mut self, id: Id, declared: &'static [Attribute]) {
        for attribute in self.tree.attributes(id) {
            let found = match attribute.space {
                Space::XSI => {
                    if attribute.name == "nil" {
                        self.fault("xsd/nil", id, "xsi:nil is not allowed here");
                    }
                    continue;
                }
                Space::NONE => declared.iter().find(|d| d.name == attribute.name),
                _ => None,
            };
            match found {
                None => self.fault("xsd/attribute", id, "an attribute that is not declared"),
                Some(d) if !d.of.accepts(&attribute.value, false) => {
                    self.fault(d.of.rule(), id, d.of.expected());
                }
                Some(_) => {}
            }
        }
        for missing in declared.iter().filter(|d| d.required) {
            if self.tree.attribute(id, missing.name).is_none() {
                let message = format!("expected the attribute '{}'", missing.name);
                self.fault("xsd/attribute", id, message);
            }
        }
    }

    fn complex(&mut self, id: Id, complex: &'static Complex) {
        if !complex.mixed && !is_blank(self.tree.text(id)) {
            self.fault("xsd/element-only", id, "expected elements only, found text");
        }
        let mut cursor = self.tree.first_child(id);
        let complete = self.sequence(id, complex.content, &mut cursor);
        if let (true, Some(extra)) = (complete, cursor) {
            self.fault("xsd/content", extra, "an element that is not expected here");
        }
    }

    /// Matches a sequence from the cursor on; false once something was missing.
    fn sequence(
        &mut self,
        parent: Id,
        content: &'static [Particle],
        cursor: &mut Option<Id>,
    ) -> bool {
        content.iter().all(|p| self.particle(parent, p, cursor))
    }

    fn particle(
        &mut self,
        parent: Id,
        particle: &'static Particle,
        cursor: &mut Option<Id>,
    ) -> bool {
        let mut count = 0;
        while let Some(at) = cursor.filter(|_| count < particle.most) {
            if !self.starts(&particle.term, at) {
                break;
            }
            if !self.take(parent, &particle.term, cursor) {
                return false;
            }
            count += 1;
        }
        if count < particle.least && !optional(&particle.term) {
            let message = format!("expected the element {}", describe(&particle.term));
            self.fault("xsd/content", cursor.unwrap_or(parent), message);
            return false;
        }
        true
    }

    fn take(&mut self, parent: Id, term: &'static Term, cursor: &mut Option<Id>) -> bool {
        let Some(at) = *cursor else { return false };
        match term {
            Term::Element(_, _, of) => {
                self.element(at, of);
                *cursor = self.tree.next(at);
                true
            }
            Term::Wildcard { strict, .. } => {
                self.wild(at, *strict);
                *cursor = self.tree.next(at);
                true
            }
            Term::Sequence(content) => self.sequence(parent, content, cursor),
            Term::Choice(content) => match content.iter().find(|p| self.starts(&p.term, at)) {
                Some(particle) => self.particle(parent, particle, cursor),
                None => false,
            },
        }
    }

    fn starts(&self, term: &Term, at: Id) -> bool {
        let element = self.tree.get(at);
        match term {
            Term::Element(space, name, _) => element.is(*space, name),
            Term::Wildcard {
                not: Some(space), ..
            } => element.space != *space && element.space != Space::NONE,
            Term::Wildcard { not: None, .. } => true,
            Term::Sequence(content) => {
                let required = content
                    .iter()
                    .position(|p| p.least > 0 && !optional(&p.term));
                let reach = required.map_or(content.len(), |first| first + 1);
                content.iter().take(reach).any(|p| self.starts(&p.term, at))
            }
            Term::Choice(content) => content.iter().any(|p| self.starts(&p.term, at)),
        }
    }

    /// An element under a wildcard: by its declaration if there is one, else what is below it likewise.
    fn wild(&mut self, id: Id, strict: bool) {
        let element = self.tree.get(id);
        match global(element.space, element.name) {
            Some(of) => self.element(id, of),
            None if strict => self.fault("xsd/wildcard", id, "an element that no schema declares"),
            None => {
                for child in self.tree.children(id) {
                    self.wild(child, false);
                }
            }
        }
    }
}

fn optional(term: &Term) -> bool {
    match term {
        Term::Element(..) | Term::Wildcard { .. } => false,
        Term::Sequence(content) => content.iter().all(|p| p.least == 0 || optional(&p.term)),
        Term::Choice(content) => content.iter().any(|p| p.least == 0 || optional(&p.term)),
    }
}

fn describe(term: &Term) -> String {
    match term {
        Term::Element(_, name, _) => format!("'{name}'"),
        Term::Wildcard { .. } => "of another namespace".to_owned(),
        Term::Sequence(content) => content
            .first()
            .map_or_else(String::new, |p| describe(&p.term)),
        Term::Choice(content) => {
            let all: Vec<String> = content.iter().map(|p| describe(&p.term)).collect();
            all.join(" or ")
        }
    }
}

/// Nothing but white space as XML has it.
pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(crate::decode::parse::is_space)
}
