//! Stored events to one subscriber.

use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use async_nats::{Client, jetstream::consumer::DeliverPolicy};
use dateline_proto::v1::SubscribeRequest;
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::load::{
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    subject::Subject,
    systems::{
        dateline::{self, Dateline},
        limit::{self, Limit},
        nats::{self, Nats},
        redis::{self, Redis},
    },
    wire::Counter,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    filter: String,
    events: u64,
    event_bytes: usize,
    recorded: u64,
}

impl Named for Variant {
    fn name(&self) -> String {
        let filter = &self.filter;
        match self.recorded {
            limit::RECORDED => format!("filter={filter}"),
            recorded => format!("filter={filter},recorded={recorded}"),
        }
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let events = options.events(variant.event_bytes);
    let variant = variant.clone();
    Ok(Some(match system {
        "dateline" => {
            let server = options.stock.dateline(options, &events, variant.events).await?;
            Box::new(OfDateline { server, variant })
        }
        "tonic-limit" => {
            let server = Limit::tonic(options, &events, variant.recorded).await?;
            Box::new(OfLimit { server, variant })
        }
        "tcp-limit" => {
            let server = Limit::tcp(options, &events, variant.recorded).await?;
            Box::new(OfTcp { server, variant })
        }
        "nats-jetstream" => {
            let server = options.stock.jetstream(options, &events, variant.events).await?;
            let client = server.connect().await?;
            let row = nats::row(options, "replay", nats::JETSTREAM, &variant.name())?;
            Box::new(OfJetStream {
                server,
                client,
                variant,
                row,
            })
        }
        redis::STREAMS => {
            let server = Redis::start(options, "everysec")?;
            let mut connection = server.connect().await?;
            for first in (0..variant.events).step_by(1_000) {
                let batch = first..variant.events.min(first + 1_000);
                let batch: Vec<_> = batch.map(|n| events.payload(n)).collect();
                redis::add(&mut connection, &batch).await?;
            }
            let row = redis::row("replay", &variant.name())?;
            Box::new(OfRedis { server, variant, row })
        }
        _ => return Ok(None),
    }))
}

struct OfDateline {
    server: Arc<Dateline>,
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
    server: Arc<Nats>,
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

/// Plain TCP: the floor.
struct OfTcp {
    server: Limit,
    variant: Variant,
}

impl OfTcp {
    async fn read(&self) -> anyhow::Result<Row> {
        let wanted = self.variant.events;
        let mut socket = TcpStream::connect(self.server.subject.address()).await?;
        let mut buffer = vec![0; 256 << 10];
        let mut counter = Counter::default();
        let clock = self.server.subject.clock();
        socket.write_all(&wanted.to_le_bytes()).await?;
        // The server closes behind the last frame.
        loop {
            match socket.read(&mut buffer).await.context("plain TCP")? {
                0 => break,
                read => counter.push(&buffer[..read])?,
            }
        }
        let spent = clock.spent();
        let seen = counter.seen();
        ensure!(
            seen.events >= wanted,
            "{} of {wanted} events arrived",
            seen.events
        );
        Ok(limit::tcp_row("replay", &self.variant.name())
            .rate(seen.events, spent)
            .with("wire_bytes_per_event", seen.bytes / seen.events.max(1)))
    }
}

impl Measure for OfTcp {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.read().boxed_local()
    }
}

struct OfRedis {
    server: Redis,
    variant: Variant,
    row: Row,
}

impl OfRedis {
    async fn read(&self) -> anyhow::Result<Row> {
        let mut connection = self.server.connect().await?;
        let clock = self.server.subject.clock();
        let (mut seen, mut last) = (0, b"0".to_vec());
        while seen < self.variant.events {
            let (entries, id) = redis::read(&mut connection, &last, false).await?;
            (seen, last) = (seen + entries, id);
        }
        let spent = clock.spent();
        Ok(self
            .row
            .clone()
            .rate(seen, spent)
            .with("command", "XREAD COUNT 1000"))
    }
}

impl Measure for OfRedis {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.read().boxed_local()
    }
}
