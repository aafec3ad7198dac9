//! The live path: looks at each new revision once, finds the groups that it concerns, and wakes their members. Members read when their
//! clients do; nothing is queued for one alone.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    task::Waker,
    time::Duration,
};

use dateline_journal::{Item, Journal, ReadLimit, Sequence, StoredRevision, Stretch, Term, terms_of};
use tokio::time::Instant;

use super::{
    frame::Encoding,
    group::{Group, Key, Match, Next},
    index::{Index, Place},
    seat::Seat,
    sift::{Judged, Left},
};
use crate::{app::drain::Drain, filter::Filter};

/// Looked at in one go; others use the thread in between.
const ROUND: ReadLimit = ReadLimit {
    bytes: 256 * 1024,
    revisions: 512,
    through: None,
};
/// Memory of a match beside its bytes, which the journal's recent ones hold anyway.
const MATCH_BYTES: usize = size_of::<Match>();
/// Everybody looks how far the hub is after so many revisions: a checkpoint may be due though nothing matched.
pub(super) const LOOK_EVERY: u64 = 5_000;

/// See the module.
pub(super) struct Hub {
    journal: Journal,
    registry: Mutex<Registry>,
    /// Every match up to here is in its group.
    through: AtomicU64,
    /// Nanoseconds from `start` to when the hub last looked.
    looked: AtomicU64,
    start: Instant,
    kept: Mutex<Kept>,
}

struct Registry {
    groups: HashMap<Key, (Arc<Group>, Place)>,
    index: Index<Arc<Group>>,
    position: Sequence,
    round: u64,
    seats: HashMap<String, Arc<Seat>>,
    /// Seats so far.
    seated: u64,
}

/// What the groups hold, oldest first, so that it stays within a limit.
struct Kept {
    queue: VecDeque<Piece>,
    bytes: usize,
    limit: usize,
}

struct Piece {
    group: Weak<Group>,
    through: Sequence,
    bytes: usize,
}

/// A place in a group; leaves it when it is dropped.
pub(super) struct Membership {
    hub: Arc<Hub>,
    key: Key,
    group: Arc<Group>,
    member: usize,
    /// The group knows what matches after this, until it forgets.
    pub(super) since: Sequence,
}

/// A subscription that others can find; gone when it is dropped.
pub(super) struct Presence {
    hub: Arc<Hub>,
    pub(super) seat: Arc<Seat>,
}

impl Hub {
    /// A hub whose groups hold at most about `limit` bytes together.
    pub(super) fn new(journal: Journal, limit: usize) -> Arc<Self> {
        let head = journal.head();
        Arc::new(Self {
            journal,
            registry: Mutex::new(Registry {
                groups: HashMap::new(),
                index: Index::default(),
                position: head,
                round: 0,
                seats: HashMap::new(),
                seated: 0,
            }),
            through: AtomicU64::new(head.get()),
            looked: AtomicU64::new(0),
            start: Instant::now(),
            kept: Mutex::new(Kept {
                queue: VecDeque::new(),
                bytes: 0,
                limit,
            }),
        })
    }

    /// Follows the journal until the task is aborted.
    pub(super) async fn run(self: Arc<Self>, drain: Drain) {
        let mut head = self.journal.watch_head();
        let mut draining = false;
        loop {
            let target = *head.borrow_and_update();
            while self.through() < target {
                if let Err(after) = self.look_at_recent() {
                    self.look_into_files(after).await;
                }
                tokio::task::yield_now().await;
            }
            tokio::select! {
                changed = head.changed() => if changed.is_err() {
                    return;
                },
                () = drain.begun(), if !draining => {
                    draining = true;
                    self.wake_all();
                }
            }
        }
    }

    /// How far the hub is.
    pub(super) fn through(&self) -> Sequence {
        Sequence::new(self.through.load(Ordering::Acquire))
    }

    /// When the hub last looked: a clock that costs nothing.
    pub(super) fn looked_at(&self) -> Instant {
        self.start + Duration::from_nanos(self.looked.load(Ordering::Relaxed))
    }

    /// A seat for a subscription that begins.
    pub(super) fn enter(self: &Arc<Self>, label: String, filter: Filter) -> Presence {
        let mut registry = self.registry();
        registry.seated += 1;
        let seat = Arc::new(Seat::new(registry.seated, label, filter));
        registry.seats.insert(seat.id.clone(), seat.clone());
        Presence {
            hub: self.clone(),
            seat,
        }
    }

    /// Enters a subscription into the group of those like it. From then on the group knows what matches after where the hub is.
    pub(super) fn join(
        self: &Arc<Self>,
        filter: &Filter,
        batch_size: u32,
        encoding: Encoding,
        seat: Arc<Seat>,
    ) -> Membership {
        let key = Key {
            canonical: filter.canonical().to_owned(),
            batch_size,
            encoding,
        };
        let mut registry = self.registry();
        let group = match registry.groups.get(&key) {
            Some((group, _)) => group.clone(),
            None => {
                let group = Arc::new(Group::new(filter.clone(), &key, registry.position));
                let place = registry.index.insert(filter.paths(), group.clone());
                registry.groups.insert(key.clone(), (group.clone(), place));
                group
            }
        };
        let member = group.add(seat);
        Membership {
            hub: self.clone(),
            key,
            group,
            member,
            since: registry.position,
        }
    }

    /// The subscriptions there are.
    pub(super) fn seats(&self) -> Vec<Arc<Seat>> {
        self.registry().seats.values().cloned().collect()
    }

    /// The subscription of that id.
    pub(super) fn seat(&self, id: &str) -> Option<Arc<Seat>> {
        self.registry().seats.get(id).cloned()
    }

