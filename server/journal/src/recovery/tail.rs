//! The end of the last segment after a crash: what of it is whole, what was never acknowledged, what is damaged.

use std::{fs::File, io, path::Path};

use crate::{
    Damage, Recovery, Sequence, Truncated,
    read::at::{Wait, read_up_to},
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
    let mut elements = Elements::new(&file);
    for item in &found {
        match item {
            Found::Record {
                record,
                offset,
                end: next,
            } => {
                let broken = elements.broken(record)?;
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

/// Elements in the order in which they lie, read many at a time.
struct Elements<'a> {
    file: &'a File,
    window: Vec<u8>,
    /// Where the window lies in the file.
    start: u64,
}

impl<'a> Elements<'a> {
    const WINDOW: usize = 256 << 10;

    fn new(file: &'a File) -> Self {
        Self {
            file,
            window: Vec::new(),
            start: 0,
        }
    }

    /// Numbers and places of the elements of a record that do not fit their checksums.
    fn broken(&mut self, record: &Record) -> io::Result<Vec<(u64, u64)>> {
        let mut broken = Vec::new();
        for (number, row) in record.rows.iter().enumerate() {
            if !self.is_whole(row)? {
                broken.push((number as u64, row.data_offset));
            }
        }
        Ok(broken)
    }

    fn is_whole(&mut self, row: &Row) -> io::Result<bool> {
        let length = row.length as usize;
        if row.data_offset < self.start || row.data_offset + length as u64 > self.end() {
            self.window.resize(length.max(Self::WINDOW), 0);
            self.start = row.data_offset;
            let read = read_up_to(self.file, &mut self.window, self.start, Wait::May)?;
            self.window.truncate(read);
        }
        let from = (row.data_offset - self.start) as usize;
        let element = self.window.get(from..from + length);
        Ok(element.is_some_and(|element| crc32fast::hash(element) == row.checksum))
    }

    fn end(&self) -> u64 {
        self.start + self.window.len() as u64
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

#[cfg(test)]
mod tests {
    use std::{os::unix::fs::FileExt, path::PathBuf};

    use super::*;
    use crate::{
        Epoch, Term,
        segment::{
            record::{Draft, EntryDraft},
            tail::Tail,
        },
        writer::new_header,
    };

    /// A segment with three entries of one element each, and where the last one's element and record start.
    fn segment(folder: &Path) -> (PathBuf, Header, Tail, u64, u64) {
        let header = new_header(Epoch::random(), 1, Sequence::new(1), 1, 4096, Default::default());
        let path = folder.join("00000001.segment");
        let mut tail = Tail::create(path.clone(), &header, 4096).unwrap();
        let mut starts = (0, 0);
        for commit in 1..=3 {
            let (data, draft) = entry(commit);
            let written = tail.write(&[(&draft, &data)], commit - 1).unwrap();
            starts = (written.rows[0][0].data_offset, written.rows[0][0].before_offset);
            tail.sync().unwrap();
            tail.accept(&written);
        }
        let record = starts.1 - (16 + 48 + 56 + 4 + 8) as u64;
        (path, header, tail, starts.0, record)
    }

    fn entry(commit: u64) -> (Vec<u8>, EntryDraft) {
        let data = format!("the element of entry {commit}").into_bytes();
        let draft = EntryDraft {
            commit,
            first: Sequence::new(commit),
            time: Default::default(),
            revisions: vec![Draft {
                length: data.len() as u32,
                checksum: crc32fast::hash(&data),
                previous: Sequence::ZERO,
                held: false,
                terms: vec![Term(commit)],
                before: b"before".to_vec(),
            }],
            article: vec![],
            reports: vec![],
        };
        (data, draft)
    }

    fn zero(path: &Path, from: u64, to: u64) {
        let file = File::options().write(true).open(path).unwrap();
        file.write_all_at(&vec![0; (to - from) as usize], from).unwrap();
    }

    #[test]
    fn a_tail_torn_at_any_byte_is_cut_and_what_stands_before_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (path, header, _tail, element, record) = segment(folder.path());
        let whole = std::fs::read(&path).unwrap();
        let last = 1 + whole.iter().rposition(|byte| *byte != 0).unwrap() as u64;
        let element_end = element + entry(3).0.len() as u64;
        assert_eq!(&whole[element as usize..element_end as usize], entry(3).0);
        for (from, to) in (record..last)
            .map(|at| (at, last))
            .chain((element..element_end).map(|at| (at, element_end)))
        {
            std::fs::write(&path, &whole).unwrap();
            zero(&path, from, to);
            let mut recovery = Recovery::default();
            let end = recover(&path, &header, (0, Sequence::ZERO), &mut recovery).unwrap();
            assert_eq!(end.index.span.last(), Sequence::new(2), "torn at {from}");
            assert_eq!((end.side_end, end.data_end), (record, element));
            assert_eq!(recovery.damaged, []);
            assert_eq!(
                recovery.truncated.is_some(),
                from != record,
                "a record that never came is no tear"
            );
            // Cutting is done once.
            let mut again = Recovery::default();
            recover(&path, &header, (0, Sequence::ZERO), &mut again).unwrap();
            assert_eq!(again, Recovery::default());
        }
    }

    #[test]
    fn a_last_entry_that_was_seen_durable_is_damage_and_its_sequence_is_not_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, header, _tail, _, record) = segment(folder.path());
        let whole = std::fs::read(&path).unwrap();
        for bit in [0, 9, 20, 40, 90] {
            let mut bytes = whole.clone();
            bytes[record as usize + bit] ^= 0x10;
            std::fs::write(&path, &bytes).unwrap();
            let mut recovery = Recovery::default();
            let end = recover(&path, &header, (3, Sequence::new(3)), &mut recovery).unwrap();
            assert_eq!(
                (end.index.span.last(), end.index.span.last_commit),
                (Sequence::new(3), 3)
            );
            assert_eq!(recovery.truncated, None);
            let lost = Damage {
                place: place(&path, record),
                first: Sequence::new(3),
                last: Sequence::new(3),
            };
            assert_eq!(recovery.damaged, [lost]);
        }
    }

    #[test]
    fn a_group_that_was_not_acknowledged_goes_whole_although_its_last_record_arrived() {
        let folder = tempfile::tempdir().unwrap();
        let (path, header, mut tail, ..) = segment(folder.path());
        let (four, five) = (entry(4), entry(5));
        let written = tail.write(&[(&four.1, &four.0), (&five.1, &five.0)], 3).unwrap();
        tail.accept(&written);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[written.rows[0][0].before_offset as usize] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let mut recovery = Recovery::default();
        let end = recover(&path, &header, (0, Sequence::ZERO), &mut recovery).unwrap();
        assert_eq!(end.index.span.last(), Sequence::new(3));
        assert_eq!(recovery.damaged, []);
        assert!(recovery.truncated.is_some());
    }

    #[test]
    fn a_damaged_record_in_the_middle_hides_nothing_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, header, ..) = segment(folder.path());
        let whole = std::fs::read(&path).unwrap();
        let start = header.side_start as usize;
        let length = entry(1).1.record_len();
        for at in start + length..start + 2 * length {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            if bytes[at - at % 8..] == whole[at - at % 8..] {
                continue;
            }
            std::fs::write(&path, &bytes).unwrap();
            let mut recovery = Recovery::default();
            let end = recover(&path, &header, (0, Sequence::ZERO), &mut recovery).unwrap();
            assert_eq!(end.index.span.last(), Sequence::new(3));
            // A flipped bit in the padding, which no checksum covers, harms nothing.
            if let [damage] = recovery.damaged.as_slice() {
                assert_eq!((damage.first, damage.last), (Sequence::new(2), Sequence::new(2)));
                assert_eq!(end.index.rows[1].flags, Row::LOST);
            } else {
                assert!(at >= start + length + 16 + 48 + 56 + 4 + 8 + 6, "byte {at}");
            }
            assert_eq!(end.index.rows[2].flags, 0);
        }
    }
}
