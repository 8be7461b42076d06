use std::collections::{BTreeMap, HashMap};

use frisk_codes::{Sex, Text};

/// Position of a doctor (befattning) that reports name.
///
/// Source: conformance kit §16, HSA's code list of positions.
pub(crate) const POSITIONS: [(i32, Text); 12] = [
    (201_010, Text::new("Överläkare", "Senior consultant")),
    (
        201_011,
        Text::new(
            "Distriktsläkare/Specialist allmänmedicin",
            "Specialist in general medicine",
        ),
    ),
    (201_012, Text::new("Skolläkare", "School doctor")),
    (
        201_013,
        Text::new("Företagsläkare", "Occupational health doctor"),
    ),
    (202_010, Text::new("Specialistläkare", "Specialist")),
    (
        203_010,
        Text::new(
            "Läkare legitimerad, specialiseringstjänstgöring",
            "Licensed doctor, specialist training",
        ),
    ),
    (
        203_020,
        Text::new(
            "Läkare legitimerad, bastjänstgöring",
            "Licensed doctor, basic training",
        ),
    ),
    (
        203_090,
        Text::new("Läkare legitimerad, annan", "Licensed doctor, other"),
    ),
    (
        204_010,
        Text::new(
            "Läkare ej legitimerad, allmäntjänstgöring",
            "Unlicensed doctor, internship",
        ),
    ),
    (
        204_090,
        Text::new("Läkare ej legitimerad, annan", "Unlicensed doctor, other"),
    ),
    (
        DoctorProfile::NO_DOCTOR,
        Text::new("Ej läkarbefattning", "Not a doctor's position"),
    ),
    (
        DoctorProfile::UNKNOWN,
        Text::new("Okänd befattning", "Position unknown"),
    ),
];

/// A doctor of whom nothing is known.
static NOBODY: DoctorProfile = DoctorProfile {
    sex: Sex::Unknown,
    age: 0,
    positions: Vec::new(),
};

/// What is known of a doctor at a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DoctorProfile {
    /// Sex.
    pub sex: Sex,
    /// Age in whole years; 0 = unknown.
    pub age: i32,
    /// Codes of positions; empty = unknown.
    pub positions: Vec<i32>,
}

impl DoctorProfile {
    /// Stands for a position that is not a doctor's.
    pub const NO_DOCTOR: i32 = -1;
    /// Stands for an unknown position.
    pub const UNKNOWN: i32 = -2;

    /// Places in [`POSITIONS`] that the doctor counts under: each position with a name, else that there is none.
    pub(crate) fn positions(&self) -> Vec<usize> {
        let place = |code: i32| POSITIONS.iter().position(|(known, _)| *known == code);
        let known: Vec<usize> = self
            .positions
            .iter()
            .filter_map(|code| place(*code))
            .collect();
        if !known.is_empty() {
            return known;
        }
        let none = if self.positions.is_empty() {
            Self::UNKNOWN
        } else {
            Self::NO_DOCTOR
        };
        place(none).into_iter().collect()
    }
}

/// The doctors that a register (HSA) knows: names, and sex, age and positions as they were when a certificate came.
#[derive(Debug, Clone, Default)]
pub struct Doctors {
    names: BTreeMap<String, String>,
    of_doctor: HashMap<String, DoctorProfile>,
    of_certificate: HashMap<i64, DoctorProfile>,
}

impl Doctors {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The doctor's name (HSA id, upper case) from now on.
    pub fn name(&mut self, doctor: &str, name: &str) {
        self.names.insert(doctor.to_owned(), name.to_owned());
    }

    /// What is known of a doctor, for certificates without a profile of their own.
    pub fn profile(&mut self, doctor: &str, profile: DoctorProfile) {
        self.of_doctor.insert(doctor.to_owned(), profile);
    }

    /// What was known of the doctor of a certificate when it came, by its running number.
    pub fn profile_at(&mut self, arrival: i64, profile: DoctorProfile) {
        self.of_certificate.insert(arrival, profile);
    }

    /// The doctor's name; the id if it is not known.
    #[must_use]
    pub fn name_of<'a>(&'a self, doctor: &'a str) -> &'a str {
        self.names.get(doctor).map_or(doctor, String::as_str)
    }

    /// What was known of the doctor of a certificate.
    #[must_use]
    pub(crate) fn of(&self, arrival: i64, doctor: &str) -> &DoctorProfile {
        let found = self
            .of_certificate
            .get(&arrival)
            .or_else(|| self.of_doctor.get(doctor));
        found.unwrap_or(&NOBODY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doctor_counts_under_each_known_position_else_under_none() {
        let labels = |positions: &[i32]| {
            let profile = DoctorProfile {
                positions: positions.to_vec(),
                ..NOBODY.clone()
            };
            let places = profile.positions();
            places
                .into_iter()
                .map(|place| POSITIONS[place].1.sv)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            labels(&[201_010, 204_090]),
            ["Överläkare", "Läkare ej legitimerad, annan"]
        );
        // 101012 is a number, but no position of a doctor.
        assert_eq!(labels(&[101_012, 202_010]), ["Specialistläkare"]);
        assert_eq!(labels(&[101_012]), ["Ej läkarbefattning"]);
        assert_eq!(labels(&[]), ["Okänd befattning"]);
    }

    #[test]
    fn what_was_known_when_the_certificate_came_stands() {
        let mut doctors = Doctors::new();
        let aged = |age| DoctorProfile {
            age,
            ..NOBODY.clone()
        };
        doctors.profile("D", aged(50));
        doctors.profile_at(7, aged(49));
        assert_eq!((doctors.of(7, "D").age, doctors.of(8, "D").age), (49, 50));
        assert_eq!(doctors.of(8, "E"), &NOBODY);
    }
}
