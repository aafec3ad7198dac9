//! Live events to many subscribers, as fast as they go.

use std::{collections::VecDeque, time::Duration};

use anyhow::{Context, bail};
use async_nats::jetstream::consumer::DeliverPolicy;
use dateline_proto::v1::{SubscribeRequest, ingest_service_client::IngestServiceClient};
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::Deserialize;
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::load::{
    events::Events,
    lead::{Lead, Progress},
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::{self, Stream},
    subject::{Clock, Subject},
    systems::{
        dateline::{self, Dateline},
        limit::{self, Limit},
        nats::{self, Nats},
        redis::{self, Redis},
    },
};

/// What one run may take at most.
const DEADLINE: Duration = Duration::from_secs(300);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    subscribers: usize,
    connections: usize,
    deliveries: u64,
    event_bytes: usize,
    publish_batch: u64,
    publish_calls: usize,
    lead: u64,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("subscribers={}", self.subscribers)
    }
}

impl Variant {
    fn published(&self) -> u64 {
        self.deliveries.div_ceil(self.subscribers.max(1) as u64)
    }

    fn finish(&self, row: Row, clock: &Clock) -> Row {
        row.rate(self.published() * self.subscribers as u64, clock.spent())
            .with("connections", self.connections)
            .with("published_events", self.published())
            .with("lead", self.lead)
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
        "nats-core" | "nats-jetstream" => {
            let row = nats::row(options, "fanout", system, &variant.name())?;
            Box::new(OfNats { run, row })
        }
        redis::STREAMS => {
            let row = redis::row("fanout", &variant.name())?;
            Box::new(OfRedis { run, row })
        }
        _ => return Ok(None),
    }))
}

struct Run {
    options: Options,
    events: Events,
    variant: Variant,
}

struct OfDateline(Run);

impl OfDateline {
    async fn fan_out(&self) -> anyhow::Result<Row> {
        let Run {
            options,
            events,
            variant,
        } = &self.0;
        let server = Dateline::start(options)?;
        let published = variant.published();
        let lead = Lead::new(variant.subscribers);
        let mut readers = JoinSet::new();
        for (channel, progress) in subscribers(&server.subject, variant, &lead).await? {
            let mut stream = Stream::open(channel, &dateline::live("")).await?;
            stream.until_live().await?;
            readers.spawn(follow(stream, published, progress));
        }
        let client = IngestServiceClient::new(server.connect().await?);
        let mut batches: VecDeque<_> = (0..published)
            .step_by(variant.publish_batch.max(1) as usize)
            .map(|first| {
                (
                    first,
                    events.batch(first..published.min(first + variant.publish_batch)),
                )
            })
            .collect();
        let publish = async {
            let mut calls = JoinSet::new();
            while let Some((first, batch)) = batches.pop_front() {
                lead.wait((first + variant.publish_batch).saturating_sub(variant.lead))
                    .await;
                if calls.len() >= variant.publish_calls.max(1) {
                    calls.join_next().await.context("a call is under way")???;
                }
                calls.spawn(dateline::publish(client.clone(), batch));
            }
            while let Some(call) = calls.join_next().await {
                call??;
            }
            anyhow::Ok(())
        };
        let clock = server.subject.clock();
        tokio::try_join!(publish, all(&mut readers))?;
        Ok(variant
            .finish(dateline::row("fanout", &variant.name()), &clock)
            .with("publish_batch", variant.publish_batch)
            .with("publish_calls", variant.publish_calls))
    }
}

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.fan_out().boxed_local()
    }
}

/// A connection and a progress for each subscriber.
async fn subscribers(
    subject: &Subject,
    variant: &Variant,
    lead: &Lead,
) -> anyhow::Result<Vec<(Channel, Progress)>> {
    let mut connections = Vec::new();
    for _ in 0..variant.connections.clamp(1, variant.subscribers.max(1)) {
        connections.push(stream::connect(&subject.url()).await?);
    }
    let progress = lead.progress().enumerate();
    Ok(progress
        .map(|(n, progress)| (connections[n % connections.len()].clone(), progress))
        .collect())
}

async fn follow(mut stream: Stream, events: u64, progress: Progress) -> anyhow::Result<()> {
    while stream.seen().events < events {
        let Some(seen) = stream.next().await? else {
            bail!("a stream ended after {} of {events} events", stream.seen().events);
        };
        progress.set(seen.events);
    }
    Ok(())
}

/// Waits for all; ends with the first error.
async fn all(tasks: &mut JoinSet<anyhow::Result<()>>) -> anyhow::Result<()> {
    let done = async {
        while let Some(task) = tasks.join_next().await {
            task.context("a task of the run")??;
        }
        anyhow::Ok(())
    };
    let in_time = tokio::time::timeout(DEADLINE, done).await;
    in_time.context("not all events arrived; did the server cut a subscriber off?")?
}

/// Bytes that are ready to as many streams: nothing is published, so this is the wire's limit and no feed's.
struct OfLimit {
    server: Limit,
    run: Run,
}

