//! The questions of SRS v3 and their answers.

/// A question with its possible answers, in SRS's own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Column.
    pub column: &'static str,
    /// Answers, at most 8.
    pub answers: &'static [&'static str],
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// Position among the question's answers.
    Given(u8),
    /// Nothing.
    #[default]
    Missing,
    /// Something that is no answer to the question.
    Unknown,
}

/// Every question of v3.0. Which ones a model asks is told by its coefficients.
///
/// Source: sklintyg/srs, SRS_PM_indata_3_0.xlsx ("Kodning av värden för factor").
pub const QUESTIONS: [Question; 13] = [
    Question {
        column: "Sex",
        answers: &["Female", "Male"],
    },
    Question {
        column: "age_cat_fct",
        answers: &["17-29", "30-39", "40-49", "50-56", "57-63"],
    },
    Question {
        column: "Region",
        answers: &["Nord", "Mitt", "Stockholm", "Vast", "Syd"],
    },
    Question {
        column: "SA_SyssStart_fct",
        answers: &["unemp", "not_unemp"],
    },
    Question {
        column: "SA_1_gross",
        answers: &["0", "(0,90]", "(90,180]", "(180,366]"],
    },
    Question {
        column: "SA_ExtentFirst",
        answers: &["0.25", "0.5", "0.75", "1"],
    },
    Question {
        column: "edu_cat_fct",
        answers: &[">12 years", "No university"],
    },
    Question {
        column: "birth_cat_fct",
        answers: &["SW", "World"],
    },
    Question {
        column: "comorbidity",
        answers: &["no", "yes"],
    },
    Question {
        column: "DP_atStart",
        answers: &["false", "true"],
    },
    Question {
        column: "NoCareAtStart",
        answers: &["CareAtStart", "NoCareAtStart"],
    },
    Question {
        column: "Visits_yearBefore_all_r1_median",
        answers: &["aboveMedian", "LessT2V"],
    },
    Question {
        column: "Vtid_yearBefore_all_r1_median",
        answers: &["aboveMedian", "LessT2V"],
    },
];

impl Question {
    /// Reads an answer. Numbers may be written in another way (`1.0` for `1`), truth values in
    /// any case (`TRUE`), and the region Väst with its dots; all else is to the letter.
    #[must_use]
    pub fn read(&self, text: &str) -> Answer {
        let text = text.trim();
        if text.is_empty() {
            return Answer::Missing;
        }
        let found = self.answers.iter().position(|answer| same(answer, text));
        found.map_or(Answer::Unknown, |at| Answer::Given(at as u8))
    }
}

fn same(answer: &str, text: &str) -> bool {
    answer == text
        || (answer == "Vast" && text == "Väst")
        || (matches!(answer, "true" | "false") && answer.eq_ignore_ascii_case(text))
        || matches!((answer.parse::<f64>(), text.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
}
