//! Rows of a table with SRS's own column names.

use csv::StringRecord;

use super::question::{Answer, QUESTIONS};
use crate::error::{Error, Result};

/// The answers of one row, question by question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SrsAnswers(pub [Answer; QUESTIONS.len()]);

/// Where each question stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SrsSheet {
    diagnosis: usize,
    columns: [Option<usize>; QUESTIONS.len()],
}

impl SrsSheet {
    /// Finds the columns by the header; a question without a column is unanswered in all rows.
    ///
    /// # Errors
    /// [`Error::MissingColumn`] without a column `diagnosis`.
    pub fn new(header: &StringRecord) -> Result<Self> {
        let find = |name: &str| {
            header
                .iter()
                .position(|column| column.trim_start_matches('\u{feff}').trim() == name)
        };
        Ok(Self {
            diagnosis: find("diagnosis").ok_or_else(|| Error::MissingColumn {
                column: "diagnosis".to_owned(),
            })?,
            columns: QUESTIONS.map(|question| find(question.column)),
        })
    }

    /// Diagnosis and answers of a row; a row that is too short leaves questions unanswered.
    #[must_use]
    pub fn read<'r>(&self, row: &'r StringRecord) -> (&'r str, SrsAnswers) {
        let mut answers = SrsAnswers::default();
        for ((answer, question), column) in answers.0.iter_mut().zip(&QUESTIONS).zip(self.columns) {
            if let Some(text) = column.and_then(|at| row.get(at)) {
                *answer = question.read(text);
            }
        }
        (row.get(self.diagnosis).unwrap_or_default(), answers)
    }
}
