//! XML text to a [`Tree`]: namespaces resolved, entities beyond the five refused, depth and size limited.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

use super::class::{Class, split_name};
use super::space::Space;
use super::tree::{Attribute, Element, Id, Tree};

pub(super) const MAX_DEPTH: usize = 100;
/// A certificate has some 300; the rules compare answers with one another, so many must not become very many.
pub(super) const MAX_ELEMENTS: usize = 20_000;
/// Attributes of one element, namespace declarations among them.
pub(super) const MAX_ATTRIBUTES: usize = 256;
/// Namespaces of a document that are not known.
pub(super) const MAX_SPACES: usize = 256;

/// Why a text is not a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// Not well-formed XML.
    Syntax,
    /// A document type declaration.
    Doctype,
    /// An entity beyond the five of XML.
    Entity,
    /// Too deep or too large.
    Limit,
}

/// The tree of an XML text.
pub(crate) fn parse(source: &str) -> Result<Tree<'_>, Malformed> {
    match super::scan::scan(source) {
        Some(tree) => Ok(tree),
        None => parse_slowly(source),
    }
}

/// The tree of an XML text, whatever it has in it.
pub(super) fn parse_slowly(source: &str) -> Result<Tree<'_>, Malformed> {
    let mut builder = Builder {
        source,
        tree: Tree::new(),
        open: Vec::with_capacity(16),
        scopes: vec![("xml", Space::XML)],
    };
    builder.read()?;
    Ok(builder.tree)
}

struct Builder<'a> {
    source: &'a str,
    tree: Tree<'a>,
    /// Open elements, each with the number of namespace bindings before it.
    open: Vec<(Id, usize)>,
    /// Namespace bindings, innermost last.
    scopes: Vec<(&'a str, Space)>,
}

