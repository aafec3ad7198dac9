//! A server whose every move is told by the test.

use std::{
    collections::VecDeque,
    convert::Infallible,
    future::{Ready, ready},
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use async_stream::stream;
use dateline_proto::{
    reason,
    server::{feed_service_server, ingest_service_server},
    v1::{subscribe_response::Message, *},
};
use futures_util::{Stream, StreamExt as _};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Code, Request, Response, Status, Streaming,
    body::Body,
    server::{NamedService, ServerStreamingService},
    transport::Server,
};
use tonic_prost::ProstCodec;
use tonic_types::{ErrorDetails, StatusExt as _};

type Answer<T> = Result<Response<T>, Status>;
type Messages<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[derive(Clone)]
pub(crate) enum Step {
    Send(Message),
    Fail(Status),
    /// Nothing more comes, and the stream stays open.
    Hang,
}

/// What the server does, and what it was asked.
#[derive(Default)]
pub(crate) struct Stage {
    pub(crate) subscriptions: Mutex<VecDeque<Vec<Step>>>,
    pub(crate) requests: Mutex<Vec<SubscribeRequest>>,
    pub(crate) pages: Mutex<VecDeque<ListEventsResponse>>,
    pub(crate) listed: Mutex<Vec<ListEventsRequest>>,
    pub(crate) counts: Mutex<VecDeque<AggregateEventsResponse>>,
    pub(crate) counted: Mutex<Vec<AggregateEventsRequest>>,
    pub(crate) streams: Mutex<VecDeque<ListSubscriptionsResponse>>,
    /// After how many answers each IngestArticles stream breaks.
    pub(crate) breaks: Mutex<VecDeque<usize>>,
    pub(crate) articles: Arc<Mutex<Vec<Article>>>,
    pub(crate) published: Mutex<Vec<Event>>,
}

impl Stage {
    /// Serves on a free port until the test ends.
    pub(crate) async fn serve(self) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("is bound");
        let stage = Arc::new(self);
        let feed = FeedStage {
            stage: Arc::clone(&stage),
            others: feed_service_server::FeedServiceServer::from_arc(Arc::clone(&stage)),
        };
        let ingest = ingest_service_server::IngestServiceServer::from_arc(Arc::clone(&stage));
        let server = Server::builder().add_service(feed).add_service(ingest);
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        (stage, address.to_string())
    }

    pub(crate) fn subscribing(calls: impl IntoIterator<Item = Vec<Step>>) -> Self {
        Self {
            subscriptions: Mutex::new(calls.into_iter().collect()),
            ..Self::default()
        }
    }
}

pub(crate) fn refusal(code: Code, name: &str, message: &str) -> Status {
    let mut details = ErrorDetails::new();
    details.set_error_info(name, reason::DOMAIN, []);
    Status::with_error_details(code, message, details)
}

pub(crate) fn started(cursor: &str) -> Step {
    Step::Send(Message::Started(SubscriptionStarted {
        start_cursor: cursor.into(),
        heartbeat_interval: Some(Duration::from_secs(15).into()),
        ..SubscriptionStarted::default()
    }))
}

/// Events named by their cursors.
pub(crate) fn batch(cursors: &[&str], left: &[u32]) -> Step {
    let event = |cursor: &&str| Event {
        event_id: format!("e-{cursor}"),
        cursor: (*cursor).into(),
        revision: 1,
        change: Change::Created as i32,
        r#type: EventType::Consult as i32,
        ..Event::default()
    };
    Step::Send(Message::Batch(EventBatch {
        events: cursors.iter().map(event).collect(),
        cursor: (*cursors.last().expect("some event")).into(),
        left: left.to_vec(),
    }))
}

pub(crate) fn ending(cursor: &str, reason: EndReason) -> Step {
    Step::Send(Message::StreamEnding(StreamEnding {
        cursor: cursor.into(),
        reason: reason as i32,
        reconnect_delay: None,
    }))
}

