//! What editors decide: an event withdrawn until it is restored.

use std::sync::Arc;

use dateline_journal::Stamps;
use dateline_proto::{reason, v1};
use tonic::Code;

use super::{Asker, Task};
use crate::{
    ledger::{
        draft::Draft,
        failure::view_failure,
        known::{Effect, Known},
    },
    refusal::Refusal,
};

const REASON_BYTES: usize = 1_024;

pub(super) fn check_reason(text: &str) -> Result<(), Refusal> {
    if text.len() > REASON_BYTES {
        let message = format!(
            "reason: has {} bytes, more than the {REASON_BYTES} allowed",
            text.len()
        );
        return Err(Refusal::invalid(reason::FIELD_INVALID, "reason", message));
    }
    Ok(())
}

impl Task {
    pub(super) async fn retract(
        &mut self,
        request: v1::RetractEventRequest,
        asker: &Arc<Asker<v1::RetractEventResponse>>,
    ) -> Result<(), Refusal> {
        check_reason(&request.reason)?;
        let why = if request.reason.is_empty() {
            "withdrawn by an editor"
        } else {
            &request.reason
        };
        let change = |known: &mut Known| {
            if known.is_held() {
                let message = "the event is withdrawn already; RestoreEvent takes that back";
                return Err(Refusal::new(
                    Code::FailedPrecondition,
                    reason::EVENT_RETRACTED,
                    message,
                ));
            }
            Ok(known.retract(why, true))
        };
        let response = |event| v1::RetractEventResponse { event };
        self.change_event(&request.event_id, change, asker, response)
            .await
    }

    pub(super) async fn restore(
        &mut self,
        request: v1::RestoreEventRequest,
        asker: &Arc<Asker<v1::RestoreEventResponse>>,
    ) -> Result<(), Refusal> {
        let change = |known: &mut Known| {
            if !known.is_held() {
                let message = "no editor withdrew this event";
                return Err(Refusal::new(
                    Code::FailedPrecondition,
                    reason::EVENT_NOT_RETRACTED,
                    message,
                ));
            }
            Ok(known.restore())
        };
        let response = |event| v1::RestoreEventResponse { event };
        self.change_event(&request.event_id, change, asker, response)
            .await
    }

    /// Changes one event of the feed; the answer is made of its newest revision.
    async fn change_event<T: Send + 'static>(
        &mut self,
        event_id: &str,
        change: impl Fn(&mut Known) -> Result<Effect, Refusal>,
        asker: &Arc<Asker<T>>,
        response: fn(Option<v1::Event>) -> T,
    ) -> Result<(), Refusal> {
        loop {
            let current = self.current()?;
            let mut draft = Draft::new(&current);
            let mut known = draft
                .known(event_id)
                .map_err(|error| view_failure(&error))?
                .clone();
            if known.newest.is_none() {
                let message = "the feed has no such event";
                return Err(Refusal::not_found(reason::EVENT_NOT_FOUND, message));
            }
            let effect = change(&mut known)?;
            let mut changed = known.clone();
            let noted = draft.change(event_id, |event| {
                *event = known;
                effect
            });
            noted.map_err(|error| view_failure(&error))?;
            let plan = draft.finish(None);
            let finish = move |stamps: Stamps| {
                if let (Some(newest), Some(stamp)) = (&mut changed.newest, stamps.iter().next()) {
                    newest.stamp = Some(stamp);
                }
                changed.settle();
                response(changed.newest.map(|newest| Arc::unwrap_or_clone(newest.event)))
            };
            if self.submit_for(plan, asker, finish).await? {
                return Ok(());
            }
        }
    }
}