    /// Looks at the next revisions. Err: memory no longer has what comes after this position.
    fn look_at_recent(&self) -> Result<(), Sequence> {
        let mut registry = self.registry();
        let before = registry.position;
        if registry.groups.is_empty() {
            registry.position = self.journal.head();
            self.through.store(registry.position.get(), Ordering::Release);
            return Ok(());
        }
        let stretch = self.journal.read_recent(before, ROUND).ok_or(before)?;
        let touched = registry.take(&stretch);
        drop(registry);
        self.tell(before, stretch.looked_through, &touched);
        Ok(())
    }

    /// Does so where the hub was slower than memory is large: no reader is to be blamed for that.
    async fn look_into_files(&self, after: Sequence) {
        let journal = self.journal.clone();
        let read = tokio::task::spawn_blocking(move || journal.read(after, ROUND)).await;
        let stretch = match read {
            Ok(Ok(stretch)) if stretch.looked_through > after => stretch,
            failed => {
                tracing::error!(
                    ?failed,
                    "the live path cannot read on; readers go to the journal themselves"
                );
                let head = self.journal.head();
                self.registry().begin_after(head);
                self.through.store(head.get(), Ordering::Release);
                return self.wake_all();
            }
        };
        let touched = self.registry().take(&stretch);
        self.tell(after, stretch.looked_through, &touched);
    }

    /// Wakes whom the revisions between two positions concern.
    fn tell(&self, before: Sequence, position: Sequence, touched: &[Arc<Group>]) {
        let looked = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.looked.store(looked, Ordering::Relaxed);
        self.through.store(position.get(), Ordering::Release);
        let mut wakers = Vec::new();
        for group in touched {
            group.wakers(&mut wakers);
            wakers.drain(..).for_each(Waker::wake);
            self.keep(group, position, group.of_round() * MATCH_BYTES);
        }
        // What memory no longer holds is not to be held by groups: their matches share its bytes.
        self.forget_through(self.journal.recent_start());
        if before.get() / LOOK_EVERY != position.get() / LOOK_EVERY {
            self.wake_all();
        }
    }

    fn wake_all(&self) {
        for seat in self.seats() {
            seat.wake();
        }
    }

    /// Accounts for what a group holds, and lets go of the oldest that any group holds.
    fn keep(&self, group: &Arc<Group>, through: Sequence, bytes: usize) {
        let mut kept = self.kept();
        kept.bytes += bytes;
        kept.queue.push_back(Piece {
            group: Arc::downgrade(group),
            through,
            bytes,
        });
        while kept.bytes > kept.limit && kept.forget_oldest() {}
    }

    fn forget_through(&self, through: Sequence) {
        let mut kept = self.kept();
        while kept.queue.front().is_some_and(|piece| piece.through <= through) {
            kept.forget_oldest();
        }
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registry {
    /// Hands revisions to the groups that they concern, and returns these.
    fn take(&mut self, stretch: &Stretch) -> Vec<Arc<Group>> {
        self.round += 1;
        let mut touched = Vec::new();
        for item in &stretch.items {
            match item {
                Item::Revision(revision) => self.place(revision, &mut touched),
                // Each reader learns of the gap when it reads there.
                Item::Damaged { last, .. } => self.begin_after(*last),
            }
        }
        self.position = stretch.looked_through;
        touched
    }

    /// No group knows any more what comes before a position.
    fn begin_after(&mut self, position: Sequence) {
        self.position = position;
        for (group, _) in self.groups.values() {
            group.start_after(position);
        }
    }

    fn place(&mut self, revision: &StoredRevision, touched: &mut Vec<Arc<Group>>) {
        let judged = Judged::new(revision);
        let round = self.round;
        let visit = |group: &Arc<Group>| {
            let Some(Left(left)) = judged.verdict(&group.filter) else {
                return;
            };
            let matched = Match {
                sequence: revision.sequence,
                update_time: revision.update_time,
                element: revision.element().clone(),
                left,
            };
            if group.push(matched, round) {
                touched.push(group.clone());
            }
        };
        match revision.terms() {
            Some(terms) => self.index.candidates(terms, visit),
            None => self.index.candidates(&terms_of_both(revision), visit),
        }
    }
}

/// The terms of a revision that was read from a file: of its state and of the one before.
fn terms_of_both(revision: &StoredRevision) -> Vec<Term> {
    let mut terms = terms_of(&revision.event());
    terms.extend(revision.before().iter().flat_map(terms_of));
    terms.sort_unstable();
    terms.dedup();
    terms
}

impl Kept {
    /// False: nothing is held.
    fn forget_oldest(&mut self) -> bool {
        let Some(piece) = self.queue.pop_front() else {
            return false;
        };
        self.bytes -= piece.bytes;
        if let Some(group) = piece.group.upgrade() {
            group.forget_through(piece.through);
        }
        true
    }
}

impl Membership {
    /// What comes after a position, and where the hub was before looking.
    pub(super) fn next(&self, position: Sequence) -> (Next, Sequence) {
        let through = self.hub.through();
        let next = match self.group.next(position, through, &self.hub.journal) {
            Next::Made(frame) => {
                self.hub.keep(&self.group, frame.through, frame.bytes.len());
                Next::Frame(frame)
            }
            next => next,
        };
        (next, through)
    }

    pub(super) fn group(&self) -> &Group {
        &self.group
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.hub.registry().seats.remove(&self.seat.id);
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut registry = self.hub.registry();
        if self.group.remove(self.member)
            && let Some((_, place)) = registry.groups.remove(&self.key)
        {
            registry.index.remove(place);
        }
    }
}
