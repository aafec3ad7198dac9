//! The one task: plans in order, and has each request answered when what it did is durable.
//!
//! It writes what it plans itself, with one sync for all requests that were waiting; while it does, the next ones gather.

use std::{
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
};

use dateline_journal::{AppendError, Appender, Journal, Stamps};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    Flight, Queued, Reply, Request, Settings,
    draft::Plan,
    failure::{append_failure, view_failure},
    overlay::{Current, Overlay, Taken},
};
use crate::refusal::Refusal;
use singles::Single;

pub(crate) use articles::duplicate;

mod articles;
mod editor;
mod publication;
mod singles;

/// Requests planned before they are written, at most.
const ROUND: usize = 512;
/// Bytes planned that are worth a thread: while it writes them, the next ones are planned.
const WORTH_A_THREAD: usize = 256 << 10;

/// Its state; [`run`](Self::run) is its life.
pub(super) struct Task {
    journal: Journal,
    appender: Appender,
    settings: Settings,
    overlay: Overlay,
    generation: u64,
    /// A write failed, and the views do not include everything before it yet: nothing can be planned.
    lost: bool,
}

/// Whoever waits for the answer to a request. Kept until it is known what the answer is, however often the request is planned.
struct Asker<T> {
    reply: Mutex<Option<oneshot::Sender<Result<T, Refusal>>>>,
    /// Goes with it: who looks into the views after the answer finds the article.
    _flight: Option<Flight>,
}

impl<T> Asker<T> {
    fn new(reply: Reply<T>, flight: Option<Flight>) -> Arc<Self> {
        Arc::new(Self {
            reply: Mutex::new(Some(reply)),
            _flight: flight,
        })
    }

    fn answer(&self, answer: Result<T, Refusal>) {
        let reply = self.reply.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reply) = reply {
            // Who asked may be gone.
            let _ = reply.send(answer);
        }
    }
}

impl Task {
    pub(super) fn new(journal: Journal, settings: Settings) -> Self {
        Self {
            generation: journal.generation(),
            appender: journal.appender(),
            journal,
            settings,
            overlay: Overlay::default(),
            lost: false,
        }
    }

