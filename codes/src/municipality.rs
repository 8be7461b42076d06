use std::sync::OnceLock;

use serde::Serialize;

use crate::Region;

/// Code and name of the 290 municipalities, as SCB publishes them (regional codes, in force since 2003-01-01).
static TABLE: &str = include_str!("../data/municipalities.csv");

/// A municipality (kommun).
///
/// Source: SCB, regional codes: the first two digits are the region's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Municipality {
    /// Four-digit code (kommunkod).
    pub code: &'static str,
    /// Name, such as `Krokom`.
    pub name: &'static str,
}

impl Municipality {
    /// All 290, by code.
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: OnceLock<Vec<Municipality>> = OnceLock::new();
        ALL.get_or_init(|| {
            TABLE
                .lines()
                .skip(1)
                .filter_map(|line| line.split_once(','))
                .map(|(code, name)| Self { code, name })
                .collect()
        })
    }

    /// The municipality of a four-digit code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        let all = Self::all();
        let at = all.binary_search_by(|m| m.code.cmp(code)).ok()?;
        all.get(at)
    }

    /// The region that it lies in.
    #[must_use]
    pub fn region(&self) -> &'static Region {
        Region::of(self.code.get(..2).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_290_each_in_a_region_sorted_by_code() {
        assert_eq!(Municipality::all().len(), 290);
        assert!(Municipality::all().is_sorted_by(|a, b| a.code < b.code));
        for m in Municipality::all() {
            assert_eq!(m.code.len(), 4, "{}", m.code);
            assert_ne!(m.region().code, "00", "{}", m.code);
            assert!(!m.name.is_empty());
        }
    }

    #[test]
    fn the_regions_have_as_many_as_scb_counts() {
        // SCB, number of municipalities per region (2003–): Stockholm 26, Uppsala 8, Södermanland 9, Östergötland 13,
        // Jönköping 13, Kronoberg 8, Kalmar 12, Gotland 1, Blekinge 5, Skåne 33, Halland 6, Västra Götaland 49,
        // Värmland 16, Örebro 12, Västmanland 10, Dalarna 15, Gävleborg 10, Västernorrland 7, Jämtland 8,
        // Västerbotten 15, Norrbotten 14; sum 290.
        let expected = [
            ("01", 26),
            ("03", 8),
            ("04", 9),
            ("05", 13),
            ("06", 13),
            ("07", 8),
            ("08", 12),
            ("09", 1),
            ("10", 5),
            ("12", 33),
            ("13", 6),
            ("14", 49),
            ("17", 16),
            ("18", 12),
            ("19", 10),
            ("20", 15),
            ("21", 10),
            ("22", 7),
            ("23", 8),
            ("24", 15),
            ("25", 14),
        ];
        assert_eq!(expected.iter().map(|(_, n)| n).sum::<usize>(), 290);
        for (code, n) in expected {
            let found = Municipality::all()
                .iter()
                .filter(|m| m.region().code == code)
                .count();
            assert_eq!(found, n, "{code}");
        }
    }

    #[test]
    fn codes_lead_to_their_name() {
        assert_eq!(Municipality::from_code("0180").unwrap().name, "Stockholm");
        assert_eq!(Municipality::from_code("2309").unwrap().name, "Krokom");
        assert_eq!(Municipality::from_code("1480").unwrap().name, "Göteborg");
        assert!(Municipality::from_code("0000").is_none());
        assert!(Municipality::from_code("01").is_none());
    }
}
