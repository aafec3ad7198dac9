//! Whether a revision concerns a subscription.

use std::cell::OnceCell;

use dateline_journal::StoredRevision;
use dateline_proto::{time::Timestamp, v1::Event};

use crate::filter::Filter;

/// Whether the event left the filter by this revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left(pub(super) bool);

/// A revision under the eyes of filters; decoded once, and only if one asks.
pub(super) struct Judged<'a> {
    revision: &'a StoredRevision,
    event: OnceCell<Event>,
    before: OnceCell<Option<Event>>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(revision: &'a StoredRevision) -> Self {
        Self {
            revision,
            event: OnceCell::new(),
            before: OnceCell::new(),
        }
    }

    /// None: neither its state just before nor just after matches, so that it is not delivered.
    pub(super) fn verdict(&self, filter: &Filter) -> Option<Left> {
        if filter.matches_all() || filter.matches(self.event.get_or_init(|| self.revision.event())) {
            return Some(Left(false));
        }
        let before = self.before.get_or_init(|| self.revision.before());
        before
            .as_ref()
            .is_some_and(|before| filter.matches(before))
            .then_some(Left(true))
    }
}

/// What a subscription wants out of the journal.
#[derive(Clone)]
pub(super) struct Sieve {
    pub(super) filter: Filter,
    /// Revisions that entered the feed before this time are passed over.
    pub(super) not_before: Option<Timestamp>,
}

impl Sieve {
    /// Whether a revision is delivered, and whether its event left the filter by it.
    pub(super) fn verdict(&self, revision: &StoredRevision) -> Option<Left> {
        if self.not_before.is_some_and(|time| revision.update_time < time) {
            return None;
        }
        // Of those in memory the terms are known: most are passed over without being decoded.
        let concerns = |terms| self.filter.terms().holds(terms);
        if !revision.terms().is_none_or(concerns) {
            return None;
        }
        let matches = |event: &[u8]| {
            let matches = self.filter.matches_encoded(event);
            matches.expect("checked against its checksum when it was read")
        };
        if matches(revision.encoded_event()) {
            return Some(Left(false));
        }
        revision
            .encoded_before()
            .is_some_and(matches)
            .then_some(Left(true))
    }
}
