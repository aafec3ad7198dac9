//! The bare append that the journal is compared with: as many bytes in two writes and one sync, into a file filled with zeros beforehand.

use std::{fs::File, os::unix::fs::FileExt, path::Path};

use dateline_journal::{Entry, terms_of};
use prost::Message;

/// Room for data; what stands beside it comes after.
const DATA: u64 = 64 << 20;
const SIDE: u64 = 64 << 20;

/// A file with a data area and a side area, as a segment has them.
pub(crate) struct Bare {
    file: File,
    data_at: u64,
    side_at: u64,
}

impl Bare {
    /// A file full of zeros.
    pub(crate) fn new(folder: &Path) -> Self {
        let file = File::create(folder.join("bare")).expect("a file");
        let zeros = vec![0; 1 << 20];
        for at in (0..DATA + SIDE).step_by(zeros.len()) {
            file.write_all_at(&zeros, at).expect("room");
        }
        file.sync_all().expect("a disk");
        Self {
            file,
            data_at: 0,
            side_at: DATA,
        }
    }

    /// Appends what takes as much room as these entries.
    pub(crate) fn append(&mut self, entries: &[Entry]) {
        let (data, side) = entries
            .iter()
            .map(sizes)
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        if self.data_at + data as u64 > DATA || self.side_at + side as u64 > DATA + SIDE {
            (self.data_at, self.side_at) = (0, DATA);
        }
        self.file
            .write_all_at(&vec![7; data], self.data_at)
            .expect("room");
        self.file
            .write_all_at(&vec![7; side], self.side_at)
            .expect("room");
        self.file.sync_data().expect("a disk");
        self.data_at += data as u64;
        self.side_at += side as u64;
    }
}

/// Bytes of an entry's elements and of its record; see the README's table.
fn sizes(entry: &Entry) -> (usize, usize) {
    let mut side = 64;
    let mut data = 0;
    for revision in &entry.revisions {
        // Times and cursor, tag and length.
        data += revision.event.encoded_len() + 60 + 3;
        side += 56 + 4 + 8 * terms_of(&revision.event).len();
    }
    (data, side.next_multiple_of(8))
}
