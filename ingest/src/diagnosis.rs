/// A diagnosis code as kept: upper-case, `A`–`Z` and `0`–`9` only (`A35-P` → `A35P`, `g30-` → `G30`).
///
/// Which level of the classification it names is resolved in the warehouse. Source: Intygsstatistik, `PEERS.md` §1.3.8.
#[must_use]
pub fn diagnosis_code(text: &str) -> String {
    let upper = text.chars().map(|c| c.to_ascii_uppercase());
    upper
        .filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::diagnosis_code;

    #[test]
    fn keeps_letters_and_digits() {
        assert_eq!(diagnosis_code(" a 35-P"), "A35P");
        assert_eq!(diagnosis_code("G30-"), "G30");
        assert_eq!(diagnosis_code("F43.8A"), "F438A");
        assert_eq!(diagnosis_code("-"), "");
    }
}
