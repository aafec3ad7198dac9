//! What a scenario is given, and the server that it measures.

use std::path::{Path, PathBuf};

use anyhow::Context;
use tonic::transport::{Channel, Endpoint};

use crate::{
    load::{probe, report::Row, scenarios},
    process::{ServerCommand, ServerProcess},
};

/// Set for the child process in which the load tool is the server itself.
pub const SERVE_VARIABLE: &str = "E2E_LOAD_SERVES";

/// Sizes and counts of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Stored events.
    pub events: u64,
    /// Encoded size of an event, about.
    pub event_bytes: usize,
    /// Subscribers of a fan-out.
    pub subscribers: usize,
    /// Idle subscriptions.
    pub idle: usize,
    /// Folder for the servers' data.
    pub scratch: PathBuf,
}

/// The names of the scenarios, in the order in which `all` runs them.
pub const SCENARIOS: [&str; 5] = ["replay", "fanout", "publish", "idle", "journal-size"];

/// Runs one scenario.
///
/// # Errors
/// The server could not be started or refused something, or no scenario has that name.
pub async fn scenario(name: &str, options: &Options) -> anyhow::Result<Vec<Row>> {
    match name {
        "replay" => scenarios::replay::run(options).await,
        "fanout" => scenarios::fanout::run(options).await,
        "publish" => scenarios::publish::run(options).await,
        "idle" => scenarios::idle::run(options).await,
        "journal-size" => scenarios::journal_size::run(options).await,
        other => anyhow::bail!(
            "no scenario is called {other:?}; there are {}",
            SCENARIOS.join(", ")
        ),
    }
}

/// A measured server.
pub(crate) struct Subject {
    process: ServerProcess,
    cpu_before: f64,
}

impl Subject {
    /// Starts a server on the folder `name` of the scratch folder.
    pub(crate) fn start(options: &Options, name: &str) -> anyhow::Result<Self> {
        Self::start_in(&options.scratch.join(name))
    }

    pub(crate) fn start_in(folder: &Path) -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("the path of this program")?;
        let process = ServerCommand::new(program, folder)
            .env(SERVE_VARIABLE, "1")
            .start();
        let cpu_before = probe::cpu_seconds(process.pid());
        Ok(Self { process, cpu_before })
    }

    /// A connection with windows that do not limit the run.
    pub(crate) async fn connect(&self) -> anyhow::Result<Channel> {
        let endpoint = Endpoint::from_shared(self.process.url())?
            .initial_stream_window_size(2 << 20)
            .initial_connection_window_size(8 << 20)
            .tcp_nodelay(true);
        endpoint.connect().await.context("cannot connect to the server")
    }

    /// From now on CPU time counts.
    pub(crate) fn start_clock(&mut self) {
        self.cpu_before = probe::cpu_seconds(self.process.pid());
    }

    /// CPU seconds since [`Self::start_clock`].
    pub(crate) fn cpu_seconds(&self) -> f64 {
        probe::cpu_seconds(self.process.pid()) - self.cpu_before
    }

    pub(crate) fn resident_bytes(&self) -> u64 {
        probe::resident_bytes(self.process.pid())
    }

    /// Ends the server at once.
    pub(crate) fn kill(self) {
        self.process.kill();
    }
}
