//! The key that turns personal numbers into person keys: a file outside the warehouse.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use frisk_ingest::Secret;

use crate::output::Failure;

/// Reads the key; makes one, readable by its owner alone, when the file is not there.
pub(crate) fn load_or_create(path: &Path) -> Result<Secret, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Secret::from_hex(text.trim()).map_err(|e| {
            Failure::usage(format!(
                "key file {}: {e}; expected 64 hex digits",
                path.display()
            ))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => create(path),
        Err(error) => Err(Failure::unmet(format!(
            "key file {}: {error}",
            path.display()
        ))),
    }
}

fn create(path: &Path) -> Result<Secret, Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut random = [0; 32];
    fs::File::open("/dev/urandom")?.read_exact(&mut random)?;
    let hex: String = random.iter().map(|b| format!("{b:02x}")).collect();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{hex}")?;
    file.sync_all()?;
    Secret::from_hex(&hex).map_err(Failure::unmet)
}
