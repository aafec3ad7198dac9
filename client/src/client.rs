//! The calls of both services, one method each.

use std::sync::Arc;

use async_stream::try_stream;
use dateline_proto::v1::{
    ActorSummary, AggregateEventsRequest, AggregateEventsResponse, CheckFilterRequest, CheckFilterResponse,
    CodeArticleRequest, CodeArticleResponse, Event, GetArticleRequest, GetArticleResponse, GetEventRequest,
    GetFeedInfoRequest, GetFeedInfoResponse, IngestArticleRequest, IngestArticleResponse, ListActorsRequest,
    ListActorsResponse, ListEventsRequest, ListEventsResponse, ListSubscriptionsRequest,
    ListSubscriptionsResponse, ListTopicsRequest, PublishEventsRequest, PublishEventsResponse,
    RestoreEventRequest, RetractEventRequest, SubscribeRequest, TopicSummary, UpdateSubscriptionRequest,
    UpdateSubscriptionResponse, WithdrawArticleRequest, WithdrawArticleResponse,
    feed_service_client::FeedServiceClient, ingest_service_client::IngestServiceClient,
};
use futures_util::Stream;
use tonic::transport::{Channel, Endpoint};

use crate::{AddressError, Error, ErrorKind, Resume, Subscription, endpoint};

/// Largest message that is read: a page of a thousand events with sixteen sentences each stays far below.
const MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// A connection to one server. Cheap to clone; connects when first used, and again whenever the connection is lost.
///
/// Every method makes one call and returns [`Error`] as the server or the transport gives it; none tries again by
/// itself, which [`Subscription`] and [`ingest_articles`](crate::ingest_articles) do.
#[derive(Clone, Debug)]
pub struct Client {
    channel: Channel,
}

impl Client {
    /// A client of the server at an address, `host:port` or an `http://` URL. Nothing is sent yet.
    ///
    /// # Errors
    /// The address cannot be read.
    ///
    /// # Panics
    /// Outside a Tokio runtime, which the connection's task needs.
    pub fn new(address: &str) -> Result<Self, AddressError> {
        Ok(Self::with_endpoint(&endpoint(address)?))
    }

    /// A client with an endpoint of the caller's own making.
    ///
    /// # Panics
    /// Outside a Tokio runtime, which the connection's task needs.
    pub fn with_endpoint(endpoint: &Endpoint) -> Self {
        Self {
            channel: endpoint.connect_lazy(),
        }
    }

    /// A subscription that resumes by itself, with the default [`Resume`].
    pub fn subscribe(&self, request: SubscribeRequest) -> Subscription {
        self.subscribe_with(request, Resume::default())
    }

    /// A subscription that resumes as told.
    pub fn subscribe_with(&self, request: SubscribeRequest, resume: Resume) -> Subscription {
        Subscription::new(Arc::new(self.clone()), request, resume)
    }

    /// Changes the filter of a live stream, whose id [`Update::Started`](crate::Update::Started) told. It holds from
    /// [`Update::FilterChanged`](crate::Update::FilterChanged) on, also over later connections. Where the connection is lost before
    /// that, the change is lost with it: make it again with the id of the new stream.
    ///
    /// # Errors
    /// NotFound: no such stream, or no longer; FilterRefused.
    pub async fn update_subscription(
        &self,
        request: UpdateSubscriptionRequest,
    ) -> Result<UpdateSubscriptionResponse, Error> {
        Ok(self.feed().update_subscription(request).await?.into_inner())
    }

    /// One page of the streams of the server at this moment.
    ///
    /// # Errors
    /// Invalid for a negative page size or a page token of another request.
    pub async fn list_subscriptions(
        &self,
        request: ListSubscriptionsRequest,
    ) -> Result<ListSubscriptionsResponse, Error> {
        Ok(self.feed().list_subscriptions(request).await?.into_inner())
    }

    /// One page of counts.
    ///
    /// # Errors
    /// FilterRefused; Invalid for a field that cannot be grouped by, counts that are too large, or a page token of another request.
    pub async fn aggregate_events(
        &self,
        request: AggregateEventsRequest,
    ) -> Result<AggregateEventsResponse, Error> {
        Ok(self.feed().aggregate_events(request).await?.into_inner())
    }

    /// One event.
    ///
    /// # Errors
    /// NotFound: no such event, or no such revision of it.
    pub async fn get_event(&self, request: GetEventRequest) -> Result<Event, Error> {
        let event = self.feed().get_event(request).await?.into_inner().event;
        event.ok_or_else(|| missing("an event"))
    }

    /// The text of an article as it was coded.
    ///
    /// # Errors
    /// NotFound: no such article, or no such version of it.
    pub async fn get_article(&self, request: GetArticleRequest) -> Result<GetArticleResponse, Error> {
        Ok(self.feed().get_article(request).await?.into_inner())
    }

    /// One page of events as they stand.
    ///
    /// # Errors
    /// FilterRefused; Invalid for a page token of another request.
    pub async fn list_events(&self, request: ListEventsRequest) -> Result<ListEventsResponse, Error> {
        Ok(self.feed().list_events(request).await?.into_inner())
    }

