//! The ledger: what articles and publishers say becomes revisions of events.
//!
//! Everything that changes the feed goes through one task, in one order: it plans what a request does to the events as they are then,
//! hands the entry to the journal, and answers when the entry is durable. It plans all requests that wait before it has their entries
//! written, with one sync for all of them; while that runs the next ones gather. Calls that publish one event each become one entry where
//! they come together.
//!
//! - `identity`: which reports are of the same event.
//! - `merge`: what several reports say of one event, as one state.
//! - `copies`, `publishers`: which reports are of one text, how many publishers are independent, and how sure they make an event.
//! - `known`: an event as the feed knows it, and what one report more or less makes of it.
//! - `edit`, `publish`: what an article, a withdrawal, a publication does. Pure: they see the feed as `Knowledge`.
//! - `same`: whether two reports say the same.
//! - `reports`: what each source says of an event.
//! - `task`, `overlay`: the order, the journal, and what is on its way to it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use dateline_journal::Journal;
use dateline_proto::{reason, v1};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;
use tonic::Code;

use crate::refusal::Refusal;

mod check;
pub(crate) mod copies;
mod draft;
mod edit;
mod failure;
pub(crate) mod identity;
mod known;
mod merge;
mod overlay;
mod publish;
mod publishers;
mod reports;
mod same;
mod successor;
mod task;
#[cfg(test)]
mod tests;

pub use edit::CodedArticle;
pub(crate) use edit::is_duplicate;
pub(crate) use failure::view_failure;
pub(crate) use publish::PUBLISHED;
pub(crate) use task::duplicate;

use publish::Publications;

/// Requests that wait for their turn; who comes later waits for room.
const QUEUE: usize = 4096;
/// KiB of articles and events among them; a larger request waits until it is alone.
const QUEUE_KIB: u32 = 96 * 1024;

/// How the ledger works.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Reports of different articles with the same key are of one event.
    pub merging: bool,
    /// Bytes of a published event.
    pub event_bytes: usize,
}

/// A handle to the one task that changes the feed. Clones are the same ledger; when the last is dropped the task ends after what it was
/// asked to do.
#[derive(Clone, Debug)]
pub struct Ledger {
    queue: mpsc::Sender<Queued>,
    room: Arc<Semaphore>,
    flights: Arc<Flights>,
    settings: Settings,
    closed: CancellationToken,
}

/// The articles that are on their way through coder and ledger, and how often.
type Flights = Mutex<HashMap<String, usize>>;

/// An article on its way: what the views say of it holds only while it is the only version that is.
#[derive(Debug)]
pub struct Flight {
    flights: Arc<Flights>,
    article_id: String,
    alone: bool,
}

/// The answer to a request that has its place in the order; resolves when what it did is durable.
#[derive(Debug)]
pub struct Answer<T> {
    answer: oneshot::Receiver<Result<T, Refusal>>,
    closed: CancellationToken,
}

/// What became of a coded article.
#[derive(Debug)]
pub enum Put {
    /// It is in the feed.
    Done(v1::IngestArticleResponse),
    /// It was coded anew from the feed's own text, and another version of it came in between. Nothing was done.
    Superseded,
}

/// A request and the room that it takes until the journal has it.
type Queued = (Request, OwnedSemaphorePermit);

#[derive(Debug)]
enum Request {
    Article(Box<CodedArticle>, Option<Flight>, Reply<Put>),
    Publish(Publications, Reply<v1::PublishEventsResponse>),
    Retract(v1::RetractEventRequest, Reply<v1::RetractEventResponse>),
    Restore(v1::RestoreEventRequest, Reply<v1::RestoreEventResponse>),
    Withdraw(v1::WithdrawArticleRequest, Reply<v1::WithdrawArticleResponse>),
}

type Reply<T> = oneshot::Sender<Result<T, Refusal>>;

impl Ledger {
    /// Starts the task. It ends when every handle is gone, or after [`close`](Self::close).
    pub fn start(journal: Journal, settings: Settings) -> (Self, JoinHandle<()>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        let runtime = Handle::current();
        let closed = CancellationToken::new();
        let until = closed.clone();
        // Looking into the views blocks for a moment each time, and writing for as long as the disk takes: on a thread of its own that
        // disturbs nobody.
        let task = tokio::task::spawn_blocking(move || {
            runtime.block_on(task::Task::new(journal, settings).run(requests, until));
        });
        let flights = Arc::default();
        (
            Self {
                queue,
                room: Arc::new(Semaphore::new(QUEUE_KIB as usize)),
                flights,
                settings,
                closed,
            },
            task,
        )
    }

