//! Applying entries to the views. All is a difference against what the views hold, so that live entries, catching up, and rebuilding
//! from the base all give the same rows.

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;
use dateline_proto::v1;
use prost::Message;

use super::{
    ViewError,
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
    pub(crate) reports: Vec<ReportChange>,
    /// Last revision when the entry is included.
    pub(crate) last: Sequence,
}

/// A revision as the views take it.
#[derive(Debug)]
pub(crate) struct AppliedEvent {
    pub(crate) sequence: Sequence,
    /// Where it is known; else the views know it, or it is this one.
    pub(crate) created: Option<Sequence>,
    pub(crate) held: bool,
    pub(crate) event: v1::Event,
    pub(crate) bytes: Bytes,
}

/// Changes and the counts that go with them.
pub(super) struct Applying<'a> {
    pub(super) changes: Changes<'a>,
    actors: HashMap<ActorKey, i64>,
    topics: HashMap<String, i64>,
    /// Uses of versions (article, text hash) that end with the entry: after all its new ones, so that what goes from one use to
    /// another does not vanish in between.
    ended: Vec<(String, String)>,
}

impl<'a> Applying<'a> {
    pub(super) fn new(store: &'a Store, epoch: Epoch) -> Result<Self, ViewError> {
        Ok(Self {
            changes: Changes::new(store, epoch)?,
            actors: HashMap::new(),
            topics: HashMap::new(),
            ended: Vec::new(),
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
        let old = self.changes.get(Table::Events, key, EventRow::decode)?;
        let created = new
            .created
            .or(old.as_ref().map(|old| old.created))
            .unwrap_or(new.sequence);
        let retracted = new.event.change() == v1::Change::Retracted;
        if let Some(old) = old.as_ref().filter(|old| !old.retracted) {
            let event = v1::Event::decode(old.event.clone()).map_err(|_| ViewError::Row)?;
            self.count(&event, -1);
        }
        if !retracted {
            self.count(&new.event, 1);
        }
        if old.is_none() {
            self.changes
                .put(Table::Created, created.get().to_be_bytes().to_vec(), key.to_vec());
        }
        let row = EventRow {
            newest: new.sequence,
            created,
            revision: new.event.revision,
            retracted,
            held: new.held,
            event: new.bytes.clone(),
        };
        self.changes.put(Table::Events, key.to_vec(), row.encode());
        Ok(())
    }

    fn count(&mut self, event: &v1::Event, step: i64) {
        self.changes.mark.events = self.changes.mark.events.saturating_add_signed(step);
        let parties = event.actors.iter().chain(&event.recipients);
        for actor in parties.map(ActorKey::of).collect::<BTreeSet<_>>() {
            *self.actors.entry(actor).or_default() += step;
        }
        for topic in event.topics.iter().collect::<BTreeSet<_>>() {
            *self.topics.entry(topic.clone()).or_default() += step;
        }
    }

    pub(super) fn report(&mut self, change: &ReportChange) -> Result<(), ViewError> {
        let key = pair(&change.event_id, &change.article_id);
        let old = self.changes.get(Table::Reports, &key, |bytes| {
            Report::decode(bytes).map_err(|_| ViewError::Row)
        })?;
        for hash in cited(change.report.as_ref()) {
            self.cite(&change.article_id, hash)?;
        }
        for hash in cited(old.as_ref()) {
            self.ended.push((change.article_id.clone(), hash.to_owned()));
        }
        match &change.report {
            Some(report) => self.changes.put(Table::Reports, key, report.encode_to_vec()),
            None => self.changes.delete(Table::Reports, key),
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
            self.changes.put(
                Table::Texts,
                article.text_hash.as_bytes().to_vec(),
                text.into_bytes(),
            );
        }
        self.cite(&article.article_id, &article.text_hash)?;
        self.version(&record)?;
        if let Some(old) = old {
            self.ended.push((old.article_id, old.text_hash));
        }
        self.changes
            .put(Table::Articles, key.to_vec(), record.encode_to_vec());
        Ok(())
    }

    /// Remembers the record of a version, if something needs it.
    pub(super) fn version(&mut self, record: &ArticleRecord) -> Result<(), ViewError> {
        let key = pair(&record.article_id, &record.text_hash);
        if let Some(mut row) = self.changes.get(Table::Versions, &key, VersionRow::decode)? {
            row.record = record.encode_to_vec();
            self.changes.put(Table::Versions, key, row.encode());
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
            self.changes
                .put(Table::Texts, hash.as_bytes().to_vec(), text.as_bytes().to_vec());
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
            self.changes.put(
                Table::TextUses,
                hash.as_bytes().to_vec(),
                (uses + 1).to_le_bytes().to_vec(),
            );
        }
        row.uses += 1;
        self.changes.put(Table::Versions, key, row.encode());
        Ok(())
    }

    fn uncite(&mut self, article_id: &str, hash: &str) -> Result<(), ViewError> {
        let key = pair(article_id, hash);
        let Some(mut row) = self.changes.get(Table::Versions, &key, VersionRow::decode)? else {
            return Ok(());
        };
        row.uses = row.uses.saturating_sub(1);
        if row.uses > 0 {
            self.changes.put(Table::Versions, key, row.encode());
            return Ok(());
        }
        self.changes.delete(Table::Versions, key);
        let uses = self
            .changes
            .get(Table::TextUses, hash.as_bytes(), count)?
            .unwrap_or(0);
        if uses > 1 {
            self.changes.put(
                Table::TextUses,
                hash.as_bytes().to_vec(),
                (uses - 1).to_le_bytes().to_vec(),
            );
        } else {
            self.changes.delete(Table::TextUses, hash.as_bytes().to_vec());
            self.changes.delete(Table::Texts, hash.as_bytes().to_vec());
        }
        Ok(())
    }

    /// Writes everything in one step.
    pub(super) fn commit(mut self) -> Result<super::Mark, ViewError> {
        for (actor, step) in std::mem::take(&mut self.actors) {
            let old = self
                .changes
                .get(Table::Actors, actor.as_bytes(), count)?
                .unwrap_or(0);
            let new = old.saturating_add_signed(step);
            if old == new {
                continue;
            }
            if old > 0 {
                self.changes.delete(Table::ActorRanks, actor.rank(old));
            }
            self.tally(Table::Actors, actor.as_bytes(), new);
            if new > 0 {
                self.changes.put(Table::ActorRanks, actor.rank(new), Vec::new());
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
            self.changes.delete(table, key.to_vec());
        } else {
            self.changes
                .put(table, key.to_vec(), number.to_le_bytes().to_vec());
        }
    }
}

/// Versions of the article's text that a report cites, each once.
fn cited(report: Option<&Report>) -> BTreeSet<&str> {
    let mentions = report
        .map(|report| report.event.mentions.as_slice())
        .unwrap_or_default();
    mentions
        .iter()
        .map(|mention| mention.text_hash.as_str())
        .filter(|hash| !hash.is_empty())
        .collect()
}