impl<'a> Builder<'a> {
    fn read(&mut self) -> Result<(), Malformed> {
        let mut reader = Reader::from_str(self.source);
        reader.config_mut().check_comments = true;
        loop {
            let before = reader.buffer_position();
            let event = reader.read_event().map_err(|_| Malformed::Syntax)?;
            let after = usize::try_from(reader.buffer_position()).map_err(|_| Malformed::Limit)?;
            match event {
                Event::Start(start) => self.start(after, 1, start.len(), start.name().0.len())?,
                Event::Empty(start) => {
                    self.start(after, 2, start.len(), start.name().0.len())?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(text.into_inner(), true)?,
                Event::CData(data) => self.text(data.into_inner(), false)?,
                Event::GeneralRef(reference) => {
                    let text = resolve(&reference)?;
                    self.reference(text)?;
                }
                Event::DocType(_) => return Err(Malformed::Doctype),
                Event::Decl(_) if before != 0 => return Err(Malformed::Syntax),
                Event::Comment(text) => allowed(&text)?,
                Event::PI(text) => allowed(&text)?,
                Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        if self.open.is_empty() && !self.tree.elements.is_empty() {
            Ok(())
        } else {
            Err(Malformed::Syntax)
        }
    }

    /// A start tag that ends at `after`; `tail` is the length of what closes it: `>` or `/>`.
    fn start(
        &mut self,
        after: usize,
        tail: usize,
        len: usize,
        name: usize,
    ) -> Result<(), Malformed> {
        let end = after.checked_sub(tail).ok_or(Malformed::Syntax)?;
        let begin = end.checked_sub(len).ok_or(Malformed::Syntax)?;
        let tag = self.source.get(begin..end).ok_or(Malformed::Syntax)?;
        let second_root = self.open.is_empty() && !self.tree.elements.is_empty();
        if self.open.len() >= MAX_DEPTH || self.tree.elements.len() >= MAX_ELEMENTS {
            return Err(Malformed::Limit);
        }
        if second_root {
            return Err(Malformed::Syntax);
        }
        let bindings = self.scopes.len();
        let plain = tag.len() == name;
        let raw = if plain {
            Vec::new()
        } else {
            self.attributes(tag, name)?
        };
        let (prefix, local) = split(tag.get(..name).ok_or(Malformed::Syntax)?)?;
        let space = self.resolve(prefix).ok_or(Malformed::Syntax)?;
        let parent = self.open.last().map(|(id, _)| *id);
        let id = self.tree.add(Element::new(space, local, parent));
        if !raw.is_empty() {
            self.tree.elements[id as usize].attributes = self.keep(raw)?;
        }
        self.open.push((id, bindings));
        Ok(())
    }

    fn end(&mut self) {
        if let Some((_, bindings)) = self.open.pop() {
            self.scopes.truncate(bindings);
        }
    }

    /// Binds the namespaces a tag declares; gives back its other attributes.
    #[expect(
        clippy::type_complexity,
        reason = "prefix, local name and value of each attribute"
    )]
    fn attributes(
        &mut self,
        tag: &'a str,
        name: usize,
    ) -> Result<Vec<(&'a str, &'a str, Cow<'a, str>)>, Malformed> {
        let mut others = Vec::new();
        for (count, attribute) in Attributes::new(tag, name).enumerate() {
            if count >= MAX_ATTRIBUTES || self.tree.spaces.len() > MAX_SPACES {
                return Err(Malformed::Limit);
            }
            let attribute = attribute.map_err(|_| Malformed::Syntax)?;
            let value = attribute_value(attribute.value)?;
            let (prefix, local) = split(attribute.key.0)?;
            match (prefix, local) {
                ("", "xmlns") => {
                    let space = self.tree.space(value);
                    self.scopes.push(("", space));
                }
                ("xmlns", bound) => {
                    let space = self.tree.space(value);
                    if space == Space::NONE {
                        return Err(Malformed::Syntax);
                    }
                    self.scopes.push((bound, space));
                }
                _ => others.push((prefix, local, value)),
            }
        }
        Ok(others)
    }

    fn keep(
        &mut self,
        raw: Vec<(&'a str, &'a str, Cow<'a, str>)>,
    ) -> Result<std::ops::Range<u32>, Malformed> {
        let first = self.tree.attributes.len();
        for (prefix, name, value) in raw {
            let space = match prefix {
                "" => Space::NONE,
                prefix => self.resolve(prefix).ok_or(Malformed::Syntax)?,
            };
            let twice = |a: &Attribute<'_>| a.space == space && a.name == name;
            if self.tree.attributes[first..].iter().any(twice) {
                return Err(Malformed::Syntax);
            }
            self.tree.attributes.push(Attribute { space, name, value });
        }
        Ok(first as u32..self.tree.attributes.len() as u32)
    }

    /// The namespace of a prefix; no default namespace means none.
    fn resolve(&self, prefix: &str) -> Option<Space> {
        let bound = self.scopes.iter().rev().find(|(p, _)| same(p, prefix));
        match bound {
            Some((_, space)) => Some(*space),
            None => prefix.is_empty().then_some(Space::NONE),
        }
    }

    /// Text between tags; `markup` unless it stands in a CDATA section.
    fn text(&mut self, text: Cow<'a, str>, markup: bool) -> Result<(), Malformed> {
        let class = Class::of(&text);
        let blank = class.is_blank();
        if !class.allows(&text) || (markup && class.has_bracket() && text.contains("]]>")) {
            return Err(Malformed::Syntax);
        }
        let Some((id, _)) = self.open.last() else {
            let between = blank && markup;
            return if between {
                Ok(())
            } else {
                Err(Malformed::Syntax)
            };
        };
        let element = &mut self.tree.elements[*id as usize];
        if blank && element.has_children() {
            return Ok(());
        }
        let text = if class.has_return() {
            line_ends(text)
        } else {
            text
        };
        if element.text.is_empty() {
            element.text = text;
        } else {
            element.text.to_mut().push_str(&text);
        }
        Ok(())
    }

    /// Text from a reference: white space of references counts like any other.
    fn reference(&mut self, text: char) -> Result<(), Malformed> {
        let (id, _) = self.open.last().ok_or(Malformed::Syntax)?;
        self.tree.elements[*id as usize].text.to_mut().push(text);
        Ok(())
    }
}

/// White space as XML has it.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Comments and processing instructions are passed over, but their characters must be XML's.
fn allowed(text: &str) -> Result<(), Malformed> {
    let allows = Class::of(text).allows(text);
    if allows {
        Ok(())
    } else {
        Err(Malformed::Syntax)
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<char, Malformed> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) if is_xml_char(c) => Ok(c),
        Ok(None) => resolve_predefined_entity(reference)
            .and_then(|text| text.chars().next())
            .ok_or(Malformed::Entity),
        _ => Err(Malformed::Syntax),
    }
}

fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// An attribute's value: white space to spaces, references resolved.
fn attribute_value(raw: Cow<'_, str>) -> Result<Cow<'_, str>, Malformed> {
    let class = Class::of(&raw);
    if !class.allows(&raw) {
        return Err(Malformed::Syntax);
    }
    if !class.has_markup() {
        return Ok(raw);
    }
    if raw.contains('<') {
        return Err(Malformed::Syntax);
    }
    let mut value = String::with_capacity(raw.len());
    let raw = line_ends(raw);
    let mut parts = raw.split('&');
    let spaced = |text: &str| text.replace(['\t', '\n'], " ");
    value.push_str(&spaced(parts.next().unwrap_or_default()));
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or(Malformed::Syntax)?;
        value.push(resolve(&BytesRef::new(name))?);
        value.push_str(&spaced(rest));
    }
    Ok(Cow::Owned(value))
}

/// Prefix and local name; the prefix is empty without a colon.
fn split(name: &str) -> Result<(&str, &str), Malformed> {
    split_name(name).ok_or(Malformed::Syntax)
}

/// Whether two short names are the same: a loop in place beats a call for a few bytes.
#[inline]
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().eq(b.bytes())
}
