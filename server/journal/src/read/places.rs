//! Where elements are: the part of the rows that reading elements side by side needs.

use std::{fs::File, io, os::unix::fs::FileExt};

use crate::segment::record::Row;

/// Place and checksum of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u64,
    pub(crate) length: u32,
    pub(crate) checksum: u32,
    pub(crate) lost: bool,
}

impl From<&Row> for Place {
    fn from(row: &Row) -> Self {
        Self {
            offset: row.data_offset,
            length: row.length,
            checksum: row.checksum,
            lost: row.flags & Row::LOST != 0,
        }
    }
}

impl Place {
    pub(crate) fn end(&self) -> u64 {
        self.offset + u64::from(self.length)
    }

    /// Whether another element follows this one without a gap.
    pub(crate) fn meets(&self, next: &Self) -> bool {
        !self.lost && !next.lost && self.end() == next.offset
    }

    /// Whether these bytes are the element that was written. Of an element that is lost nothing is.
    pub(crate) fn fits(&self, element: &[u8]) -> bool {
        !self.lost
            && element.len() == self.length as usize
            && element.len() > 2
            && crc32fast::hash(element) == self.checksum
    }
}

/// Reads what there is at a place; returns how much, less than asked for where the file ends.
pub(crate) fn read_up_to(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        match file.read_at(&mut bytes[done..], offset + done as u64) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}
