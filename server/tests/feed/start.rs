//! Where a subscription starts, and when it is live.

use dateline_proto::{
    time::Timestamp,
    v1::{SubscribeRequest, subscribe_request::Start, subscribe_response::Message},
};

use crate::harness::{Reader, Server, Writer, after, earliest, events_of, ids, topic};

#[tokio::test]
async fn an_empty_feed_is_caught_up_at_once() {
    let server = Server::start().await;
    let mut client = server.client().await;
    for request in [
        SubscribeRequest::default(),
        earliest(),
        SubscribeRequest {
            filter: topic("military"),
            ..earliest()
        },
    ] {
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let Message::Started(started) = reader.message().await else {
            panic!("started comes first")
        };
        assert_eq!(started.start_cursor, started.head_cursor);
        assert_eq!(started.start_cursor, started.oldest_cursor);
        let Message::CaughtUp(caught_up) = reader.message().await else {
            panic!("nothing to wait for")
        };
        assert_eq!(caught_up.cursor, started.head_cursor);
        assert_eq!(caught_up.delivered_events, 0);
    }
}

#[tokio::test]
async fn started_comes_first_and_tells_what_is_in_force() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 3, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("started comes first")
    };
    assert_eq!(started.heartbeat_interval.unwrap().seconds, 15);
    assert_eq!(started.max_batch_size, 256);
    assert_eq!(started.server_version, env!("CARGO_PKG_VERSION"));
    assert_eq!(started.canonical_filter, "");
    assert!(!started.subscription_id.is_empty());
    assert_ne!(started.start_cursor, started.head_cursor);
}

#[tokio::test]
async fn earliest_delivers_everything_in_order_and_goes_on_live() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 1_234, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    let events = events_of(&reader.until_caught_up().await);
    let expected: Vec<String> = (1..=1_234).map(|number| format!("event-{number:06}")).collect();
    assert_eq!(ids(&events), expected);
    for round in 1..=3 {
        server.fill(&mut writer, 1, "military").await;
        assert_eq!(
            ids(&reader.events(1).await),
            [format!("event-{:06}", 1_234 + round)]
        );
    }
}

#[tokio::test]
async fn latest_delivers_only_what_comes_later() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 5, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, SubscribeRequest::default())
        .await
        .unwrap();
    assert!(events_of(&reader.until_caught_up().await).is_empty());
    server.fill(&mut writer, 2, "military").await;
    assert_eq!(ids(&reader.events(2).await), ["event-000006", "event-000007"]);
}

#[tokio::test]
async fn every_cursor_resumes_just_after_it_whatever_the_filter() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    for index in 0..20 {
        server
            .fill(
                &mut writer,
                1,
                if index % 4 == 0 { "military" } else { "diplomatic" },
            )
            .await;
    }
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    let all = events_of(&reader.until_caught_up().await);
    for (index, event) in all.iter().enumerate() {
        let request = SubscribeRequest {
            filter: topic("military"),
            ..after(&event.cursor)
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let rest = events_of(&reader.until_caught_up().await);
        let expected = all[index + 1..]
            .iter()
            .filter(|event| event.topics == ["military"])
            .cloned();
        assert_eq!(rest, expected.collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_resume_exactly_at_the_head_is_caught_up_at_once() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 3, "military").await;
    let head = server.journal.cursor(server.journal.head()).to_string();
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, after(&head)).await.unwrap();
    let messages = reader.until_caught_up().await;
    assert_eq!(messages.len(), 2, "started and caught_up: {messages:?}");
    assert_eq!(reader.cursor, head);
    server.fill(&mut writer, 1, "military").await;
    assert_eq!(ids(&reader.events(1).await), ["event-000004"]);
}

#[tokio::test]
async fn a_backlog_is_the_last_revisions_that_match() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    for _ in 0..7 {
        server.fill(&mut writer, 1, "military").await;
        server.fill(&mut writer, 1_500, "diplomatic").await;
    }
    let mut client = server.client().await;
    let backlog = |count| SubscribeRequest {
        filter: topic("military"),
        start: Some(Start::BacklogCount(count)),
        ..SubscribeRequest::default()
    };
    for (count, expected) in [(0, 0), (1, 1), (3, 3), (7, 7), (8, 7), (100_000, 7)] {
        let mut reader = Reader::open(&mut client, backlog(count)).await.unwrap();
        let events = events_of(&reader.until_caught_up().await);
        assert_eq!(events.len(), expected, "of {count}");
        let last = events.last().map(|event| event.event_id.as_str());
        assert!(
            last.is_none_or(|id| id == format!("event-{:06}", 6 * 1_501 + 1)),
            "{last:?}"
        );
    }
}

#[tokio::test]
async fn a_start_time_delivers_what_entered_then_or_later() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    let mut stamps = Vec::new();
    for _ in 0..10 {
        let revision = writer.new_event("military");
        let stamp = server.append(vec![revision]).await;
        writer.stamped(&stamp);
        stamps.extend(stamp);
    }
    let mut client = server.client().await;
    for stamp in &stamps {
        let request = SubscribeRequest {
            start: Some(Start::StartTime(stamp.update_time)),
            ..SubscribeRequest::default()
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let events = events_of(&reader.until_caught_up().await);
        let expected = stamps
            .iter()
            .filter(|other| other.update_time >= stamp.update_time)
            .count();
        assert_eq!(events.len(), expected);
    }
}

#[tokio::test]
async fn a_start_time_to_come_passes_over_what_comes_before_it() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    let now = Timestamp::now();
    let later = Timestamp {
        seconds: now.seconds + 3_600,
        ..now
    };
    let mut client = server.client().await;
    let request = SubscribeRequest {
        start: Some(Start::StartTime(later)),
        ..SubscribeRequest::default()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    server.fill(&mut writer, 20_000, "military").await;
    let Message::Checkpoint(checkpoint) = reader.message().await else {
        panic!("nothing is delivered before its time")
    };
    assert!(checkpoint.scanned_events >= 5_000);
}
