use axum::http::{HeaderMap, header};

use crate::problem::Problem;

/// The formats that a table comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Our own JSON.
    Json,
    /// JSON-stat 2.0.
    JsonStat,
    /// CSV (RFC 4180, UTF-8).
    Csv,
    /// Parquet.
    Parquet,
}

impl Format {
    const ALL: [Self; 4] = [Self::Json, Self::JsonStat, Self::Csv, Self::Parquet];

    /// Name in `format=`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonStat => "json-stat",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Media type in `Accept` and `Content-Type`.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonStat => "application/vnd.json-stat+json",
            Self::Csv => "text/csv",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The ending of a file.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonStat => "json-stat.json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// The format that is asked for: by name, else by `Accept`, else JSON.
    ///
    /// **Errors**: [`Problem::NotAcceptable`] if none of those asked for can be made.
    pub(crate) fn negotiate(name: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let found = Self::ALL.into_iter().find(|format| format.name() == name);
            return found.ok_or(Problem::NotAcceptable);
        }
        let Some(accept) = headers.get(header::ACCEPT) else {
            return Ok(Self::Json);
        };
        let accept = accept.to_str().map_err(|_| Problem::NotAcceptable)?;
        Self::accepted(accept).ok_or(Problem::NotAcceptable)
    }

    /// The format of the heaviest range; the first of equals.
    fn accepted(accept: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let media = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1.0), |q| q.parse().ok())
                .unwrap_or(0.0);
            let found = match media.as_str() {
                "*/*" | "application/*" => Some(Self::Json),
                "text/*" => Some(Self::Csv),
                media => Self::ALL.into_iter().find(|f| f.media_type() == media),
            };
            if let Some(format) = found
                && weight > 0.0
                && best.is_none_or(|(most, _)| weight > most)
            {
                best = Some((weight, format));
            }
        }
        best.map(|(_, format)| format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_range_that_can_be_made_wins() {
        assert_eq!(Format::accepted("text/csv"), Some(Format::Csv));
        assert_eq!(
            Format::accepted("text/html, text/csv;q=0.5, application/json;q=0.9"),
            Some(Format::Json)
        );
        assert_eq!(Format::accepted("*/*"), Some(Format::Json));
        assert_eq!(Format::accepted("image/png"), None);
        assert_eq!(Format::accepted("text/csv;q=0"), None);
    }

    #[test]
    fn a_name_goes_before_accept() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, header::HeaderValue::from_static("text/csv"));
        let negotiate = |name| Format::negotiate(name, &headers);
        assert_eq!(negotiate(Some("parquet")), Ok(Format::Parquet));
        assert_eq!(negotiate(Some("")), Ok(Format::Csv));
        assert_eq!(negotiate(Some("doc")), Err(Problem::NotAcceptable));
    }
}
