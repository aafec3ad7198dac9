//! Reading the past for a subscription: where it is sent, if nothing has to be waited for, or on threads that may block.

use std::sync::Arc;

use dateline_journal::{Journal, ReadError, ReadLimit, Sequence, TermQuery};
use dateline_proto::reason;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Code;

use super::{
    ahead::{Ahead, Look},
    frame::Encoding,
    portion::{Bounds, Form, Portion, of_runs, of_stretch},
    prompt::{Name, Prompt},
    sift::Sieve,
};
use crate::{filter::Filter, refusal::Refusal};

/// One look into the past; what a slow reader costs in memory at most, two or three times that where it was fast before.
const LOOK: ReadLimit = ReadLimit {
    bytes: 256 * 1024,
    revisions: 4_096,
    through: None,
};
/// A look of one that replays everything, when it has come back for more: handing over takes as long as sending some 100 KiB.
const LARGE_LOOK: usize = 1024 * 1024;
/// So many replays at a time have looks of that size; what stalls among them stays bounded.
pub(super) const LARGE_LOOKS: usize = 64;
/// So many revisions from memory are looked at for a filter one by one; of more the indexes tell which.
const RECENT: u64 = 1_024;
/// When the page cache does not have what comes next, or too many replays read from it, so many looks are made ahead on other threads
/// before it is tried again.
const LOOKS_AHEAD: u32 = 16;
/// Looks for a filter that are under way at a time: finding what matches takes much longer than sending it.
const LOOKS_AT_ONCE: usize = 2;

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
    ahead: Ahead,
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

impl Reader {
    pub(super) fn new(form: Form, sieve: Sieve, means: Means) -> Self {
        Self {
            form,
            sieve: Arc::new(sieve),
            name: means.prompt.name(),
            means,
            has_read: false,
            looks_ahead: 0,
            ahead: Ahead::default(),
            large: None,
        }
    }

    pub(super) fn journal(&self) -> &Journal {
        &self.form.journal
    }

    /// Reads for another filter from now on.
    pub(super) fn change_filter(&mut self, filter: Filter) {
        self.ahead.clear();
        self.sieve = Arc::new(Sieve {
            filter,
            not_before: self.sieve.not_before,
        });
    }

    /// What lies just after `after`: read here if it is everything and the page cache has it; otherwise on other threads, where the next
    /// looks are under way while it is sent.
    /// # Errors
    /// The revisions after it are no longer kept, or the files cannot be read.
    pub(super) async fn next(&mut self, after: Sequence, bounds: Bounds) -> Result<Portion, ReadFailure> {
        if let Some(portion) = self.read_here(after, bounds).await? {
            return Ok(portion);
        }
        let look = match self.ahead.take(after) {
            Some(look) => {
                if self.large.is_none() {
                    self.large = self.means.large_looks.clone().try_acquire_owned().ok();
                }
                look
            }
            // Those under way begin further on: where a look found more than it may.
            None => self.look(after, bounds.until(self.ahead.start())),
        };
        let bound = look.through;
        let portion = look.finish().await?;
        self.ahead.note(after, bound, &portion, LOOK.bytes / 2);
        self.looks_ahead = self.looks_ahead.saturating_sub(1);
        let tries_here = self.looks_ahead == 0 && self.may_read_here(bounds);
        if !tries_here && portion.ended.is_none() && portion.through > after {
            self.look_ahead(&portion, bounds);
        }
        Ok(portion)
    }

    /// Begins looks at what comes after a portion.
    fn look_ahead(&mut self, portion: &Portion, bounds: Bounds) {
        let head = self.journal().head();
        let end = bounds.through.map_or(head, |through| through.min(head));
        let delivered = portion.events();
        let bounds = Bounds {
            remaining: bounds
                .remaining
                .map(|remaining| remaining.saturating_sub(delivered)),
            ..bounds
        };
        // What a limit leaves to the second is known when the first is done; and reading everything takes no longer than sending it.
        let many = bounds.remaining.is_none() && !self.reads_everything(bounds);
        let at_once = if many { LOOKS_AT_ONCE } else { 1 };
        while self.ahead.len() < at_once {
            let Some(after) = self.ahead.end(portion.through).filter(|after| *after < end) else {
                break;
            };
            let until = many.then(|| self.ahead.stride_from(after).min(end));
            let look = self.look(after, bounds.until(until));
            self.ahead.push(look);
        }
    }

    /// Lets go of what was read ahead.
    pub(super) fn rest(&mut self) {
        self.ahead.clear();
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
        if !self.ahead.is_empty() || self.looks_ahead > 0 || !self.may_read_here(bounds) {
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

    fn look(&self, after: Sequence, bounds: Bounds) -> Look {
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
        Look {
            after,
            through: bounds.through,
            task,
        }
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
