//! Reading the past for a subscription, on threads that may block: what the journal has after a position, as messages that are ready to
//! be sent.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use dateline_journal::{
    Item, Journal, ReadError, ReadLimit, Run, RunItem, Runs, Sequence, Stretch, TermQuery,
};
use dateline_proto::{reason, time::Timestamp, v1::EndReason};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
};
use tonic::Code;

use super::{
    batch::{self, BATCH_BYTES, Batch},
    frame::{self, Encoding},
    group::Match,
    prompt::{Name, Prompt},
    sift::{Left, Sieve},
};
use crate::{filter::Filter, refusal::Refusal};

/// One look into the past; what a slow reader costs in memory at most, twice where it was fast before.
const LOOK: ReadLimit = ReadLimit {
    bytes: 256 * 1024,
    revisions: 4_096,
    through: None,
};
/// A look of one that replays everything, when it has come back for more: handing over takes as long as sending some 100 KiB.
const LARGE_LOOK: usize = 1024 * 1024;
/// A message of what lies side by side in the files, at most: nothing of it is copied, and the fewer there are the less an event costs.
const RUN_BYTES: usize = 2 * BATCH_BYTES;
/// So many replays at a time have looks of that size; what stalls among them stays bounded.
pub(super) const LARGE_LOOKS: usize = 64;
/// So many revisions from memory are looked at for a filter one by one; of more the indexes tell which.
const RECENT: u64 = 1_024;
/// When the page cache does not have what comes next, or too many replays read from it, so many looks are made ahead on other threads
/// before it is tried again.
const LOOKS_AHEAD: u32 = 16;

/// Why a look failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadFailure {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("a blocking thread was lost")]
    Thread,
}

impl From<ReadFailure> for Refusal {
    fn from(failure: ReadFailure) -> Self {
        tracing::error!(
            error = &failure as &dyn std::error::Error,
            "a read of the feed failed"
        );
        let message = "the feed cannot be read at the moment; the server's log says why";
        Refusal::new(Code::Unavailable, reason::STORE_NOT_READY, message).retry(super::RETRY)
    }
}

/// Where a stream ends by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    /// Events that it may still deliver. None: any number.
    pub(super) remaining: Option<u64>,
    /// Before the first revision of this time or later.
    pub(super) end_time: Option<Timestamp>,
    /// What comes after this is not looked at yet. None: through the head.
    pub(super) through: Option<Sequence>,
}

/// How messages are made.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) journal: Journal,
    pub(super) batch_size: u32,
    pub(super) encoding: Encoding,
}

/// What a stretch of the feed holds for a subscription.
pub(super) struct Portion {
    pub(super) steps: Vec<Step>,
    /// Everything up to here was looked at.
    pub(super) through: Sequence,
    /// The stream ends here.
    pub(super) ended: Option<EndReason>,
}

/// One after the other.
pub(super) enum Step {
    /// A message.
    Batch {
        /// The bytes of its frame, in order. Its end may stand in the first part of the step after it.
        parts: Vec<Bytes>,
        /// Its cursor.
        through: Sequence,
        events: u64,
    },
    /// A stretch that cannot be read, both ends included.
    Damaged {
        first: Sequence,
        last: Sequence,
        place: String,
    },
}

/// Puts a portion together.
struct Maker<'a> {
    form: &'a Form,
    bounds: Bounds,
    batch: Batch,
    in_batch: u64,
    last: Sequence,
    steps: Vec<Step>,
    /// The end of the last step's message, to be sent in one piece with what follows it.
    tail: BytesMut,
    ended: Option<EndReason>,
}

impl<'a> Maker<'a> {
    fn new(form: &'a Form, bounds: Bounds, after: Sequence) -> Self {
        Self {
            form,
            bounds,
            batch: Batch::new(form.batch_size as usize),
            in_batch: 0,
            last: after,
            steps: Vec::new(),
            tail: BytesMut::new(),
            ended: None,
        }
    }

