use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Error;

/// A text file as someone published it, decoded, with its hash.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// SHA-256 of its bytes, hex.
    pub(crate) sha256: String,
}

impl SourceFile {
    /// Reads and decodes a file.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Ok(Self {
            path: path.to_path_buf(),
            text: decode(&bytes),
            sha256: hex(&Sha256::digest(&bytes)),
        })
    }

    /// File name without folders.
    pub(crate) fn name(&self) -> String {
        self.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    /// Rows that are not blank, with their number from 1.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(i, line)| (i + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty())
    }
}

/// Bytes in lower-case hex.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Text of bytes in UTF-8 or UTF-16 (byte-order mark or not) or, when they are not UTF-8, Windows-1252.
///
/// Socialstyrelsen's files are UTF-8 with a mark (ICD-10-SE, KVÅ) or Windows ANSI (KSH97).
pub(crate) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|b| windows_1252(*b)).collect(),
        },
    }
}

/// Text of UTF-16 without its mark.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok())
        .map(unit)
        .collect();
    String::from_utf16_lossy(&units)
}

/// The character of a Windows-1252 byte: Latin-1 apart from 0x80–0x9F.
fn windows_1252(byte: u8) -> char {
    /// 0x80–0x9F; the five unassigned bytes are the replacement character.
    const UPPER: [char; 32] = [
        '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
        '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{FFFD}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or('\u{FFFD}'),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_encodings_give_the_same_text() {
        // "Å–é" in each: U+00C5, U+2013, U+00E9.
        assert_eq!(decode(b"\xC3\x85\xE2\x80\x93\xC3\xA9"), "Å–é");
        assert_eq!(decode(b"\xEF\xBB\xBF\xC3\x85\xE2\x80\x93\xC3\xA9"), "Å–é");
        assert_eq!(decode(b"\xC5\x96\xE9"), "Å–é");
        assert_eq!(decode(b"\xFF\xFE\xC5\x00\x13\x20\xE9\x00"), "Å–é");
        assert_eq!(decode(b"\xFE\xFF\x00\xC5\x20\x13\x00\xE9"), "Å–é");
    }
}
