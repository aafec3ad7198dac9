//! Blocks: stretches of a segment that were read and checked, the unit in which replays of everything share their work.
//!
//! A block is read by one thread while others that want it wait, and is kept, within a bound, once a second one asked for it: a replay
//! that is alone keeps nothing and reads into memory that is warm.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
};

use bytes::Bytes;

use super::{
    at::{Wait, read_up_to},
    buffers::{BUFFER, Buffers},
};
use crate::{
    RunItem, Runs, Sequence, lock,
    runs::Run,
    segment::{Segment, index::Place},
};

/// A block is about this large where elements are of one size; never larger than [`BUFFER`], but for a single element.
const TARGET: usize = BUFFER - BUFFER / 8;
/// Revisions in a block, at most.
const MOST: u64 = 4096;
/// Threads that read different blocks rarely wait for each other.
const LANES: usize = 16;
/// What a block takes beside its elements, about.
const OVERHEAD: usize = 256;

/// Names a block: number of the segment, number of the first revision in it.
type Key = (u64, u32);

/// A stretch of a segment, checked.
#[derive(Debug)]
pub(crate) struct Block {
    key: Key,
    count: u32,
    /// Its last revision.
    pub(crate) last: Sequence,
    pub(crate) items: Vec<RunItem>,
    size: usize,
    /// Nothing will be written behind it that belongs to it.
    full: bool,
}

/// Blocks that are kept, and what is needed to read them.
#[derive(Debug)]
pub(crate) struct Blocks {
    pub(crate) buffers: Buffers,
    kept: Mutex<Kept>,
    lanes: [Lane; LANES],
}

#[derive(Debug, Default)]
struct Kept {
    blocks: BTreeMap<Key, (Arc<Block>, u64)>,
    bytes: usize,
    limit: usize,
    clock: u64,
    /// Names of blocks that were read lately: when one is read again, replays follow each other and it is worth keeping.
    seen: VecDeque<Key>,
}

#[derive(Debug, Default)]
struct Lane {
    reading: Mutex<()>,
    /// Threads that read or wait to.
    users: AtomicUsize,
}

impl Blocks {
    /// Keeps at most about `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            buffers: Buffers::default(),
            kept: Mutex::new(Kept {
                limit,
                ..Kept::default()
            }),
            lanes: Default::default(),
        }
    }

    /// The block that a revision of a segment is in; of one that is not full yet, what follows from the revision on. `end`: revisions
    /// before this number may be read.
    pub(crate) fn of(&self, segment: &Segment, number: u32, end: u64, wait: Wait) -> io::Result<Arc<Block>> {
        if let Some(block) = self.kept(segment, number) {
            return Ok(block);
        }
        let stride = self.stride(segment, wait)?;
        let aligned = u64::from(number) / stride * stride;
        let lane = &self.lanes[(segment.number as usize)
            .wrapping_mul(31)
            .wrapping_add((aligned / stride) as usize)
            % LANES];
        lane.users.fetch_add(1, Ordering::Relaxed);
        let block = match lane.enter(wait) {
            Some(_reading) => self.read(lane, segment, number, aligned, stride, end, wait),
            None => Err(Wait::refusal()),
        };
        lane.users.fetch_sub(1, Ordering::Relaxed);
        block
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "what `of` found out; nobody else calls it"
    )]
    fn read(
        &self,
        lane: &Lane,
        segment: &Segment,
        number: u32,
        aligned: u64,
        stride: u64,
        end: u64,
        wait: Wait,
    ) -> io::Result<Arc<Block>> {
        if let Some(block) = self.kept(segment, number) {
            return Ok(block);
        }
        let count = segment.span().count;
        let until = (aligned + stride).min(count);
        let places = segment.places(aligned, until, &self.buffers, wait)?;
        let mut from = 0;
        loop {
            let length = piece(&places[from..]);
            let start = aligned as u32 + from as u32;
            let full = from + length < places.len() || until == aligned + stride || segment.is_sealed();
            if start + length as u32 <= number {
                from += length;
                continue;
            }
            if !full {
                // More will be written behind it: it is read for this once, and only what may be.
                let from = (u64::from(number) - aligned) as usize;
                let places = &places[from..(end - aligned) as usize];
                return Ok(Arc::new(self.load(segment, number, places, false, wait)?));
            }
            let block = Arc::new(self.load(segment, start, &places[from..from + length], true, wait)?);
            let others = lane.users.load(Ordering::Relaxed) > 1;
            lock::lock(&self.kept).offer(&block, others);
            return Ok(block);
        }
    }

    /// Revisions in a block of this segment: as many as take about [`TARGET`].
    fn stride(&self, segment: &Segment, wait: Wait) -> io::Result<u64> {
        segment.stride(&self.buffers, wait, |length| {
            (TARGET as u64 / length.max(1)).clamp(1, MOST)
        })
    }

    fn kept(&self, segment: &Segment, number: u32) -> Option<Arc<Block>> {
        lock::lock(&self.kept).get(segment, number)
    }

    /// Keeps a block that its reader comes back to.
    pub(crate) fn keep(&self, block: &Arc<Block>) {
        lock::lock(&self.kept).insert(block);
    }

    /// Lets go of the blocks of segments before this one.
    pub(crate) fn forget_before(&self, segment: u64) {
        let mut kept = lock::lock(&self.kept);
        let stay = kept.blocks.split_off(&(segment, 0));
        let gone = std::mem::replace(&mut kept.blocks, stay);
        kept.bytes -= gone.values().map(|(block, _)| block.size).sum::<usize>();
    }

    /// Reads and checks elements.
    fn load(
        &self,
        segment: &Segment,
        start: u32,
        places: &[Place],
        full: bool,
        wait: Wait,
    ) -> io::Result<Block> {
        let first = Sequence::new(segment.first.get() + u64::from(start));
        let mut runs = Runs::default();
        let mut at = first;
        let mut size = OVERHEAD;
        let file = segment.data(wait)?;
        for together in places.chunk_by(Place::meets) {
            let start = u64::from(together[0].offset);
            let length = (together[together.len() - 1].end() - start) as usize;
            let mut buffer = self.buffers.take(length);
            let read = read_up_to(&file, buffer.bytes_mut(), start, wait)?;
            buffer.truncate(read);
            size += length + 4 * together.len();
            check(segment, at, together, &buffer.freeze(), &mut runs);
            at = Sequence::new(at.get() + together.len() as u64);
        }
        Ok(Block {
            key: (segment.number, start),
            count: places.len() as u32,
            last: at.before(),
            items: runs.items,
            size,
            full,
        })
    }
}

