//! Where revisions stand: what an entry is told of its own.

use dateline_proto::time::Timestamp;

use crate::{Cursor, Epoch, Sequence};

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its position.
    pub sequence: Sequence,
    /// The same, for clients.
    pub cursor: Cursor,
    /// When it was ordered.
    pub update_time: Timestamp,
}

/// Where the revisions of one entry stand: side by side, of one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamps {
    pub(crate) epoch: Epoch,
    pub(crate) first: Sequence,
    pub(crate) count: usize,
    pub(crate) update_time: Timestamp,
}

impl Stamps {
    /// Each of them, in the order of the entry.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Stamp> + use<> {
        let stamps = *self;
        (0..stamps.count).map(move |number| stamps.at(number))
    }

    /// That of a revision by its place in the entry, 0 for the first. None: the entry has fewer.
    pub fn get(&self, number: usize) -> Option<Stamp> {
        (number < self.count).then(|| self.at(number))
    }

    fn at(&self, number: usize) -> Stamp {
        let sequence = Sequence::new(self.first.get() + number as u64);
        let cursor = Cursor {
            epoch: self.epoch,
            sequence,
        };
        Stamp {
            sequence,
            cursor,
            update_time: self.update_time,
        }
    }
}