    /// Runs on a thread that may block.
    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Queued>, closed: CancellationToken) {
        let mut round = Vec::with_capacity(ROUND);
        let mut closed = pin!(closed.cancelled());
        loop {
            tokio::select! {
                biased;
                () = &mut closed, if !requests.is_closed() => requests.close(),
                count = requests.recv_many(&mut round, ROUND) => {
                    if count == 0 {
                        break;
                    }
                    self.plan(&mut round).await;
                    self.appender.write();
                }
            }
        }
    }

    async fn plan(&mut self, round: &mut Vec<Queued>) {
        self.overlay.forget_through(self.journal.applied());
        if self.lost || self.generation != self.journal.generation() {
            self.find_back();
        }
        let mut bytes = 0;
        let mut singles = Vec::new();
        let mut left = round.len();
        for (request, room) in round.drain(..) {
            left -= 1;
            bytes += room.num_permits() << 10;
            match Single::of(request) {
                Ok(single) => singles.push(single),
                Err(request) => {
                    // In their turn.
                    self.singles(std::mem::take(&mut singles)).await;
                    self.handle(request).await;
                }
            }
            if bytes >= WORTH_A_THREAD && left > 0 {
                bytes = 0;
                self.singles(std::mem::take(&mut singles)).await;
                self.appender.hand_over();
            }
        }
        self.singles(singles).await;
    }

    async fn handle(&mut self, request: Request) {
        match request {
            Request::Article(coded, flight, reply) => {
                let asker = Asker::new(reply, flight);
                let done = self.put_article(*coded, &asker).await;
                self.refuse(done, asker);
            }
            Request::Publish(publications, reply) => {
                let asker = Asker::new(reply, None);
                let done = self.publish(publications, &asker).await;
                self.refuse(done, asker);
            }
            Request::Retract(request, reply) => {
                let asker = Asker::new(reply, None);
                let done = self.retract(request, &asker).await;
                self.refuse(done, asker);
            }
            Request::Restore(request, reply) => {
                let asker = Asker::new(reply, None);
                let done = self.restore(request, &asker).await;
                self.refuse(done, asker);
            }
            Request::Withdraw(request, reply) => {
                let asker = Asker::new(reply, None);
                let done = self.withdraw(request, &asker).await;
                self.refuse(done, asker);
            }
        }
    }

    /// Answers a refused request in its turn, so that it does not overtake what came before.
    fn refuse<T: Send + 'static>(&mut self, done: Result<(), Refusal>, asker: Arc<Asker<T>>) {
        let Err(refusal) = done else {
            return;
        };
        let later = asker.clone();
        let in_turn = refusal.clone();
        let ordered = (self.appender).after(self.generation, move |_| later.answer(Err(in_turn)));
        if ordered.is_err() {
            asker.answer(Err(refusal));
        }
    }

    /// Answers a request that stores nothing: in its turn, since what it saw may be on its way still. False: that did not last; plan it
    /// anew.
    fn answer_in_turn<T: Send + 'static>(
        &mut self,
        asker: &Arc<Asker<T>>,
        finish: impl FnOnce() -> T + Send + 'static,
    ) -> Result<bool, Refusal> {
        let later = asker.clone();
        let answer = move |stored: Result<Stamps, AppendError>| {
            later.answer(stored.map(|_| finish()).map_err(|error| append_failure(&error)));
        };
        self.in_turn(answer)
    }

    /// Has `answer` called when everything ordered before is durable. False: what was planned did not last.
    fn in_turn(
        &mut self,
        answer: impl FnOnce(Result<Stamps, AppendError>) + Send + 'static,
    ) -> Result<bool, Refusal> {
        match self.appender.after(self.generation, answer) {
            Ok(()) => Ok(true),
            Err(AppendError::Stale) => {
                self.find_back();
                Ok(false)
            }
            Err(error) => Err(append_failure(&error)),
        }
    }

    /// After a failed write everything behind it failed too, and nothing that was planned on it holds: goes on from the views, when they
    /// include everything that did become durable.
    fn find_back(&mut self) {
        self.overlay.clear();
        self.generation = self.journal.generation();
        self.lost = self.journal.views().is_err();
    }

    /// What is known now.
    ///
    /// # Errors
    /// A write failed, and the views do not follow so far that it is known what came before it.
    fn current(&self) -> Result<Current<'_>, Refusal> {
        if self.lost {
            self.journal.views().map_err(|error| view_failure(&error))?;
        }
        Ok(Current {
            views: self.journal.views_as_they_are(),
            overlay: &self.overlay,
        })
    }

    /// Hands one plan to the journal, which calls `answer` with what became of it. None: it was planned on a state that did not last; plan
    /// it anew.
    async fn submit(
        &mut self,
        mut plan: Plan,
        answer: impl FnOnce(Result<Stamps, AppendError>) + Send + 'static,
    ) -> Result<Option<Stamps>, Refusal> {
        let taken = Taken::of(&mut plan);
        match self.appender.submit(plan.entry, self.generation, answer).await {
            Ok(placed) => {
                let stamps = placed.stamps;
                self.overlay.add(placed, taken);
                Ok(Some(stamps))
            }
            Err(AppendError::Stale) => {
                self.find_back();
                Ok(None)
            }
            Err(error) => Err(append_failure(&error)),
        }
    }

    /// The same for a request that makes one entry. False: plan it anew.
    async fn submit_for<T: Send + 'static>(
        &mut self,
        plan: Plan,
        asker: &Arc<Asker<T>>,
        finish: impl FnOnce(Stamps) -> T + Send + 'static,
    ) -> Result<bool, Refusal> {
        let later = asker.clone();
        let answer = move |stored: Result<Stamps, AppendError>| {
            later.answer(stored.map(finish).map_err(|error| append_failure(&error)));
        };
        Ok(self.submit(plan, answer).await?.is_some())
    }
}
