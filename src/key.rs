//! The installation's keys: one file outside the warehouse, readable by its owner alone.
//!
//! ```text
//! person 1 <64 hex digits>        turns personal numbers into person keys
//! next-person 2 <64 hex digits>   the one that takes its place, while `frisk vault rotate --person-keys` is under way
//! seal 1 <64 hex digits>          seals identities; two of them while `frisk vault rotate` is under way
//! log 1 <64 hex digits>           chains the audit log, marks persons in it, keeps the list of what was erased
//! ```
//!
//! A file of 64 hexadecimal digits alone is the older form: all keys come from that one. The first rotation writes the
//! newer form.

use std::{
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use frisk_ingest::{LogKey, Secret};
use frisk_state::{AuditKey, SqliteStore};

use crate::{config::Config, output::Failure};

/// One key and its version.
#[derive(Clone)]
struct Key {
    version: u32,
    bytes: [u8; 32],
}

/// The keys of one file.
#[derive(Clone)]
pub(crate) struct Keys {
    person: Key,
    next_person: Option<Key>,
    /// Oldest first; the last one seals.
    seals: Vec<Key>,
    log: Key,
}

/// Reads the key that ingest needs; makes a file when there is none.
pub(crate) fn load_or_create(path: &Path) -> Result<Secret, Failure> {
    Ok(Keys::load_or_create(path)?.secret())
}

/// Opens the state store with the key of its audit log. The log's head is kept beside the key.
///
/// A new store gets a new key file where there is none; a store that is there does not.
pub(crate) fn open_store(config: &Config) -> Result<SqliteStore, Failure> {
    if config.state.exists() && !config.key.exists() {
        return Err(Failure::usage(format!(
            "key file {} is not there, but {} is: vault and audit log need the key file that they were made with",
            config.key.display(),
            config.state.display()
        )));
    }
    let keys = Keys::load_or_create(&config.key)?;
    if let Some(folder) = config.state.parent() {
        fs::create_dir_all(folder)?;
    }
    let audit = AuditKey::new(keys.log().audit()).head_in(head_file(config));
    Ok(SqliteStore::open_keyed(&config.state, audit)?)
}

/// Where the head of the audit log is kept: beside the key, named after it and the store.
fn head_file(config: &Config) -> PathBuf {
    let store = config.state.file_name().unwrap_or_default();
    let mut name = config.key.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(store);
    name.push(".head");
    config.key.with_file_name(name)
}

impl Keys {
    pub(crate) fn load_or_create(path: &Path) -> Result<Self, Failure> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| {
                Failure::usage(format!(
                    "key file {}: expected lines such as `person 1 <64 hex digits>` for person, seal and log, \
                     or 64 hex digits alone",
                    path.display()
                ))
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                let keys = Self {
                    person: Key::random(1)?,
                    next_person: None,
                    seals: vec![Key::random(1)?],
                    log: Key::random(1)?,
                };
                create(path, &keys.text())?;
                Ok(keys)
            }
            Err(error) => Err(Failure::unmet(format!(
                "key file {}: {error}",
                path.display()
            ))),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if !text.trim().contains(char::is_whitespace) {
            let bytes = hex(text.trim())?;
            let key = Key { version: 1, bytes };
            let log = Secret::new(bytes).mac("frisk log key 1");
            return Some(Self {
                seals: vec![key.clone()],
                person: key,
                next_person: None,
                log: Key {
                    version: 1,
                    bytes: log,
                },
            });
        }
        let (mut person, mut next_person, mut log) = (None, None, None);
        let mut seals: Vec<Key> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.split_whitespace();
            let (name, version, bytes) = (words.next()?, words.next()?, words.next()?);
            let key = Key {
                version: version.parse().ok()?,
                bytes: hex(bytes)?,
            };
            match name {
                "person" => person = Some(key),
                "next-person" => next_person = Some(key),
                "seal" => seals.push(key),
                "log" => log = Some(key),
                _ => return None,
            }
        }
        seals.sort_by_key(|key| key.version);
        seals.last()?;
        Some(Self {
            person: person?,
            next_person,
            seals,
            log: log?,
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, key: &Key| {
            let hex: String = key.bytes.iter().map(|b| format!("{b:02x}")).collect();
            let _ = writeln!(text, "{name} {} {hex}", key.version);
        };
        line("person", &self.person);
        if let Some(next) = &self.next_person {
            line("next-person", next);
        }
        for seal in &self.seals {
            line("seal", seal);
        }
        line("log", &self.log);
        text
    }

    /// Writes the file anew: the new content takes the old one's place at once, then the old content is overwritten.
    /// On disks that write elsewhere (SSD, snapshots, backups) a trace can stay.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Failure> {
        let mut old = OpenOptions::new().write(true).open(path)?;
        let length = usize::try_from(old.metadata()?.len()).unwrap_or(0);
        let aside = path.with_extension("new");
        drop(fs::remove_file(&aside));
        create(&aside, &self.text())?;
        fs::rename(&aside, path)?;
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        old.write_all(&vec![0; length])?;
        old.sync_all()?;
        Ok(())
    }

    fn seal(&self) -> &Key {
        self.seals.last().unwrap_or(&self.person)
    }

    /// The secret in force.
    pub(crate) fn secret(&self) -> Secret {
        Secret::of(&self.person.bytes, &self.seal().bytes)
    }

    /// Secrets that identities may still be sealed with, the newest first.
    pub(crate) fn opening(&self) -> Vec<Secret> {
        let of = |seal: &Key| Secret::of(&self.person.bytes, &seal.bytes);
        self.seals.iter().rev().map(of).collect()
    }

    /// The key of audit log, marks and list of erasures.
    pub(crate) fn log(&self) -> LogKey {
        LogKey::new(&self.log.bytes)
    }

    /// Version of the sealing key in force.
    pub(crate) fn seal_version(&self) -> u32 {
        self.seal().version
    }

    /// Whether a change of the sealing key is under way.
    pub(crate) fn is_resealing(&self) -> bool {
        self.seals.len() > 1
    }

    /// With one more sealing key.
    pub(crate) fn with_new_seal(mut self) -> Result<Self, Failure> {
        self.seals.push(Key::random(self.seal().version + 1)?);
        Ok(self)
    }

    /// With the newest sealing key alone.
    pub(crate) fn without_old_seals(mut self) -> Self {
        let keep = self.seals.len().saturating_sub(1);
        self.seals.drain(..keep);
        self
    }

    /// The secret under the next person key and the version of that; `None` when no change is under way.
    pub(crate) fn next_secret(&self) -> Option<(Secret, u32)> {
        let next = self.next_person.as_ref()?;
        Some((Secret::of(&next.bytes, &self.seal().bytes), next.version))
    }

    /// With a next person key.
    pub(crate) fn with_next_person(mut self) -> Result<Self, Failure> {
        self.next_person = Some(Key::random(self.person.version + 1)?);
        Ok(self)
    }

    /// With the next person key in force and the old one gone.
    pub(crate) fn with_person_exchanged(mut self) -> Self {
        if let Some(next) = self.next_person.take() {
            self.person = next;
        }
        self
    }
}

