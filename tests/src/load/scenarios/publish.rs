//! Durable publishing.

use std::time::{Duration, Instant};

use anyhow::Context;
use bytes::Bytes;
use dateline_proto::v1::ingest_service_client::IngestServiceClient;
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::Deserialize;
use tokio::task::JoinSet;

use crate::load::{
    events::Events,
    latency::Latencies,
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream,
    subject::{Clock, Subject},
    systems::{
        bare::{self, Bare},
        dateline::{self, Dateline},
        limit::{self, Limit},
        nats::{self, Nats},
        redis::{self, Redis},
    },
};

/// Numbers that one publisher may use for its events.
const OWN: u64 = 1_000_000_000;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    publishers: usize,
    publishers_per_connection: usize,
    batch: u64,
    span_seconds: f64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("publishers={},batch={},sync=always", self.publishers, self.batch)
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let run = Run {
        options: options.clone(),
        events: options.events(variant.event_bytes),
        variant: variant.clone(),
    };
    Ok(Some(match system {
        "dateline" => Box::new(OfDateline(run)),
        "tonic-limit" => {
            let server = Limit::tonic(options, &run.events, limit::RECORDED).await?;
            Box::new(OfLimit { server, run })
        }
        "nats-jetstream" => {
            let row = nats::row(options, "publish", system, &variant.name())?;
            Box::new(OfJetStream { run, row })
        }
        redis::STREAMS => {
            let row = redis::row("publish", &variant.name())?;
            Box::new(OfRedis { run, row })
        }
        bare::BARE => Box::new(OfBare(run)),
        _ => return Ok(None),
    }))
}

struct Run {
    options: Options,
    events: Events,
    variant: Variant,
}

impl Run {
    /// Publishes from all publishers until the span is over. `publish` is given a publisher's number and the first number of its
    /// next events, and returns when they are acknowledged.
    async fn publish<P, F>(&self, subject: &Subject, row: Row, publisher: P) -> anyhow::Result<Row>
    where
        P: Fn(usize) -> F,
        F: AsyncPublish,
    {
        let span = Duration::from_secs_f64(self.variant.span_seconds);
        let batch = self.variant.batch;
        let mut tasks = JoinSet::new();
        let clock = subject.clock();
        let start = Instant::now();
        for number in 0..self.variant.publishers {
            let mut publish = publisher(number);
            tasks.spawn(async move {
                let mut latencies = Latencies::default();
                let mut next = number as u64 * OWN;
                while start.elapsed() < span {
                    let prepared = publish.prepare(next..next + batch);
                    let sent = Instant::now();
                    publish.publish(prepared).await?;
                    latencies.add(sent.elapsed());
                    next += batch;
                }
                anyhow::Ok(latencies)
            });
        }
        let mut latencies = Latencies::default();
        while let Some(task) = tasks.join_next().await {
            latencies.merge(task.context("a publishing task")??);
        }
        let spent = clock.spent();
        let mut row = row.rate(latencies.len() as u64 * batch, spent);
        row.seconds = None;
        row.p99_microseconds = latencies.percentile(99.0);
        let median = latencies.percentile(50.0).unwrap_or_default();
        Ok(row.with("p50_microseconds", median))
    }

    fn connection_of(&self, publisher: usize) -> usize {
        publisher / self.variant.publishers_per_connection.max(1)
    }

    fn connections(&self) -> usize {
        self.connection_of(self.variant.publishers.saturating_sub(1)) + 1
    }
}

/// One publisher.
trait AsyncPublish: Send + 'static {
    type Prepared: Send;
    /// Makes what is to be published, outside of the latency.
    fn prepare(&mut self, numbers: std::ops::Range<u64>) -> Self::Prepared;
    /// Returns when it is acknowledged.
    fn publish(&mut self, prepared: Self::Prepared) -> impl Future<Output = anyhow::Result<()>> + Send;
}

struct Caller {
    client: IngestServiceClient<tonic::transport::Channel>,
    events: Events,
    checked: bool,
}

impl AsyncPublish for Caller {
    type Prepared = dateline_proto::v1::PublishEventsRequest;

    fn prepare(&mut self, numbers: std::ops::Range<u64>) -> Self::Prepared {
        self.events.batch(numbers)
    }

    async fn publish(&mut self, prepared: Self::Prepared) -> anyhow::Result<()> {
        if self.checked {
            return dateline::publish(self.client.clone(), prepared).await;
        }
        self.client.publish_events(prepared).await?;
        Ok(())
    }
}

impl Run {
    async fn call(&self, subject: &Subject, row: Row, checked: bool) -> anyhow::Result<Row> {
        let mut channels = Vec::new();
        for _ in 0..self.connections() {
            channels.push(stream::connect(&subject.url()).await?);
        }
        let publisher = |number| Caller {
            client: IngestServiceClient::new(channels[self.connection_of(number)].clone()),
            events: self.events.clone(),
            checked,
        };
        self.publish(subject, row, publisher).await
    }
}

