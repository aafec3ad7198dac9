//! Reading segments: runs of the journal, and what the term indexes select.

pub(crate) mod blocks;
pub(crate) mod buffers;
pub(crate) mod places;
mod runs;

use std::io;

use bytes::Bytes;
use dateline_proto::time::Timestamp;

use crate::{
    Item, ReadError, ReadLimit, Sequence, StoredRevision, Stretch, Term, TermQuery,
    core::Core,
    lock,
    read::places::read_up_to,
    segment::{Segment, index::LOST, record::Row},
};

/// Elements closer than this are read in one go.
const NEAR: u64 = 16 << 10;
/// Rows of an index closer than this are read in one go.
const NEAR_ROWS: u32 = 64;
/// Segments that one `select` looks through, so that a call ends although nothing matches.
const SEGMENTS_A_CALL: usize = 8;

/// Rows that one `read` of everything looks at in a segment, at most, so that a limit in bytes alone does not read all of them each time.
const ROWS_A_CALL: usize = 8192;

/// Which of a segment's revisions: by number within it.
enum Chosen {
    All,
    Some(Vec<u32>),
}

impl Core {
    pub(crate) fn read(&self, after: Sequence, limit: ReadLimit) -> Result<Stretch, ReadError> {
        self.walk(after, limit, usize::MAX, |_| Ok(Chosen::All))
    }

    pub(crate) fn select(
        &self,
        after: Sequence,
        query: &TermQuery,
        limit: ReadLimit,
    ) -> Result<Stretch, ReadError> {
        self.walk(after, limit, SEGMENTS_A_CALL, |segment| {
            let chosen = choose(segment, query)?;
            Ok(match chosen {
                Chosen::All => Chosen::All,
                // What was lost may have matched, so it is told of.
                Chosen::Some(numbers) => Chosen::Some(unite(numbers, segment.list(LOST)?)),
            })
        })
    }

    /// Goes through segments after `after` until a limit is reached.
    fn walk(
        &self,
        after: Sequence,
        limit: ReadLimit,
        mut segments: usize,
        choose: impl Fn(&Segment) -> io::Result<Chosen>,
    ) -> Result<Stretch, ReadError> {
        let through = self.head().min(limit.through.unwrap_or(self.head()));
        let mut stretch = Stretch {
            items: Vec::new(),
            looked_through: after,
        };
        let mut bytes = limit.bytes;
        let mut left = limit.revisions.max(1);
        while stretch.looked_through < through && left > 0 && segments > 0 {
            let at = stretch.looked_through.next();
            let segment = self.segment_of(at).ok_or_else(|| ReadError::Trimmed {
                oldest: self.oldest(),
            })?;
            let span = segment.span();
            if at > span.last() {
                let (last, place) = self.missing(&segment, at, through);
                stretch.looked_through = last;
                stretch.items.push(Item::Damaged {
                    first: at,
                    last,
                    place,
                });
                continue;
            }
            segments -= 1;
            let end = span.last().min(through);
            let wanted = Wanted {
                start: at.get() - span.first.get(),
                end: end.get() + 1 - span.first.get(),
            };
            let full = choose(&segment)
                .and_then(|chosen| wanted.rows(&segment, chosen, left))
                .and_then(|(rows, more)| {
                    let cut = fit(&rows, &mut bytes, stretch.items.is_empty());
                    let full = more || cut < rows.len();
                    left -= cut;
                    load(&segment, &rows[..cut], &mut stretch.items)?;
                    stretch.looked_through = match rows[..cut].last() {
                        Some((number, _)) if full => Sequence::new(span.first.get() + u64::from(*number)),
                        None if full => stretch.looked_through,
                        _ => end,
                    };
                    Ok(full)
                })
                .map_err(|source| self.failed(&segment, at, source))?;
            self.bound_open_files(&segment);
            if full {
                break;
            }
        }
        Ok(stretch)
    }

    /// A file that is not there: was it trimmed meanwhile?
    fn failed(&self, segment: &Segment, at: Sequence, source: io::Error) -> ReadError {
        let oldest = self.oldest();
        if at < oldest {
            return ReadError::Trimmed { oldest };
        }
        ReadError::Io {
            path: segment.path.clone(),
            source,
        }
    }