    /// Takes no more; the task ends when what was asked before is answered.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// Says that a version of an article is on its way from now on.
    pub fn enter(&self, article_id: &str) -> Flight {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let count = flights.entry(article_id.to_owned()).or_default();
        *count += 1;
        Flight {
            flights: Arc::clone(&self.flights),
            article_id: article_id.to_owned(),
            alone: *count == 1,
        }
    }

    /// Gives a coded article its place in the order, once there is room.
    ///
    /// # Errors
    /// The server is stopping.
    pub async fn put_article(
        &self,
        coded: CodedArticle,
        flight: Option<Flight>,
    ) -> Result<Answer<Put>, Refusal> {
        let bytes = coded.bytes();
        self.ask(bytes, |reply| Request::Article(Box::new(coded), flight, reply))
            .await
    }

    /// Puts events into the feed that were coded elsewhere.
    ///
    /// # Errors
    /// Too many events or none, a store that takes no writes; what is wrong with one event is told in its result.
    pub async fn publish(
        &self,
        request: v1::PublishEventsRequest,
    ) -> Result<v1::PublishEventsResponse, Refusal> {
        let publications = publish::prepare(request, self.settings)?;
        let bytes = publications.bytes();
        self.ask(bytes, |reply| Request::Publish(publications, reply))
            .await?
            .wait()
            .await
    }

    /// Withdraws an event until it is restored.
    ///
    /// # Errors
    /// No such event, one that is withdrawn already, a store that takes no writes.
    pub async fn retract(
        &self,
        request: v1::RetractEventRequest,
    ) -> Result<v1::RetractEventResponse, Refusal> {
        self.ask(0, |reply| Request::Retract(request, reply))
            .await?
            .wait()
            .await
    }

    /// Takes a withdrawal back.
    ///
    /// # Errors
    /// No such event, one that nobody withdrew, a store that takes no writes.
    pub async fn restore(
        &self,
        request: v1::RestoreEventRequest,
    ) -> Result<v1::RestoreEventResponse, Refusal> {
        self.ask(0, |reply| Request::Restore(request, reply))
            .await?
            .wait()
            .await
    }

    /// Takes an article's mentions away.
    ///
    /// # Errors
    /// No such article, a store that takes no writes.
    pub async fn withdraw(
        &self,
        request: v1::WithdrawArticleRequest,
    ) -> Result<v1::WithdrawArticleResponse, Refusal> {
        self.ask(0, |reply| Request::Withdraw(request, reply))
            .await?
            .wait()
            .await
    }

    async fn ask<T>(
        &self,
        bytes: usize,
        request: impl FnOnce(Reply<T>) -> Request,
    ) -> Result<Answer<T>, Refusal> {
        let room = self.room(bytes).await?;
        let (reply, answer) = oneshot::channel();
        let sent = self.queue.send((request(reply), room)).await;
        sent.map_err(|_| gone(&self.closed))?;
        Ok(Answer {
            answer,
            closed: self.closed.clone(),
        })
    }

    /// Room for a request of so many bytes; waits for it.
    async fn room(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Refusal> {
        let kib = u32::try_from(bytes / 1024)
            .unwrap_or(u32::MAX)
            .clamp(1, QUEUE_KIB);
        let room = Arc::clone(&self.room).acquire_many_owned(kib).await;
        room.map_err(|_| gone(&self.closed))
    }
}

impl<T> Answer<T> {
    /// Waits for it. Dropping the wait does not take the request back.
    ///
    /// # Errors
    /// Those of the request.
    pub async fn wait(self) -> Result<T, Refusal> {
        self.answer.await.unwrap_or_else(|_| Err(gone(&self.closed)))
    }
}

impl Flight {
    /// Whether no other version of the article was on its way when this one entered.
    pub fn is_alone(&self) -> bool {
        self.alone
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = flights.get_mut(&self.article_id) {
            *count -= 1;
            if *count == 0 {
                flights.remove(&self.article_id);
            }
        }
    }
}

/// Why the task answers no more: it was asked to stop, or it failed.
fn gone(closed: &CancellationToken) -> Refusal {
    if closed.is_cancelled() {
        return stopping();
    }
    tracing::error!("the ledger ended early; restart the server");
    Refusal::internal()
}

fn stopping() -> Refusal {
    let message = "the server is stopping; send it again, elsewhere if there is another";
    Refusal::new(Code::Unavailable, reason::SERVER_DRAINING, message).retry(failure::RETRY)
}
