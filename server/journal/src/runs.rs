//! Runs: stretches of the journal as they lie in the files, for whoever sends all of it.

use std::{ops::Range, sync::Arc};

use bytes::Bytes;
use dateline_proto::time::Timestamp;

use crate::{Sequence, element};

/// A stretch of the journal, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// What was found, in order.
    pub items: Vec<RunItem>,
    /// Everything after the start and through here was looked at; continue after it. The start itself when nothing was.
    pub looked_through: Sequence,
}

/// One finding of a read of runs.
#[derive(Clone, Debug)]
pub enum RunItem {
    /// Revisions that lie side by side.
    Run(Run),
    /// Revisions that cannot be read any more.
    Damaged {
        /// The first of them.
        first: Sequence,
        /// The last of them.
        last: Sequence,
        /// File and byte offset, for people: `00000003.segment:4096`.
        place: String,
    },
}

/// Revisions of consecutive sequences, at least one, whose elements lie side by side, each checked against its checksum. Cheap to clone
/// and to cut; all parts are slices of one allocation, which lives as long as one of them.
#[derive(Clone, Debug)]
pub struct Run {
    first: Sequence,
    bytes: Bytes,
    /// Where each element ends, in what the run was cut from.
    ends: Arc<[u32]>,
    /// Which of `ends` are this run's.
    part: Range<usize>,
    /// Where `bytes` start, in what the run was cut from.
    start: u32,
}

impl Run {
    /// `ends`: where each element ends in `bytes`; not empty.
    pub(crate) fn new(first: Sequence, bytes: Bytes, ends: Arc<[u32]>) -> Self {
        debug_assert_eq!(ends.last().map(|end| *end as usize), Some(bytes.len()));
        Self {
            first,
            bytes,
            part: 0..ends.len(),
            ends,
            start: 0,
        }
    }

    /// The sequence of the first revision; the others follow without a gap.
    pub fn first(&self) -> Sequence {
        self.first
    }

    /// The sequence of the last revision.
    pub fn last(&self) -> Sequence {
        Sequence::new(self.first.get() + self.count() as u64 - 1)
    }

    /// How many revisions, 1 or more.
    pub fn count(&self) -> usize {
        self.part.len()
    }

    /// Elements of `dateline.v1.EventBatch.events`, side by side: any stretch of whole elements is the body of a batch without a cursor.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Where in [`Run::bytes`] each element ends, as byte offsets, ascending.
    pub fn ends(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        let start = self.start;
        self.ends[self.part.clone()]
            .iter()
            .map(move |end| (end - start) as usize)
    }

    /// Where in [`Run::bytes`] the first `count` elements end.
    ///
    /// # Panics
    ///
    /// There are not that many.
    pub fn end(&self, count: usize) -> usize {
        match count {
            0 => 0,
            _ => (self.ends[self.part.clone()][count - 1] - self.start) as usize,
        }
    }

    /// One element, counted from 0.
    ///
    /// # Panics
    ///
    /// There are not that many.
    pub fn element(&self, number: usize) -> Bytes {
        self.bytes.slice(self.end(number)..self.end(number + 1))
    }

    /// When a revision was ordered, counted from 0.
    ///
    /// # Panics
    ///
    /// There are not that many.
    pub fn update_time(&self, number: usize) -> Timestamp {
        element::update_time(&self.bytes[..self.end(number + 1)])
    }

    /// How many of the first elements take at most so many bytes.
    pub fn fitting(&self, bytes: usize) -> usize {
        let most = u64::from(self.start) + bytes as u64;
        self.ends[self.part.clone()].partition_point(|end| u64::from(*end) <= most)
    }

    /// Cuts off the first `count` revisions, 1 or more and not all, and returns them.
    ///
    /// # Panics
    ///
    /// One side would be empty.
    pub fn split_to(&mut self, count: usize) -> Self {
        assert!(
            0 < count && count < self.count(),
            "both sides of a cut have revisions"
        );
        let end = self.end(count);
        let middle = self.part.start + count;
        let front = Self {
            first: self.first,
            bytes: self.bytes.split_to(end),
            ends: self.ends.clone(),
            part: self.part.start..middle,
            start: self.start,
        };
        self.first = Sequence::new(self.first.get() + count as u64);
        self.part.start = middle;
        self.start += end as u32;
        front
    }

