//! A row in two parts, each a column of the index file: where the element is, which every read needs; and the rest, which reads of
//! single revisions need, and only of those that are not as most are.

use std::{
    fs::File,
    io::{self, ErrorKind},
    sync::atomic::{AtomicBool, Ordering},
};

use bytes::{Buf, BufMut};
use dateline_proto::time::Timestamp;

use crate::{
    element,
    read::{
        at::{Wait, read_exact},
        buffers::{Buffer, Buffers},
    },
    segment::record::Row,
};

/// Rows with one checksum, in each column.
pub(super) const GROUP: u64 = 512;

/// Where an element is, and its checksum. Of length 0: lost, and the offset is the place of the damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) offset: u32,
    pub(crate) length: u32,
    pub(crate) checksum: u32,
    /// Something that is not the same for all: a state before, a revision before, a flag.
    pub(crate) special: bool,
}

impl From<&Row> for Place {
    fn from(row: &Row) -> Self {
        let plain = row.previous == 0
            && row.before_length == 0
            && row.flags == 0
            && element::has_time(row.length as usize, row.time());
        Self {
            // Segments are smaller than 4 GiB by far: of one GiB, or with a single entry, which is at most that.
            offset: u32::try_from(row.data_offset).unwrap_or(u32::MAX),
            length: if row.flags & Row::LOST == 0 { row.length } else { 0 },
            checksum: row.checksum,
            special: !plain,
        }
    }
}

impl Place {
    pub(super) const LEN: usize = 12;
    /// In the length; elements are shorter than an entry, which is at most 1 GiB.
    const SPECIAL: u32 = 1 << 31;

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        out.put_u32_le(self.offset);
        out.put_u32_le(self.length | if self.special { Self::SPECIAL } else { 0 });
        out.put_u32_le(self.checksum);
    }

    pub(super) fn read(bytes: &[u8; Self::LEN]) -> Self {
        let &[o0, o1, o2, o3, l0, l1, l2, l3, c0, c1, c2, c3] = bytes;
        let length = u32::from_le_bytes([l0, l1, l2, l3]);
        Self {
            offset: u32::from_le_bytes([o0, o1, o2, o3]),
            length: length & !Self::SPECIAL,
            checksum: u32::from_le_bytes([c0, c1, c2, c3]),
            special: length & Self::SPECIAL != 0,
        }
    }

    pub(crate) fn is_lost(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn end(&self) -> u64 {
        u64::from(self.offset) + u64::from(self.length)
    }

    /// Whether another element follows this one without a gap.
    pub(crate) fn meets(&self, next: &Self) -> bool {
        !self.is_lost() && !next.is_lost() && self.end() == u64::from(next.offset)
    }

    /// Whether these bytes are the element that was written. Of an element that is lost nothing is.
    pub(crate) fn fits(&self, element: &[u8]) -> bool {
        element.len() == self.length as usize
            && element.len() > 2
            && crc32fast::hash(element) == self.checksum
    }
}

/// What a row says beside the element's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Details {
    pub(crate) before_offset: u64,
    pub(crate) before_length: u32,
    pub(crate) before_checksum: u32,
    pub(crate) previous: u64,
    pub(crate) time: Timestamp,
    pub(crate) flags: u32,
}

impl From<&Row> for Details {
    fn from(row: &Row) -> Self {
        Self {
            before_offset: row.before_offset,
            before_length: row.before_length,
            before_checksum: row.before_checksum,
            previous: row.previous,
            time: row.time(),
            flags: row.flags,
        }
    }
}

impl Details {
    pub(super) const LEN: usize = 40;

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        out.put_u64_le(self.before_offset);
        out.put_u32_le(self.before_length);
        out.put_u32_le(self.before_checksum);
        out.put_u64_le(self.previous);
        out.put_i64_le(self.time.seconds);
        out.put_u32_le(self.time.nanos.cast_unsigned());
        out.put_u32_le(self.flags);
    }

    pub(super) fn read(bytes: &[u8; Self::LEN]) -> Self {
        let mut rest = bytes.as_slice();
        Self {
            before_offset: rest.get_u64_le(),
            before_length: rest.get_u32_le(),
            before_checksum: rest.get_u32_le(),
            previous: rest.get_u64_le(),
            time: Timestamp {
                seconds: rest.get_i64_le(),
                nanos: rest.get_u32_le().cast_signed(),
            },
            flags: rest.get_u32_le(),
        }
    }

    pub(crate) fn is_held(&self) -> bool {
        self.flags & Row::HELD != 0
    }
}