    /// All pages of events from the request's page on, each fetched when the one before it has been taken. Every page
    /// shows the feed as it was when the first was made. Ends after the first error.
    pub fn pages(
        &self,
        mut request: ListEventsRequest,
    ) -> impl Stream<Item = Result<ListEventsResponse, Error>> + Send + 'static {
        let client = self.clone();
        try_stream! {
            loop {
                let page = client.list_events(request.clone()).await?;
                request.page_token.clone_from(&page.next_page_token);
                yield page;
                if request.page_token.is_empty() {
                    break;
                }
            }
        }
    }

    /// What a filter means and how much it would have matched.
    ///
    /// # Errors
    /// FilterRefused, with position and suggestion.
    pub async fn check_filter(&self, request: CheckFilterRequest) -> Result<CheckFilterResponse, Error> {
        Ok(self.feed().check_filter(request).await?.into_inner())
    }

    /// What the feed holds and how the server is doing.
    ///
    /// # Errors
    /// Unavailable.
    pub async fn feed_info(&self) -> Result<GetFeedInfoResponse, Error> {
        Ok(self
            .feed()
            .get_feed_info(GetFeedInfoRequest {})
            .await?
            .into_inner())
    }

    /// One page of the actors that are in the feed.
    ///
    /// # Errors
    /// Invalid for a negative page size or a page token of another request.
    pub async fn list_actors(&self, request: ListActorsRequest) -> Result<ListActorsResponse, Error> {
        Ok(self.feed().list_actors(request).await?.into_inner())
    }

    /// The actors of all pages from the request's page on, most frequent first. Ends after the first error.
    pub fn actors(
        &self,
        mut request: ListActorsRequest,
    ) -> impl Stream<Item = Result<ActorSummary, Error>> + Send + 'static {
        let client = self.clone();
        try_stream! {
            loop {
                let page = client.list_actors(request.clone()).await?;
                for actor in page.actors {
                    yield actor;
                }
                if page.next_page_token.is_empty() {
                    break;
                }
                request.page_token = page.next_page_token;
            }
        }
    }

    /// All topics with their counts.
    ///
    /// # Errors
    /// Unavailable.
    pub async fn list_topics(&self) -> Result<Vec<TopicSummary>, Error> {
        Ok(self
            .feed()
            .list_topics(ListTopicsRequest {})
            .await?
            .into_inner()
            .topics)
    }

    /// The events of an article; nothing is stored.
    ///
    /// # Errors
    /// Invalid: the article is empty, too large, or in a language that is not coded.
    pub async fn code_article(&self, request: CodeArticleRequest) -> Result<CodeArticleResponse, Error> {
        Ok(self.ingest().code_article(request).await?.into_inner())
    }

    /// Codes an article and puts its events into the feed; returns when they are durable.
    ///
    /// # Errors
    /// Invalid: the article is refused.
    pub async fn ingest_article(
        &self,
        request: IngestArticleRequest,
    ) -> Result<IngestArticleResponse, Error> {
        Ok(self.ingest().ingest_article(request).await?.into_inner())
    }

    /// Puts events into the feed that were coded elsewhere; returns when they are durable, with an outcome for each.
    ///
    /// # Errors
    /// Invalid: no event, or more than a thousand.
    pub async fn publish_events(
        &self,
        request: PublishEventsRequest,
    ) -> Result<PublishEventsResponse, Error> {
        Ok(self.ingest().publish_events(request).await?.into_inner())
    }

    /// Withdraws an event by an editor's decision; returns its newest revision.
    ///
    /// # Errors
    /// NotFound.
    pub async fn retract_event(&self, request: RetractEventRequest) -> Result<Event, Error> {
        let event = self.ingest().retract_event(request).await?.into_inner().event;
        event.ok_or_else(|| missing("an event"))
    }

    /// Takes a withdrawal back; returns the newest revision of the event.
    ///
    /// # Errors
    /// NotFound; Conflict: no editor withdrew it.
    pub async fn restore_event(&self, request: RestoreEventRequest) -> Result<Event, Error> {
        let event = self.ingest().restore_event(request).await?.into_inner().event;
        event.ok_or_else(|| missing("an event"))
    }

    /// Takes all mentions of an article away.
    ///
    /// # Errors
    /// NotFound.
    pub async fn withdraw_article(
        &self,
        request: WithdrawArticleRequest,
    ) -> Result<WithdrawArticleResponse, Error> {
        Ok(self.ingest().withdraw_article(request).await?.into_inner())
    }

    pub(crate) fn feed(&self) -> FeedServiceClient<Channel> {
        FeedServiceClient::new(self.channel.clone()).max_decoding_message_size(MAX_MESSAGE_BYTES)
    }

    pub(crate) fn ingest(&self) -> IngestServiceClient<Channel> {
        IngestServiceClient::new(self.channel.clone()).max_decoding_message_size(MAX_MESSAGE_BYTES)
    }
}

fn missing(what: &str) -> Error {
    Error::new(ErrorKind::Server, format!("the server's answer lacks {what}"))
}
