//! What every call but Subscribe passes on its way out: errors that tonic makes get the contract's details, and the end of a drain
//! ends the call, whatever service it belongs to.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::{Body as _, Frame, SizeHint};
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};

use crate::{
    app::drain::{self, Drain},
    grpc::typed,
};

/// Wraps a service in [`Guard`].
#[derive(Clone)]
pub(crate) struct GuardLayer {
    pub(crate) drain: Drain,
}

/// See the module.
#[derive(Clone)]
pub(crate) struct Guard<S> {
    inner: S,
    drain: Drain,
}

impl<S> Layer<S> for GuardLayer {
    type Service = Guard<S>;

    fn layer(&self, inner: S) -> Guard<S> {
        Guard {
            inner,
            drain: self.drain.clone(),
        }
    }
}

impl<S> Service<Request<Body>> for Guard<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let call = self.inner.call(request);
        let drain = self.drain.clone();
        Box::pin(async move {
            let response = tokio::select! {
                biased;
                response = call => response?,
                () = drain.cut_begun() => return Ok(stopped().into_http()),
            };
            let (head, body) = typed::with_details(response).into_parts();
            if body.is_end_stream() {
                return Ok(Response::from_parts(head, body));
            }
            Ok(Response::from_parts(
                head,
                Body::new(CutBody {
                    body,
                    drain,
                    cut: None,
                    ended: false,
                }),
            ))
        })
    }
}

/// What a call is told that the end of a drain cuts off.
pub(super) fn stopped() -> Status {
    drain::draining(drain::reconnect_delay()).into()
}

/// A body that ends with UNAVAILABLE once the drain cuts.
struct CutBody {
    body: Body,
    drain: Drain,
    /// Made when it is first waited for: most answers are there at once.
    cut: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    ended: bool,
}

impl http_body::Body for CutBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        // Looked at only where the body has nothing to say: streams of the feed, which may always have more, end by themselves, and
        // what all streams of the server share is not touched for every frame.
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) else {
            let cut = this.cut.get_or_insert_with(|| Box::pin(this.drain.until_cut()));
            std::task::ready!(cut.as_mut().poll(cx));
            self.ended = true;
            return Poll::Ready(Some(Ok(Frame::trailers(trailers(&stopped())))));
        };
        if frame
            .as_ref()
            .is_none_or(|frame| frame.as_ref().is_ok_and(Frame::is_trailers))
        {
            self.ended = true;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.ended || self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

fn trailers(status: &Status) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    if status.add_header(&mut trailers).is_err() {
        let code = HeaderValue::from(Code::Unavailable as i32);
        trailers.insert("grpc-status", code);
    }
    trailers
}
