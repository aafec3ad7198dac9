//! A subscription as the rest of the server sees it: who it is, how far it is, and how it is woken.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Waker,
};

use dateline_journal::Sequence;
use dateline_proto::time::Timestamp;
use futures_util::task::AtomicWaker;

use crate::filter::Filter;

/// Characters of a name.
const NAME: usize = 16;

/// See the module. The session writes, others read; a change of the filter goes the other way.
pub(super) struct Seat {
    /// The order of coming.
    pub(super) number: u64,
    /// The name, a dash, and a secret: who has it may change the filter.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) start_time: Timestamp,
    filter: Mutex<Filters>,
    /// Another filter is wanted.
    change: AtomicBool,
    position: AtomicU64,
    delivered: AtomicU64,
    live: AtomicBool,
    waker: AtomicWaker,
}

struct Filters {
    now: Filter,
    /// Wanted, and not in force yet.
    next: Option<Filter>,
    /// Changes asked for so far.
    generation: u32,
}

/// A filter that the session has to change to.
pub(super) struct Change {
    pub(super) filter: Filter,
    pub(super) generation: u32,
}

impl Seat {
    pub(super) fn new(number: u64, label: String, filter: Filter) -> Self {
        Self {
            number,
            id: format!(
                "{:0NAME$x}-{:032x}",
                rand::random::<u64>(),
                rand::random::<u128>()
            ),
            label,
            start_time: Timestamp::now(),
            filter: Mutex::new(Filters {
                now: filter,
                next: None,
                generation: 0,
            }),
            change: AtomicBool::new(false),
            position: AtomicU64::new(0),
            delivered: AtomicU64::new(0),
            live: AtomicBool::new(false),
            waker: AtomicWaker::new(),
        }
    }

    /// What others may know of the id.
    pub(super) fn name(&self) -> &str {
        &self.id[..NAME]
    }

    /// Tells the others how far the session is.
    pub(super) fn show(&self, position: Sequence, delivered: u64, live: bool) {
        self.position.store(position.get(), Ordering::Relaxed);
        self.delivered.store(delivered, Ordering::Relaxed);
        self.live.store(live, Ordering::Relaxed);
    }

    pub(super) fn position(&self) -> Sequence {
        Sequence::new(self.position.load(Ordering::Relaxed))
    }

    pub(super) fn delivered(&self) -> u64 {
        self.delivered.load(Ordering::Relaxed)
    }

    pub(super) fn is_live(&self) -> bool {
        self.live.load(Ordering::Relaxed)
    }

    /// The filter in force.
    pub(super) fn filter(&self) -> Filter {
        self.filters().now.clone()
    }

    /// Asks the session for another filter; the last one asked for counts. Returns the number of the change.
    pub(super) fn change_filter(&self, filter: Filter) -> u32 {
        let mut filters = self.filters();
        filters.next = Some(filter);
        filters.generation += 1;
        let generation = filters.generation;
        self.change.store(true, Ordering::Release);
        drop(filters);
        self.wake();
        generation
    }

    pub(super) fn has_change(&self) -> bool {
        self.change.load(Ordering::Acquire)
    }

    /// The change that the session has to make, which counts as made.
    pub(super) fn take_change(&self) -> Option<Change> {
        let mut filters = self.filters();
        self.change.store(false, Ordering::Release);
        let filter = filters.next.take()?;
        filters.now = filter.clone();
        Some(Change {
            filter,
            generation: filters.generation,
        })
    }

    /// The session looks again after the next [`wake`](Self::wake).
    pub(super) fn register(&self, waker: &Waker) {
        self.waker.register(waker);
    }

    /// What wakes the session, if it waits.
    pub(super) fn take_waker(&self) -> Option<Waker> {
        self.waker.take()
    }

    pub(super) fn wake(&self) {
        self.waker.wake();
    }

    fn filters(&self) -> MutexGuard<'_, Filters> {
        self.filter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
