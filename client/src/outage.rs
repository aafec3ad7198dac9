//! The time without a server: when to try again, and when to stop trying.

use std::time::Duration;

use tokio::time::Instant;

use crate::{Backoff, Error};

/// A server's wish for a pause is honoured up to this; beyond it, it is taken for a mistake.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How hard to try to go on after a connection is lost or was never there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resume {
    /// Delays between attempts.
    pub backoff: Backoff,
    /// Stop trying when there was no server for so long; zero means a single attempt. None: never stop.
    pub give_up_after: Option<Duration>,
    /// A server that was reached but has not said `started` after so long counts as not there.
    pub start_timeout: Duration,
}

impl Default for Resume {
    /// Never stops trying.
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            give_up_after: None,
            start_timeout: Duration::from_secs(10),
        }
    }
}

impl Resume {
    /// The same, but stopping after so long without a server.
    #[must_use]
    pub fn give_up_after(mut self, limit: Duration) -> Self {
        self.give_up_after = Some(limit);
        self
    }
}

/// One stretch without a server, as seen by one caller.
#[derive(Debug)]
pub(crate) struct Outage {
    backoff: Backoff,
    give_up_after: Option<Duration>,
    since: Option<Instant>,
}

impl Outage {
    pub(crate) fn new(resume: &Resume) -> Self {
        Self {
            backoff: resume.backoff.clone(),
            give_up_after: resume.give_up_after,
            since: None,
        }
    }

    /// An attempt begins or failed: the clock runs from the first of them.
    pub(crate) fn begin(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// The server is there.
    pub(crate) fn over(&mut self) {
        self.since = None;
    }

    /// The server does what it is there for: the next outage starts with the shortest delay.
    pub(crate) fn healthy(&mut self) {
        self.over();
        self.backoff.reset();
    }

    /// When to try again after an error; none: not at all, because it would not help or has been tried long enough.
    pub(crate) fn delay_after(&mut self, error: &Error) -> Option<Duration> {
        if !error.is_retryable() {
            return None;
        }
        self.begin();
        let delay = self.delay(error.retry_after());
        let Some(limit) = self.give_up_after else {
            return Some(delay);
        };
        let left = limit.saturating_sub(self.since.map_or(Duration::ZERO, |since| since.elapsed()));
        // The last attempt falls on the limit itself.
        (!left.is_zero()).then(|| delay.min(left))
    }

    /// The next delay, at least as long as the server asks.
    pub(crate) fn delay(&mut self, asked: Option<Duration>) -> Duration {
        let asked = asked.unwrap_or_default().min(LONGEST_PAUSE);
        self.backoff.delay().max(asked)
    }
}
