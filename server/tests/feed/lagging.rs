//! Readers that are slower than the feed, and what they asked to be done about it.

use dateline_journal::{Cursor, Sequence};
use dateline_proto::{
    reason,
    v1::{
        LagPolicy, SkipReason, SubscribeRequest, SubscriptionStarted, UpdateSubscriptionRequest,
        subscribe_response::Message,
    },
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Client, Reader, Server, Writer, after, earliest, events_of, topic};

/// Far more events than memory, flow control and sockets hold together: 30 MB.
const MANY: usize = 30_000;

async fn small() -> Server {
    Server::with(|config| {
        config.journal.recent_bytes = 256 << 10;
        config.journal.segment_bytes = 1 << 20;
    })
    .await
}

fn with(policy: LagPolicy) -> SubscribeRequest {
    SubscribeRequest {
        lag_policy: policy.into(),
        ..earliest()
    }
}

fn sequence(cursor: &str) -> u64 {
    cursor.parse::<Cursor>().unwrap().sequence.get()
}

/// A stream that is live.
async fn live(client: &mut Client, request: SubscribeRequest) -> (Reader, SubscriptionStarted) {
    let mut reader = Reader::open(client, request).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("it comes first")
    };
    reader.until_caught_up().await;
    (reader, started)
}

#[tokio::test]
async fn skip_tells_each_gap_before_anything_later_and_stays_live() {
    let server = small().await;
    let mut writer = Writer::padded(1_000);
    let mut client = server.client().await;
    let (mut reader, _) = live(&mut client, with(LagPolicy::Skip)).await;
    server.fill(&mut writer, MANY, "military").await;
    let (mut at, mut skipped) = (0, 0);
    while at < MANY as u64 {
        match reader.message().await {
            Message::Batch(batch) => {
                for event in batch.events {
                    at += 1;
                    assert_eq!(sequence(&event.cursor), at);
                }
            }
            Message::EventsSkipped(gap) => {
                assert_eq!(gap.reason(), SkipReason::LagPolicy);
                assert_eq!(sequence(&gap.after_cursor), at);
                at += gap.skipped_events;
                assert_eq!(sequence(&gap.through_cursor), at);
                skipped += gap.skipped_events;
            }
            Message::Checkpoint(_) => {}
            other => panic!("the stream stays live: {other:?}"),
        }
    }
    assert!(skipped > 0, "the reader was slow enough");
    server.fill(&mut writer, 1, "military").await;
    let next = reader.batch().await;
    assert_eq!(sequence(&next.events[0].cursor), MANY as u64 + 1);
}

#[tokio::test]
async fn disconnect_fails_with_the_cursor_that_leads_on_without_gap_or_duplicate() {
    let server = small().await;
    let mut client = server.client().await;
    let (mut reader, _) = live(&mut client, with(LagPolicy::Disconnect)).await;
    server.fill(&mut Writer::padded(1_000), MANY, "military").await;
    let mut seen = 0;
    let status = loop {
        match reader.next().await {
            Ok(Some(Message::Batch(batch))) => seen += batch.events.len(),
            Ok(Some(Message::Checkpoint(_))) => {}
            Ok(other) => panic!("the stream fails: {other:?}"),
            Err(status) => break status,
        }
    };
    assert_eq!(status.code(), Code::Aborted);
    let info = status.get_details_error_info().unwrap();
    assert_eq!(info.reason, reason::SLOW_CONSUMER);
    assert_eq!(info.metadata["cursor"], reader.cursor);
    assert_eq!(sequence(&reader.cursor), seen as u64);
    // The way to the first caught_up is no lag, however slow.
    let request = SubscribeRequest {
        lag_policy: LagPolicy::Disconnect.into(),
        ..after(&reader.cursor)
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let rest = events_of(&reader.until_caught_up().await);
    assert_eq!(seen + rest.len(), MANY);
    assert_eq!(sequence(&rest[0].cursor), seen as u64 + 1);
}

#[tokio::test]
async fn a_new_filter_is_no_lag() {
    let server = small().await;
    let mut writer = Writer::padded(1_000);
    for policy in [LagPolicy::Disconnect, LagPolicy::Skip, LagPolicy::CatchUp] {
        let mut client = server.client().await;
        let request = SubscribeRequest {
            filter: topic("crime"),
            ..with(policy)
        };
        let (mut reader, started) = live(&mut client, request).await;
        // More than memory holds passes by, fewer than would wake the stream.
        server.fill(&mut writer, 2_000, "military").await;
        let change = UpdateSubscriptionRequest {
            subscription_id: started.subscription_id,
            filter: None,
        };
        client.update_subscription(change).await.unwrap();
        let from = loop {
            match reader.message().await {
                Message::FilterChanged(changed) => break sequence(&changed.cursor),
                Message::Checkpoint(_) => {}
                other => panic!("nothing matches: {other:?}"),
            }
        };
        server.fill(&mut writer, 10, "military").await;
        let head = server.journal.head();
        assert!(Sequence::new(from) < head);
        let mut at = from;
        while at < head.get() {
            let batch = reader.batch().await;
            for event in &batch.events {
                at += 1;
                assert_eq!(sequence(&event.cursor), at, "{policy:?}");
            }
        }
    }
}
