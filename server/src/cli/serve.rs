//! `serve`: the process around the server: log, signals, the lines that a script reads, and the last resort.

use std::{
    io::{IsTerminal as _, Write as _},
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    signal::unix::{Signal, SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

use crate::{
    app::{App, store},
    config::Config,
};

/// Exit code of a second signal, as a shell says it of an interrupt.
const INTERRUPTED: i32 = 130;

/// Serves until SIGINT or SIGTERM.
pub(super) fn serve(config: Config) -> Result<(), String> {
    let runtime = runtime(config.io_threads())?;
    let deadline = config.drain_deadline();
    let served = runtime.block_on(async {
        let stop = Signals::new().map_err(|error| format!("cannot watch for signals: {error}"))?;
        let app = App::start(config).await.map_err(|error| with_causes(&error))?;
        say(&format!(
            "data folder: {}\nlistening on {}\n",
            app.data_dir().display(),
            app.address()
        ));
        app.serve(stop.wait_then_guard(deadline)).await;
        Ok(())
    });
    // Work on blocking threads, such as coding an article, is not waited for: nothing of it was acknowledged.
    runtime.shutdown_background();
    served
}

/// Deletes the views and makes them anew from the journal.
pub(super) fn rebuild_views(config: Config) -> Result<(), String> {
    let folder = config.data_dir().map_err(|error| error.to_string())?;
    store::rebuild_views(&folder, &config.journal).map_err(|error| with_causes(&error))?;
    say("the views are rebuilt\n");
    Ok(())
}

/// One thread runs what is ready in the order in which it became so: all streams of a connection come before the connection, which
/// writes once for all of them. Several threads would run the connection after each.
fn runtime(io_threads: usize) -> Result<Runtime, String> {
    let mut builder = match io_threads {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    builder
        .worker_threads(io_threads)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start threads: {error}"))
}

/// Logs to stderr what `directives` select, in the syntax of `RUST_LOG`.
pub(super) fn start_log(directives: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(directives).map_err(|error| format!("log {directives:?}: {error}"))?;
    // A second start in one process keeps the first log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    Ok(())
}

/// To stdout, at once; a reader that went away is no reason to stop serving.
fn say(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// SIGINT and SIGTERM.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// Waits for the first signal. From then on the process ends at the second one or at the deadline, come what may.
    async fn wait_then_guard(mut self, deadline: Duration) {
        self.next().await;
        // A thread of its own: the promise holds even if every thread of the runtime is stuck in a system call.
        std::thread::spawn(move || {
            std::thread::sleep(deadline);
            say_last("the deadline is over; leaving");
            std::process::exit(0);
        });
        tokio::spawn(async move {
            self.next().await;
            say_last("stopped at once by a second signal");
            std::process::exit(INTERRUPTED);
        });
    }
}

/// The message and, after colons, what caused it.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn say_last(text: &str) {
    let _ = writeln!(std::io::stderr(), "dateline-server: {text}");
}
