use std::path::Path;

use super::*;
use crate::Language;

/// An edition by hand in the form of Socialstyrelsen's files: code, two tabs, name.
fn write(dir: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(dir.join(name), bytes).unwrap();
}

/// Five categories and six codes.
fn small() -> (tempfile::TempDir, Icd10) {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        "digit3.txt",
        "\u{feff}A35\t\tAnnan stelkramp\nF40\t\tFobier\nF43\t\tAnpassningsstörning\nG30\t\tAlzheimer\nW00\t\tFall\n"
            .as_bytes(),
    );
    write(
        dir.path(),
        "digit4.txt",
        "F401\t\tSocial fobi\r\nF438\t\tAnnan stressreaktion\r\nG309\t\tAlzheimer UNS\r\n"
            .as_bytes(),
    );
    // Windows-1252: ö = F6.
    write(
        dir.path(),
        "digit5.txt",
        b"F402B\t\tSpecifik fobi\nF438A\t\tUtmattningssyndrom, sj\xF6\nW0000\t\tFall i bostad\n",
    );
    write(dir.path(), "readme.txt", b"Not a list.\n");
    let list = Icd10::from_dir(dir.path()).unwrap();
    (dir, list)
}

/// `chapter/block/category/code` of a resolved code.
fn levels(list: &Icd10, code: &str) -> String {
    let levels = list.resolve(code);
    [levels.chapter, levels.block, levels.category, levels.code]
        .map(|level| level.unwrap_or("-"))
        .join("/")
}

#[test]
fn builtin_has_22_chapters_and_264_blocks() {
    let list = Icd10::builtin();
    assert_eq!(list.chapters().len(), 22);
    // Socialstyrelsen's block.txt has 264 rows.
    assert_eq!(list.blocks().len(), 264);
    assert_eq!(
        list.name("F40-F48"),
        Some("Neurotiska, stressrelaterade och somatoforma syndrom")
    );
    assert_eq!(
        list.name("H60-H95"),
        Some("Sjukdomar i örat och mastoidutskottet")
    );
}

#[test]
fn every_block_lies_in_one_chapter_and_no_two_overlap() {
    let list = Icd10::builtin();
    let mut last = None;
    for block in list.blocks() {
        let numbers = category_numbers(&block.id);
        assert!(!numbers.is_empty(), "{}", block.id);
        assert!(last < Some(numbers.start), "{}", block.id);
        last = Some(numbers.end - 1);
        let chapters: Vec<usize> = numbers
            .filter_map(|n| range_of(&list.chapters, &category_id(n)))
            .collect();
        assert!(chapters.windows(2).all(|w| w[0] == w[1]), "{}", block.id);
        assert!(!chapters.is_empty(), "{}", block.id);
    }
}

#[test]
fn primary_care_forms_are_categories() {
    // PEERS.md §1.3 point 8: "A 35-P" → A35, "G30-" → G30.
    let list = Icd10::builtin();
    assert_eq!(levels(&list, "A35-P"), "A00-B99/A30-A49/A35/-");
    assert_eq!(levels(&list, "a 35-p"), "A00-B99/A30-A49/A35/-");
    assert_eq!(levels(&list, "G30-"), "G00-G99/G30-G32/G30/-");
    assert_eq!(
        list.resolve("G30-").code_label(Language::Sv),
        "Okänd kod inom G30"
    );
    // A range over two letters: X85-Y09.
    assert_eq!(levels(&list, "Y00"), "V01-Y98/X85-Y09/Y00/-");
}

#[test]
fn what_is_no_category_is_invalid() {
    let list = Icd10::builtin();
    // A90 and A91 lie between the blocks A80-A89 and A92-A99.
    for code in [
        "",
        "F",
        "F4",
        "43F",
        "Ö00",
        "A90",
        "XYZ123",
        "---",
        "Z00.ABC?".get(..2).unwrap(),
    ] {
        let levels = list.resolve(code);
        assert_eq!(levels, Levels::INVALID, "{code}");
        assert_eq!(levels.code_label(Language::Sv), "Utan giltig ICD-10 kod");
    }
}

#[test]
fn characters_are_dropped_until_the_code_is_known() {
    // Conformance kit §6.5.
    let (_dir, list) = small();
    assert_eq!(levels(&list, "F438A"), "F00-F99/F40-F48/F43/F438A");
    assert_eq!(levels(&list, "f43.8a"), "F00-F99/F40-F48/F43/F438A");
    assert_eq!(levels(&list, "F438AX9"), "F00-F99/F40-F48/F43/F438A");
    assert_eq!(
        levels(&list, "F438AX9ZZZZZZZZ"),
        "F00-F99/F40-F48/F43/F438A"
    );
    assert_eq!(levels(&list, "F438X"), "F00-F99/F40-F48/F43/F438");
    assert_eq!(levels(&list, "F439"), "F00-F99/F40-F48/F43/-");
    assert_eq!(levels(&list, "F43"), "F00-F99/F40-F48/F43/-");
    // F402 is no code of the list, though F402B is.
    assert_eq!(levels(&list, "F402"), "F00-F99/F40-F48/F40/-");
    assert_eq!(levels(&list, "F402B"), "F00-F99/F40-F48/F40/F402B");
    assert_eq!(levels(&list, "W0000"), "V01-Y98/W00-W19/W00/W0000");
    // A category of no edition is unknown, though it lies in a block.
    assert!(!list.resolve("F41").valid);
}

#[test]
fn exact_takes_the_whole_code_only() {
    let (_dir, list) = small();
    assert_eq!(
        list.exact("f43").map(|(level, e)| (level, e.id.as_str())),
        Some((Level::Category, "F43"))
    );
    assert_eq!(
        list.exact("F438A").map(|(level, _)| level),
        Some(Level::Code)
    );
    assert_eq!(
        list.exact("F40-F48").map(|(level, _)| level),
        Some(Level::Block)
    );
    assert_eq!(
        list.exact("F00-F99").map(|(level, _)| level),
        Some(Level::Chapter)
    );
    assert!(list.exact("F438AX").is_none());
    assert!(list.exact("G30-").is_none());
}

#[test]
fn names_come_out_in_any_encoding() {
    let (_dir, list) = small();
    assert_eq!(list.name("F43"), Some("Anpassningsstörning"));
    assert_eq!(list.name("F438A"), Some("Utmattningssyndrom, sjö"));
    assert_eq!(list.name("F438"), Some("Annan stressreaktion"));
}

#[test]
fn a_faulty_row_is_named() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "digit3.txt", b"A35\t\tStelkramp\n");
    let rows: String = (0..30)
        .map(|n| format!("A35{}\t\tNamn\n", n % 10))
        .collect();
    write(
        dir.path(),
        "digit4.txt",
        format!("{rows}A3\t\tKort\n").as_bytes(),
    );
    let message = Icd10::from_dir(dir.path()).unwrap_err().to_string();
    assert!(
        message.starts_with("digit4.txt, row 31, column code: found \"A3"),
        "{message}"
    );
    assert!(
        message.contains("expected a code of four to eight characters"),
        "{message}"
    );
}

#[test]
fn a_code_outside_every_category_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "digit3.txt", b"A35\t\tStelkramp\n");
    write(dir.path(), "digit4.txt", b"A360\t\tDifteri\n");
    let message = Icd10::from_dir(dir.path()).unwrap_err().to_string();
    assert!(message.contains("\"A360\""), "{message}");
}

#[test]
fn a_folder_without_codes_says_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let message = Icd10::from_dir(dir.path()).unwrap_err().to_string();
    assert!(message.contains("digit3.txt"), "{message}");
}
