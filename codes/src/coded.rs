/// An enum that is a list of codes with texts: `code`, `from_code`, `text`, `ALL`, serde by code.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident: $expected:literal {
        $($(#[$doc:meta])* $variant:ident = $code:literal, $sv:literal, $en:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum $name {
            $($(#[$doc])* #[doc = concat!("`", $code, "`: ", $sv, ".")] $variant,)+
        }

        impl $name {
            /// All, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in documents.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The item of a code; surrounding blanks do not count.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code.trim() { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// Text in both languages.
            #[must_use]
            pub fn text(self) -> crate::Text {
                match self { $(Self::$variant => crate::Text::new($sv, $en)),+ }
            }
        }

        impl From<$name> for &'static str {
            fn from(item: $name) -> Self { item.code() }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(code: String) -> Result<Self, Self::Error> {
                Self::from_code(&code).ok_or_else(|| format!("{code:?} is not {}", $expected))
            }
        }
    };
}
pub(crate) use coded;
