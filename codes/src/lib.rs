//! Versioned code lists: ICD-10-SE, regions, municipalities, bins, degrees, certificate types, FKMU value sets.
//!
//! Small tables of facts are built in, each with its source; the official lists in full, the unit register and the
//! population come by import.
//!
//! ```
//! use frisk_codes::{DiagnosisGroup, Icd10, LengthGroup};
//!
//! let list = Icd10::builtin();
//! let levels = list.resolve("a 35-p");
//! assert_eq!(levels.category, Some("A35"));
//! assert_eq!(levels.group(), DiagnosisGroup::Somatic);
//! assert_eq!(LengthGroup::of(90).id(), "61-90");
//! ```
#![deny(missing_docs)]

mod age_group;
mod basis;
mod bin;
mod certificate_type;
mod coded;
mod degree;
mod diagnosis_group;
mod error;
mod icd10;
mod length_group;
mod measure;
mod message_subject;
mod municipality;
mod occupation;
mod prognosis;
mod reference;
mod region;
mod sex;
mod source_file;
mod supplement;
mod text;

pub use age_group::{AgeGroup, OverviewAgeGroup};
pub use basis::Basis;
pub use bin::Bin;
pub use certificate_type::CertificateType;
pub use degree::Degree;
pub use diagnosis_group::DiagnosisGroup;
pub use error::Error;
pub use icd10::{Entry, Icd10, Level, Levels, WITHOUT_VALID_CODE};
pub use length_group::{LONG_CASE_DAYS, LengthGroup, is_long};
pub use measure::Measure;
pub use message_subject::MessageSubject;
pub use municipality::Municipality;
pub use occupation::Occupation;
pub use prognosis::{Prognosis, PrognosisDays};
pub use reference::{
    Check, CodeList, CodeRow, ListKind, ListVersion, PopulationRow, Recommendation, Reference,
    UnitRow,
};
pub use region::{LargeRegion, Region, SrsRegion};
pub use sex::Sex;
pub use supplement::Supplement;
pub use text::{Language, Text};
