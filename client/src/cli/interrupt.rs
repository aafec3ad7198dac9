//! SIGINT and SIGTERM: the first asks the command to finish, the second ends the process.

use tokio_util::sync::CancellationToken;

use super::exit::{Exit, Failure};

/// Whether the process was asked to stop.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt {
    token: CancellationToken,
}

impl Interrupt {
    /// Listens from now on.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let token = CancellationToken::new();
        let seen = token.clone();
        let mut signals =
            Signals::new().map_err(|error| Failure::other(format!("cannot listen for signals: {error}")))?;
        tokio::spawn(async move {
            signals.next().await;
            seen.cancel();
            signals.next().await;
            std::process::exit(Exit::Interrupted as i32);
        });
        Ok(Self { token })
    }

    pub(crate) fn is_set(&self) -> bool {
        self.token.is_cancelled()
    }

    pub(crate) async fn wait(&self) {
        self.token.cancelled().await;
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
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
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        tokio::signal::ctrl_c().await.ok();
    }
}
