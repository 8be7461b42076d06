//! Which person a command is about. A personal number is never an argument: the list of processes and the shell's
//! history would keep it.

use std::{collections::BTreeSet, io::Read, path::Path};

use frisk_ingest::PersonalNumber;

use crate::{key::Keys, output::Failure};

/// A person as a command was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    /// The personal number comes on standard input.
    OnStdin,
    /// The person key in the warehouse.
    Key(i64),
}

/// Reads the argument PERSON: `-` or a person key.
pub(crate) fn parse(text: &str) -> Result<Person, String> {
    if text == "-" {
        return Ok(Person::OnStdin);
    }
    if frisk_state::looks_personal(text) || PersonalNumber::parse(text).is_ok() {
        return Err(
            "this looks like a personal number, which must not be an argument; give `-` and the number on standard input"
                .to_owned(),
        );
    }
    text.parse().map(Person::Key).map_err(|_| {
        "expected `-` (personal number on standard input) or a person key (a whole number)"
            .to_owned()
    })
}

impl Person {
    /// The person key.
    pub(crate) fn key(self, keys: &Keys) -> Result<i64, Failure> {
        match self {
            Self::Key(key) => Ok(key),
            Self::OnStdin => {
                let mut text = String::new();
                std::io::stdin().take(1_000).read_to_string(&mut text)?;
                number_key(text.trim(), "standard input", keys)
            }
        }
    }
}

/// The person keys of a file with one personal number a line.
pub(crate) fn keys_in(file: &Path, keys: &Keys) -> Result<BTreeSet<i64>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("{}: {error}", file.display())))?;
    text.lines()
        .map(str::trim)
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, line)| number_key(line, &format!("{}, line {}", file.display(), at + 1), keys))
        .collect()
}

fn number_key(text: &str, place: &str, keys: &Keys) -> Result<i64, Failure> {
    let number = PersonalNumber::parse(text).map_err(|_| {
        Failure::usage(format!(
            "{place}: expected a personal or coordination number of 12 digits"
        ))
    })?;
    Ok(keys.secret().person_key(number.digits()).0)
}

#[cfg(test)]
mod tests {
    use super::{Person, parse};

    #[test]
    fn a_personal_number_is_no_argument() {
        // 811228-9874: Skatteverket's example with its check digit.
        for number in ["198112289874", "19811228-9874", "8112289874"] {
            assert!(parse(number).is_err_and(|text| !text.contains("9874")));
        }
        assert_eq!(parse("-"), Ok(Person::OnStdin));
        assert_eq!(
            parse("-4611686018427387904"),
            Ok(Person::Key(-4_611_686_018_427_387_904))
        );
        assert!(parse("anna").is_err());
    }
}
