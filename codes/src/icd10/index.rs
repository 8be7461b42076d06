use std::collections::HashMap;

use super::Entry;

/// Longest code that an index holds, in characters; ICD-10-SE's longest has five.
pub(super) const LONGEST: usize = 8;

/// Characters `A`–`Z` and `0`–`9` of a code, upper-cased, at most [`LONGEST`] of them, packed.
#[derive(Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Key {
    /// The key of a code in any spelling: `"a 35-p"` → `A35P`.
    pub(super) fn of(code: &str) -> Self {
        let mut key = Self {
            bytes: [0; LONGEST],
            len: 0,
        };
        let kept = code
            .bytes()
            .map(|b| b.to_ascii_uppercase())
            .filter(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        for (place, byte) in key.bytes.iter_mut().zip(kept) {
            *place = byte;
            key.len += 1;
        }
        key
    }

    /// How many characters it has.
    pub(super) fn len(self) -> usize {
        self.len
    }

    /// The first `len` characters as a number; zero bytes fill the rest.
    pub(super) fn prefix(self, len: usize) -> u64 {
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(self.bytes).take(len) {
            *to = from;
        }
        u64::from_be_bytes(bytes)
    }
}

/// Position of every code in its list, for look-up by prefix.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeIndex {
    places: HashMap<u64, usize>,
    longest: usize,
}

impl CodeIndex {
    /// The index of a list.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            let key = Key::of(&entry.id);
            index.longest = index.longest.max(key.len());
            index.places.insert(key.prefix(LONGEST), place);
        }
        index
    }

    /// Place of the longest known code that the key begins with, at least `shortest` characters long.
    pub(super) fn longest_prefix(&self, key: Key, shortest: usize) -> Option<usize> {
        let longest = key.len().min(self.longest);
        (shortest..=longest)
            .rev()
            .find_map(|len| self.places.get(&key.prefix(len)).copied())
    }
}
