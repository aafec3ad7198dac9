//! The index of a segment: a row for each revision, and for each term the revisions that have it in their state before or after.
//!
//! Of the segment that is written to it is kept in memory; a sealed one's is a file beside it, which can always be made anew.

mod columns;
mod file;
mod header;
mod save;

use std::{collections::HashMap, io, path::Path};

use dateline_proto::time::Timestamp;
use foldhash::fast::RandomState;

pub(crate) use self::{
    columns::{Details, Located, Place},
    file::FileIndex,
    header::IndexHeader,
};
use super::record::{Record, Row};
use crate::{Sequence, Term};

/// Stands for revisions that cannot be read any more: every query finds them.
pub(crate) const LOST: Term = Term(u64::MAX);

/// What a segment spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: Sequence,
    pub(crate) count: u64,
    /// Numbers of the first and last entry; last < first where there is none.
    pub(crate) first_commit: u64,
    pub(crate) last_commit: u64,
    /// update_time of the last entry.
    pub(crate) last_time: Timestamp,
}

impl Span {
    pub(crate) fn last(&self) -> Sequence {
        Sequence::new(self.first.get() + self.count - 1)
    }
}

/// An index in memory.
#[derive(Debug, Default)]
pub(crate) struct MemoryIndex {
    pub(crate) span: Span,
    pub(crate) rows: Vec<Row>,
    postings: HashMap<Term, Vec<u32>, RandomState>,
}

impl MemoryIndex {
    pub(crate) fn new(first: Sequence, first_commit: u64, time: Timestamp) -> Self {
        Self {
            span: Span {
                first,
                count: 0,
                first_commit,
                last_commit: first_commit - 1,
                last_time: time,
            },
            ..Self::default()
        }
    }

    /// Takes in an entry that follows the last one.
    pub(crate) fn add<'a>(
        &mut self,
        commit: u64,
        time: Timestamp,
        rows: &[Row],
        terms: impl Iterator<Item = &'a [Term]>,
    ) {
        for (row, terms) in rows.iter().zip(terms) {
            let number = self.rows.len() as u32;
            self.rows.push(*row);
            for term in terms {
                self.postings.entry(*term).or_default().push(number);
            }
        }
        self.span.count = self.rows.len() as u64;
        self.span.last_commit = commit;
        self.span.last_time = time;
    }

    pub(crate) fn add_record(&mut self, record: &Record) {
        self.add(
            record.commit,
            record.time,
            &record.rows,
            record.terms.iter().map(Vec::as_slice),
        );
    }

    /// Marks everything up to `last` as lost at a place.
    pub(crate) fn lose_through(&mut self, last: Sequence, place: u64) {
        while self.span.last() < last {
            self.postings
                .entry(LOST)
                .or_default()
                .push(self.rows.len() as u32);
            self.rows.push(Row::lost(place, self.span.last_time));
            self.span.count += 1;
        }
    }

    /// The numbers of the revisions that have a term, ascending.
    pub(crate) fn list(&self, term: Term) -> &[u32] {
        self.postings.get(&term).map_or(&[], Vec::as_slice)
    }

    /// Writes the file.
    pub(crate) fn save(&self, path: &Path) -> io::Result<()> {
        save::save(self, path)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use std::collections::BTreeSet;

    use super::*;
    use crate::read::{at::Wait, buffers::Buffers};

    proptest! {
        #[test]
        fn a_saved_index_says_what_the_one_in_memory_says(entries in vec(vec(vec(0..199_u64, 0..4), 0..40), 0..60), lost in 0..300_u64, from in 0..1500_u64, some in vec(0.0..1.0, 0..40)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("1.index");
            let mut memory = MemoryIndex::new(Sequence::new(100), 7, Timestamp::default());
            for (commit, mut terms) in (7..).zip(entries) {
                for terms in &mut terms {
                    terms.sort_unstable();
                    terms.dedup();
                }
                let terms: Vec<Vec<Term>> = terms.into_iter().map(|terms| terms.into_iter().map(Term).collect()).collect();
                let rows: Vec<_> = (0..terms.len()).map(|part| Row { data_offset: commit, length: 100 + part as u32, previous: u64::from(part % 3 == 0), ..Row::default() }).collect();
                let time = Timestamp { seconds: commit as i64, nanos: 0 };
                memory.add(commit, time, &rows, terms.iter().map(Vec::as_slice));
            }
            memory.lose_through(Sequence::new(memory.span.last().get() + lost), 77);
            memory.save(&path).unwrap();
            let saved = FileIndex::open(&path).unwrap().unwrap();
            prop_assert_eq!(IndexHeader::read(&path).unwrap().map(|header| header.span), Some(memory.span));
            let buffers = Buffers::default();
            // Twice: what was checked is read in parts.
            for _ in 0..2 {
                let from = from.min(memory.span.count);
                let rows = &memory.rows[from as usize..];
                let places = saved.places(from, memory.span.count, &buffers, Wait::May).unwrap();
                prop_assert_eq!(places, rows.iter().map(Place::from).collect::<Vec<_>>());
                for number in (from..memory.span.count).step_by(7) {
                    prop_assert_eq!(saved.details(number, &buffers).unwrap(), Details::from(&memory.rows[number as usize]));
                }
                let numbers: Vec<u32> = some.iter().map(|part| (*part * memory.span.count as f64) as u32).collect::<BTreeSet<_>>()
                    .into_iter().filter(|number| u64::from(*number) < memory.span.count).collect();
                let located: Vec<_> = numbers.iter().map(|number| Located::of(*number, &memory.rows[*number as usize])).collect();
                prop_assert_eq!(saved.locate(&numbers, &buffers).unwrap(), located);
            }
            for term in (0..200).map(Term).chain([LOST]) {
                let list = saved.find(term).unwrap().map(|place| saved.list(place, &buffers).unwrap());
                prop_assert_eq!(list.as_deref().unwrap_or_default(), memory.list(term));
            }
            prop_assert_eq!(memory.list(LOST).len() as u64, lost);
        }
    }
}
