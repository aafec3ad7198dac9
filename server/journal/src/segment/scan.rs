//! Reading the side area of a segment back: its records in order, and the places where there is none that is whole.

use std::{fs::File, io, os::unix::fs::FileExt, path::Path};

use bytes::Bytes;

use super::{
    Header,
    index::MemoryIndex,
    record::{ALIGN, MAGIC, Record, frame},
};
use crate::Sequence;

/// What stands in a side area, in order.
#[derive(Debug)]
pub(crate) enum Found {
    /// A record, and where it ends.
    Record {
        record: Box<Record>,
        offset: u64,
        end: u64,
    },
    /// Bytes that are no record, half open.
    Bad { offset: u64, end: u64 },
}

/// The records of a segment.
#[derive(Debug)]
pub(crate) struct Scan {
    side: Bytes,
    start: u64,
    at: usize,
    /// Number of the newest entry seen.
    commit: u64,
}

impl Scan {
    /// Reads the side area; it is about as large as a segment may be.
    pub(crate) fn new(file: &File, header: &Header) -> io::Result<Self> {
        let length = file.metadata()?.len().saturating_sub(header.side_start);
        let mut side = vec![0; length as usize];
        file.read_exact_at(&mut side, header.side_start)?;
        Ok(Self {
            side: side.into(),
            start: header.side_start,
            at: 0,
            commit: header.first_commit - 1,
        })
    }

    /// The record at a place, if one stands there that may follow what was seen.
    fn record_at(&self, at: usize) -> Option<(Record, usize)> {
        let (body, length) = frame(&self.side.slice(at..))?;
        let record = Record::read(body)?;
        (record.commit > self.commit).then_some((record, length))
    }
}

impl Iterator for Scan {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let from = self.at;
        let mut at = from;
        let magic = MAGIC.to_le_bytes();
        while at < self.side.len() {
            let found = self.side[at..]
                .starts_with(&magic)
                .then(|| self.record_at(at))
                .flatten();
            if let Some((record, length)) = found {
                if at > from {
                    // The record is found again by the next call.
                    self.at = at;
                    return Some(Found::Bad {
                        offset: self.start + from as u64,
                        end: self.start + at as u64,
                    });
                }
                self.commit = record.commit;
                self.at = (at + length).min(self.side.len());
                return Some(Found::Record {
                    record: Box::new(record),
                    offset: self.start + at as u64,
                    end: self.start + self.at as u64,
                });
            }
            at += ALIGN as usize;
        }
        self.at = self.side.len();
        let last = self.side[from..].iter().rposition(|byte| *byte != 0)?;
        Some(Found::Bad {
            offset: self.start + from as u64,
            end: self.start + ((from + last + 1) as u64).next_multiple_of(ALIGN),
        })
    }
}

/// The index of a sealed segment, made anew. What has no record is lost, through `last`.
pub(crate) fn rebuild(path: &Path, last: Sequence) -> io::Result<MemoryIndex> {
    let file = File::open(path)?;
    let header = Header::read(&file)?.ok_or_else(|| io::Error::other("the segment's header is damaged"))?;
    let mut index = MemoryIndex::new(header.first, header.first_commit, header.time);
    let mut bad = header.side_start;
    for found in Scan::new(&file, &header)? {
        match found {
            Found::Record { record, .. } => {
                index.lose_through(record.first.before(), bad);
                index.add_record(&record);
            }
            Found::Bad { offset, .. } => bad = offset,
        }
    }
    index.lose_through(last, bad);
    Ok(index)
}