impl Key {
    fn random(version: u32) -> Result<Self, Failure> {
        let mut bytes = [0; 32];
        File::open("/dev/urandom")?.read_exact(&mut bytes)?;
        Ok(Self { version, bytes })
    }
}

fn hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn the_older_form_gives_the_keys_that_it_always_gave() {
        let text = "5b".repeat(32);
        let keys = Keys::parse(&format!("{text}\n")).unwrap();
        let old = frisk_ingest::Secret::from_hex(&text).unwrap();
        assert_eq!(keys.secret().mac("191212121212"), old.mac("191212121212"));
        // Written in the newer form it stays the same.
        let again = Keys::parse(&keys.text()).unwrap();
        let sealed = |keys: &Keys| {
            frisk_ingest::SealedIdentity::seal(&keys.secret(), "191212121212").unwrap()
        };
        assert_eq!(sealed(&again), sealed(&keys));
        assert_eq!(again.log().audit(), keys.log().audit());
    }

    #[test]
    fn other_texts_are_no_key_file() {
        let key = "00".repeat(32);
        for text in [
            String::new(),
            "abc".to_owned(),
            format!("person 1 {key}\nseal 1 {key}"),
            format!("person 1 {key}\nseal x {key}\nlog 1 {key}"),
            format!("person 1 {key}\nseal 1 {key}\nlog 1 {key}\nother 1 {key}"),
        ] {
            assert!(Keys::parse(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_saved_file_holds_the_new_keys_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("person.key");
        let keys = Keys::load_or_create(&path).unwrap();
        let two = keys.clone().with_new_seal().unwrap();
        two.save(&path).unwrap();
        let one = Keys::load_or_create(&path).unwrap().without_old_seals();
        one.save(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains("seal 2 ") && !text.contains("seal 1 "));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
