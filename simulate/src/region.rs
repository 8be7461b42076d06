/// A region (region, län) with its weight in the population and its seats.
#[derive(Debug, Clone, Copy)]
pub struct Region {
    /// Two digits. Source: SCB, län.
    pub code: &'static str,
    /// Name of the region.
    pub name: &'static str,
    /// Residents in thousands, rounded, about 2023; a weight, not a statistic. Assumption: not checked against SCB.
    pub thousands: u32,
    /// Larger area, as SRS groups regions.
    pub area: Area,
    /// Municipalities that the synthetic people live in: code, name. Source: SCB, kommuner.
    pub municipalities: &'static [(&'static str, &'static str)],
}

/// Five larger areas. Source: SRS v3's coupling of county to region (SRS_PM_indata 3.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Gävleborg and northward.
    North = 0,
    /// Uppsala, Södermanland, Östergötland, Västmanland.
    Middle = 1,
    /// Stockholm and Gotland.
    Stockholm = 2,
    /// Halland, Västra Götaland, Värmland, Örebro, Dalarna.
    West = 3,
    /// Jönköping, Kronoberg, Kalmar, Blekinge, Skåne.
    South = 4,
}

const fn region(
    code: &'static str,
    name: &'static str,
    thousands: u32,
    area: Area,
    municipalities: &'static [(&'static str, &'static str)],
) -> Region {
    Region {
        code,
        name,
        thousands,
        area,
        municipalities,
    }
}

/// The 21 regions in code order.
pub const REGIONS: [Region; 21] = [
    region(
        "01",
        "Stockholm",
        2455,
        Area::Stockholm,
        &[
            ("0180", "Stockholm"),
            ("0126", "Huddinge"),
            ("0184", "Solna"),
        ],
    ),
    region(
        "03",
        "Uppsala",
        405,
        Area::Middle,
        &[("0380", "Uppsala"), ("0305", "Håbo")],
    ),
    region(
        "04",
        "Södermanland",
        302,
        Area::Middle,
        &[("0480", "Nyköping"), ("0484", "Eskilstuna")],
    ),
    region(
        "05",
        "Östergötland",
        472,
        Area::Middle,
        &[("0580", "Linköping"), ("0581", "Norrköping")],
    ),
    region(
        "06",
        "Jönköping",
        369,
        Area::South,
        &[("0680", "Jönköping"), ("0685", "Vetlanda")],
    ),
    region(
        "07",
        "Kronoberg",
        204,
        Area::South,
        &[("0780", "Växjö"), ("0760", "Uppvidinge")],
    ),
    region(
        "08",
        "Kalmar",
        247,
        Area::South,
        &[("0880", "Kalmar"), ("0883", "Västervik")],
    ),
    region("09", "Gotland", 61, Area::Stockholm, &[("0980", "Gotland")]),
    region(
        "10",
        "Blekinge",
        158,
        Area::South,
        &[("1080", "Karlskrona"), ("1082", "Karlshamn")],
    ),
    region(
        "12",
        "Skåne",
        1422,
        Area::South,
        &[("1280", "Malmö"), ("1281", "Lund"), ("1283", "Helsingborg")],
    ),
    region(
        "13",
        "Halland",
        344,
        Area::West,
        &[("1380", "Halmstad"), ("1383", "Varberg")],
    ),
    region(
        "14",
        "Västra Götaland",
        1767,
        Area::West,
        &[
            ("1480", "Göteborg"),
            ("1490", "Borås"),
            ("1488", "Trollhättan"),
        ],
    ),
    region(
        "17",
        "Värmland",
        284,
        Area::West,
        &[("1780", "Karlstad"), ("1784", "Arvika")],
    ),
    region(
        "18",
        "Örebro",
        308,
        Area::West,
        &[("1880", "Örebro"), ("1883", "Karlskoga")],
    ),
    region(
        "19",
        "Västmanland",
        280,
        Area::Middle,
        &[("1980", "Västerås"), ("1983", "Köping")],
    ),
    region(
        "20",
        "Dalarna",
        287,
        Area::West,
        &[("2080", "Falun"), ("2081", "Borlänge")],
    ),
    region(
        "21",
        "Gävleborg",
        287,
        Area::North,
        &[("2180", "Gävle"), ("2181", "Sandviken")],
    ),
    region(
        "22",
        "Västernorrland",
        242,
        Area::North,
        &[("2281", "Sundsvall"), ("2284", "Örnsköldsvik")],
    ),
    region(
        "23",
        "Jämtland Härjedalen",
        133,
        Area::North,
        &[("2380", "Östersund"), ("2326", "Berg")],
    ),
    region(
        "24",
        "Västerbotten",
        279,
        Area::North,
        &[("2480", "Umeå"), ("2482", "Skellefteå")],
    ),
    region(
        "25",
        "Norrbotten",
        248,
        Area::North,
        &[("2580", "Luleå"), ("2584", "Kiruna")],
    ),
];
