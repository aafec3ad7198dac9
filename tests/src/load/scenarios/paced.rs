//! Events published at an even pace, and how long each takes to its subscribers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use bytes::{Buf, Bytes, BytesMut};
use dateline_proto::v1::ingest_service_client::IngestServiceClient;
use prost::Message;
use tokio::task::JoinSet;

use crate::load::{
    events::{Events, number},
    latency::Latencies,
    stream::Stream,
    subject::Spent,
    systems::dateline::{self, Dateline},
};

/// The part of a run that is not counted: connections and caches warm up.
const WARM: f64 = 0.1;
/// What a run may take longer than its pace says, before it counts as hung.
const GRACE: Duration = Duration::from_secs(60);

/// When which event is due and was sent; one clock for publisher and subscribers.
#[derive(Clone)]
pub(super) struct Pace {
    rate: f64,
    start: Instant,
    /// Nanoseconds after the start, and 0 before it is sent.
    sent: Arc<[AtomicU64]>,
}

impl Pace {
    pub(super) fn new(rate: f64, span: Duration) -> Self {
        let events = (rate * span.as_secs_f64()).ceil().max(1.0) as u64;
        Self {
            rate,
            start: Instant::now(),
            sent: (0..events).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// The same beginning now.
    pub(super) fn begin(mut self) -> Self {
        self.start = Instant::now();
        self
    }

    pub(super) fn events(&self) -> u64 {
        self.sent.len() as u64
    }

    /// Waits until the event is due.
    pub(super) async fn due(&self, n: u64) {
        let due = self.start + Duration::from_secs_f64(n as f64 / self.rate);
        tokio::time::sleep_until(due.into()).await;
    }

    /// Notes that the event is sent now.
    pub(super) fn sending(&self, n: u64) {
        if let Some(sent) = self.sent.get(n as usize) {
            sent.store(self.start.elapsed().as_nanos() as u64 + 1, Ordering::Relaxed);
        }
    }

    /// Notes that a subscriber has the event now.
    pub(super) fn received(&self, n: u64, latencies: &mut Latencies) {
        let sent = self
            .sent
            .get(n as usize)
            .map_or(0, |sent| sent.load(Ordering::Relaxed));
        if sent > 0 && n as f64 >= self.events() as f64 * WARM {
            let sent = Duration::from_nanos(sent - 1);
            latencies.add(self.start.elapsed().saturating_sub(sent));
        }
    }

    fn deadline(&self) -> Duration {
        Duration::from_secs_f64(self.events() as f64 / self.rate) + GRACE
    }

    /// Runs a publisher beside its readers, who return their latencies.
    pub(super) async fn run(
        &self,
        publish: impl Future<Output = anyhow::Result<()>>,
        mut readers: JoinSet<anyhow::Result<Latencies>>,
    ) -> anyhow::Result<Latencies> {
        let read = async {
            let mut all = Latencies::default();
            while let Some(reader) = readers.join_next().await {
                all.merge(reader.context("a reading task")??);
            }
            anyhow::Ok(all)
        };
        let both = async { tokio::try_join!(publish, read) };
        let ((), latencies) = tokio::time::timeout(self.deadline(), both)
            .await
            .context("events did not arrive in time")??;
        Ok(latencies)
    }
}

/// Publishes to Dateline at the pace, one event a call, and reads with the streams, which are live.
pub(super) async fn dateline(
    server: &Dateline,
    events: &Events,
    pace: Pace,
    streams: Vec<Stream>,
) -> anyhow::Result<(Latencies, Spent)> {
    let client = IngestServiceClient::new(server.connect().await?);
    let count = pace.events();
    let requests: Vec<_> = (0..count).map(|n| events.batch(n..n + 1)).collect();
    let clock = server.subject.clock();
    let pace = pace.begin();
    let mut readers = JoinSet::new();
    for stream in streams {
        readers.spawn(follow(stream, pace.clone()));
    }
    let publish = async {
        let mut calls = JoinSet::new();
        for (n, request) in (0..).zip(requests) {
            pace.due(n).await;
            pace.sending(n);
            calls.spawn(dateline::publish(client.clone(), request));
            while let Some(call) = calls.try_join_next() {
                call??;
            }
        }
        while let Some(call) = calls.join_next().await {
            call??;
        }
        anyhow::Ok(())
    };
    let latencies = pace.run(publish, readers).await?;
    Ok((latencies, clock.spent()))
}

async fn follow(mut stream: Stream, pace: Pace) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::default();
    let mut ids = Ids::default();
    let mut seen = 0;
    while seen < pace.events() {
        let Some(chunk) = stream.chunk().await? else {
            bail!("a stream ended after {seen} events");
        };
        for n in ids.push(&chunk)? {
            // What was published before the pace began has other numbers.
            if n < pace.events() {
                pace.received(n, &mut latencies);
                seen += 1;
            }
        }
    }
    Ok(latencies)
}

/// Numbers of the events in a stream's bytes, without decoding the rest of them.
#[derive(Default)]
pub(super) struct Ids {
    pending: BytesMut,
}

impl Ids {
    fn push(&mut self, chunk: &[u8]) -> anyhow::Result<Vec<u64>> {
        self.pending.extend_from_slice(chunk);
        let mut numbers = Vec::new();
        while let Some(prefix) = self.pending.get(1..5) {
            let length = prefix.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
            if self.pending.len() < 5 + length {
                break;
            }
            self.pending.advance(5);
            let message = ThinResponse::decode(self.pending.split_to(length))?;
            let events = message.batch.into_iter().flat_map(|batch| batch.events);
            numbers.extend(events.filter_map(|event| number(&event.event_id)));
        }
        Ok(numbers)
    }
}

/// The number of an event that was sent as it is.
pub(super) fn number_of(payload: Bytes) -> anyhow::Result<u64> {
    number(&ThinEvent::decode(payload)?.event_id).context("an event of another publisher")
}

/// `SubscribeResponse`, as far as it matters here; the rest is passed over.
#[derive(Clone, PartialEq, Message)]
struct ThinResponse {
    #[prost(message, optional, tag = "2")]
    batch: Option<ThinBatch>,
}

#[derive(Clone, PartialEq, Message)]
struct ThinBatch {
    #[prost(message, repeated, tag = "1")]
    events: Vec<ThinEvent>,
}

#[derive(Clone, PartialEq, Message)]
struct ThinEvent {
    #[prost(string, tag = "1")]
    event_id: String,
}
