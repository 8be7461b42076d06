mod planned;
mod stretch;

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use frisk_codes::{CertificateType, Degree};
use frisk_ingest::{Certificate, Diagnosis, Event, Patient, Prognosis, Relation, Signer};

use crate::care::Care;
use crate::covariates;
use crate::fault::Fault;
use crate::history::Case;
use crate::knowable::{LATE, Reach, SIGNED};
use crate::person::Person;
use crate::plan::{Plan, day_number, from_day_number};
use crate::rng::{Purpose, Stream, mix};
pub(crate) use planned::shares;
use stretch::{Stretch, periods, steps, stretch};

/// A certificate and what happens to it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub certificate: Certificate,
    /// Name of the main diagnosis.
    pub text: &'static str,
    /// Place of the unit among the units.
    pub unit: usize,
    /// Written with this fault: to be rejected.
    pub fault: Option<Fault>,
    /// Revoked at this time.
    pub revoked_at: Option<NaiveDateTime>,
}

/// Writes the certificates of cases.
#[derive(Debug)]
pub(crate) struct Clerk<'a> {
    pub plan: &'a Plan,
    pub care: &'a Care,
    /// Last day of the world.
    pub last: i32,
    /// First day of LISJP.
    pub lisjp_from: i32,
    /// Leave out what the tables do not hold: the personal number (they have keys), names, positions, code systems.
    pub lean: bool,
}

/// Side diagnoses and their names. Assumption.
pub(crate) const SIDE: [(&str, &str); 6] = [
    ("I109", "Essentiell hypertoni"),
    ("E119", "Diabetes mellitus typ 2"),
    ("J459", "Astma"),
    ("E669", "Fetma"),
    ("G470", "Insomni"),
    ("K219", "Gastroesofageal refluxsjukdom"),
];

const MEASURES: [&str; 10] = [
    "ARBETSTRANING",
    "ARBETSANPASSNING",
    "SOKA_NYTT_ARBETE",
    "BESOK_ARBETSPLATS",
    "ERGONOMISK",
    "HJALPMEDEL",
    "KONFLIKTHANTERING",
    "KONTAKT_FHV",
    "OMFORDELNING",
    "OVRIGA_ATGARDER",
];

pub(crate) const ICD10_SE: &str = "1.2.752.116.1.1.1.1.3";

/// All certificates of a case, and the covered days that those signed by the world's end document.
pub(crate) struct Papers {
    pub drafts: Vec<Draft>,
    pub documented_days: i32,
    pub first_id: String,
    /// How far those known on day 15 reach, if any is and the world lasts until then.
    pub reach: Option<Reach>,
}

