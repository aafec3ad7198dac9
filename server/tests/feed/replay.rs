//! Many replays of everything at a time: few of them are read where they are sent, the others by threads that may block. And a replay with
//! a filter, of which two looks are under way at a time.

use dateline_journal::Cursor;
use dateline_proto::v1::{SubscribeRequest, subscribe_response::Message};
use tonic::codec::CompressionEncoding;

use crate::harness::{PATIENCE, Reader, Server, Writer, earliest, events_of, topic};

const EVENTS: usize = 8_000;

fn sequence(cursor: &str) -> u64 {
    cursor.parse::<Cursor>().unwrap().sequence.get()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replays_side_by_side_each_deliver_everything_in_order_and_the_live_path_goes_on() {
    let server = Server::with(|config| {
        config.journal.recent_bytes = 64 << 10;
        config.journal.segment_bytes = 1 << 20;
    })
    .await;
    let mut writer = Writer::padded(1_000);
    server.fill(&mut writer, EVENTS, "military").await;
    // Each of its own connection, as from programs of their own; some compressed, some in large batches.
    let replays: Vec<_> = (0..12)
        .map(|number| {
            let client = server.client();
            async move {
                let mut client = client.await;
                if number % 4 == 3 {
                    client = client.accept_compressed(CompressionEncoding::Zstd);
                }
                let request = SubscribeRequest {
                    max_batch_size: [0, 1, 7, 1_000][number / 3],
                    ..earliest()
                };
                let mut reader = Reader::open(&mut client, request).await.unwrap();
                let past = events_of(&reader.until_caught_up().await);
                let mut at = 0;
                for event in &past {
                    at += 1;
                    assert_eq!(sequence(&event.cursor), at, "replay {number}");
                }
                while at < EVENTS as u64 + 1 {
                    for event in reader.batch().await.events {
                        at += 1;
                        assert_eq!(sequence(&event.cursor), at, "replay {number}");
                    }
                }
            }
        })
        .collect();
    let replays = futures_util::future::join_all(replays);
    let live = server.fill(&mut writer, 1, "military");
    tokio::time::timeout(PATIENCE, futures_util::future::join(replays, live))
        .await
        .expect("all of them end");
}

/// Looks end where the last one was full: with what matches in heaps and far between, that is too early or too late again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_filter_selects_arrives_once_and_in_order_however_unevenly_it_lies() {
    let server = Server::with(|config| {
        config.journal.recent_bytes = 64 << 10;
        config.journal.segment_bytes = 1 << 20;
    })
    .await;
    let mut writer = Writer::padded(1_000);
    let heaps = [300, 1_200, 700, 20, 1_000, 900, 3, 2_000, 600, 1];
    let (mut head, mut expected) = (0, Vec::new());
    for (number, count) in heaps.into_iter().enumerate() {
        let matches = number % 2 == 0;
        server
            .fill(
                &mut writer,
                count,
                if matches { "military" } else { "diplomatic" },
            )
            .await;
        if matches {
            expected.extend(head + 1..=head + count as u64);
        }
        head += count as u64;
    }
    let mut client = server.client().await;
    for limit in [0, 1_500] {
        let request = SubscribeRequest {
            filter: topic("military"),
            limit,
            ..earliest()
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let wanted = match limit {
            0 => expected.as_slice(),
            limit => &expected[..limit as usize],
        };
        let Message::Started(_) = reader.message().await else {
            panic!("a stream begins with that");
        };
        let events = reader.events(wanted.len()).await;
        let arrived: Vec<u64> = events.iter().map(|event| sequence(&event.cursor)).collect();
        assert_eq!(arrived, wanted);
    }
}
