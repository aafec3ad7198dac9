//! What the threads of a journal share, and who does what: callers order entries (`order`), one thread, or a caller in its place
//! (`appender`), writes and syncs them, publishes the head and answers (`writer`), one applies them to the views (`applier`), one saves indexes and trims (`keeper`).

use std::{
    fs::File,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, RwLock, atomic::AtomicU64},
};

use tokio::sync::{Semaphore, watch};

use crate::{
    Epoch, Options, Sequence, Views,
    follow::Follow,
    keeper, lock,
    order::Order,
    read::{blocks::Blocks, query::Answers},
    recent::Recent,
    segment::Segment,
    writer::Writer,
};

/// Segments whose files are open at a time, at most.
const OPEN_SEGMENTS: usize = 64;

/// A journal that is open.
pub(crate) struct Core {
    /// Where the segments are.
    pub(crate) folder: PathBuf,
    pub(crate) options: Options,
    pub(crate) epoch: Epoch,
    pub(crate) order: Mutex<Order>,
    /// Wakes the thread that writes, when something was ordered.
    pub(crate) work: Condvar,
    /// Whoever holds it writes.
    pub(crate) writer: Mutex<Writer>,
    pub(crate) generation: AtomicU64,
    /// By number; the last one is written to.
    pub(crate) segments: RwLock<Vec<Arc<Segment>>>,
    pub(crate) recent: RwLock<Recent>,
    /// What replays of everything share.
    pub(crate) blocks: Blocks,
    /// What queries chose, for those that come back for more.
    pub(crate) answers: Answers,
    pub(crate) head: watch::Sender<Sequence>,
    pub(crate) views: Views,
    /// Room in the queue, in bytes.
    pub(crate) room: Arc<Semaphore>,
    /// How far the views are behind.
    pub(crate) follow: Follow,
    /// Number of the newest entry that is durable.
    pub(crate) durable: AtomicU64,
    pub(crate) syncs: AtomicU64,
    pub(crate) keeper: keeper::Wake,
    /// Held while segments are trimmed.
    pub(crate) trimming: Mutex<()>,
    /// Held as long as the journal is open.
    pub(crate) _lock: File,
}

impl Core {
    pub(crate) fn head(&self) -> Sequence {
        *self.head.borrow()
    }

    pub(crate) fn oldest(&self) -> Sequence {
        lock::read(&self.segments)[0].first
    }

    /// The segment that holds a revision, if it is kept.
    pub(crate) fn segment_of(&self, at: Sequence) -> Option<Arc<Segment>> {
        let segments = lock::read(&self.segments);
        let after = segments.partition_point(|segment| segment.first <= at);
        Some(segments[after.checked_sub(1)?].clone())
    }

    /// Closes files of segments when many are open. Called when one was used.
    pub(crate) fn bound_open_files(&self, used: &Segment) {
        if !used.was_opened() {
            return;
        }
        let segments = lock::read(&self.segments).clone();
        if segments.len() <= OPEN_SEGMENTS {
            return;
        }
        let open: Vec<_> = segments
            .iter()
            .filter(|segment| segment.has_open_files())
            .collect();
        if open.len() > OPEN_SEGMENTS {
            for segment in open
                .iter()
                .filter(|segment| segment.number != used.number)
                .take(OPEN_SEGMENTS / 2)
            {
                segment.release();
            }
        }
    }
}
