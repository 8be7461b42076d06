//! Personal numbers at the door: parsed, keyed into a person key, sealed for the vault.

mod erased;
mod log_key;
mod number;
mod reserve;
mod seal;
mod secret;

pub use erased::ErasureList;
pub use log_key::LogKey;
pub(crate) use number::age_at;
pub use number::{NumberFault, PersonalNumber};
pub use reserve::ReserveNumber;
pub use seal::SealedIdentity;
pub use secret::{PersonKey, Secret};
