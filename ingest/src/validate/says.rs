use super::answers::{Answers, Part};
use super::text::{normalize, says_no, says_yes};

/// What a part says, as the official rules ask for it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Says {
    /// Anything, also nothing.
    Anything,
    /// Text with `1` or `true` in it.
    Yes,
    /// Text with neither `1` nor `true` in it.
    NotYes,
    /// Text with `0` or `false` in it.
    No,
    /// Text with neither `0` nor `false` in it.
    NotNo,
    /// The text `1` or `true`.
    True,
    /// The text `0` or `false`.
    False,
    /// Any text but `1` or `true`.
    NotTrue,
    /// A code among these.
    Code(&'static [&'static str]),
    /// A code, and not one of these.
    OtherCode(&'static [&'static str]),
    /// No code, or another than these.
    NotCode(&'static [&'static str]),
    /// A code with this in it.
    CodeWith(&'static str),
    /// No code with this in it.
    CodeWithout(&'static str),
    /// All text in it, codes and names too, has one of these in it.
    TextWith(&'static [&'static str]),
}

impl Says {
    pub(super) fn holds(self, answers: &Answers<'_>, part: Part<'_>) -> bool {
        let whole = answers.string(part);
        let text = || normalize(&whole);
        let among = |codes: &[&str], code: &str| codes.contains(&&*normalize(code));
        let mut codes = answers.codes(part);
        match self {
            Self::Anything => true,
            Self::Yes => says_yes(&text()),
            Self::NotYes => !says_yes(&text()),
            Self::No => says_no(&text()),
            Self::NotNo => !says_no(&text()),
            Self::True => matches!(&*text(), "1" | "true"),
            Self::False => matches!(&*text(), "0" | "false"),
            Self::NotTrue => !matches!(&*text(), "1" | "true"),
            Self::Code(all) => codes.any(|c| among(all, c)),
            Self::OtherCode(all) => codes.any(|c| !among(all, c)),
            Self::NotCode(all) => !codes.any(|c| among(all, c)),
            Self::CodeWith(piece) => codes.any(|c| c.contains(piece)),
            Self::CodeWithout(piece) => !codes.any(|c| c.contains(piece)),
            Self::TextWith(pieces) => {
                let all = answers.all_text(part.at);
                pieces.iter().any(|piece| all.contains(piece))
            }
        }
    }

    /// In words, after a part's name: ` är 'ANNAT'`; nothing for anything.
    pub(super) fn words(self) -> String {
        let list = |codes: &[&str]| codes.join(" eller ");
        match self {
            Self::Anything => String::new(),
            Self::Yes | Self::True => " är sant".to_owned(),
            Self::NotNo => " inte är falskt".to_owned(),
            Self::No | Self::False => " är falskt".to_owned(),
            Self::NotYes | Self::NotTrue => " inte är sant".to_owned(),
            Self::Code(all) => format!(" är {}", list(all)),
            Self::OtherCode(all) | Self::NotCode(all) => format!(" inte är {}", list(all)),
            Self::CodeWith(piece) => format!(" är {piece}"),
            Self::CodeWithout(piece) => format!(" inte är {piece}"),
            Self::TextWith(pieces) => format!(" innehåller {}", list(pieces)),
        }
    }
}
