use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use frisk_codes::{Language, Text};
use frisk_warehouse::Label;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Role;

/// Everything that can go wrong in an answer: the closed set that the API promises (RFC 9457).
///
/// A handler returns it; [`render`] writes it, since only there the language and the request id are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A part of the question is not possible.
    Question {
        /// The query parameter or field.
        what: &'static str,
        /// What would have been right.
        expected: Label,
    },
    /// Nobody is signed in.
    SignIn,
    /// Signed in, but not in the role that this needs.
    Role {
        /// The role that would do.
        needs: Role,
    },
    /// There is no such thing, or not for this reader.
    NotFound,
    /// The address has no such method.
    Method,
    /// None of the asked media types can be made.
    NotAcceptable,
    /// More cells than one answer may have.
    TooManyCells,
    /// It took too long.
    Timeout,
    /// The body is too large.
    TooLarge,
    /// The body's media type cannot be read.
    MediaType,
    /// The document or the features cannot be used.
    Document {
        /// What is wrong, a sentence each; never content of the document.
        faults: Vec<String>,
    },
    /// No risk model is approved.
    NoModel,
    /// Too much at once.
    Busy,
    /// Our fault. The cause is logged, not told.
    Internal,
}

/// A problem as it is sent (`application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemDocument {
    /// Stable name of the kind of problem.
    #[schema(example = "urn:frisk:problem:not-found")]
    pub(crate) r#type: String,
    /// What kind of problem, in the reader's language.
    pub(crate) title: &'static str,
    /// The status code.
    #[schema(example = 404)]
    pub(crate) status: u16,
    /// What to do about it, in the reader's language.
    pub(crate) detail: String,
    /// The request id, to name when reporting it.
    pub(crate) instance: String,
    /// What is wrong with the document or the features, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) faults: Vec<String>,
}

impl Problem {
    /// A part of a question that is not possible, and what would be.
    pub(crate) fn question(
        what: &'static str,
        sv: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        let (sv, en) = (sv.into(), en.into());
        Self::Question {
            what,
            expected: Label { sv, en },
        }
    }

