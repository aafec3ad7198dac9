//! Applying entries to the views. All is a difference against what the views hold, so that live entries, catching up, and rebuilding
//! from the base all give the same rows.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use bytes::Bytes;
use dateline_proto::v1;
use foldhash::fast::RandomState;
use prost::Message;

use super::{
    EventState, ViewError,
    rows::{ActorKey, EventRow, Table, VersionRow, count, pair},
    store::{Changes, Store},
};
use crate::{ArticleRecord, Epoch, Report, ReportChange, Sequence};

/// An entry as the views take it.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) commit: u64,
    pub(crate) events: Vec<AppliedEvent>,
    pub(crate) article: Option<ArticleRecord>,
    pub(crate) reports: Vec<AppliedReport>,
    /// Last revision when the entry is included.
    pub(crate) last: Sequence,
}

/// A revision as the views take it.
#[derive(Debug)]
pub(crate) struct AppliedEvent {
    pub(crate) sequence: Sequence,
    /// Where it is known; else the views know it, or it is this one.
    pub(crate) created: Option<Sequence>,
    /// The revision before, where it is known.
    pub(crate) previous: Sequence,
    pub(crate) held: bool,
    /// What the journal fills in may be missing.
    pub(crate) event: Arc<v1::Event>,
    pub(crate) bytes: Bytes,
    /// Whose report is what it shows.
    pub(crate) shown_by: Option<String>,
}

/// A report as the views take it.
#[derive(Debug)]
pub(crate) struct AppliedReport {
    event_id: String,
    article_id: String,
    report: Option<Report>,
    /// The entry's revision of the event shows it; where the one before that is.
    shown: Option<Sequence>,
}

impl AppliedReport {
    pub(crate) fn new(change: ReportChange, shown: Option<Sequence>) -> Self {
        let ReportChange {
            event_id,
            article_id,
            report,
        } = change;
        Self {
            event_id,
            article_id,
            report,
            shown,
        }
    }
}

/// Changes and the counts that go with them.
pub(super) struct Applying<'a> {
    pub(super) changes: Changes<'a>,
    actors: HashMap<String, i64, RandomState>,
    topics: HashMap<String, i64, RandomState>,
    /// Uses of versions (article, text hash) that end with the entry: after all its new ones, so that what goes from one use to
    /// another does not vanish in between.
    ended: Vec<(String, String)>,
    /// Keys of the actors of one event, in memory that is used again.
    parties: Vec<String>,
}

impl<'a> Applying<'a> {
    pub(super) fn new(store: &'a Store, epoch: Epoch) -> Result<Self, ViewError> {
        Ok(Self {
            changes: Changes::new(store, epoch)?,
            actors: HashMap::default(),
            topics: HashMap::default(),
            ended: Vec::new(),
            parties: Vec::new(),
        })
    }

    pub(super) fn entry(&mut self, entry: &Applied) -> Result<(), ViewError> {
        if entry.commit <= self.changes.mark.commit {
            return Ok(());
        }
        if let Some(article) = &entry.article {
            self.article(article)?;
        }
        for change in &entry.reports {
            self.report(change)?;
        }
        for (article_id, hash) in std::mem::take(&mut self.ended) {
            self.uncite(&article_id, &hash)?;
        }
        for event in &entry.events {
            self.event(event)?;
        }
        self.changes.mark.commit = entry.commit;
        self.changes.mark.head = self.changes.mark.head.max(entry.last);
        Ok(())
    }

    pub(super) fn event(&mut self, new: &AppliedEvent) -> Result<(), ViewError> {
        let key = new.event.event_id.as_bytes();
        let old = if new.is_first() {
            None
        } else {
            self.changes.get(Table::Events, key, EventRow::decode)?
        };
        let created = new
            .created
            .or(old.as_ref().map(|old| old.created))
            .unwrap_or(new.sequence);
        let retracted = new.event.change() == v1::Change::Retracted;
        if let Some(old) = &old {
            self.part(old, &new.event.event_id)?;
        } else {
            self.changes
                .put_once(Table::Created, &created.get().to_be_bytes(), key);
        }
        if !retracted {
            self.count(&new.event, 1);
        }
        self.changes.put_with(Table::Events, key, |out| {
            let state = EventState {
                newest: new.sequence,
                revision: new.event.revision,
                created,
                retracted,
                held: new.held,
            };
            EventRow::write(state, new.shown_by.as_deref(), &new.bytes, out);
        });
        Ok(())
    }

