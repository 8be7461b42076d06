/// What can go wrong between Frisk and its tables.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The place of the warehouse is no URL or folder that can be used.
    #[error(
        "warehouse {location:?}: {problem}; expected a folder or an object store URL such as file:///srv/frisk"
    )]
    Location {
        /// What was given.
        location: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Delta Lake refused.
    #[error("table {table}: {source}")]
    Delta {
        /// The table.
        table: String,
        /// The cause.
        source: Box<deltalake::DeltaTableError>,
    },
    /// The object store refused.
    #[error("{path}: {source}")]
    Store {
        /// The object.
        path: String,
        /// The cause.
        source: object_store::Error,
    },
    /// DataFusion refused the query.
    #[error("{0}")]
    Query(Box<datafusion::error::DataFusionError>),
    /// A query that is not one that only reads.
    #[error("only queries that read are allowed here (SELECT, EXPLAIN, SHOW, DESCRIBE)")]
    NotReadOnly,
    /// No runtime could be started.
    #[error("no thread to work on: {source}")]
    Runtime {
        /// The cause.
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn delta(table: &str, source: deltalake::DeltaTableError) -> Self {
        Self::Delta {
            table: table.to_owned(),
            source: Box::new(source),
        }
    }

    /// Whether the same call may succeed later: another writer was faster, or the store did not answer.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store { source, .. } => !matches!(
                source,
                object_store::Error::NotFound { .. } | object_store::Error::InvalidPath { .. }
            ),
            Self::Delta { source, .. } => matches!(
                **source,
                deltalake::DeltaTableError::VersionAlreadyExists(_)
            ),
            _ => false,
        }
    }
}

impl From<datafusion::error::DataFusionError> for Error {
    fn from(source: datafusion::error::DataFusionError) -> Self {
        Self::Query(Box::new(source))
    }
}
