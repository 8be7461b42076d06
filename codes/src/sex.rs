use serde::{Deserialize, Serialize};

/// Legal sex (kön) as read from the personal number, coded as ISO/IEC 5218.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Sex {
    /// Not known.
    Unknown = 0,
    /// Man (män).
    Man = 1,
    /// Woman (kvinnor).
    Woman = 2,
}

impl Sex {
    /// The ISO/IEC 5218 code: 0 unknown, 1 man, 2 woman.
    #[must_use]
    pub fn code(self) -> i8 {
        self as i8
    }

    /// The sex of an ISO/IEC 5218 code; any other number is [`Sex::Unknown`].
    #[must_use]
    pub fn from_code(code: i8) -> Self {
        match code {
            1 => Self::Man,
            2 => Self::Woman,
            _ => Self::Unknown,
        }
    }
}
