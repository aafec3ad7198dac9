//! Streams with an end in time.

use std::time::Duration;

use dateline_journal::{Item, ReadLimit, Sequence};
use dateline_proto::{
    time::Timestamp,
    v1::{EndReason, EventFilter, SubscribeRequest, subscribe_response::Message},
};

use crate::harness::{Client, Reader, Server, Writer, after, earliest, events_of, ids, topic};

/// Everything up to the end, and the message that says so.
async fn to_the_end(client: &mut Client, request: SubscribeRequest) -> (Vec<Message>, String) {
    let mut reader = Reader::open(client, request).await.unwrap();
    let mut messages = Vec::new();
    while let Some(message) = reader.next().await.unwrap() {
        messages.push(message);
    }
    let Some(Message::StreamEnding(ending)) = messages.pop() else {
        panic!("the end is told")
    };
    assert_eq!(ending.reason(), EndReason::EndTimeReached);
    assert_eq!(ending.reconnect_delay, None);
    (messages, ending.cursor)
}

#[tokio::test]
async fn a_stream_ends_before_the_first_revision_of_its_end_time() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    let mut times = Vec::new();
    for number in 0..30 {
        let revision = writer.new_event(if number % 3 == 0 { "military" } else { "health" });
        let stamps = server.append(vec![revision]).await;
        times.push(stamps[0].update_time);
        writer.stamped(&stamps);
    }
    let mut client = server.client().await;
    for (filter, step) in [(None, 1), (topic("military"), 3)] {
        for end in [0, 1, 7, 9, 29] {
            let request = SubscribeRequest {
                filter: filter.clone(),
                end_time: Some(times[end]),
                ..earliest()
            };
            let (messages, cursor) = to_the_end(&mut client, request).await;
            let inside = (0..end).filter(|number| number % step == 0);
            let expected: Vec<String> = inside.map(|number| format!("event-{:06}", number + 1)).collect();
            assert_eq!(ids(&events_of(&messages)), expected);
            let last = Sequence::new(end as u64);
            assert_eq!(cursor, server.journal.cursor(last).to_string());
            // The cursor leads on.
            let request = SubscribeRequest {
                filter: filter.clone(),
                ..after(&cursor)
            };
            let mut reader = Reader::open(&mut client, request).await.unwrap();
            let rest = events_of(&reader.until_caught_up().await);
            assert_eq!(rest.len(), (end..30).filter(|number| number % step == 0).count());
        }
    }
}

#[tokio::test]
async fn an_end_time_before_the_start_ends_the_stream_at_once() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 10, "military").await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        end_time: Some(Timestamp { seconds: 0, nanos: 0 }),
        ..SubscribeRequest::default()
    };
    let (messages, cursor) = to_the_end(&mut client, request).await;
    assert!(matches!(messages[..], [Message::Started(_)]), "{messages:?}");
    let head = server.journal.cursor(server.journal.head()).to_string();
    assert_eq!(cursor, head, "nothing was looked at");
}

fn in_millis(millis: u64) -> Timestamp {
    let at = std::time::SystemTime::now() + Duration::from_millis(millis);
    at.into()
}

#[tokio::test]
async fn a_live_stream_ends_by_itself_when_its_end_time_has_passed() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        end_time: Some(in_millis(700)),
        // No checkpoint is to remind it.
        heartbeat_interval: Some(Duration::from_secs(60).into()),
        ..earliest()
    };
    let (messages, _) = to_the_end(&mut client, request).await;
    assert!(
        matches!(messages[..], [Message::Started(_), Message::CaughtUp(_)]),
        "{messages:?}"
    );
}

#[tokio::test]
async fn a_live_stream_misses_nothing_that_came_before_its_end_however_much_is_written_just_then() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 10, "military").await;
    let end_time = in_millis(1_500);
    let filters: [Option<EventFilter>; 3] = [None, topic("military"), topic("crime")];
    let mut streams = Vec::new();
    for filter in filters.clone() {
        let mut client = server.client().await;
        let request = SubscribeRequest {
            filter,
            end_time: Some(end_time),
            ..earliest()
        };
        streams.push(tokio::spawn(
            async move { to_the_end(&mut client, request).await },
        ));
    }
    // Until well after the end, one entry after the other.
    let mut number = 0;
    while Timestamp::now() < end_time || number % 50 != 0 {
        number += 1;
        let revision = writer.new_event(["military", "health"][number % 2]);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    server.fill(&mut writer, 100, "military").await;
    let mut before_end = Vec::new();
    let mut at = Sequence::ZERO;
    while at < server.journal.head() {
        let stretch = server.journal.read(at, ReadLimit::default()).unwrap();
        at = stretch.looked_through;
        for item in stretch.items {
            let Item::Revision(revision) = item else {
                panic!("nothing is damaged")
            };
            if revision.update_time < end_time {
                before_end.push(revision.event());
            }
        }
    }
    assert!(before_end.len() < at.get() as usize);
    for (filter, stream) in filters.into_iter().zip(streams) {
        let (messages, cursor) = stream.await.unwrap();
        let wanted = |topics: &[String]| filter.as_ref().is_none_or(|filter| filter.topics == topics);
        let expected = before_end.iter().filter(|event| wanted(&event.topics)).cloned();
        let expected: Vec<_> = expected.collect();
        assert_eq!(ids(&events_of(&messages)), ids(&expected));
        let last = Sequence::new(before_end.len() as u64);
        assert_eq!(cursor, server.journal.cursor(last).to_string());
    }
}
