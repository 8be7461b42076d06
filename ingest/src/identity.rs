//! Personal numbers at the door: parsed, keyed into a person key, sealed for the vault.

mod number;
mod seal;
mod secret;

pub(crate) use number::age_at;
pub use number::{NumberFault, PersonalNumber};
pub use seal::SealedIdentity;
pub use secret::{PersonKey, Secret};
