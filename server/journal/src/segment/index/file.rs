//! The index of a sealed segment, in a file beside it, read by position. What is read is checked the first time: rows by groups, a list
//! as a whole. So the first question after a start costs what it needs, not a look at all of the file.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::FileExt,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use bytes::{Buf, BufMut};
use dateline_proto::time::Timestamp;

use super::{MemoryIndex, Span};
use crate::{Sequence, Term, read::buffers::Buffers, segment::record::Row};

const MAGIC: [u8; 8] = *b"DTLNIDX2";
/// Had one checksum over everything; its header says the same. Such an index is made anew when it is first used.
const MAGIC_1: [u8; 8] = *b"DTLNIDX1";
const HEADER: usize = 104;
/// Term, offset, length and checksum of its list.
const DIRECTORY_ROW: usize = 24;
/// Rows with one checksum.
const GROUP: u64 = 512;
/// Rows closer than this are read in one go: copying what is between costs what another call would.
const NEAR: u32 = 32;
/// Of every so many terms of the directory one is kept in memory.
const FENCE: u64 = 64;

/// What stands at the start of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndexHeader {
    pub(crate) span: Span,
    current: bool,
    terms: u64,
    lists_len: u64,
    /// Of the directory and the groups' checksums.
    checksum: u32,
}

impl IndexHeader {
    /// None: there is no index, or none that can be used.
    pub(crate) fn read(path: &Path) -> io::Result<Option<Self>> {
        Ok(open(path)?.map(|(_, header)| header))
    }

    fn decode(bytes: &[u8; HEADER]) -> Option<Self> {
        let (body, mut checksum) = bytes.split_at(HEADER - 4);
        let current = body.starts_with(&MAGIC);
        if checksum.get_u32_le() != crc32fast::hash(body) || !current && !body.starts_with(&MAGIC_1) {
            return None;
        }
        let mut rest = &body[MAGIC.len()..];
        Some(Self {
            span: Span {
                first: Sequence::new(rest.get_u64_le()),
                count: rest.get_u64_le(),
                first_commit: rest.get_u64_le(),
                last_commit: rest.get_u64_le(),
                last_time: Timestamp {
                    seconds: rest.get_i64_le(),
                    nanos: rest.get_u64_le() as i32,
                },
            },
            current,
            terms: rest.get_u64_le(),
            lists_len: rest.get_u64_le(),
            checksum: rest.get_u32_le(),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.put_slice(&MAGIC);
        out.put_u64_le(self.span.first.get());
        out.put_u64_le(self.span.count);
        out.put_u64_le(self.span.first_commit);
        out.put_u64_le(self.span.last_commit);
        out.put_i64_le(self.span.last_time.seconds);
        out.put_u64_le(u64::from(self.span.last_time.nanos.unsigned_abs()));
        out.put_u64_le(self.terms);
        out.put_u64_le(self.lists_len);
        out.put_u32_le(self.checksum);
        out.resize(start + HEADER - 4, 0);
        out.put_u32_le(crc32fast::hash(&out[start..]));
    }

    fn directory(&self) -> u64 {
        HEADER as u64 + self.span.count * Row::LEN as u64
    }

    fn directory_len(&self) -> usize {
        self.terms as usize * DIRECTORY_ROW
    }

    fn groups(&self) -> u64 {
        self.span.count.div_ceil(GROUP)
    }

    fn lists(&self) -> u64 {
        self.directory() + self.directory_len() as u64 + self.groups() * 4
    }
}

fn open(path: &Path) -> io::Result<Option<(fs::File, IndexHeader)>> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut header = [0; HEADER];
    if file.read_exact_at(&mut header, 0).is_err() {
        return Ok(None);
    }
    Ok(IndexHeader::decode(&header).map(|header| (file, header)))
}

/// Writes an index into a file.
pub(super) fn save(index: &MemoryIndex, path: &Path) -> io::Result<()> {
    let mut terms: Vec<_> = index.postings.iter().collect();
    terms.sort_unstable_by_key(|(term, _)| **term);
    let mut rows = Vec::with_capacity(index.rows.len() * Row::LEN);
    for row in &index.rows {
        row.put(&mut rows);
    }
    let mut tables = Vec::with_capacity(terms.len() * DIRECTORY_ROW);
    let mut lists = Vec::new();
    for (term, numbers) in &terms {
        let start = lists.len();
        let mut last = 0;
        for number in *numbers {
            prost::encoding::encode_varint(u64::from(number - last), &mut lists);
            last = *number;
        }
        tables.put_u64_le(term.0);
        tables.put_u64_le(start as u64);
        tables.put_u32_le((lists.len() - start) as u32);
        tables.put_u32_le(crc32fast::hash(&lists[start..]));
    }
    for group in rows.chunks(GROUP as usize * Row::LEN) {
        tables.put_u32_le(crc32fast::hash(group));
    }
    let header = IndexHeader {
        span: index.span,
        current: true,
        terms: terms.len() as u64,
        lists_len: lists.len() as u64,
        checksum: crc32fast::hash(&tables),
    };
    let mut file = Vec::with_capacity(HEADER + rows.len() + tables.len() + lists.len());
    header.encode(&mut file);
    file.extend_from_slice(&rows);
    file.extend_from_slice(&tables);
    file.extend_from_slice(&lists);
    crate::segment::write_whole(path, &file)
}

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
    groups: Vec<Group>,
}

