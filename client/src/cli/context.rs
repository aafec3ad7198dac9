//! What every command is given: the server, where to write, and whether it was interrupted.

use std::{
    future::Future,
    io::{self, IsTerminal as _},
    time::Duration,
};

use super::{args::Shared, exit::Failure, interrupt::Interrupt, out::Out, text};
use crate::{Client, Error, Resume, outage::Outage};

/// Commands that go on for long wait so long for a server that is not there, unless told otherwise.
const DEFAULT_WAIT: Duration = Duration::from_secs(30);

pub(crate) struct Context {
    pub(crate) client: Client,
    pub(crate) out: Out,
    pub(crate) interrupt: Interrupt,
    address: String,
    wait: Option<Duration>,
}

impl Context {
    pub(crate) fn new(shared: Shared, interrupt: Interrupt) -> Result<Self, Failure> {
        Ok(Self {
            client: Client::new(&shared.addr)?,
            out: Out::new(shared.output),
            interrupt,
            address: shared.addr,
            wait: shared.wait,
        })
    }

    /// For a single call: makes it when the server is there, waiting for it only if asked to.
    pub(crate) async fn call<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
        if let Some(wait) = self.wait {
            let mut outage = Outage::new(&Resume::default().give_up_after(wait));
            outage.begin();
            while let Err(error) = self.client.feed_info().await {
                let delay = outage.delay_after(&error).ok_or_else(|| self.failure(&error))?;
                tokio::time::sleep(delay).await;
            }
        }
        call.await.map_err(|error| self.failure(&error))
    }

    /// For a command that outlives connections.
    pub(crate) fn resume(&self) -> Resume {
        Resume::default().give_up_after(self.patience())
    }

    pub(crate) fn patience(&self) -> Duration {
        self.wait.unwrap_or(DEFAULT_WAIT)
    }

    pub(crate) fn failure(&self, error: &Error) -> Failure {
        Failure::of_call(error, &self.address)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Tells a person how it goes; a program that reads standard error is spared.
    pub(crate) fn remark(&self, message: &str) {
        if io::stderr().is_terminal() {
            self.notice(message);
        }
    }

    /// Tells something beside the results, on standard error.
    pub(crate) fn notice(&self, message: &str) {
        eprintln!("dateline: {}", text::clean(message));
    }
}
