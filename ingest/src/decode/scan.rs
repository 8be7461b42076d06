//! The quick way to a [`Tree`]: plain documents, as nearly all are, in one pass over the bytes.
//!
//! What is not plain is left to [`super::parse`], which decides: comments, CDATA, processing instructions, document types,
//! references, carriage returns, text in pieces, and everything that is not well-formed. So this scanner never says that a
//! document is wrong, and where it gives a tree it is the tree that [`super::parse`] gives (tested, and fuzzed).

use std::borrow::Cow;

use super::class::{Class, split_name};
use super::parse::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_SPACES, same};
use super::space::Space;
use super::tree::{Attribute, Element, Id, Tree};

/// The tree of a plain document; `None` if it is not plain.
pub(crate) fn scan(source: &str) -> Option<Tree<'_>> {
    let mut scanner = Scanner {
        source,
        at: after_declaration(source)?,
        tree: Tree::new(),
        open: Vec::with_capacity(16),
        scopes: vec![("xml", Space::XML)],
    };
    while scanner.text()? {
        scanner.tag()?;
    }
    let whole = scanner.open.is_empty() && !scanner.tree.elements.is_empty();
    whole.then_some(scanner.tree)
}

/// Where the document begins after `<?xml …?>`, if it has one.
fn after_declaration(source: &str) -> Option<usize> {
    if !source.starts_with("<?") {
        return Some(0);
    }
    let end = source.starts_with("<?xml ").then(|| source.find("?>"))??;
    let plain = source
        .get(2..end)?
        .bytes()
        .all(|b| matches!(b, b' '..=b'~') && b != b'<');
    plain.then_some(end + 2)
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    /// Namespace bindings, innermost last.
    scopes: Vec<(&'a str, Space)>,
}

/// An open element.
struct Open<'a> {
    id: Id,
    /// Its name as written, prefix and all.
    name: &'a str,
    /// The number of namespace bindings before it.
    bindings: usize,
}

impl<'a> Scanner<'a> {
    fn byte(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// The source from a place up to the present one.
    fn since(&self, start: usize) -> Option<&'a str> {
        self.source.get(start..self.at)
    }

    /// Takes the text up to the next tag; false at the end of the document.
    fn text(&mut self) -> Option<bool> {
        let start = self.at;
        let rest = self.source.as_bytes().get(start..)?;
        let (class, length) = Class::until_markup(rest);
        self.at += length;
        let more = match self.byte() {
            Some(b'<') => true,
            None => false,
            // A reference.
            Some(_) => return None,
        };
        if length == 0 {
            return Some(more);
        }
        let text = self.since(start)?;
        let plain = class.allows(text) && !class.has_return();
        if !plain || (class.has_bracket() && text.contains("]]>")) {
            return None;
        }
        match self.open.last() {
            None if class.is_blank() => {}
            None => return None,
            Some(open) => {
                let element = self.tree.elements.get_mut(open.id as usize)?;
                let between = class.is_blank() && element.has_children();
                if !between {
                    if !element.text.is_empty() {
                        return None;
                    }
                    element.text = Cow::Borrowed(text);
                }
            }
        }
        Some(more)
    }

