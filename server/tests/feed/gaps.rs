//! What can no longer be delivered is told before anything later: retention, damage.

use std::{fs, path::Path};

use dateline_journal::Sequence;
use dateline_proto::{
    reason,
    v1::{
        AggregateEventsRequest, ExpiredCursorPolicy, ListEventsRequest, SkipReason, SubscribeRequest,
        subscribe_response::Message,
    },
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Reader, Server, Writer, after, earliest, events_of, topic};

/// A feed whose oldest revisions are gone.
async fn trimmed() -> Server {
    let server = Server::with(|config| {
        config.journal.segment_bytes = 64 << 10;
        config.journal.recent_bytes = 16 << 10;
        config.journal.keep_bytes = 128 << 10;
    })
    .await;
    let mut writer = Writer::padded(500);
    server.fill(&mut writer, 2_000, "military").await;
    let journal = server.journal.clone();
    tokio::task::spawn_blocking(move || journal.trim_now())
        .await
        .unwrap()
        .unwrap();
    assert!(server.journal.oldest() > Sequence::new(1));
    server
}

#[tokio::test]
async fn an_expired_cursor_is_refused_with_both_ends_of_what_there_is() {
    let server = trimmed().await;
    let journal = &server.journal;
    let mut client = server.client().await;
    let cursor = journal.cursor(Sequence::new(1)).to_string();
    let status = Reader::open(&mut client, after(&cursor))
        .await
        .err()
        .expect("it is refused");
    assert_eq!(status.code(), Code::OutOfRange);
    let info = status.get_details_error_info().unwrap();
    assert_eq!(info.reason, reason::CURSOR_EXPIRED);
    assert_eq!(
        info.metadata["oldest_cursor"],
        journal.cursor(journal.oldest().before()).to_string()
    );
    assert_eq!(
        info.metadata["head_cursor"],
        journal.cursor(journal.head()).to_string()
    );
    let mut reader = Reader::open(&mut client, after(&info.metadata["oldest_cursor"]))
        .await
        .unwrap();
    let kept = journal.head().get() + 1 - journal.oldest().get();
    assert_eq!(events_of(&reader.until_caught_up().await).len() as u64, kept);
}

#[tokio::test]
async fn skip_to_oldest_names_the_gap_before_anything_later() {
    let server = trimmed().await;
    let journal = &server.journal;
    let mut client = server.client().await;
    let cursor = journal.cursor(Sequence::new(7)).to_string();
    let request = SubscribeRequest {
        expired_cursor_policy: ExpiredCursorPolicy::SkipToOldest.into(),
        ..after(&cursor)
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("started comes first")
    };
    assert_eq!(started.start_cursor, cursor);
    let Message::EventsSkipped(gap) = reader.message().await else {
        panic!("the gap comes next")
    };
    assert_eq!(gap.reason(), SkipReason::CursorExpired);
    assert_eq!(gap.after_cursor, cursor);
    assert_eq!(gap.through_cursor, started.oldest_cursor);
    assert_eq!(gap.skipped_events, journal.oldest().get() - 1 - 7);
    let kept = journal.head().get() + 1 - journal.oldest().get();
    assert_eq!(events_of(&reader.until_caught_up().await).len() as u64, kept);
}