    /// Revisions that no segment holds, from `first`: the last of them, and a place for people.
    fn missing(&self, before: &Segment, first: Sequence, through: Sequence) -> (Sequence, String) {
        let segments = lock::read(&self.segments);
        let next = segments.iter().find(|segment| segment.first > first);
        let last = next
            .map_or(through, |segment| segment.first.before())
            .min(through);
        (last, format!("after {}", before.place(0)))
    }

    pub(crate) fn revision(&self, at: Sequence) -> Result<Option<StoredRevision>, ReadError> {
        if at == Sequence::ZERO || at > self.head() {
            return Ok(None);
        }
        if let Some(revision) = lock::read(&self.recent).get(at) {
            return Ok(Some(revision.clone()));
        }
        let limit = ReadLimit {
            revisions: 1,
            through: Some(at),
            ..ReadLimit::default()
        };
        match self.read(at.before(), limit)?.items.pop() {
            Some(Item::Revision(revision)) => Ok(Some(revision)),
            Some(Item::Damaged { place, .. }) => Err(ReadError::Damaged { place }),
            None => Ok(None),
        }
    }

    pub(crate) fn time_of(&self, at: Sequence) -> Option<Timestamp> {
        if at > self.head() {
            return None;
        }
        let segment = self.segment_of(at)?;
        let number = at.get() - segment.first.get();
        (number < segment.span().count)
            .then(|| segment.rows(number, number + 1).ok())
            .flatten()
            .map(|rows| rows[0].time())
    }

