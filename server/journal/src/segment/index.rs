//! The index of a segment: a row for each revision, and for each term the revisions that have it in their state before or after.
//!
//! Of the segment that is written to it is kept in memory; a sealed one's is a file beside it, which can always be made anew.

use std::{collections::HashMap, fs, io, os::unix::fs::FileExt, path::Path};

use bytes::{Buf, BufMut};
use dateline_proto::time::Timestamp;

use super::record::{Record, Row};
use crate::{Sequence, Term, read::buffers::Buffers};

const MAGIC: [u8; 8] = *b"DTLNIDX1";
const HEADER: usize = 104;
/// Term, offset and length of its list.
const DIRECTORY_ROW: usize = 20;

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
    postings: HashMap<Term, Vec<u32>>,
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

    pub(crate) fn list(&self, term: Term) -> Vec<u32> {
        self.postings.get(&term).cloned().unwrap_or_default()
    }

    /// Writes the file.
    pub(crate) fn save(&self, path: &Path) -> io::Result<()> {
        let mut terms: Vec<_> = self.postings.iter().collect();
        terms.sort_unstable_by_key(|(term, _)| **term);
        let mut directory = Vec::with_capacity(terms.len() * DIRECTORY_ROW);
        let mut lists = Vec::new();
        for (term, numbers) in &terms {
            directory.put_u64_le(term.0);
            directory.put_u64_le(lists.len() as u64);
            let start = lists.len();
            let mut last = 0;
            for number in *numbers {
                prost::encoding::encode_varint(u64::from(number - last), &mut lists);
                last = *number;
            }
            directory.put_u32_le((lists.len() - start) as u32);
        }
        let mut body = Vec::with_capacity(self.rows.len() * Row::LEN + directory.len() + lists.len());
        for row in &self.rows {
            row.put(&mut body);
        }
        body.extend_from_slice(&directory);
        body.extend_from_slice(&lists);

        let mut file = Vec::with_capacity(HEADER + body.len());
        file.put_slice(&MAGIC);
        file.put_u64_le(self.span.first.get());
        file.put_u64_le(self.span.count);
        file.put_u64_le(self.span.first_commit);
        file.put_u64_le(self.span.last_commit);
        file.put_i64_le(self.span.last_time.seconds);
        file.put_u64_le(u64::from(self.span.last_time.nanos.unsigned_abs()));
        file.put_u64_le(terms.len() as u64);
        file.put_u64_le(lists.len() as u64);
        file.put_u32_le(crc32fast::hash(&body));
        file.put_bytes(0, HEADER - 4 - file.len());
        file.put_u32_le(crc32fast::hash(&file));
        file.extend_from_slice(&body);
        super::write_whole(path, &file)
    }
}

/// An index in a file, read by position.
#[derive(Debug)]
pub(crate) struct FileIndex {
    file: fs::File,
    pub(crate) span: Span,
    terms: u64,
    lists_len: u64,
    checksum: u32,
}

