//! A start on a full journal: after a clean stop and after a kill, until the first event of a replay arrives.

use std::time::Instant;

use anyhow::Context;
use dateline_proto::v1::{StartPosition, SubscribeRequest, subscribe_request::Start};
use tokio_stream::StreamExt;

use crate::load::{
    counting, preload,
    report::Row,
    run::{Options, Subject},
};

pub(crate) async fn run(options: &Options) -> anyhow::Result<Vec<Row>> {
    let subject = Subject::start(options, "journal-size")?;
    preload::publish(&subject.connect().await?, 0, options.events, options.event_bytes).await?;
    subject.kill();
    let mut rows = Vec::new();
    for after in ["kill", "start"] {
        let start = Instant::now();
        let subject = Subject::start(options, "journal-size")?;
        let listening = start.elapsed().as_secs_f64();
        first_event(&subject).await?;
        let row = Row {
            seconds: Some(listening),
            ..Row::dateline("journal-size", format!("events={},after={after}", options.events))
        }
        .with(
            "first_event_seconds",
            format!("{:.3}", start.elapsed().as_secs_f64()),
        )
        .with("resident_bytes", subject.resident_bytes())
        .with("event_bytes", options.event_bytes);
        rows.push(row);
        subject.kill();
    }
    Ok(rows)
}

async fn first_event(subject: &Subject) -> anyhow::Result<()> {
    let request = SubscribeRequest {
        start: Some(Start::StartPosition(StartPosition::Earliest as i32)),
        ..SubscribeRequest::default()
    };
    let mut stream = counting::subscribe(subject.connect().await?, request).await?;
    loop {
        if stream
            .next()
            .await
            .context("the stream ended without an event")??
            .events
            > 0
        {
            return Ok(());
        }
    }
}
