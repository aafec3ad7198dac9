//! The views: what the journal says now, kept in an embedded store and derived from the journal alone.

use dateline_proto::v1;

use crate::{ArticleRecord, Report, Sequence};

/// A store failed, or holds what cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
    /// The store.
    #[error("the store of the views failed; if it stays so, delete the folder views, it is built anew from the journal")]
    Store(#[source] fjall::Error),
    /// A row that cannot be read.
    #[error("the views hold a row that cannot be read; delete the folder views, it is built anew from the journal")]
    Row,
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

/// An actor of the feed.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorCount {
    /// Name, country, code and the sector that the code tells; no text.
    pub actor: v1::Actor,
    /// Events that are not retracted and in which it takes part.
    pub event_count: u64,
}

/// What the journal says now. Every method blocks for a short time; the views include everything up to [`crate::Journal::head`].
pub struct Views {}

#[expect(unused_variables, clippy::missing_errors_doc, reason = "the seam; the store follows")]
impl Views {
    /// Where an event stands. None: no such event.
    pub fn event(&self, event_id: &str) -> Result<Option<EventState>, ViewError> {
        unimplemented!()
    }
    /// Its newest state, also when the revision was trimmed.
    pub fn newest(&self, event_id: &str) -> Result<Option<v1::Event>, ViewError> {
        unimplemented!()
    }
    /// What articles say of it, by article.
    pub fn reports(&self, event_id: &str) -> Result<Vec<(String, Report)>, ViewError> {
        unimplemented!()
    }
    /// An article's newest version, without its text.
    pub fn article(&self, article_id: &str) -> Result<Option<ArticleRecord>, ViewError> {
        unimplemented!()
    }
    /// A version of a text.
    pub fn text(&self, text_hash: &str) -> Result<Option<String>, ViewError> {
        unimplemented!()
    }
    /// A version of an article, without its text.
    pub fn version(&self, article_id: &str, text_hash: &str) -> Result<Option<ArticleRecord>, ViewError> {
        unimplemented!()
    }
    /// Events by their first revision: those after `after` in order; or, `newest_first`, those before it, backwards (give
    /// `Sequence::new(u64::MAX)` to start with the newest).
    pub fn created(
        &self,
        after: Sequence,
        newest_first: bool,
    ) -> impl Iterator<Item = Result<(Sequence, String), ViewError>> + use<> {
        std::iter::empty()
    }
    /// Actors, most frequent first, then by name: those after `after` (the last one of the page before) whose name or code contains
    /// `query` in any letter case; at most `limit`.
    pub fn actors(&self, query: &str, after: Option<&ActorCount>, limit: usize) -> Result<Vec<ActorCount>, ViewError> {
        unimplemented!()
    }
    /// Events that are not retracted, by topic, in the topics' alphabetical order.
    pub fn topics(&self) -> Result<Vec<(String, u64)>, ViewError> {
        unimplemented!()
    }
    /// Events that are not retracted.
    pub fn event_count(&self) -> u64 {
        unimplemented!()
    }
    /// Articles that are not withdrawn.
    pub fn article_count(&self) -> u64 {
        unimplemented!()
    }
}