    /// A fault of ours: logs the cause once, tells none of it.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(cause = %cause, "a request failed inside");
        Self::Internal
    }

    /// The problem of a bare status that a layer answered with.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::NOT_ACCEPTABLE => Self::NotAcceptable,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            status if status.is_client_error() => Self::question(
                "request",
                "en fråga som går att läsa",
                "a well-formed request",
            ),
            _ => Self::Internal,
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Question { .. } => StatusCode::BAD_REQUEST,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Role { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::TooManyCells => StatusCode::FORBIDDEN,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Document { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoModel | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn slug(&self) -> &'static str {
        match self {
            Self::Question { .. } => "question",
            Self::SignIn => "sign-in",
            Self::Role { .. } => "role",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::NotAcceptable => "not-acceptable",
            Self::TooManyCells => "too-many-cells",
            Self::Timeout => "timeout",
            Self::TooLarge => "too-large",
            Self::MediaType => "media-type",
            Self::Document { .. } => "document",
            Self::NoModel => "no-model",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// What kind of problem it is.
    pub(crate) fn title(&self, language: Language) -> &'static str {
        let text = match self {
            Self::Question { .. } => Text::new(
                "Frågan går inte att ställa så",
                "The question cannot be asked so",
            ),
            Self::SignIn => Text::new("Logga in först", "Sign in first"),
            Self::Role { .. } => Text::new("Behörighet saknas", "Permission is missing"),
            Self::NotFound => Text::new("Sidan finns inte", "There is no such page"),
            Self::Method => Text::new(
                "Adressen kan inte användas så",
                "The address cannot be used so",
            ),
            Self::NotAcceptable => Text::new("Formatet finns inte", "There is no such format"),
            Self::TooManyCells => Text::new("Svaret blir för stort", "The answer is too large"),
            Self::Timeout => Text::new("Det tog för lång tid", "It took too long"),
            Self::TooLarge => Text::new("Innehållet är för stort", "The content is too large"),
            Self::MediaType => Text::new(
                "Innehållets format kan inte läsas",
                "The content's format cannot be read",
            ),
            Self::Document { .. } => Text::new(
                "Underlaget kan inte användas",
                "The document cannot be used",
            ),
            Self::NoModel => Text::new("Ingen riskmodell är godkänd", "No risk model is approved"),
            Self::Busy => Text::new("Många frågor just nu", "Many questions right now"),
            Self::Internal => {
                Text::new("Något gick fel hos Frisk", "Something went wrong in Frisk")
            }
        };
        text.get(language)
    }

    /// What to do about it.
    pub(crate) fn detail(&self, language: Language) -> String {
        match self {
            Self::Question { what, expected } => match language {
                Language::Sv => format!("{what}: väntade {}.", expected.sv),
                Language::En => format!("{what}: expected {}.", expected.en),
            },
            Self::Role { needs } => role_detail(*needs, language),
            _ => self.fixed_detail().get(language).to_owned(),
        }
    }

    fn fixed_detail(&self) -> Text {
        match self {
            Self::SignIn => Text::new(
                "Uppgifter om enheter och sjukfall kräver inloggning. Riket och regionerna är öppna för alla.",
                "Data on units and cases need signing in. The nation and the regions are open to all.",
            ),
            Self::NotFound => Text::new(
                "Adressen finns inte, eller så hör den inte till ditt uppdrag.",
                "The address does not exist, or it is not part of your assignment.",
            ),
            Self::Method => Text::new(
                "Använd metoden i API-beskrivningen.",
                "Use the method in the API description.",
            ),
            Self::NotAcceptable => Text::new(
                "Välj ett format i API-beskrivningen.",
                "Choose a format of the API description.",
            ),
            Self::TooManyCells => Text::new(
                "Välj färre värden: ett svar har högst 100 000 celler.",
                "Choose fewer values: an answer has at most 100,000 cells.",
            ),
            Self::Timeout => Text::new("Försök igen om en stund.", "Try again in a while."),
            Self::TooLarge => Text::new(
                "Skicka ett dokument i taget.",
                "Send one document at a time.",
            ),
            Self::MediaType => Text::new(
                "Skicka application/json eller application/xml.",
                "Send application/json or application/xml.",
            ),
            Self::Document { .. } => Text::new(
                "Rätta det som står under faults.",
                "Mend what stands under faults.",
            ),
            Self::NoModel => Text::new(
                "Sjukfall kan inte uppskattas förrän en modell är godkänd.",
                "Cases cannot be estimated before a model is approved.",
            ),
            Self::Busy => Text::new("Försök igen om 2 sekunder.", "Try again in 2 seconds."),
            _ => Text::new(
                "Felet är loggat. Uppge numret nedan om du hör av dig.",
                "The fault is logged. Give the number below if you get in touch.",
            ),
        }
    }

    pub(crate) fn faults(&self) -> &[String] {
        match self {
            Self::Document { faults } => faults,
            _ => &[],
        }
    }

    /// The problem as JSON.
    pub(crate) fn json(&self, language: Language, request_id: &str) -> Response {
        let document = ProblemDocument {
            r#type: format!("urn:frisk:problem:{}", self.slug()),
            title: self.title(language),
            status: self.status().as_u16(),
            detail: self.detail(language),
            instance: format!("urn:frisk:request:{request_id}"),
            faults: self.faults().to_vec(),
        };
        let body = serde_json::to_string(&document).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.headers(&mut response);
        response
    }

    /// The headers that go with the problem in any format.
    pub(crate) fn headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::SignIn => {
                let scheme = HeaderValue::from_static("Bearer realm=\"frisk\"");
                headers.insert(header::WWW_AUTHENTICATE, scheme);
            }
            Self::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
    }
}

fn role_detail(needs: Role, language: Language) -> String {
    let role = needs.name(language);
    match language {
        Language::Sv => format!("Sidan kräver uppdraget {role}."),
        Language::En => format!("The page needs the assignment {role}."),
    }
}

impl From<frisk_warehouse::Error> for Problem {
    fn from(error: frisk_warehouse::Error) -> Self {
        match error {
            frisk_warehouse::Error::Question { what, expected, .. } => {
                Self::question(what, expected.clone(), expected)
            }
            frisk_warehouse::Error::Busy { .. } => Self::Busy,
            other => Self::internal(&other),
        }
    }
}

impl From<frisk_state::Error> for Problem {
    fn from(error: frisk_state::Error) -> Self {
        Self::internal(&error)
    }
}

/// A bare status with the problem in its extensions: [`crate::request::finish`] writes the body.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
