//! A subscriber that counts: the answer's body as hyper hands it out, with no codec in between, so that a run measures the server
//! and not its reader. Dateline and the tonic limit are read by the same code.

use anyhow::{Context, bail};
use bytes::{BufMut, Bytes, BytesMut};
use dateline_proto::v1::SubscribeRequest;
use http_body_util::{BodyExt, Full};
use prost::Message;
use tonic::{
    body::Body,
    transport::{Channel, Endpoint},
};
use tower::Service;

use super::wire::{Counter, Seen};

const SUBSCRIBE: &str = "/dateline.v1.FeedService/Subscribe";

/// A connection whose windows and frames do not limit the run.
///
/// # Errors
/// The server does not accept it.
pub async fn connect(url: &str) -> anyhow::Result<Channel> {
    Endpoint::from_shared(url.to_owned())?
        .initial_stream_window_size(2 << 20)
        .initial_connection_window_size(8 << 20)
        .max_frame_size(256 << 10)
        .tcp_nodelay(true)
        .connect()
        .await
        .with_context(|| format!("cannot connect to {url}"))
}

/// An open subscription.
pub struct Stream {
    body: Body,
    counter: Counter,
}

impl Stream {
    /// Subscribes.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn open(mut channel: Channel, request: &SubscribeRequest) -> anyhow::Result<Self> {
        let length = u32::try_from(request.encoded_len()).context("a small request")?;
        let mut message = BytesMut::new();
        message.put_u8(0);
        message.put_u32(length);
        request.encode(&mut message)?;
        let request = http::Request::post(SUBSCRIBE)
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(Body::new(Full::new(message.freeze())))?;
        std::future::poll_fn(|context| channel.poll_ready(context)).await?;
        let response = channel.call(request).await?;
        check_status(response.headers())?;
        Ok(Self {
            body: response.into_body(),
            counter: Counter::default(),
        })
    }

    /// Waits for more bytes. None at the end of the stream.
    ///
    /// # Errors
    /// The stream failed.
    pub async fn next(&mut self) -> anyhow::Result<Option<Seen>> {
        Ok(match self.chunk().await? {
            Some(_) => Some(self.counter.seen()),
            None => None,
        })
    }

    /// Waits for more bytes and returns them. None at the end of the stream.
    ///
    /// # Errors
    /// The stream failed.
    pub async fn chunk(&mut self) -> anyhow::Result<Option<Bytes>> {
        while let Some(frame) = self.body.frame().await {
            match frame?.into_data() {
                Ok(data) => {
                    self.counter.push(&data)?;
                    return Ok(Some(data));
                }
                Err(frame) => {
                    if let Some(trailers) = frame.trailers_ref() {
                        check_status(trailers)?;
                    }
                }
            }
        }
        Ok(None)
    }

    /// What has arrived.
    pub fn seen(&self) -> Seen {
        self.counter.seen()
    }

    /// Waits until at least so many events have arrived.
    ///
    /// # Errors
    /// The stream failed or ended before.
    pub async fn until_events(&mut self, events: u64) -> anyhow::Result<Seen> {
        while self.seen().events < events {
            if self.next().await?.is_none() {
                bail!("the stream ended after {} of {events} events", self.seen().events);
            }
        }
        Ok(self.seen())
    }

    /// Waits until the stream is live.
    ///
    /// # Errors
    /// The stream failed or ended before.
    pub async fn until_live(&mut self) -> anyhow::Result<()> {
        while self.seen().caught_up == 0 {
            if self.next().await?.is_none() {
                bail!("the stream ended before it was live");
            }
        }
        Ok(())
    }
}

fn check_status(headers: &http::HeaderMap) -> anyhow::Result<()> {
    match headers.get("grpc-status") {
        Some(status) if status != "0" => {
            let message = headers
                .get("grpc-message")
                .map(|message| String::from_utf8_lossy(message.as_bytes()).into_owned());
            bail!("status {status:?}: {}", message.unwrap_or_default())
        }
        _ => Ok(()),
    }
}
