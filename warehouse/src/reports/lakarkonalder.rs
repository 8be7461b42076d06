use frisk_codes::{Sex, Text};

use super::report::{BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category};
use crate::{DoctorProfile, Label, Level};

/// Doctors' ages: first year of each group but the first. Source: conformance kit §16.
const AGES: [(i32, Text); 5] = [
    (0, Text::new("under 30 år", "under 30 years")),
    (30, Text::new("30-39 år", "30-39 years")),
    (40, Text::new("40-49 år", "40-49 years")),
    (50, Text::new("50-59 år", "50-59 years")),
    (60, Text::new("över 59 år", "over 59 years")),
];
/// Doctors' sexes, in report order.
const SEXES: [(Sex, Text); 3] = [
    (Sex::Man, Text::new("Manlig läkare", "Male doctor")),
    (Sex::Woman, Text::new("Kvinnlig läkare", "Female doctor")),
    (Sex::Unknown, Text::new("Okänt kön", "Sex unknown")),
];
/// Place of the doctors of whom neither is known.
const NOTHING_KNOWN: usize = AGES.len() * SEXES.len();

/// Cases by the doctor's sex and age when the certificate came. Source: conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "lakarkonalder",
        title: Text::new(
            "Sjukfall per läkarens kön och ålder",
            "Sick cases by the doctor's sex and age",
        ),
        definition: Text::new(
            "Antal sjukfall per läkarens kön och ålder när intyget kom in. Läkaren för det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet för varje läkare. En läkare med känt kön men okänd ålder räknas inte.",
            "Number of sick cases by the doctor's sex and age when the certificate came in. The doctor of the latest certificate begun decides in the time series; in the cross-section a case counts for each doctor. A doctor of known sex but unknown age does not count.",
        ),
        levels: &[Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let mut categories = Vec::new();
        for (sex, who) in SEXES {
            for (age, years) in AGES {
                let label = Label {
                    sv: format!("{} {}", who.sv, years.sv),
                    en: format!("{} {}", who.en, years.en),
                };
                categories.push(category(&format!("{}-{age}", sex.code()), label));
            }
        }
        let unknown = Text::new("Okänt kön okänd ålder", "Sex unknown, age unknown");
        categories.push(category("0-unknown", unknown));
        Grouping {
            optional: vec![(AGES.len() * 2..=NOTHING_KNOWN).collect()],
            ..Grouping::new(
                "doctor_group",
                Text::new("Läkargrupp", "Doctors"),
                categories,
            )
        }
    },
    count: Count::Cases(|case, at, groups| {
        for profile in at.doctors(case) {
            if let Some(group) = group(profile) {
                groups.add_again(group);
            }
        }
    }),
    denominator: Denominator::None,
};

fn group(doctor: &DoctorProfile) -> Option<usize> {
    if doctor.age <= 0 {
        return (doctor.sex == Sex::Unknown).then_some(NOTHING_KNOWN);
    }
    let sex = SEXES.iter().position(|(sex, _)| *sex == doctor.sex)?;
    let age = AGES.iter().rposition(|(from, _)| doctor.age >= *from)?;
    Some(sex * AGES.len() + age)
}