    /// The revisions from `first` to `last` that are in it, if any.
    pub(crate) fn within(&self, first: Sequence, last: Sequence) -> Option<Self> {
        let (from, to) = (first.max(self.first), last.min(self.last()));
        if from > to {
            return None;
        }
        let mut run = self.clone();
        if from > run.first {
            run.split_to((from.get() - run.first.get()) as usize);
        }
        if to < run.last() {
            run = run.split_to((to.get() - from.get() + 1) as usize);
        }
        Some(run)
    }
}

impl RunItem {
    /// The last of its revisions.
    pub(crate) fn last(&self) -> Sequence {
        match self {
            Self::Run(run) => run.last(),
            Self::Damaged { last, .. } => *last,
        }
    }

    /// What of it lies from `first` to `last`.
    pub(crate) fn within(&self, from: Sequence, to: Sequence) -> Option<Self> {
        match self {
            Self::Run(run) => run.within(from, to).map(Self::Run),
            Self::Damaged { first, last, place } => {
                let (first, last) = (from.max(*first), to.min(*last));
                (first <= last).then(|| Self::Damaged {
                    first,
                    last,
                    place: place.clone(),
                })
            }
        }
    }
}

impl Runs {
    /// Adds a finding; damage of one place is told once.
    pub(crate) fn push(&mut self, item: RunItem) {
        if let (
            Some(RunItem::Damaged { last, place, .. }),
            RunItem::Damaged {
                first,
                last: new,
                place: same,
            },
        ) = (self.items.last_mut(), &item)
            && place == same
            && last.next() == *first
        {
            *last = *new;
            return;
        }
        self.items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn run(lengths: &[u8]) -> (Run, Vec<Vec<u8>>) {
        let elements: Vec<Vec<u8>> = lengths
            .iter()
            .enumerate()
            .map(|(number, length)| vec![number as u8; 1 + usize::from(*length)])
            .collect();
        let mut end = 0;
        let ends: Arc<[u32]> = elements
            .iter()
            .map(|element| {
                end += element.len() as u32;
                end
            })
            .collect();
        (
            Run::new(Sequence::new(10), elements.concat().into(), ends),
            elements,
        )
    }

    proptest! {
        #[test]
        fn a_part_of_a_run_is_the_same_elements(lengths in vec(any::<u8>(), 1..20), from in 0..25_u64, to in 0..25_u64, bytes in 0..2000_usize) {
            let (whole, elements) = run(&lengths);
            let (from, to) = (Sequence::new(5 + from), Sequence::new(5 + to));
            let wanted: Vec<_> = (10..).zip(&elements).filter(|(at, _)| (from.get()..=to.get()).contains(at)).collect();
            let Some(part) = whole.within(from, to) else {
                prop_assert!(wanted.is_empty());
                return Ok(());
            };
            prop_assert_eq!((part.first().get(), part.last().get()), (wanted[0].0, wanted[wanted.len() - 1].0));
            prop_assert_eq!(part.count(), wanted.len());
            let expected = wanted.iter().flat_map(|(_, element)| element.to_vec()).collect::<Vec<u8>>();
            prop_assert_eq!(part.bytes().as_ref(), expected);
            for (number, (_, element)) in wanted.iter().enumerate() {
                prop_assert_eq!(&part.element(number), element.as_slice());
            }
            prop_assert_eq!(part.ends().collect::<Vec<_>>(), (1..=part.count()).map(|count| part.end(count)).collect::<Vec<_>>());
            let fitting = part.fitting(bytes);
            prop_assert!(part.end(fitting) <= bytes);
            prop_assert!(fitting == part.count() || part.end(fitting + 1) > bytes);
        }
    }
}
