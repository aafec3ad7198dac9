//! The main promise, tried at random: whatever the filter and wherever the connection breaks, what all calls delivered together
//! is what the journal holds for that filter: no duplicate, no gap, nothing else.

use dateline_journal::{Item, ReadLimit, Sequence};
use dateline_proto::v1::{Change, EventFilter, EventType, SubscribeRequest, subscribe_response::Message};
use dateline_server::filter::Filter;
use proptest::prelude::*;

use crate::harness::{Client, Reader, Server, Writer, after, coder, earliest};

const TOPICS: [&str; 3] = ["military", "health", "crime"];

/// One revision: of which event, with which topic and which change.
#[derive(Clone, Debug)]
struct Step {
    event: u8,
    topic: usize,
    change: u8,
}

fn step() -> impl Strategy<Value = Step> {
    (0_u8..12, 0..TOPICS.len(), 0_u8..4).prop_map(|(event, topic, change)| Step { event, topic, change })
}

fn filter() -> impl Strategy<Value = EventFilter> {
    let topics = prop::collection::vec(prop::sample::select(TOPICS.to_vec()), 0..3);
    (topics, any::<bool>(), 0..3).prop_map(|(topics, never, change)| EventFilter {
        topics: topics.into_iter().map(str::to_owned).collect(),
        types: never
            .then_some(EventType::Assault.into())
            .into_iter()
            .filter(|_| change == 2)
            .collect(),
        expression: if change == 1 {
            "change != RETRACTED".into()
        } else {
            String::new()
        },
        ..EventFilter::default()
    })
}

/// What a filter's subscribers are to hear: sequence and whether it left.
fn reference(server: &Server, filter: &EventFilter) -> Vec<(u64, bool)> {
    let filter = Filter::parse(filter, coder().gazetteer()).unwrap();
    let mut heard = Vec::new();
    let mut at = Sequence::ZERO;
    while at < server.journal.head() {
        let stretch = server.journal.read(at, ReadLimit::default()).unwrap();
        at = stretch.looked_through;
        for item in stretch.items {
            let Item::Revision(revision) = item else {
                panic!("nothing is damaged")
            };
            let now = filter.matches(&revision.event());
            let before = revision.before().is_some_and(|before| filter.matches(&before));
            if now || before {
                heard.push((revision.sequence.get(), !now));
            }
        }
    }
    heard
}

/// Reads on after `cursor`, breaks off after so many messages; where that leaves the reader.
async fn read_some(
    client: &mut Client,
    filter: &EventFilter,
    cursor: Option<&str>,
    breaks_after: usize,
    heard: &mut Vec<(u64, bool)>,
) -> (String, bool) {
    let start = cursor.map_or_else(earliest, after);
    let request = SubscribeRequest {
        filter: Some(filter.clone()),
        max_batch_size: (breaks_after as u32 % 7) + 1,
        ..start
    };
    let mut reader = Reader::open(client, request).await.unwrap();
    for _ in 0..=breaks_after {
        match reader.message().await {
            Message::Batch(batch) => {
                for (index, event) in (0..).zip(&batch.events) {
                    let at = event.cursor.parse::<dateline_journal::Cursor>().unwrap();
                    heard.push((at.sequence.get(), batch.left.contains(&index)));
                }
            }
            Message::CaughtUp(_) => return (reader.cursor, true),
            _ => {}
        }
    }
    (reader.cursor, false)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_union_over_all_resumes_is_the_journal(
        steps in prop::collection::vec(step(), 1..150),
        filters in prop::collection::vec(filter(), 1..4),
        breaks in prop::collection::vec(0_usize..8, 1..40),
        restart in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            // Small files and almost no memory: every way of reading is taken.
            let mut server = Server::with(|config| {
                config.journal.segment_bytes = 8 << 10;
                config.journal.recent_bytes = 2 << 10;
            }).await;
            let mut writer = Writer::default();
            let half = steps.len() / 2;
            let mut heard = vec![Vec::new(); filters.len()];
            let mut cursors = vec![None; filters.len()];
            for (part, steps) in [&steps[..half], &steps[half..]].into_iter().enumerate() {
                for step in steps {
                    let changes = [Change::Created, Change::Corroborated, Change::Corrected, Change::Retracted];
                    let change = changes[usize::from(step.change)];
                    let revision = writer.state(&format!("event-{}", step.event), TOPICS[step.topic], change);
                    let stamps = server.append(vec![revision]).await;
                    writer.stamped(&stamps);
                }
                let mut client = server.client().await;
                let mut breaks = breaks.iter().copied().cycle();
                for (index, filter) in filters.iter().enumerate() {
                    loop {
                        let cursor: Option<String> = cursors[index].take();
                        let breaks_after = breaks.next().unwrap();
                        let (at, caught_up) =
                            read_some(&mut client, filter, cursor.as_deref(), breaks_after + 1, &mut heard[index]).await;
                        cursors[index] = Some(at);
                        if caught_up {
                            break;
                        }
                    }
                }
                if restart && part == 0 {
                    drop(client);
                    server = server.restart(|_| ()).await;
                }
            }
            for (filter, heard) in filters.iter().zip(&heard) {
                assert_eq!(heard, &reference(&server, filter), "{filter:?}");
            }
        });
    }
}
