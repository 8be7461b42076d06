use std::future::Future;

use tokio::net::TcpListener;

use crate::{App, Error, router};

/// Serves until `shutdown` is ready; requests that have begun are then answered first.
///
/// **Errors**: settings that must not be served (see [`router`]), or a listener that fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let mut app = app;
    // What counts is the address that is really listened on.
    app.settings.bind = listener.local_addr()?;
    let router = router(app)?;
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown)
        .await?;
    Ok(())
}
