//! Writing the index of a segment.

use std::{io, path::Path};

use bytes::BufMut;

use super::{
    MemoryIndex,
    columns::{Details, Place, put},
    header::{DIRECTORY_ROW, IndexHeader},
};
use crate::segment::write_whole;

/// Writes an index into a file.
pub(super) fn save(index: &MemoryIndex, path: &Path) -> io::Result<()> {
    let mut terms: Vec<_> = index.postings.iter().collect();
    terms.sort_unstable_by_key(|(term, _)| **term);
    let count = index.rows.len();
    let mut places = Vec::with_capacity(count * Place::LEN);
    let mut details = Vec::with_capacity(count * Details::LEN);
    for row in &index.rows {
        Place::from(row).put(&mut places);
        Details::from(row).put(&mut details);
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
    let mut columns = Vec::with_capacity(places.len() + details.len());
    put::<{ Place::LEN }>(places, &mut columns, &mut tables);
    put::<{ Details::LEN }>(details, &mut columns, &mut tables);
    let header = IndexHeader {
        span: index.span,
        current: true,
        terms: terms.len() as u64,
        lists_len: lists.len() as u64,
        checksum: crc32fast::hash(&tables),
    };
    let mut file = Vec::with_capacity(header.lists() as usize + lists.len());
    header.encode(&mut file);
    file.extend_from_slice(&columns);
    file.extend_from_slice(&tables);
    file.extend_from_slice(&lists);
    write_whole(path, &file)
}