impl Clerk<'_> {
    /// The certificates of a person's `nth` case.
    pub(crate) fn papers(&self, person: &Person, nth: usize, case: &Case) -> Papers {
        let mut rng = Stream::new(
            self.plan.seed ^ mix(nth as u64 + 1),
            Purpose::Documents,
            person.index,
        );
        let steps = steps(case, &mut rng);
        let end = self.last;
        let mut drafts = Vec::with_capacity(if case.length > 28 { 8 } else { 2 });
        let (mut documented_days, mut reach) = (0, None);
        let mut unit = case.unit;
        let mut before: Option<(String, i32)> = None;
        let mut stretch = self.first(case, &mut rng);
        while stretch.signed <= end {
            if stretch.nth > 0 && rng.chance(0.05) {
                unit = *rng.pick(&self.care.providers[case.provider].units);
            }
            let id = id(self.plan.seed, person.index, nth, drafts.len());
            let mut certificate = self.certificate(person, case, &stretch, unit, &mut rng);
            certificate.periods = periods(case, &stretch, &steps);
            if let Some((other, _)) = before.take() {
                certificate.relations.push(Relation {
                    kind: "FRLANG".to_owned(),
                    certificate_id: other,
                });
            }
            certificate.id.clone_from(&id);
            reach = self.reach(case, &stretch, &certificate).or(reach);
            let draft = Draft {
                certificate,
                text: case.text,
                unit,
                fault: None,
                revoked_at: None,
            };
            self.file(draft, person.index, nth, &mut drafts, &mut rng);
            documented_days = stretch.covered + stretch.days;
            before = Some((id, stretch.signed));
            match self.next(case, &stretch, &mut rng) {
                Some(next) => stretch = next,
                None => break,
            }
        }
        let first_id = id(self.plan.seed, person.index, nth, 0);
        Papers {
            drafts,
            documented_days,
            first_id,
            reach,
        }
    }

    fn first(&self, case: &Case, rng: &mut Stream) -> Stretch {
        let days = planned::draw(0, rng);
        stretch(case, (0, 0), days, 0, case.start + case.delay)
    }

    fn next(&self, case: &Case, last: &Stretch, rng: &mut Stream) -> Option<Stretch> {
        let covered = last.covered + last.days;
        if covered >= case.length {
            return None;
        }
        let days = planned::draw(covered, rng);
        let after_gap = case.day(covered) > last.last + 1;
        let overlap = if !after_gap && rng.chance(0.07) {
            rng.between(1, 5).min(last.days)
        } else {
            0
        };
        let signed = (case.day(covered) + rng.between(SIGNED.0, SIGNED.1)).max(last.signed);
        Some(stretch(
            case,
            (last.nth + 1, covered),
            days,
            overlap,
            signed,
        ))
    }

    /// How far a certificate reaches, if it is known on day 15 and the world lasts until then.
    fn reach(&self, case: &Case, stretch: &Stretch, certificate: &Certificate) -> Option<Reach> {
        let day15 = case.start + 14;
        let sent = certificate.sent_at.unwrap_or(certificate.signed_at);
        if day_number(sent.date()) > day15 || day15 > self.last {
            return None;
        }
        let earlier = case
            .gaps
            .iter()
            .filter(|(after, _)| *after <= stretch.covered);
        Some(Reach {
            before: stretch.covered,
            days: stretch.days,
            last: stretch.last - day15,
            signed: stretch.signed - day15,
            gaps: earlier.clone().count() as i32,
            last_gap: earlier.map(|(after, _)| *after).max().unwrap_or(0),
            late_rate: self.plan.late_rate,
        })
    }

    /// A certificate without periods, relation and id.
    fn certificate(
        &self,
        person: &Person,
        case: &Case,
        stretch: &Stretch,
        unit: usize,
        rng: &mut Stream,
    ) -> Certificate {
        let old = case.old_form || stretch.signed < self.lisjp_from;
        let signed_at = at(stretch.signed, rng.between(8 * 60, 16 * 60));
        let late = if rng.chance(self.plan.late_rate) {
            rng.between(LATE.0, LATE.1)
        } else {
            0
        };
        let sent_at = (signed_at
            + TimeDelta::days(i64::from(late))
            + TimeDelta::minutes(i64::from(rng.between(0, 55))))
        .min(at(self.last, 24 * 60 - 1));
        let (prognosis, measures) = if old {
            (None, Vec::new())
        } else {
            (prognosis(case, stretch, rng), measures(rng))
        };
        Certificate {
            id: String::new(),
            kind: if old {
                CertificateType::Fk7263
            } else {
                CertificateType::Lisjp
            },
            version: if old { "1.0" } else { "1.3" }.to_owned(),
            event: Event::Created,
            signed_at,
            sent_at: Some(sent_at),
            patient: Patient {
                number: if self.lean {
                    String::new()
                } else {
                    person.number()
                },
                birth_date: person.birth_date(),
                sex: person.sex,
            },
            signer: self.signer(unit, rng),
            diagnoses: self.diagnoses(person, case),
            periods: Vec::new(),
            reductions: Vec::new(),
            occupations: vec![case.covariates.occupation.code().to_owned()],
            based_on: vec![
                if rng.chance(0.8) {
                    "UNDERSOKNING"
                } else {
                    "TELEFONKONTAKT"
                }
                .to_owned(),
            ],
            prognosis,
            measures,
            infection_control: false,
            relations: Vec::new(),
            signed_document: false,
        }
    }

    fn signer(&self, unit: usize, rng: &mut Stream) -> Signer {
        let unit = &self.care.units[unit];
        let doctor = rng.pick(&unit.doctors);
        let provider = &self.care.providers[unit.provider];
        Signer {
            doctor_id: doctor.id.clone(),
            positions: if self.lean {
                Vec::new()
            } else {
                vec![doctor.position.to_owned()]
            },
            unit_id: unit.unit_id.clone(),
            unit_name: self.unless_lean(&unit.name),
            care_provider_id: provider.id.clone(),
            care_provider_name: self.unless_lean(&provider.name),
        }
    }

    fn unless_lean(&self, text: &str) -> String {
        if self.lean {
            String::new()
        } else {
            text.to_owned()
        }
    }

    fn diagnoses(&self, person: &Person, case: &Case) -> Vec<Diagnosis> {
        let of = |code: &str| Diagnosis {
            code: code.to_owned(),
            system: self.unless_lean(ICD10_SE),
        };
        let mut diagnoses = vec![of(case.code)];
        if case.covariates.side_diagnosis {
            diagnoses.push(of(SIDE[(person.index % SIDE.len() as u64) as usize].0));
        }
        diagnoses
    }

    /// Files a certificate, and at the planned rates a faulty first try or a mistaken double that is revoked:
    /// both cover only days that the right one covers too, so that the truth stands.
    fn file(
        &self,
        draft: Draft,
        person: u64,
        nth: usize,
        drafts: &mut Vec<Draft>,
        rng: &mut Stream,
    ) {
        let (faulty, double) = (
            rng.chance(self.plan.fault_rate),
            rng.chance(self.plan.revoke_rate),
        );
        let days = rng.between(0, 6);
        let mut more = Vec::new();
        if faulty {
            let fault = Fault::pick(&draft.certificate, rng);
            more.push(Draft {
                fault,
                ..draft.clone()
            });
        }
        let revoked_at =
            draft.certificate.signed_at + TimeDelta::days(i64::from(days)) + TimeDelta::hours(2);
        if double && revoked_at.date() <= self.plan.end {
            let mut wrong = Draft {
                revoked_at: Some(revoked_at),
                ..draft.clone()
            };
            for period in wrong.certificate.periods.iter_mut().take(1) {
                period.degree = if period.degree == Degree::Full {
                    Degree::Half
                } else {
                    Degree::Full
                };
            }
            wrong.certificate.periods.truncate(1);
            wrong.certificate.sent_at = Some(wrong.certificate.signed_at);
            more.push(wrong);
        }
        drafts.push(draft);
        for mut extra in more {
            extra.certificate.id = id(self.plan.seed ^ 0x5eed, person, nth, drafts.len());
            drafts.push(extra);
        }
    }
}

