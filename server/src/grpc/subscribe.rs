//! Subscribe on the wire. Its answer is frames that are ready: they go to the connection as they are, with no codec that would copy or
//! compress them once for every stream. All other methods go to the generated service.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use dateline_proto::{server::feed_service_server::FeedServiceServer, v1::SubscribeRequest};
use futures_util::{Stream, StreamExt as _};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use http_body::{Frame, SizeHint};
use prost::Message as _;
use tonic::{
    Status, Streaming,
    body::Body,
    codec::{CompressionEncoding, DecodeBuf, Decoder},
    server::NamedService,
};
use tower::Service;

use super::feed::FeedGrpc;
use crate::feed::{Encoding, Feed};

const PATH: &str = "/dateline.v1.FeedService/Subscribe";
const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/grpc");
const ENCODING: HeaderName = HeaderName::from_static("grpc-encoding");
const ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");
const ACCEPTED: &str = "gzip,zstd,identity";

/// FeedService, whole.
#[derive(Clone)]
pub(crate) struct FeedRoutes {
    pub(crate) feed: Feed,
    pub(crate) others: FeedServiceServer<FeedGrpc>,
    /// The largest request that is read.
    pub(crate) request_bytes: usize,
}

impl NamedService for FeedRoutes {
    const NAME: &'static str = <FeedServiceServer<FeedGrpc> as NamedService>::NAME;
}

impl Service<Request<Body>> for FeedRoutes {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if request.uri().path() != PATH {
            return self.others.call(request);
        }
        let (feed, limit) = (self.feed.clone(), self.request_bytes);
        Box::pin(async move {
            let answer = subscribe(&feed, request, limit).await;
            Ok(answer.unwrap_or_else(Status::into_http))
        })
    }
}

async fn subscribe(feed: &Feed, request: Request<Body>, limit: usize) -> Result<Response<Body>, Status> {
    let (head, body) = request.into_parts();
    let encoding = header(&head.headers, &ACCEPT_ENCODING).map_or(Encoding::Identity, Encoding::accepted);
    let compressed = match header(&head.headers, &ENCODING) {
        None | Some("identity") => None,
        Some("gzip") => Some(CompressionEncoding::Gzip),
        Some("zstd") => Some(CompressionEncoding::Zstd),
        Some(_) => return Err(encoding_unknown()),
    };
    let mut requests = Streaming::new_request(RequestDecoder, body, compressed, Some(limit));
    let request = requests
        .message()
        .await?
        .ok_or_else(|| Status::internal("Missing request message."))?;
    let stream = feed.subscribe(request, encoding)?;
    let mut response = Response::new(Body::new(Frames {
        stream: Some(Box::pin(stream)),
    }));
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, CONTENT_TYPE);
    if encoding != Encoding::Identity {
        headers.insert(ENCODING, HeaderValue::from_static(encoding.name()));
    }
    Ok(response)
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn encoding_unknown() -> Status {
    let mut status =
        Status::unimplemented("the request's grpc-encoding is not one of this server's: gzip, zstd");
    let name = tonic::metadata::MetadataKey::from_static("grpc-accept-encoding");
    status
        .metadata_mut()
        .insert(name, tonic::metadata::MetadataValue::from_static(ACCEPTED));
    status
}

struct RequestDecoder;

impl Decoder for RequestDecoder {
    type Item = SubscribeRequest;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<SubscribeRequest>, Status> {
        // The words of tonic's own codec, which `typed` knows.
        SubscribeRequest::decode(source)
            .map(Some)
            .map_err(|error| Status::internal(format!("failed to decode Protobuf message: {error}")))
    }
}

/// A body of ready bytes that ends with a status.
struct Frames<S> {
    /// None: it has ended.
    stream: Option<Pin<Box<S>>>,
}

impl<S: Stream<Item = Result<Bytes, Status>>> http_body::Body for Frames<S> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(None);
        };
        let status = match ready!(stream.poll_next_unpin(cx)) {
            Some(Ok(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
            Some(Err(status)) => status,
            None => Status::ok(""),
        };
        self.stream = None;
        let mut trailers = HeaderMap::new();
        status.add_header(&mut trailers)?;
        Poll::Ready(Some(Ok(Frame::trailers(trailers))))
    }

    fn is_end_stream(&self) -> bool {
        self.stream.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
