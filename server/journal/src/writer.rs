//! Writing: what waits is written as one group, synced once, published and answered. The views follow. There is a thread for it, and a
//! caller that may block can do it in its place.

use std::{
    collections::VecDeque,
    io,
    path::PathBuf,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Instant,
};

use bytes::Bytes;
use dateline_proto::time::Timestamp;

use crate::{
    AppendError, Sequence, Stamps, StoredRevision,
    core::Core,
    follow::Behind,
    lock,
    order::{Pending, Waiting},
    segment::{DATA_START, FORMAT, Header, Segment, index::MemoryIndex, record::Row, tail::Tail},
};

/// A group is at most about this large; more waits for the next one.
const GROUP_BYTES: usize = 8 << 20;

/// What the one who writes needs.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) tail: Tail,
    pub(crate) segment: Arc<Segment>,
    /// When the first entry of the open segment came.
    pub(crate) begun: Option<Instant>,
}

/// A failed write, and whether the journal is as it was before.
struct Failure {
    path: PathBuf,
    source: io::Error,
    taken_back: bool,
}

/// The thread: runs until the journal is closed and everything is written.
pub(crate) fn run(core: &Core) {
    loop {
        let mut order = lock::lock(&core.order);
        while order.waiting.is_empty() && !order.closed {
            order = core.work.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
        let done = order.waiting.is_empty();
        drop(order);
        write_waiting(core, &mut lock::lock(&core.writer));
        // Whoever else wrote has handed on what it wrote: the lock was free.
        if done {
            return core.follow.close();
        }
    }
}

/// Writes what waits, group by group, until nothing does.
pub(crate) fn write_waiting(core: &Core, writer: &mut Writer) {
    loop {
        let group = writer.take(&mut lock::lock(&core.order).waiting);
        if group.is_empty() {
            return;
        }
        match writer.write(core, &group) {
            Ok(rows) => publish(core, group, rows),
            Err(failure) => fail(core, group, failure),
        }
    }
}

impl Writer {
    /// The next group: what fits into the open segment, or at least one entry, for which another is begun.
    fn take(&self, waiting: &mut VecDeque<Waiting>) -> Vec<Waiting> {
        let mut group = Vec::with_capacity(waiting.len().min(256));
        let (mut data, mut side) = (0, 0);
        while data + side < GROUP_BYTES
            && let Some(next) = waiting.front()
        {
            if let Some(entry) = &next.entry {
                let (more_data, more_side) = (entry.data.len(), entry.draft.record_len());
                let fits = || {
                    self.tail
                        .has_room((data + more_data) as u64, (side + more_side) as u64)
                };
                if side > 0 && !fits() {
                    break;
                }
                data += more_data;
                side += more_side;
            }
            group.extend(waiting.pop_front());
        }
        group
    }

    /// Makes the entries of a group durable; returns their rows.
    fn write(&mut self, core: &Core, group: &[Waiting]) -> Result<Vec<Vec<Row>>, Failure> {
        let entries = || group.iter().filter_map(|waiting| waiting.entry.as_ref());
        let Some(first) = entries().next() else {
            return Ok(Vec::new());
        };
        let aged = match (core.options.retention.max_age, self.begun) {
            // So that what is old can be trimmed although little is written.
            (Some(age), Some(begun)) => begun.elapsed() > age / 4,
            _ => false,
        };
        let empty = self.tail.is_empty();
        if !self
            .tail
            .has_room(first.data.len() as u64, first.draft.record_len() as u64)
            || aged && !empty
        {
            self.roll(core, first)?;
        }
        let failure = |path: &PathBuf, source, taken_back| Failure {
            path: path.clone(),
            source,
            taken_back,
        };
        let parts: Vec<_> = entries().map(|entry| (&entry.draft, &*entry.data)).collect();
        let durable = core.durable.load(Ordering::Acquire);
        let written = self
            .tail
            .write(&parts, durable)
            .and_then(|written| self.tail.sync().map(|()| written));
        let written = match written {
            Ok(written) => written,
            Err(source) => {
                let taken_back = self.tail.roll_back();
                if let Err(error) = &taken_back {
                    tracing::error!(path = %self.tail.path.display(), %error, "a failed write cannot be taken back");
                }
                return Err(failure(&self.tail.path, source, taken_back.is_ok()));
            }
        };
        self.tail.accept(&written);
        core.syncs.fetch_add(1, Ordering::Relaxed);
        self.begun.get_or_insert_with(Instant::now);
        self.segment.update(|index| {
            for (entry, rows) in entries().zip(&written.rows) {
                let terms = entry.draft.revisions.iter().map(|draft| draft.terms.as_slice());
                index.add(entry.draft.commit, entry.draft.time, rows, terms);
            }
        });
        Ok(written.rows)
    }

    /// Seals the segment and starts the next one with `first`.
    fn roll(&mut self, core: &Core, first: &Pending) -> Result<(), Failure> {
        let number = self.segment.number + 1;
        let header = header(
            core,
            number,
            first.draft.first,
            first.draft.commit,
            first.data.len() as u64,
        );
        let path = segment_path(&core.folder, number);
        let tail =
            Tail::create(path.clone(), &header, core.options.segment_bytes).map_err(|source| Failure {
                path: path.clone(),
                source,
                taken_back: true,
            })?;
        // Harmless when it fails: the room stays filled with zeros.
        let _ = self.tail.seal();
        let index = MemoryIndex::new(header.first, header.first_commit, self.segment.span().last_time);
        self.segment = Arc::new(Segment::open(&header, path, index));
        self.tail = tail;
        self.begun = None;
        lock::write(&core.segments).push(self.segment.clone());
        core.keeper.wake();
        Ok(())
    }
}

/// Fails a group and everything that waits behind it: it was planned on what is not there.
fn fail(core: &Core, group: Vec<Waiting>, failure: Failure) {
    tracing::error!(path = %failure.path.display(), error = %failure.source, "cannot write to the journal");
    let mut order = lock::lock(&core.order);
    if let Some(first) = group.iter().find_map(|waiting| waiting.entry.as_ref()) {
        order.next = first.draft.first;
        order.next_commit = first.draft.commit;
    }
    order.stopped |= !failure.taken_back;
    core.generation.fetch_add(1, Ordering::AcqRel);
    let behind = std::mem::take(&mut order.waiting);
    drop(order);
    let error = AppendError::Write {
        path: failure.path,
        source: Arc::new(failure.source),
    };
    for waiting in group.into_iter().chain(behind) {
        (waiting.answer)(Err(error.clone()));
    }
}

/// Shows what is durable to everybody, answers, and leaves the rest to the views.
fn publish(core: &Core, group: Vec<Waiting>, rows: Vec<Vec<Row>>) {
    let mut head = core.head();
    let mut durable = core.durable.load(Ordering::Acquire);
    let mut answers = Vec::with_capacity(group.len());
    let mut behind = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter();
    let mut recent = lock::write(&core.recent);
    for Waiting { entry, answer } in group {
        let mut stamps = Stamps {
            epoch: core.epoch,
            first: head.next(),
            count: 0,
            update_time: Timestamp::default(),
        };
        if let Some(entry) = entry {
            let bytes = entry.data.len() + entry.draft.record_len();
            stamps.count = entry.draft.revisions.len();
            stamps.update_time = entry.draft.time;
            durable = entry.draft.commit;
            let mut at = 0;
            for (draft, row) in entry
                .draft
                .revisions
                .into_iter()
                .zip(rows.next().unwrap_or_default())
            {
                let end = at + draft.length as usize;
                head = head.next();
                recent.push(StoredRevision {
                    sequence: head,
                    update_time: row.time(),
                    held: draft.held,
                    previous: draft.previous,
                    element: entry.data.slice(at..end),
                    before: Bytes::from(draft.before),
                    terms: Some(draft.terms.into()),
                });
                at = end;
            }
            behind.push(Behind {
                entry: entry.applied,
                bytes,
                _room: entry.room,
            });
        }
        answers.push((answer, stamps));
    }
    drop(recent);
    core.head.send_if_modified(|published| {
        let moved = *published != head;
        *published = head;
        moved
    });
    core.durable.store(durable, Ordering::Release);
    for (answer, stamps) in answers {
        answer(Ok(stamps));
    }
    if !behind.is_empty() {
        core.follow.push(behind.into_iter());
    }
}

pub(crate) fn segment_path(folder: &std::path::Path, number: u64) -> PathBuf {
    folder.join(format!("{number:08}.segment"))
}

/// The header of a new segment whose data area takes at least `data` bytes.
pub(crate) fn header(core: &Core, number: u64, first: Sequence, first_commit: u64, data: u64) -> Header {
    let last_time = lock::read(&core.segments)
        .last()
        .map(|segment| segment.span().last_time);
    new_header(
        core.epoch,
        number,
        first,
        first_commit,
        data.max(core.options.segment_bytes),
        last_time.unwrap_or_default(),
    )
}

pub(crate) fn new_header(
    epoch: crate::Epoch,
    number: u64,
    first: Sequence,
    first_commit: u64,
    data: u64,
    time: dateline_proto::time::Timestamp,
) -> Header {
    Header {
        format: FORMAT,
        epoch,
        number,
        first,
        first_commit,
        side_start: DATA_START + data.next_multiple_of(DATA_START),
        time,
    }
}
