//! Events that were coded elsewhere: what publishing one does to the feed.

use dateline_journal::{Report, ViewError};
use dateline_proto::{reason, v1};
use prost::Message as _;
use tonic::Code;

use super::{
    Settings,
    check::checked,
    draft::{Draft, Knowledge},
    identity::{content_id, merged_id},
    known::Effect,
};
use crate::refusal::Refusal;

/// Sources of this beginning are publishers; no article may take it as its identity.
pub(crate) const PUBLISHED: &str = "publish:";

/// Events of one request; the contract says so.
const PUBLISHED_EVENTS: usize = 1_000;

/// A published event with what says who it is.
#[derive(Debug)]
pub(super) struct Publication {
    report: v1::Event,
    source: String,
    /// The publisher named the event: it belongs to that publisher alone, and other content revises it.
    named: bool,
}

/// The events of one request, checked.
#[derive(Debug)]
pub(super) struct Publications {
    /// Each of them, or why it is refused.
    pub(super) items: Vec<Result<Publication, v1::PublishResult>>,
    /// Nothing is stored.
    pub(super) validate_only: bool,
}

impl Publications {
    /// Their size as messages.
    pub(super) fn bytes(&self) -> usize {
        self.items.iter().flatten().map(Publication::bytes).sum()
    }
}

/// Checks the events of a request.
///
/// # Errors
/// FIELD_INVALID for none or too many, FIELD_UNSUPPORTED where they are to be merged and the server does not merge.
pub(super) fn prepare(
    request: v1::PublishEventsRequest,
    settings: Settings,
) -> Result<Publications, Refusal> {
    let count = request.events.len();
    if !(1..=PUBLISHED_EVENTS).contains(&count) {
        let message = format!("events: has {count} elements; 1 to {PUBLISHED_EVENTS} are allowed");
        return Err(Refusal::invalid(reason::FIELD_INVALID, "events", message));
    }
    if request.merge && !settings.merging {
        return Err(Refusal::unimplemented("merge"));
    }
    let item = |event: v1::Event| {
        let event_id = event.event_id.clone();
        match checked(event, settings.event_bytes) {
            Ok(report) => Ok(identify(report, request.merge)),
            Err(refusal) => {
                let mut result = v1::PublishResult {
                    event_id,
                    ..Default::default()
                };
                reject(&mut result, &refusal);
                Err(result)
            }
        }
    };
    Ok(Publications {
        items: request.events.into_iter().map(item).collect(),
        validate_only: request.validate_only,
    })
}

/// Finds out which event a checked one is.
fn identify(mut report: v1::Event, merge: bool) -> Publication {
    let coder = report.coder.clone();
    let source = format!("{PUBLISHED}{coder}");
    if !report.event_id.is_empty() {
        return Publication {
            report,
            source,
            named: true,
        };
    }
    let content = content_id(&report);
    match merge.then(|| merged_id(&report)).flatten() {
        Some(shared) => {
            report.event_id = shared;
            // One publisher may well know the same event from several reports of its own.
            let source = format!("{source} {content}");
            Publication {
                report,
                source,
                named: false,
            }
        }
        None => {
            report.event_id = content;
            Publication {
                report,
                source,
                named: false,
            }
        }
    }
}

impl Publication {
    pub(super) fn event_id(&self) -> &str {
        &self.report.event_id
    }

    /// Its size as a message.
    pub(super) fn bytes(&self) -> usize {
        self.report.encoded_len()
    }

    /// Puts it into a draft that has not revised the event yet, or one that is only for looking.
    pub(super) fn put<K: Knowledge>(&self, draft: &mut Draft<'_, K>) -> Result<v1::PublishResult, ViewError> {
        let event_id = self.report.event_id.clone();
        let known = draft.known(&event_id)?;
        let revision = known.revision();
        let mut result = v1::PublishResult {
            event_id: event_id.clone(),
            revision,
            ..Default::default()
        };
        if known.is_held() {
            let message = "an editor withdrew this event; RestoreEvent has to come first";
            reject(
                &mut result,
                &Refusal::new(Code::FailedPrecondition, reason::EVENT_RETRACTED, message),
            );
            return Ok(result);
        }
        if self.named && known.newest.is_some() {
            let others = known.reports.keys().any(|source| *source != self.source);
            let own = known
                .newest
                .as_ref()
                .is_some_and(|newest| newest.event.coder == self.report.coder);
            if others || !own {
                let message = "another coder's event; publish under an event_id of your own";
                reject(
                    &mut result,
                    &Refusal::new(Code::PermissionDenied, reason::EVENT_CODER_MISMATCH, message),
                );
                return Ok(result);
            }
        }
        let report = Report {
            event: self.report.clone(),
            sketch: Vec::new(),
        };
        let effect = draft.put(&self.source, report, |a, b| a == b)?;
        result.revision = draft.known(&event_id)?.revision();
        result.set_outcome(match effect {
            Effect::Revised(v1::Change::Created) => v1::PublishOutcome::Created,
            Effect::Revised(_) => v1::PublishOutcome::Revised,
            Effect::Unchanged | Effect::Silent => v1::PublishOutcome::Duplicate,
        });
        Ok(result)
    }
}

/// Fills in why an event was refused.
fn reject(result: &mut v1::PublishResult, refusal: &Refusal) {
    result.set_outcome(v1::PublishOutcome::Rejected);
    result.error_reason = refusal.reason().to_owned();
    result.error_message = refusal.message().to_owned();
}
