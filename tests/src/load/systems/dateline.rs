//! Dateline: the server that was built with this tool.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use dateline_proto::v1::{
    EventFilter, PublishEventsRequest, PublishOutcome, StartPosition, SubscribeRequest,
    ingest_service_client::IngestServiceClient, subscribe_request::Start,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use tonic::transport::Channel;

use crate::load::{
    DATELINE, events::Events, options::Options, report::Row, stream::connect, subject::Subject,
};

/// Events of one call of a preload: the most that a call takes.
const BATCH: u64 = 1_000;
/// Calls of a preload under way.
const CALLS: usize = 4;

/// A running server and its folder.
pub(crate) struct Dateline {
    pub(crate) subject: Subject,
    folder: PathBuf,
}

impl Dateline {
    /// A server on a new folder.
    pub(crate) fn start(options: &Options) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir_in(&options.scratch)?.keep();
        let subject = Subject::dateline(options, &folder);
        Ok(Self { subject, folder })
    }

    /// A server with the first events stored.
    pub(crate) async fn filled(options: &Options, events: &Events, count: u64) -> anyhow::Result<Self> {
        let server = Self::start(options)?;
        fill(&server.connect().await?, events, 0..count).await?;
        Ok(server)
    }

    pub(crate) async fn connect(&self) -> anyhow::Result<Channel> {
        connect(&self.subject.url()).await
    }
}

impl Drop for Dateline {
    fn drop(&mut self) {
        // The server may still write; what stays is removed with the scratch folder.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Publishes a range of events; all are durable on return.
pub(crate) async fn fill(
    channel: &Channel,
    events: &Events,
    range: std::ops::Range<u64>,
) -> anyhow::Result<()> {
    stream::iter(range.clone().step_by(BATCH as usize))
        .map(|first| {
            let events = events.batch(first..range.end.min(first + BATCH));
            publish(IngestServiceClient::new(channel.clone()), events)
        })
        .buffer_unordered(CALLS)
        .try_collect()
        .await
}

/// Publishes one batch.
pub(crate) async fn publish(
    mut client: IngestServiceClient<Channel>,
    request: PublishEventsRequest,
) -> anyhow::Result<()> {
    let response = client
        .publish_events(request)
        .await
        .context("PublishEvents")?
        .into_inner();
    for result in response.results {
        ensure!(
            result.outcome() == PublishOutcome::Created,
            "event {} was not created: {:?} {} {}",
            result.event_id,
            result.outcome(),
            result.error_reason,
            result.error_message
        );
    }
    Ok(())
}

/// Asks for everything stored that matches, and then for the end.
pub(crate) fn replay(expression: &str) -> SubscribeRequest {
    SubscribeRequest {
        filter: filter(expression),
        start: Some(Start::StartPosition(StartPosition::Earliest as i32)),
        stop_when_caught_up: true,
        ..Default::default()
    }
}

/// Asks for what comes from now on and matches.
pub(crate) fn live(expression: &str) -> SubscribeRequest {
    SubscribeRequest {
        filter: filter(expression),
        start: Some(Start::StartPosition(StartPosition::Latest as i32)),
        ..Default::default()
    }
}

fn filter(expression: &str) -> Option<EventFilter> {
    (!expression.is_empty()).then(|| EventFilter {
        expression: expression.into(),
        ..Default::default()
    })
}

/// A row about Dateline.
pub(crate) fn row(scenario: &str, variant: &str) -> Row {
    Row::new(scenario, DATELINE, variant).version(DATELINE, env!("CARGO_PKG_VERSION"))
}
