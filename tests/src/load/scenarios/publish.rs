//! Durable publishing: acknowledged events per second, for one publisher that waits, for 64 at once, and in batches of 1,000.

use std::time::{Duration, Instant};

use anyhow::Context;
use dateline_proto::v1::ingest_service_client::IngestServiceClient;
use tokio::task::JoinSet;

use crate::load::{
    events::event,
    preload,
    report::Row,
    run::{Options, Subject},
};

/// How long each variant publishes.
const SPAN: Duration = Duration::from_secs(5);
/// Publishers of one connection.
const PUBLISHERS_PER_CONNECTION: usize = 16;

pub(crate) async fn run(options: &Options) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (publishers, batch) in [(1, 1), (64, 1), (1, preload::BATCH)] {
        rows.push(one(options, publishers, batch).await?);
    }
    Ok(rows)
}

async fn one(options: &Options, publishers: usize, batch: u64) -> anyhow::Result<Row> {
    let mut subject = Subject::start(options, &format!("publish-{publishers}-{batch}"))?;
    let mut connections = Vec::new();
    for _ in 0..publishers.div_ceil(PUBLISHERS_PER_CONNECTION) {
        connections.push(subject.connect().await?);
    }
    subject.start_clock();
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for publisher in 0..publishers {
        let channel = connections[publisher / PUBLISHERS_PER_CONNECTION].clone();
        let bytes = options.event_bytes;
        tasks.spawn(async move {
            let mut client = IngestServiceClient::new(channel);
            let mut latencies = Vec::new();
            let mut next = publisher as u64 * 1_000_000_000;
            while start.elapsed() < SPAN {
                let events = (next..next + batch).map(|n| event(n, bytes)).collect();
                let sent = Instant::now();
                preload::publish_batch(&mut client, events).await?;
                latencies.push(sent.elapsed());
                next += batch;
            }
            anyhow::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(task) = tasks.join_next().await {
        latencies.extend(task.context("a publishing task")??);
    }
    let seconds = start.elapsed().as_secs_f64();
    let events = (latencies.len() as u64 * batch) as f64;
    latencies.sort_unstable();
    let p99 = latencies
        .get(latencies.len() * 99 / 100)
        .copied()
        .unwrap_or_default();
    let row = Row {
        events_per_second: Some(events / seconds),
        server_cpu_seconds_per_million: Some(subject.cpu_seconds() * 1e6 / events),
        p99_microseconds: Some(p99.as_secs_f64() * 1e6),
        ..Row::dateline(
            "publish",
            format!("publishers={publishers},batch={batch},sync=always"),
        )
    }
    .with("event_bytes", options.event_bytes);
    subject.kill();
    Ok(row)
}
