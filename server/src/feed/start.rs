//! Where in the journal a subscription starts, and why a cursor may be of no use.

use dateline_journal::{Cursor, Item, Journal, ReadError, ReadLimit, Sequence};
use dateline_proto::{reason, time::Timestamp};
use tonic::Code;

use super::{read::ReadFailure, request::Start, sift::Sieve};
use crate::refusal::Refusal;

/// The first window that a backlog is looked for in; each one before it is twice as long.
const FIRST_WINDOW: u64 = 4_096;
const WINDOW_MAX: u64 = 1 << 20;
/// Most bytes of one read while a backlog is looked for.
const WINDOW_BYTES: usize = 4 << 20;
const WINDOW_REVISIONS: usize = 1 << 16;

/// A place to start.
pub(super) struct Place {
    /// As `started` tells it.
    pub(super) start: Sequence,
    /// Everything after this is looked at; later than `start` where an expired cursor is skipped over.
    pub(super) after: Sequence,
    pub(super) not_before: Option<Timestamp>,
    pub(super) warning: Option<String>,
}

impl Place {
    fn at(sequence: Sequence) -> Self {
        Self {
            start: sequence,
            after: sequence,
            not_before: None,
            warning: None,
        }
    }
}

/// The last position before the oldest revision: the oldest that can be resumed after.
pub(super) fn oldest_start(journal: &Journal) -> Sequence {
    journal.oldest().before()
}

/// Where `start` is; a backlog starts at the head here and is moved back by [`backlog`].
/// # Errors
/// A cursor of another feed, beyond the head, or (unless `skip_expired`) older than what is kept.
pub(super) fn place(journal: &Journal, start: &Start, skip_expired: bool) -> Result<Place, Refusal> {
    match start {
        Start::Latest | Start::Backlog(_) => Ok(Place::at(journal.head())),
        Start::Earliest => Ok(Place::at(oldest_start(journal))),
        Start::Time(time) => Ok(at_time(journal, *time)),
        Start::After(cursor) => after_cursor(journal, *cursor, skip_expired),
    }
}

fn at_time(journal: &Journal, time: Timestamp) -> Place {
    let oldest = oldest_start(journal);
    let place = Place::at(journal.sequence_before(time).clamp(oldest, journal.head()));
    let oldest_time = journal.time_of(oldest.next());
    let trimmed = oldest > Sequence::ZERO && oldest_time.is_none_or(|oldest| time < oldest);
    Place {
        not_before: Some(time),
        warning: trimmed.then(|| {
            "start_time is before the oldest revision that is still kept; what came before that is not delivered".into()
        }),
        ..place
    }
}

fn after_cursor(journal: &Journal, cursor: Cursor, skip_expired: bool) -> Result<Place, Refusal> {
    if cursor.epoch != journal.epoch() {
        let message = "the cursor is of another feed, or of this one before it was restored; \
                       list the events anew and subscribe after the list's resume_cursor";
        let refusal = Refusal::new(Code::FailedPrecondition, reason::CURSOR_EPOCH_MISMATCH, message);
        return Err(refusal.with("epoch", journal.epoch()));
    }
    let head = journal.head();
    if cursor.sequence > head {
        let message = "the cursor lies beyond the newest revision of this server";
        let refusal = Refusal::new(Code::OutOfRange, reason::CURSOR_AHEAD, message);
        return Err(refusal.with("head_cursor", journal.cursor(head)));
    }
    let oldest = oldest_start(journal);
    if cursor.sequence >= oldest {
        return Ok(Place::at(cursor.sequence));
    }
    if !skip_expired {
        return Err(expired(journal));
    }
    Ok(Place {
        after: oldest,
        ..Place::at(cursor.sequence)
    })
}

/// CURSOR_EXPIRED, with both ends of what there is.
pub(super) fn expired(journal: &Journal) -> Refusal {
    let message = "the revisions after this cursor are no longer kept; list the events anew, \
                   or set expired_cursor_policy to SKIP_TO_OLDEST";
    Refusal::new(Code::OutOfRange, reason::CURSOR_EXPIRED, message)
        .with("oldest_cursor", journal.cursor(oldest_start(journal)))
        .with("head_cursor", journal.cursor(journal.head()))
}

/// The position after which just the last `count` matching revisions up to `head` lie; the oldest if there are fewer. Blocking.
/// # Errors
/// The store cannot be read.
pub(super) fn backlog(
    journal: &Journal,
    sieve: &Sieve,
    count: u32,
    head: Sequence,
) -> Result<Sequence, ReadFailure> {
    let count = count as usize;
    if count == 0 {
        return Ok(head);
    }
    let mut window = FIRST_WINDOW;
    let mut end = head;
    let mut found = 0;
    loop {
        let oldest = oldest_start(journal);
        if end <= oldest {
            return Ok(oldest);
        }
        let begin = Sequence::new(end.get().saturating_sub(window)).max(oldest);
        let matches = match matches_between(journal, sieve, begin, end) {
            Err(ReadFailure::Read(ReadError::Trimmed { .. })) => continue,
            matches => matches?,
        };
        if found + matches.len() >= count {
            let first = matches[found + matches.len() - count];
            return Ok(first.before());
        }
        found += matches.len();
        end = begin;
        window = (window * 2).min(WINDOW_MAX);
    }
}

/// The matching revisions after `begin`, through `end`, in order.
fn matches_between(
    journal: &Journal,
    sieve: &Sieve,
    begin: Sequence,
    end: Sequence,
) -> Result<Vec<Sequence>, ReadFailure> {
    let limit = ReadLimit {
        bytes: WINDOW_BYTES,
        revisions: WINDOW_REVISIONS,
        through: Some(end),
    };
    let mut matches = Vec::new();
    let mut after = begin;
    while after < end {
        let stretch = journal.select(after, sieve.filter.terms(), limit)?;
        after = stretch.looked_through.max(after.next());
        matches.extend(stretch.items.iter().filter_map(|item| match item {
            Item::Revision(revision) => sieve.verdict(revision).map(|_| revision.sequence),
            Item::Damaged { .. } => None,
        }));
    }
    Ok(matches)
}
