//! The end of the last segment after a crash: what of it is whole, what was never acknowledged, what is damaged.

use std::{fs::File, io, os::unix::fs::FileExt, path::Path};

use crate::{
    Damage, Recovery, Sequence, Truncated,
    segment::{
        DATA_START, Header,
        index::MemoryIndex,
        place,
        record::{Record, Row},
        scan::{Found, Scan},
    },
};

/// Where a segment goes on.
pub(crate) struct End {
    pub(crate) index: MemoryIndex,
    pub(crate) data_end: u64,
    pub(crate) side_end: u64,
}

/// Reads the last segment back.
///
/// Every record says which entry was durable when it was written, and `known` is what views and base have seen. What is not whole
/// before that was durable once: it is damage, told and skipped. What is not whole after it was never acknowledged, nor was anything
/// behind it: it is cut off.
pub(super) fn recover(
    path: &Path,
    header: &Header,
    known: (u64, Sequence),
    recovery: &mut Recovery,
) -> io::Result<End> {
    let file = File::options().read(true).write(true).open(path)?;
    let found: Vec<Found> = Scan::new(&file, header)?.collect();
    let durable = found.iter().filter_map(|found| match found {
        Found::Record { record, .. } => Some(record.durable),
        Found::Bad { .. } => None,
    });
    let durable = durable.max().unwrap_or(0).max(known.0);
    let mut end = End {
        index: MemoryIndex::new(header.first, header.first_commit, header.time),
        data_end: DATA_START,
        side_end: header.side_start,
    };
    let mut bad = None;
    for item in &found {
        match item {
            Found::Record {
                record,
                offset,
                end: next,
            } => {
                let broken = broken_elements(&file, record)?;
                if record.commit > durable && !broken.is_empty() {
                    cut(path, &file, *offset, &found, recovery)?;
                    return Ok(end);
                }
                lose(path, &mut end, record.first.before(), bad.take(), recovery);
                for (number, offset) in broken {
                    let sequence = Sequence::new(record.first.get() + number);
                    damage(path, offset, sequence, sequence, recovery);
                }
                end.index.add_record(record);
                if let Some(row) = record.rows.last() {
                    end.data_end = row.data_offset + u64::from(row.length);
                }
                end.side_end = *next;
            }
            Found::Bad { offset, end: next } => {
                if end.index.span.last_commit >= durable {
                    cut(path, &file, *offset, &found, recovery)?;
                    return Ok(end);
                }
                bad = Some(*offset);
                end.side_end = *next;
            }
        }
    }
    if end.index.span.last_commit < known.0 {
        let offset = bad.unwrap_or(end.side_end);
        lose(path, &mut end, known.1, Some(offset), recovery);
        end.index.span.last_commit = known.0;
    }
    Ok(end)
}

/// Tells of a damaged place, and of the revisions through `last` that are lost with it.
fn lose(path: &Path, end: &mut End, last: Sequence, bad: Option<u64>, recovery: &mut Recovery) {
    let first = end.index.span.last().next();
    if let Some(offset) = bad {
        damage(path, offset, first, last, recovery);
        end.index.lose_through(last, offset);
    } else if last >= first {
        damage(path, end.side_end, first, last, recovery);
        end.index.lose_through(last, end.side_end);
    }
}

fn damage(path: &Path, offset: u64, first: Sequence, last: Sequence, recovery: &mut Recovery) {
    let place = place(path, offset);
    tracing::error!(place, %first, %last, "the journal is damaged");
    recovery.damaged.push(Damage { place, first, last });
}

/// Numbers and places of the elements and states before that do not fit their checksums.
fn broken_elements(file: &File, record: &Record) -> io::Result<Vec<(u64, u64)>> {
    let mut broken = Vec::new();
    let mut bytes = Vec::new();
    for (number, row) in record.rows.iter().enumerate() {
        if !is_whole(file, row, &mut bytes)? {
            broken.push((number as u64, row.data_offset));
        }
    }
    Ok(broken)
}

fn is_whole(file: &File, row: &Row, bytes: &mut Vec<u8>) -> io::Result<bool> {
    bytes.resize(row.length as usize, 0);
    match file.read_exact_at(bytes, row.data_offset) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        other => other.map(|()| crc32fast::hash(bytes) == row.checksum),
    }
}

/// Cuts the segment off.
fn cut(path: &Path, file: &File, offset: u64, found: &[Found], recovery: &mut Recovery) -> io::Result<()> {
    let last = found.last().map_or(offset, |found| match found {
        Found::Record { end, .. } | Found::Bad { end, .. } => *end,
    });
    let place = place(path, offset);
    tracing::warn!(
        place,
        bytes = last - offset,
        "cut off what was being written when the program ended"
    );
    recovery.truncated = Some(Truncated {
        place,
        bytes: last - offset,
    });
    file.set_len(offset)?;
    file.sync_all()
}
