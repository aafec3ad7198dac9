//! Events that were coded elsewhere: what publishing one does to the feed.

use std::sync::Arc;

use dateline_journal::{Report, ViewError};
use dateline_proto::{reason, v1};
use prost::Message as _;
use tonic::Code;

use super::{
    Settings,
    check::check,
    draft::{Draft, Knowledge},
    identity::{content_id, merged_id},
    known::Effect,
    same::say_the_same,
};
use crate::refusal::Refusal;

/// Sources of this beginning are publishers; no article may take it as its identity.
pub(crate) const PUBLISHED: &str = "publish:";

/// Events of one request; the contract says so.
const PUBLISHED_EVENTS: usize = 1_000;

/// A published event with what says who it is.
#[derive(Debug)]
pub(super) struct Publication {
    report: Arc<v1::Event>,
    /// Its size as a message.
    bytes: usize,
    source: Arc<str>,
    /// The publisher named the event: it belongs to that publisher alone, and other content revises it.
    named: bool,
}

/// A published event, or why it is refused.
pub(super) type Item = Result<Publication, v1::PublishResult>;

/// The events of one request, checked.
#[derive(Debug)]
pub(super) struct Publications {
    /// Each of them, or why it is refused.
    pub(super) items: Vec<Item>,
    /// Nothing is stored.
    pub(super) validate_only: bool,
}

impl Publications {
    /// The one event of a request that publishes just that; else the request.
    pub(super) fn single(mut self) -> Result<Item, Self> {
        if self.validate_only || self.items.len() != 1 {
            return Err(self);
        }
        self.items.pop().ok_or(self)
    }

    /// Their size as messages.
    pub(super) fn bytes(&self) -> usize {
        self.items.iter().flatten().map(|item| item.bytes).sum()
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
    let mut sources = Sources::default();
    let item = |mut event: v1::Event| {
        let bytes = event.encoded_len();
        match check(&mut event, bytes, settings.event_bytes) {
            Ok(()) => Ok(identify(event, bytes, request.merge, &mut sources)),
            Err(refusal) => {
                let mut result = v1::PublishResult {
                    event_id: event.event_id,
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
fn identify(mut report: v1::Event, bytes: usize, merge: bool, sources: &mut Sources) -> Publication {
    let mut source = sources.of(&report.coder);
    let named = !report.event_id.is_empty();
    if !named {
        let content = content_id(&report);
        match merge.then(|| merged_id(&report)).flatten() {
            Some(shared) => {
                report.event_id = shared;
                // One publisher may well know the same event from several reports of its own.
                source = format!("{source} {content}").into();
            }
            None => report.event_id = content,
        }
    }
    // As if it were the first of its event, as it mostly is; a report's own word on this means nothing.
    report.revision = 1;
    report.set_change(v1::Change::Created);
    Publication {
        report: Arc::new(report),
        bytes,
        source,
        named,
    }
}

/// The source that a coder is, made once for many events of one.
#[derive(Default)]
struct Sources {
    coder: String,
    source: Arc<str>,
}

impl Sources {
    fn of(&mut self, coder: &str) -> Arc<str> {
        if self.coder != coder {
            self.coder = coder.to_owned();
            self.source = [PUBLISHED, coder].concat().into();
        }
        self.source.clone()
    }
}

impl Publication {
    pub(super) fn event_id(&self) -> &str {
        &self.report.event_id
    }

    /// Its size as a message.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Puts it into a draft that has not revised the event yet, or one that is only for looking.
    pub(super) fn put<K: Knowledge>(&self, draft: &mut Draft<'_, K>) -> Result<v1::PublishResult, ViewError> {
        let event_id = &self.report.event_id;
        let place = draft.place(event_id)?;
        let known = draft.at(place);
        let mut result = v1::PublishResult {
            event_id: event_id.clone(),
            revision: known.revision(),
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
            let others = known.reports.iter().any(|(source, _)| *source != *self.source);
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
        let effect = draft.put_at(place, &self.source, report, say_the_same);
        let known = draft.at(place);
        result.revision = known.revision();
        match effect {
            Effect::Revised(v1::Change::Created) => result.set_outcome(v1::PublishOutcome::Created),
            Effect::Revised(_) => result.set_outcome(v1::PublishOutcome::Revised),
            Effect::Unchanged | Effect::Silent => {
                result.set_outcome(v1::PublishOutcome::Duplicate);
                let newest = known.newest.as_ref();
                result.cursor = newest.map_or_else(String::new, |newest| newest.event.cursor.clone());
            }
        }
        Ok(result)
    }
}

/// Fills in why an event was refused.
fn reject(result: &mut v1::PublishResult, refusal: &Refusal) {
    result.set_outcome(v1::PublishOutcome::Rejected);
    result.error_reason = refusal.reason().to_owned();
    result.error_message = refusal.message().to_owned();
}