    /// What an event was before a new revision of it counts no more; a report that it showed gets a row of its own.
    fn part(&mut self, old: &EventRow, event_id: &str) -> Result<(), ViewError> {
        if old.retracted && old.shown_by.is_none() {
            return Ok(());
        }
        let event = v1::Event::decode(old.event.clone()).map_err(|_| ViewError::Row)?;
        if !old.retracted {
            self.count(&event, -1);
        }
        if let Some(article_id) = &old.shown_by {
            let shown = Report::of_shown(event);
            self.changes.put(
                Table::Reports,
                &pair(event_id, article_id),
                &shown.encode_to_vec(),
            );
        }
        Ok(())
    }

    fn count(&mut self, event: &v1::Event, step: i64) {
        self.changes.mark.events = self.changes.mark.events.saturating_add_signed(step);
        let mut used = 0;
        for actor in event.actors.iter().chain(&event.recipients) {
            if self.parties.len() == used {
                self.parties.push(String::new());
            }
            let (before, rest) = self.parties.split_at_mut(used);
            let key = &mut rest[0];
            ActorKey::write(actor, key);
            if !before.contains(key) {
                add(&mut self.actors, key, step);
                used += 1;
            }
        }
        for (number, topic) in event.topics.iter().enumerate() {
            if !event.topics[..number].contains(topic) {
                add(&mut self.topics, topic, step);
            }
        }
    }

    pub(super) fn report(&mut self, change: &AppliedReport) -> Result<(), ViewError> {
        let AppliedReport {
            event_id,
            article_id,
            report,
            shown,
        } = change;
        for hash in cited(report.as_ref()) {
            self.cite(article_id, hash)?;
        }
        // Nothing was reported before of a new event.
        if *shown == Some(Sequence::ZERO) {
            return Ok(());
        }
        let key = pair(event_id, article_id);
        let had_row = match self.old_report(event_id, article_id, &key)? {
            Some((old, had_row)) => {
                for hash in cited(Some(&old)) {
                    self.ended.push((article_id.clone(), hash.to_owned()));
                }
                had_row
            }
            None => false,
        };
        match report {
            // The row of the event tells it, which follows.
            Some(_) if shown.is_some() => {
                if had_row {
                    self.changes.delete(Table::Reports, &key);
                }
            }
            Some(report) => self.changes.put(Table::Reports, &key, &report.encode_to_vec()),
            None => self.changes.delete(Table::Reports, &key),
        }
        Ok(())
    }

    /// What the article said of the event so far, and whether that had a row of its own. If not, the event shows it no more.
    fn old_report(
        &mut self,
        event_id: &str,
        article_id: &str,
        key: &[u8],
    ) -> Result<Option<(Report, bool)>, ViewError> {
        let own = self.changes.get(Table::Reports, key, |bytes| {
            Report::decode(bytes).map_err(|_| ViewError::Row)
        })?;
        if let Some(report) = own {
            return Ok(Some((report, true)));
        }
        let event = event_id.as_bytes();
        let row = self.changes.get(Table::Events, event, EventRow::decode)?;
        let Some(mut row) = row.filter(|row| row.shown_by.as_deref() == Some(article_id)) else {
            return Ok(None);
        };
        let report = row.shown()?;
        row.shown_by = None;
        self.changes.put_with(Table::Events, event, |out| row.encode(out));
        Ok(Some((report, false)))
    }

    /// The event of a base shows a report.
    pub(super) fn shown(&mut self, new: &AppliedEvent) -> Result<(), ViewError> {
        let Some(article_id) = &new.shown_by else {
            return Ok(());
        };
        for hash in hashes(&new.event) {
            self.cite(article_id, hash)?;
        }
        Ok(())
    }

    pub(super) fn article(&mut self, article: &ArticleRecord) -> Result<(), ViewError> {
        let key = article.article_id.as_bytes();
        let old = self.changes.get(Table::Articles, key, |bytes| {
            ArticleRecord::decode(bytes).map_err(|_| ViewError::Row)
        })?;
        let was = i64::from(old.as_ref().is_some_and(|old| !old.withdrawn));
        let is = i64::from(!article.withdrawn);
        self.changes.mark.articles = self.changes.mark.articles.saturating_add_signed(is - was);
        let mut record = article.clone();
        if let Some(text) = record.text.take().filter(|_| !article.text_hash.is_empty()) {
            self.changes
                .put(Table::Texts, article.text_hash.as_bytes(), text.as_bytes());
        }
        self.cite(&article.article_id, &article.text_hash)?;
        self.version(&record)?;
        if let Some(old) = old {
            self.ended.push((old.article_id, old.text_hash));
        }
        self.changes.put(Table::Articles, key, &record.encode_to_vec());
        Ok(())
    }