/// Rows that are checked together.
#[derive(Debug)]
struct Group {
    checksum: u32,
    checked: AtomicBool,
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
        let mut tables = vec![0; header.directory_len() + header.groups() as usize * 4];
        file.read_exact_at(&mut tables, header.directory())?;
        if crc32fast::hash(&tables) != header.checksum {
            return Ok(None);
        }
        let (directory, groups) = tables.split_at(header.directory_len());
        let fences = directory.chunks(DIRECTORY_ROW).step_by(FENCE as usize);
        let groups = groups.chunks(4).map(|mut checksum| Group {
            checksum: checksum.get_u32_le(),
            checked: AtomicBool::new(false),
        });
        Ok(Some(Self {
            fences: fences.map(|mut row| row.get_u64_le()).collect(),
            groups: groups.collect(),
            file,
            header,
        }))
    }

    /// Shows each of these rows with its number within the segment, half open; `end` at most the count. Memory comes from `buffers`.
    pub(crate) fn rows(
        &self,
        start: u64,
        end: u64,
        buffers: &Buffers,
        show: &mut dyn FnMut(u64, &Row),
    ) -> io::Result<()> {
        let mut at = start;
        while at < end {
            let number = at / GROUP;
            let group = &self.groups[number as usize];
            let (first, last) = (
                number * GROUP,
                (number * GROUP + GROUP).min(self.header.span.count),
            );
            let until = end.min(last);
            let checked = group.checked.load(Ordering::Relaxed);
            let (from, to) = if checked { (at, until) } else { (first, last) };
            let mut buffer = buffers.take((to - from) as usize * Row::LEN);
            self.file
                .read_exact_at(buffer.bytes_mut(), HEADER as u64 + from * Row::LEN as u64)?;
            if !checked {
                if crc32fast::hash(buffer.as_ref()) != group.checksum {
                    return Err(ErrorKind::InvalidData.into());
                }
                group.checked.store(true, Ordering::Relaxed);
            }
            let (rows, _) = buffer.as_ref().as_chunks();
            let wanted = &rows[(at - from) as usize..(until - from) as usize];
            for (number, row) in (at..).zip(wanted) {
                show(number, &Row::read(row));
            }
            at = until;
        }
        Ok(())
    }

    /// Rows of these numbers, ascending.
    pub(crate) fn pick(&self, numbers: &[u32], buffers: &Buffers) -> io::Result<Vec<(u32, Row)>> {
        let mut picked = Vec::with_capacity(numbers.len());
        let mut buffer = buffers.take(GROUP as usize * Row::LEN);
        let bytes = buffer.bytes_mut();
        for near in numbers.chunk_by(|a, b| b - a <= NEAR && u64::from(*a) / GROUP == u64::from(*b) / GROUP) {
            let (first, last) = (near[0], near[near.len() - 1]);
            self.check(u64::from(first) / GROUP, bytes)?;
            let bytes = &mut bytes[..(last - first + 1) as usize * Row::LEN];
            self.file
                .read_exact_at(bytes, HEADER as u64 + u64::from(first) * Row::LEN as u64)?;
            let (rows, _) = bytes.as_chunks();
            let wanted = near
                .iter()
                .map(|number| (*number, Row::read(&rows[(number - first) as usize])));
            picked.extend(wanted);
        }
        Ok(picked)
    }

    /// Checks a group of rows, once.
    fn check(&self, number: u64, bytes: &mut [u8]) -> io::Result<()> {
        let group = &self.groups[number as usize];
        if group.checked.load(Ordering::Relaxed) {
            return Ok(());
        }
        let count = GROUP.min(self.header.span.count - number * GROUP);
        let bytes = &mut bytes[..count as usize * Row::LEN];
        self.file
            .read_exact_at(bytes, HEADER as u64 + number * GROUP * Row::LEN as u64)?;
        if crc32fast::hash(bytes) != group.checksum {
            return Err(ErrorKind::InvalidData.into());
        }
        group.checked.store(true, Ordering::Relaxed);
        Ok(())
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
