//! Subscriptions that receive the same: one canonical filter, batch size and compression. They are matched once, and share the frames
//! that are made of what matched.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};

use bytes::Bytes;
use dateline_journal::{Journal, Sequence};
use dateline_proto::time::Timestamp;
use slab::Slab;

use super::{batch::Batch, frame::Encoding, seat::Seat};
use crate::filter::Filter;

/// What subscriptions have to have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) canonical: String,
    pub(super) batch_size: u32,
    pub(super) encoding: Encoding,
}

/// See the module.
pub(super) struct Group {
    pub(super) filter: Filter,
    batch_size: usize,
    encoding: Encoding,
    log: Mutex<Log>,
    members: Mutex<Slab<Arc<Seat>>>,
}

/// A revision that matched.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) sequence: Sequence,
    pub(super) update_time: Timestamp,
    /// Field 1 of EventBatch, with tag and length.
    pub(super) element: Bytes,
    pub(super) left: bool,
}

/// A frame that every member sends.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    first: Sequence,
    last: Sequence,
    /// Its cursor: everything up to here was looked at, and what matched is in it or before it.
    pub(super) through: Sequence,
    pub(super) events: u64,
    pub(super) first_time: Timestamp,
    pub(super) last_time: Timestamp,
    pub(super) bytes: Bytes,
}

/// The newest matches.
struct Log {
    /// Matches after this position are here; those before are forgotten.
    from: Sequence,
    matches: VecDeque<Match>,
    /// Made of the matches, one after the other; the newest matches may not be in one yet.
    frames: VecDeque<Shared>,
    /// The hub's round of the newest match, and the matches of that round.
    round: u64,
    of_round: usize,
}

/// What comes after a position.
pub(super) enum Next {
    Frame(Shared),
    /// A frame made just now: the same, and it has to be kept account of.
    Made(Shared),
    /// The position lies within a frame: its member has to cut for itself.
    Within,
    /// Nothing so far.
    Nothing,
    /// What comes next is forgotten here; the journal has it.
    Behind,
}

impl Group {
    /// A group that knows what matches after `from`.
    pub(super) fn new(filter: Filter, key: &Key, from: Sequence) -> Self {
        Self {
            filter,
            batch_size: key.batch_size as usize,
            encoding: key.encoding,
            log: Mutex::new(Log {
                from,
                matches: VecDeque::new(),
                frames: VecDeque::new(),
                round: 0,
                of_round: 0,
            }),
            members: Mutex::new(Slab::new()),
        }
    }

    /// What comes after `position`. `through` is where the hub was before the call.
    pub(super) fn next(&self, position: Sequence, through: Sequence, journal: &Journal) -> Next {
        let mut log = self.log();
        if position < log.from {
            return Next::Behind;
        }
        let at = log.after(position);
        let Some(first) = log.matches.get(at).map(|first| first.sequence) else {
            return Next::Nothing;
        };
        match log.frames.back() {
            Some(newest) if newest.first == first => return Next::Frame(newest.clone()),
            Some(newest) if newest.last >= first => {
                let frame = log.frames.binary_search_by_key(&first, |frame| frame.first);
                return frame.map_or(Next::Within, |frame| Next::Frame(log.frames[frame].clone()));
            }
            _ => {}
        }
        let made = self.make(&log, at, through, journal);
        log.frames.push_back(made.clone());
        Next::Made(made)
    }

    /// A frame of what matched from number `at` on: whatever is ready, up to a full batch.
    fn make(&self, log: &Log, at: usize, through: Sequence, journal: &Journal) -> Shared {
        let mut batch = Batch::new(self.batch_size);
        let mut end = at;
        for matched in log.matches.range(at..) {
            if batch.is_full_for(&matched.element) {
                break;
            }
            batch.push(matched.element.clone(), matched.left);
            end += 1;
        }
        let (first, last) = (&log.matches[at], &log.matches[end - 1]);
        let through = if end == log.matches.len() {
            through.max(last.sequence)
        } else {
            last.sequence
        };
        Shared {
            first: first.sequence,
            last: last.sequence,
            through,
            events: (end - at) as u64,
            first_time: first.update_time,
            last_time: last.update_time,
            bytes: batch.finish(&journal.cursor(through).to_string(), self.encoding),
        }
    }

    /// The matches after `position`, at most `most`. None: some are forgotten.
    pub(super) fn matches(&self, position: Sequence, most: usize) -> Option<Vec<Match>> {
        let log = self.log();
        let at = log.after(position);
        (position >= log.from).then(|| log.matches.range(at..).take(most).cloned().collect())
    }

    /// Whether [`next`](Self::next) would say anything but `Nothing`.
    pub(super) fn has_news(&self, position: Sequence) -> bool {
        let log = self.log();
        position < log.from
            || log
                .matches
                .back()
                .is_some_and(|newest| newest.sequence > position)
    }

    /// Takes in a match. True: the first of this round of the hub.
    pub(super) fn push(&self, matched: Match, round: u64) -> bool {
        let mut log = self.log();
        log.matches.push_back(matched);
        let is_first = std::mem::replace(&mut log.round, round) != round;
        log.of_round = if is_first { 1 } else { log.of_round + 1 };
        is_first
    }

    /// Matches of the newest round that had any.
    pub(super) fn of_round(&self) -> usize {
        self.log().of_round
    }

    /// Lets go of matches through a position, and of frames that begin among them.
    pub(super) fn forget_through(&self, through: Sequence) {
        let mut log = self.log();
        while let Some(matched) = log.matches.pop_front_if(|matched| matched.sequence <= through) {
            log.from = matched.sequence;
        }
        while log.frames.pop_front_if(|frame| frame.first <= through).is_some() {}
    }

    /// Knows nothing any more of what comes before a position.
    pub(super) fn start_after(&self, position: Sequence) {
        let mut log = self.log();
        log.from = position;
        log.matches.clear();
        log.frames.clear();
    }

    pub(super) fn add(&self, seat: Arc<Seat>) -> usize {
        self.members().insert(seat)
    }

    /// Whether nobody is left.
    pub(super) fn remove(&self, member: usize) -> bool {
        let mut members = self.members();
        members.try_remove(member);
        members.is_empty()
    }

    /// The wakers of those members that wait. To be woken when no lock is held: a waker may be the last to hold a session.
    pub(super) fn wakers(&self, wakers: &mut Vec<Waker>) {
        wakers.extend(self.members().iter().filter_map(|(_, seat)| seat.take_waker()));
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn members(&self) -> MutexGuard<'_, Slab<Arc<Seat>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn after(&self, position: Sequence) -> usize {
        // Most members are at the end or just before it.
        let mut newest = self.matches.iter().rev();
        let end = self.matches.len();
        match (newest.next(), newest.next()) {
            (Some(last), _) if last.sequence <= position => end,
            (Some(_), Some(before)) if before.sequence <= position => end - 1,
            _ => self
                .matches
                .partition_point(|matched| matched.sequence <= position),
        }
    }
}

#[cfg(test)]
mod tests;
