//! What is appended: an entry, one atomic commit of an article's state, what it reports, and the revisions that follow from it.

use std::sync::Arc;

use dateline_proto::{time::Timestamp, v1};

use crate::Sequence;

/// One atomic commit: after a crash all of it is there or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The article that the entry is about, as it is afterwards. None: only events change.
    pub article: Option<ArticleRecord>,
    /// What articles say of events, where that changes. At most one change for an event and article.
    pub reports: Vec<ReportChange>,
    /// New states of events, in feed order. At most one for an event.
    pub revisions: Vec<Revision>,
}

/// An article as the journal keeps it: the newest version's state. Stored; tags are never reused.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ArticleRecord {
    /// Identity, the same over all versions.
    #[prost(string, tag = "1")]
    pub article_id: String,
    /// Where it was published. Empty: unknown.
    #[prost(string, tag = "2")]
    pub uri: String,
    /// Headline. Empty: none.
    #[prost(string, tag = "3")]
    pub title: String,
    /// Who published it. Empty: unknown.
    #[prost(string, tag = "4")]
    pub publisher: String,
    /// BCP 47. Empty: unknown.
    #[prost(string, tag = "5")]
    pub language: String,
    /// When it was published. None: unknown.
    #[prost(message, optional, tag = "6")]
    pub publish_time: Option<Timestamp>,
    /// Names this version of the text.
    #[prost(string, tag = "7")]
    pub text_hash: String,
    /// The text; given when [`crate::Views::text`] does not have this version yet. Always none in what the views return.
    #[prost(string, optional, tag = "8")]
    pub text: Option<String>,
    /// What coded it, with versions.
    #[prost(string, tag = "9")]
    pub coder: String,
    /// Events that the newest version reports.
    #[prost(string, repeated, tag = "10")]
    pub event_ids: Vec<String>,
    /// Withdrawn: it reports nothing until it is ingested again.
    #[prost(bool, tag = "11")]
    pub withdrawn: bool,
    /// The article came as HTML, and the text is what was extracted from it.
    #[prost(bool, tag = "12")]
    pub html: bool,
}

/// What one article says of one event from now on. Stored; tags are never reused.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ReportChange {
    /// The event.
    #[prost(string, tag = "1")]
    pub event_id: String,
    /// The article.
    #[prost(string, tag = "2")]
    pub article_id: String,
    /// The report, put in place of any other of the two. None: the article does not report the event any more.
    #[prost(message, optional, tag = "3")]
    pub report: Option<Report>,
}

/// An event as one article alone reports it: its mentions are all of this article. Stored; tags are never reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The event as reported (tag 1, required). What tells of a revision (number, change, cursor, times of the feed, successor, reason of
    /// a retraction) means nothing here.
    pub event: Arc<v1::Event>,
    /// Hashes that tell whether another article is a copy of this one's text, ascending (tag 2, packed fixed32). Empty: nothing is known
    /// of that, as of reports that are no article's, of short texts, and of what was stored before this field came.
    pub sketch: Vec<u32>,
}

/// A new state of an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision {
    /// The whole new state. The journal stores its own `cursor`, `update_time` and, for revision 1, `create_time`. Where a report of the
    /// same entry shares it (the same `Arc`) and has no sketch, it is stored once for both.
    pub event: Arc<v1::Event>,
    /// The state just before. None: there was none. The journal keeps what filters ask of it (see [`filterable`]).
    pub before: Option<Arc<v1::Event>>,
    /// Where the revision before this one is; [`Sequence::ZERO`] where there was none: then the event is new, and nothing was reported
    /// of it before this entry.
    pub previous: Sequence,
    /// Withdrawn by an editor, until restored.
    pub held: bool,
}

/// What is kept of the state before a revision: everything but the cursor and the mentions' titles and sentences.
pub fn filterable(mut event: v1::Event) -> v1::Event {
    event.cursor.clear();
    for mention in &mut event.mentions {
        mention.title.clear();
        mention.sentence.clear();
    }
    event
}