    /// False: the stream ends.
    fn push(&mut self, matched: Match) -> bool {
        if self.bounds.end_time.is_some_and(|end| matched.update_time >= end) {
            self.ended = Some(EndReason::EndTimeReached);
            self.flush(matched.sequence.before());
            return false;
        }
        if self.batch.is_full_for(&matched.element) {
            self.flush(self.last);
        }
        self.batch.push(matched.element, matched.left);
        self.in_batch += 1;
        self.last = matched.sequence;
        if let Some(remaining) = &mut self.bounds.remaining {
            *remaining -= 1;
            if *remaining == 0 {
                self.ended = Some(EndReason::LimitReached);
                self.flush(self.last);
                return false;
            }
        }
        true
    }

    fn run(&mut self, run: &Run) {
        let mut done = 0;
        while done < run.count() {
            let start = run.end(done);
            let most = done + self.form.batch_size as usize;
            let end = run
                .fitting(start + RUN_BYTES)
                .clamp(done + 1, most.min(run.count()));
            let elements = run.bytes().slice(start..run.end(end));
            self.last = Sequence::new(run.first().get() + end as u64 - 1);
            let cursor = self.form.journal.cursor(self.last).to_string();
            let head = std::mem::take(&mut self.tail);
            let (head, tail) = batch::around(head, elements.len(), &cursor);
            self.steps.push(Step::Batch {
                parts: match self.form.encoding {
                    Encoding::Identity => {
                        self.tail = tail;
                        vec![head, elements]
                    }
                    encoding => vec![frame::join(&[head, elements, tail.freeze()], encoding)],
                },
                through: self.last,
                events: (end - done) as u64,
            });
            done = end;
        }
    }

    /// Gives the last step's message its end.
    fn close(&mut self) {
        if let Some(Step::Batch { parts, .. }) = self.steps.last_mut()
            && !self.tail.is_empty()
        {
            parts.push(std::mem::take(&mut self.tail).freeze());
        }
    }

    fn damaged(&mut self, first: Sequence, last: Sequence, place: String) {
        self.close();
        self.flush(self.last);
        self.last = last;
        self.steps.push(Step::Damaged { first, last, place });
    }

    fn flush(&mut self, through: Sequence) {
        self.last = through.max(self.last);
        if self.batch.is_empty() {
            return;
        }
        let cursor = self.form.journal.cursor(self.last).to_string();
        self.steps.push(Step::Batch {
            parts: vec![self.batch.finish(&cursor, self.form.encoding)],
            through: self.last,
            events: std::mem::take(&mut self.in_batch),
        });
    }

    fn finish(mut self, through: Sequence) -> Portion {
        self.close();
        if self.ended.is_none() {
            self.flush(through);
        }
        Portion {
            steps: self.steps,
            through: self.last,
            ended: self.ended,
        }
    }
}

/// Messages of matches that a group knows.
pub(super) fn of_matches(
    form: &Form,
    bounds: Bounds,
    not_before: Option<Timestamp>,
    after: Sequence,
    matches: Vec<Match>,
) -> Portion {
    let mut maker = Maker::new(form, bounds, after);
    for matched in matches {
        if not_before.is_some_and(|time| matched.update_time < time) {
            maker.last = matched.sequence;
        } else if !maker.push(matched) {
            break;
        }
    }
    let through = maker.last;
    maker.finish(through)
}

/// Messages of everything that a stretch holds: the stored bytes with a frame around.
fn of_runs(form: &Form, after: Sequence, runs: Runs) -> Portion {
    let mut maker = Maker::new(form, Bounds::default(), after);
    for item in runs.items {
        match item {
            RunItem::Damaged { first, last, place } => maker.damaged(first, last, place),
            RunItem::Run(run) => maker.run(&run),
        }
    }
    maker.finish(runs.looked_through)
}

