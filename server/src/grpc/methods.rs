//! Which service a call is for. The two that every event passes are found by their names; tonic's router, which is a web server's, has the
//! rest.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use dateline_proto::server::{
    feed_service_server::{self, FeedServiceServer},
    ingest_service_server::{self, IngestServiceServer},
};
use futures_util::future::Either;
use http::{Request, Response};
use tonic::{body::Body, service::Routes};
use tower::Service;

use super::{feed::FeedGrpc, ingest::IngestGrpc};

/// All methods but Subscribe.
#[derive(Clone)]
pub(crate) struct Methods {
    pub(crate) feed: FeedServiceServer<FeedGrpc>,
    pub(crate) ingest: IngestServiceServer<IngestGrpc>,
    /// Health, reflection, and what is not there.
    pub(crate) others: Routes,
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl Service<Request<Body>> for Methods {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Either<Answer, <Routes as Service<Request<Body>>>::Future>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // All of them always are.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        match service_of(request.uri().path()) {
            ingest_service_server::SERVICE_NAME => Either::Left(self.ingest.call(request)),
            feed_service_server::SERVICE_NAME => Either::Left(self.feed.call(request)),
            _ => Either::Right(self.others.call(request)),
        }
    }
}

/// The first part of `/service/method`.
fn service_of(path: &str) -> &str {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some(""), Some(service)) => service,
        _ => "",
    }
}
