//! Reading the feed: subscriptions, lists, look-ups and what there is. Owns no storage: everything comes out of the journal and its views.
//!
//! - A subscription: `request` is what it wants, `start` where it begins, `session` its life; in that, `delivery` is what it does for each
//!   event, `timed` and `pace` are its clocks. `subscriptions` is what operators see and change.
//! - What is new: `hub` looks at each revision once, `index` finds the groups that it concerns, `group` holds and shares what its members
//!   send, `seat` is how a subscription is found and woken.
//! - What is past: `read` reads what the journal has, `ahead` is what of that is under way, `portion` makes messages of it, `prompt` says
//!   for which replays that is done where they are sent. `sift`: whether a revision concerns a filter.
//! - Bytes: `message`, `batch`, `frame`.
//! - Answers: `list` with `page`, `lookup`, `aggregate`, `info`; `standing` is each event in its newest state, `patience` how long one works
//!   for a caller.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::Bytes;
use dateline_coder::actor::Gazetteer;
use dateline_journal::Journal;
use dateline_proto::{
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

mod aggregate;
mod ahead;
mod batch;
mod frame;
mod group;
mod hub;
pub mod index;
mod info;
mod list;
mod lookup;
mod message;
mod pace;
mod page;
mod patience;
mod portion;
mod prompt;
mod read;
mod request;
mod seat;
mod session;
mod sift;
mod standing;
mod start;
mod subscriptions;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a caller is told to wait where waiting may help.
const RETRY: Duration = Duration::from_secs(2);
/// Replays read on at most so many threads at a time, one for each core but never more than this: they compete with the live path for
/// cores, and beyond a few for the disk.
const READERS: usize = 8;

/// The readers' side of the server. Clones share everything.
#[derive(Clone)]
pub struct Feed(Arc<Shared>);

pub use frame::Encoding;

struct Shared {
    journal: Journal,
    hub: Arc<hub::Hub>,
    gazetteer: Arc<Gazetteer>,
    limits: Limits,
    drain: Drain,
    subscriptions: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    large_looks: Arc<Semaphore>,
    prompt: Arc<prompt::Prompt>,
    start_time: Timestamp,
    /// As events name it.
    coder: String,
    progress: OnceLock<watch::Receiver<IngestProgress>>,
    counting: aggregate::Counting,
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
        let readers = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(READERS);
        Self(Arc::new(Shared {
            hub: hub::Hub::new(journal.clone(), limits.live_bytes),
            journal,
            gazetteer,
            drain,
            subscriptions: Arc::new(Semaphore::new(limits.subscriptions)),
            limits: limits.clone(),
            turns: Arc::new(Semaphore::new(readers)),
            large_looks: Arc::new(Semaphore::new(read::LARGE_LOOKS)),
            prompt: Arc::default(),
            start_time: Timestamp::now(),
            coder,
            progress: OnceLock::new(),
            counting: aggregate::Counting::default(),
        }))
    }

    /// The live path, to be run as long as the feed is served: without it subscriptions hear of nothing new.
    pub fn follow(&self) -> impl Future<Output = ()> + Send + use<> {
        self.0.hub.clone().run(self.0.drain.clone())
    }

    /// Shows how far the ingestion is that the server was started with. The first call counts.
    pub fn show_progress(&self, progress: watch::Receiver<IngestProgress>) {
        let _ = self.0.progress.set(progress);
    }

    /// Starts a subscription; see the contract for what it delivers. The items are parts of gRPC frames, in order: bytes for the wire,
    /// whose messages may be compressed as `encoding` says.
    /// # Errors
    /// A field, filter or cursor that is refused, too many subscriptions, or a server that is stopping.
    pub fn subscribe(
        &self,
        request: SubscribeRequest,
        encoding: Encoding,
    ) -> Result<impl Stream<Item = Result<Bytes, Status>> + Send + Unpin + use<>, Refusal> {
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
        let form = portion::Form {
            journal: shared.journal.clone(),
            batch_size: wanted.batch_size,
            encoding,
        };
        let means = read::Means {
            turns: shared.turns.clone(),
            large_looks: shared.large_looks.clone(),
            prompt: shared.prompt.clone(),
        };
        let reader = read::Reader::new(form, sieve, means);
        let (hub, drain) = (shared.hub.clone(), shared.drain.clone());
        Ok(session::Session::new(reader, wanted, place, hub, drain, permit).into_stream())
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
