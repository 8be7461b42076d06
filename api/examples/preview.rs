//! Serves the pages over an invented Sweden in memory, to look at: `cargo run --release -p frisk-api --example preview -- 8099`.
#![expect(
    clippy::expect_used,
    reason = "the tests' world stops where it cannot go on"
)]

#[path = "../tests/it/world.rs"]
mod world;

use std::{error::Error, net::SocketAddr, sync::Arc};

use frisk_api::{UnitInfo, serve};
use frisk_codes::{Icd10, Region, Sex};
use frisk_warehouse::{Fact, Facts, Population, Warehouse};

/// A small generator of its own (xorshift64*), seeded: the same pages each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n
    }
}

fn units() -> Vec<UnitInfo> {
    let mut units = world::units();
    for (place, region) in Region::ALL.iter().enumerate() {
        for number in 1..=2 {
            units.push(UnitInfo {
                unit_id: format!("SE9{place:02}-{number}"),
                name: format!("{} {number}", region.name),
                care_provider_id: format!("SE9{place:02}"),
                region: region.code.to_owned(),
            });
        }
    }
    units
}

/// About 60,000 cases from January 2023, with a little growth and a winter.
fn warehouse(units: &[UnitInfo]) -> Warehouse {
    let names = world::names(units);
    let first = world::day(2023, 1, 1);
    let days = world::day(2025, 6, 30) - first;
    let mut chance = Chance(20_250_703);
    let mut facts = Facts::default();
    for person in 1..=60_000_i64 {
        let at = chance.below(u64::from(days.unsigned_abs()) * 11 / 10);
        let start = first + i32::try_from(at).unwrap_or(0).min(days);
        let length = 7 + chance.below(20) * chance.below(20) * chance.below(3) / 4;
        let unit = usize::try_from(chance.below(units.len() as u64)).unwrap_or(0);
        let provider = names
            .providers
            .iter()
            .position(|p| *p == units[unit].care_provider_id);
        let number = u32::try_from(unit).unwrap_or(0);
        facts.facts.push(Fact {
            person,
            arrival: person,
            start,
            end: start + i32::try_from(length).unwrap_or(7),
            provider: u32::try_from(provider.unwrap_or(0)).unwrap_or(0),
            care_unit: number,
            unit: number,
            doctor: 0,
            diagnosis: u32::try_from(1 + chance.below(11) * chance.below(11) / 11).unwrap_or(1),
            age: i16::try_from(18 + chance.below(25) + chance.below(25)).unwrap_or(40),
            region: units[unit].region.parse().unwrap_or(0),
            degree: [100, 100, 100, 50, 25, 75][usize::try_from(chance.below(6)).unwrap_or(0)],
            sex: if chance.below(10) < 6 { 2 } else { 1 },
        });
    }
    facts.sort();
    let mut population = Population::new();
    for (place, region) in Region::ALL.iter().enumerate() {
        for sex in [Sex::Woman, Sex::Man] {
            population.set(
                2024,
                region.code,
                sex,
                14_000 + 700 * (place as u64 * 7 % 11),
            );
        }
    }
    Warehouse::in_memory(
        world::snapshot("000012-5f3a9c01"),
        vec![facts],
        names,
        Icd10::builtin(),
    )
    .with_population(population)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args()
        .nth(1)
        .map_or(Ok(8099), |text| text.parse())?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    let (mut app, _) = world::small();
    let units = units();
    app.warehouse = Arc::new(warehouse(&units));
    app.cases = Arc::new(world::FewCases(units));
    serve(app, listener, async {
        let _ = tokio::signal::ctrl_c().await;
    })
    .await?;
    Ok(())
}
