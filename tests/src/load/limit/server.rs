//! The programs that this tool becomes for its limits.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    io::Write as _,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use dateline_proto::v1::{PublishEventsRequest, PublishEventsResponse, SubscribeRequest};
use futures_util::future::BoxFuture;
use http_body::Frame;
use http_body_util::BodyExt;
use prost::Message;
use tokio::net::TcpListener;
use tonic::{Request, Response, Status, body::Body, server::UnaryService};
use tonic_prost::ProstCodec;
use tower::Service;

use super::{Recording, TCP, TONIC, socket::Gathering};

/// Bytes handed to hyper at a time, and written at a time by plain TCP.
const CHUNK: usize = 64 << 10;

/// Runs the limit of that name for ever.
///
/// # Errors
/// There is none of that name, or it cannot listen or read its recording.
pub fn serve(which: &str, recording: &Path) -> anyhow::Result<()> {
    let recording = Recording::load(recording)?;
    match which {
        TONIC => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(tonic_limit(recording)),
        TCP => tcp_limit(&recording),
        other => bail!("no limit is called {other:?}"),
    }
}

fn tell(address: std::net::SocketAddr) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "listening on {address}")?;
    out.flush()
}

/// Whoever connects says as 8 little-endian bytes how many events are wanted, and gets them as stored frames.
fn tcp_limit(recording: &Recording) -> anyhow::Result<()> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    tell(listener.local_addr()?)?;
    for socket in listener.incoming() {
        let mut socket = socket?;
        socket.set_nodelay(true)?;
        let mut wanted = [0; 8];
        std::io::Read::read_exact(&mut socket, &mut wanted)?;
        for stretch in recording.stretches(u64::from_le_bytes(wanted), CHUNK) {
            if socket.write_all(&stretch).is_err() {
                break;
            }
        }
    }
    Ok(())
}

async fn tonic_limit(recording: Recording) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    tell(listener.local_addr()?)?;
    let incoming = futures_util::stream::unfold(listener, async |listener| {
        let socket = match listener.accept().await {
            Ok((socket, _)) => socket.set_nodelay(true).map(|()| Gathering::new(socket)),
            Err(error) => Err(error),
        };
        Some((socket, listener))
    });
    tonic::transport::Server::builder()
        .max_concurrent_streams(Some(100_000))
        .add_service(Feed(recording.clone()))
        .add_service(Ingest)
        .serve_with_incoming(incoming)
        .await
        .context("the tonic limit")
}

/// Subscribe: as many recorded events as `limit` asks for, pushed as HTTP/2 takes them.
#[derive(Clone)]
struct Feed(Recording);

impl tonic::server::NamedService for Feed {
    const NAME: &'static str = "dateline.v1.FeedService";
}

impl Service<http::Request<Body>> for Feed {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let recording = self.0.clone();
        Box::pin(async move {
            let message = request.into_body().collect().await.map(|body| body.to_bytes());
            let request = match message {
                Ok(message) => SubscribeRequest::decode(message.slice(message.len().min(5)..)),
                Err(status) => return Ok(status.into_http()),
            };
            let stretches = match request {
                Ok(request) => recording.stretches(request.limit, CHUNK),
                Err(error) => return Ok(Status::invalid_argument(error.to_string()).into_http()),
            };
            let mut response = http::Response::new(Body::new(Pushed {
                stretches,
                ended: false,
            }));
            let grpc = http::HeaderValue::from_static("application/grpc");
            response.headers_mut().insert(http::header::CONTENT_TYPE, grpc);
            Ok(response)
        })
    }
}

/// A body of bytes that are ready.
struct Pushed<I> {
    stretches: I,
    ended: bool,
}

impl<I: Iterator<Item = Bytes> + Unpin> http_body::Body for Pushed<I> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if let Some(stretch) = self.stretches.next() {
            return Poll::Ready(Some(Ok(Frame::data(stretch))));
        }
        if std::mem::replace(&mut self.ended, true) {
            return Poll::Ready(None);
        }
        let mut trailers = http::HeaderMap::new();
        trailers.insert("grpc-status", http::HeaderValue::from_static("0"));
        Poll::Ready(Some(Ok(Frame::trailers(trailers))))
    }
}

/// PublishEvents: a unary call that does nothing.
#[derive(Clone)]
struct Ingest;

impl tonic::server::NamedService for Ingest {
    const NAME: &'static str = "dateline.v1.IngestService";
}

struct Nothing;

impl UnaryService<PublishEventsRequest> for Nothing {
    type Response = PublishEventsResponse;
    type Future = Ready<Result<Response<PublishEventsResponse>, Status>>;

    fn call(&mut self, _: Request<PublishEventsRequest>) -> Self::Future {
        ready(Ok(Response::new(PublishEventsResponse::default())))
    }
}

impl Service<http::Request<Body>> for Ingest {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move {
            let codec = ProstCodec::<PublishEventsResponse, PublishEventsRequest>::default();
            Ok(tonic::server::Grpc::new(codec).unary(Nothing, request).await)
        })
    }
}
