//! The views: what the journal says now, kept in an embedded store and derived from the journal alone.

mod apply;
mod rows;
mod snapshot;
mod standing;
mod store;

use std::{
    ops::Bound,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use dateline_proto::v1;
use prost::Message;

pub use self::standing::Standing;
use self::{
    apply::Applying,
    rows::{ActorKey, EventRow, Table, VersionRow, count, pair, prefix, second},
    store::Store,
};
pub(crate) use self::{
    apply::{Applied, AppliedEvent, AppliedReport},
    rows::Mark,
    snapshot::{BaseItem, dump},
};
use crate::{ArticleRecord, Epoch, Report, Sequence, fold, lock};

/// A store failed, or holds what cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// The store.
    #[error(
        "the store of the views failed: {0}; free room or check the disk; the folder `views` may be deleted, it is built anew"
    )]
    Store(#[from] fjall::Error),
    /// A row that cannot be read.
    #[error(
        "the views hold a row that cannot be read; delete the folder `views`, it is built anew from the journal"
    )]
    Row,
    /// The store is being opened again after a failure.
    #[error("the views are being opened again after a failure; try again")]
    Away,
    /// They cannot be written, so they do not include what the journal holds.
    #[error("the views do not follow the journal: {why}; make room or check their disk")]
    Behind {
        /// What the store said.
        why: Arc<str>,
    },
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventState {
    /// Its newest revision.
    pub newest: Sequence,
    /// That one's number.
    pub revision: u32,
    /// Its first revision.
    pub created: Sequence,
    /// The newest revision is a retraction.
    pub retracted: bool,
    /// Withdrawn by an editor until restored.
    pub held: bool,
}

/// All that the views hold of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeEvent {
    /// Where it stands.
    pub state: EventState,
    /// Its newest state.
    pub event: v1::Event,
    /// What articles say of it, by article.
    pub reports: Vec<(String, Report)>,
}

/// An actor of the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorCount {
    /// Name, country, code and the sector that the code tells; no text.
    pub actor: v1::Actor,
    /// Events that are not retracted and in which it takes part.
    pub event_count: u64,
}

