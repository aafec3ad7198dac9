//! Subscribe on the wire. Its answer is frames that are ready: they go to the connection as they are, with no codec that would copy or
//! compress them once for every stream, and past the router and the guard of the other methods, whose wrappers would be asked for every
//! event of every stream.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use dateline_proto::v1::SubscribeRequest;
use futures_util::{Stream, StreamExt as _, future::Either};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use http_body::{Frame, SizeHint};
use prost::Message as _;
use tonic::{
    Status, Streaming,
    body::Body,
    codec::{CompressionEncoding, DecodeBuf, Decoder},
};
use tower::{Layer, Service};

use super::{guard::stopped, typed};
use crate::{
    app::drain::Drain,
    feed::{Encoding, Feed},
};

const PATH: &str = "/dateline.v1.FeedService/Subscribe";
const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/grpc");
const ENCODING: HeaderName = HeaderName::from_static("grpc-encoding");
const ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");
const ACCEPTED: &str = "gzip,zstd,identity";

/// Answers Subscribe, and hands everything else on.
#[derive(Clone)]
pub(crate) struct SubscribeLayer {
    pub(crate) feed: Feed,
    pub(crate) drain: Drain,
    /// The largest request that is read.
    pub(crate) request_bytes: usize,
}

/// See [`SubscribeLayer`].
#[derive(Clone)]
pub(crate) struct Subscribes<S> {
    layer: SubscribeLayer,
    others: S,
}

impl<S> Layer<S> for SubscribeLayer {
    type Service = Subscribes<S>;

    fn layer(&self, others: S) -> Subscribes<S> {
        Subscribes {
            layer: self.clone(),
            others,
        }
    }
}

impl<S> Service<Request<Body>> for Subscribes<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<S::Future, Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.others.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if request.uri().path() != PATH {
            return Either::Left(self.others.call(request));
        }
        let SubscribeLayer {
            feed,
            drain,
            request_bytes,
        } = self.layer.clone();
        Either::Right(Box::pin(async move {
            let answer = tokio::select! {
                biased;
                answer = subscribe(&feed, request, request_bytes) => answer,
                () = drain.cut_begun() => Err(stopped()),
            };
            // A stream that has begun ends by itself when the server stops.
            Ok(answer.unwrap_or_else(|status| typed::with_details(status.into_http())))
        }))
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
    let mut response = Response::new(Body::new(Frames { stream: Some(stream) }));
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
    stream: Option<S>,
}

impl<S: Stream<Item = Result<Bytes, Status>> + Unpin> http_body::Body for Frames<S> {
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
