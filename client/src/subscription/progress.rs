//! How far a subscription is, and what to ask for next.

use dateline_proto::v1::{
    EventFilter, SubscribeRequest, subscribe_request::Start, subscribe_response::Message,
};

/// The request, and what of it was delivered.
#[derive(Debug)]
pub(super) struct Progress {
    request: SubscribeRequest,
    cursor: Option<String>,
    delivered: u64,
    caught_up: bool,
}

impl Progress {
    pub(super) fn new(request: SubscribeRequest) -> Self {
        let cursor = match &request.start {
            Some(Start::AfterCursor(cursor)) => Some(cursor.clone()),
            _ => None,
        };
        Self {
            request,
            cursor,
            delivered: 0,
            caught_up: false,
        }
    }

    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// What the next call has to ask for: the rest.
    pub(super) fn request(&self) -> SubscribeRequest {
        let mut request = self.request.clone();
        if let Some(cursor) = &self.cursor {
            request.start = Some(Start::AfterCursor(cursor.clone()));
        }
        // Zero would mean no limit; a complete subscription makes no further call.
        request.limit = request.limit.saturating_sub(self.delivered);
        if self.caught_up {
            // What was missed since is no past to be paced.
            request.replay_speed = 0.0;
        }
        request
    }

    /// Whether all that was asked for was delivered, so that a lost connection loses nothing.
    pub(super) fn is_complete(&self) -> bool {
        let limit = self.request.limit;
        (limit > 0 && self.delivered >= limit) || (self.request.stop_when_caught_up && self.caught_up)
    }

    pub(super) fn note(&mut self, message: &Message) {
        let cursor = match message {
            // Where a start such as "the last ten" or "latest" came to lie: a reconnection must not choose anew. Once
            // there is a cursor, `started` only repeats it.
            Message::Started(started) if self.cursor.is_none() => &started.start_cursor,
            Message::Started(_) => return,
            Message::Batch(batch) => {
                self.delivered += batch.events.len() as u64;
                match batch.events.last() {
                    Some(last) if batch.cursor.is_empty() => &last.cursor,
                    _ => &batch.cursor,
                }
            }
            Message::Checkpoint(checkpoint) => &checkpoint.cursor,
            Message::CaughtUp(caught_up) => {
                self.caught_up = true;
                &caught_up.cursor
            }
            Message::FellBehind(behind) => &behind.cursor,
            Message::EventsSkipped(skipped) => &skipped.through_cursor,
            Message::FilterChanged(changed) => {
                // What comes after it has to come through the new filter, over whichever connection.
                self.request.filter = Some(EventFilter {
                    expression: changed.canonical_filter.clone(),
                    ..EventFilter::default()
                });
                &changed.cursor
            }
            Message::StreamEnding(ending) => &ending.cursor,
        };
        if !cursor.is_empty() {
            self.cursor = Some(cursor.clone());
        }
    }
}