fn prognosis(case: &Case, stretch: &Stretch, rng: &mut Stream) -> Option<Prognosis> {
    let drawn = if stretch.nth == 0 {
        case.covariates.prognosis?
    } else {
        [
            covariates::Prognosis::GreatChance,
            covariates::Prognosis::Unclear,
            covariates::Prognosis::WithinDays(90),
        ][rng.weighted(&[0.5, 0.35, 0.15])]
    };
    let (code, days) = match drawn {
        covariates::Prognosis::GreatChance => ("STOR_SANNOLIKHET", None),
        covariates::Prognosis::WithinDays(days) => ("ATER_X_ANTAL_DGR", Some(days)),
        covariates::Prognosis::Unclear => ("PROGNOS_OKLAR", None),
        covariates::Prognosis::Unlikely => ("SANNOLIKT_INTE", None),
    };
    Some(Prognosis {
        code: code.to_owned(),
        days,
    })
}

fn measures(rng: &mut Stream) -> Vec<String> {
    if rng.chance(0.8) {
        return vec!["EJ_AKTUELLT".to_owned()];
    }
    let first = rng.between(0, 9) as usize;
    let mut measures = vec![MEASURES[first].to_owned()];
    if rng.chance(0.3) {
        measures.push(MEASURES[(first + 3) % 10].to_owned());
    }
    measures
}

fn at(day: i32, minutes: i32) -> NaiveDateTime {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes.unsigned_abs() % 1440 * 60, 0)
        .unwrap_or_default();
    from_day_number(day).and_time(time)
}

/// An id in the form of a UUID, from the seed and the certificate's place: it names no person.
fn id(seed: u64, person: u64, case: usize, nth: usize) -> String {
    let high = mix(mix(seed ^ 0x1d) ^ mix(person ^ mix((case as u64) << 32 | nth as u64)));
    let low = mix(high ^ person.rotate_left(32));
    let mut text = [b'-'; 36];
    let mut places = text
        .iter_mut()
        .enumerate()
        .filter(|(place, _)| !matches!(place, 8 | 13 | 18 | 23));
    for half in [high, low] {
        for (nibble, (_, letter)) in (0..16).zip(places.by_ref()) {
            *letter = b"0123456789abcdef"[(half >> (60 - 4 * nibble) & 15) as usize];
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn an_id_has_the_form_of_a_uuid_and_its_own_place() {
        let one = id(1, 2, 3, 4);
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(
            one.chars()
                .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
        );
        assert!(one != id(2, 2, 3, 4) && one != id(1, 3, 3, 4) && one != id(1, 2, 4, 3));
    }
}
