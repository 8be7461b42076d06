//! From an incoming diagnosis code to the model that answers for it.

use serde::{Deserialize, Serialize};

/// Status of a prediction, in SRS's own words (`Diagnosprediktionstatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SrsStatus {
    /// The code has a model of its own.
    #[serde(rename = "OK")]
    Ok,
    /// The model of a shorter code was used.
    #[serde(rename = "DIAGNOSKOD_PA_HOGRE_NIVA")]
    HigherLevel,
    /// No model for the code at any level.
    #[serde(rename = "PREDIKTIONSMODELL_SAKNAS")]
    NoModel,
    /// No code, a code of more than five characters, or an answer that is missing or unknown.
    #[serde(rename = "NOT_OK")]
    NotOk,
}

impl SrsStatus {
    /// The word in an answer.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::HigherLevel => "DIAGNOSKOD_PA_HOGRE_NIVA",
            Self::NoModel => "PREDIKTIONSMODELL_SAKNAS",
            Self::NotOk => "NOT_OK",
        }
    }
}

/// Characters of the longest and of the shortest code that may have a model.
const LONGEST: usize = 5;
const SHORTEST: usize = 3;

/// The model of the longest prefix, and the status that goes with it.
pub(super) fn look_up<M>(
    diagnosis: &str,
    model: impl Fn(&str) -> Option<M>,
) -> (Option<M>, SrsStatus) {
    let clean: String = diagnosis
        .trim()
        .chars()
        .filter(|&letter| letter != '.')
        .flat_map(char::to_uppercase)
        .collect();
    let letters = clean.chars().count();
    if letters == 0 || letters > LONGEST {
        return (None, SrsStatus::NotOk);
    }
    let ends: Vec<usize> = clean
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8())
        .collect();
    for count in (SHORTEST..=letters).rev() {
        if let Some(found) = model(&clean[..ends[count - 1]]) {
            let status = if count == letters {
                SrsStatus::Ok
            } else {
                SrsStatus::HigherLevel
            };
            return (Some(found), status);
        }
    }
    (None, SrsStatus::NoModel)
}
