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

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
