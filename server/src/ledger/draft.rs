//! A draft: one entry of the journal in the making, on top of what the feed knows.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use dateline_journal::{ArticleRecord, Entry, Report, ReportChange, Revision, Sequence, ViewError};

use super::known::{Effect, Known, Sameness};

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
    events: HashMap<String, Known>,
    revised: HashSet<String>,
    entry: Entry,
}

/// A finished draft.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// To be submitted.
    pub(crate) entry: Entry,
    /// What the entry makes of the events that it touches; of a revised one the sequence is still that before.
    pub(crate) events: HashMap<String, Known>,
}

impl<'k, K: Knowledge> Draft<'k, K> {
    pub(crate) fn new(knowledge: &'k K) -> Self {
        Self {
            knowledge,
            events: HashMap::new(),
            revised: HashSet::new(),
            entry: Entry::default(),
        }
    }

    /// What the feed knows of an event with this draft.
    pub(crate) fn known(&mut self, event_id: &str) -> Result<&mut Known, ViewError> {
        if !self.events.contains_key(event_id) {
            let known = self.knowledge.event(event_id)?;
            self.events.insert(event_id.to_owned(), known);
        }
        Ok(self.events.get_mut(event_id).expect("inserted just now"))
    }

    /// Whether the draft holds a revision of the event. An entry takes one of each.
    pub(crate) fn has_revised(&self, event_id: &str) -> bool {
        self.revised.contains(event_id)
    }

    /// The size of the draft: reports and revisions.
    pub(crate) fn len(&self) -> usize {
        self.entry.reports.len() + self.entry.revisions.len()
    }

    /// `source` reports the event that `report.event.event_id` names.
    pub(crate) fn put(&mut self, source: &str, report: Report, same: Sameness) -> Result<Effect, ViewError> {
        let event_id = report.event.event_id.clone();
        let mut said = None;
        let effect = self.change(&event_id, |known| {
            let effect = known.put(source, report, same);
            if effect != Effect::Unchanged {
                said = known.reports.get(source).cloned();
            }
            effect
        })?;
        if let Some(report) = said {
            self.entry
                .reports
                .push(report_change(event_id, source, Some(&report)));
        }
        Ok(effect)
    }

    /// `source` does not report the event any more.
    pub(crate) fn remove(&mut self, source: &str, event_id: &str, reason: &str) -> Result<Effect, ViewError> {
        let effect = self.change(event_id, |known| known.remove(source, reason))?;
        if effect != Effect::Unchanged {
            self.entry
                .reports
                .push(report_change(event_id.to_owned(), source, None));
        }
        Ok(effect)
    }

    /// Changes an event, and notes the revision if there is a new one.
    pub(crate) fn change(
        &mut self,
        event_id: &str,
        change: impl FnOnce(&mut Known) -> Effect,
    ) -> Result<Effect, ViewError> {
        let known = self.known(event_id)?;
        let before = known.newest.clone();
        let effect = change(known);
        if let (Effect::Revised(_), Some(newest)) = (effect, &known.newest) {
            let revision = Revision {
                event: newest.event.clone(),
                held: newest.held,
                previous: before.as_ref().map_or(Sequence::ZERO, |before| before.sequence),
                before: before.map(|before| before.event),
            };
            self.entry.revisions.push(revision);
            self.revised.insert(event_id.to_owned());
        }
        Ok(effect)
    }

    /// Says of an event that this draft retracts which one took over.
    pub(crate) fn set_successor(&mut self, event_id: &str, successor: &str) {
        let revision = self
            .entry
            .revisions
            .iter_mut()
            .map(|revision| &mut revision.event);
        let known = self
            .events
            .get_mut(event_id)
            .and_then(|known| known.newest.as_mut());
        let retracted = revision.filter(|event| event.event_id == event_id);
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

fn report_change(event_id: String, source: &str, report: Option<&Report>) -> ReportChange {
    ReportChange {
        event_id,
        article_id: source.to_owned(),
        report: report.cloned(),
    }
}
