//! Bytes to text: UTF-8, UTF-16 with a byte order mark, ISO-8859-1 when declared.

use std::borrow::Cow;

/// The text of a document, without byte order mark; `None` if the bytes are not in a known encoding.
pub(crate) fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        _ if declares_latin_1(bytes) => {
            Some(Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()))
        }
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

fn declares_latin_1(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"<?xml") {
        return false;
    }
    let head = bytes.iter().take(200).take_while(|b| **b != b'>');
    let head: String = head.map(|b| char::from(b.to_ascii_lowercase())).collect();
    head.contains("iso-8859-1") || head.contains("latin1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_encodings_documents_come_in() {
        assert_eq!(text(b"\xEF\xBB\xBF<a/>").as_deref(), Some("<a/>"));
        // UTF-16LE: U+00E5 is E5 00.
        assert_eq!(text(b"\xFF\xFE<\0\xE5\0").as_deref(), Some("<å"));
        assert_eq!(text(b"\xFE\xFF\0<\0\xE5").as_deref(), Some("<å"));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE5</a>";
        assert!(text(latin).is_some_and(|t| t.ends_with("<a>å</a>")));
        assert_eq!(text(b"<a>\xE5</a>"), None);
        assert_eq!(text(b"\xFF\xFE<"), None);
    }
}
