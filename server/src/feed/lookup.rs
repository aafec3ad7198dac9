//! GetEvent and GetArticle: one thing by its name.

use dateline_journal::{ReadError, ViewError};
use dateline_proto::{
    reason,
    v1::{Article, BodyFormat, GetArticleRequest, GetArticleResponse, GetEventRequest, GetEventResponse},
};
use tonic::Code;

use super::{Feed, request::invalid};
use crate::{ledger::view_failure, refusal::Refusal};

impl Feed {
    /// One event, in its newest or a given revision. Blocking.
    /// # Errors
    /// No id; no such event or revision; a revision that is no longer kept.
    pub fn event(&self, request: &GetEventRequest) -> Result<GetEventResponse, Refusal> {
        let journal = &self.0.journal;
        if request.event_id.is_empty() {
            return Err(invalid("event_id", "is empty; give the event_id of an event"));
        }
        let unknown = |message: String| Refusal::not_found(reason::EVENT_NOT_FOUND, message);
        let newest = (journal.views())
            .and_then(|views| views.newest(&request.event_id))
            .map_err(from_view)?;
        let Some(newest) = newest else {
            return Err(unknown("the feed has no such event".into()));
        };
        if request.revision == 0 || request.revision == newest.revision {
            return Ok(GetEventResponse { event: Some(newest) });
        }
        let revision = request.revision;
        if revision > newest.revision {
            let message = format!(
                "the event has {} revisions so far, and none numbered {revision}",
                newest.revision
            );
            return Err(unknown(message));
        }
        match journal.event_revision(&request.event_id, revision) {
            Ok(Some(event)) => Ok(GetEventResponse { event: Some(event) }),
            Ok(None) | Err(ReadError::Trimmed { .. }) => Err(unknown(format!(
                "revision {revision} of the event is no longer kept; the newest always is"
            ))),
            Err(error) => Err(from_read(error)),
        }
    }

    /// The text of an article as it was coded. Blocking.
    /// # Errors
    /// No id; no such article or version, or one that is no longer kept.
    pub fn article(&self, request: &GetArticleRequest) -> Result<GetArticleResponse, Refusal> {
        if request.article_id.is_empty() {
            return Err(invalid(
                "article_id",
                "is empty; give the article_id of a mention",
            ));
        }
        let unknown = |message: &str| Refusal::not_found(reason::ARTICLE_NOT_FOUND, message);
        let views = self.0.journal.views().map_err(from_view)?;
        let newest = views.article(&request.article_id).map_err(from_view)?;
        let newest = newest.ok_or_else(|| unknown("the feed has no such article"))?;
        let event_ids = newest.event_ids.clone();
        let record = if request.text_hash.is_empty() || request.text_hash == newest.text_hash {
            newest
        } else {
            let version = views
                .version(&request.article_id, &request.text_hash)
                .map_err(from_view)?;
            version.ok_or_else(|| unknown("the feed has no such version of the article, or no longer"))?
        };
        let text = views.text(&record.text_hash).map_err(from_view)?;
        let body =
            text.ok_or_else(|| unknown("the text of the article is no longer kept: nothing cites it"))?;
        let article = Article {
            article_id: record.article_id,
            uri: record.uri,
            title: record.title,
            body,
            body_format: BodyFormat::Text.into(),
            publisher: record.publisher,
            language: record.language,
            publish_time: record.publish_time,
        };
        Ok(GetArticleResponse {
            article: Some(article),
            text_hash: record.text_hash,
            event_ids,
        })
    }
}

/// What a client hears of a view that cannot be read.
pub(super) fn from_view(error: ViewError) -> Refusal {
    view_failure(&error)
}

/// What a client hears of a revision that cannot be read.
pub(super) fn from_read(error: ReadError) -> Refusal {
    if let ReadError::Views(error) = error {
        return from_view(error);
    }
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "the journal cannot be read"
    );
    let message = "what is stored cannot be read; the server's log says where";
    Refusal::new(Code::DataLoss, reason::STORE_DAMAGED, message)
}
