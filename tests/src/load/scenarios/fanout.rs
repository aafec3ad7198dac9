//! Live events to many subscribers, published durably as fast as the slowest reader takes them.

use std::time::Instant;

use anyhow::Context;
use dateline_proto::v1::{
    StartPosition, SubscribeRequest, ingest_service_client::IngestServiceClient, subscribe_request::Start,
};
use tokio::{sync::watch, task::JoinSet};
use tokio_stream::StreamExt;
use tonic::transport::Channel;

use crate::load::{
    counting,
    events::event,
    preload,
    report::Row,
    run::{Options, Subject},
};

const CONNECTIONS: usize = 4;
const LIVE_EVENTS: u64 = 20_000;
const BATCH: u64 = 100;
/// The publisher waits while the slowest reader is this many events behind.
const WINDOW: u64 = 2_000;

pub(crate) async fn run(options: &Options) -> anyhow::Result<Vec<Row>> {
    let mut subject = Subject::start(options, "fanout")?;
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(subject.connect().await?);
    }
    let mut readers = JoinSet::new();
    let mut progress = Vec::new();
    for n in 0..options.subscribers {
        let (tell, told) = watch::channel(Reader::Starting);
        progress.push(told);
        readers.spawn(read(connections[n % CONNECTIONS].clone(), tell));
    }
    for reader in &mut progress {
        reader
            .wait_for(|reader| matches!(reader, Reader::Live(_)))
            .await
            .context("a reader ended early")?;
    }
    subject.start_clock();
    let start = Instant::now();
    let mut publisher = IngestServiceClient::new(subject.connect().await?);
    for first in (0..LIVE_EVENTS).step_by(BATCH as usize) {
        let events = (first..first + BATCH)
            .map(|n| event(n, options.event_bytes))
            .collect();
        preload::publish_batch(&mut publisher, events).await?;
        let needed = (first + BATCH).saturating_sub(WINDOW);
        for reader in &mut progress {
            reader
                .wait_for(|reader| reader.count() >= needed)
                .await
                .context("a reader ended early")?;
        }
    }
    while let Some(reader) = readers.join_next().await {
        reader.context("a reading task")??;
    }
    let seconds = start.elapsed().as_secs_f64();
    let deliveries = (LIVE_EVENTS * options.subscribers as u64) as f64;
    let row = Row {
        events_per_second: Some(deliveries / seconds),
        server_cpu_seconds_per_million: Some(subject.cpu_seconds() * 1e6 / deliveries),
        ..Row::dateline("fanout", format!("subscribers={}", options.subscribers))
    }
    .with("connections", CONNECTIONS)
    .with("published_events", LIVE_EVENTS)
    .with("publish_batch", BATCH)
    .with("event_bytes", options.event_bytes);
    subject.kill();
    Ok(vec![row])
}

#[derive(Clone, Copy)]
enum Reader {
    Starting,
    Live(u64),
}

impl Reader {
    fn count(self) -> u64 {
        match self {
            Self::Starting => 0,
            Self::Live(count) => count,
        }
    }
}

async fn read(channel: Channel, tell: watch::Sender<Reader>) -> anyhow::Result<()> {
    let request = SubscribeRequest {
        start: Some(Start::StartPosition(StartPosition::Latest as i32)),
        ..SubscribeRequest::default()
    };
    let mut stream = counting::subscribe(channel, request).await?;
    let mut total = 0;
    while total < LIVE_EVENTS {
        let count = stream.next().await.context("the stream ended early")??;
        total += count.events;
        tell.send_replace(Reader::Live(total));
    }
    Ok(())
}
