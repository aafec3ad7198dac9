//! A server that keeps the contract and breaks at every possible place: each matching revision is delivered once all the same.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
};

use dateline_proto::v1::{
    EndReason, EventBatch, StartPosition, SubscribeRequest, SubscribeResponse, subscribe_request::Start,
    subscribe_response::Message,
};
use futures_util::{StreamExt as _, stream};
use proptest::prelude::*;

use super::script::{Step, batch, caught_up, checkpoint, ending, lost, started};
use crate::{Connector, Error, MessageStream, Resume, Subscription, Update};

/// Revision n has the cursor n and the id n; sequence 0 is the start.
struct Model {
    /// Whether revision n + 1 matches the filter.
    matching: Vec<bool>,
    batch_size: usize,
    /// After how many messages each call breaks, and how; afterwards none does.
    breaks: Mutex<Vec<(usize, Break)>>,
}

#[derive(Clone, Copy, Debug)]
enum Break {
    Refuse,
    Fail,
    Close,
    Drain,
    Hang,
}

impl Model {
    fn start(&self, request: &SubscribeRequest) -> usize {
        match &request.start {
            Some(Start::AfterCursor(cursor)) => cursor.parse().expect("a cursor of this model"),
            Some(Start::BacklogCount(count)) => {
                let matching: Vec<_> = (0..self.matching.len()).filter(|at| self.matching[*at]).collect();
                let first = matching.len().saturating_sub(*count as usize);
                matching.get(first).copied().unwrap_or(self.matching.len())
            }
            Some(Start::StartPosition(end)) if *end == StartPosition::Earliest as i32 => 0,
            _ => self.matching.len(),
        }
    }

    fn messages(&self, request: &SubscribeRequest) -> Vec<Step> {
        let start = self.start(request);
        let mut steps = vec![started(&start.to_string())];
        let mut ids: Vec<String> = Vec::new();
        let mut delivered = 0;
        for at in start..self.matching.len() {
            let cursor = (at + 1).to_string();
            if self.matching[at] {
                ids.push(cursor.clone());
                delivered += 1;
            } else if ids.is_empty() {
                steps.push(checkpoint(&cursor));
            }
            let full = request.limit > 0 && delivered == request.limit;
            if full || ids.len() == self.batch_size || at + 1 == self.matching.len() {
                let names: Vec<_> = ids.iter().map(String::as_str).collect();
                if !names.is_empty() {
                    steps.push(batch(&cursor, &names));
                }
                ids.clear();
            }
            if full {
                steps.push(ending(&cursor, EndReason::LimitReached, None));
                return steps;
            }
        }
        let head = self.matching.len().to_string();
        steps.push(caught_up(&head));
        steps.push(ending(&head, EndReason::CaughtUp, None));
        steps
    }
}

impl Connector for Model {
    fn subscribe(
        &self,
        request: SubscribeRequest,
    ) -> Pin<Box<dyn Future<Output = Result<MessageStream, Error>> + Send>> {
        let mut steps = self.messages(&request);
        let mut hangs = false;
        if let Some((at, how)) = self.breaks.lock().unwrap().pop() {
            if matches!(how, Break::Refuse) {
                return Box::pin(async { Err(lost()) });
            }
            // The last message is the deliberate end, which is not cut off here but by the breaks before it.
            steps.truncate(at.min(steps.len() - 1));
            let cursor = steps.iter().rev().find_map(cursor_of).unwrap_or_default();
            match how {
                Break::Fail => steps.push(Step::Fail(lost())),
                Break::Drain if !cursor.is_empty() => {
                    steps.push(ending(&cursor, EndReason::ServerDraining, None))
                }
                Break::Hang => hangs = true,
                Break::Refuse | Break::Close | Break::Drain => {}
            }
        }
        let messages = stream::iter(steps.into_iter().map(|step| match step {
            Step::Send(message) => Ok(SubscribeResponse {
                message: Some(message),
            }),
            _ => Err(lost()),
        }));
        Box::pin(async move {
            Ok(if hangs {
                messages.chain(stream::pending()).boxed()
            } else {
                messages.boxed()
            })
        })
    }
}

fn cursor_of(step: &Step) -> Option<String> {
    match step {
        Step::Send(Message::Batch(EventBatch { cursor, .. })) => Some(cursor.clone()),
        Step::Send(Message::Checkpoint(checkpoint)) => Some(checkpoint.cursor.clone()),
        Step::Send(Message::Started(started)) => Some(started.start_cursor.clone()),
        Step::Send(Message::CaughtUp(caught_up)) => Some(caught_up.cursor.clone()),
        _ => None,
    }
}

fn a_break() -> impl Strategy<Value = Break> {
    prop_oneof![
        Just(Break::Refuse),
        Just(Break::Fail),
        Just(Break::Close),
        Just(Break::Drain),
        Just(Break::Hang)
    ]
}

fn a_start() -> impl Strategy<Value = Start> {
    prop_oneof![
        Just(Start::StartPosition(StartPosition::Earliest as i32)),
        (0_u32..30).prop_map(Start::BacklogCount),
        Just(Start::AfterCursor("0".into()))
    ]
}

proptest! {
    #[test]
    fn each_matching_revision_is_delivered_once_wherever_the_connection_breaks(
        matching in prop::collection::vec(any::<bool>(), 0..40),
        batch_size in 1_usize..5,
        breaks in prop::collection::vec((0_usize..12, a_break()), 0..12),
        start in a_start(),
        limit in prop_oneof![Just(0_u64), 1_u64..20],
    ) {
        let model = Arc::new(Model { matching: matching.clone(), batch_size, breaks: Mutex::new(breaks) });
        let request = SubscribeRequest { start: Some(start), limit, stop_when_caught_up: true, ..Default::default() };
        let first = model.start(&request);
        let mut expected: Vec<_> = (first..matching.len()).filter(|at| matching[*at]).map(|at| (at + 1).to_string()).collect();
        if limit > 0 {
            expected.truncate(limit as usize);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let delivered = runtime.block_on(async move {
            let mut feed = Subscription::new(model, request, Resume::default());
            let mut ids = Vec::new();
            while let Some(update) = feed.next().await {
                if let Update::Batch(batch) = update.unwrap() {
                    ids.extend(batch.events.into_iter().map(|event| event.event_id));
                }
            }
            ids
        });
        prop_assert_eq!(delivered, expected);
    }
}
