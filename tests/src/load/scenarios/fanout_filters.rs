//! Many different filters of which an event matches few.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use dateline_proto::v1::ingest_service_client::IngestServiceClient;
use futures_util::{FutureExt, StreamExt, TryStreamExt, future::LocalBoxFuture, stream as streams};
use serde::Deserialize;
use tokio::task::JoinSet;

use crate::load::{
    events::Events,
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    subject::Spent,
    systems::dateline::{self, Dateline},
};

/// Subscriptions that are being opened at a time.
const OPENING: usize = 64;
/// Events that the publisher may be ahead of what is delivered.
const LEAD: u64 = 2_000;
/// What a run may take before it counts as hung.
const DEADLINE: Duration = Duration::from_secs(300);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    filters: u64,
    subscriptions: u64,
    matching: u64,
    events: u64,
    event_bytes: usize,
    publish_batch: u64,
    connections: u64,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("filters={},subscriptions={}", self.filters, self.subscriptions)
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    ensure!(
        variant.filters >= variant.matching && variant.subscriptions >= variant.filters,
        "there have to be as many filters as match, and as many subscriptions as filters"
    );
    Ok((system == "dateline").then(|| -> Ready {
        Box::new(OfDateline {
            options: options.clone(),
            variant: variant.clone(),
        })
    }))
}

struct OfDateline {
    options: Options,
    variant: Variant,
}

impl OfDateline {
    /// The many, and right before them the ten, so that what the machine does meets both.
    async fn both(&self) -> anyhow::Result<Row> {
        let variant = &self.variant;
        let ten = Variant {
            filters: variant.matching,
            subscriptions: variant.matching,
            ..variant.clone()
        };
        let few = self.fan_out(&ten).await?;
        let many = self.fan_out(variant).await?;
        let of_event = |spent: &Spent| spent.server * 1e6 / variant.events as f64;
        let row =
            dateline::row("fanout-filters", &variant.name()).rate(variant.events * variant.matching, many);
        Ok(row
            .with(
                "server_cpu_microseconds_per_event",
                format!("{:.2}", of_event(&many)),
            )
            .with(
                "server_cpu_microseconds_per_event_of_ten",
                format!("{:.2}", of_event(&few)),
            )
            .with("cpu_ratio_to_ten", format!("{:.3}", many.server / few.server))
            .with("matching", variant.matching)
            .with("connections", variant.connections))
    }

    async fn fan_out(&self, variant: &Variant) -> anyhow::Result<Spent> {
        let server = Dateline::start(&self.options)?;
        let opened = open(&server, variant).await?;
        let events = events(&self.options, variant);
        let requests: Vec<_> = (0..variant.events)
            .step_by(variant.publish_batch.max(1) as usize)
            .map(|first| {
                (
                    first,
                    events.batch(first..variant.events.min(first + variant.publish_batch)),
                )
            })
            .collect();
        let delivered = Arc::new(AtomicU64::new(0));
        let expected = variant.events * variant.matching;
        let client = IngestServiceClient::new(server.connect().await?);
        let clock = server.subject.clock();
        let mut readers = JoinSet::new();
        for mut stream in opened {
            let delivered = delivered.clone();
            readers.spawn(async move {
                let mut before = stream.seen().events;
                while let Some(seen) = stream.next().await? {
                    delivered.fetch_add(seen.events - before, Ordering::Relaxed);
                    before = seen.events;
                }
                bail!("a stream ended")
            });
        }
        let publish = async {
            for (first, request) in requests {
                let needed = first.saturating_sub(LEAD) * variant.matching;
                reach(&delivered, needed).await;
                dateline::publish(client.clone(), request).await?;
            }
            reach(&delivered, expected).await;
            anyhow::Ok(())
        };
        let broken = async {
            let ended: Option<Result<anyhow::Result<()>, _>> = readers.join_next().await;
            ended.context("there are readers")?.context("a reading task")?
        };
        tokio::select! {
            published = tokio::time::timeout(DEADLINE, publish) => published.context("not all events arrived")??,
            error = broken => error?,
        }
        let spent = clock.spent();
        let delivered = delivered.load(Ordering::Relaxed);
        ensure!(delivered == expected, "{delivered} deliveries of {expected}");
        Ok(spent)
    }
}

async fn reach(delivered: &AtomicU64, needed: u64) {
    while delivered.load(Ordering::Relaxed) < needed {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

async fn open(server: &Dateline, variant: &Variant) -> anyhow::Result<Vec<Stream>> {
    let mut connections = Vec::new();
    for _ in 0..variant.connections.clamp(1, variant.subscriptions) {
        connections.push(server.connect().await?);
    }
    streams::iter(0..variant.subscriptions)
        .map(|n| {
            let channel = connections[n as usize % connections.len()].clone();
            async move {
                let mut request = dateline::live(&format!("actor.name = {}", name(variant.filter_of(n))));
                // Heartbeats are what the scenario `idle` is about.
                request.heartbeat_interval = Some(dateline_proto::time::Duration {
                    seconds: 60,
                    nanos: 0,
                });
                let mut stream = Stream::open(channel, &request).await?;
                stream.until_live().await?;
                anyhow::Ok(stream)
            }
        })
        .buffer_unordered(OPENING)
        .try_collect()
        .await
}

fn name(filter: u64) -> String {
    format!("F{filter:05}")
}

/// Every event has the same ten names, each of one subscription's filter, among many and among ten: names that differ would make other
/// work, of the views for example, that is not the filters'.
fn events(options: &Options, variant: &Variant) -> Events {
    let matching = variant.matching;
    options
        .events(variant.event_bytes)
        .with_actors(move |_| (0..matching).map(name).collect())
}

impl Variant {
    /// The first subscriptions have filters that match, one each; all others share the other filters.
    fn filter_of(&self, subscription: u64) -> u64 {
        match subscription.checked_sub(self.matching) {
            Some(other) => self.matching + other % (self.filters - self.matching).max(1),
            None => subscription,
        }
    }
}

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.both().boxed_local()
    }
}