impl Lane {
    /// The turn to read. None: another thread has it, and it may not be waited for.
    fn enter(&self, wait: Wait) -> Option<MutexGuard<'_, ()>> {
        match wait {
            Wait::May => Some(lock::lock(&self.reading)),
            Wait::MayNot => lock::try_lock(&self.reading),
        }
    }
}

impl Kept {
    fn get(&mut self, segment: &Segment, number: u32) -> Option<Arc<Block>> {
        self.clock += 1;
        let key = (segment.number, number);
        let (found, (block, used)) = self.blocks.range_mut(..=key).next_back()?;
        let covers = found.0 == segment.number && block.last.get() >= segment.first.get() + u64::from(number);
        covers.then(|| {
            *used = self.clock;
            block.clone()
        })
    }

    /// Keeps a block that others want, or that was read lately.
    fn offer(&mut self, block: &Arc<Block>, wanted: bool) {
        if wanted || self.seen.contains(&block.key) {
            self.insert(block);
            return;
        }
        self.seen.push_back(block.key);
        while self.seen.len() > (2 * self.limit).div_ceil(BUFFER) {
            self.seen.pop_front();
        }
    }

    fn insert(&mut self, block: &Arc<Block>) {
        if block.size > self.limit || !block.full {
            return;
        }
        // Blocks of a segment that was still short may have been smaller; one inside another would hide it.
        let within = block.key..=(block.key.0, block.key.1.saturating_add(block.count - 1));
        let inside: Vec<Key> = self.blocks.range(within).map(|(key, _)| *key).collect();
        inside.into_iter().for_each(|key| self.remove(key));
        self.clock += 1;
        self.blocks.insert(block.key, (block.clone(), self.clock));
        self.bytes += block.size;
        while self.bytes > self.limit {
            let oldest = self.blocks.iter().min_by_key(|(_, (_, used))| *used);
            let Some(key) = oldest.map(|(key, _)| *key) else {
                break;
            };
            self.remove(key);
        }
    }

    fn remove(&mut self, key: Key) {
        if let Some((gone, _)) = self.blocks.remove(&key) {
            self.bytes -= gone.size;
        }
    }
}

/// How many of the first elements make a block; at least one.
fn piece(places: &[Place]) -> usize {
    let mut bytes = 0;
    let fitting = places.iter().take_while(|place| {
        bytes += place.length as usize;
        bytes <= BUFFER
    });
    fitting.count().max(1)
}

/// Cuts bytes into runs where elements are not whole.
fn check(segment: &Segment, first: Sequence, places: &[Place], bytes: &Bytes, runs: &mut Runs) {
    let start = places[0].offset;
    let mut ends: Vec<u32> = Vec::with_capacity(places.len());
    let mut run_start = 0;
    let mut at = first;
    for place in places {
        let from = (place.offset - start) as usize;
        let to = from + place.length as usize;
        if bytes.get(from..to).is_some_and(|element| place.fits(element)) {
            ends.push((to - run_start) as u32);
        } else {
            flush(at, bytes, run_start, &mut ends, runs);
            runs.push(RunItem::Damaged {
                first: at,
                last: at,
                place: segment.place(u64::from(place.offset)),
            });
            run_start = to;
        }
        at = at.next();
    }
    flush(at, bytes, run_start, &mut ends, runs);
}

/// Ends a run before `next`.
fn flush(next: Sequence, bytes: &Bytes, start: usize, ends: &mut Vec<u32>, runs: &mut Runs) {
    let Some(length) = ends.last() else {
        return;
    };
    let first = Sequence::new(next.get() - ends.len() as u64);
    let bytes = bytes.slice(start..start + *length as usize);
    runs.push(RunItem::Run(Run::new(first, bytes, ends.as_slice().into())));
    ends.clear();
}
