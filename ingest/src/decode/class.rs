//! What a text is made of, found in one pass.

/// Not white space.
const SOLID: u8 = 1;
/// A carriage return: line ends must be made alike.
const RETURN: u8 = 2;
/// A closing bracket: perhaps `]]>`.
const BRACKET: u8 = 4;
/// A control character that XML does not allow.
const CONTROL: u8 = 8;
/// First byte of U+F000–U+FFFF, two of which XML does not allow.
const HIGH: u8 = 16;
/// Cannot stand in a name.
const UNNAMED: u8 = 32;
/// Cannot begin a name.
const UNBEGUN: u8 = 64;
/// `<` or `&`, or white space other than a space: an attribute's value must be looked at.
const MARKUP: u8 = 128;

const TABLE: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = class(i as u8);
        i += 1;
    }
    table
};

const fn class(byte: u8) -> u8 {
    let kind = match byte {
        b' ' => 0,
        b'\t' | b'\n' => MARKUP,
        b'\r' => RETURN | MARKUP,
        0..0x20 => SOLID | CONTROL,
        b']' => SOLID | BRACKET,
        b'<' | b'&' => SOLID | MARKUP,
        0xEF => SOLID | HIGH,
        _ => SOLID,
    };
    let begins = byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80;
    let inside = begins || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    kind | if begins { 0 } else { UNBEGUN } | if inside { 0 } else { UNNAMED }
}

/// What bytes a text has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Class(u8);

impl Class {
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |all, b| all | TABLE[usize::from(b)]))
    }

    /// What bytes stand before the first `<` or `&`, and how many.
    #[inline]
    pub(crate) fn until_markup(bytes: &[u8]) -> (Self, usize) {
        let mut all = 0;
        for (i, byte) in bytes.iter().enumerate() {
            if matches!(byte, b'<' | b'&') {
                return (Self(all), i);
            }
            all |= TABLE[usize::from(*byte)];
        }
        (Self(all), bytes.len())
    }

    /// Nothing but white space.
    #[inline]
    pub(crate) fn is_blank(self) -> bool {
        self.0 & SOLID == 0
    }

    #[inline]
    pub(crate) fn has_return(self) -> bool {
        self.0 & RETURN != 0
    }

    #[inline]
    pub(crate) fn has_bracket(self) -> bool {
        self.0 & BRACKET != 0
    }

    /// Whether a value has `<`, `&` or white space other than spaces.
    #[inline]
    pub(crate) fn has_markup(self) -> bool {
        self.0 & MARKUP != 0
    }

    /// Whether the text it was made of has only characters that XML allows.
    #[inline]
    pub(crate) fn allows(self, text: &str) -> bool {
        let noncharacter = |c: char| matches!(c, '\u{FFFE}' | '\u{FFFF}');
        self.0 & CONTROL == 0 && !(self.0 & HIGH != 0 && text.contains(noncharacter))
    }
}

/// Prefix and local name of a name; the prefix is empty without a colon. Letters beyond ASCII are all taken.
pub(crate) fn split_name(name: &str) -> Option<(&str, &str)> {
    let (mut colon, mut begins) = (None, true);
    for (i, byte) in name.bytes().enumerate() {
        let class = TABLE[usize::from(byte)];
        if byte == b':' {
            if begins || colon.is_some() {
                return None;
            }
            (colon, begins) = (Some(i), true);
        } else if class & (if begins { UNBEGUN } else { UNNAMED }) != 0 {
            return None;
        } else {
            begins = false;
        }
    }
    match colon {
        _ if begins => None,
        None => Some(("", name)),
        Some(colon) => Some((name.get(..colon)?, name.get(colon + 1..)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        assert!(Class::of(" \t\r\n").is_blank() && Class::of("\r").has_return());
        assert!(!Class::of("\u{a0}").is_blank());
        assert!(!Class::of("a\u{1}").allows("a\u{1}"));
        assert!(!Class::of("\u{FFFE}").allows("\u{FFFE}"));
        assert!(Class::of("\u{FFFD}").allows("\u{FFFD}"));
    }

    #[test]
    fn names() {
        assert_eq!(split_name("_a-1.å"), Some(("", "_a-1.å")));
        assert_eq!(split_name("a:b"), Some(("a", "b")));
        for bad in ["", "1a", "-a", "a b", ":a", "a:", "a:1", "a:b:c", "a<"] {
            assert_eq!(split_name(bad), None, "{bad}");
        }
    }
}
