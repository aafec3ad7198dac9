//! Reading for a subscription: from memory where it is recent, from the files on a blocking thread where it is not.

use std::sync::Arc;

use dateline_journal::{Journal, ReadError, ReadLimit, Sequence, TermQuery};
use dateline_proto::reason;
use tokio::sync::Semaphore;
use tonic::Code;

use super::sift::{Look, Sieve};
use crate::{filter::Filter, refusal::Refusal};

/// One look at recent revisions: about one batch, so that a reader with a filter shares the thread fairly.
const RECENT: ReadLimit = ReadLimit {
    bytes: 64 * 1024,
    revisions: 1_024,
    through: None,
};
/// One look into the files; what a slow reader costs in memory at most.
const STORED: ReadLimit = ReadLimit {
    bytes: 256 * 1024,
    revisions: 4_096,
    through: None,
};

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

/// What the files are asked for a filter: everything where their indexes cannot help.
pub(super) fn cold_query(filter: &Filter) -> TermQuery {
    if filter.indexed() {
        filter.terms().clone()
    } else {
        TermQuery::All
    }
}

/// Reads for one subscription.
pub(super) struct Reader {
    pub(super) journal: Journal,
    pub(super) sieve: Arc<Sieve>,
    query: Arc<TermQuery>,
    /// Bounds the threads that replays occupy together; each waits its turn.
    turns: Arc<Semaphore>,
}

impl Reader {
    pub(super) fn new(journal: Journal, sieve: Sieve, turns: Arc<Semaphore>) -> Self {
        let query = Arc::new(cold_query(&sieve.filter));
        Self {
            journal,
            sieve: Arc::new(sieve),
            query,
            turns,
        }
    }

    /// What lies just after `after`, if memory still holds it.
    pub(super) fn recent(&self, after: Sequence) -> Option<Look> {
        Some(self.sieve.look(self.journal.read_recent(after, RECENT)?))
    }

    /// What lies just after `after`, out of the files.
    /// # Errors
    /// The revisions after it are no longer kept, or the files cannot be read.
    pub(super) async fn stored(&self, after: Sequence) -> Result<Look, ReadFailure> {
        let (sieve, query) = (self.sieve.clone(), self.query.clone());
        self.blocking(move |journal| {
            let stretch = match &*query {
                TermQuery::All => journal.read(after, STORED)?,
                query => journal.select(after, query, STORED)?,
            };
            Ok(sieve.look(stretch))
        })
        .await
    }

    /// Runs `work` on a blocking thread when it is this reader's turn.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Journal) -> Result<T, ReadFailure> + Send + 'static,
    ) -> Result<T, ReadFailure> {
        let turn = self
            .turns
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| ReadFailure::Thread)?;
        let journal = self.journal.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&journal)
        });
        done.await.map_err(|_| ReadFailure::Thread)?
    }
}
