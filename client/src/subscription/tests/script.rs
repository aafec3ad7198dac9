//! A connector that plays a script: one list of steps for each call.

use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_stream::stream;
use dateline_proto::v1::{
    CaughtUp, Checkpoint, EndReason, Event, EventBatch, EventsSkipped, StreamEnding, SubscribeRequest,
    SubscribeResponse, SubscriptionStarted, subscribe_response::Message,
};
use futures_util::StreamExt as _;
use tokio::time::Instant;

use crate::{Connector, Error, ErrorKind, MessageStream, Resume, Subscription};

#[derive(Clone)]
pub(super) enum Step {
    /// The call itself fails; only as the first step.
    Refuse(Error),
    Send(Message),
    Unknown,
    Pause(Duration),
    Fail(Error),
    /// The stream ends without an error.
    Close,
    /// Nothing ever comes.
    Hang,
}

pub(super) struct Script {
    calls: Mutex<VecDeque<Vec<Step>>>,
    repeated: Option<Vec<Step>>,
    made: Mutex<Vec<(Instant, SubscribeRequest)>>,
}

impl Script {
    pub(super) fn new(calls: impl IntoIterator<Item = Vec<Step>>) -> Arc<Self> {
        Arc::new(Self {
            calls: Mutex::new(calls.into_iter().collect()),
            repeated: None,
            made: Mutex::default(),
        })
    }

    pub(super) fn repeating(call: Vec<Step>) -> Arc<Self> {
        Arc::new(Self {
            calls: Mutex::default(),
            repeated: Some(call),
            made: Mutex::default(),
        })
    }

    pub(super) fn subscribe(self: &Arc<Self>, request: SubscribeRequest) -> Subscription {
        self.subscribe_with(request, Resume::default())
    }

    pub(super) fn subscribe_with(
        self: &Arc<Self>,
        request: SubscribeRequest,
        resume: Resume,
    ) -> Subscription {
        Subscription::new(Arc::<Self>::clone(self), request, resume)
    }

    pub(super) fn requests(&self) -> Vec<SubscribeRequest> {
        self.made
            .lock()
            .unwrap()
            .iter()
            .map(|(_, request)| request.clone())
            .collect()
    }

    pub(super) fn times(&self) -> Vec<Instant> {
        self.made.lock().unwrap().iter().map(|(time, _)| *time).collect()
    }
}

impl Connector for Script {
    fn subscribe(
        &self,
        request: SubscribeRequest,
    ) -> Pin<Box<dyn Future<Output = Result<MessageStream, Error>> + Send>> {
        self.made.lock().unwrap().push((Instant::now(), request));
        let next = self.calls.lock().unwrap().pop_front();
        let steps = next
            .or_else(|| self.repeated.clone())
            .expect("the script foresees no further call");
        Box::pin(async move {
            if let Some(Step::Refuse(error)) = steps.first() {
                return Err(error.clone());
            }
            Ok(play(steps).boxed())
        })
    }
}

fn play(steps: Vec<Step>) -> impl futures_util::Stream<Item = Result<SubscribeResponse, Error>> + Send {
    stream! {
        for step in steps {
            match step {
                Step::Send(message) => yield Ok(SubscribeResponse { message: Some(message) }),
                Step::Unknown => yield Ok(SubscribeResponse { message: None }),
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Refuse(error) | Step::Fail(error) => yield Err(error),
                Step::Close => return,
                Step::Hang => std::future::pending().await,
            }
        }
    }
}

pub(super) fn lost() -> Error {
    Error::new(ErrorKind::Unavailable, "no server answers: connection lost")
}

pub(super) fn started(cursor: &str) -> Step {
    Step::Send(Message::Started(SubscriptionStarted {
        start_cursor: cursor.into(),
        heartbeat_interval: Some(Duration::from_secs(2).into()),
        ..SubscriptionStarted::default()
    }))
}

pub(super) fn batch(cursor: &str, ids: &[&str]) -> Step {
    let event = |id: &&str| Event {
        event_id: (*id).into(),
        ..Event::default()
    };
    Step::Send(Message::Batch(EventBatch {
        events: ids.iter().map(event).collect(),
        cursor: cursor.into(),
        left: Vec::new(),
    }))
}

pub(super) fn checkpoint(cursor: &str) -> Step {
    Step::Send(Message::Checkpoint(Checkpoint {
        cursor: cursor.into(),
        ..Checkpoint::default()
    }))
}

pub(super) fn caught_up(cursor: &str) -> Step {
    Step::Send(Message::CaughtUp(CaughtUp {
        cursor: cursor.into(),
        ..CaughtUp::default()
    }))
}

pub(super) fn skipped(after: &str, through: &str, count: u64) -> Step {
    Step::Send(Message::EventsSkipped(EventsSkipped {
        after_cursor: after.into(),
        through_cursor: through.into(),
        skipped_events: count,
        reason: 0,
    }))
}

pub(super) fn ending(cursor: &str, reason: EndReason, delay: Option<Duration>) -> Step {
    Step::Send(Message::StreamEnding(StreamEnding {
        cursor: cursor.into(),
        reason: reason as i32,
        reconnect_delay: delay.map(Into::into),
    }))
}
