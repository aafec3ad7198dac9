//! What is read: stored revisions, stretches of them, and the places where the journal is damaged.

use std::sync::Arc;

use bytes::{Buf, Bytes};
use dateline_proto::{time::Timestamp, v1};
use prost::{Message, encoding::decode_varint};

use crate::{Sequence, Term};

/// How much one read returns: what ends first.
#[derive(Clone, Copy, Debug)]
pub struct ReadLimit {
    /// Stop before elements take more than this many bytes; one revision is always returned.
    pub bytes: usize,
    /// At most this many revisions; 0 counts as 1.
    pub revisions: usize,
    /// Look no further than this one. None: through the head.
    pub through: Option<Sequence>,
}

impl Default for ReadLimit {
    /// 256 KiB or 1,024 revisions.
    fn default() -> Self {
        Self {
            bytes: 256 << 10,
            revisions: 1024,
            through: None,
        }
    }
}

/// A run of the journal, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// What was found, in order. Elements that lie side by side in the file are slices of one allocation.
    pub items: Vec<Item>,
    /// Everything after the start and through here was looked at; continue after it. The start itself when nothing was.
    pub looked_through: Sequence,
}

/// One finding of a read.
#[derive(Clone, Debug)]
pub enum Item {
    /// A revision.
    Revision(StoredRevision),
    /// Revisions that cannot be read any more.
    Damaged {
        /// The first of them.
        first: Sequence,
        /// The last of them.
        last: Sequence,
        /// File and byte offset, for people: `00000003.segment:4096`.
        place: String,
    },
}

/// A revision as it is stored. Cheap to clone.
#[derive(Clone, Debug)]
pub struct StoredRevision {
    /// Its position.
    pub sequence: Sequence,
    /// When it was ordered; never decreases along the journal.
    pub update_time: Timestamp,
    /// Withdrawn by an editor.
    pub held: bool,
    pub(crate) previous: Sequence,
    pub(crate) element: Bytes,
    pub(crate) before: Bytes,
    /// Known of those in memory.
    pub(crate) terms: Option<Arc<[Term]>>,
}

impl StoredRevision {
    /// The revision as an element of `dateline.v1.EventBatch.events`: tag, length, encoded event. Elements can be put one after the other.
    pub fn element(&self) -> &Bytes {
        &self.element
    }

    /// The encoded `dateline.v1.Event`.
    pub fn event_bytes(&self) -> Bytes {
        event_of(&self.element)
    }

    /// The encoded `dateline.v1.Event`, lent.
    pub fn encoded_event(&self) -> &[u8] {
        let mut rest = &self.element[1..];
        decode_varint(&mut rest).expect("elements are written with a length");
        rest
    }

    /// The encoded state before, with the fields that filters ask of, lent. None: there was none.
    pub fn encoded_before(&self) -> Option<&[u8]> {
        (!self.before.is_empty()).then_some(&*self.before)
    }

    /// The event.
    pub fn event(&self) -> v1::Event {
        v1::Event::decode(self.event_bytes()).expect("checked against its checksum when it was read")
    }

    /// The state before, with the fields that filters ask of. None: there was none.
    pub fn before(&self) -> Option<v1::Event> {
        (!self.before.is_empty()).then(|| {
            v1::Event::decode(self.before.clone()).expect("checked against its checksum when it was read")
        })
    }

    /// Whether there was a state before.
    pub fn has_before(&self) -> bool {
        !self.before.is_empty()
    }

    /// The terms of its state and of the one before, sorted. None: it was read from a file, whose index has them.
    pub fn terms(&self) -> Option<&[Term]> {
        self.terms.as_deref()
    }

    /// Where the revision before this one of the same event is; [`Sequence::ZERO`]: this is the first.
    pub fn previous(&self) -> Sequence {
        self.previous
    }
}

/// The event inside an element: what follows tag and length.
pub(crate) fn event_of(element: &Bytes) -> Bytes {
    let mut rest = element.slice(1..);
    decode_varint(&mut rest).expect("elements are written with a length");
    debug_assert!(rest.has_remaining());
    rest
}
