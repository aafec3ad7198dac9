//! The handle that the rest of the program holds.

use std::{future::Future, path::Path, pin::Pin, sync::Arc, task};

use dateline_proto::{time::Timestamp, v1};
use tokio::sync::{oneshot, watch};

use crate::{
    AppendError, Cursor, Entry, Epoch, OpenError, Options, Progress, ReadError, ReadLimit, Recovery, Sequence, Status,
    StoredRevision, Stretch, TermQuery, TrimError, Views,
};

/// A durable, ordered log of event revisions, and the views derived from it. Cheap to clone; all clones are the same journal.
#[derive(Clone)]
pub struct Journal {
    _inner: Arc<()>,
}

/// What became of an entry.
#[derive(Debug)]
pub struct Submitted {
    /// Where each of its revisions stands, in their order.
    pub stamps: Vec<Stamp>,
    /// Resolves when the entry is durable and the views include it. Dropping it does not take the entry back.
    pub durable: Durable,
}

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its position.
    pub sequence: Sequence,
    /// The same, for clients.
    pub cursor: Cursor,
    /// When it was ordered.
    pub update_time: Timestamp,
}

/// Resolves when an entry is durable and the views include it.
#[derive(Debug)]
pub struct Durable(oneshot::Receiver<Result<(), AppendError>>);

impl Future for Durable {
    type Output = Result<(), AppendError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> task::Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(cx)
            .map(|result| result.unwrap_or(Err(AppendError::Closed)))
    }
}

#[expect(unused_variables, clippy::missing_errors_doc, reason = "the seam; the engine follows")]
impl Journal {
    /// Opens the journal of a data folder.
    pub fn open(folder: &Path, options: Options, progress: &dyn Fn(Progress)) -> Result<(Self, Recovery), OpenError> {
        unimplemented!()
    }
    /// Orders an entry.
    pub async fn submit(&self, entry: Entry, generation: u64) -> Result<Submitted, AppendError> {
        unimplemented!()
    }
    /// Goes up whenever a write failed.
    pub fn generation(&self) -> u64 {
        unimplemented!()
    }
    /// Identity.
    pub fn epoch(&self) -> Epoch {
        unimplemented!()
    }
    /// The cursor after a revision.
    pub fn cursor(&self, sequence: Sequence) -> Cursor {
        Cursor {
            epoch: self.epoch(),
            sequence,
        }
    }
    /// Newest durable revision that the views include.
    pub fn head(&self) -> Sequence {
        unimplemented!()
    }
    /// Oldest revision kept; head + 1 when there is none.
    pub fn oldest(&self) -> Sequence {
        unimplemented!()
    }
    /// The head, as it moves.
    pub fn watch_head(&self) -> watch::Receiver<Sequence> {
        unimplemented!()
    }
    /// Recent revisions from memory; never blocks. None: `after` is older than what memory holds.
    pub fn read_recent(&self, after: Sequence, limit: ReadLimit) -> Option<Stretch> {
        unimplemented!()
    }
    /// Revisions after `after`. Blocking.
    pub fn read(&self, after: Sequence, limit: ReadLimit) -> Result<Stretch, ReadError> {
        unimplemented!()
    }
    /// Revisions whose state before or after may satisfy the query. Blocking.
    pub fn select(&self, after: Sequence, query: &TermQuery, limit: ReadLimit) -> Result<Stretch, ReadError> {
        unimplemented!()
    }
    /// One revision. None: it never was.
    pub fn revision(&self, at: Sequence) -> Result<Option<StoredRevision>, ReadError> {
        unimplemented!()
    }
    /// The last revision whose update_time is before `time`.
    pub fn sequence_before(&self, time: Timestamp) -> Sequence {
        unimplemented!()
    }
    /// update_time of a revision.
    pub fn time_of(&self, at: Sequence) -> Option<Timestamp> {
        unimplemented!()
    }
    /// Newest revision of an event at or before `pin`.
    pub fn event_at(&self, event_id: &str, pin: Sequence) -> Result<Option<v1::Event>, ReadError> {
        unimplemented!()
    }
    /// A given revision of an event.
    pub fn event_revision(&self, event_id: &str, revision: u32) -> Result<Option<v1::Event>, ReadError> {
        unimplemented!()
    }
    /// The views.
    pub fn views(&self) -> &Views {
        unimplemented!()
    }
    /// Size.
    pub fn status(&self) -> Status {
        unimplemented!()
    }
    /// Drops what retention says now. Returns the number of segments that went.
    pub fn trim_now(&self) -> Result<usize, TrimError> {
        unimplemented!()
    }
    /// Flushes and stops; later submits fail.
    pub fn close(&self) {
        unimplemented!()
    }
}

/// Deletes the views of a closed journal and builds them anew from its files.
#[expect(unused_variables, clippy::missing_errors_doc, reason = "the seam; the engine follows")]
pub fn rebuild_views(folder: &Path, options: Options, progress: &dyn Fn(Progress)) -> Result<Recovery, OpenError> {
    unimplemented!()
}
