//! The only crate that awaits DataFusion and Delta.
//!
//! Public functions return [`BoxFuture`], so that no other crate instantiates their futures: a crate that awaits them
//! itself recompiles their planner at each change (measured: 110 s against 4 s).
#![deny(missing_docs)]

mod error;
mod history;
mod lake;
mod query;
mod table;

pub use error::Error;
pub use futures::future::BoxFuture;
pub use lake::Lake;
pub use query::{Relation, query};
pub use table::{Change, DataFile, TableState};

/// A small runtime for callers that are not asynchronous themselves.
#[derive(Debug)]
pub struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    /// Starts a runtime with one worker a processor.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn start() -> Result<Self, Error> {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map(Self)
            .map_err(|source| Error::Runtime { source })
    }

    /// Waits for a future. Not to be called on a worker thread of another runtime (use a blocking thread).
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }
}
