//! A Subscribe call that outlives its connections.

mod progress;
#[cfg(test)]
mod tests;
mod update;

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use dateline_proto::v1::{EndReason, SubscribeRequest, SubscribeResponse, subscribe_response::Message};
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep};

use self::progress::Progress;
pub use self::update::Update;
use crate::{Connector, Error, ErrorKind, MessageStream, Resume, outage::Outage};

/// In force when a server does not tell its interval.
const DEFAULT_HEARTBEAT: Duration = Duration::from_secs(15);
/// A stream that says nothing for so many heartbeats is dead.
const SILENT_HEARTBEATS: u32 = 3;
/// A stream that lived so long was healthy even if nothing matched.
const HEALTHY_AFTER: Duration = Duration::from_secs(10);

/// What a Subscribe call delivers, over as many connections as it takes: every matching revision after the start, in
/// feed order, each exactly once, and every gap that a server tells of.
///
/// When a connection is lost, the stream says [`Update::Reconnecting`] and continues after the last cursor that it
/// handed out, whichever message carried it. It waits as [`Resume`] says, longer where the server asks for it, and
/// gives a silent server up after three heartbeats.
///
/// It ends after `stop_when_caught_up`, `limit` or `end_time` of the request were reached, or after an error: one that
/// trying again does not cure ([`Error::is_retryable`]), or the last one when the time to go without a server is over.
/// An expired cursor is such an error ([`ErrorKind::Gap`]) unless the request says to go on at the oldest.
///
/// Cancel-safe: dropping a pending `next()` loses nothing. Dropping the subscription ends it on the server, too.
pub struct Subscription {
    connector: Arc<dyn Connector>,
    progress: Progress,
    outage: Outage,
    start_timeout: Duration,
    state: State,
}

enum State {
    /// The next poll begins a call.
    Idle,
    Calling {
        call: Pin<Box<dyn Future<Output = Result<MessageStream, Error>> + Send>>,
        timeout: Pin<Box<Sleep>>,
    },
    Reading(Reading),
    Waiting(Pin<Box<Sleep>>),
    Ended,
}

struct Reading {
    messages: MessageStream,
    /// Runs only while the stream is waited for: a reader that takes its time must not look like a silent server.
    watchdog: Pin<Box<Sleep>>,
    watching: bool,
    patience: Duration,
    since: Instant,
}

impl Subscription {
    /// A subscription through a connector. Nothing is sent before the first poll.
    pub fn new(connector: Arc<dyn Connector>, request: SubscribeRequest, resume: Resume) -> Self {
        Self {
            connector,
            progress: Progress::new(request),
            outage: Outage::new(&resume),
            start_timeout: resume.start_timeout,
            state: State::Idle,
        }
    }

    /// Everything up to here was handed out; subscribing after it continues without gap or overlap. None before the
    /// first message, unless the request had a cursor.
    pub fn cursor(&self) -> Option<&str> {
        self.progress.cursor()
    }

    fn call(&mut self) {
        self.outage.begin();
        self.state = State::Calling {
            call: self.connector.subscribe(self.progress.request()),
            timeout: Box::pin(sleep(self.start_timeout)),
        };
    }

    fn received(&mut self, message: Message) -> Update {
        self.progress.note(&message);
        if let State::Reading(reading) = &mut self.state {
            reading.watching = false;
            if let Message::Started(started) = &message {
                let heartbeat = started.heartbeat_interval.and_then(|span| span.to_std());
                let heartbeat = heartbeat
                    .filter(|span| !span.is_zero())
                    .unwrap_or(DEFAULT_HEARTBEAT);
                reading.patience = heartbeat.saturating_mul(SILENT_HEARTBEATS);
                self.outage.over();
            }
            // `started` alone does not count: a server that fails right after it is not asked ever faster.
            if matches!(message, Message::Batch(_)) || reading.since.elapsed() >= HEALTHY_AFTER {
                self.outage.healthy();
            }
        }
        if let Message::StreamEnding(ending) = &message {
            self.state = match ending.reason() {
                EndReason::CaughtUp | EndReason::LimitReached | EndReason::EndTimeReached => State::Ended,
                // A server that drains just after the last thing that was asked for: there is no rest to ask for.
                _ if self.progress.is_complete() => State::Ended,
                _ => {
                    let asked = ending.reconnect_delay.and_then(|span| span.to_std());
                    State::Waiting(Box::pin(sleep(self.outage.delay(asked))))
                }
            };
        }
        message.into()
    }

    /// What a lost or refused call means for the reader.
    fn failed(&mut self, error: Error) -> Option<Result<Update, Error>> {
        if self.progress.is_complete() {
            self.state = State::Ended;
            return None;
        }
        let Some(delay) = self.outage.delay_after(&error) else {
            self.state = State::Ended;
            return Some(Err(error));
        };
        self.state = State::Waiting(Box::pin(sleep(delay)));
        Some(Ok(Update::Reconnecting { error, delay }))
    }
}

impl Reading {
    fn new(messages: MessageStream, patience: Duration) -> Self {
        Self {
            messages,
            watchdog: Box::pin(sleep(patience)),
            watching: false,
            patience,
            since: Instant::now(),
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<SubscribeResponse, Error>> {
        match self.messages.as_mut().poll_next(cx) {
            Poll::Ready(Some(message)) => Poll::Ready(message),
            Poll::Ready(None) => Poll::Ready(Err(lost("the server closed the stream"))),
            Poll::Pending => {
                if !self.watching {
                    self.watching = true;
                    self.watchdog.as_mut().reset(Instant::now() + self.patience);
                }
                ready!(self.watchdog.as_mut().poll(cx));
                Poll::Ready(Err(lost("the server fell silent")))
            }
        }
    }
}

impl Stream for Subscription {
    type Item = Result<Update, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Idle => this.call(),
                State::Calling { call, timeout } => {
                    let called = match call.as_mut().poll(cx) {
                        Poll::Ready(called) => called,
                        Poll::Pending => {
                            ready!(timeout.as_mut().poll(cx));
                            Err(lost("no server answers: timed out"))
                        }
                    };
                    match called {
                        Ok(messages) => {
                            this.state = State::Reading(Reading::new(messages, this.start_timeout))
                        }
                        Err(error) => return Poll::Ready(this.failed(error)),
                    }
                }
                State::Reading(reading) => match ready!(reading.poll(cx)) {
                    Ok(SubscribeResponse {
                        message: Some(message),
                    }) => return Poll::Ready(Some(Ok(this.received(message)))),
                    // A message of a newer server that this client does not know: a sign of life, no more.
                    Ok(SubscribeResponse { message: None }) => reading.watching = false,
                    Err(error) => return Poll::Ready(this.failed(error)),
                },
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(cx));
                    this.state = State::Idle;
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

fn lost(why: &str) -> Error {
    Error::new(ErrorKind::Unavailable, why)
}
