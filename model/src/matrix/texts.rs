//! Codes of text columns, plain or dictionary-encoded.

use std::collections::HashMap;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type};

use crate::cohort::mismatch;
use crate::error::Result;
use crate::spec::Encoding;

/// Level → code.
#[derive(Debug, Clone)]
pub(super) struct LevelIndex {
    codes: HashMap<String, u16>,
}

impl LevelIndex {
    pub(super) fn new(levels: &[String]) -> Self {
        let codes = levels
            .iter()
            .zip(2_u16..)
            .map(|(level, code)| (level.clone(), code));
        Self {
            codes: codes.collect(),
        }
    }

    fn code(&self, text: Option<&str>) -> u16 {
        match text {
            None | Some("") => Encoding::MISSING,
            Some(level) => self.codes.get(level).copied().unwrap_or(Encoding::OTHER),
        }
    }
}

/// A text column as distinct values and, for each row, which of them (`None` = null or empty).
pub(super) struct Texts {
    values: StringArray,
    keys: Option<Vec<Option<usize>>>,
}

impl Texts {
    pub(super) fn read(name: &str, array: &ArrayRef) -> Result<Self> {
        match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(Self {
                values: plain(name, array)?,
                keys: None,
            }),
            DataType::Dictionary(_, value) if is_text(value) => dictionary(name, array),
            _ => Err(mismatch(
                name,
                array.as_ref(),
                "Utf8 or a dictionary of Utf8",
            )),
        }
    }

    pub(super) fn get(&self, row: usize) -> Option<&str> {
        let at = match &self.keys {
            None => row,
            Some(keys) => keys[row]?,
        };
        let text = (!self.values.is_null(at)).then(|| self.values.value(at));
        text.filter(|text| !text.is_empty())
    }
}

pub(super) fn encode(name: &str, array: &ArrayRef, index: &LevelIndex) -> Result<Vec<u16>> {
    let texts = Texts::read(name, array)?;
    let code = |at: usize| {
        let value = (!texts.values.is_null(at)).then(|| texts.values.value(at));
        index.code(value)
    };
    Ok(match &texts.keys {
        None => (0..array.len()).map(code).collect(),
        Some(keys) => {
            let table: Vec<u16> = (0..texts.values.len()).map(code).collect();
            let of_key = |key: &Option<usize>| key.map_or(Encoding::MISSING, |key| table[key]);
            keys.iter().map(of_key).collect()
        }
    })
}

fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

fn plain(name: &str, array: &ArrayRef) -> Result<StringArray> {
    let text = cast(array, &DataType::Utf8)?;
    let text = text.as_string_opt::<i32>().cloned();
    text.ok_or_else(|| mismatch(name, array.as_ref(), "Utf8"))
}

fn dictionary(name: &str, array: &ArrayRef) -> Result<Texts> {
    let wide = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let wide = cast(array, &wide)?;
    let Some(wide) = wide.as_dictionary_opt::<Int32Type>() else {
        return Err(mismatch(name, array.as_ref(), "a dictionary of Utf8"));
    };
    let values = plain(name, wide.values())?;
    let keys = wide
        .keys()
        .iter()
        .map(|key| key.and_then(|key| usize::try_from(key).ok()));
    Ok(Texts {
        values,
        keys: Some(keys.collect()),
    })
}
