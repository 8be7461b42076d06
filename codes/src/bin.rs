use serde::Serialize;

use crate::Text;

/// One bin of a whole number: a label and the range that it holds, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Bin {
    /// Stable name in filters, addresses and files: ASCII, no spaces, such as `16-20`.
    pub id: &'static str,
    /// Label in both languages.
    pub label: Text,
    /// Smallest value.
    pub from: i32,
    /// Largest value; `None` = no upper end.
    pub to: Option<i32>,
}

impl Bin {
    /// A bin; used by the tables of this crate.
    #[must_use]
    pub(crate) const fn new(id: &'static str, label: Text, from: i32, to: Option<i32>) -> Self {
        Self {
            id,
            label,
            from,
            to,
        }
    }

    /// Whether the value lies in the bin.
    #[must_use]
    pub fn holds(&self, value: i32) -> bool {
        value >= self.from && self.to.is_none_or(|to| value <= to)
    }

    /// Index of the bin of a value in bins that are in ascending order; the first bin takes what is below it.
    pub(crate) fn index(bins: &[Self], value: i32) -> usize {
        bins.iter()
            .rposition(|bin| value >= bin.from)
            .unwrap_or_default()
    }
}

/// The methods of a group type that is an index into a table of [`Bin`]s.
macro_rules! binned {
    ($name:ident, $table:ident, $count:literal, $unit:literal, $expected:literal) => {
        impl $name {
            /// All groups, in report order (ascending).
            pub const ALL: [Self; $count] = {
                let mut all = [Self(0); $count];
                let mut i = 0;
                while i < $count {
                    all[i] = Self(i as u8);
                    i += 1;
                }
                all
            };

            #[doc = concat!("The group of a value (", $unit, "); a negative value falls in the first group.")]
            #[must_use]
            pub fn of(value: i32) -> Self {
                Self::ALL[Bin::index(&$table, value)]
            }

            /// The bin: id, label and range.
            #[must_use]
            pub fn bin(self) -> &'static Bin {
                &$table[self.index()]
            }

            /// Position in [`Self::ALL`], from 0.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// Stable id in filters and files.
            #[must_use]
            pub fn id(self) -> &'static str {
                self.bin().id
            }

            /// Label in one language.
            #[must_use]
            pub fn label(self, language: Language) -> &'static str {
                self.bin().label.get(language)
            }

            /// The group of an id or of a label in either language.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                Self::ALL.into_iter().find(|group| {
                    let bin = group.bin();
                    [bin.id, bin.label.sv, bin.label.en].contains(&text)
                })
            }
        }

        impl From<$name> for &'static str {
            fn from(group: $name) -> Self {
                group.id()
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(id: String) -> Result<Self, Self::Error> {
                Self::parse(&id).ok_or_else(|| format!("{id:?} is not {}", $expected))
            }
        }
    };
}
pub(crate) use binned;
