//! The header of an index file, and where what follows it stands: places, details, directory, checksums of the groups, lists.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::FileExt,
    path::Path,
};

use bytes::{Buf, BufMut};
use dateline_proto::time::Timestamp;

use super::{
    Span,
    columns::{Details, GROUP, Place},
};
use crate::Sequence;

const MAGIC: [u8; 8] = *b"DTLNIDX2";
/// Had one checksum over everything; its header says the same. Such an index is made anew when it is first used.
const MAGIC_1: [u8; 8] = *b"DTLNIDX1";
const HEADER: usize = 104;
/// Term, offset, length and checksum of its list.
pub(super) const DIRECTORY_ROW: usize = 24;
/// What stands at the start of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndexHeader {
    pub(crate) span: Span,
    /// Of the format of today.
    pub(super) current: bool,
    pub(super) terms: u64,
    pub(super) lists_len: u64,
    /// Of the directory and the groups' checksums.
    pub(super) checksum: u32,
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

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
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

    pub(super) fn places(&self) -> u64 {
        HEADER as u64
    }

    pub(super) fn details(&self) -> u64 {
        self.places() + self.span.count * Place::LEN as u64
    }

    pub(super) fn directory(&self) -> u64 {
        self.details() + self.span.count * Details::LEN as u64
    }

    pub(super) fn directory_len(&self) -> usize {
        self.terms as usize * DIRECTORY_ROW
    }

    /// Bytes of the checksums of one column's groups.
    pub(super) fn checksums_len(&self) -> usize {
        self.span.count.div_ceil(GROUP) as usize * 4
    }

    pub(super) fn lists(&self) -> u64 {
        self.directory() + (self.directory_len() + 2 * self.checksums_len()) as u64
    }
}

pub(super) fn open(path: &Path) -> io::Result<Option<(fs::File, IndexHeader)>> {
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
