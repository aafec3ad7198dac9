//! Reading segments: revisions in order, and what the term indexes select. `runs` reads everything as it lies in the files, in `blocks`
//! that replays share; `query` chooses from the lists of terms; `gather` reads what lies about.

pub(crate) mod at;
pub(crate) mod blocks;
pub(crate) mod buffers;
pub(crate) mod gather;
pub(crate) mod query;
mod runs;

use std::io;

use bytes::Bytes;
use dateline_proto::time::Timestamp;

use self::{
    at::Wait,
    gather::{Spot, gather},
    query::{Chosen, choose},
};
use crate::{
    Item, ReadError, ReadLimit, Sequence, StoredRevision, Stretch, TermQuery,
    core::Core,
    element, lock,
    segment::{
        Segment,
        index::{Details, Located},
    },
};

/// Segments that one `select` looks through, so that a call ends although nothing matches.
const SEGMENTS_A_CALL: usize = 64;
/// Revisions that one `select` looks up in lists, about, before it stops at the end of a segment: some milliseconds.
const NUMBERS_A_CALL: usize = 1 << 20;
/// Rows that one `read` of everything looks at in a segment, at most, so that a limit in bytes alone does not read all of them each time.
const ROWS_A_CALL: u32 = 8192;

impl Core {
    pub(crate) fn read(&self, after: Sequence, limit: ReadLimit) -> Result<Stretch, ReadError> {
        self.walk(after, limit, &TermQuery::All)
    }

    /// Goes through segments after `after` until a limit is reached.
    fn walk(&self, after: Sequence, limit: ReadLimit, query: &TermQuery) -> Result<Stretch, ReadError> {
        let through = self.head().min(limit.through.unwrap_or(self.head()));
        let mut stretch = Stretch {
            items: Vec::new(),
            looked_through: after,
        };
        let mut bytes = limit.bytes;
        let mut left = limit.revisions.max(1);
        let (mut segments, mut numbers) = (0, 0);
        while stretch.looked_through < through
            && left > 0
            && segments < SEGMENTS_A_CALL
            && numbers < NUMBERS_A_CALL
        {
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
            segments += 1;
            let end = span.last().min(through);
            let wanted = Wanted {
                start: (at.get() - span.first.get()) as u32,
                end: (end.get() + 1 - span.first.get()) as u32,
            };
            let full = self
                .chosen(&segment, query, wanted.start)
                .and_then(|(chosen, kept)| {
                    numbers += chosen.numbers().map_or(0, <[u32]>::len);
                    let (located, more) = self.locate(&segment, &wanted, &chosen, left)?;
                    let cut = fit(&located, &mut bytes, stretch.items.is_empty());
                    let full = more || cut < located.len();
                    left -= cut;
                    self.load(&segment, &located[..cut], &mut stretch.items)?;
                    stretch.looked_through = match located[..cut].last() {
                        Some(last) if full => Sequence::new(span.first.get() + u64::from(last.number)),
                        None if full => stretch.looked_through,
                        _ => end,
                    };
                    match chosen {
                        Chosen::Whole(numbers) if full || end < span.last() => {
                            self.answers.keep(&segment, query, &numbers);
                        }
                        _ if kept => self.answers.forget(&segment, query),
                        _ => {}
                    }
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

    pub(crate) fn select(
        &self,
        after: Sequence,
        query: &TermQuery,
        limit: ReadLimit,
    ) -> Result<Stretch, ReadError> {
        self.walk(after, limit, query)
    }

    /// What a query chooses of a segment, and whether that was known from a call before.
    fn chosen(&self, segment: &Segment, query: &TermQuery, start: u32) -> io::Result<(Chosen, bool)> {
        if matches!(query, TermQuery::All) {
            return Ok((Chosen::All, false));
        }
        if let Some(known) = self.answers.get(segment, query) {
            return Ok((known, true));
        }
        Ok((choose(segment, query, start, &self.blocks.buffers)?, false))
    }

    /// At most `most` of those chosen, and whether there are more.
    fn locate(
        &self,
        segment: &Segment,
        wanted: &Wanted,
        chosen: &Chosen,
        most: usize,
    ) -> io::Result<(Vec<Located>, bool)> {
        let buffers = &self.blocks.buffers;
        match chosen.numbers() {
            None => {
                let most = u32::try_from(most).unwrap_or(u32::MAX).min(ROWS_A_CALL);
                let end = wanted.end.min(wanted.start.saturating_add(most));
                let numbers: Vec<u32> = (wanted.start..end).collect();
                Ok((segment.locate(&numbers, buffers)?, end < wanted.end))
            }
            Some(numbers) => {
                let from = numbers.partition_point(|number| *number < wanted.start);
                let to = numbers.partition_point(|number| *number < wanted.end);
                let cut = to.min(from.saturating_add(most));
                Ok((segment.locate(&numbers[from..cut], buffers)?, cut < to))
            }
        }
    }

    /// Reads revisions and checks them.
    fn load(&self, segment: &Segment, located: &[Located], items: &mut Vec<Item>) -> io::Result<()> {
        let file = segment.data(Wait::May)?;
        let buffers = &self.blocks.buffers;
        let element = |located: &Located| (u64::from(located.place.offset), located.place.length);
        let before = |located: &Located| {
            let details = located.details.unwrap_or_default();
            (details.before_offset, details.before_length)
        };
        let elements: Vec<Spot> = located.iter().map(element).collect();
        let befores: Vec<Spot> = located.iter().map(before).collect();
        let elements = gather(&file, &elements, buffers)?;
        let befores = gather(&file, &befores, buffers)?;
        for ((located, element), before) in located.iter().zip(elements).zip(befores) {
            push(items, check(segment, located, element, before));
        }
        Ok(())
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
            .then(|| segment.time_of(number, &self.blocks.buffers).ok())
            .flatten()
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
            let Ok(ordered) = segment.time_of(middle, &self.blocks.buffers) else {
                return segment.first.before();
            };
            if ordered < time {
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
    start: u32,
    end: u32,
}

/// How many elements fit into the bytes that are left; `one`: at least one.
fn fit(located: &[Located], bytes: &mut usize, one: bool) -> usize {
    for (number, located) in located.iter().enumerate() {
        let length = located.place.length as usize;
        if length > *bytes && !(one && number == 0) {
            return number;
        }
        *bytes = bytes.saturating_sub(length);
    }
    located.len()
}

fn check(segment: &Segment, located: &Located, element: Bytes, before: Bytes) -> Item {
    let sequence = Sequence::new(segment.first.get() + u64::from(located.number));
    let damaged = |offset| Item::Damaged {
        first: sequence,
        last: sequence,
        place: segment.place(offset),
    };
    if !located.place.fits(&element) {
        return damaged(u64::from(located.place.offset));
    }
    // What is not special is a first revision, and says itself when it was ordered.
    let details = located.details.unwrap_or_else(|| Details {
        time: element::update_time(&element),
        ..Details::default()
    });
    if before.len() != details.before_length as usize || crc32fast::hash(&before) != details.before_checksum {
        return damaged(details.before_offset);
    }
    Item::Revision(StoredRevision {
        sequence,
        update_time: details.time,
        held: details.is_held(),
        previous: Sequence::new(details.previous),
        element,
        before,
        terms: None,
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
