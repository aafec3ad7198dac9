//! What there is: the feed as a whole, its actors, its topics, and what a filter would find.

use std::collections::HashMap;

use dateline_coder::Topic;
use dateline_journal::{ActorCount, Item, Journal, ReadError, ReadLimit, Sequence, Views};
use dateline_proto::v1::{
    ActorSummary, CheckFilterRequest, CheckFilterResponse, GetFeedInfoResponse, ListActorsRequest,
    ListActorsResponse, ListTopicsResponse, TopicSummary,
};

use super::{
    Feed, VERSION,
    lookup::{from_read, from_view},
    page::{self, List},
    request::invalid,
    sift::Sieve,
    start::oldest_start,
};
use crate::refusal::Refusal;

const SAMPLE_DEFAULT: u32 = 10_000;
const SAMPLE_MAX: u32 = 100_000;
const SAMPLE_BYTES: usize = 4 << 20;
const SAMPLE_READ: usize = 1 << 16;
const ENGINE: &str = "embedded";

impl Feed {
    /// What the feed holds and how the server is doing. Blocking.
    pub fn info(&self) -> GetFeedInfoResponse {
        let shared = &*self.0;
        let journal = &shared.journal;
        let (status, head) = (journal.status(), journal.head());
        // Views that do not follow are no reason to say nothing: this is what an operator looks at.
        let views = journal.views().unwrap_or_else(|_| journal.views_as_they_are());
        let taken = shared.limits.subscriptions - shared.subscriptions.available_permits();
        GetFeedInfoResponse {
            epoch: journal.epoch().to_string(),
            oldest_cursor: journal.cursor(oldest_start(journal)).to_string(),
            head_cursor: journal.cursor(head).to_string(),
            oldest_time: journal.time_of(journal.oldest()),
            head_time: journal.time_of(head),
            event_count: views.event_count(),
            revision_count: status.revision_count,
            article_count: views.article_count(),
            subscription_count: u32::try_from(taken).unwrap_or(u32::MAX),
            engine: ENGINE.into(),
            server_version: VERSION.into(),
            start_time: Some(shared.start_time),
            ingest_progress: shared.progress.get().map(|progress| *progress.borrow()),
            coder: shared.coder.clone(),
        }
    }

    /// What a filter means, and how much of the newest revisions it would have delivered. Blocking.
    /// # Errors
    /// A filter that is not understood, a sample that is too large.
    pub fn check_filter(&self, request: &CheckFilterRequest) -> Result<CheckFilterResponse, Refusal> {
        let sample = match request.sample_size {
            0 => SAMPLE_DEFAULT,
            size if size <= SAMPLE_MAX => size,
            _ => return Err(invalid("sample_size", "is above 100,000")),
        };
        let filter = self.filter(request.filter.as_ref())?;
        let sieve = Sieve {
            filter: filter.clone(),
            not_before: None,
        };
        let (sampled_events, matched_events) = try_out(&self.0.journal, &sieve, sample)?;
        Ok(CheckFilterResponse {
            canonical_filter: filter.canonical().to_owned(),
            indexed: filter.indexed(),
            sampled_events,
            matched_events,
            warnings: filter.warnings().to_vec(),
        })
    }

    /// A page of the actors in the feed. Blocking.
    /// # Errors
    /// A size or token that is refused.
    pub fn list_actors(&self, request: &ListActorsRequest) -> Result<ListActorsResponse, Refusal> {
        let journal = &self.0.journal;
        let size = page::size(request.page_size, self.0.limits.page_size)?;
        let list = List::new(&["ListActors", &journal.epoch().to_string(), &request.query]);
        let token = list.read(&request.page_token)?;
        let after = token.and_then(|token| {
            Some(ActorCount {
                event_count: token.after,
                actor: token.actor?,
            })
        });
        // One more than asked for tells whether there is another page.
        let mut rows = journal
            .views()
            .and_then(|views| views.actors(&request.query, after.as_ref(), size + 1))
            .map_err(from_view)?;
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more);
        let next_page_token = last
            .map(|row| list.token(0, row.event_count, Some(row.actor.clone())))
            .unwrap_or_default();
        let actors = rows.into_iter().map(|row| ActorSummary {
            actor: Some(row.actor),
            event_count: row.event_count,
        });
        Ok(ListActorsResponse {
            actors: actors.collect(),
            next_page_token,
        })
    }

    /// All topics, in the ontology's order. Blocking.
    /// # Errors
    /// The views cannot be read.
    pub fn list_topics(&self) -> Result<ListTopicsResponse, Refusal> {
        let counts: HashMap<String, u64> = self
            .0
            .journal
            .views()
            .and_then(Views::topics)
            .map_err(from_view)?
            .into_iter()
            .collect();
        let topics = Topic::ALL.iter().map(|topic| TopicSummary {
            topic: topic.as_str().into(),
            description: topic.description().into(),
            event_count: counts.get(topic.as_str()).copied().unwrap_or(0),
        });
        Ok(ListTopicsResponse {
            topics: topics.collect(),
        })
    }
}

/// How many of the newest revisions there were, up to `sample`, and how many of them `sieve` delivers.
fn try_out(journal: &Journal, sieve: &Sieve, sample: u32) -> Result<(u32, u32), Refusal> {
    let head = journal.head();
    let begin = Sequence::new(head.get().saturating_sub(u64::from(sample))).max(oldest_start(journal));
    let limit = ReadLimit {
        bytes: SAMPLE_BYTES,
        revisions: SAMPLE_READ,
        through: Some(head),
    };
    let (mut after, mut first, mut matched) = (begin, begin, 0);
    while after < head {
        let stretch = match journal.select(after, sieve.filter.terms(), limit) {
            Ok(stretch) => stretch,
            Err(ReadError::Trimmed { .. }) => {
                after = oldest_start(journal).max(after);
                (first, matched) = (after, 0);
                continue;
            }
            Err(error) => return Err(from_read(error)),
        };
        after = stretch.looked_through.max(after.next());
        let delivered = stretch.items.iter().filter(|item| match item {
            Item::Revision(revision) => sieve.verdict(revision).is_some(),
            Item::Damaged { .. } => false,
        });
        matched += u32::try_from(delivered.count()).unwrap_or(u32::MAX);
    }
    let sampled = u32::try_from(head.get().saturating_sub(first.get())).unwrap_or(u32::MAX);
    Ok((sampled, matched))
}
