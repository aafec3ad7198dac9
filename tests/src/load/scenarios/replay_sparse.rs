//! Stored events to one subscriber whose filter matches few of them.

use std::sync::Arc;

use anyhow::{Context, ensure};
use async_nats::{Client, jetstream::consumer::DeliverPolicy};
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::Deserialize;

use crate::load::{
    events::{SHARES, in_share, share_subject},
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    systems::{
        dateline::{self, Dateline},
        nats::{self, Nats},
    },
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    one_in: u64,
    events: u64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("filter={}%", 100.0 / self.one_in as f64)
    }
}

impl Variant {
    fn matching(&self) -> u64 {
        (0..self.events).filter(|&n| in_share(n, self.one_in)).count() as u64
    }

    fn finish(&self, row: Row) -> Row {
        row.with("stored_events", self.events)
            .with("matching_events", self.matching())
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let (_, name) = SHARES
        .into_iter()
        .find(|(share, _)| *share == variant.one_in)
        .context("events have names for one_in = 100 and 10000 only")?;
    ensure!(variant.matching() > 0, "too few events for a match");
    let events = options.events(variant.event_bytes);
    Ok(Some(match system {
        "dateline" => {
            let ready = OfDateline {
                server: options.stock.dateline(options, &events, variant.events).await?,
                expression: format!("actor.name = \"{name}\""),
                variant: variant.clone(),
            };
            // Once unmeasured, as for JetStream: what is compared is reading stored events that the page cache holds.
            ready.read().await?;
            Box::new(ready)
        }
        "nats-jetstream" => {
            let server = options.stock.jetstream(options, &events, variant.events).await?;
            let ready = OfJetStream {
                client: server.connect().await?,
                server,
                variant: variant.clone(),
                row: nats::row(options, "replay-sparse", system, &variant.name())?,
            };
            ready.read().await?;
            Box::new(ready)
        }
        _ => return Ok(None),
    }))
}

struct OfDateline {
    server: Arc<Dateline>,
    expression: String,
    variant: Variant,
}

impl OfDateline {
    async fn read(&self) -> anyhow::Result<Row> {
        let matching = self.variant.matching();
        let channel = self.server.connect().await?;
        let clock = self.server.subject.clock();
        let mut stream = Stream::open(channel, &dateline::replay(&self.expression)).await?;
        stream.until_events(matching).await?;
        let spent = clock.spent();
        while stream.next().await?.is_some() {}
        let seen = stream.seen().events;
        ensure!(seen == matching, "{seen} events arrived, {matching} match");
        let row = dateline::row("replay-sparse", &self.variant.name()).rate(matching, spent);
        Ok(self.variant.finish(row).with("filter", &self.expression))
    }
}

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.read().boxed_local()
    }
}

struct OfJetStream {
    server: Arc<Nats>,
    client: Client,
    variant: Variant,
    row: Row,
}

impl OfJetStream {
    async fn read(&self) -> anyhow::Result<Row> {
        let subject = share_subject(self.variant.one_in);
        let matching = self.variant.matching();
        let clock = self.server.subject.clock();
        let mut messages = nats::ordered(&self.client, &subject, DeliverPolicy::All).await?;
        for _ in 0..matching {
            messages.next().await.context("the consumer ended early")??;
        }
        let row = self.row.clone().rate(matching, clock.spent());
        Ok(self
            .variant
            .finish(row)
            .with("filter", subject)
            .with("consumer", "ordered push"))
    }
}

impl Measure for OfJetStream {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.read().boxed_local()
    }
}
