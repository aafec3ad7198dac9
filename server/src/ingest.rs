//! The way of an article: prepared and coded on threads of their own, then put into the feed by the ledger.
//!
//! Articles of one stream are coded side by side and enter the feed in their order. How many are coded at once over all streams is
//! bounded by the processors, how many wait per stream by `AHEAD` and `UNANSWERED`; who sends faster waits.

use std::{num::NonZero, sync::Arc, thread::available_parallelism};

use dateline_coder::{Article, Coder, Coding};
use dateline_journal::Journal;
use dateline_proto::{reason, v1};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::Semaphore;

use crate::{
    article::{self, ArticleError, Prepared},
    ledger::{
        CodedArticle, Flight, Ledger, Put, copies::sketch, duplicate, identity::text_hash, is_duplicate,
        view_failure,
    },
    refusal::Refusal,
};

mod convert;
mod paths;

/// Articles of one stream that are coded or wait for it.
const AHEAD: usize = 8;
/// Articles of one stream that are in the ledger and not durable yet.
const UNANSWERED: usize = 64;
/// Times that an article is coded anew from the feed's own text when other versions of it keep coming in between.
const RECODE_ATTEMPTS: usize = 8;

/// Codes articles and puts them into the feed. Cheap to clone.
#[derive(Clone)]
pub struct Ingest(Arc<Shared>);

struct Shared {
    coder: Arc<Coder>,
    ledger: Ledger,
    journal: Journal,
    article_bytes: usize,
    coding: Arc<Semaphore>,
}

/// What the coder made of an article.
enum Coded {
    /// The feed has it just so.
    Duplicate(v1::IngestArticleResponse),
    /// It goes to the ledger.
    New(Box<CodedArticle>, Flight),
}

/// An article and what else was asked.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// The article.
    pub article: v1::Article,
    /// Code it anew, even the same; without a body, the feed's own text.
    pub recode: bool,
}

impl Submission {
    /// What another attempt needs. Only the feed's own text is ever coded twice, so no body is kept.
    fn for_another_attempt(&self) -> Self {
        if self.article.body.is_empty() {
            self.clone()
        } else {
            Self::default()
        }
    }
}

impl Ingest {
    /// Codes with `coder`, at most `article_bytes` of an article; what comes of it goes to `ledger`, which writes to `journal`.
    pub fn new(coder: Arc<Coder>, ledger: Ledger, journal: Journal, article_bytes: usize) -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Shared {
            coder,
            ledger,
            journal,
            article_bytes,
            coding: Arc::new(Semaphore::new(processors)),
        }))
    }

    /// The ledger behind it.
    pub fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    /// The coder.
    pub fn coder(&self) -> &Arc<Coder> {
        &self.0.coder
    }

    /// Puts one article into the feed; answers when it is durable. Dropping the call may leave the article in the feed.
    ///
    /// # Errors
    /// An article that is refused (ARTICLE_*, LANGUAGE_UNSUPPORTED, FIELD_INVALID), one to recode that the feed does not have, a store
    /// that takes no writes.
    pub async fn ingest(
        &self,
        article: v1::Article,
        recode: bool,
    ) -> Result<v1::IngestArticleResponse, Refusal> {
        let submission = Submission { article, recode };
        let again = submission.for_another_attempt();
        let coded = self.begin(submission).await;
        let put = self.put(coded).await?;
        self.finish(again, put).await
    }

    /// Puts articles into the feed; one answer for each, in their order, when it is durable. A refused one does not stop the others.
    pub fn ingest_all(
        &self,
        submissions: impl Stream<Item = Submission> + Send,
    ) -> impl Stream<Item = Result<v1::IngestArticleResponse, Refusal>> + Send {
        submissions
            .map(move |submission| {
                let again = submission.for_another_attempt();
                // Begun here, not when it is polled: what is said of versions on their way has to be in the stream's order.
                let coded = self.begin(submission);
                async move { (again, coded.await) }
            })
            .buffered(AHEAD)
            .then(move |(again, coded)| async move { (again, self.put(coded).await) })
            .map(move |(again, put)| async move { self.finish(again, put?).await })
            .buffered(UNANSWERED)
    }

    /// Codes an article and stores nothing.
    ///
    /// # Errors
    /// An article that is refused.
    pub async fn code(
        &self,
        article: v1::Article,
        explain: bool,
    ) -> Result<v1::CodeArticleResponse, Refusal> {
        self.on_coding_thread(move |shared| {
            let article = article::prepare(article, shared.article_bytes)?;
            Ok(code(&shared.coder, article, explain))
        })
        .await
    }

    /// Says that a version of the article is on its way, and gives the future that codes it.
    fn begin(&self, submission: Submission) -> impl Future<Output = Result<Coded, Refusal>> + Send + use<> {
        let article_id = article::identity(&submission.article);
        let flight = self.0.ledger.enter(&article_id);
        let this = self.clone();
        async move {
            this.on_coding_thread(move |shared| shared.code(submission, flight))
                .await
        }
    }

    /// Gives what was coded its place in the order of the feed.
    async fn put(&self, coded: Result<Coded, Refusal>) -> Result<Ordered, Refusal> {
        match coded? {
            Coded::Duplicate(response) => Ok(Ordered::Answered(response)),
            Coded::New(article, flight) => {
                let answer = self.0.ledger.put_article(*article, Some(flight)).await?;
                Ok(Ordered::Waiting(answer))
            }
        }
    }

    async fn finish(
        &self,
        submission: Submission,
        put: Ordered,
    ) -> Result<v1::IngestArticleResponse, Refusal> {
        let mut put = put;
        for _ in 0..RECODE_ATTEMPTS {
            match put {
                Ordered::Answered(response) => return Ok(response),
                Ordered::Waiting(answer) => match answer.wait().await? {
                    Put::Done(response) => return Ok(response),
                    Put::Superseded => {
                        let coded = self.begin(submission.clone()).await;
                        put = self.put(coded).await?;
                    }
                },
            }
        }
        let message = "other versions of the article keep coming in; recode it when it is at rest";
        Err(
            Refusal::new(tonic::Code::ResourceExhausted, reason::RATE_LIMIT, message)
                .retry(std::time::Duration::from_secs(5)),
        )
    }

    /// Runs on a thread that may block, when one of the places for coding is free.
    async fn on_coding_thread<T: Send + 'static>(
        &self,
        run: impl FnOnce(&Shared) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let shared = Arc::clone(&self.0);
        let place = Arc::clone(&shared.coding)
            .acquire_owned()
            .await
            .expect("never closed");
        // The place is held by the work and not by who waits for it: a caller that goes away makes no room.
        let done = tokio::task::spawn_blocking(move || {
            let done = run(&shared);
            drop(place);
            done
        });
        let done = done.await;
        done.unwrap_or_else(|error| {
            tracing::error!(%error, "coding an article ended early");
            Err(Refusal::internal())
        })
    }
}

