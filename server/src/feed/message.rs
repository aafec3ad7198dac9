//! The messages of a subscription other than its batches.

use std::time::Duration;

use super::frame;
use bytes::Bytes;
use dateline_journal::{Journal, Sequence};
use dateline_proto::{
    time::Timestamp,
    v1::{
        CaughtUp, Checkpoint, EndReason, EventsSkipped, FellBehind, SkipReason, StreamEnding,
        subscribe_response::Message,
    },
};

/// How far a stream is.
pub(super) fn checkpoint(journal: &Journal, position: Sequence, scanned: u64) -> Bytes {
    let head = journal.head().max(position);
    let lag_events = head.get() - position.get();
    let waiting_since = (lag_events > 0)
        .then(|| journal.time_of(position.next()))
        .flatten();
    frame::of(Message::Checkpoint(Checkpoint {
        cursor: journal.cursor(position).to_string(),
        head_cursor: journal.cursor(head).to_string(),
        lag_events,
        lag: Some(waiting_since.map_or(Duration::ZERO, age).into()),
        scanned_events: scanned,
    }))
}

pub(super) fn caught_up(journal: &Journal, position: Sequence, delivered: u64) -> Bytes {
    let cursor = journal.cursor(position).to_string();
    frame::of(Message::CaughtUp(CaughtUp {
        cursor,
        delivered_events: delivered,
    }))
}

pub(super) fn fell_behind(journal: &Journal, position: Sequence) -> Bytes {
    let lag_events = journal.head().get().saturating_sub(position.get());
    let cursor = journal.cursor(position).to_string();
    frame::of(Message::FellBehind(FellBehind { cursor, lag_events }))
}

/// The gap after `after`, through `through`.
pub(super) fn skipped(journal: &Journal, after: Sequence, through: Sequence, why: SkipReason) -> Bytes {
    frame::of(Message::EventsSkipped(EventsSkipped {
        after_cursor: journal.cursor(after).to_string(),
        through_cursor: journal.cursor(through).to_string(),
        skipped_events: through.get().saturating_sub(after.get()),
        reason: why.into(),
    }))
}

pub(super) fn ending(
    journal: &Journal,
    position: Sequence,
    why: EndReason,
    delay: Option<Duration>,
) -> Bytes {
    frame::of(Message::StreamEnding(StreamEnding {
        cursor: journal.cursor(position).to_string(),
        reason: why.into(),
        reconnect_delay: delay.map(Into::into),
    }))
}

pub(super) fn age(since: Timestamp) -> Duration {
    let now = Timestamp::now();
    let span = |time: Timestamp| {
        Duration::new(
            u64::try_from(time.seconds).unwrap_or(0),
            time.nanos.unsigned_abs(),
        )
    };
    span(now).saturating_sub(span(since))
}
