//! What a live subscription hears, and when.

use std::time::Duration;

use dateline_proto::v1::{Change, EndReason, SubscribeRequest, subscribe_response::Message};

use crate::harness::{Reader, Server, Writer, earliest, events_of, ids, topic};

fn every_second() -> Option<dateline_proto::time::Duration> {
    Some(Duration::from_secs(1).into())
}

#[tokio::test]
async fn checkpoints_come_at_every_heartbeat_though_nothing_happens() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        heartbeat_interval: every_second(),
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    for _ in 0..2 {
        let Message::Checkpoint(checkpoint) = reader.message().await else {
            panic!("nothing else can come")
        };
        assert_eq!(checkpoint.cursor, checkpoint.head_cursor);
        assert_eq!(checkpoint.lag_events, 0);
        assert_eq!(checkpoint.lag.unwrap(), Duration::ZERO.into());
    }
}

#[tokio::test]
async fn a_checkpoint_follows_every_ten_thousand_revisions_that_do_not_match() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 35_000, "diplomatic").await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic("military"),
        ..SubscribeRequest::default()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    server.fill(&mut writer, 35_000, "diplomatic").await;
    let mut scanned = 0;
    while scanned < 30_000 {
        let Message::Checkpoint(checkpoint) = reader.message().await else {
            panic!("nothing matches")
        };
        assert!(checkpoint.scanned_events > scanned);
        scanned = checkpoint.scanned_events;
    }
}

#[tokio::test]
async fn caught_up_comes_though_nothing_matched() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 500, "diplomatic").await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic("military"),
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let messages = reader.until_caught_up().await;
    assert!(events_of(&messages).is_empty());
    assert_eq!(
        reader.cursor,
        server.journal.cursor(server.journal.head()).to_string()
    );
}

#[tokio::test]
async fn an_event_that_leaves_the_filter_is_delivered_once_more_and_marked() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic("military"),
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    let mut heard = Vec::new();
    let life = [
        ("diplomatic", Change::Created),
        ("military", Change::Corrected),
        ("military", Change::Corroborated),
        ("diplomatic", Change::Corrected),
        ("health", Change::Corrected),
        ("military", Change::Corrected),
        ("military", Change::Retracted),
    ];
    for (topic, change) in life {
        let revision = writer.state("event", topic, change);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    while heard.last() != Some(&(7, false)) {
        let batch = reader.batch().await;
        for (index, event) in (0..).zip(&batch.events) {
            heard.push((event.revision, batch.left.contains(&index)));
        }
    }
    assert_eq!(heard, [(2, false), (3, false), (4, true), (6, false), (7, false)]);
}

#[tokio::test]
async fn batches_hold_what_was_asked_for_at_most() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 1_000, "military").await;
    let mut client = server.client().await;
    for size in [1, 7, 1_000] {
        let request = SubscribeRequest {
            max_batch_size: size,
            ..earliest()
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let messages = reader.until_caught_up().await;
        assert_eq!(events_of(&messages).len(), 1_000);
        for message in &messages {
            if let Message::Batch(batch) = message {
                assert!(batch.events.len() <= size as usize);
                assert_eq!(
                    batch.cursor,
                    batch.events.last().unwrap().cursor,
                    "everything matches"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_limit_ends_the_stream_at_its_event_and_the_cursor_resumes_there() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 300, "military").await;
    let mut client = server.client().await;
    let mut delivered = Vec::new();
    let mut cursor = String::new();
    for limit in [1, 2, 97, 200] {
        let mut request = SubscribeRequest { limit, ..earliest() };
        if !cursor.is_empty() {
            request = SubscribeRequest {
                limit,
                ..crate::harness::after(&cursor)
            };
        }
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let mut messages = Vec::new();
        while let Some(message) = reader.next().await.unwrap() {
            messages.push(message);
        }
        let Some(Message::StreamEnding(ending)) = messages.last() else {
            panic!("the end is told")
        };
        assert_eq!(ending.reason(), EndReason::LimitReached);
        cursor = ending.cursor.clone();
        delivered.extend(events_of(&messages));
    }
    let expected: Vec<String> = (1..=300).map(|number| format!("event-{number:06}")).collect();
    assert_eq!(ids(&delivered), expected);
}

#[tokio::test]
async fn stop_when_caught_up_ends_the_stream_well() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 300, "military").await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        stop_when_caught_up: true,
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    assert_eq!(events_of(&reader.until_caught_up().await).len(), 300);
    let Message::StreamEnding(ending) = reader.message().await else {
        panic!("the end is told")
    };
    assert_eq!(ending.reason(), EndReason::CaughtUp);
    assert_eq!(ending.reconnect_delay, None);
    assert_eq!(reader.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_reader_that_stops_reading_gets_everything_later_and_delays_nobody() {
    let server = Server::with(|config| {
        config.journal.recent_bytes = 256 << 10;
        config.journal.segment_bytes = 1 << 20;
    })
    .await;
    let mut writer = Writer::padded(1_000);
    let (mut slow_client, mut quick_client) = (server.client().await, server.client().await);
    let mut slow = Reader::open(&mut slow_client, earliest()).await.unwrap();
    let mut quick = Reader::open(&mut quick_client, earliest()).await.unwrap();
    slow.until_caught_up().await;
    quick.until_caught_up().await;
    // Far more than flow control and memory hold: 30 MB. The quick one reads each piece before the next is written.
    for _ in 0..300 {
        server.fill(&mut writer, 100, "military").await;
        let mut read = 0;
        while read < 100 {
            match quick.message().await {
                Message::Batch(batch) => read += batch.events.len(),
                Message::Checkpoint(_) => {}
                other => panic!("the quick reader stays live: {other:?}"),
            }
        }
    }
    let mut messages = slow.until_caught_up().await;
    assert!(
        messages
            .iter()
            .any(|message| matches!(message, Message::FellBehind(_)))
    );
    while events_of(&messages).len() < 30_000 {
        messages.extend(slow.until_caught_up().await);
    }
    let expected: Vec<String> = (1..=30_000).map(|number| format!("event-{number:06}")).collect();
    assert_eq!(ids(&events_of(&messages)), expected);
    let (mut behind, mut caught_up) = (0, 0);
    for message in &messages {
        match message {
            Message::FellBehind(_) => behind += 1,
            Message::CaughtUp(_) => caught_up += 1,
            _ => {}
        }
    }
    assert_eq!(behind, caught_up, "each once per transition");
}

#[tokio::test]
async fn what_was_found_is_never_held_back_until_a_heartbeat() {
    let server = Server::start().await;
    let mut writer = Writer::padded(1_000);
    let mut client = server.client().await;
    let heartbeat_interval = Some(Duration::from_secs(60).into());
    let request = SubscribeRequest {
        heartbeat_interval,
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    for _ in 0..30 {
        server.fill(&mut writer, 100, "military").await;
        let mut read = 0;
        while read < 100 {
            let Message::Batch(batch) = reader.message().await else {
                panic!("a minute has not passed")
            };
            read += batch.events.len();
        }
    }
}