/// Flips one bit in the middle of the oldest journal file.
fn flip_a_bit(data: &Path) -> u64 {
    let files = fs::read_dir(data.join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let segments = files.filter(|path| path.extension().is_some_and(|end| end == "segment"));
    let oldest = segments.min().expect("there is a journal file");
    let mut bytes = fs::read(&oldest).unwrap();
    let middle = bytes.len() / 2;
    let written = bytes[middle..]
        .iter()
        .position(|byte| *byte == b'x')
        .expect("the padding of an event")
        + middle;
    bytes[written] ^= 1;
    fs::write(&oldest, bytes).unwrap();
    written as u64
}

#[tokio::test]
async fn a_damaged_stretch_is_named_and_does_not_hide_what_follows() {
    let server = Server::with(|config| config.journal.segment_bytes = 256 << 10).await;
    let mut writer = Writer::padded(500);
    server.fill(&mut writer, 1_000, "military").await;
    let server = server
        .restart(|data| {
            flip_a_bit(data);
        })
        .await;
    let mut client = server.client().await;
    for filter in [None, topic("military")] {
        let request = SubscribeRequest {
            filter,
            max_batch_size: 10,
            ..earliest()
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let messages = reader.until_caught_up().await;
        let mut at = 0;
        let mut gaps = 0;
        for message in &messages {
            match message {
                Message::Batch(batch) => {
                    for event in &batch.events {
                        at += 1;
                        assert_eq!(event.event_id, format!("event-{at:06}"));
                    }
                }
                Message::EventsSkipped(gap) => {
                    assert_eq!(gap.reason(), SkipReason::Damaged);
                    assert_eq!(
                        gap.after_cursor,
                        server.journal.cursor(Sequence::new(at)).to_string()
                    );
                    at += gap.skipped_events;
                    assert_eq!(
                        gap.through_cursor,
                        server.journal.cursor(Sequence::new(at)).to_string()
                    );
                    gaps += 1;
                }
                _ => {}
            }
        }
        assert_eq!((at, gaps), (1_000, 1));
    }
}

/// A reader that did not read while retention passed it by, with that policy; far more came than flow control holds.
async fn overtaken(policy: ExpiredCursorPolicy) -> (Server, Reader) {
    let server = Server::with(|config| {
        config.journal.segment_bytes = 64 << 10;
        config.journal.recent_bytes = 16 << 10;
        config.journal.keep_bytes = 128 << 10;
    })
    .await;
    let request = SubscribeRequest {
        expired_cursor_policy: policy.into(),
        ..earliest()
    };
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    reader.until_caught_up().await;
    server.fill(&mut Writer::padded(1_000), 10_000, "military").await;
    let journal = server.journal.clone();
    tokio::task::spawn_blocking(move || journal.trim_now())
        .await
        .unwrap()
        .unwrap();
    (server, reader)
}

#[tokio::test]
async fn a_reader_that_retention_overtakes_is_told_the_gap_if_it_wants_to_go_on() {
    let (server, mut reader) = overtaken(ExpiredCursorPolicy::SkipToOldest).await;
    let (mut at, mut gaps) = (0, 0);
    while at < 10_000 {
        match reader.message().await {
            Message::Batch(batch) => {
                for event in &batch.events {
                    at += 1;
                    assert_eq!(event.event_id, format!("event-{at:06}"));
                }
            }
            Message::EventsSkipped(gap) => {
                assert_eq!(gap.reason(), SkipReason::CursorExpired);
                assert_eq!(
                    gap.after_cursor,
                    server.journal.cursor(Sequence::new(at)).to_string()
                );
                at += gap.skipped_events;
                gaps += 1;
            }
            _ => {}
        }
    }
    assert!(gaps > 0, "it was overtaken");
}

#[tokio::test]
async fn a_reader_that_retention_overtakes_fails_with_its_cursor_expired() {
    let (_server, mut reader) = overtaken(ExpiredCursorPolicy::Fail).await;
    let status = loop {
        match reader.next().await {
            Ok(message) => assert!(!matches!(message, None | Some(Message::EventsSkipped(_)))),
            Err(status) => break status,
        }
    };
    assert_eq!(status.code(), Code::OutOfRange);
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::CURSOR_EXPIRED
    );
}

#[tokio::test]
async fn lists_and_counts_show_what_stands_though_its_file_is_damaged() {
    let server = Server::with(|config| config.journal.segment_bytes = 256 << 10).await;
    let mut writer = Writer::padded(500);
    // The indexes are asked for the rare topic, and would not name the damaged one of its events.
    for part in 0..10 {
        server
            .fill(&mut writer, if part == 0 { 0 } else { 99 }, "military")
            .await;
        server
            .fill(&mut writer, if part == 0 { 300 } else { 1 }, "health")
            .await;
    }
    let server = server
        .restart(|data| {
            flip_a_bit(data);
        })
        .await;
    let mut client = server.client().await;
    let counts = client
        .aggregate_events(AggregateEventsRequest {
            filter: topic("health"),
            ..AggregateEventsRequest::default()
        })
        .await
        .unwrap()
        .into_inner();
    assert_eq!(counts.event_count, 309);
    for newest_first in [false, true] {
        let request = ListEventsRequest {
            filter: topic("health"),
            page_size: 1_000,
            newest_first,
            ..ListEventsRequest::default()
        };
        let list = client.list_events(request).await.unwrap().into_inner();
        assert_eq!((list.events.len(), list.next_page_token.as_str()), (309, ""));
    }
}
