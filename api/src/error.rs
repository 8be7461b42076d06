/// Why the service cannot start or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Demo identities were asked for on a warehouse of real persons.
    #[error(
        "demo identities: the warehouse was not simulated; expected a synthetic warehouse, or no demo secret"
    )]
    DemoOnRealData,
    /// Demo identities were asked for on an address that others can reach.
    #[error(
        "demo identities: {bind} is not a loopback address; expected 127.0.0.1 or [::1], or no demo secret"
    )]
    DemoBeyondLoopback {
        /// The address.
        bind: std::net::SocketAddr,
    },
    /// The demo secret is too short to make tokens from.
    #[error("demo secret: {found} bytes; expected at least 16")]
    DemoSecretShort {
        /// Its length, in bytes.
        found: usize,
    },
    /// The listener failed.
    #[error("serving: {0}")]
    Serve(#[from] std::io::Error),
}
