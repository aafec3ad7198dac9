//! Stored events to one subscriber.

use anyhow::{bail, ensure};
use async_nats::{Client, jetstream::consumer::DeliverPolicy};
use dateline_proto::v1::SubscribeRequest;
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::Deserialize;

use crate::load::{
    events::Events,
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    subject::Subject,
    systems::{
        dateline::{self, Dateline},
        limit::{self, Limit},
        nats::{self, Nats},
    },
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    filter: String,
    events: u64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("filter={}", self.filter)
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let events = Events::made(variant.event_bytes);
    let variant = variant.clone();
    Ok(Some(match system {
        "dateline" => {
            let server = Dateline::filled(options, &events, variant.events).await?;
            Box::new(OfDateline { server, variant })
        }
        "tonic-limit" => {
            let server = Limit::tonic(options, &events).await?;
            Box::new(OfLimit { server, variant })
        }
        "nats-jetstream" => {
            let server = Nats::start(options, nats::Sync::Default)?;
            let client = server.connect().await?;
            server.stream(&client, "events.>").await?;
            let mut publisher = nats::Publisher::new(&client);
            for n in 0..variant.events {
                publisher.publish(events.subject(n), events.payload(n)).await?;
            }
            publisher.finish().await?;
            let row = nats::row(options, "replay", nats::JETSTREAM, &variant.name())?;
            Box::new(OfJetStream {
                server,
                client,
                variant,
                row,
            })
        }
        _ => return Ok(None),
    }))
}

struct OfDateline {
    server: Dateline,
    variant: Variant,
}

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        let row = dateline::row("replay", &self.variant.name());
        read(&self.server.subject, &self.variant, dateline::replay(""), row).boxed_local()
    }
}

struct OfLimit {
    server: Limit,
    variant: Variant,
}

impl Measure for OfLimit {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        let row = limit::tonic_row("replay", &self.variant.name());
        let request = SubscribeRequest {
            limit: self.variant.events,
            ..Default::default()
        };
        read(&self.server.subject, &self.variant, request, row).boxed_local()
    }
}

/// Reads a stream to its end.
async fn read(
    subject: &Subject,
    variant: &Variant,
    request: SubscribeRequest,
    row: Row,
) -> anyhow::Result<Row> {
    let channel = crate::load::stream::connect(&subject.url()).await?;
    let clock = subject.clock();
    let mut stream = Stream::open(channel, &request).await?;
    while stream.next().await?.is_some() {}
    let spent = clock.spent();
    let seen = stream.seen();
    ensure!(
        seen.events >= variant.events,
        "{} of {} events arrived",
        seen.events,
        variant.events
    );
    Ok(row
        .rate(seen.events, spent)
        .with("stored_events", variant.events)
        .with("wire_bytes_per_event", seen.bytes / seen.events.max(1))
        .with("events_per_message", seen.events / seen.batches.max(1)))
}

struct OfJetStream {
    server: Nats,
    client: Client,
    variant: Variant,
    row: Row,
}

impl OfJetStream {
    async fn read(&self) -> anyhow::Result<Row> {
        let clock = self.server.subject.clock();
        let mut messages = nats::ordered(&self.client, "", DeliverPolicy::All).await?;
        let mut bytes = 0;
        for _ in 0..self.variant.events {
            match messages.next().await {
                Some(message) => bytes += message?.payload.len(),
                None => bail!("the consumer ended early"),
            }
        }
        Ok(self
            .row
            .clone()
            .rate(self.variant.events, clock.spent())
            .with("stored_events", self.variant.events)
            .with("wire_bytes_per_event", bytes as u64 / self.variant.events.max(1))
            .with("consumer", "ordered push"))
    }
}

impl Measure for OfJetStream {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.read().boxed_local()
    }
}