impl OfLimit {
    async fn fan_out(&self) -> anyhow::Result<Row> {
        let variant = &self.run.variant;
        let request = SubscribeRequest {
            limit: variant.published(),
            ..Default::default()
        };
        let lead = Lead::new(variant.subscribers);
        let places = subscribers(&self.server.subject, variant, &lead).await?;
        let mut readers = JoinSet::new();
        let clock = self.server.subject.clock();
        for (channel, progress) in places {
            let request = request.clone();
            readers.spawn(async move {
                let stream = Stream::open(channel, &request).await?;
                follow(stream, request.limit, progress).await
            });
        }
        all(&mut readers).await?;
        Ok(variant.finish(limit::tonic_row("fanout", &variant.name()), &clock))
    }
}

impl Measure for OfLimit {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.fan_out().boxed_local()
    }
}

struct OfNats {
    run: Run,
    row: Row,
}

impl OfNats {
    async fn fan_out(&self) -> anyhow::Result<Row> {
        let Run {
            options,
            events,
            variant,
        } = &self.run;
        let published = variant.published();
        let server = Nats::start(options, nats::Sync::Default)?;
        let publisher = server.connect().await?;
        let stored = self.row.system == nats::JETSTREAM;
        if stored {
            server.stream(&publisher, "events.>").await?;
        }
        let mut connections = Vec::new();
        for _ in 0..variant.connections.clamp(1, variant.subscribers.max(1)) {
            connections.push(server.connect().await?);
        }
        let lead = Lead::new(variant.subscribers);
        let mut readers = JoinSet::new();
        for (n, progress) in lead.progress().enumerate() {
            let client = &connections[n % connections.len()];
            if stored {
                let mut messages = nats::ordered(client, "", DeliverPolicy::New).await?;
                readers.spawn(async move {
                    for n in 1..=published {
                        messages.next().await.context("a consumer ended")??;
                        progress.set(n);
                    }
                    anyhow::Ok(())
                });
            } else {
                let mut messages = client.subscribe("events.>").await?;
                readers.spawn(async move {
                    for n in 1..=published {
                        messages.next().await.context("a subscription ended")?;
                        progress.set(n);
                    }
                    anyhow::Ok(())
                });
            }
        }
        for client in &connections {
            client.flush().await?;
        }
        let made: Vec<_> = (0..published)
            .map(|n| (events.subject(n), events.payload(n)))
            .collect();
        let publish = async {
            let mut acknowledged = nats::Publisher::new(&publisher);
            for (n, (subject, payload)) in made.into_iter().enumerate() {
                // In steps, so that looking at the slowest is not what is measured.
                if n % 64 == 0 {
                    lead.wait((n as u64 + 64).saturating_sub(variant.lead)).await;
                }
                if stored {
                    acknowledged.publish(subject, payload).await?;
                } else {
                    publisher.publish(subject, payload).await?;
                }
            }
            publisher.flush().await?;
            acknowledged.finish().await
        };
        let clock = server.subject.clock();
        tokio::try_join!(publish, all(&mut readers))?;
        Ok(variant.finish(self.row.clone(), &clock).with(
            "sync",
            if stored {
                nats::Sync::Default.name()
            } else {
                "nothing is stored"
            },
        ))
    }
}

impl Measure for OfNats {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.fan_out().boxed_local()
    }
}

/// A blocking read takes a connection of its own, so there are as many as subscribers.
struct OfRedis {
    run: Run,
    row: Row,
}

impl OfRedis {
    async fn fan_out(&self) -> anyhow::Result<Row> {
        let Run {
            options,
            events,
            variant,
        } = &self.run;
        let published = variant.published();
        let server = Redis::start(options, "everysec")?;
        let lead = Lead::new(variant.subscribers);
        let mut readers = JoinSet::new();
        for progress in lead.progress() {
            let mut connection = server.connect().await?;
            readers.spawn(async move {
                let (mut seen, mut last) = (0, b"0".to_vec());
                while seen < published {
                    let (entries, id) = redis::read(&mut connection, &last, true).await?;
                    (seen, last) = (seen + entries, id);
                    progress.set(seen);
                }
                anyhow::Ok(())
            });
        }
        let made: Vec<_> = (0..published).map(|n| events.payload(n)).collect();
        let mut publisher = server.connect().await?;
        let publish = async {
            let mut first = 0;
            for batch in made.chunks(variant.publish_batch.max(1) as usize) {
                first += batch.len() as u64;
                lead.wait(first.saturating_sub(variant.lead)).await;
                redis::add(&mut publisher, batch).await?;
            }
            anyhow::Ok(())
        };
        let clock = server.subject.clock();
        tokio::try_join!(publish, all(&mut readers))?;
        Ok(variant
            .finish(self.row.clone(), &clock)
            .with("connections", variant.subscribers)
            .with("sync", "every second (the default)"))
    }
}

impl Measure for OfRedis {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.fan_out().boxed_local()
    }
}