    /// Takes a start or end tag.
    fn tag(&mut self) -> Option<()> {
        self.at += 1;
        if self.byte()? == b'/' {
            self.at += 1;
            let open = self.open.pop()?;
            let rest = self.source.as_bytes().get(self.at..)?;
            let name = open.name.as_bytes();
            let closed = rest.starts_with(name) && rest.get(name.len()) == Some(&b'>');
            self.at += name.len() + 1;
            self.scopes.truncate(open.bindings);
            return closed.then_some(());
        }
        let full = self.open.len() >= MAX_DEPTH || self.tree.elements.len() >= MAX_ELEMENTS;
        let second_root = self.open.is_empty() && !self.tree.elements.is_empty();
        if full || second_root {
            return None;
        }
        let start = self.at;
        self.pass(|b| !matches!(b, b' ' | b'\n' | b'\t' | b'>' | b'/'));
        let name = self.since(start)?;
        let (prefix, local) = split_name(name)?;
        let bindings = self.scopes.len();
        let attributes = self.tree.attributes.len();
        let empty = self.attributes()?;
        let space = self.resolve(prefix)?;
        let parent = self.open.last().map(|open| open.id);
        let id = self.tree.add(Element::new(space, local, parent));
        let kept = self.tree.attributes.len();
        if kept > attributes {
            self.tree.elements.get_mut(id as usize)?.attributes = attributes as u32..kept as u32;
        }
        if empty {
            self.scopes.truncate(bindings);
        } else {
            self.open.push(Open { id, name, bindings });
        }
        Some(())
    }

