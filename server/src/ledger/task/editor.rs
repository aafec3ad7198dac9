//! What editors decide: an event withdrawn until it is restored.

use dateline_proto::{reason, v1};
use tonic::Code;

use super::{Task, Written};
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
    ) -> Result<(v1::RetractEventResponse, Written), Refusal> {
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
        let (event, written) = self.change_event(&request.event_id, change).await?;
        Ok((v1::RetractEventResponse { event }, written))
    }

    pub(super) async fn restore(
        &mut self,
        request: v1::RestoreEventRequest,
    ) -> Result<(v1::RestoreEventResponse, Written), Refusal> {
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
        let (event, written) = self.change_event(&request.event_id, change).await?;
        Ok((v1::RestoreEventResponse { event }, written))
    }

    /// Changes one event of the feed; returns its newest revision.
    async fn change_event(
        &mut self,
        event_id: &str,
        change: impl Fn(&mut Known) -> Result<Effect, Refusal>,
    ) -> Result<(Option<v1::Event>, Written), Refusal> {
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
            let changed = draft.change(event_id, |event| {
                *event = known;
                effect
            });
            changed.map_err(|error| view_failure(&error))?;
            let plan = draft.finish(None);
            let mut written = Written::default();
            if self.submit(plan, &mut written).await?.is_some() {
                let newest = self.overlay.newest(event_id).map(|newest| newest.event.clone());
                return Ok((newest, written));
            }
        }
    }
}
