//! Fills a server with events.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use anyhow::Context;
use dateline_proto::v1::{PublishEventsRequest, PublishOutcome, ingest_service_client::IngestServiceClient};
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::load::events::event;

/// Events of one call.
pub const BATCH: u64 = 1_000;
/// Calls under way at a time.
const CALLS: usize = 4;

/// Publishes the events `first..first + count`, 1,000 a call, four calls at a time; all are durable on return.
///
/// # Errors
/// The server refused a call or an event.
pub async fn publish(channel: &Channel, first: u64, count: u64, bytes: usize) -> anyhow::Result<()> {
    let next = Arc::new(AtomicU64::new(first));
    let end = first + count;
    let mut calls = JoinSet::new();
    for _ in 0..CALLS {
        let (next, mut client) = (next.clone(), IngestServiceClient::new(channel.clone()));
        calls.spawn(async move {
            loop {
                let from = next.fetch_add(BATCH, Ordering::Relaxed);
                if from >= end {
                    return anyhow::Ok(());
                }
                let events = (from..end.min(from + BATCH)).map(|n| event(n, bytes)).collect();
                publish_batch(&mut client, events).await?;
            }
        });
    }
    while let Some(call) = calls.join_next().await {
        call.context("a publishing task")??;
    }
    Ok(())
}

/// Publishes one batch.
///
/// # Errors
/// The server refused the call or an event.
pub async fn publish_batch(
    client: &mut IngestServiceClient<Channel>,
    events: Vec<dateline_proto::v1::Event>,
) -> anyhow::Result<()> {
    let request = PublishEventsRequest {
        events,
        ..Default::default()
    };
    let response = client
        .publish_events(request)
        .await
        .context("PublishEvents")?
        .into_inner();
    for result in response.results {
        anyhow::ensure!(
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
