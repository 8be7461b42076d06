//! Versioned code lists: ICD-10-SE, regions, bins, degrees, certificate types.
#![deny(missing_docs)]

mod certificate_type;
mod degree;
mod sex;

pub use certificate_type::CertificateType;
pub use degree::Degree;
pub use sex::Sex;
