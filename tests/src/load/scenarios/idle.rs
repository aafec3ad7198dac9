//! Idle subscriptions: what each adds to the server's resident memory, and what their heartbeats cost.

use std::time::{Duration, Instant};

use anyhow::Context;
use dateline_proto::v1::SubscribeRequest;
use tokio_stream::StreamExt;

use crate::load::{
    counting,
    report::Row,
    run::{Options, Subject},
};

const CONNECTIONS: usize = 10;
/// Longer than the default heartbeat, so that each stream has sent one.
const IDLE_SPAN: Duration = Duration::from_secs(20);

pub(crate) async fn run(options: &Options) -> anyhow::Result<Vec<Row>> {
    let mut subject = Subject::start(options, "idle")?;
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(subject.connect().await?);
    }
    let before = subject.resident_bytes();
    let mut streams = Vec::new();
    for n in 0..options.idle {
        let channel = connections[n % CONNECTIONS].clone();
        let mut stream = counting::subscribe(channel, SubscribeRequest::default()).await?;
        stream.next().await.context("a stream ended at once")??;
        streams.push(stream);
    }
    subject.start_clock();
    let start = Instant::now();
    tokio::time::sleep(IDLE_SPAN).await;
    let cpu_share = subject.cpu_seconds() / start.elapsed().as_secs_f64();
    let grown = subject.resident_bytes().saturating_sub(before) as f64;
    let row = Row {
        resident_bytes_per_subscription: Some(grown / options.idle.max(1) as f64),
        ..Row::dateline("idle", format!("subscriptions={}", options.idle))
    }
    .with("connections", CONNECTIONS)
    .with("server_cpu_cores_while_idle", format!("{cpu_share:.4}"));
    drop(streams);
    subject.kill();
    Ok(vec![row])
}
