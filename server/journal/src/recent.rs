//! The newest revisions in memory, bounded in bytes.

use std::collections::VecDeque;

use crate::{Item, ReadLimit, Sequence, StoredRevision, Stretch};

/// Memory that a revision takes beside its bytes, about.
const OVERHEAD: usize = 128;

/// A run of revisions that ends at the head.
#[derive(Debug)]
pub(crate) struct Recent {
    revisions: VecDeque<StoredRevision>,
    /// The sequence after the last one.
    next: Sequence,
    bytes: usize,
    limit: usize,
}

impl Recent {
    pub(crate) fn new(next: Sequence, limit: usize) -> Self {
        Self {
            revisions: VecDeque::new(),
            next,
            bytes: 0,
            limit,
        }
    }

    pub(crate) fn push(&mut self, revision: StoredRevision) {
        debug_assert_eq!(revision.sequence, self.next);
        self.next = revision.sequence.next();
        self.bytes += size(&revision);
        self.revisions.push_back(revision);
        while self.bytes > self.limit {
            let Some(oldest) = self.revisions.pop_front() else {
                break;
            };
            self.bytes -= size(&oldest);
        }
    }

    /// None: `after` is older than what is held.
    pub(crate) fn read(&self, after: Sequence, limit: ReadLimit) -> Option<Stretch> {
        let first = self.next.get() - self.revisions.len() as u64;
        let start = (after.get() + 1).checked_sub(first)?;
        let mut stretch = Stretch {
            items: Vec::new(),
            looked_through: after,
        };
        let mut bytes = 0;
        let through = limit.through.unwrap_or(Sequence::new(u64::MAX));
        let start = usize::try_from(start).ok()?.min(self.revisions.len());
        for revision in self.revisions.range(start..) {
            bytes += revision.element.len();
            let full = stretch.items.len() >= limit.revisions.max(1) || bytes > limit.bytes;
            if revision.sequence > through || full && !stretch.items.is_empty() {
                break;
            }
            stretch.looked_through = revision.sequence;
            stretch.items.push(Item::Revision(revision.clone()));
        }
        Some(stretch)
    }

    /// Those after this one are held.
    pub(crate) fn start(&self) -> Sequence {
        Sequence::new(self.next.get() - self.revisions.len() as u64).before()
    }

    pub(crate) fn get(&self, at: Sequence) -> Option<&StoredRevision> {
        let first = self.next.get() - self.revisions.len() as u64;
        self.revisions
            .get(usize::try_from(at.get().checked_sub(first)?).ok()?)
    }
}

fn size(revision: &StoredRevision) -> usize {
    revision.element.len() + revision.before.len() + OVERHEAD
}
