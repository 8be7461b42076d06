use serde::Serialize;

use super::WITHOUT_VALID_CODE;
use crate::{DiagnosisGroup, Language};

/// A diagnosis on the four levels of the classification.
///
/// `valid = false` is the internal group "Utan giltig ICD-10 kod": every level is `None`. A valid diagnosis has chapter,
/// block and category; `code = None` then stands for the internal code "Okänd kod inom …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Levels<'a> {
    /// Chapter (kapitel), such as `F00-F99`.
    pub chapter: Option<&'a str>,
    /// Block (avsnitt), such as `F40-F48`.
    pub block: Option<&'a str>,
    /// Category (kategori), such as `F43`.
    pub category: Option<&'a str>,
    /// Code (kod) of four or more characters, such as `F438A`; `None` = not a known code.
    pub code: Option<&'a str>,
    /// Whether the diagnosis is at least a known category.
    pub valid: bool,
}

impl Levels<'_> {
    /// The internal group "Utan giltig ICD-10 kod".
    pub const INVALID: Self = Self {
        chapter: None,
        block: None,
        category: None,
        code: None,
        valid: false,
    };

    /// The code as a row label: the code, `Okänd kod inom F43`, or `Utan giltig ICD-10 kod`.
    #[must_use]
    pub fn code_label(&self, language: Language) -> String {
        match (self.code, self.category) {
            (Some(code), _) => code.to_owned(),
            (None, Some(category)) => match language {
                Language::Sv => format!("Okänd kod inom {category}"),
                Language::En => format!("Unknown code within {category}"),
            },
            (None, None) => WITHOUT_VALID_CODE.get(language).to_owned(),
        }
    }

    /// The diagnosis group of the chapter.
    #[must_use]
    pub fn group(&self) -> DiagnosisGroup {
        DiagnosisGroup::of_levels(self)
    }
}