fn take(request: IngestArticlesRequest, articles: &mut Vec<Article>) -> IngestArticlesResponse {
    let article = request.article.unwrap_or_default();
    let article_id = article.article_id.clone();
    let outcome = if article.body.starts_with("bad") {
        IngestOutcome::Rejected
    } else if articles.contains(&article) {
        IngestOutcome::Duplicate
    } else {
        articles.push(article);
        IngestOutcome::New
    };
    let refused = outcome == IngestOutcome::Rejected;
    let tell = |text: &str| if refused { text.to_owned() } else { String::new() };
    IngestArticlesResponse {
        request_id: request.request_id,
        result: Some(IngestArticleResponse {
            outcome: outcome as i32,
            article_id,
            ..IngestArticleResponse::default()
        }),
        error_reason: tell(reason::ARTICLE_INVALID),
        error_message: tell("this is no article"),
    }
}

fn unstaged<T>() -> Answer<T> {
    Err(Status::unimplemented("not part of this play"))
}

/// FeedService with Subscribe, which the generated service leaves out.
#[derive(Clone)]
struct FeedStage {
    stage: Arc<Stage>,
    others: feed_service_server::FeedServiceServer<Stage>,
}

impl NamedService for FeedStage {
    const NAME: &'static str = feed_service_server::SERVICE_NAME;
}

impl tower::Service<http::Request<Body>> for FeedStage {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        if !request.uri().path().ends_with("/Subscribe") {
            return self.others.call(request);
        }
        let subscribe = Subscribe(Arc::clone(&self.stage));
        Box::pin(async move {
            let mut call = tonic::server::Grpc::new(ProstCodec::default());
            Ok(call.server_streaming(subscribe, request).await)
        })
    }
}

struct Subscribe(Arc<Stage>);

impl ServerStreamingService<SubscribeRequest> for Subscribe {
    type Response = SubscribeResponse;
    type ResponseStream = Messages<SubscribeResponse>;
    type Future = Ready<Answer<Self::ResponseStream>>;

    fn call(&mut self, request: Request<SubscribeRequest>) -> Self::Future {
        self.0.requests.lock().unwrap().push(request.into_inner());
        let steps = self
            .0
            .subscriptions
            .lock()
            .unwrap()
            .pop_front()
            .unwrap_or_default();
        if let Some(Step::Fail(status)) = steps.first() {
            return ready(Err(status.clone()));
        }
        let messages = stream! {
            for step in steps {
                match step {
                    Step::Send(message) => yield Ok(SubscribeResponse { message: Some(message) }),
                    Step::Fail(status) => yield Err(status),
                    Step::Hang => std::future::pending().await,
                }
            }
        };
        ready(Ok(Response::new(messages.boxed())))
    }
}

#[tonic::async_trait]
impl feed_service_server::FeedService for Stage {
    async fn list_events(&self, request: Request<ListEventsRequest>) -> Answer<ListEventsResponse> {
        self.listed.lock().unwrap().push(request.into_inner());
        Ok(Response::new(
            self.pages.lock().unwrap().pop_front().unwrap_or_default(),
        ))
    }

    async fn get_event(&self, request: Request<GetEventRequest>) -> Answer<GetEventResponse> {
        let id = request.into_inner().event_id;
        if id.starts_with('e') {
            let event = Event {
                event_id: id,
                ..Event::default()
            };
            return Ok(Response::new(GetEventResponse { event: Some(event) }));
        }
        Err(refusal(
            Code::NotFound,
            reason::EVENT_NOT_FOUND,
            &format!("no event {id:?}"),
        ))
    }

    async fn update_subscription(
        &self,
        _: Request<UpdateSubscriptionRequest>,
    ) -> Answer<UpdateSubscriptionResponse> {
        unstaged()
    }

    async fn aggregate_events(
        &self,
        request: Request<AggregateEventsRequest>,
    ) -> Answer<AggregateEventsResponse> {
        self.counted.lock().unwrap().push(request.into_inner());
        Ok(Response::new(
            self.counts.lock().unwrap().pop_front().unwrap_or_default(),
        ))
    }

