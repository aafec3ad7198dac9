//! A stretch of the journal seen through one subscription's filter.

use bytes::Bytes;
use dateline_journal::{Item, Sequence, StoredRevision, Stretch};
use dateline_proto::time::Timestamp;

use crate::filter::Filter;

/// What a subscription wants out of the journal.
#[derive(Clone)]
pub(super) struct Sieve {
    pub(super) filter: Filter,
    /// Revisions that entered the feed before this time are passed over.
    pub(super) not_before: Option<Timestamp>,
}

/// What of a stretch concerns a subscription, in order.
#[derive(Debug)]
pub(super) enum Found {
    /// A revision to deliver.
    Revision {
        sequence: Sequence,
        /// Field 1 of EventBatch, with tag and length.
        element: Bytes,
        /// The state before matched, the new one does not.
        left: bool,
    },
    /// A stretch that cannot be read, both ends included.
    Damaged {
        first: Sequence,
        last: Sequence,
        place: String,
    },
}

/// All that concerns a subscription up to and including `through`.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) found: Vec<Found>,
    pub(super) through: Sequence,
}

impl Sieve {
    /// Whether a revision is delivered: its state just before or just after matches; and whether it left by it.
    pub(super) fn verdict(&self, revision: &StoredRevision) -> Option<Left> {
        if self.not_before.is_some_and(|time| revision.update_time < time) {
            return None;
        }
        if self.filter.matches_all() || self.filter.matches(&revision.event()) {
            return Some(Left(false));
        }
        revision
            .before()
            .is_some_and(|before| self.filter.matches(&before))
            .then_some(Left(true))
    }

    /// What of `stretch` concerns this subscription.
    pub(super) fn look(&self, stretch: Stretch) -> Look {
        let found = stretch.items.into_iter().filter_map(|item| match item {
            Item::Damaged { first, last, place } => Some(Found::Damaged { first, last, place }),
            Item::Revision(revision) => self.verdict(&revision).map(|Left(left)| Found::Revision {
                sequence: revision.sequence,
                element: revision.element().clone(),
                left,
            }),
        });
        Look {
            found: found.collect(),
            through: stretch.looked_through,
        }
    }
}

/// Whether the event left the filter by this revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left(pub(super) bool);
