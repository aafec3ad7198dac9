//! FeedService on the wire, but for Subscribe: hands each request to the feed, looks on a blocking thread, and turns refusals into statuses.

use dateline_proto::{
    server::feed_service_server::FeedService,
    v1::{
        AggregateEventsRequest, AggregateEventsResponse, CheckFilterRequest, CheckFilterResponse,
        GetArticleRequest, GetArticleResponse, GetEventRequest, GetEventResponse, GetFeedInfoRequest,
        GetFeedInfoResponse, ListActorsRequest, ListActorsResponse, ListEventsRequest, ListEventsResponse,
        ListSubscriptionsRequest, ListSubscriptionsResponse, ListTopicsRequest, ListTopicsResponse,
        UpdateSubscriptionRequest, UpdateSubscriptionResponse,
    },
};
use tonic::{Request, Response, Status};

use crate::{feed::Feed, refusal::Refusal};

/// Serves a [`Feed`].
pub struct FeedGrpc {
    feed: Feed,
}

impl FeedGrpc {
    /// Serves `feed`.
    pub fn new(feed: Feed) -> Self {
        Self { feed }
    }

    async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Feed) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<Response<T>, Status> {
        let feed = self.feed.clone();
        let done = tokio::task::spawn_blocking(move || look(&feed)).await;
        let answer = done.unwrap_or_else(|error| {
            tracing::error!(%error, "a look at the feed ended early");
            Err(Refusal::internal())
        });
        Ok(Response::new(answer?))
    }
}

#[tonic::async_trait]
impl FeedService for FeedGrpc {
    async fn update_subscription(
        &self,
        request: Request<UpdateSubscriptionRequest>,
    ) -> Result<Response<UpdateSubscriptionResponse>, Status> {
        Ok(Response::new(self.feed.update_subscription(request.get_ref())?))
    }

    async fn list_subscriptions(
        &self,
        request: Request<ListSubscriptionsRequest>,
    ) -> Result<Response<ListSubscriptionsResponse>, Status> {
        self.look(move |feed| feed.list_subscriptions(request.get_ref()))
            .await
    }

    async fn aggregate_events(
        &self,
        request: Request<AggregateEventsRequest>,
    ) -> Result<Response<AggregateEventsResponse>, Status> {
        Ok(Response::new(
            self.feed.aggregate_events(request.into_inner()).await?,
        ))
    }

    async fn get_event(
        &self,
        request: Request<GetEventRequest>,
    ) -> Result<Response<GetEventResponse>, Status> {
        self.look(move |feed| feed.event(request.get_ref())).await
    }

    async fn get_article(
        &self,
        request: Request<GetArticleRequest>,
    ) -> Result<Response<GetArticleResponse>, Status> {
        self.look(move |feed| feed.article(request.get_ref())).await
    }

    async fn list_events(
        &self,
        request: Request<ListEventsRequest>,
    ) -> Result<Response<ListEventsResponse>, Status> {
        self.look(move |feed| feed.list_events(request.get_ref())).await
    }

    async fn check_filter(
        &self,
        request: Request<CheckFilterRequest>,
    ) -> Result<Response<CheckFilterResponse>, Status> {
        self.look(move |feed| feed.check_filter(request.get_ref())).await
    }

    async fn get_feed_info(
        &self,
        _request: Request<GetFeedInfoRequest>,
    ) -> Result<Response<GetFeedInfoResponse>, Status> {
        self.look(|feed| Ok(feed.info())).await
    }

    async fn list_actors(
        &self,
        request: Request<ListActorsRequest>,
    ) -> Result<Response<ListActorsResponse>, Status> {
        self.look(move |feed| feed.list_actors(request.get_ref())).await
    }

    async fn list_topics(
        &self,
        _request: Request<ListTopicsRequest>,
    ) -> Result<Response<ListTopicsResponse>, Status> {
        self.look(Feed::list_topics).await
    }
}
