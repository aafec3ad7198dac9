//! Live events at an even pace.

use std::time::Duration;

use anyhow::Context;
use async_nats::jetstream::consumer::DeliverPolicy;
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::Deserialize;
use tokio::task::JoinSet;

use super::paced::{self, Pace, number_of};
use crate::load::{
    events::Events,
    latency::Latencies,
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    subject::Spent,
    systems::{
        bare,
        dateline::{self, Dateline},
        nats::{self, Nats},
    },
};

/// Filters that one run can tell apart.
const FILTERS: usize = 10;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    subscribers: usize,
    filters: usize,
    rate: f64,
    connections: usize,
    span_seconds: f64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        let filters = match self.filters {
            0 => String::new(),
            filters => format!(",filters={filters}"),
        };
        format!("subscribers={}{filters},rate={}", self.subscribers, self.rate)
    }
}

impl Variant {
    fn pace(&self) -> Pace {
        Pace::new(self.rate, Duration::from_secs_f64(self.span_seconds))
    }

    /// The number of the subscriber's filter, if it has one.
    fn filter_of(&self, subscriber: usize) -> Option<usize> {
        (self.filters > 0).then(|| subscriber % self.filters.min(FILTERS))
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let names = (0..variant.filters.min(FILTERS)).map(watched).collect::<Vec<_>>();
    let run = Run {
        options: options.clone(),
        events: options
            .events(variant.event_bytes)
            .with_actors(move |_| names.clone()),
        variant: variant.clone(),
    };
    Ok(Some(match system {
        "dateline" => Box::new(OfDateline(run)),
        "nats-core" | "nats-jetstream" => {
            let row = nats::row(options, "fanout-paced", system, &variant.name())?;
            Box::new(OfNats { run, row })
        }
        _ => return Ok(None),
    }))
}

/// The name that the filter of that number asks for; every event has an actor of each.
fn watched(filter: usize) -> String {
    format!("W{filter}")
}

struct Run {
    options: Options,
    events: Events,
    variant: Variant,
}

impl Run {
    async fn row(&self, row: Row, mut latencies: Latencies, spent: Spent) -> anyhow::Result<Row> {
        let deliveries = self.variant.pace().events() * self.variant.subscribers as u64;
        let mut row = row.rate(deliveries, spent);
        row.seconds = None;
        row.p99_microseconds = latencies.percentile(99.0);
        let median = latencies.percentile(50.0).unwrap_or_default();
        let sync = bare::fdatasync_p99(&self.options).await?;
        Ok(row
            .with("p50_microseconds", median)
            .with("fdatasync_p99_microseconds", sync)
            .with("connections", self.variant.connections))
    }
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
        let mut connections = Vec::new();
        for _ in 0..variant.connections.max(1) {
            connections.push(server.connect().await?);
        }
        let mut streams = Vec::new();
        for n in 0..variant.subscribers {
            let expression = variant
                .filter_of(n)
                .map(|filter| format!("actor.name = {}", watched(filter)));
            let request = dateline::live(&expression.unwrap_or_default());
            let mut stream = Stream::open(connections[n % connections.len()].clone(), &request).await?;
            stream.until_live().await?;
            streams.push(stream);
        }
        let (latencies, spent) = paced::dateline(&server, events, variant.pace(), streams).await?;
        self.0
            .row(dateline::row("fanout-paced", &variant.name()), latencies, spent)
            .await
    }
}

impl Measure for OfDateline {
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
        let server = Nats::start(options, nats::Sync::Default)?;
        let publisher = server.connect().await?;
        let stored = self.row.system == nats::JETSTREAM;
        if stored {
            server.stream(&publisher, "events.>").await?;
        }
        let mut connections = Vec::new();
        for _ in 0..variant.connections.max(1) {
            connections.push(server.connect().await?);
        }
        let mut core = Vec::new();
        let mut consumers = Vec::new();
        for n in 0..variant.subscribers {
            let client = &connections[n % connections.len()];
            let pattern = variant.filter_of(n).map_or_else(|| "events.>".into(), pattern);
            if stored {
                consumers.push(nats::ordered(client, &pattern, DeliverPolicy::New).await?);
            } else {
                core.push(client.subscribe(pattern).await?);
            }
        }
        for client in &connections {
            client.flush().await?;
        }
        let pace = variant.pace();
        let payloads: Vec<_> = (0..pace.events()).map(|n| events.payload(n)).collect();
        let clock = server.subject.clock();
        let pace = pace.begin();
        let mut readers = JoinSet::new();
        for mut messages in core {
            let pace = pace.clone();
            readers.spawn(async move {
                let mut latencies = Latencies::default();
                for _ in 0..pace.events() {
                    let message = messages.next().await.context("a subscription ended")?;
                    pace.received(number_of(message.payload)?, &mut latencies);
                }
                anyhow::Ok(latencies)
            });
        }
        for mut messages in consumers {
            let pace = pace.clone();
            readers.spawn(async move {
                let mut latencies = Latencies::default();
                for _ in 0..pace.events() {
                    let message = messages.next().await.context("a consumer ended")??;
                    pace.received(number_of(message.message.payload)?, &mut latencies);
                }
                anyhow::Ok(latencies)
            });
        }
        let publish = async {
            let mut acknowledged = nats::Publisher::new(&publisher);
            for (n, payload) in (0..).zip(payloads) {
                pace.due(n).await;
                pace.sending(n);
                if stored {
                    acknowledged.publish(subject(), payload).await?;
                } else {
                    publisher.publish(subject(), payload).await?;
                }
            }
            acknowledged.finish().await
        };
        let latencies = pace.run(publish, readers).await?;
        let spent = clock.spent();
        self.run.row(self.row.clone(), latencies, spent).await
    }
}

impl Measure for OfNats {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.fan_out().boxed_local()
    }
}

/// The subject of every event: one word for each filter.
fn subject() -> String {
    (0..FILTERS).fold("events".into(), |subject, n| format!("{subject}.{n}"))
}

/// The pattern that asks for the word of one filter.
fn pattern(filter: usize) -> String {
    (0..FILTERS).fold("events".into(), |pattern, n| {
        if n == filter {
            format!("{pattern}.{n}")
        } else {
            format!("{pattern}.*")
        }
    })
}