    /// Moves on while bytes are of a kind.
    fn pass(&mut self, of: impl Fn(u8) -> bool) {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|b| of(**b)).count();
    }

    /// Takes the attributes and the end of a start tag; true if the element is empty.
    fn attributes(&mut self) -> Option<bool> {
        if self.byte()? == b'>' {
            self.at += 1;
            return Some(false);
        }
        let (first, mut names) = (self.tree.attributes.len(), Vec::new());
        let mut prefixed = Vec::new();
        loop {
            let before = self.at;
            self.pass(|b| matches!(b, b' ' | b'\n' | b'\t'));
            let spaced = self.at > before;
            match self.byte()? {
                b'>' => {
                    self.at += 1;
                    break;
                }
                b'/' => {
                    let ends = self.source.as_bytes().get(self.at + 1) == Some(&b'>');
                    self.at += 2;
                    self.settle(first, &prefixed)?;
                    return ends.then_some(true);
                }
                _ if !spaced || names.len() >= MAX_ATTRIBUTES => return None,
                _ => {}
            }
            let (name, value) = self.attribute()?;
            if names.contains(&name) {
                return None;
            }
            names.push(name);
            match split_name(name)? {
                ("", "xmlns") => self.bind("", value)?,
                ("xmlns", bound) if !value.is_empty() => self.bind(bound, value)?,
                ("xmlns", _) => return None,
                (prefix, name) => {
                    prefixed.push(prefix);
                    self.tree.attributes.push(Attribute {
                        space: Space::NONE,
                        name,
                        value: Cow::Borrowed(value),
                    });
                }
            }
        }
        self.settle(first, &prefixed)?;
        Some(false)
    }

    /// Name and value of one attribute.
    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let start = self.at;
        self.pass(|b| !matches!(b, b'=' | b' ' | b'\n' | b'\t' | b'>' | b'/' | b'"' | b'\''));
        let name = self.since(start)?;
        let bytes = self.source.as_bytes();
        let quote = *bytes.get(self.at + 1)?;
        if self.byte()? != b'=' || !matches!(quote, b'"' | b'\'') {
            return None;
        }
        self.at += 2;
        let start = self.at;
        self.pass(|b| b != quote);
        let value = self.since(start)?;
        let class = Class::of(value);
        self.at += 1;
        (!class.has_markup() && class.allows(value)).then_some((name, value))
    }

    fn bind(&mut self, prefix: &'a str, uri: &'a str) -> Option<()> {
        let space = self.tree.space(Cow::Borrowed(uri));
        self.scopes.push((prefix, space));
        (self.tree.spaces.len() <= MAX_SPACES).then_some(())
    }

    /// Gives prefixed attributes their namespace; two of one name are none of ours.
    fn settle(&mut self, first: usize, prefixes: &[&'a str]) -> Option<()> {
        for (i, prefix) in prefixes.iter().enumerate().filter(|(_, p)| !p.is_empty()) {
            let space = self.resolve(prefix)?;
            self.tree.attributes.get_mut(first + i)?.space = space;
        }
        let own = self.tree.attributes.get(first..)?;
        let twice = |(i, a): (usize, &Attribute<'a>)| {
            let others = own.iter().take(i);
            others
                .into_iter()
                .any(|b| b.space == a.space && b.name == a.name)
        };
        let unlike = own.len() < 2 || !own.iter().enumerate().any(twice);
        unlike.then_some(())
    }

    /// The namespace of a prefix; no default namespace means none.
    fn resolve(&self, prefix: &str) -> Option<Space> {
        match self.scopes.iter().rev().find(|(p, _)| same(p, prefix)) {
            Some((_, space)) => Some(*space),
            None => prefix.is_empty().then_some(Space::NONE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse_slowly;
    use super::*;
    use proptest::prelude::*;

    /// A tree as text, to compare two.
    fn shown(tree: &Tree<'_>) -> String {
        format!(
            "{:?} {:?} {:?}",
            tree.elements, tree.attributes, tree.spaces
        )
    }

    fn agrees(text: &str) -> bool {
        match (scan(text), parse_slowly(text)) {
            (Some(quick), Ok(slow)) => shown(&quick) == shown(&slow),
            (Some(_), Err(_)) => false,
            (None, _) => true,
        }
    }

    #[test]
    fn a_plain_document_is_scanned() {
        let text = "<?xml version=\"1.0\" encoding='UTF-8'?>\n<a:b xmlns:a=\"u\" xmlns='v' >\n <c d='1' a:e=\"å\" />\n<f>t ü</f></a:b>\n";
        assert!(scan(text).is_some());
        assert!(agrees(text));
        let lisjp = include_str!("../../tests/fixtures/lisjp.xml");
        assert!(scan(lisjp).is_some() && agrees(lisjp));
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_other() {
        for text in [
            "",
            "a",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "x<a/>",
            "<a>&amp;</a>",
            "<a><!-- --></a>",
            "<a>\r</a>",
            "<a>x<b/>y</a>",
            "<a b=\"1\" b=\"2\"/>",
            "<a b='&lt;'/>",
            "<a b='<'/>",
            "<a b=1/>",
            "<a b/>",
            "<a b='1'c='2'/>",
            "<p:a/>",
            "<a p:b=''/>",
            "<a>]]></a>",
            "<a>\u{1}</a>",
            "<a>\u{FFFE}</a>",
            "<1/>",
            "< a/>",
            "</a>",
            "<a/ >",
            "<a><b></a></b>",
            "<?xml?><a/>",
            "<?x y?><a/>",
            "<!DOCTYPE a><a/>",
            "<a xmlns:p=''/>",
            "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>",
            "<a></a >",
        ] {
            assert!(scan(text).is_none(), "{text}");
            assert!(agrees(text));
        }
    }

    proptest! {
        #[test]
        fn both_ways_give_the_same_tree(
            text in "(<a>|</a>|<a/>|<b x='1'>|</b>|<p:a xmlns:p=\"u\">|</p:a>| xmlns='v'|<|>|/|=|'|\"|a|p:|:| |\n|\r|&amp;|\\]\\]>|<!--|-->|é){0,40}"
        ) {
            prop_assert!(agrees(&text));
            let wrapped = format!("<a>{text}</a>");
            prop_assert!(agrees(&wrapped));
        }

        #[test]
        fn documents_changed_anywhere_give_the_same_tree(
            at in any::<prop::sample::Index>(), cut in 0..6_usize,
            new in "(<|>|/|=|'|\"|&|;|\r|\n| |:|a|x='1'|<x/>|\\]\\]>|é|!|\\?){0,3}",
        ) {
            let mut text = include_str!("../../tests/fixtures/lisjp.xml").to_owned();
            let mut start = at.index(text.len());
            while !text.is_char_boundary(start) { start -= 1; }
            let mut end = (start + cut).min(text.len());
            while !text.is_char_boundary(end) { end += 1; }
            text.replace_range(start..end, &new);
            prop_assert!(agrees(&text));
        }
    }
}