fn of_stretch(form: &Form, bounds: Bounds, sieve: &Sieve, after: Sequence, stretch: Stretch) -> Portion {
    let mut maker = Maker::new(form, bounds, after);
    for item in stretch.items {
        match item {
            Item::Damaged { first, last, place } => maker.damaged(first, last, place),
            Item::Revision(revision) => {
                let Some(Left(left)) = sieve.verdict(&revision) else {
                    // Also what does not match may tell that the end is reached.
                    if bounds.end_time.is_some_and(|end| revision.update_time >= end) {
                        maker.ended = Some(EndReason::EndTimeReached);
                        maker.flush(revision.sequence.before());
                        break;
                    }
                    continue;
                };
                let matched = Match {
                    sequence: revision.sequence,
                    update_time: revision.update_time,
                    element: revision.element().clone(),
                    left,
                };
                if !maker.push(matched) {
                    break;
                }
            }
        }
    }
    maker.finish(stretch.looked_through)
}

/// Reads for one subscription.
pub(super) struct Reader {
    pub(super) form: Form,
    pub(super) sieve: Arc<Sieve>,
    means: Means,
    name: Name,
    /// It has just read on the thread that serves its connection.
    has_read: bool,
    /// So many looks are made ahead before the page cache is tried.
    looks_ahead: u32,
    ahead: Option<Ahead>,
    large: Option<OwnedSemaphorePermit>,
}

/// What all replays share.
pub(super) struct Means {
    /// Bounds the threads that replays occupy together; each waits its turn.
    pub(super) turns: Arc<Semaphore>,
    /// Of those that may have large looks.
    pub(super) large_looks: Arc<Semaphore>,
    pub(super) prompt: Arc<Prompt>,
}

/// A look that is under way while what was found before is on its way to the client.
struct Ahead {
    after: Sequence,
    task: JoinHandle<Result<Portion, ReadFailure>>,
}

