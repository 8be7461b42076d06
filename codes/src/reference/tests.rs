use std::path::Path;

use super::*;
use crate::Sex;

/// Writes a file, with its folders.
fn put(dir: &Path, name: &str, bytes: &[u8]) {
    let path = dir.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// A folder with a small list of every kind, under names that say nothing.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let d = dir.path();
    put(
        d,
        "i/a.txt",
        "\u{feff}F43\t\tAnpassningsstörning\nF32\t\tDepression\n".as_bytes(),
    );
    put(d, "i/b.txt", b"F438\t\tAnnan\nF321\t\tMedelsvar\n");
    put(d, "j/a.txt", b"F43\t\tX\n");
    put(d, "j/b.txt", b"F438A\t\tUtmattning\n");
    put(
        d,
        "k/1.txt",
        "\u{feff}Kod:\t\tKodtext:\tBeskrivning:\nDU011\t\tKognitiv terapi\tMer\n".as_bytes(),
    );
    put(
        d,
        "k/2.txt",
        "Kod:\t\tKodtext:\nDU\t\tPsykiska funktioner\n".as_bytes(),
    );
    put(
        d,
        "p.ans",
        b"A00-   Kolera \nA02-P  Salmonellainfektioner\nA02-P  Paratyfus\nJ06-P  \xD6vre luftv\xE4gar\nH041   \"Torra\" \xF6gon\n",
    );
    put(d, "s.csv", b"ssyk,benamning\n0110,Officerare\n");
    put(d, "u.csv", UNITS.as_bytes());
    put(d, "pop.csv", POPULATION.as_bytes());
    put(d, "fmb.csv", b"icd10,typfall_id,grad,max_dagar,giltig_fran\nF43,12,heltid,90,2020-01-01\nF43,13,deltid,,\n");
    put(d, "notes.txt", b"Nothing, of course; \"unbalanced\n");
    put(d, "table.csv", b"a,b\n1,2\n");
    // Ranges and names that are no list of codes.
    put(
        d,
        "groups.txt",
        b"A00-E90,G00-L99:Somatiska\nM00-M99:Muskuloskeletala\n",
    );
    dir
}

const UNITS: &str = "unit_id,name,care_unit_id,care_provider_id,care_provider_name,region,municipality\n\
    SE01-E1,Mottagning,SE01-V1,SE01-G1,Region,23,2309\n\
    SE01-V1,\"Central, en\",SE01-V1,SE01-G1,Region,23,2309\n";

const POPULATION: &str = "region,sex,age_from,age_to,year,count\n\
    23,1,16,64,2023,39000\n\
    23,woman,65,,2023,17000\n";

#[test]
fn every_kind_is_recognised_by_what_stands_in_it() {
    let dir = folder();
    let reference = Reference::import(dir.path()).unwrap();
    let icd10 = reference.icd10();
    // Two editions united: codes of both, names of the one with more codes.
    assert_eq!(icd10.resolve("F438A").code, Some("F438A"));
    assert_eq!(icd10.resolve("F321").code, Some("F321"));
    assert_eq!(icd10.name("F43"), Some("Anpassningsstörning"));
    let kva = reference.list(ListKind::Kva).unwrap();
    assert_eq!(kva.name("DU011"), Some("Kognitiv terapi"));
    assert_eq!(kva.rows.len(), 2);
    let primary = reference.list(ListKind::Ksh97Primary).unwrap();
    assert_eq!(primary.name("A02-P"), Some("Salmonellainfektioner"));
    assert_eq!(primary.name("J06-P"), Some("Övre luftvägar"));
    // Five rows read, four codes kept.
    assert_eq!(primary.rows.len(), 4);
    let read = reference
        .versions
        .iter()
        .find(|v| v.name == "KSH97-P")
        .map(|v| v.rows);
    assert_eq!(read, Some(5));
    assert_eq!(
        reference.list(ListKind::Ssyk).unwrap().name("0110"),
        Some("Officerare")
    );
    assert_eq!(reference.units.len(), 2);
    assert_eq!(reference.units[1].name, "Central, en");
    assert_eq!(reference.population[0].sex, Sex::Man);
    assert_eq!(reference.population[1].age_to, None);
    assert_eq!(reference.recommendations[0].max_days, Some(90));
    assert_eq!(reference.recommendations[1].max_days, None);
    let skipped: Vec<String> = reference
        .skipped
        .iter()
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(skipped, ["groups.txt", "notes.txt", "table.csv"]);
    // Files read: 4 of ICD-10-SE, 2 of KVÅ, KSH97-P, SSYK, units, population, FMB = 11.
    assert_eq!(reference.versions.len(), 11);
}

