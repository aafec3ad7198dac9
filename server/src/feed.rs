//! Reading the feed: subscriptions, lists, look-ups and what there is. Owns no storage: everything comes out of the journal and its views.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use dateline_coder::actor::Gazetteer;
use dateline_journal::Journal;
use dateline_proto::{
    frame::SubscribeFrame,
    reason,
    time::Timestamp,
    v1::{EventFilter, IngestProgress, SubscribeRequest},
};
use futures_util::Stream;
use tokio::sync::{Semaphore, watch};
use tonic::{Code, Status};

use crate::{
    app::drain::{self, Drain},
    config::Limits,
    filter::Filter,
    refusal::Refusal,
};

mod batch;
mod info;
mod list;
mod lookup;
mod message;
mod page;
mod read;
mod request;
mod session;
mod sift;
mod start;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a caller is told to wait where waiting may help.
const RETRY: Duration = Duration::from_secs(2);
/// Replays read the files on at most so many threads at a time.
const READERS: usize = 8;

/// The readers' side of the server. Clones share everything.
#[derive(Clone)]
pub struct Feed(Arc<Shared>);

struct Shared {
    journal: Journal,
    gazetteer: Arc<Gazetteer>,
    limits: Limits,
    drain: Drain,
    subscriptions: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    start_time: Timestamp,
    /// As events name it.
    coder: String,
    progress: OnceLock<watch::Receiver<IngestProgress>>,
}

impl Feed {
    /// Reads `journal`; ends its streams when `drain` begins. `coder` is what codes articles, as events name it.
    pub fn new(
        journal: Journal,
        gazetteer: Arc<Gazetteer>,
        coder: String,
        limits: &Limits,
        drain: Drain,
    ) -> Self {
        Self(Arc::new(Shared {
            journal,
            gazetteer,
            drain,
            subscriptions: Arc::new(Semaphore::new(limits.subscriptions)),
            limits: limits.clone(),
            turns: Arc::new(Semaphore::new(READERS)),
            start_time: Timestamp::now(),
            coder,
            progress: OnceLock::new(),
        }))
    }

    /// Shows how far the ingestion is that the server was started with. The first call counts.
    pub fn show_progress(&self, progress: watch::Receiver<IngestProgress>) {
        let _ = self.0.progress.set(progress);
    }

    /// Starts a subscription; see the contract for what it delivers.
    /// # Errors
    /// A field, filter or cursor that is refused, too many subscriptions, or a server that is stopping.
    pub fn subscribe(
        &self,
        request: SubscribeRequest,
    ) -> Result<impl Stream<Item = Result<SubscribeFrame, Status>> + Send + use<>, Refusal> {
        let shared = &*self.0;
        if shared.drain.has_begun() {
            return Err(drain::draining(drain::reconnect_delay()));
        }
        let filter = self.filter(request.filter.as_ref())?;
        let wanted = request::Wanted::read(request)?;
        let place = start::place(&shared.journal, &wanted.start, wanted.skip_expired)?;
        let permit = shared.subscriptions.clone().try_acquire_owned().map_err(|_| {
            let message = "the server has as many subscriptions as it takes; try again later";
            Refusal::new(Code::ResourceExhausted, reason::SUBSCRIPTION_LIMIT, message).retry(RETRY)
        })?;
        let sieve = sift::Sieve {
            filter,
            not_before: place.not_before,
        };
        let reader = read::Reader::new(shared.journal.clone(), sieve, shared.turns.clone());
        let session = session::Session::new(reader, wanted, place, shared.drain.clone(), permit);
        Ok(session.into_stream())
    }

    /// The filter of a request; none matches everything.
    fn filter(&self, filter: Option<&EventFilter>) -> Result<Filter, Refusal> {
        let everything = EventFilter::default();
        let filter = filter.unwrap_or(&everything);
        let parts = filter
            .actors
            .iter()
            .chain(&filter.topics)
            .chain([&filter.expression]);
        let bytes = parts.map(String::len).sum::<usize>() + filter.types.len();
        let most = self.0.limits.filter_bytes;
        if bytes > most {
            let message = format!("the filter has {bytes} bytes, and this server takes {most}");
            return Err(Refusal::invalid(reason::FILTER_INVALID, "filter", message)
                .with("size_bytes", bytes)
                .with("limit_bytes", most));
        }
        Ok(Filter::parse(filter, &self.0.gazetteer)?)
    }
}
