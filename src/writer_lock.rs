use std::fs::{File, OpenOptions, TryLockError};

use crate::{config::Config, output::Failure};

/// The right to write to the warehouse: an advisory lock beside the state file, gone with the process.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock; `None` when another process has it.
    pub(crate) fn try_take(config: &Config) -> Result<Option<Self>, Failure> {
        let path = config.state.with_extension("lock");
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Takes the lock, or says who has it.
    pub(crate) fn take(config: &Config) -> Result<Self, Failure> {
        Self::try_take(config)?.ok_or_else(|| {
            Failure::unmet(format!(
                "another ingest is running ({} is locked); wait for it to end",
                config.state.with_extension("lock").display()
            ))
        })
    }
}
