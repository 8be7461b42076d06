use std::collections::HashMap;

/// The texts behind the numbers of a [`crate::Fact`], shared by all buckets of a snapshot.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// HSA ids of care providers.
    pub providers: Vec<String>,
    /// HSA ids of units and care units.
    pub units: Vec<String>,
    /// HSA ids of doctors.
    pub doctors: Vec<String>,
    /// Diagnosis codes as given, A–Z 0–9; entry 0 is the empty text.
    pub diagnoses: Vec<String>,
}

/// Gives each distinct text of one column a number, in order of first sight.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    /// The text before: neighbours in a sorted table are often the same.
    latest: u32,
}

impl Column {
    /// The texts by number.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The text of a number; the empty text when there is none.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if self
            .texts
            .get(self.latest as usize)
            .is_some_and(|t| t == text)
        {
            return self.latest;
        }
        self.latest = match self.numbers.get(text) {
            Some(&number) => number,
            None => self.add(text),
        };
        self.latest
    }

    fn add(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }
}

/// Numbers the texts of period batches; one interner for all buckets of a snapshot.
#[derive(Debug, Clone)]
pub struct Interner {
    pub(crate) providers: Column,
    pub(crate) units: Column,
    pub(crate) doctors: Column,
    pub(crate) diagnoses: Column,
}

impl Interner {
    /// An empty interner; diagnosis 0 is the empty text.
    #[must_use]
    pub fn new() -> Self {
        let mut diagnoses = Column::default();
        diagnoses.number("");
        Self {
            providers: Column::default(),
            units: Column::default(),
            doctors: Column::default(),
            diagnoses,
        }
    }

    /// The texts by number.
    #[must_use]
    pub fn into_names(self) -> Names {
        Names {
            providers: self.providers.texts,
            units: self.units.texts,
            doctors: self.doctors.texts,
            diagnoses: self.diagnoses.texts,
        }
    }
}

impl Default for Interner {
    fn default() -> Self {
        Self::new()
    }
}