    /// The last revision before a time. Where the disk fails, an earlier one: nothing is left out by it.
    pub(crate) fn sequence_before(&self, time: Timestamp) -> Sequence {
        let head = self.head();
        let segments = lock::read(&self.segments).clone();
        let at = segments.partition_point(|segment| segment.span().last_time < time);
        let Some(segment) = segments.get(at) else {
            return head;
        };
        let (mut low, mut high) = (0, segment.span().count);
        while low < high {
            let middle = low + (high - low) / 2;
            let Ok(rows) = segment.rows(middle, middle + 1) else {
                return segment.first.before();
            };
            if rows[0].time() < time {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Sequence::new(segment.first.get() + low - 1).min(head)
    }
}

/// Numbers within a segment, half open.
struct Wanted {
    start: u64,
    end: u64,
}

impl Wanted {
    /// At most `most` rows of those chosen, and whether there are more.
    fn rows(&self, segment: &Segment, chosen: Chosen, most: usize) -> io::Result<(Vec<(u32, Row)>, bool)> {
        match chosen {
            Chosen::All => {
                let end = self.end.min(self.start + most.min(ROWS_A_CALL) as u64);
                let rows = segment.rows(self.start, end)?;
                Ok(((self.start as u32..).zip(rows).collect(), end < self.end))
            }
            Chosen::Some(numbers) => {
                let from = numbers.partition_point(|number| u64::from(*number) < self.start);
                let to = numbers.partition_point(|number| u64::from(*number) < self.end);
                let cut = to.min(from.saturating_add(most));
                let mut rows = Vec::with_capacity(cut - from);
                for near in numbers[from..cut].chunk_by(|a, b| b - a <= NEAR_ROWS) {
                    let (first, last) = (near[0], near[near.len() - 1]);
                    let read = segment.rows(u64::from(first), u64::from(last) + 1)?;
                    rows.extend(
                        near.iter()
                            .map(|number| (*number, read[(number - first) as usize])),
                    );
                }
                Ok((rows, cut < to))
            }
        }
    }
}

/// How many rows' elements fit into the bytes that are left; `one`: at least one.
fn fit(rows: &[(u32, Row)], bytes: &mut usize, one: bool) -> usize {
    for (number, (_, row)) in rows.iter().enumerate() {
        let length = row.length as usize;
        if length > *bytes && !(one && number == 0) {
            return number;
        }
        *bytes = bytes.saturating_sub(length);
    }
    rows.len()
}

/// Reads the revisions of rows and checks them.
fn load(segment: &Segment, rows: &[(u32, Row)], items: &mut Vec<Item>) -> io::Result<()> {
    let lost = |row: &Row| row.flags & Row::LOST != 0;
    let near = |a: &(u32, Row), b: &(u32, Row)| {
        let end = a.1.data_offset + u64::from(a.1.length);
        !lost(&a.1) && !lost(&b.1) && b.1.data_offset >= end && b.1.data_offset - end <= NEAR
    };
    let file = segment.data()?;
    for run in rows.chunk_by(near) {
        let (_, first) = run[0];
        let (_, last) = run[run.len() - 1];
        let length = last.data_offset + u64::from(last.length) - first.data_offset;
        let data = if lost(&first) {
            Bytes::new()
        } else {
            read_at(&file, first.data_offset, length)?
        };
        for (number, row) in run {
            let sequence = Sequence::new(segment.first.get() + u64::from(*number));
            let start = (row.data_offset - first.data_offset) as usize;
            let element = data
                .get(start..start + row.length as usize)
                .map(|_| data.slice(start..start + row.length as usize));
            let before = read_at(&file, row.before_offset, u64::from(row.before_length))?;
            push(
                items,
                check(segment, sequence, row, element.unwrap_or_default(), before),
            );
        }
    }
    Ok(())
}

/// The bytes at a place; fewer where the file ends.
fn read_at(file: &std::fs::File, offset: u64, length: u64) -> io::Result<Bytes> {
    if length == 0 {
        return Ok(Bytes::new());
    }
    let mut bytes = vec![0; length as usize];
    let read = read_up_to(file, &mut bytes, offset)?;
    bytes.truncate(read);
    Ok(bytes.into())
}

fn check(segment: &Segment, sequence: Sequence, row: &Row, element: Bytes, before: Bytes) -> Item {
    let damaged = |offset| Item::Damaged {
        first: sequence,
        last: sequence,
        place: segment.place(offset),
    };
    let whole = element.len() == row.length as usize
        && element.len() > 2
        && crc32fast::hash(&element) == row.checksum;
    if row.flags & Row::LOST != 0 || !whole {
        return damaged(row.data_offset);
    }
    if before.len() != row.before_length as usize || crc32fast::hash(&before) != row.before_checksum {
        return damaged(row.before_offset);
    }
    Item::Revision(StoredRevision {
        sequence,
        update_time: row.time(),
        held: row.flags & Row::HELD != 0,
        previous: Sequence::new(row.previous),
        element,
        before,
    })
}

/// Adds a finding; damage of one place is told once.
fn push(items: &mut Vec<Item>, item: Item) {
    if let (
        Some(Item::Damaged { last, place, .. }),
        Item::Damaged {
            first,
            last: new,
            place: same,
        },
    ) = (items.last_mut(), &item)
        && place == same
        && last.next() == *first
    {
        *last = *new;
        return;
    }
    items.push(item);
}

/// The revisions of a segment that satisfy a query.
fn choose(segment: &Segment, query: &TermQuery) -> io::Result<Chosen> {
    Ok(match query {
        TermQuery::All => Chosen::All,
        TermQuery::Term(term) => Chosen::Some(list(segment, *term)?),
        TermQuery::And(parts) => {
            let mut chosen = Chosen::All;
            for part in parts {
                chosen = match (chosen, choose(segment, part)?) {
                    (Chosen::All, other) | (other, Chosen::All) => other,
                    (Chosen::Some(a), Chosen::Some(b)) => Chosen::Some(intersect(&a, &b)),
                };
                if matches!(&chosen, Chosen::Some(numbers) if numbers.is_empty()) {
                    break;
                }
            }
            chosen
        }
        TermQuery::Or(parts) => {
            let mut chosen = Vec::new();
            for part in parts {
                match choose(segment, part)? {
                    Chosen::All => return Ok(Chosen::All),
                    Chosen::Some(numbers) => chosen = unite(chosen, numbers),
                }
            }
            Chosen::Some(chosen)
        }
    })
}

fn list(segment: &Segment, term: Term) -> io::Result<Vec<u32>> {
    segment.list(term)
}

fn intersect(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long;
    let mut both = Vec::with_capacity(short.len());
    for number in short {
        rest = &rest[rest.partition_point(|other| other < number)..];
        if rest.first() == Some(number) {
            both.push(*number);
        }
    }
    both
}

fn unite(a: Vec<u32>, b: Vec<u32>) -> Vec<u32> {
    if a.is_empty() {
        return b;
    }
    if b.is_empty() {
        return a;
    }
    let mut either = a;
    either.extend(b);
    either.sort_unstable();
    either.dedup();
    either
}
