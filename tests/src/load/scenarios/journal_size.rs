//! A start on a full journal: after a kill and after a clean stop, until it listens, and until the first event of a replay from
//! the middle.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Context;
use dateline_proto::v1::{
    SubscribeRequest, ingest_service_client::IngestServiceClient, subscribe_request::Start,
};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::Deserialize;

use crate::load::{
    options::Options,
    report::Row,
    run::{Measure, Named, Ready},
    stream::{Stream, connect},
    subject::Subject,
    systems::dateline,
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    events: u64,
    event_bytes: usize,
}

impl Named for Variant {
    fn name(&self) -> String {
        format!("events={}", self.events)
    }
}

pub(crate) async fn prepare(
    system: &str,
    options: &Options,
    variant: &Variant,
) -> anyhow::Result<Option<Ready>> {
    if system != "dateline" {
        return Ok(None);
    }
    let folder = tempfile::tempdir_in(&options.scratch)?.keep();
    let server = Subject::dateline(options, &folder);
    let channel = connect(&server.url()).await?;
    let events = options.events(variant.event_bytes);
    let start = Instant::now();
    let middle = variant.events / 2;
    dateline::fill(&channel, &events, 0..middle).await?;
    let response = IngestServiceClient::new(channel.clone())
        .publish_events(events.batch(middle..middle + 1))
        .await?
        .into_inner();
    let cursor = response.results.first().context("one result")?.cursor.clone();
    dateline::fill(&channel, &events, middle + 1..variant.events).await?;
    Ok(Some(Box::new(Full {
        options: options.clone(),
        variant: variant.clone(),
        filled_seconds: start.elapsed().as_secs_f64(),
        server: Some(server),
        folder,
        middle: cursor,
    })))
}

/// A server with a full journal, on which it is started again and again.
struct Full {
    options: Options,
    variant: Variant,
    filled_seconds: f64,
    server: Option<Subject>,
    folder: PathBuf,
    middle: String,
}

impl Full {
    async fn starts(&mut self) -> anyhow::Result<Row> {
        // The server ends with SIGKILL as it is dropped.
        drop(self.server.take());
        let (server, after_kill) = self.start();
        server.stop()?;
        let (server, after_stop) = self.start();
        let first_event = self.first_event(&server).await?;
        let resident = server.resident_bytes();
        self.server = Some(server);
        let row = Row {
            seconds: Some(after_kill),
            ..dateline::row("journal-size", &self.variant.name())
        };
        Ok(row
            .with("start_after_kill_seconds", format!("{after_kill:.3}"))
            .with("start_after_stop_seconds", format!("{after_stop:.3}"))
            .with("first_event_from_the_middle_seconds", format!("{first_event:.4}"))
            .with("resident_bytes", resident)
            .with("folder_bytes", size(&self.folder))
            .with("filled_in_seconds", format!("{:.0}", self.filled_seconds)))
    }

    fn start(&self) -> (Subject, f64) {
        let start = Instant::now();
        let server = Subject::dateline(&self.options, &self.folder);
        (server, start.elapsed().as_secs_f64())
    }

    async fn first_event(&self, server: &Subject) -> anyhow::Result<f64> {
        let channel = connect(&server.url()).await?;
        let request = SubscribeRequest {
            start: Some(Start::AfterCursor(self.middle.clone())),
            ..Default::default()
        };
        let start = Instant::now();
        Stream::open(channel, &request).await?.until_events(1).await?;
        Ok(start.elapsed().as_secs_f64())
    }
}

impl Measure for Full {
    fn measure(&mut self) -> LocalBoxFuture<'_, anyhow::Result<Row>> {
        self.starts().boxed_local()
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Bytes of the files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(about) if about.is_dir() => size(&entry.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        })
        .sum()
}
