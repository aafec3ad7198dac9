//! What a subscription hands out.

use std::time::Duration;

use dateline_proto::v1::{
    CaughtUp, Checkpoint, EventBatch, EventsSkipped, FellBehind, FilterChanged, StreamEnding,
    SubscribeResponse, SubscriptionStarted, subscribe_response::Message,
};

use crate::Error;

/// A message of the server, or what the subscription does by itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Update {
    /// A call was taken; the first message of each connection.
    Started(SubscriptionStarted),
    /// Events, in feed order.
    Batch(EventBatch),
    /// How far the stream is.
    Checkpoint(Checkpoint),
    /// Everything that the feed had was handed out; what follows is live. Once per transition, and again after a
    /// reconnection.
    CaughtUp(CaughtUp),
    /// The reader is slower than the feed. Nothing is lost.
    FellBehind(FellBehind),
    /// A gap: a stretch of the feed that is not delivered.
    Skipped(EventsSkipped),
    /// The filter of the stream changed.
    FilterChanged(FilterChanged),
    /// The server closes the stream on purpose. The subscription then ends or reconnects, as the reason says.
    Ending(StreamEnding),
    /// The connection was lost or could not be made; the next attempt follows after the delay.
    Reconnecting {
        /// Why.
        error: Error,
        /// How long the subscription waits.
        delay: Duration,
    },
}

impl Update {
    /// The server's message; none for what the subscription does by itself.
    pub fn into_message(self) -> Option<SubscribeResponse> {
        let message = match self {
            Self::Started(message) => Message::Started(message),
            Self::Batch(message) => Message::Batch(message),
            Self::Checkpoint(message) => Message::Checkpoint(message),
            Self::CaughtUp(message) => Message::CaughtUp(message),
            Self::FellBehind(message) => Message::FellBehind(message),
            Self::Skipped(message) => Message::EventsSkipped(message),
            Self::FilterChanged(message) => Message::FilterChanged(message),
            Self::Ending(message) => Message::StreamEnding(message),
            Self::Reconnecting { .. } => return None,
        };
        Some(SubscribeResponse {
            message: Some(message),
        })
    }
}

impl From<Message> for Update {
    fn from(message: Message) -> Self {
        match message {
            Message::Started(message) => Self::Started(message),
            Message::Batch(message) => Self::Batch(message),
            Message::Checkpoint(message) => Self::Checkpoint(message),
            Message::CaughtUp(message) => Self::CaughtUp(message),
            Message::FellBehind(message) => Self::FellBehind(message),
            Message::EventsSkipped(message) => Self::Skipped(message),
            Message::FilterChanged(message) => Self::FilterChanged(message),
            Message::StreamEnding(message) => Self::Ending(message),
        }
    }
}
