//! A draft: one entry of the journal in the making, on top of what the feed knows.

use std::{collections::HashMap, sync::Arc};

use dateline_journal::{ArticleRecord, Entry, Report, ReportChange, Revision, Sequence, ViewError};
use foldhash::fast::RandomState;

use super::known::{Effect, Known, Sameness};

/// So many events are looked through; more get an index.
const FEW: usize = 8;

/// What the feed knows: the views, and what is on its way to them.
pub(crate) trait Knowledge {
    /// What is known of an event; nothing is known of one that never was.
    fn event(&self, event_id: &str) -> Result<Known, ViewError>;
    /// The newest version of an article.
    fn article(&self, article_id: &str) -> Result<Option<ArticleRecord>, ViewError>;
}

/// An entry in the making. What it touched is known as it will be afterwards.
pub(crate) struct Draft<'k, K> {
    knowledge: &'k K,
    events: Vec<Touched>,
    /// Where each of the events stands, when they are more than a few.
    places: HashMap<Arc<str>, usize, RandomState>,
    entry: Entry,
}

/// An event that a draft looked at, and what the draft makes of it.
#[derive(Debug)]
pub(crate) struct Touched {
    pub(crate) event_id: Arc<str>,
    pub(crate) known: Known,
    /// Which of the entry's revisions is of it. None: none is.
    pub(crate) revision: Option<usize>,
}

/// A finished draft.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// To be submitted.
    pub(crate) entry: Entry,
    /// What the entry makes of the events that it touches; of a revised one the sequence is still that before.
    pub(crate) events: Vec<Touched>,
}

impl<'k, K: Knowledge> Draft<'k, K> {
    pub(crate) fn new(knowledge: &'k K) -> Self {
        Self {
            knowledge,
            events: Vec::new(),
            places: HashMap::default(),
            entry: Entry::default(),
        }
    }

    /// What the feed knows of an event with this draft.
    pub(crate) fn known(&mut self, event_id: &str) -> Result<&mut Known, ViewError> {
        let place = self.place(event_id)?;
        Ok(&mut self.events[place].known)
    }

    /// The place of an event in this draft, for [`at`](Self::at) and [`put_at`](Self::put_at).
    pub(crate) fn place(&mut self, event_id: &str) -> Result<usize, ViewError> {
        if let Some(place) = self.find(event_id) {
            return Ok(place);
        }
        let known = self.knowledge.event(event_id)?;
        let place = self.events.len();
        self.events.push(Touched {
            event_id: event_id.into(),
            known,
            revision: None,
        });
        if place == FEW {
            let all = self.events.iter().map(|touched| touched.event_id.clone());
            self.places.extend(all.zip(0..));
        } else if place > FEW {
            self.places.insert(self.events[place].event_id.clone(), place);
        }
        Ok(place)
    }

    fn find(&self, event_id: &str) -> Option<usize> {
        if self.events.len() > FEW {
            return self.places.get(event_id).copied();
        }
        self.events
            .iter()
            .position(|touched| *touched.event_id == *event_id)
    }

    /// What is known of the event at a place.
    pub(crate) fn at(&self, place: usize) -> &Known {
        &self.events[place].known
    }

    /// Whether the draft holds a revision of the event. An entry takes one of each.
    pub(crate) fn has_revised(&self, event_id: &str) -> bool {
        self.find(event_id)
            .is_some_and(|place| self.events[place].revision.is_some())
    }

    /// The size of the draft: reports and revisions.
    pub(crate) fn len(&self) -> usize {
        self.entry.reports.len() + self.entry.revisions.len()
    }

    /// `source` reports the event that `report.event.event_id` names.
    pub(crate) fn put(
        &mut self,
        source: &Arc<str>,
        report: Report,
        same: Sameness,
    ) -> Result<Effect, ViewError> {
        let place = self.place(&report.event.event_id)?;
        Ok(self.put_at(place, source, report, same))
    }

    /// The same for the event at a place.
    pub(crate) fn put_at(
        &mut self,
        place: usize,
        source: &Arc<str>,
        report: Report,
        same: Sameness,
    ) -> Effect {
        let effect = self.change_at(place, |known| known.put(source, report, same));
        let touched = &self.events[place];
        if effect != Effect::Unchanged
            && let Some(report) = touched.known.reports.get(source)
        {
            let change = report_change(&touched.event_id, source, Some(report));
            self.entry.reports.push(change);
        }
        effect
    }

    /// `source` does not report the event any more.
    pub(crate) fn remove(&mut self, source: &str, event_id: &str, reason: &str) -> Result<Effect, ViewError> {
        let effect = self.change(event_id, |known| known.remove(source, reason))?;
        if effect != Effect::Unchanged {
            self.entry.reports.push(report_change(event_id, source, None));
        }
        Ok(effect)
    }

    /// Changes an event, and notes the revision if there is a new one.
    pub(crate) fn change(
        &mut self,
        event_id: &str,
        change: impl FnOnce(&mut Known) -> Effect,
    ) -> Result<Effect, ViewError> {
        let place = self.place(event_id)?;
        Ok(self.change_at(place, change))
    }

    fn change_at(&mut self, place: usize, change: impl FnOnce(&mut Known) -> Effect) -> Effect {
        let touched = &mut self.events[place];
        let before = touched.known.newest.clone();
        let effect = change(&mut touched.known);
        if let (Effect::Revised(_), Some(newest)) = (effect, &touched.known.newest) {
            let revision = Revision {
                event: newest.event.clone(),
                held: newest.held,
                previous: before.as_ref().map_or(Sequence::ZERO, |before| before.sequence),
                before: before.map(|before| before.event),
            };
            touched.revision = Some(self.entry.revisions.len());
            self.entry.revisions.push(revision);
        }
        effect
    }

    /// Says of an event that this draft retracts which one took over.
    pub(crate) fn set_successor(&mut self, event_id: &str, successor: &str) {
        let place = self.find(event_id);
        let known = place.and_then(|place| self.events[place].known.newest.as_mut());
        let revisions = self.entry.revisions.iter_mut();
        let retracted = revisions
            .map(|revision| &mut revision.event)
            .filter(|event| event.event_id == event_id);
        for event in retracted.chain(known.map(|newest| &mut newest.event)) {
            Arc::make_mut(event).replaced_by = successor.to_owned();
        }
    }

    pub(crate) fn finish(self, article: Option<ArticleRecord>) -> Plan {
        let mut entry = self.entry;
        entry.article = article;
        Plan {
            entry,
            events: self.events,
        }
    }
}

fn report_change(event_id: &str, source: &str, report: Option<&Arc<Report>>) -> ReportChange {
    ReportChange {
        event_id: event_id.to_owned(),
        article_id: source.to_owned(),
        report: report.map(|report| Report::clone(report)),
    }
}