struct OfDateline(Run);

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        async {
            let server = Dateline::start(&self.0.options)?;
            let row = dateline::row("publish", &self.0.variant.name());
            self.0.call(&server.subject, row, true).await
        }
        .boxed_local()
    }
}

/// The same calls to a server that does nothing with them.
struct OfLimit {
    server: Limit,
    run: Run,
}

impl Measure for OfLimit {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        let row = limit::tonic_row("publish", &self.run.variant.name()).with("stores", "nothing");
        self.run.call(&self.server.subject, row, false).boxed_local()
    }
}

struct OfJetStream {
    run: Run,
    row: Row,
}

impl Measure for OfJetStream {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        async {
            let server = Nats::start(&self.run.options, nats::Sync::Always)?;
            let mut clients = Vec::new();
            for _ in 0..self.run.connections() {
                clients.push(server.connect().await?);
            }
            server.stream(&clients[0], "events.>").await?;
            let publisher = |number| ToJetStream {
                client: clients[self.run.connection_of(number)].clone(),
                events: self.run.events.clone(),
                number,
                batches: 0,
            };
            let row = self.row.clone().with("sync_interval", nats::Sync::Always.name());
            self.run.publish(&server.subject, row, publisher).await
        }
        .boxed_local()
    }
}

struct ToJetStream {
    client: async_nats::Client,
    events: Events,
    number: usize,
    batches: u64,
}

impl AsyncPublish for ToJetStream {
    type Prepared = Vec<(String, Bytes)>;

    fn prepare(&mut self, numbers: std::ops::Range<u64>) -> Self::Prepared {
        numbers
            .map(|n| (self.events.subject(n), self.events.payload(n)))
            .collect()
    }

    async fn publish(&mut self, mut prepared: Self::Prepared) -> anyhow::Result<()> {
        if prepared.len() > 1 {
            self.batches += 1;
            let id = format!("batch-{}-{}", self.number, self.batches);
            return nats::publish_batch(&self.client, &id, prepared).await;
        }
        if let Some((subject, payload)) = prepared.pop() {
            nats::context(&self.client)
                .publish(subject, payload)
                .await?
                .await?;
        }
        Ok(())
    }
}

struct OfRedis {
    run: Run,
    row: Row,
}

impl Measure for OfRedis {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        async {
            let server = Redis::start(&self.run.options, "always")?;
            let mut connections = Vec::new();
            for _ in 0..self.run.connections() {
                connections.push(server.connect().await?);
            }
            let publisher = |number| ToRedis {
                connection: connections[self.run.connection_of(number)].clone(),
                events: self.run.events.clone(),
            };
            let row = self.row.clone().with("appendfsync", "always");
            self.run.publish(&server.subject, row, publisher).await
        }
        .boxed_local()
    }
}

struct ToRedis {
    connection: ::redis::aio::MultiplexedConnection,
    events: Events,
}

impl AsyncPublish for ToRedis {
    type Prepared = Vec<Bytes>;

    fn prepare(&mut self, numbers: std::ops::Range<u64>) -> Self::Prepared {
        numbers.map(|n| self.events.payload(n)).collect()
    }

    async fn publish(&mut self, prepared: Self::Prepared) -> anyhow::Result<()> {
        redis::add(&mut self.connection, &prepared).await
    }
}

/// The disk alone: what all publishers have under way is appended at once.
struct OfBare(Run);

impl OfBare {
    fn append(&self) -> anyhow::Result<Row> {
        let Run {
            options,
            events,
            variant,
        } = &self.0;
        let at_once = variant.publishers as u64 * variant.batch;
        let bytes: Vec<u8> = (0..at_once).flat_map(|n| events.payload(n)).collect();
        let mut file = Bare::new(options)?;
        let mut latencies = Latencies::default();
        let span = Duration::from_secs_f64(variant.span_seconds);
        let clock = Clock::of_this_program();
        let start = Instant::now();
        while start.elapsed() < span {
            let before = Instant::now();
            file.append(&bytes)?;
            latencies.add(before.elapsed());
        }
        let spent = clock.spent();
        let mut row =
            Row::new("publish", bare::BARE, variant.name()).rate(latencies.len() as u64 * at_once, spent);
        row.seconds = None;
        row.p99_microseconds = latencies.percentile(99.0);
        let median = latencies.percentile(50.0).unwrap_or_default();
        Ok(row
            .with("p50_microseconds", median)
            .with("events_of_one_append", at_once))
    }
}

impl Measure for OfBare {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        async { self.append() }.boxed_local()
    }
}
