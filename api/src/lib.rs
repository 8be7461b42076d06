//! Cubes and risks to people and machines: REST with OpenAPI, and server-rendered pages.
//!
//! Whoever embeds this crate fills an [`App`] and calls [`router`] or [`serve`]. Behind the router stands one gate: a
//! handler reaches unit or person data only with a value that the authorization extractor made.
#![deny(missing_docs)]

mod app;
mod ask;
mod auth;
mod cases;
mod chart;
mod choices;
mod error;
mod estimate;
mod gate;
mod locale;
mod metrics;
mod openapi;
mod pages;
mod problem;
mod px;
mod request;
mod router;
mod serve;
mod v1;

pub use app::{App, Clock, DemoSecret, Settings};
pub use auth::{Claims, Role};
pub use cases::{CaseFeatures, Cases, UnitInfo};
pub use error::Error;
pub use estimate::{Estimate, Input, InputKind, Reason, RiskModel, ServedModel, Unlike, UnlikeWhy};
pub use openapi::openapi;
pub use router::router;
pub use serve::serve;
