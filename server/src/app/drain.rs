//! Stopping in steps, so that readers learn where they are and no client can hold the process up.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use dateline_proto::reason;
use rand::RngExt as _;
use tokio_util::sync::CancellationToken;
use tonic::Code;

use crate::refusal::Refusal;

/// Readers return within this time after they were told to go, spread evenly.
const RECONNECT_SPREAD: Duration = Duration::from_secs(5);
const RECONNECT_MIN: Duration = Duration::from_millis(500);

/// The state of stopping; clones share it. First [`begin`](Drain::begin): streams of the feed end by themselves with
/// `stream_ending`, new calls are refused. Then [`cut`](Drain::cut): whatever is still open is ended with an error.
#[derive(Clone, Debug, Default)]
pub struct Drain {
    /// What `begun` says, without its lock: streams ask before every message.
    has_begun: Arc<AtomicBool>,
    begun: CancellationToken,
    cut: CancellationToken,
}

impl Drain {
    /// From now on nothing new begins.
    pub fn begin(&self) {
        self.has_begun.store(true, Ordering::Release);
        self.begun.cancel();
    }

    /// From now on nothing goes on.
    pub fn cut(&self) {
        self.cut.cancel();
    }

    /// Whether [`begin`](Self::begin) was called.
    pub fn has_begun(&self) -> bool {
        self.has_begun.load(Ordering::Acquire)
    }

    /// Waits for [`begin`](Self::begin). Cancel-safe.
    pub async fn begun(&self) {
        self.begun.cancelled().await;
    }

    /// Waits for [`cut`](Self::cut). Cancel-safe.
    pub(crate) async fn cut_begun(&self) {
        self.cut.cancelled().await;
    }

    /// Waits for [`cut`](Self::cut), for a body to hold.
    pub(crate) fn until_cut(&self) -> impl Future<Output = ()> + Send + 'static {
        self.cut.clone().cancelled_owned()
    }

    /// The token behind [`begun`](Self::begun), for work that stops on its own.
    pub fn token(&self) -> CancellationToken {
        self.begun.clone()
    }
}

/// How long one reader should wait before it returns: jittered, so that they do not return all at once.
pub(crate) fn reconnect_delay() -> Duration {
    rand::rng().random_range(RECONNECT_MIN..RECONNECT_SPREAD)
}

/// The error of every call that the stop ends or refuses.
pub(crate) fn draining(delay: Duration) -> Refusal {
    let message = "the server is stopping; connect again, elsewhere if there is another";
    Refusal::new(Code::Unavailable, reason::SERVER_DRAINING, message).retry(delay)
}
