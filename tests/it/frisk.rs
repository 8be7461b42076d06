//! The command in a folder of its own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder with a synthetic Sweden and one warehouse.
pub(crate) struct Frisk {
    folder: PathBuf,
    sweden: PathBuf,
}

impl Frisk {
    /// A new installation in `folder` that reads the given synthetic Sweden.
    pub(crate) fn new(folder: &Path, sweden: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        // One key for all installations, so that their tables can be compared.
        std::fs::write(folder.join("person.key"), "5b".repeat(32)).unwrap();
        let frisk = Self {
            folder: folder.to_path_buf(),
            sweden: sweden.to_path_buf(),
        };
        if sweden.exists() {
            frisk.ok(&["reference", "import", &text(sweden)]);
        }
        frisk
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frisk"));
        command
            .args(args)
            .current_dir(&self.folder)
            .env("FRISK_WAREHOUSE", self.warehouse())
            .env("FRISK_STATE", self.folder.join("state.sqlite"))
            .env("FRISK_KEY", self.folder.join("person.key"))
            .env("FRISK_REFERENCE", self.folder.join("reference"))
            .env("FRISK_MODELS", self.folder.join("models"))
            .env("FRISK_BATCH", "100")
            .env("FRISK_NOW", "2026-01-15T08:00:00");
        command
    }

    /// Runs the command, which must succeed; its standard output.
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        assert!(
            output.status.success(),
            "frisk {args:?}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// Ingests the synthetic Sweden's documents, and its interventions and ends of observation, which lie beside them.
    pub(crate) fn ingest(&self) -> Command {
        self.command(&[
            "ingest",
            "--json",
            "--synthetic",
            &text(&self.sweden.join("documents")),
            &text(&self.sweden.join("interventions.csv")),
            &text(&self.sweden.join("observation_ends.csv")),
        ])
    }

    /// The same installation in another folder: everything is copied.
    pub(crate) fn copy_to(&self, folder: &Path) -> Self {
        let copied = Command::new("cp")
            .arg("-r")
            .args([&self.folder, folder])
            .status()
            .unwrap();
        assert!(copied.success());
        Self {
            folder: folder.to_path_buf(),
            sweden: self.sweden.clone(),
        }
    }

    /// Runs the command with a text on its standard input.
    pub(crate) fn with_input(&self, args: &[&str], input: &str) -> Command {
        let file = self.folder.join("stdin");
        std::fs::write(&file, input).unwrap();
        let mut command = self.command(args);
        command.stdin(std::fs::File::open(&file).unwrap());
        std::fs::remove_file(file).unwrap();
        command
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn warehouse(&self) -> PathBuf {
        self.folder.join("warehouse")
    }

    /// All rows of a table in a fixed order, one JSON object a line.
    pub(crate) fn rows(&self, table: &str) -> String {
        let order = match table {
            "reject" => "document_key, rule, location, message",
            "sick_case" => "case_id",
            "period" => "arrival, start_date, degree",
            "intervention" => "source, arrival, code",
            "record" => "arrival, removed",
            _ => "arrival",
        };
        self.ok(&[
            "query",
            "--json",
            &format!("SELECT * FROM {table} ORDER BY {order}"),
        ])
    }
}

/// Makes a small synthetic Sweden.
pub(crate) fn sweden(folder: &Path, people: u32, seed: u32) -> PathBuf {
    let frisk = Frisk::new(&folder.join("maker"), Path::new("/nonexistent"));
    let out = folder.join("sweden");
    frisk.ok(&[
        "simulate",
        "--people",
        &people.to_string(),
        "--years",
        "2",
        "--seed",
        &seed.to_string(),
        "--out",
        &text(&out),
    ]);
    out
}

/// Adds a completion request and an event of sending about every tenth certificate: half of them come before all
/// certificates (folder `0`), half after (folder `z`).
pub(crate) fn add_messages(sweden: &Path) {
    let documents = sweden.join("documents");
    let mut found: Vec<PathBuf> = std::fs::read_dir(&documents)
        .unwrap()
        .flat_map(|month| std::fs::read_dir(month.unwrap().path()).unwrap())
        .map(|document| document.unwrap().path())
        .collect();
    found.sort();
    for folder in ["0", "z"] {
        std::fs::create_dir_all(documents.join(folder)).unwrap();
    }
    for (at, path) in found.iter().enumerate().step_by(10) {
        let xml = std::fs::read_to_string(path).unwrap();
        let (Some(id), Some(person)) = (extension(&xml, "intygs-id"), extension(&xml, "person-id"))
        else {
            continue;
        };
        let folder = documents.join(if at % 20 == 0 { "0" } else { "z" });
        for (name, form) in [("message.xml", MESSAGE), ("event.json", EVENT)] {
            let text = form
                .replace("{at}", &at.to_string())
                .replace("{id}", &id)
                .replace("{person}", &person);
            std::fs::write(folder.join(format!("{at}-{name}")), text).unwrap();
        }
    }
}

const MESSAGE: &str = r#"<m:SendMessageToCare xmlns:m="urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2" xmlns:t="urn:riv:clinicalprocess:healthcond:certificate:types:3">
  <m:meddelande-id>m-{at}</m:meddelande-id>
  <m:skickatTidpunkt>2025-06-20T09:30:00</m:skickatTidpunkt>
  <m:intygs-id><t:root>SE</t:root><t:extension>{id}</t:extension></m:intygs-id>
  <m:patientPerson-id><t:root>1.2.752.129.2.1.3.1</t:root><t:extension>{person}</t:extension></m:patientPerson-id>
  <m:logiskAdressMottagare>SE-ENHET-1</m:logiskAdressMottagare>
  <m:amne><t:code>KOMPLT</t:code><t:codeSystem>ffa59d8f-8d7e-46ae-ac9e-31804e8e8499</t:codeSystem></m:amne>
  <m:rubrik>Om diagnosen</m:rubrik>
  <m:meddelande>Mer om diagnosen</m:meddelande>
  <m:skickatAv><m:part><t:code>FKASSA</t:code><t:codeSystem>769bb12b-bd9f-4203-a5cd-fd14f2eb3b80</t:codeSystem></m:part></m:skickatAv>
  <m:komplettering><m:frage-id>6</m:frage-id><m:text>Vilken?</m:text></m:komplettering>
</m:SendMessageToCare>"#;

const EVENT: &str = r#"{"messageId": "e-{at}", "type": "certificate.analytics.event", "schemaVersion": "v1",
  "certificate": {"id": "{id}", "type": "lisjp", "typeVersion": "1.3", "patientId": "{person}"},
  "event": {"timestamp": "2025-06-19T07:00:01", "messageType": "CERTIFICATE_SENT"},
  "recipient": {"id": "FKASSA"}}"#;

/// The text of the element `extension` in the first element of a name.
fn extension(xml: &str, element: &str) -> Option<String> {
    let inside = xml.split_once(&format!("{element}>"))?.1;
    let text = inside.split_once("extension>")?.1;
    Some(text.split_once('<')?.0.trim().to_owned())
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
