//! IngestService on the wire: hands each request to the pipeline or the ledger, and turns refusals into statuses.

use std::{
    future::ready,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use dateline_proto::{
    server::ingest_service_server::IngestService,
    v1::{
        CodeArticleRequest, CodeArticleResponse, IngestArticleRequest, IngestArticleResponse,
        IngestArticlesRequest, IngestArticlesResponse, IngestOutcome, PublishEventsRequest,
        PublishEventsResponse, RestoreEventRequest, RestoreEventResponse, RetractEventRequest,
        RetractEventResponse, WithdrawArticleRequest, WithdrawArticleResponse,
    },
};
use futures_util::{Stream, StreamExt as _};
use tonic::{Request, Response, Status, Streaming};

use crate::{
    ingest::{Ingest, Submission},
    refusal::Refusal,
};

/// Serves an [`Ingest`].
pub struct IngestGrpc {
    ingest: Ingest,
}

impl IngestGrpc {
    /// Serves `ingest`.
    pub fn new(ingest: Ingest) -> Self {
        Self { ingest }
    }
}

#[tonic::async_trait]
impl IngestService for IngestGrpc {
    type IngestArticlesStream = Pin<Box<dyn Stream<Item = Result<IngestArticlesResponse, Status>> + Send>>;

    async fn code_article(
        &self,
        request: Request<CodeArticleRequest>,
    ) -> Result<Response<CodeArticleResponse>, Status> {
        let CodeArticleRequest { article, explain } = request.into_inner();
        let coded = self.ingest.code(article.unwrap_or_default(), explain).await?;
        Ok(Response::new(coded))
    }

    async fn ingest_article(
        &self,
        request: Request<IngestArticleRequest>,
    ) -> Result<Response<IngestArticleResponse>, Status> {
        let IngestArticleRequest { article, recode } = request.into_inner();
        let response = self.ingest.ingest(article.unwrap_or_default(), recode).await?;
        Ok(Response::new(response))
    }

    async fn ingest_articles(
        &self,
        request: Request<Streaming<IngestArticlesRequest>>,
    ) -> Result<Response<Self::IngestArticlesStream>, Status> {
        Ok(Response::new(Box::pin(answers(
            self.ingest.clone(),
            request.into_inner(),
        ))))
    }

    async fn publish_events(
        &self,
        request: Request<PublishEventsRequest>,
    ) -> Result<Response<PublishEventsResponse>, Status> {
        Ok(Response::new(
            self.ingest.ledger().publish(request.into_inner()).await?,
        ))
    }

    async fn retract_event(
        &self,
        request: Request<RetractEventRequest>,
    ) -> Result<Response<RetractEventResponse>, Status> {
        Ok(Response::new(
            self.ingest.ledger().retract(request.into_inner()).await?,
        ))
    }

    async fn restore_event(
        &self,
        request: Request<RestoreEventRequest>,
    ) -> Result<Response<RestoreEventResponse>, Status> {
        Ok(Response::new(
            self.ingest.ledger().restore(request.into_inner()).await?,
        ))
    }

    async fn withdraw_article(
        &self,
        request: Request<WithdrawArticleRequest>,
    ) -> Result<Response<WithdrawArticleResponse>, Status> {
        Ok(Response::new(
            self.ingest.ledger().withdraw(request.into_inner()).await?,
        ))
    }
}

/// One answer per request, in order. A stream that breaks off ends the answers with its error, after those to what came before.
fn answers(
    ingest: Ingest,
    requests: Streaming<IngestArticlesRequest>,
) -> impl Stream<Item = Result<IngestArticlesResponse, Status>> + Send {
    // Answers come in the order of the requests, so that ids and articles need no other link.
    let ids = Arc::new(Mutex::new(std::collections::VecDeque::new()));
    let broken = Arc::new(Mutex::new(None));
    let (sent_ids, noted) = (Arc::clone(&ids), Arc::clone(&broken));
    let submissions = requests
        .map(move |request| match request {
            Ok(request) => Some(request),
            Err(status) => {
                *noted.lock().unwrap_or_else(PoisonError::into_inner) = Some(status);
                None
            }
        })
        .take_while(|request| ready(request.is_some()))
        .filter_map(ready)
        .map(move |request| {
            let IngestArticlesRequest {
                request_id,
                article,
                recode,
            } = request;
            let article = article.unwrap_or_default();
            let article_id = article.article_id.clone();
            let mut ids = sent_ids.lock().unwrap_or_else(PoisonError::into_inner);
            ids.push_back((request_id, article_id));
            Submission { article, recode }
        });
    async_stream::stream! {
        let mut results = std::pin::pin!(ingest.ingest_all(submissions));
        while let Some(result) = results.next().await {
            let ids = ids.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let (request_id, article_id) = ids.unwrap_or_default();
            yield Ok(answer(request_id, article_id, result));
        }
        let status = broken.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(status) = status {
            yield Err(status);
        }
    }
}

fn answer(
    request_id: String,
    article_id: String,
    result: Result<IngestArticleResponse, Refusal>,
) -> IngestArticlesResponse {
    match result {
        Ok(response) => IngestArticlesResponse {
            request_id,
            result: Some(response),
            ..Default::default()
        },
        Err(refusal) => {
            let mut rejected = IngestArticleResponse {
                article_id,
                ..Default::default()
            };
            rejected.set_outcome(IngestOutcome::Rejected);
            IngestArticlesResponse {
                request_id,
                result: Some(rejected),
                error_reason: refusal.reason().to_owned(),
                error_message: refusal.message().to_owned(),
            }
        }
    }
}
