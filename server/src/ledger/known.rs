//! An event as the feed knows it, and what one report more or less makes of it.

use std::{collections::BTreeMap, sync::Arc};

use dateline_journal::{Report, Sequence};
use dateline_proto::v1;

use super::merge::merged;

/// What the feed knows of one event; the default: nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    /// Its newest revision.
    pub(crate) newest: Option<Newest>,
    /// What each source says of it now.
    pub(crate) reports: BTreeMap<String, Arc<Report>>,
}

/// The newest revision of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Newest {
    pub(crate) event: v1::Event,
    pub(crate) sequence: Sequence,
    /// An editor withdrew it; reports change nothing until it is restored.
    pub(crate) held: bool,
}

/// What a report more or less did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: it says what it said, and the old report stays.
    Unchanged,
    /// The report counts, but the event's state is as it was.
    Silent,
    /// There is a new revision.
    Revised(v1::Change),
}

/// Whether a new report of a source says what its old one said.
pub(crate) type Sameness = fn(&v1::Event, &v1::Event) -> bool;

impl Known {
    pub(crate) fn is_held(&self) -> bool {
        self.newest.as_ref().is_some_and(|newest| newest.held)
    }

    pub(crate) fn is_retracted(&self) -> bool {
        self.newest
            .as_ref()
            .is_some_and(|newest| newest.event.change() == v1::Change::Retracted)
    }

    /// The number of the newest revision, 0 where there is none.
    pub(crate) fn revision(&self) -> u32 {
        self.newest.as_ref().map_or(0, |newest| newest.event.revision)
    }

    /// `source` reports the event.
    pub(crate) fn put(&mut self, source: &str, mut report: Report, same: Sameness) -> Effect {
        let event_id = report.event.event_id.clone();
        let before = self.reports.get(source);
        let is_new = before.is_none();
        let can_return = self.is_retracted() && !self.is_held();
        if let Some(before) = before.filter(|before| !can_return && same(&before.event, &report.event)) {
            if before.sketch == report.sketch {
                return Effect::Unchanged;
            }
            // Only the text around it changed. What is a copy of what may change with that, what the report tells does not.
            report.event = before.event.clone();
        }
        self.reports.insert(source.to_owned(), Arc::new(report));
        if self.is_held() {
            return Effect::Silent;
        }
        let change = match &self.newest {
            None => v1::Change::Created,
            Some(_) if self.is_retracted() => v1::Change::Created,
            Some(_) if is_new => v1::Change::Corroborated,
            Some(_) => v1::Change::Corrected,
        };
        self.restate(&event_id, change, same)
    }

    /// `source` does not report the event any more. If nothing else does, it is retracted for `reason` and keeps its last fields.
    pub(crate) fn remove(&mut self, source: &str, reason: &str) -> Effect {
        if self.reports.remove(source).is_none() {
            return Effect::Unchanged;
        }
        if self.is_held() || self.is_retracted() {
            return Effect::Silent;
        }
        let Some(newest) = &self.newest else {
            return Effect::Silent;
        };
        if self.reports.is_empty() {
            self.retract(reason, false)
        } else {
            let event_id = newest.event.event_id.clone();
            self.restate(&event_id, v1::Change::Corrected, |a, b| a == b)
        }
    }

    /// Retracts it; `held`: until an editor restores it.
    pub(crate) fn retract(&mut self, reason: &str, held: bool) -> Effect {
        let Some(newest) = &mut self.newest else {
            return Effect::Unchanged;
        };
        let change = v1::Change::Retracted;
        newest.event.revision += 1;
        newest.event.set_change(change);
        newest.event.retraction_reason = reason.to_owned();
        newest.event.replaced_by.clear();
        newest.held = held;
        Effect::Revised(change)
    }

    /// Takes an editor's withdrawal back: the event is what its reports say now, and stays retracted where there are none.
    pub(crate) fn restore(&mut self) -> Effect {
        let Some(newest) = &mut self.newest else {
            return Effect::Unchanged;
        };
        newest.held = false;
        let event_id = newest.event.event_id.clone();
        if self.reports.is_empty() {
            return self.retract("restored, but no article reports it any more", false);
        }
        self.restate(&event_id, v1::Change::Created, |_, _| false)
    }

    fn restate(&mut self, event_id: &str, change: v1::Change, same: Sameness) -> Effect {
        let Some(mut event) = merged(self.reports.iter().map(|(source, report)| (source, &**report))) else {
            return Effect::Silent;
        };
        event.event_id = event_id.to_owned();
        let sequence = match &self.newest {
            None => Sequence::ZERO,
            Some(newest) => {
                event.create_time = newest.event.create_time;
                let mut as_before = event.clone();
                take_revision_fields(&mut as_before, &newest.event);
                if change == v1::Change::Corrected && same(&as_before, &newest.event) {
                    return Effect::Silent;
                }
                newest.sequence
            }
        };
        event.revision = self.revision() + 1;
        event.set_change(change);
        self.newest = Some(Newest {
            event,
            sequence,
            held: false,
        });
        Effect::Revised(change)
    }
}

/// Gives a state the fields that tell of a revision rather than of the event.
fn take_revision_fields(event: &mut v1::Event, from: &v1::Event) {
    event.revision = from.revision;
    event.change = from.change;
    event.cursor.clone_from(&from.cursor);
    event.create_time = from.create_time;
    event.update_time = from.update_time;
    event.replaced_by.clone_from(&from.replaced_by);
    event.retraction_reason.clone_from(&from.retraction_reason);
}
