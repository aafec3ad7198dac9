//! How far the views follow the journal: what waits to be applied, and who waits for it.
//!
//! An entry is acknowledged when it is durable; the views take it in a moment later, many entries in one step. Whoever reads the views
//! waits here until they include everything that was durable when it asked.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::{ViewError, lock, views::Applied};

/// What is durable waits this long for more, unless somebody wants to read the views: a step costs more than what is in it.
const GATHER: Duration = Duration::from_millis(10);
/// So many entries or bytes are enough for a step.
const STEP_ENTRIES: usize = 1024;
const STEP_BYTES: usize = 1 << 20;

/// An entry that is durable and that the views do not include yet.
#[derive(Debug)]
pub(crate) struct Behind {
    pub(crate) entry: Applied,
    /// About what it takes in memory.
    pub(crate) bytes: usize,
    /// Room in the queue, given back when the views include it.
    pub(crate) _room: OwnedSemaphorePermit,
}

/// The state that writer, applier and readers share.
#[derive(Debug)]
pub(crate) struct Follow {
    /// Number of the newest entry that the views include.
    applied: AtomicU64,
    state: Mutex<State>,
    /// Wakes who applies.
    work: Condvar,
    /// Wakes who waits for the views.
    moved: Condvar,
    /// Why the views do not follow, while they do not.
    stuck: watch::Sender<Option<Arc<str>>>,
}

#[derive(Debug)]
struct State {
    waiting: VecDeque<Behind>,
    bytes: usize,
    /// When the first of them came.
    since: Instant,
    /// Somebody waits for the views to include this one.
    wanted: u64,
    /// How many wait for room in the queue.
    hurried: usize,
    /// No more will come.
    closed: bool,
}

impl Follow {
    /// The views include everything through this entry.
    pub(crate) fn new(applied: u64) -> Self {
        Self {
            applied: AtomicU64::new(applied),
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                bytes: 0,
                since: Instant::now(),
                wanted: 0,
                hurried: 0,
                closed: false,
            }),
            work: Condvar::new(),
            moved: Condvar::new(),
            stuck: watch::Sender::new(None),
        }
    }

    /// Number of the newest entry that the views include.
    pub(crate) fn applied(&self) -> u64 {
        self.applied.load(Ordering::Acquire)
    }

    /// Entries became durable.
    pub(crate) fn push(&self, entries: impl Iterator<Item = Behind>) {
        let mut state = lock::lock(&self.state);
        let idle = state.waiting.is_empty();
        if idle {
            state.since = Instant::now();
        }
        for entry in entries {
            state.bytes += entry.bytes;
            state.waiting.push_back(entry);
        }
        let wake = idle || self.is_due(&state);
        drop(state);
        if wake {
            self.work.notify_one();
        }
    }

    /// No more will be pushed.
    pub(crate) fn close(&self) {
        lock::lock(&self.state).closed = true;
        self.work.notify_one();
    }

    pub(crate) fn is_closed(&self) -> bool {
        lock::lock(&self.state).closed
    }

    fn is_due(&self, state: &State) -> bool {
        state.closed
            || state.hurried > 0
            || state.wanted > self.applied()
            || state.waiting.len() >= STEP_ENTRIES
            || state.bytes >= STEP_BYTES
    }

    /// What is to be applied next; waits for it. None: it is closed, and nothing is left.
    pub(crate) fn take(&self) -> Option<Vec<Behind>> {
        let mut state = lock::lock(&self.state);
        loop {
            if state.waiting.is_empty() {
                if state.closed {
                    return None;
                }
                state = self
                    .work
                    .wait(state)
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                continue;
            }
            let waited = state.since.elapsed();
            if waited >= GATHER || self.is_due(&state) {
                break;
            }
            let left = GATHER - waited;
            state = (self.work.wait_timeout(state, left))
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .0;
        }
        let mut taken = Vec::with_capacity(state.waiting.len().min(STEP_ENTRIES));
        let mut bytes = 0;
        while taken.len() < STEP_ENTRIES && bytes < STEP_BYTES {
            let Some(entry) = state.waiting.pop_front() else {
                break;
            };
            bytes += entry.bytes;
            taken.push(entry);
        }
        state.bytes -= bytes;
        Some(taken)
    }

    /// The views include everything through this entry.
    pub(crate) fn moved_to(&self, applied: u64) {
        // Under the lock, so that nobody looks before and waits after.
        let state = lock::lock(&self.state);
        self.applied.store(applied, Ordering::Release);
        drop(state);
        self.stuck.send_if_modified(|why| why.take().is_some());
        self.moved.notify_all();
    }

    /// The views cannot be written now.
    pub(crate) fn is_stuck(&self, why: &str) {
        let state = lock::lock(&self.state);
        self.stuck.send_replace(Some(why.into()));
        drop(state);
        self.moved.notify_all();
    }

    /// Why the views do not follow. None: they do.
    pub(crate) fn why_stuck(&self) -> Option<Arc<str>> {
        self.stuck.borrow().clone()
    }

    /// The same, as it changes.
    pub(crate) fn watch_stuck(&self) -> watch::Receiver<Option<Arc<str>>> {
        self.stuck.subscribe()
    }

    /// As long as the guard lives, nothing waits for more: somebody needs the room.
    pub(crate) fn hurry(&self) -> Hurry<'_> {
        lock::lock(&self.state).hurried += 1;
        self.work.notify_one();
        Hurry(self)
    }

    /// Waits until the views include the entry. Blocking.
    ///
    /// # Errors
    ///
    /// [`ViewError::Behind`]: they cannot be written now.
    pub(crate) fn wait(&self, entry: u64) -> Result<(), ViewError> {
        if self.applied() >= entry {
            return Ok(());
        }
        let mut state = lock::lock(&self.state);
        if state.wanted < entry {
            state.wanted = entry;
            self.work.notify_one();
        }
        loop {
            if self.applied() >= entry {
                return Ok(());
            }
            if let Some(why) = self.why_stuck() {
                return Err(ViewError::Behind { why });
            }
            state = self
                .moved
                .wait(state)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }
}

/// See [`Follow::hurry`].
pub(crate) struct Hurry<'a>(&'a Follow);

impl Drop for Hurry<'_> {
    fn drop(&mut self) {
        lock::lock(&self.0.state).hurried -= 1;
    }
}
