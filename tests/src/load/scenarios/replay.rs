//! Stored events to one subscriber, from the oldest to the head: without a filter, and with one that matches a sixteenth.

use std::time::Instant;

use dateline_proto::v1::{EventFilter, StartPosition, SubscribeRequest, subscribe_request::Start};
use tokio_stream::StreamExt;

use crate::load::{
    counting, preload,
    report::Row,
    run::{Options, Subject},
};

pub(crate) async fn run(options: &Options) -> anyhow::Result<Vec<Row>> {
    let mut subject = Subject::start(options, "replay")?;
    preload::publish(&subject.connect().await?, 0, options.events, options.event_bytes).await?;
    let mut rows = Vec::new();
    for (variant, expression) in [
        ("filter=none", ""),
        ("filter=6.25%", "topic:military AND type = AGREE"),
    ] {
        rows.push(one(&mut subject, options, variant, expression).await?);
    }
    subject.kill();
    Ok(rows)
}

async fn one(
    subject: &mut Subject,
    options: &Options,
    variant: &str,
    expression: &str,
) -> anyhow::Result<Row> {
    let channel = subject.connect().await?;
    subject.start_clock();
    let start = Instant::now();
    let request = SubscribeRequest {
        filter: Some(EventFilter {
            expression: expression.into(),
            ..EventFilter::default()
        }),
        start: Some(Start::StartPosition(StartPosition::Earliest as i32)),
        stop_when_caught_up: true,
        ..SubscribeRequest::default()
    };
    let mut stream = counting::subscribe(channel, request).await?;
    let mut delivered = 0;
    while let Some(count) = stream.next().await {
        delivered += count?.events;
    }
    let seconds = start.elapsed().as_secs_f64();
    if expression.is_empty() {
        anyhow::ensure!(
            delivered == options.events,
            "{delivered} of {} events arrived",
            options.events
        );
    }
    Ok(Row {
        events_per_second: Some(delivered as f64 / seconds),
        server_cpu_seconds_per_million: Some(subject.cpu_seconds() * 1e6 / delivered.max(1) as f64),
        seconds: Some(seconds),
        ..Row::dateline("replay", variant.into())
    }
    .with("stored_events", options.events)
    .with("delivered_events", delivered)
    .with("event_bytes", options.event_bytes))
}
