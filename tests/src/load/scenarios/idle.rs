//! Idle subscriptions: what each adds to the server's resident memory, and what their heartbeats cost.

use std::time::Duration;

use futures_util::{FutureExt, StreamExt, TryStreamExt, future::LocalBoxFuture, stream as streams};
use serde::Deserialize;

use crate::load::{
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    subject::Subject,
    systems::{
        dateline::{self, Dateline},
        nats::{self, Nats},
    },
};

/// Subscriptions that are being opened at a time.
const OPENING: usize = 64;
/// How long a server may tidy up before its memory is read.
const SETTLE: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    subscriptions: usize,
    connections: usize,
    idle_seconds: f64,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!(
            "subscriptions={},connections={}",
            self.subscriptions, self.connections
        )
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    let (options, variant) = (options.clone(), variant.clone());
    Ok(Some(match system {
        "dateline" => Box::new(OfDateline { options, variant }),
        "nats-core" => {
            let row = nats::row(&options, "idle", system, &variant.name())?;
            Box::new(OfNats {
                options,
                variant,
                row,
            })
        }
        _ => return Ok(None),
    }))
}

impl Variant {
    /// Idles and reads memory and CPU time; `before` is the server's memory with the connections and no subscription.
    async fn idle(&self, subject: &Subject, before: u64, row: Row) -> Row {
        tokio::time::sleep(SETTLE).await;
        let clock = subject.clock();
        tokio::time::sleep(Duration::from_secs_f64(self.idle_seconds)).await;
        let spent = clock.spent();
        let grown = subject.resident_bytes().saturating_sub(before) as f64;
        Row {
            resident_bytes_per_subscription: Some(grown / self.subscriptions.max(1) as f64),
            ..row
        }
        .with(
            "server_cpu_cores_while_idle",
            format!("{:.4}", spent.server / spent.seconds),
        )
        .with("idle_seconds", self.idle_seconds)
        .with("resident_bytes", subject.resident_bytes())
    }
}

struct OfDateline {
    options: Options,
    variant: Variant,
}

impl OfDateline {
    async fn idle(&self) -> anyhow::Result<Row> {
        let variant = &self.variant;
        let server = Dateline::start(&self.options)?;
        let mut connections = Vec::new();
        for _ in 0..variant.connections.max(1) {
            connections.push(server.connect().await?);
        }
        tokio::time::sleep(SETTLE).await;
        let before = server.subject.resident_bytes();
        let open: Vec<Stream> = streams::iter(0..variant.subscriptions)
            .map(|n| {
                let channel = connections[n % connections.len()].clone();
                async move {
                    let mut stream = Stream::open(channel, &dateline::live("")).await?;
                    stream.until_live().await?;
                    anyhow::Ok(stream)
                }
            })
            .buffer_unordered(OPENING)
            .try_collect()
            .await?;
        // Heartbeats are read as they come.
        let mut readers = tokio::task::JoinSet::new();
        for mut stream in open {
            readers.spawn(async move { while let Ok(Some(_)) = stream.next().await {} });
        }
        let row = dateline::row("idle", &variant.name()).with("heartbeat_seconds", 15);
        let row = variant.idle(&server.subject, before, row).await;
        anyhow::ensure!(readers.try_join_next().is_none(), "a subscription ended");
        Ok(row)
    }
}

impl Measure for OfDateline {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.idle().boxed_local()
    }
}

struct OfNats {
    options: Options,
    variant: Variant,
    row: Row,
}

impl OfNats {
    async fn idle(&self) -> anyhow::Result<Row> {
        let variant = &self.variant;
        let server = Nats::start(&self.options, nats::Sync::Default)?;
        let mut connections = Vec::new();
        for _ in 0..variant.connections.max(1) {
            connections.push(server.connect().await?);
        }
        tokio::time::sleep(SETTLE).await;
        let before = server.subject.resident_bytes();
        let mut open = Vec::new();
        for n in 0..variant.subscriptions {
            open.push(connections[n % connections.len()].subscribe("events.>").await?);
        }
        for client in &connections {
            client.flush().await?;
        }
        Ok(variant.idle(&server.subject, before, self.row.clone()).await)
    }
}

impl Measure for OfNats {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.idle().boxed_local()
    }
}
