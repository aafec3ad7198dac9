//! The thread that writes: it takes what waits, writes it as one group, syncs once, publishes the head and answers. The views follow.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, atomic::Ordering, mpsc::Receiver},
    time::Instant,
};

use bytes::Bytes;

use crate::{
    AppendError, Sequence, StoredRevision,
    core::Core,
    follow::Behind,
    lock,
    order::Pending,
    segment::{DATA_START, FORMAT, Header, Segment, index::MemoryIndex, record::Row, tail::Tail},
};

/// A group is at most about this large; more waits for the next one.
const GROUP_BYTES: usize = 8 << 20;

/// The state of the thread.
pub(crate) struct Writer {
    pub(crate) core: Arc<Core>,
    pub(crate) tail: Tail,
    pub(crate) segment: Arc<Segment>,
    /// When the first entry of the open segment came.
    pub(crate) begun: Option<Instant>,
    pub(crate) queue: Receiver<Pending>,
}

/// A failed write, and whether the journal is as it was before.
struct Failure {
    path: PathBuf,
    source: io::Error,
    taken_back: bool,
}

impl Writer {
    /// Runs until the queue is closed and empty.
    pub(crate) fn run(mut self) {
        let mut carried = None;
        while let Some(first) = carried.take().or_else(|| self.queue.recv().ok()) {
            let mut group = vec![first];
            let mut bytes = group[0].data.len() + group[0].draft.record_len();
            while bytes < GROUP_BYTES {
                let Ok(pending) = self.queue.try_recv() else {
                    break;
                };
                let size = pending.data.len() + pending.draft.record_len();
                if !self.fits(&group, &pending) {
                    carried = Some(pending);
                    break;
                }
                bytes += size;
                group.push(pending);
            }
            match self.write(&group) {
                Ok(rows) => publish(&self.core, group, rows),
                Err(failure) => {
                    group.extend(carried.take());
                    self.fail(group, failure);
                }
            }
        }
        self.core.follow.close();
    }

    /// Whether an entry goes into the segment that the group goes into.
    fn fits(&self, group: &[Pending], next: &Pending) -> bool {
        let data: usize = group.iter().map(|pending| pending.data.len()).sum();
        let side: usize = group.iter().map(|pending| pending.draft.record_len()).sum();
        self.tail.has_room(
            (data + next.data.len()) as u64,
            (side + next.draft.record_len()) as u64,
        )
    }

    fn write(&mut self, group: &[Pending]) -> Result<Vec<Vec<Row>>, Failure> {
        let first = &group[0];
        let aged = match (self.core.options.retention.max_age, self.begun) {
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
            self.roll(first)?;
        }
        let failure = |path: &PathBuf, source, taken_back| Failure {
            path: path.clone(),
            source,
            taken_back,
        };
        let entries: Vec<_> = group
            .iter()
            .map(|pending| (&pending.draft, &*pending.data))
            .collect();
        let durable = self.core.durable.load(Ordering::Acquire);
        let written = self
            .tail
            .write(&entries, durable)
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
        self.core.syncs.fetch_add(1, Ordering::Relaxed);
        self.begun.get_or_insert_with(Instant::now);
        self.segment.update(|index| {
            for (pending, rows) in group.iter().zip(&written.rows) {
                let terms = pending.draft.revisions.iter().map(|draft| draft.terms.as_slice());
                index.add(pending.draft.commit, pending.draft.time, rows, terms);
            }
        });
        let last = group.last().map_or(durable, |pending| pending.draft.commit);
        self.core.durable.store(last, Ordering::Release);
        Ok(written.rows)
    }

    /// Seals the segment and starts the next one with `first`.
    fn roll(&mut self, first: &Pending) -> Result<(), Failure> {
        let number = self.segment.number + 1;
        let header = header(
            self.core.as_ref(),
            number,
            first.draft.first,
            first.draft.commit,
            first.data.len() as u64,
        );
        let path = segment_path(&self.core.folder, number);
        let tail =
            Tail::create(path.clone(), &header, self.core.options.segment_bytes).map_err(|source| {
                Failure {
                    path: path.clone(),
                    source,
                    taken_back: true,
                }
            })?;
        // Harmless when it fails: the room stays filled with zeros.
        let _ = self.tail.seal();
        let index = MemoryIndex::new(header.first, header.first_commit, self.segment.span().last_time);
        self.segment = Arc::new(Segment::open(&header, path, index));
        self.tail = tail;
        self.begun = None;
        lock::write(&self.core.segments).push(self.segment.clone());
        self.core.keeper.wake();
        Ok(())
    }

    /// Fails a group and everything that waits behind it: it was planned on what is not there.
    fn fail(&mut self, group: Vec<Pending>, failure: Failure) {
        tracing::error!(path = %failure.path.display(), error = %failure.source, "cannot write to the journal");
        let mut order = lock::lock(&self.core.order);
        order.next = group[0].draft.first;
        order.next_commit = group[0].draft.commit;
        order.stopped |= !failure.taken_back;
        self.core.generation.fetch_add(1, Ordering::AcqRel);
        let waiting: Vec<_> = group
            .into_iter()
            .chain(std::iter::from_fn(|| self.queue.try_recv().ok()))
            .collect();
        drop(order);
        let error = AppendError::Write {
            path: failure.path,
            source: Arc::new(failure.source),
        };
        for pending in waiting {
            // Who does not wait for the answer does not need it.
            let _ = pending.answer.send(Err(error.clone()));
        }
    }
}

/// Shows what is durable to everybody, answers, and leaves the rest to the views.
fn publish(core: &Core, group: Vec<Pending>, rows: Vec<Vec<Row>>) {
    let mut head = core.head();
    let mut answers = Vec::with_capacity(group.len());
    let mut behind = Vec::with_capacity(group.len());
    let mut recent = lock::write(&core.recent);
    for (pending, rows) in group.into_iter().zip(rows) {
        let bytes = pending.data.len() + pending.draft.record_len();
        let mut at = 0;
        for (draft, row) in pending.draft.revisions.into_iter().zip(rows) {
            let end = at + draft.length as usize;
            head = head.next();
            recent.push(StoredRevision {
                sequence: head,
                update_time: row.time(),
                held: draft.held,
                previous: draft.previous,
                element: pending.data.slice(at..end),
                before: Bytes::from(draft.before),
                terms: Some(draft.terms.into()),
            });
            at = end;
        }
        answers.push(pending.answer);
        behind.push(Behind {
            entry: pending.applied,
            bytes,
            _room: pending.room,
        });
    }
    drop(recent);
    core.head.send_if_modified(|published| {
        let moved = *published != head;
        *published = head;
        moved
    });
    for answer in answers {
        // Who does not wait for the answer does not need it.
        let _ = answer.send(Ok(()));
    }
    core.follow.push(behind.into_iter());
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
