//! An event as the feed knows it, and what one report more or less makes of it.

use std::sync::Arc;

use dateline_journal::{Report, Sequence, Stamp};
use dateline_proto::v1;

use super::{merge::merged, reports::Reports, same::say_the_same};

/// What the feed knows of one event; the default: nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    /// Its newest revision.
    pub(crate) newest: Option<Newest>,
    /// What each source says of it now.
    pub(crate) reports: Reports,
}

/// The newest revision of an event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Newest {
    pub(crate) event: Arc<v1::Event>,
    pub(crate) sequence: Sequence,
    /// An editor withdrew it; reports change nothing until it is restored.
    pub(crate) held: bool,
    /// Where the journal placed it, while the event itself does not say so: see [`Known::settle`].
    pub(crate) stamp: Option<Stamp>,
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

/// Whether a new report of a source says what its old one said, see `same`.
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
    pub(crate) fn put(&mut self, source: &Arc<str>, mut report: Report, same: Sameness) -> Effect {
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
        if self.is_held() {
            self.reports.insert(source, Arc::new(report));
            return Effect::Silent;
        }
        let change = match &self.newest {
            None => v1::Change::Created,
            Some(_) if self.is_retracted() => v1::Change::Created,
            Some(_) if is_new => v1::Change::Corroborated,
            Some(_) => v1::Change::Corrected,
        };
        let others = self.reports.len() - usize::from(!is_new);
        if others == 0 && !self.stays(&report.event, change, same) {
            // The one report is the state: it is the same event in memory and, where it can be, on disk.
            if !self.is_told(&report.event, change) {
                self.tell(Arc::make_mut(&mut report.event), change);
            }
            self.show(report.event.clone());
            self.reports.insert(source, Arc::new(report));
            return Effect::Revised(change);
        }
        let event_id = report.event.event_id.clone();
        self.reports.insert(source, Arc::new(report));
        self.restate(&event_id, change, same)
    }

    /// `source` does not report the event any more. If nothing else does, it is retracted for `reason` and keeps its last fields.
    pub(crate) fn remove(&mut self, source: &str, reason: &str) -> Effect {
        if !self.reports.remove(source) {
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
            self.restate(&event_id, v1::Change::Corrected, say_the_same)
        }
    }

    /// Retracts it; `held`: until an editor restores it.
    pub(crate) fn retract(&mut self, reason: &str, held: bool) -> Effect {
        let Some(newest) = &self.newest else {
            return Effect::Unchanged;
        };
        let change = v1::Change::Retracted;
        let mut event = v1::Event::clone(&newest.event);
        self.tell(&mut event, change);
        event.retraction_reason = reason.to_owned();
        self.show(Arc::new(event));
        if let Some(newest) = &mut self.newest {
            newest.held = held;
        }
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

    /// The state is what all reports say together.
    fn restate(&mut self, event_id: &str, change: v1::Change, same: Sameness) -> Effect {
        let Some(mut event) = merged(self.reports.iter().map(|(source, report)| (source, &**report))) else {
            return Effect::Silent;
        };
        event.event_id = event_id.to_owned();
        if self.stays(&event, change, same) {
            return Effect::Silent;
        }
        self.tell(&mut event, change);
        self.show(Arc::new(event));
        Effect::Revised(change)
    }

    /// Whether a correction corrects nothing.
    fn stays(&self, event: &v1::Event, change: v1::Change, same: Sameness) -> bool {
        change == v1::Change::Corrected
            && self
                .newest
                .as_ref()
                .is_some_and(|newest| same(event, &newest.event))
    }

    /// Has an event tell that it is the next revision, by `change`.
    fn tell(&self, event: &mut v1::Event, change: v1::Change) {
        event.revision = self.revision() + 1;
        event.set_change(change);
        event.create_time = self.newest.as_ref().and_then(|newest| newest.event.create_time);
        event.update_time = None;
        event.cursor.clear();
        event.replaced_by.clear();
        event.retraction_reason.clear();
    }

    /// Whether it tells so already.
    fn is_told(&self, event: &v1::Event, change: v1::Change) -> bool {
        event.revision == self.revision() + 1
            && event.change() == change
            && event.create_time == self.newest.as_ref().and_then(|newest| newest.event.create_time)
            && event.update_time.is_none()
            && event.cursor.is_empty()
            && event.replaced_by.is_empty()
            && event.retraction_reason.is_empty()
    }

    /// Makes an event the newest revision. Its place is still that of the one before.
    fn show(&mut self, event: Arc<v1::Event>) {
        let sequence = self
            .newest
            .as_ref()
            .map_or(Sequence::ZERO, |newest| newest.sequence);
        self.newest = Some(Newest {
            event,
            sequence,
            held: false,
            stamp: None,
        });
    }

    /// The event says where its newest revision was placed, if it did not yet.
    pub(crate) fn settle(&mut self) {
        if let Some(newest) = &mut self.newest
            && let Some(stamp) = newest.stamp.take()
        {
            let event = Arc::make_mut(&mut newest.event);
            event.cursor = stamp.cursor.to_string();
            event.update_time = Some(stamp.update_time);
            if event.revision == 1 {
                event.create_time = Some(stamp.update_time);
            }
        }
    }
}
