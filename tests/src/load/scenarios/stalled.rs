//! Readers that are slow or do not read at all, beside healthy ones.

use std::time::Duration;

use anyhow::Context;
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, try_join_all},
};
use serde::Deserialize;
use tonic::transport::{Channel, Endpoint};

use super::paced::{self, Pace};
use crate::load::{
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::Stream,
    systems::dateline::{self, Dateline},
};

/// Numbers of the burst's events, so that they are told from the paced ones.
const BURST: u64 = 1 << 40;
/// Flow-control window of a reader that is to stall: HTTP/2's default, so that it does so after few events.
const SMALL_WINDOW: u32 = 65_535;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    stalled: usize,
    stalled_connections: usize,
    slow_bytes_per_second: f64,
    healthy: usize,
    rate: f64,
    span_seconds: f64,
    burst: u64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("stalled={},rate={}", self.stalled, self.rate)
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    Ok((system == "dateline").then(|| -> Ready {
        Box::new(Pair {
            options: options.clone(),
            variant: variant.clone(),
        })
    }))
}

struct Pair {
    options: Options,
    variant: Variant,
}

struct Half {
    p99: f64,
    resident: u64,
}

impl Pair {
    async fn both(&self) -> anyhow::Result<Row> {
        let without = self.half(false).await?;
        let with = self.half(true).await?;
        let row = Row {
            p99_microseconds: Some(with.p99),
            ..dateline::row("stalled", &self.variant.name())
        };
        Ok(row
            .with("p99_microseconds_without", without.p99)
            .with(
                "p99_ratio_of_the_pair",
                format!("{:.3}", with.p99 / without.p99.max(1.0)),
            )
            .with("resident_bytes", with.resident)
            .with("resident_bytes_without", without.resident)
            .with("healthy", self.variant.healthy)
            .with("burst", self.variant.burst))
    }

    async fn half(&self, stalled: bool) -> anyhow::Result<Half> {
        let variant = &self.variant;
        let server = Dateline::start(&self.options)?;
        let events = self.options.events(variant.event_bytes);
        let channel = server.connect().await?;
        let mut healthy = Vec::new();
        for _ in 0..variant.healthy {
            let mut stream = Stream::open(channel.clone(), &dateline::live("")).await?;
            stream.until_live().await?;
            healthy.push(stream);
        }
        // Held, and not read, until the end.
        let mut held = Vec::new();
        let mut slow = tokio::task::JoinSet::new();
        if stalled {
            let mut connections = Vec::new();
            for _ in 0..variant.stalled_connections.max(1) {
                connections.push(small(&server).await?);
            }
            for n in 0..variant.stalled {
                let channel = connections[n % connections.len()].clone();
                let mut stream = Stream::open(channel, &dateline::live("")).await?;
                stream.until_live().await?;
                held.push(stream);
            }
            let mut stream = Stream::open(small(&server).await?, &dateline::live("")).await?;
            stream.until_live().await?;
            slow.spawn(crawl(stream, variant.slow_bytes_per_second));
        }
        // All of them read at once: they share a connection, and with it its window.
        let fill = dateline::fill(&channel, &events, BURST..BURST + variant.burst);
        let read = try_join_all(
            healthy
                .iter_mut()
                .map(|stream| stream.until_events(variant.burst)),
        );
        tokio::try_join!(fill, read)?;
        let pace = Pace::new(variant.rate, Duration::from_secs_f64(variant.span_seconds));
        let (mut latencies, _) = paced::dateline(&server, &events, pace, healthy).await?;
        if let Some(ended) = slow.try_join_next() {
            ended.context("the slow reader")??;
        }
        Ok(Half {
            p99: latencies.percentile(99.0).context("latencies")?,
            resident: server.subject.resident_bytes(),
        })
    }
}

impl Measure for Pair {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.both().boxed_local()
    }
}

async fn small(server: &Dateline) -> anyhow::Result<Channel> {
    Endpoint::from_shared(server.subject.url())?
        .initial_stream_window_size(SMALL_WINDOW)
        .initial_connection_window_size(SMALL_WINDOW)
        .tcp_nodelay(true)
        .connect()
        .await
        .context("cannot connect")
}

/// Reads at that speed for ever.
async fn crawl(mut stream: Stream, bytes_per_second: f64) -> anyhow::Result<()> {
    while let Some(chunk) = stream.chunk().await? {
        tokio::time::sleep(Duration::from_secs_f64(chunk.len() as f64 / bytes_per_second)).await;
    }
    anyhow::bail!("the slow reader's stream ended")
}
