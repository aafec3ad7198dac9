//! Filters that change while their stream goes on.

use std::collections::HashMap;

use dateline_journal::{Cursor, Item, ReadLimit, Sequence};
use dateline_proto::{
    reason,
    v1::{Change, EventFilter, SubscribeRequest, UpdateSubscriptionRequest, subscribe_response::Message},
};
use dateline_server::filter::Filter;
use proptest::prelude::*;
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Client, Reader, Server, Writer, coder, earliest, topic};

const FILTERS: [&str; 4] = [
    "",
    "topic:military",
    "topic:health OR topic:crime",
    "change != CREATED",
];
const TOPICS: [&str; 3] = ["military", "health", "crime"];

fn filter(number: usize) -> EventFilter {
    EventFilter {
        expression: FILTERS[number].into(),
        ..EventFilter::default()
    }
}

fn parsed(expression: &str) -> Filter {
    let filter = EventFilter {
        expression: expression.into(),
        ..EventFilter::default()
    };
    Filter::parse(&filter, coder().gazetteer()).unwrap()
}

fn sequence(cursor: &str) -> u64 {
    cursor.parse::<Cursor>().unwrap().sequence.get()
}

/// What is to be heard of the journal, given where each filter begins: sequence and whether it left.
fn reference(server: &Server, changes: &[(u64, String)]) -> Vec<(u64, bool)> {
    let filters: HashMap<&str, Filter> = changes
        .iter()
        .map(|(_, expression)| (expression.as_str(), parsed(expression)))
        .collect();
    let mut heard = Vec::new();
    let mut at = Sequence::ZERO;
    while at < server.journal.head() {
        let stretch = server.journal.read(at, ReadLimit::default()).unwrap();
        at = stretch.looked_through;
        for item in stretch.items {
            let Item::Revision(revision) = item else {
                panic!("nothing is damaged")
            };
            let number = revision.sequence.get();
            let in_force = changes.iter().rev().find(|(after, _)| *after < number);
            let filter = &filters[in_force.expect("there is a first").1.as_str()];
            let now = filter.matches(&revision.event());
            let before = revision.before().is_some_and(|before| filter.matches(&before));
            if now || before {
                heard.push((number, !now));
            }
        }
    }
    heard
}

async fn write(server: &Server, writer: &mut Writer, count: usize, seed: usize) {
    for number in 0..count {
        let pick = (number + seed) * 7919;
        let known = format!("event-{}", pick % 40);
        let change = [Change::Corrected, Change::Corroborated, Change::Retracted][pick % 3];
        let revision = writer.state(&known, TOPICS[pick / 3 % 3], change);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
}

/// Changes filters before, while and after revisions come; compares what was heard with the journal.
async fn compare(before: usize, changes: Vec<(usize, usize)>, batch: u32, memory: usize) {
    let server = Server::with(|config| {
        config.journal.segment_bytes = 32 << 10;
        config.journal.recent_bytes = memory;
    })
    .await;
    let mut writer = Writer::default();
    write(&server, &mut writer, before, 1).await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        max_batch_size: batch,
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("it comes first")
    };
    let mut last = 0;
    for (count, number) in changes {
        let change = UpdateSubscriptionRequest {
            subscription_id: started.subscription_id.clone(),
            filter: Some(filter(number)),
        };
        let answer = client.update_subscription(change).await.unwrap().into_inner();
        assert_eq!(answer.generation, last + 1);
        assert_eq!(answer.canonical_filter, parsed(FILTERS[number]).canonical());
        last = answer.generation;
        write(&server, &mut writer, count, number).await;
    }
    // The last filter takes everything, and so the last event comes.
    let change = UpdateSubscriptionRequest {
        subscription_id: started.subscription_id.clone(),
        filter: None,
    };
    client.update_subscription(change).await.unwrap();
    write(&server, &mut writer, 1, 0).await;
    let head = server.journal.head().get();
    let (mut heard, mut in_force) = (Vec::new(), vec![(0, String::new())]);
    let (mut at, mut told) = (0, 0);
    while at < head || told <= last {
        match reader.message().await {
            Message::Batch(batch) => {
                for (index, event) in (0..).zip(&batch.events) {
                    heard.push((sequence(&event.cursor), batch.left.contains(&index)));
                }
                at = sequence(&batch.cursor);
            }
            Message::FilterChanged(changed) => {
                assert!(changed.generation > told, "each change once, in order");
                told = changed.generation;
                assert!(sequence(&changed.cursor) >= at, "a cursor goes on");
                at = sequence(&changed.cursor);
                in_force.push((at, changed.canonical_filter));
            }
            Message::Checkpoint(checkpoint) => at = sequence(&checkpoint.cursor),
            Message::CaughtUp(caught_up) => at = sequence(&caught_up.cursor),
            Message::FellBehind(behind) => at = sequence(&behind.cursor),
            other => panic!("nothing is lost and nothing ends: {other:?}"),
        }
    }
    assert_eq!(told, last + 1, "the last change is told");
    assert_eq!(heard, reference(&server, &in_force));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn each_revision_goes_through_the_filter_that_its_stream_told_of(
        before in 0_usize..200,
        changes in prop::collection::vec((0_usize..40, 0..FILTERS.len()), 1..12),
        batch in 1_u32..20,
        little in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(compare(before, changes, batch, if little { 2 << 10 } else { 1 << 20 }));
    }
}

async fn refused(client: &mut Client, id: &str, filter: Option<EventFilter>) -> (Code, String) {
    let request = UpdateSubscriptionRequest {
        subscription_id: id.into(),
        filter,
    };
    let status = client.update_subscription(request).await.unwrap_err();
    (status.code(), status.get_details_error_info().unwrap().reason)
}

#[tokio::test]
async fn only_who_has_the_whole_id_of_a_live_stream_changes_its_filter() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic("military"),
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("it comes first")
    };
    let id = started.subscription_id;
    let (name, secret) = id.split_once('-').unwrap();
    assert!(secret.len() >= 32, "128 bits cannot be guessed");
    let not_found = (Code::NotFound, reason::SUBSCRIPTION_NOT_FOUND.to_owned());
    for other in [
        name,
        secret,
        &id[..id.len() - 1],
        &format!("{name}-{}", "0".repeat(32)),
    ] {
        assert_eq!(refused(&mut client, other, None).await, not_found);
    }
    let invalid = (Code::InvalidArgument, reason::FIELD_INVALID.to_owned());
    assert_eq!(refused(&mut client, "", None).await, invalid);
    let filter_invalid = (Code::InvalidArgument, reason::FILTER_INVALID.to_owned());
    assert_eq!(refused(&mut client, &id, topic("militray")).await, filter_invalid);
    // None of these changed anything.
    reader.until_caught_up().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 1, "health").await;
    server.fill(&mut writer, 1, "military").await;
    assert_eq!(reader.batch().await.events[0].topics, ["military"]);
    drop(reader);
    // The stream goes with its reader, as soon as the server hears of it.
    let deadline = std::time::Instant::now() + crate::harness::PATIENCE;
    loop {
        let request = UpdateSubscriptionRequest {
            subscription_id: id.clone(),
            filter: None,
        };
        match client.update_subscription(request).await {
            Ok(_) => assert!(std::time::Instant::now() < deadline, "it never goes"),
            Err(status) => {
                assert_eq!(status.code(), Code::NotFound);
                break;
            }
        }
        tokio::task::yield_now().await;
    }
}
