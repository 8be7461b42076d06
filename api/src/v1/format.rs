use axum::http::{HeaderMap, header};

use frisk_warehouse::export;

use crate::problem::Problem;

/// The formats that a table comes in: our own JSON, and those of the exporters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Our own JSON.
    Json,
    /// A file.
    File(export::Format),
}

impl Format {
    /// Our own JSON and every file format.
    fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Json).chain(export::Format::ALL.into_iter().map(Self::File))
    }

    /// Name in `format=`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::File(format) => format.name(),
        }
    }

    /// Media type in `Content-Type`.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::File(format) => format.media_type(),
        }
    }

    /// Media type in `Accept`: without parameters.
    fn accept(self) -> &'static str {
        let media = self.media_type();
        media.split_once(';').map_or(media, |(media, _)| media)
    }

    /// The format that is asked for: by name, else by `Accept`, else JSON.
    ///
    /// **Errors**: [`Problem::NotAcceptable`] if none of those asked for can be made.
    pub(crate) fn negotiate(name: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let found = Self::all().find(|format| format.name() == name);
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
                "text/*" => Some(Self::File(export::Format::Csv)),
                media => Self::all().find(|f| f.accept() == media),
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

    const CSV: Format = Format::File(export::Format::Csv);

    #[test]
    fn the_heaviest_range_that_can_be_made_wins() {
        assert_eq!(Format::accepted("text/csv"), Some(CSV));
        assert_eq!(
            Format::accepted("image/png, text/csv;q=0.5, application/json;q=0.9"),
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
        assert_eq!(
            negotiate(Some("parquet")),
            Ok(Format::File(export::Format::Parquet))
        );
        assert_eq!(negotiate(Some("")), Ok(CSV));
        assert_eq!(negotiate(Some("doc")), Err(Problem::NotAcceptable));
    }
}
