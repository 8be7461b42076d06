use frisk_codes::Language;

/// A page's place among the addresses, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Overview,
    Reports,
    /// A report, with the query that made it (with its question mark, or empty).
    Report(String, String),
    Risk,
    Method,
    Demo,
    /// A page that is not there.
    Problem,
}

impl Place {
    /// The address in a language.
    pub(crate) fn href(&self, language: Language) -> String {
        let sv = language == Language::Sv;
        let fixed = match self {
            Self::Overview | Self::Problem if sv => "/",
            Self::Overview | Self::Problem => "/en/",
            Self::Reports if sv => "/rapporter",
            Self::Reports => "/en/reports",
            Self::Report(slug, query) if sv => return format!("/rapporter/{slug}{query}"),
            Self::Report(slug, query) => return format!("/en/reports/{slug}{query}"),
            Self::Risk if sv => "/riskstod",
            Self::Risk => "/en/risk",
            Self::Method if sv => "/metod",
            Self::Method => "/en/method",
            Self::Demo if sv => "/demo",
            Self::Demo => "/en/demo",
        };
        fixed.to_owned()
    }

    /// Whether a link of the menu leads here or above.
    pub(crate) fn is_under(&self, menu: &Self) -> bool {
        self == menu || matches!((self, menu), (Self::Report(..), Self::Reports))
    }
}