enum Ordered {
    Answered(v1::IngestArticleResponse),
    Waiting(crate::ledger::Answer<Put>),
}

impl Shared {
    fn code(&self, submission: Submission, flight: Flight) -> Result<Coded, Refusal> {
        let Submission { article, recode } = submission;
        let (article, stored_hash) = if recode && article.body.is_empty() {
            let (article, hash) = self.stored(article)?;
            (article, Some(hash))
        } else {
            (article::prepare(article, self.article_bytes)?, None)
        };
        let article = with_front(&self.coder, article);
        let record = convert::record(&article, text_hash(&article.text), self.coder.version());
        if !recode && flight.is_alone() {
            let known = (self.journal.views()).and_then(|views| views.article(&record.article_id));
            let known = known.map_err(|error| view_failure(&error))?;
            if let Some(known) = known.filter(|known| is_duplicate(known, &record)) {
                let mut response = duplicate(record.article_id, known.event_ids.len());
                response.cursor = self.journal.cursor(self.journal.head()).to_string();
                return Ok(Coded::Duplicate(response));
            }
        }
        let coding = self.coder.code(&request(&article, false));
        let events = coding.events.into_iter();
        let events = events
            .filter_map(|event| convert::event(event, &article.text, &record))
            .collect();
        let coded = CodedArticle {
            sketch: sketch(&article.text),
            record,
            events,
            recode,
            stored_hash,
        };
        Ok(Coded::New(Box::new(coded), flight))
    }

    /// The newest version of an article, with what the request says of it put over what is stored; and its text's hash.
    fn stored(&self, wanted: v1::Article) -> Result<(Prepared, String), Refusal> {
        article::check_fields(&wanted)?;
        let article_id = article::identity(&wanted);
        if article_id.is_empty() {
            return Err(ArticleError::Empty.into());
        }
        let not_found = || {
            let message = "the feed has no such article; give its text in body";
            Refusal::not_found(reason::ARTICLE_NOT_FOUND, message)
        };
        let views = self.journal.views().map_err(|error| view_failure(&error))?;
        let record = views.article(&article_id).map_err(|error| view_failure(&error))?;
        let record = record.filter(|record| !record.withdrawn).ok_or_else(not_found)?;
        let text = views
            .text(&record.text_hash)
            .map_err(|error| view_failure(&error))?;
        let either = |given: String, stored: String| if given.is_empty() { stored } else { given };
        let article = Prepared {
            article_id,
            uri: either(wanted.uri, record.uri),
            title: either(wanted.title, record.title),
            publisher: either(wanted.publisher, record.publisher),
            language: either(wanted.language, record.language),
            publish_time: wanted.publish_time.or(record.publish_time),
            text: text.ok_or_else(not_found)?,
            html: record.html,
        };
        Ok((article, record.text_hash))
    }
}

/// Codes a prepared article, alone: nothing is merged with anything.
pub(crate) fn code(coder: &Coder, article: Prepared, explain: bool) -> v1::CodeArticleResponse {
    let article = with_front(coder, article);
    let mut record = convert::record(&article, text_hash(&article.text), coder.version());
    record.text = None;
    let Coding { events, traces, .. } = coder.code(&request(&article, explain));
    let text = &article.text;
    v1::CodeArticleResponse {
        events: events
            .into_iter()
            .filter_map(|event| convert::event(event, text, &record))
            .collect(),
        traces: traces
            .into_iter()
            .filter_map(|trace| convert::trace(trace, text))
            .collect(),
    }
}

fn request(article: &Prepared, explain: bool) -> Article<'_> {
    Article {
        text: &article.text,
        title: (!article.title.is_empty()).then_some(article.title.as_str()),
        published: article.publish_time.and_then(convert::day),
        explain,
    }
}

/// Fills in title and time of publication from the text where they were not given.
fn with_front(coder: &Coder, mut article: Prepared) -> Prepared {
    if article.title.is_empty() || article.publish_time.is_none() {
        let front = coder.skim(&request(&article, false));
        let headline = front.title.and_then(|range| article.text.get(range));
        if let Some(headline) = headline.filter(|_| article.title.is_empty()) {
            article.title = headline.trim().to_owned();
        }
        article.publish_time = article
            .publish_time
            .or_else(|| front.published.and_then(convert::start_of));
    }
    article
}
