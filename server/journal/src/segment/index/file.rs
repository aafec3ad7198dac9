//! The index of a sealed segment, in a file beside it, read by position. What is read is checked the first time: places and details by
//! groups, a list as a whole. So the first question after a start costs what it needs, not a look at all of the file.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::FileExt,
    path::Path,
};

use bytes::Buf;

use super::{
    columns::{Column, Details, Located, Place},
    header::{DIRECTORY_ROW, IndexHeader, open},
};
use crate::{
    Term,
    read::{at::Wait, buffers::Buffers},
};

/// Places closer than this are read in one go: copying what is between costs what another call would.
const NEAR_PLACES: u32 = 256;
/// The same of details.
const NEAR_DETAILS: u32 = 64;
/// Of every so many terms of the directory one is kept in memory.
const FENCE: u64 = 64;

/// An index in a file.
///
/// # Errors
///
/// Methods fail with `InvalidData` when what they need is not as it was written: the index is to be made anew.
#[derive(Debug)]
pub(crate) struct FileIndex {
    file: fs::File,
    header: IndexHeader,
    fences: Vec<u64>,
    places: Column<{ Place::LEN }>,
    details: Column<{ Details::LEN }>,
}

/// A list in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListPlace {
    offset: u64,
    length: u32,
    checksum: u32,
}

impl ListPlace {
    /// About as many revisions are in it, at most.
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }
}

impl FileIndex {
    /// Opens an index and checks its tables. None: there is none that can be used.
    pub(crate) fn open(path: &Path) -> io::Result<Option<Self>> {
        let Some((file, header)) = open(path)?.filter(|(_, header)| header.current) else {
            return Ok(None);
        };
        if file.metadata()?.len() != header.lists() + header.lists_len {
            return Ok(None);
        }
        let mut tables = vec![0; header.directory_len() + 2 * header.checksums_len()];
        file.read_exact_at(&mut tables, header.directory())?;
        if crc32fast::hash(&tables) != header.checksum {
            return Ok(None);
        }
        let (directory, checksums) = tables.split_at(header.directory_len());
        let (places, details) = checksums.split_at(header.checksums_len());
        let fences = directory.chunks(DIRECTORY_ROW).step_by(FENCE as usize);
        let count = header.span.count;
        Ok(Some(Self {
            fences: fences.map(|mut row| row.get_u64_le()).collect(),
            places: Column::new(header.places(), count, places),
            details: Column::new(header.details(), count, details),
            file,
            header,
        }))
    }

    /// Places by number within the segment, half open; `end` at most the count. Memory to read into comes from `buffers`.
    pub(crate) fn places(
        &self,
        start: u64,
        end: u64,
        buffers: &Buffers,
        wait: Wait,
    ) -> io::Result<Vec<Place>> {
        let items = self.places.read(&self.file, start, end, buffers, wait)?;
        Ok(items.get().iter().map(Place::read).collect())
    }

    /// The rest of one row.
    pub(crate) fn details(&self, number: u64, buffers: &Buffers) -> io::Result<Details> {
        let items = self
            .details
            .read(&self.file, number, number + 1, buffers, Wait::May)?;
        Ok(Details::read(&items.get()[0]))
    }

    /// Revisions of these numbers, ascending.
    pub(crate) fn locate(&self, numbers: &[u32], buffers: &Buffers) -> io::Result<Vec<Located>> {
        let mut located = Vec::with_capacity(numbers.len());
        for near in chunks(numbers, NEAR_PLACES) {
            let start = near[0];
            let end = u64::from(near[near.len() - 1]) + 1;
            let items = self
                .places
                .read(&self.file, u64::from(start), end, buffers, Wait::May)?;
            located.extend(near.iter().map(|number| Located {
                number: *number,
                place: Place::read(&items.get()[(number - start) as usize]),
                details: None,
            }));
        }
        let special = |located: &Located| located.place.special.then_some(located.number);
        let special: Vec<u32> = located.iter().filter_map(special).collect();
        let mut rest = located.iter_mut().filter(|located| located.place.special);
        for near in chunks(&special, NEAR_DETAILS) {
            let start = near[0];
            let end = u64::from(near[near.len() - 1]) + 1;
            let items = self
                .details
                .read(&self.file, u64::from(start), end, buffers, Wait::May)?;
            for (number, located) in near.iter().zip(&mut rest) {
                located.details = Some(Details::read(&items.get()[(number - start) as usize]));
            }
        }
        Ok(located)
    }

    /// Where the list of a term is. None: no revision has it.
    pub(crate) fn find(&self, term: Term) -> io::Result<Option<ListPlace>> {
        let after = self.fences.partition_point(|fence| *fence <= term.0) as u64;
        let Some(start) = after.checked_sub(1).map(|fence| fence * FENCE) else {
            return Ok(None);
        };
        let mut bytes = [0; FENCE as usize * DIRECTORY_ROW];
        let count = FENCE.min(self.header.terms - start) as usize;
        let bytes = &mut bytes[..count * DIRECTORY_ROW];
        self.file
            .read_exact_at(bytes, self.header.directory() + start * DIRECTORY_ROW as u64)?;
        let (rows, _) = bytes.as_chunks::<DIRECTORY_ROW>();
        let found = rows.binary_search_by_key(&term.0, |row| row.as_slice().get_u64_le());
        Ok(found.ok().map(|number| {
            let mut row = &rows[number][8..];
            ListPlace {
                offset: row.get_u64_le(),
                length: row.get_u32_le(),
                checksum: row.get_u32_le(),
            }
        }))
    }

    /// Reads a list: numbers of revisions within the segment, ascending.
    pub(crate) fn list(&self, place: ListPlace, buffers: &Buffers) -> io::Result<Vec<u32>> {
        let mut buffer = buffers.take(place.len());
        self.file
            .read_exact_at(buffer.bytes_mut(), self.header.lists() + place.offset)?;
        let mut rest = buffer.as_ref();
        if crc32fast::hash(rest) != place.checksum {
            return Err(ErrorKind::InvalidData.into());
        }
        let mut numbers = Vec::with_capacity(place.len());
        let mut last = 0;
        while let [first, after @ ..] = rest {
            let mut step = u32::from(*first);
            rest = after;
            if step >= 0x80 {
                step &= 0x7F;
                let mut shift = 7;
                while let [next, after @ ..] = rest {
                    step |= u32::from(next & 0x7F) << shift;
                    shift += 7;
                    rest = after;
                    if *next < 0x80 || shift > 28 {
                        break;
                    }
                }
            }
            last += step;
            numbers.push(last);
        }
        Ok(numbers)
    }
}

/// Numbers that are read in one go: closer than `near`, and not more than a buffer takes.
fn chunks(numbers: &[u32], near: u32) -> impl Iterator<Item = &[u32]> {
    const MOST: u32 = 4096;
    let mut rest = numbers;
    std::iter::from_fn(move || {
        let start = *rest.first()?;
        let close = |pair: &&[u32]| pair[1] - pair[0] <= near && pair[1] - start < MOST;
        let count = 1 + rest.windows(2).take_while(close).count();
        let (chunk, after) = rest.split_at(count);
        rest = after;
        Some(chunk)
    })
}