    async fn list_subscriptions(
        &self,
        _: Request<ListSubscriptionsRequest>,
    ) -> Answer<ListSubscriptionsResponse> {
        Ok(Response::new(
            self.streams.lock().unwrap().pop_front().unwrap_or_default(),
        ))
    }

    async fn get_article(&self, _: Request<GetArticleRequest>) -> Answer<GetArticleResponse> {
        unstaged()
    }

    async fn check_filter(&self, _: Request<CheckFilterRequest>) -> Answer<CheckFilterResponse> {
        let message = r#"topic "militray" at 7: did you mean "military"?"#;
        Err(refusal(Code::InvalidArgument, reason::FILTER_INVALID, message))
    }

    async fn get_feed_info(&self, _: Request<GetFeedInfoRequest>) -> Answer<GetFeedInfoResponse> {
        unstaged()
    }

    async fn list_actors(&self, _: Request<ListActorsRequest>) -> Answer<ListActorsResponse> {
        unstaged()
    }

    async fn list_topics(&self, _: Request<ListTopicsRequest>) -> Answer<ListTopicsResponse> {
        unstaged()
    }
}

#[tonic::async_trait]
impl ingest_service_server::IngestService for Stage {
    type IngestArticlesStream = Messages<IngestArticlesResponse>;

    /// Takes every article but those whose text begins with "bad", and knows those again that it had.
    async fn ingest_articles(
        &self,
        request: Request<Streaming<IngestArticlesRequest>>,
    ) -> Answer<Self::IngestArticlesStream> {
        let mut requests = request.into_inner();
        let left = self.breaks.lock().unwrap().pop_front().unwrap_or(usize::MAX);
        let articles = Arc::clone(&self.articles);
        let answers = stream! {
            for answered in 0.. {
                let request = match requests.message().await {
                    Ok(Some(request)) => request,
                    Ok(None) => return,
                    // Such as a message larger than the server's limit.
                    Err(status) => {
                        yield Err(status);
                        return;
                    }
                };
                let answer = take(request, &mut articles.lock().unwrap());
                // What is stored when the stream breaks goes unanswered.
                if answered == left {
                    yield Err(Status::unavailable("broken on purpose"));
                    return;
                }
                yield Ok(answer);
            }
        };
        Ok(Response::new(answers.boxed()))
    }

    async fn publish_events(&self, request: Request<PublishEventsRequest>) -> Answer<PublishEventsResponse> {
        let events = request.into_inner().events;
        let results = events.iter().map(|event| match event.r#type() {
            EventType::Unspecified => PublishResult {
                outcome: PublishOutcome::Rejected as i32,
                error_reason: reason::EVENT_INVALID.into(),
                error_message: "type is missing".into(),
                ..PublishResult::default()
            },
            _ => PublishResult {
                outcome: PublishOutcome::Created as i32,
                event_id: event.event_id.clone(),
                revision: 1,
                ..PublishResult::default()
            },
        });
        let results = results.collect();
        self.published.lock().unwrap().extend(events);
        Ok(Response::new(PublishEventsResponse { results }))
    }

    async fn code_article(&self, _: Request<CodeArticleRequest>) -> Answer<CodeArticleResponse> {
        unstaged()
    }

    async fn ingest_article(&self, _: Request<IngestArticleRequest>) -> Answer<IngestArticleResponse> {
        unstaged()
    }

    async fn retract_event(&self, _: Request<RetractEventRequest>) -> Answer<RetractEventResponse> {
        unstaged()
    }

    async fn restore_event(&self, _: Request<RestoreEventRequest>) -> Answer<RestoreEventResponse> {
        unstaged()
    }

    async fn withdraw_article(&self, _: Request<WithdrawArticleRequest>) -> Answer<WithdrawArticleResponse> {
        unstaged()
    }
}