/// Table, key and value.
#[cfg(feature = "conformance")]
pub type ViewRow = (&'static str, Vec<u8>, Vec<u8>);

/// What the journal says now. Every method blocks for a short time. How much of the journal they include depends on how they were come
/// by: see [`crate::Journal::views`] and [`crate::Journal::views_as_they_are`].
pub struct Views {
    folder: PathBuf,
    cache_bytes: u64,
    /// None while it is opened again after a failure.
    store: RwLock<Option<Arc<Store>>>,
    mark: RwLock<Mark>,
}

#[expect(clippy::missing_errors_doc, reason = "ViewError alone, and its variants tell")]
impl Views {
    /// Where an event stands. None: no such event.
    pub fn event(&self, event_id: &str) -> Result<Option<EventState>, ViewError> {
        Ok(self.row(event_id)?.map(|row| row.state()))
    }

    /// Its newest state, also when that revision was trimmed.
    pub fn newest(&self, event_id: &str) -> Result<Option<v1::Event>, ViewError> {
        let row = self.row(event_id)?;
        row.map(|row| v1::Event::decode(row.event).map_err(|_| ViewError::Row))
            .transpose()
    }

    pub(crate) fn row(&self, event_id: &str) -> Result<Option<EventRow>, ViewError> {
        self.get(Table::Events, event_id.as_bytes(), EventRow::decode)
    }

    /// What articles say of it, by article.
    pub fn reports(&self, event_id: &str) -> Result<Vec<(String, Report)>, ViewError> {
        match self.row(event_id)? {
            Some(row) => self.reports_with(event_id, &row),
            None => self.other_reports(event_id),
        }
    }

    /// Where an event stands, its newest state, and what articles say of it, by article. None: no such event.
    pub fn whole(&self, event_id: &str) -> Result<Option<WholeEvent>, ViewError> {
        let Some(row) = self.row(event_id)? else {
            return Ok(None);
        };
        Ok(Some(WholeEvent {
            state: row.state(),
            event: v1::Event::decode(row.event.clone()).map_err(|_| ViewError::Row)?,
            reports: self.reports_with(event_id, &row)?,
        }))
    }

    fn reports_with(&self, event_id: &str, row: &EventRow) -> Result<Vec<(String, Report)>, ViewError> {
        let mut reports = self.other_reports(event_id)?;
        if let Some(article_id) = &row.shown_by {
            let place = reports.partition_point(|(other, _)| other < article_id);
            reports.insert(place, (article_id.clone(), row.shown()?));
        }
        Ok(reports)
    }

    /// Those that have rows of their own.
    fn other_reports(&self, event_id: &str) -> Result<Vec<(String, Report)>, ViewError> {
        let mut reports = Vec::new();
        for row in self.store()?.table(Table::Reports).prefix(prefix(event_id)) {
            let (key, value) = row.into_inner()?;
            reports.push((
                second(&key)?,
                Report::decode(&*value).map_err(|_| ViewError::Row)?,
            ));
        }
        Ok(reports)
    }

    /// An article's newest version, without its text.
    pub fn article(&self, article_id: &str) -> Result<Option<ArticleRecord>, ViewError> {
        self.get(Table::Articles, article_id.as_bytes(), |bytes| {
            ArticleRecord::decode(bytes).map_err(|_| ViewError::Row)
        })
    }

    /// A version of a text; kept while a live report cites it or it is an article's newest version.
    pub fn text(&self, text_hash: &str) -> Result<Option<String>, ViewError> {
        self.get(Table::Texts, text_hash.as_bytes(), |bytes| {
            String::from_utf8(bytes.to_vec()).map_err(|_| ViewError::Row)
        })
    }

    /// A version of an article, without its text; kept as long as that.
    pub fn version(&self, article_id: &str, text_hash: &str) -> Result<Option<ArticleRecord>, ViewError> {
        let row = self.get(Table::Versions, &pair(article_id, text_hash), VersionRow::decode)?;
        row.filter(|row| !row.record.is_empty())
            .map(|row| ArticleRecord::decode(row.record.as_slice()).map_err(|_| ViewError::Row))
            .transpose()
    }

    /// Events by their first revision: those after `after` in order; or, `newest_first`, those before it, backwards (give
    /// `Sequence::new(u64::MAX)` to start with the newest). As of this moment.
    pub fn created(
        &self,
        after: Sequence,
        newest_first: bool,
    ) -> impl Iterator<Item = Result<(Sequence, String), ViewError>> + use<> {
        let bound = Bound::Excluded(after.get().to_be_bytes());
        let range = if newest_first {
            (Bound::Unbounded, bound)
        } else {
            (bound, Bound::Unbounded)
        };
        let (mut rows, mut error) = match self.store() {
            Ok(store) => (Some(store.table(Table::Created).range(range)), None),
            Err(error) => (None, Some(error)),
        };
        std::iter::from_fn(move || {
            if let Some(error) = error.take() {
                return Some(Err(error));
            }
            let rows = rows.as_mut()?;
            let row = if newest_first {
                rows.next_back()
            } else {
                rows.next()
            }?;
            Some(
                row.into_inner()
                    .map_err(ViewError::from)
                    .and_then(|(key, event_id)| {
                        let sequence = key.as_ref().try_into().map_err(|_| ViewError::Row)?;
                        let event_id = String::from_utf8(event_id.to_vec()).map_err(|_| ViewError::Row)?;
                        Ok((Sequence::new(u64::from_be_bytes(sequence)), event_id))
                    }),
            )
        })
    }

    /// Actors, most frequent first, then by name: those after `after` (the last one of the page before) whose name or code contains
    /// `query` in any letter case; at most `limit`.
    pub fn actors(
        &self,
        query: &str,
        after: Option<&ActorCount>,
        limit: usize,
    ) -> Result<Vec<ActorCount>, ViewError> {
        let start = after.map_or(Bound::Unbounded, |last| {
            Bound::Excluded(ActorKey::of(&last.actor).rank(last.event_count))
        });
        let query = fold(query);
        let mut page = Vec::new();
        for row in self
            .store()?
            .table(Table::ActorRanks)
            .range::<Vec<u8>, _>((start, Bound::Unbounded))
        {
            if page.len() >= limit {
                break;
            }
            let (event_count, key) = ActorKey::of_rank(&row.key()?)?;
            let actor = key.actor();
            if fold(&actor.name).contains(&query) || fold(&actor.code).contains(&query) {
                page.push(ActorCount { actor, event_count });
            }
        }
        Ok(page)
    }

    /// Events that are not retracted, by topic, in the topics' alphabetical order.
    pub fn topics(&self) -> Result<Vec<(String, u64)>, ViewError> {
        let mut topics = Vec::new();
        for row in self.store()?.table(Table::Topics).iter() {
            let (key, value) = row.into_inner()?;
            topics.push((
                String::from_utf8(key.to_vec()).map_err(|_| ViewError::Row)?,
                count(&value)?,
            ));
        }
        Ok(topics)
    }

    /// Events that are not retracted.
    pub fn event_count(&self) -> u64 {
        self.mark().events
    }

    /// Articles that are not withdrawn.
    pub fn article_count(&self) -> u64 {
        self.mark().articles
    }

    /// Every row of every table, for comparing two states: table, key, value.
    #[cfg(feature = "conformance")]
    pub fn rows(&self) -> Result<Vec<ViewRow>, ViewError> {
        let store = self.store()?;
        let mut all = Vec::new();
        for table in Table::ALL {
            for row in store.table(table).iter() {
                let (key, value) = row.into_inner()?;
                all.push((table.name(), key.to_vec(), value.to_vec()));
            }
        }
        Ok(all)
    }
}

/// What the engine does with the views.
impl Views {
    /// Opens the store; rows of another journal or layout are not looked at ([`Views::mark`] is at the start then and `reset` is due).
    pub(crate) fn open(
        folder: &Path,
        cache_bytes: u64,
        epoch: Epoch,
    ) -> Result<(Self, Option<Mark>), ViewError> {
        let store = Store::open(folder, cache_bytes)?;
        let mark = store.mark()?;
        let views = Self {
            folder: folder.to_owned(),
            cache_bytes,
            store: RwLock::new(Some(Arc::new(store))),
            mark: RwLock::new(mark.unwrap_or(Mark::new(epoch))),
        };
        Ok((views, mark))
    }

    /// Whether the store holds a mark: its rows are of this journal, in this layout.
    pub(crate) fn begun(&self) -> Result<bool, ViewError> {
        Ok(self.store()?.mark()?.is_some())
    }

    pub(crate) fn mark(&self) -> Mark {
        *lock::read(&self.mark)
    }

    /// Applies entries in one step. Those that were applied already change nothing.
    pub(crate) fn apply<'a>(&self, entries: impl Iterator<Item = &'a Applied>) -> Result<Mark, ViewError> {
        let store = self.store()?;
        let mut applying = Applying::new(&store, self.mark().epoch)?;
        for entry in entries {
            applying.entry(entry)?;
        }
        self.finish(applying)
    }

    /// Takes in a part of the base; the last part brings its mark.
    pub(crate) fn load(
        &self,
        items: &[BaseItem],
        through: Option<(u64, Sequence)>,
    ) -> Result<Mark, ViewError> {
        let store = self.store()?;
        let mut applying = Applying::new(&store, self.mark().epoch)?;
        for item in items {
            item.apply(&mut applying)?;
        }
        if let Some((commit, head)) = through {
            applying.changes.mark.commit = commit;
            applying.changes.mark.head = head;
        }
        self.finish(applying)
    }

    fn finish(&self, applying: Applying<'_>) -> Result<Mark, ViewError> {
        let mark = applying.commit()?;
        *lock::write(&self.mark) = mark;
        Ok(mark)
    }

    pub(crate) fn persist(&self) -> Result<(), ViewError> {
        self.store()?.persist()
    }

    /// Opens the store again after a failure. What was not flushed is gone: the mark tells.
    pub(crate) fn reopen(&self) -> Result<Mark, ViewError> {
        let mut place = lock::write(&self.store);
        // The old one first: a store is open once.
        *place = None;
        let store = Store::open(&self.folder, self.cache_bytes)?;
        let mark = store.mark()?.unwrap_or(Mark::new(self.mark().epoch));
        *place = Some(Arc::new(store));
        *lock::write(&self.mark) = mark;
        Ok(mark)
    }

    fn store(&self) -> Result<Arc<Store>, ViewError> {
        lock::read(&self.store).clone().ok_or(ViewError::Away)
    }

    fn get<T>(
        &self,
        table: Table,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, ViewError>,
    ) -> Result<Option<T>, ViewError> {
        // An empty key is no key of the store.
        if key.is_empty() {
            return Ok(None);
        }
        let value = self.store()?.get(table, key)?;
        value.map(|value| read(&value)).transpose()
    }
}
