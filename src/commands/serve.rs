use std::{path::Path, sync::Arc};

use frisk_api::{App, Clock, DemoSecret, RiskModel, ServedModel, Settings};
use frisk_codes::Reference;
use frisk_engine::Runtime;
use frisk_warehouse::{Snapshot, Tables, Warehouse};

use crate::{
    clock,
    config::Config,
    key,
    output::{self, Failure},
    registers,
    stored_cases::StoredCases,
    training,
};

/// Arguments of `frisk serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Address to listen on, such as 127.0.0.1:8080.
    #[arg(long)]
    bind: Option<std::net::SocketAddr>,
    /// Snapshot to serve; the newest by default.
    #[arg(long)]
    snapshot: Option<String>,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let bind = args.bind.unwrap_or(config.bind);
    let app = app(args, config, bind)?;
    let runtime = Runtime::start()?;
    runtime.wait(async {
        let listener = tokio::net::TcpListener::bind(bind).await.map_err(|error| {
            Failure::usage(format!(
                "{bind} cannot be listened on ({error}); choose another with --bind"
            ))
        })?;
        output::say(&format!("http://{}/", listener.local_addr()?));
        frisk_api::serve(app, listener, stopped()).await?;
        Ok(())
    })
}

/// Everything that the service stands on.
fn app(args: &Args, config: &Config, bind: std::net::SocketAddr) -> Result<App, Failure> {
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = match &args.snapshot {
        Some(name) => Snapshot::named(&tables, name)?,
        None => Snapshot::newest(&tables)?,
    };
    let reference = Reference::open(&config.reference)?;
    let icd10 = reference.icd10().into_owned();
    let cases = StoredCases::load(&tables, &snapshot, &reference)?;
    let warehouse = Warehouse::load(&tables, snapshot, icd10)?
        .with_population(registers::population(&reference))
        .with_unit_names(registers::unit_names(&reference));
    let synthetic = tables.layout().synthetic;
    let mut settings = Settings::new(bind);
    settings.threshold = config.threshold;
    settings.synthetic = synthetic;
    if synthetic && bind.ip().is_loopback() {
        settings.demo = Some(DemoSecret::new(demo_secret(&config.key)?));
    }
    let model = training::in_use(&config.models)?;
    let model = model
        .map(|artefact| ServedModel::new(&artefact))
        .transpose()?;
    let clock: Clock = Arc::new(|| clock::now().and_utc());
    Ok(App {
        warehouse: Arc::new(warehouse),
        artefact: model.map(|model| Arc::new(model) as Arc<dyn RiskModel>),
        cases: Arc::new(cases),
        store: Arc::new(key::open_store(config)?),
        clock,
        settings,
    })
}

/// A secret for demo tokens that lasts as long as the installation's key, and tells nothing about it.
fn demo_secret(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(key::load_or_create(path)?.mac("frisk demo tokens").to_vec())
}

/// Ready on Ctrl-C or SIGTERM.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => drop(interrupted.await),
    }
}