impl Drop for Ahead {
    /// Nobody waits for it: it loses its turn.
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Reader {
    pub(super) fn new(form: Form, sieve: Sieve, means: Means) -> Self {
        Self {
            form,
            sieve: Arc::new(sieve),
            name: means.prompt.name(),
            means,
            has_read: false,
            looks_ahead: 0,
            ahead: None,
            large: None,
        }
    }

    pub(super) fn journal(&self) -> &Journal {
        &self.form.journal
    }

    /// Reads for another filter from now on.
    pub(super) fn change_filter(&mut self, filter: Filter) {
        self.ahead = None;
        self.sieve = Arc::new(Sieve {
            filter,
            not_before: self.sieve.not_before,
        });
    }

    /// What lies just after `after`: read here if it is everything and the page cache has it; otherwise on another thread, where while
    /// it is sent the next look is under way.
    /// # Errors
    /// The revisions after it are no longer kept, or the files cannot be read.
    pub(super) async fn next(&mut self, after: Sequence, bounds: Bounds) -> Result<Portion, ReadFailure> {
        let _ = self.ahead.take_if(|ahead| ahead.after != after);
        if let Some(portion) = self.read_here(after, bounds).await? {
            return Ok(portion);
        }
        let mut ahead = match self.ahead.take() {
            Some(ahead) => {
                if self.large.is_none() {
                    self.large = self.means.large_looks.clone().try_acquire_owned().ok();
                }
                ahead
            }
            None => self.look(after, bounds),
        };
        let portion = (&mut ahead.task).await.map_err(|_| ReadFailure::Thread)??;
        let head = self.journal().head();
        let end = bounds.through.map_or(head, |through| through.min(head));
        self.looks_ahead = self.looks_ahead.saturating_sub(1);
        let tries_here = self.looks_ahead == 0 && self.may_read_here(bounds);
        if !tries_here && portion.ended.is_none() && portion.through > after && portion.through < end {
            let delivered = portion.events();
            let bounds = Bounds {
                remaining: bounds
                    .remaining
                    .map(|remaining| remaining.saturating_sub(delivered)),
                ..bounds
            };
            self.ahead = Some(self.look(portion.through, bounds));
        }
        Ok(portion)
    }

    /// Lets go of what was read ahead.
    pub(super) fn rest(&mut self) {
        self.ahead = None;
        self.large = None;
        self.looks_ahead = 0;
        self.means.prompt.leave(self.name);
    }

    /// Whether what the bounds allow is everything, so that nothing has to be looked at.
    fn reads_everything(&self, bounds: Bounds) -> bool {
        self.sieve.filter.matches_all()
            && self.sieve.not_before.is_none()
            && bounds.remaining.is_none()
            && bounds.end_time.is_none()
    }

    /// Compressing takes too long for a thread that serves others.
    fn may_read_here(&self, bounds: Bounds) -> bool {
        self.form.encoding == Encoding::Identity && self.reads_everything(bounds)
    }

    /// Reads on this thread, which serves connections, what needs no waiting: what memory or the page cache holds. None: that is for
    /// other threads.
    async fn read_here(&mut self, after: Sequence, bounds: Bounds) -> Result<Option<Portion>, ReadFailure> {
        if self.ahead.is_some() || self.looks_ahead > 0 || !self.may_read_here(bounds) {
            return Ok(None);
        }
        // Others first, this one's connection among them: it sends what was read while that is in the processor's cache.
        if std::mem::take(&mut self.has_read) {
            tokio::task::yield_now().await;
        }
        let limit = ReadLimit {
            bytes: LOOK.bytes,
            revisions: usize::MAX,
            through: bounds.through,
        };
        let runs = match self.means.prompt.admits(self.name) {
            true => self.journal().try_read_runs(after, limit)?,
            false => None,
        };
        self.has_read = runs.is_some();
        if runs.is_none() {
            self.looks_ahead = LOOKS_AHEAD;
        }
        Ok(runs.map(|runs| of_runs(&self.form, after, runs)))
    }

    fn look(&self, after: Sequence, bounds: Bounds) -> Ahead {
        let (form, sieve) = (self.form.clone(), self.sieve.clone());
        let runs = self.reads_everything(bounds).then_some(ReadLimit {
            bytes: if self.large.is_some() {
                LARGE_LOOK
            } else {
                LOOK.bytes
            },
            revisions: usize::MAX,
            through: bounds.through,
        });
        let limit = ReadLimit {
            through: bounds.through,
            ..LOOK
        };
        let work = move |journal: &Journal| {
            if let Some(limit) = runs {
                return Ok(of_runs(&form, after, journal.read_runs(after, limit)?));
            }
            let query = sieve.filter.terms();
            let behind = journal.head().get().saturating_sub(after.get());
            let recent = match query {
                TermQuery::All => journal.read_recent(after, limit),
                _ if behind <= RECENT => journal.read_recent(after, limit),
                _ => None,
            };
            let stretch = match (recent, query) {
                (Some(stretch), _) => stretch,
                (None, TermQuery::All) => journal.read(after, limit)?,
                (None, query) => journal.select(after, query, limit)?,
            };
            Ok(of_stretch(&form, bounds, &sieve, after, stretch))
        };
        let task = tokio::spawn(blocking(
            self.form.journal.clone(),
            self.means.turns.clone(),
            work,
        ));
        Ahead { after, task }
    }

    /// Runs `work` on a blocking thread when it is this reader's turn.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Journal) -> Result<T, ReadFailure> + Send + 'static,
    ) -> Result<T, ReadFailure> {
        blocking(self.form.journal.clone(), self.means.turns.clone(), work).await
    }
}

async fn blocking<T: Send + 'static>(
    journal: Journal,
    turns: Arc<Semaphore>,
    work: impl FnOnce(&Journal) -> Result<T, ReadFailure> + Send + 'static,
) -> Result<T, ReadFailure> {
    let turn = turns.acquire_owned().await.map_err(|_| ReadFailure::Thread)?;
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&journal)
    });
    done.await.map_err(|_| ReadFailure::Thread)?
}

impl Portion {
    fn events(&self) -> u64 {
        let of = |step: &Step| match step {
            Step::Batch { events, .. } => *events,
            Step::Damaged { .. } => 0,
        };
        self.steps.iter().map(of).sum()
    }
}