/// A revision's place and, of those that are special, the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Located {
    /// Within the segment.
    pub(crate) number: u32,
    pub(crate) place: Place,
    pub(crate) details: Option<Details>,
}

impl Located {
    pub(crate) fn of(number: u32, row: &Row) -> Self {
        let place = Place::from(row);
        Self {
            number,
            place,
            details: place.special.then(|| Details::from(row)),
        }
    }
}

/// A column of the file: items of `N` bytes, with a checksum for each group, which is checked when something of it is first read.
#[derive(Debug)]
pub(super) struct Column<const N: usize> {
    start: u64,
    count: u64,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    checksum: u32,
    checked: AtomicBool,
}

impl<const N: usize> Column<N> {
    /// `checksums`: of its groups, 4 bytes each.
    pub(super) fn new(start: u64, count: u64, checksums: &[u8]) -> Self {
        let groups = checksums.chunks(4).map(|mut checksum| Group {
            checksum: checksum.get_u32_le(),
            checked: AtomicBool::new(false),
        });
        Self {
            start,
            count,
            groups: groups.collect(),
        }
    }

    /// Reads items by number, half open; `end` at most the count. Fails with `InvalidData` when they are not as they were written.
    pub(super) fn read(
        &self,
        file: &File,
        start: u64,
        end: u64,
        buffers: &Buffers,
        wait: Wait,
    ) -> io::Result<Items<N>> {
        let groups = start / GROUP..end.div_ceil(GROUP);
        let unchecked = |number: &u64| !self.groups[*number as usize].checked.load(Ordering::Relaxed);
        let all_checked = !groups.clone().any(|number| unchecked(&number));
        let (from, to) = if all_checked {
            (start, end)
        } else {
            (groups.start * GROUP, (groups.end * GROUP).min(self.count))
        };
        let mut buffer = buffers.take((to - from) as usize * N);
        let at = self.start + from * N as u64;
        read_exact(file, buffer.bytes_mut(), at, wait)?;
        if !all_checked {
            for (number, bytes) in groups.zip(buffer.as_ref().chunks(GROUP as usize * N)) {
                let group = &self.groups[number as usize];
                if crc32fast::hash(bytes) != group.checksum {
                    return Err(ErrorKind::InvalidData.into());
                }
                group.checked.store(true, Ordering::Relaxed);
            }
        }
        Ok(Items {
            buffer,
            from: (start - from) as usize,
            to: (end - from) as usize,
        })
    }
}

/// Items that were read.
pub(super) struct Items<const N: usize> {
    buffer: Buffer,
    from: usize,
    to: usize,
}

impl<const N: usize> Items<N> {
    pub(super) fn get(&self) -> &[[u8; N]] {
        let (items, _) = self.buffer.as_ref().as_chunks();
        &items[self.from..self.to]
    }
}

/// Writes a column: its items, and the checksums of its groups.
pub(super) fn put<const N: usize>(items: Vec<u8>, columns: &mut Vec<u8>, checksums: &mut Vec<u8>) {
    for group in items.chunks(GROUP as usize * N) {
        checksums.put_u32_le(crc32fast::hash(group));
    }
    columns.extend_from_slice(&items);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_from_its_parts() {
        let row = Row {
            data_offset: 3_000_000_000,
            length: 70,
            before_length: 3,
            before_offset: 4,
            checksum: 5,
            before_checksum: 6,
            previous: 7,
            seconds: 8,
            nanos: 9,
            flags: Row::HELD,
        };
        let created = Row {
            before_length: 0,
            previous: 0,
            flags: 0,
            ..row
        };
        for (row, special) in [
            (row, true),
            (created, false),
            (
                Row {
                    length: 20,
                    ..created
                },
                true,
            ),
            (
                Row {
                    previous: 1,
                    ..created
                },
                true,
            ),
            (Row::lost(5000, row.time()), true),
        ] {
            let (place, details) = (Place::from(&row), Details::from(&row));
            let (mut places, mut rest) = (Vec::new(), Vec::new());
            place.put(&mut places);
            details.put(&mut rest);
            assert_eq!(Place::read(places.as_slice().try_into().unwrap()), place);
            assert_eq!(Details::read(rest.as_slice().try_into().unwrap()), details);
            assert_eq!(
                (place.special, place.is_lost()),
                (special, row.flags == Row::LOST)
            );
        }
    }
}