impl FileIndex {
    /// Opens the file and checks its header. None: there is no index, or none that can be used.
    pub(crate) fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = match fs::File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut header = [0; HEADER];
        if file.read_exact_at(&mut header, 0).is_err() {
            return Ok(None);
        }
        let (body, mut checksum) = header.split_at(HEADER - 4);
        if checksum.get_u32_le() != crc32fast::hash(body) || !body.starts_with(&MAGIC) {
            return Ok(None);
        }
        let mut rest = &body[MAGIC.len()..];
        let span = Span {
            first: Sequence::new(rest.get_u64_le()),
            count: rest.get_u64_le(),
            first_commit: rest.get_u64_le(),
            last_commit: rest.get_u64_le(),
            last_time: Timestamp {
                seconds: rest.get_i64_le(),
                nanos: rest.get_u64_le() as i32,
            },
        };
        Ok(Some(Self {
            file,
            span,
            terms: rest.get_u64_le(),
            lists_len: rest.get_u64_le(),
            checksum: rest.get_u32_le(),
        }))
    }

    /// Whether all of it is as it was written. Reads the whole file.
    pub(crate) fn is_whole(&self) -> io::Result<bool> {
        let length = self.lists() + self.lists_len - HEADER as u64;
        if self.file.metadata()?.len() != HEADER as u64 + length {
            return Ok(false);
        }
        let mut body = vec![0; length as usize];
        self.file.read_exact_at(&mut body, HEADER as u64)?;
        Ok(crc32fast::hash(&body) == self.checksum)
    }

    /// Rows by number within the segment, half open; `end` at most the count.
    pub(crate) fn rows(&self, start: u64, end: u64) -> io::Result<Vec<Row>> {
        let mut bytes = vec![0; (end - start) as usize * Row::LEN];
        self.file
            .read_exact_at(&mut bytes, HEADER as u64 + start * Row::LEN as u64)?;
        let (rows, _) = bytes.as_chunks();
        Ok(rows.iter().map(Row::read).collect())
    }

    /// Shows each of these rows; memory to read them into comes from `buffers`.
    pub(crate) fn each_row(
        &self,
        start: u64,
        end: u64,
        buffers: &Buffers,
        mut show: impl FnMut(&Row),
    ) -> io::Result<()> {
        let mut buffer = buffers.take((end - start) as usize * Row::LEN);
        self.file
            .read_exact_at(buffer.bytes_mut(), HEADER as u64 + start * Row::LEN as u64)?;
        let (rows, _) = buffer.as_ref().as_chunks();
        rows.iter().for_each(|row| show(&Row::read(row)));
        Ok(())
    }

    /// The numbers of the revisions that have a term, ascending.
    pub(crate) fn list(&self, term: Term) -> io::Result<Vec<u32>> {
        let Some((offset, length)) = self.find(term)? else {
            return Ok(Vec::new());
        };
        let mut bytes = vec![0; length as usize];
        self.file.read_exact_at(&mut bytes, self.lists() + offset)?;
        let mut rest = bytes.as_slice();
        let mut numbers = Vec::with_capacity(bytes.len());
        let mut last = 0;
        while rest.has_remaining() {
            let step = prost::encoding::decode_varint(&mut rest).map_err(io::Error::other)?;
            last += step as u32;
            numbers.push(last);
        }
        Ok(numbers)
    }

    /// Binary search in the directory.
    fn find(&self, term: Term) -> io::Result<Option<(u64, u32)>> {
        let (mut low, mut high) = (0, self.terms);
        while low < high {
            let middle = low + (high - low) / 2;
            let mut row = [0; DIRECTORY_ROW];
            self.file
                .read_exact_at(&mut row, self.directory() + middle * DIRECTORY_ROW as u64)?;
            let mut rest = row.as_slice();
            match rest.get_u64_le().cmp(&term.0) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(Some((rest.get_u64_le(), rest.get_u32_le()))),
            }
        }
        Ok(None)
    }

    fn directory(&self) -> u64 {
        HEADER as u64 + self.span.count * Row::LEN as u64
    }

    fn lists(&self) -> u64 {
        self.directory() + self.terms * DIRECTORY_ROW as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn a_saved_index_says_what_the_one_in_memory_says(entries in vec(vec(vec(0..20_u64, 0..4), 0..4), 0..30), lost in 0..3_u64) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("1.index");
            let mut memory = MemoryIndex::new(Sequence::new(100), 7, Timestamp::default());
            for (commit, mut terms) in (7..).zip(entries) {
                for terms in &mut terms {
                    terms.sort_unstable();
                    terms.dedup();
                }
                let terms: Vec<Vec<Term>> = terms.into_iter().map(|terms| terms.into_iter().map(Term).collect()).collect();
                let rows: Vec<_> = (0..terms.len()).map(|part| Row { data_offset: commit, length: part as u32, ..Row::default() }).collect();
                let time = Timestamp { seconds: commit as i64, nanos: 0 };
                memory.add(commit, time, &rows, terms.iter().map(Vec::as_slice));
            }
            memory.lose_through(Sequence::new(memory.span.last().get() + lost), 77);
            memory.save(&path).unwrap();
            let saved = FileIndex::open(&path).unwrap().unwrap();
            prop_assert!(saved.is_whole().unwrap());
            prop_assert_eq!(saved.span, memory.span);
            prop_assert_eq!(saved.rows(0, saved.span.count).unwrap(), memory.rows.clone());
            for term in (0..21).map(Term).chain([LOST]) {
                prop_assert_eq!(saved.list(term).unwrap(), memory.list(term));
            }
            prop_assert_eq!(memory.list(LOST).len() as u64, lost);
        }
    }
}
