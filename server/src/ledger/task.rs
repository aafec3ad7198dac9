//! The one task: plans in order, submits without waiting for the disk, answers in order when what was done is durable.

use dateline_journal::{AppendError, Durable, Journal, Stamp};
use futures_util::{StreamExt as _, future, stream::FuturesOrdered};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Put, Queued, Reply, Request, Settings,
    draft::Plan,
    failure::{append_failure, view_failure},
    overlay::{Current, Overlay, Taken},
};
use crate::refusal::Refusal;

pub(crate) use articles::duplicate;

mod articles;
mod editor;
mod publication;

/// Requests that wait for their entries to be durable; more than a disk makes durable in one go, and a bound on what the overlay holds.
const MOST_PENDING: usize = 512;

/// Its state; [`run`](Self::run) is its life.
pub(super) struct Task {
    journal: Journal,
    settings: Settings,
    overlay: Overlay,
    generation: u64,
    /// A write failed, and the views do not include everything before it yet: nothing can be planned.
    lost: bool,
    pending: FuturesOrdered<future::BoxFuture<'static, Settled>>,
}

/// An answer that waits for entries to be durable.
struct Settled {
    /// There was something to store; if not, what it saw may be on its way still.
    stored: bool,
    result: Result<(), AppendError>,
    answer: AnswerFn,
}

type AnswerFn = Box<dyn FnOnce(Result<(), Refusal>) + Send>;

/// The entries that one request made.
#[derive(Default)]
struct Written {
    durable: Vec<Durable>,
}

impl Task {
    pub(super) fn new(journal: Journal, settings: Settings) -> Self {
        let generation = journal.generation();
        Self {
            journal,
            settings,
            overlay: Overlay::default(),
            generation,
            lost: false,
            pending: FuturesOrdered::new(),
        }
    }

    pub(super) async fn run(mut self, mut requests: mpsc::Receiver<Queued>, closed: CancellationToken) {
        loop {
            tokio::select! {
                biased;
                Some(settled) = self.pending.next() => self.settle(settled).await,
                () = closed.cancelled(), if !requests.is_closed() => requests.close(),
                request = requests.recv(), if self.pending.len() < MOST_PENDING => match request {
                    Some((request, room)) => {
                        self.handle(request).await;
                        drop(room);
                    }
                    None => break,
                },
            }
        }
        while let Some(settled) = self.pending.next().await {
            self.settle(settled).await;
        }
    }

    async fn handle(&mut self, request: Request) {
        self.overlay.forget_through(self.journal.applied());
        if self.lost {
            self.find_back();
        }
        match request {
            Request::Article(coded, flight, reply) => {
                let outcome = self.put_article(*coded).await;
                let journal = self.journal.clone();
                self.answer_later(outcome, reply, move |mut put| {
                    // Who looks into the views from here on finds the article.
                    drop(flight);
                    if let Put::Done(response) = &mut put {
                        response.cursor = journal.cursor(journal.head()).to_string();
                    }
                    put
                });
            }
            Request::Publish(publications, reply) => {
                let outcome = self.publish(publications).await;
                self.answer_later(outcome, reply, |response| response);
            }
            Request::Retract(request, reply) => {
                let outcome = self.retract(request).await;
                self.answer_later(outcome, reply, |response| response);
            }
            Request::Restore(request, reply) => {
                let outcome = self.restore(request).await;
                self.answer_later(outcome, reply, |response| response);
            }
            Request::Withdraw(request, reply) => {
                let outcome = self.withdraw(request).await;
                let journal = self.journal.clone();
                self.answer_later(outcome, reply, move |mut response| {
                    response.cursor = journal.cursor(journal.head()).to_string();
                    response
                });
            }
        }
    }

    /// Answers a request in its turn: refusals too, so that nobody overtakes what came before.
    fn answer_later<T: Send + 'static>(
        &mut self,
        outcome: Result<(T, Written), Refusal>,
        reply: Reply<T>,
        finish: impl FnOnce(T) -> T + Send + 'static,
    ) {
        let (answer, written) = match outcome {
            Ok((answer, written)) => (Ok(answer), written),
            Err(refusal) => (Err(refusal), Written::default()),
        };
        let answer: AnswerFn = Box::new(move |stored| {
            let answer = answer.and_then(|answer| stored.map(|()| finish(answer)));
            // Who asked may be gone.
            let _ = reply.send(answer);
        });
        let Written { durable } = written;
        self.pending.push_back(Box::pin(async move {
            let stored = !durable.is_empty();
            let mut result = Ok(());
            for durable in durable {
                result = result.and(durable.await);
            }
            Settled {
                stored,
                result,
                answer,
            }
        }));
    }

    async fn settle(&mut self, settled: Settled) {
        let Err(error) = settled.result else {
            return (settled.answer)(Ok(()));
        };
        (settled.answer)(Err(append_failure(&error)));
        self.start_over(Some(error)).await;
    }

    /// After a failed write everything behind it failed too, and nothing that was planned on it holds.
    async fn start_over(&mut self, mut failure: Option<AppendError>) {
        while let Some(settled) = self.pending.next().await {
            let stored = match (settled.result, &failure) {
                (Err(error), _) => {
                    let refusal = append_failure(&error);
                    failure = Some(error);
                    Err(refusal)
                }
                (Ok(()), Some(error)) if !settled.stored => Err(append_failure(error)),
                (Ok(()), _) => Ok(()),
            };
            (settled.answer)(stored);
        }
        self.find_back();
    }

    /// Goes on from the views, when they include everything that did become durable.
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

    /// Hands one plan to the journal. `None`: it was planned on a state that did not last; plan it anew.
    async fn submit(&mut self, mut plan: Plan, written: &mut Written) -> Result<Option<Vec<Stamp>>, Refusal> {
        let taken = Taken::of(&mut plan);
        let revised: Vec<String> = plan
            .entry
            .revisions
            .iter()
            .map(|revision| revision.event.event_id.clone())
            .collect();
        match self.journal.submit(plan.entry, self.generation).await {
            Ok(submitted) => {
                self.overlay
                    .add(submitted.entry, &revised, &submitted.stamps, taken);
                written.durable.push(submitted.durable);
                Ok(Some(submitted.stamps))
            }
            Err(AppendError::Stale) => {
                self.start_over(None).await;
                Ok(None)
            }
            Err(error) => Err(append_failure(&error)),
        }
    }
}
