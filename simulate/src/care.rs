use crate::plan::Plan;
use crate::region::REGIONS;
use crate::rng::{Purpose, Stream};

/// A doctor.
#[derive(Debug, Clone)]
pub struct Doctor {
    /// HSA-like id.
    pub id: String,
    /// Position code (befattning), `PEERS.md` §1.2.
    pub position: &'static str,
}

/// A unit (enhet) where certificates are signed; a row of the unit register.
#[derive(Debug, Clone)]
pub struct Unit {
    /// HSA-like id of the unit.
    pub unit_id: String,
    /// Its name.
    pub name: String,
    /// HSA-like id of the care unit (vårdenhet) it belongs to; its own id for a care unit itself.
    pub care_unit_id: String,
    /// Place of its care provider among the providers.
    pub provider: usize,
    /// Place of its region in [`REGIONS`].
    pub region: usize,
    /// Code of its municipality.
    pub municipality: &'static str,
    /// Doctors who sign there.
    pub doctors: Vec<Doctor>,
}

/// A care provider (vårdgivare); all its units lie in one region.
#[derive(Debug, Clone)]
pub struct Provider {
    /// HSA-like id. Organisation numbers 9999… belong to nobody.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Place of its region in [`REGIONS`].
    pub region: usize,
    /// Places of its units.
    pub units: Vec<usize>,
}

/// Providers and units of the 21 regions.
#[derive(Debug)]
pub(crate) struct Care {
    pub providers: Vec<Provider>,
    pub units: Vec<Unit>,
    /// Places of the providers of each region; the region's own first.
    pub by_region: Vec<Vec<usize>>,
}

/// Residents of a care unit, about. Assumption.
const LISTED: f64 = 6_000.0;

const POSITIONS: [&str; 6] = ["201010", "201011", "202010", "203010", "203090", "204010"];

impl Care {
    pub(crate) fn new(plan: &Plan) -> Self {
        let total: f64 = REGIONS
            .iter()
            .map(|region| f64::from(region.thousands))
            .sum();
        let mut care = Self {
            providers: Vec::new(),
            units: Vec::new(),
            by_region: Vec::new(),
        };
        for (place, region) in REGIONS.iter().enumerate() {
            let mut rng = Stream::new(plan.seed, Purpose::Care, place as u64);
            let residents = plan.people as f64 * f64::from(region.thousands) / total;
            let care_units = (residents / LISTED).round().clamp(4.0, 900.0) as usize;
            let private = if region.thousands > 400 { 2 } else { 1 };
            let mut here = Vec::new();
            for nth in 0..=private {
                let share = if nth == 0 {
                    0.7
                } else {
                    0.3 / f64::from(private)
                };
                let count = ((care_units as f64 * share).round() as usize).max(1);
                here.push(care.add_provider(place, nth, count, &mut rng));
            }
            care.by_region.push(here);
        }
        care
    }

    fn add_provider(
        &mut self,
        region: usize,
        nth: i32,
        care_units: usize,
        rng: &mut Stream,
    ) -> usize {
        let place = self.providers.len();
        let (code, name) = (REGIONS[region].code, REGIONS[region].name);
        let id = format!("SE9999{code}00{nth:02}-VG");
        let name = if nth == 0 {
            format!("Syntetiska region {name}")
        } else {
            format!("Syntetisk vård {name} {nth} AB")
        };
        self.providers.push(Provider {
            id,
            name,
            region,
            units: Vec::new(),
        });
        for care_unit in 1..=care_units {
            let towns = REGIONS[region].municipalities;
            let town = towns[rng.weighted(&[0.5, 0.3, 0.2][..towns.len()])];
            let care_unit_id = format!("SE9999{code}00{nth:02}-E{:04}", care_unit * 10);
            let parts = 1 + usize::from(rng.chance(0.35));
            for part in 0..parts {
                let unit_id = format!("SE9999{code}00{nth:02}-E{:04}", care_unit * 10 + part);
                let kind = if part == 0 {
                    "Vårdcentral"
                } else {
                    "Rehabmottagning"
                };
                let name = format!("{kind} {} {care_unit}", town.1);
                let doctors = (0..rng.between(3, 6))
                    .map(|doctor| Doctor {
                        id: format!(
                            "SE9999{code}00{nth:02}-D{:05}",
                            (care_unit * 10 + part) * 10 + doctor as usize
                        ),
                        position: POSITIONS[rng.between(0, 5) as usize],
                    })
                    .collect();
                self.providers[place].units.push(self.units.len());
                let care_unit_id = care_unit_id.clone();
                self.units.push(Unit {
                    unit_id,
                    name,
                    care_unit_id,
                    provider: place,
                    region,
                    municipality: town.0,
                    doctors,
                });
            }
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_providers_and_ids_are_unique() {
        let care = Care::new(&Plan::default());
        assert_eq!(care.by_region.len(), 21);
        assert!(care.by_region.iter().all(|providers| providers.len() >= 2));
        let mut ids: Vec<&str> = care
            .units
            .iter()
            .map(|unit| unit.unit_id.as_str())
            .collect();
        ids.extend(
            care.units
                .iter()
                .flat_map(|unit| unit.doctors.iter().map(|doctor| doctor.id.as_str())),
        );
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for provider in &care.providers {
            assert!(
                provider
                    .units
                    .iter()
                    .all(|unit| care.units[*unit].region == provider.region)
            );
        }
    }
}