#[test]
fn the_canonical_copy_reads_the_same() {
    let dir = folder();
    let to = tempfile::tempdir().unwrap();
    let imported = Reference::import(dir.path()).unwrap();
    imported.store(to.path()).unwrap();
    let opened = Reference::open(to.path()).unwrap();
    assert_eq!(opened.versions, imported.versions);
    assert_eq!(opened.lists, imported.lists);
    assert_eq!(opened.units, imported.units);
    assert_eq!(opened.population, imported.population);
    assert_eq!(opened.recommendations, imported.recommendations);
    assert_eq!(opened.icd10().codes(), imported.icd10().codes());
    assert_eq!(
        opened.icd10().resolve("F438AX"),
        imported.icd10().resolve("F438AX")
    );
    // A second time, byte by byte.
    let again = tempfile::tempdir().unwrap();
    opened.store(again.path()).unwrap();
    for name in [
        "icd10.csv",
        "kva.csv",
        "unit.csv",
        "population.csv",
        "versions.json",
    ] {
        let first = std::fs::read(to.path().join(name)).unwrap();
        assert_eq!(
            first,
            std::fs::read(again.path().join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn a_changed_copy_is_refused() {
    let dir = folder();
    let to = tempfile::tempdir().unwrap();
    Reference::import(dir.path())
        .unwrap()
        .store(to.path())
        .unwrap();
    let path = to.path().join("unit.csv");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("2309", "2380");
    std::fs::write(&path, text).unwrap();
    let message = Reference::open(to.path()).unwrap_err().to_string();
    assert!(
        message.contains("unit.csv") && message.contains("import the list again"),
        "{message}"
    );
}

#[test]
fn a_folder_that_holds_nothing_is_empty() {
    let dir = tempfile::tempdir().unwrap();
    let reference = Reference::open(dir.path()).unwrap();
    assert!(reference.versions.is_empty());
    assert_eq!(reference.icd10().chapters().len(), 22);
    assert!(Reference::import(dir.path()).is_err());
}

#[test]
fn a_newer_import_replaces_its_own_lists_only() {
    let dir = folder();
    let mut reference = Reference::import(dir.path()).unwrap();
    let newer = tempfile::tempdir().unwrap();
    put(
        newer.path(),
        "x.csv",
        b"ssyk,benamning\n0210,Specialistofficerare\n",
    );
    reference.merge(Reference::import(newer.path()).unwrap());
    let ssyk = reference.list(ListKind::Ssyk).unwrap();
    assert_eq!(ssyk.rows.len(), 1);
    assert_eq!(ssyk.name("0210"), Some("Specialistofficerare"));
    assert_eq!(reference.units.len(), 2);
    assert_eq!(
        reference
            .versions
            .iter()
            .filter(|v| v.name == "SSYK 2012")
            .count(),
        1
    );
}

#[test]
fn scb_tables_give_a_row_a_year() {
    let dir = tempfile::tempdir().unwrap();
    // SCB's BE0101 as its interface writes it, Windows-1252 (ö = F6, ä = E4, å = E5).
    put(
        dir.path(),
        "BE0101.csv",
        b"\"region\",\"\xE5lder\",\"k\xF6n\",\"Folkm\xE4ngd 2022\",\"Folkm\xE4ngd 2023\"\n\
          \"23 J\xE4mtlands l\xE4n\",\"16 \xE5r\",\"m\xE4n\",700,710\n\
          \"23 J\xE4mtlands l\xE4n\",\"100+ \xE5r\",\"kvinnor\",30,31\n",
    );
    let rows = Reference::import(dir.path()).unwrap().population;
    assert_eq!(rows.len(), 4);
    let last = &rows[3];
    assert_eq!(
        (last.region.as_str(), last.sex, last.age_from),
        ("23", Sex::Woman, 100)
    );
    assert_eq!((last.age_to, last.year, last.count), (None, 2023, 31));
}

#[test]
fn faults_name_file_row_and_column() {
    let dir = tempfile::tempdir().unwrap();
    put(
        dir.path(),
        "u.csv",
        UNITS.replace("23,2309", "99,2309").as_bytes(),
    );
    let message = Reference::import(dir.path()).unwrap_err().to_string();
    assert_eq!(
        message,
        "u.csv, row 2, column region: found \"99\", expected a two-digit region code such as 23, or 00"
    );
    put(
        dir.path(),
        "u.csv",
        POPULATION.replace("39000", "many").as_bytes(),
    );
    let message = Reference::import(dir.path()).unwrap_err().to_string();
    assert!(
        message.starts_with("u.csv, row 2, column count: found \"many\""),
        "{message}"
    );
}

#[test]
fn checks_tell_what_does_not_fit() {
    let dir = tempfile::tempdir().unwrap();
    put(
        dir.path(),
        "u.csv",
        UNITS
            .replace(
                "SE01-V1,SE01-G1,Region,23,2309",
                "SE01-V9,SE01-G1,Region,01,2309",
            )
            .as_bytes(),
    );
    put(
        dir.path(),
        "lan.csv",
        "lankod,lan\n23,Jämtlands län\n99,Fel län\n".as_bytes(),
    );
    let reference = Reference::import(dir.path()).unwrap();
    let of = |name: &str| reference.versions.iter().find(|v| v.name == name).unwrap();
    assert!(!of("unit register").passed());
    let found: Vec<&str> = of("unit register")
        .checks
        .iter()
        .map(|c| c.found.as_str())
        .collect();
    assert_eq!(found, ["0 twice", "2 are not", "2 do not"]);
    assert_eq!(of("regions").checks[0].found, "1 of 21");
}

#[test]
fn population_may_be_by_municipality() {
    let dir = tempfile::tempdir().unwrap();
    let text = "year,region,municipality,sex,age_from,age_to,residents\n\
        2022,23,2309,man,0,15,330\n2022,23,2380,man,0,15,5000\n2022,01,2380,man,0,15,7\n";
    put(dir.path(), "people.csv", text.as_bytes());
    let reference = Reference::import(dir.path()).unwrap();
    let rows = &reference.population;
    assert_eq!(
        (rows[0].municipality.as_str(), rows[0].count),
        ("2309", 330)
    );
    let found: Vec<&str> = reference.versions[0]
        .checks
        .iter()
        .map(|c| c.found.as_str())
        .collect();
    // Östersund (2380) does not lie in Stockholm; 2 of 21 regions in one year.
    assert_eq!(found, ["1 do not", "0 twice", "2 regions × years of 21"]);
    let to = tempfile::tempdir().unwrap();
    reference.store(to.path()).unwrap();
    assert_eq!(&Reference::open(to.path()).unwrap().population, rows);
    assert!(reference.skipped.is_empty());
}