    /// Remembers the record of a version, if something needs it.
    pub(super) fn version(&mut self, record: &ArticleRecord) -> Result<(), ViewError> {
        let key = pair(&record.article_id, &record.text_hash);
        if let Some(mut row) = self.changes.get(Table::Versions, &key, VersionRow::decode)? {
            row.record = record.encode_to_vec();
            self.changes.put(Table::Versions, &key, &row.encode());
        }
        Ok(())
    }

    /// Remembers a text, if something needs it.
    pub(super) fn text(&mut self, hash: &str, text: &str) -> Result<(), ViewError> {
        if self
            .changes
            .get(Table::TextUses, hash.as_bytes(), count)?
            .is_some()
        {
            self.changes.put(Table::Texts, hash.as_bytes(), text.as_bytes());
        }
        Ok(())
    }

    fn cite(&mut self, article_id: &str, hash: &str) -> Result<(), ViewError> {
        if hash.is_empty() {
            return Ok(());
        }
        let key = pair(article_id, hash);
        let mut row = self
            .changes
            .get(Table::Versions, &key, VersionRow::decode)?
            .unwrap_or_default();
        if row.uses == 0 {
            let uses = self
                .changes
                .get(Table::TextUses, hash.as_bytes(), count)?
                .unwrap_or(0);
            self.changes
                .put(Table::TextUses, hash.as_bytes(), &(uses + 1).to_le_bytes());
        }
        row.uses += 1;
        self.changes.put(Table::Versions, &key, &row.encode());
        Ok(())
    }

    fn uncite(&mut self, article_id: &str, hash: &str) -> Result<(), ViewError> {
        let key = pair(article_id, hash);
        let Some(mut row) = self.changes.get(Table::Versions, &key, VersionRow::decode)? else {
            return Ok(());
        };
        row.uses = row.uses.saturating_sub(1);
        if row.uses > 0 {
            self.changes.put(Table::Versions, &key, &row.encode());
            return Ok(());
        }
        self.changes.delete(Table::Versions, &key);
        let uses = self
            .changes
            .get(Table::TextUses, hash.as_bytes(), count)?
            .unwrap_or(0);
        if uses > 1 {
            self.changes
                .put(Table::TextUses, hash.as_bytes(), &(uses - 1).to_le_bytes());
        } else {
            self.changes.delete(Table::TextUses, hash.as_bytes());
            self.changes.delete(Table::Texts, hash.as_bytes());
        }
        Ok(())
    }

    /// Writes everything in one step.
    pub(super) fn commit(mut self) -> Result<super::Mark, ViewError> {
        for (actor, step) in std::mem::take(&mut self.actors) {
            let actor = ActorKey::parse(actor);
            let old = self
                .changes
                .get(Table::Actors, actor.as_bytes(), count)?
                .unwrap_or(0);
            let new = old.saturating_add_signed(step);
            if old == new {
                continue;
            }
            if old > 0 {
                self.changes.delete(Table::ActorRanks, &actor.rank(old));
            }
            self.tally(Table::Actors, actor.as_bytes(), new);
            if new > 0 {
                self.changes.put(Table::ActorRanks, &actor.rank(new), &[]);
            }
        }
        for (topic, step) in std::mem::take(&mut self.topics) {
            let old = self
                .changes
                .get(Table::Topics, topic.as_bytes(), count)?
                .unwrap_or(0);
            self.tally(Table::Topics, topic.as_bytes(), old.saturating_add_signed(step));
        }
        self.changes.commit()
    }

    fn tally(&mut self, table: Table, key: &[u8], number: u64) {
        if number == 0 {
            self.changes.delete(table, key);
        } else {
            self.changes.put(table, key, &number.to_le_bytes());
        }
    }
}

impl AppliedEvent {
    /// It is the first revision of its event: the views hold nothing of it.
    fn is_first(&self) -> bool {
        self.created.is_none() && self.previous == Sequence::ZERO
    }
}

fn add(counts: &mut HashMap<String, i64, RandomState>, key: &str, step: i64) {
    match counts.get_mut(key) {
        Some(count) => *count += step,
        None => drop(counts.insert(key.to_owned(), step)),
    }
}

/// Versions of the article's text that a report cites, each once.
fn cited(report: Option<&Report>) -> BTreeSet<&str> {
    report.map(|report| hashes(&report.event)).unwrap_or_default()
}

/// Versions of texts that an event's mentions name, each once.
fn hashes(event: &v1::Event) -> BTreeSet<&str> {
    let hashes = event.mentions.iter().map(|mention| mention.text_hash.as_str());
    hashes.filter(|hash| !hash.is_empty()).collect()
}
