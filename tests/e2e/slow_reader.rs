//! A reader that stops reading costs bounded memory, holds up nobody, and gets everything afterwards.

use std::time::{Duration, Instant};

use dateline_proto::v1::{
    Event, PublishEventsRequest, StartPosition, SubscribeRequest, feed_service_client::FeedServiceClient,
    ingest_service_client::IngestServiceClient, subscribe_request::Start, subscribe_response::Message,
};
use dateline_tests::load::{events::event, probe};
use futures_util::StreamExt;
use tonic::{Streaming, transport::Endpoint};

use crate::server;

/// How long the slow reader reads nothing.
const STALL: Duration = Duration::from_secs(60);
const BATCH: u64 = 100;
const PAUSE: Duration = Duration::from_millis(50);
const EVENT_BYTES: usize = 1_000;
/// What the server may keep of the newest revisions: far less than what is published during the stall.
const RECENT_BYTES: u64 = 4 << 20;
/// Growth that is no leak: allocator, memory of the newest revisions, buffers of the views.
const MEMORY_ROOM: u64 = 160 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_stops_for_a_minute_gets_everything_and_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data"))
        .env("DATELINE_JOURNAL_RECENT_BYTES", &RECENT_BYTES.to_string())
        .start();
    let connect = async |window: u32| {
        let endpoint = Endpoint::from_shared(server.url()).unwrap();
        let endpoint = endpoint
            .initial_stream_window_size(window)
            .initial_connection_window_size(window);
        endpoint.connect().await
    };
    let subscribe = async |window: u32| {
        let mut client = FeedServiceClient::new(connect(window).await.unwrap());
        let request = SubscribeRequest {
            start: Some(Start::StartPosition(StartPosition::Latest as i32)),
            ..SubscribeRequest::default()
        };
        let mut stream = client.subscribe(request).await.unwrap().into_inner();
        stream.next().await.unwrap().unwrap();
        stream
    };
    let mut slow = subscribe(64 << 10).await;
    let mut fast = subscribe(2 << 20).await;

    let mut publisher = IngestServiceClient::new(connect(2 << 20).await.unwrap());
    let stalled = Instant::now();
    let mut published = 0;
    let mut memory_early = None;
    while stalled.elapsed() < STALL {
        let events = (published..published + BATCH)
            .map(|n| event(n, EVENT_BYTES))
            .collect();
        publisher
            .publish_events(PublishEventsRequest {
                events,
                ..Default::default()
            })
            .await
            .unwrap();
        published += BATCH;
        // The other reader has each batch before the next is published: it waits for nobody.
        assert_eq!(read(&mut fast, BATCH as usize).await.0.len(), BATCH as usize);
        if stalled.elapsed() > STALL / 4 && memory_early.is_none() {
            memory_early = Some(probe::resident_bytes(server.pid()));
        }
        tokio::time::sleep(PAUSE).await;
    }
    let grown = probe::resident_bytes(server.pid()).saturating_sub(memory_early.unwrap());
    assert!(
        published * EVENT_BYTES as u64 > 4 * RECENT_BYTES,
        "too little was published: {published} events"
    );
    assert!(
        grown < MEMORY_ROOM,
        "the server grew by {grown} bytes while a reader stalled"
    );

    let (events, fell_behind) = read(&mut slow, published as usize).await;
    let ids: Vec<String> = events.iter().map(|event| event.event_id.clone()).collect();
    let expected: Vec<String> = (0..published).map(|n| format!("load-{n}")).collect();
    assert!(
        ids == expected,
        "the slow reader got {} of {published} events, or in another order",
        ids.len()
    );
    assert!(fell_behind, "the reader was told that it fell behind");
}

/// The next `count` events, and whether `fell_behind` came among them.
async fn read(
    stream: &mut Streaming<dateline_proto::v1::SubscribeResponse>,
    count: usize,
) -> (Vec<Event>, bool) {
    let (mut events, mut fell_behind) = (Vec::new(), false);
    while events.len() < count {
        match stream.next().await.expect("the stream goes on").unwrap().message {
            Some(Message::Batch(batch)) => events.extend(batch.events),
            Some(Message::FellBehind(_)) => fell_behind = true,
            Some(Message::EventsSkipped(gap)) => panic!("a gap: {gap:?}"),
            _ => {}
        }
    }
    (events, fell_behind)
}
