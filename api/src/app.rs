use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use frisk_state::StateStore;
use frisk_warehouse::Warehouse;

use crate::{Cases, RiskModel};

/// Tells the time; given from outside so that tests stand still.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Everything that the service stands on.
pub struct App {
    /// The statistics.
    pub warehouse: Arc<Warehouse>,
    /// The risk model in service, if any is approved.
    pub artefact: Option<Arc<dyn RiskModel>>,
    /// Cases and units.
    pub cases: Arc<dyn Cases>,
    /// Audit log and other state.
    pub store: Arc<dyn StateStore>,
    /// The time.
    pub clock: Clock,
    /// How it is set up.
    pub settings: Settings,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("snapshot", self.warehouse.snapshot())
            .field("artefact", &self.artefact)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// How the service is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that it will listen on: demo identities are refused beyond loopback.
    pub bind: SocketAddr,
    /// Makes the tokens of the demo identities; without it there are none, and unit and person data stay closed.
    pub demo: Option<DemoSecret>,
    /// Smallest count of one care provider, sex and cell that open tables keep.
    pub threshold: u32,
    /// Whether all persons in the warehouse are invented.
    pub synthetic: bool,
    /// Largest request body, in bytes.
    pub body_limit: usize,
    /// Longest time for a request.
    pub timeout: Duration,
    /// Most requests that are worked on at once; more are answered with 503.
    pub concurrency: usize,
}

impl Settings {
    /// The defaults for an address: no demo identities, threshold 5, 1 MiB, 30 seconds, 64 requests.
    #[must_use]
    pub fn new(bind: SocketAddr) -> Self {
        Self {
            bind,
            demo: None,
            threshold: 5,
            synthetic: false,
            body_limit: 1 << 20,
            timeout: Duration::from_secs(30),
            concurrency: 64,
        }
    }
}

/// The secret that demo tokens are derived from. Never printed.
#[derive(Clone)]
pub struct DemoSecret(Vec<u8>);

impl DemoSecret {
    /// A secret of at least 16 bytes (shorter ones are refused at start).
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for DemoSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DemoSecret(…)")
    }
}
