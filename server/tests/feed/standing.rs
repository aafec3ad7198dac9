//! Lists and counts against a model that remembers everything: random feeds, filters, times and page sizes, with files that are trimmed
//! and revisions that come between two pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dateline_journal::{Cursor, Revision, Sequence};
use dateline_proto::{
    reason,
    time::{Duration, Timestamp},
    v1::{
        Actor, AggregateEventsRequest, AggregateEventsResponse, Change, Event, EventAggregate, EventFilter,
        EventType, ListEventsRequest, Mention,
    },
};
use dateline_server::filter::Filter;
use proptest::prelude::*;
use rand::{SeedableRng as _, rngs::StdRng};
use tonic::Status;
use tonic_types::StatusExt as _;

use crate::harness::{Client, Server, coder};

const TOPICS: [&str; 4] = ["military", "health", "crime", "economic"];
const COUNTRIES: [&str; 4] = ["PRK", "RUS", "USA", ""];
const PUBLISHERS: [&str; 3] = ["Example Times", "Other Post", ""];
const FILTERS: [&str; 10] = [
    "",
    "topic:economic",
    "topic:military AND country:RUS",
    "type = ASSAULT AND topic:crime",
    "NOT topic:military",
    "country:USA AND change = CORRECTED",
    "topic:economic OR type = ASSAULT",
    "actor.name = \"nobody\"",
    "topic:economic AND country:RUS AND type = ASSAULT",
    "topic:economic AND topic:health AND country:PRK",
];

/// All revisions of every event, oldest first.
#[derive(Default)]
struct Model(HashMap<String, Vec<(Sequence, Event)>>);

struct Random {
    random: StdRng,
    model: Model,
    made: usize,
}

impl Random {
    fn some<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.random.random_range(0..of.len())]
    }

    fn state(&mut self, event_id: String) -> Event {
        let known = self
            .model
            .0
            .get(&event_id)
            .and_then(|known| known.last())
            .cloned();
        let changes = [Change::Corroborated, Change::Corrected, Change::Retracted];
        let change = known
            .as_ref()
            .map_or(Change::Created, |_| changes[self.random.random_range(0..3)]);
        // The last topic and type are rare, so that the indexes are worth asking.
        let rare = self.random.random_range(0..20) == 0;
        let topics = self.random.random_range(0..3);
        let topics: BTreeSet<&str> = (0..topics)
            .map(|_| self.some(&TOPICS[..3]))
            .chain(rare.then_some(TOPICS[3]))
            .collect();
        let parties: Vec<Actor> = (0..self.random.random_range(0..3))
            .map(|number| {
                let country = self.some(&COUNTRIES);
                Actor {
                    name: format!("Party {number} of {country}"),
                    country: country.into(),
                    code: country.into(),
                    ..Actor::default()
                }
            })
            .collect();
        let mentions = (0..self.random.random_range(0..3)).map(|_| Mention {
            article_id: "a".into(),
            publisher: self.some(&PUBLISHERS).into(),
            ..Mention::default()
        });
        let mentions = mentions.collect();
        let kind = if self.random.random_range(0..25) == 0 {
            EventType::Assault
        } else {
            EventType::Consult
        };
        Event {
            event_id,
            revision: known.as_ref().map_or(1, |(_, event)| event.revision + 1),
            change: change.into(),
            r#type: kind.into(),
            actors: parties,
            topics: topics.into_iter().map(str::to_owned).collect(),
            mentions,
            intensity: self.random.random_range(-100..=100) as f32 / 10.0,
            summary: "x".repeat(self.random.random_range(0..400)),
            coder: "test".into(),
            create_time: known.and_then(|(_, event)| event.create_time),
            ..Event::default()
        }
    }

    /// Appends entries of new and changed events.
    async fn append(&mut self, server: &Server, revisions: usize) {
        let mut left = revisions;
        while left > 0 {
            let mut ids = BTreeSet::new();
            for _ in 0..self.random.random_range(1..=left.min(20)) {
                if self.made == 0 || self.random.random_range(0..3) > 0 {
                    self.made += 1;
                    ids.insert(self.made);
                } else {
                    ids.insert(self.random.random_range(1..=self.made));
                }
            }
            left = left.saturating_sub(ids.len());
            let mut revisions = Vec::new();
            for id in ids {
                let event_id = format!("event-{id:05}");
                let before = self
                    .model
                    .0
                    .get(&event_id)
                    .and_then(|known| known.last())
                    .cloned();
                let previous = before.as_ref().map_or(Sequence::ZERO, |(at, _)| *at);
                revisions.push(Revision {
                    event: self.state(event_id).into(),
                    before: before.map(|(_, event)| event.into()),
                    previous,
                    held: false,
                });
            }
            let stamps = server.append(revisions.clone()).await;
            for (revision, stamp) in revisions.into_iter().zip(stamps) {
                let mut event = (*revision.event).clone();
                event.cursor = stamp.cursor.to_string();
                event.update_time = Some(stamp.update_time);
                event.create_time.get_or_insert(stamp.update_time);
                let known = self.model.0.entry(event.event_id.clone()).or_default();
                known.push((stamp.sequence, event));
            }
        }
    }
}

impl Model {
    /// The events as they stood, in the order of their first revisions.
    fn at(&self, pin: Sequence) -> Vec<Event> {
        let stood = self.0.values().filter_map(|revisions| {
            let then = revisions.iter().rev().find(|(at, _)| *at <= pin)?;
            Some((revisions[0].0, then.1.clone()))
        });
        let in_order: BTreeMap<Sequence, Event> = stood.collect();
        in_order.into_values().collect()
    }

    /// Whether a revision that stood then is newer than no other, and gone.
    fn lost(&self, pin: Sequence, oldest: Sequence) -> bool {
        self.0.values().any(|revisions| {
            let then = revisions.iter().rev().find(|(at, _)| *at <= pin);
            let newest = revisions.last().expect("an event has a revision").0;
            newest > pin && then.is_some_and(|(at, _)| *at < oldest)
        })
    }
}

fn filter(expression: &str) -> Option<EventFilter> {
    Some(EventFilter {
        expression: expression.into(),
        ..EventFilter::default()
    })
}

fn inside(event: &Event, start: Option<Timestamp>, end: Option<Timestamp>) -> bool {
    let created = event.create_time.unwrap();
    start.is_none_or(|start| created >= start) && end.is_none_or(|end| created < end)
}

fn pin_of(cursor: &str) -> Sequence {
    cursor.parse::<Cursor>().unwrap().sequence
}

/// What is said where a revision that has to be shown was trimmed.
fn expired(status: &Status) -> bool {
    status.get_details_error_info().unwrap().reason == reason::PAGE_TOKEN_EXPIRED
}

/// All pages, with revisions that come after the first.
async fn list(
    client: &mut Client,
    server: &Server,
    feed: &mut Random,
    mut request: ListEventsRequest,
) -> Result<(Sequence, Vec<Event>), (Sequence, Status)> {
    let mut events = Vec::new();
    let mut pin = server.journal.head();
    loop {
        let page = client
            .list_events(request.clone())
            .await
            .map_err(|status| (pin, status))?
            .into_inner();
        pin = pin_of(&page.resume_cursor);
        events.extend(page.events);
        if page.next_page_token.is_empty() {
            return Ok((pin, events));
        }
        if request.page_token.is_empty() {
            feed.append(server, 30).await;
        }
        request.page_token = page.next_page_token;
    }
}

async fn count(
    client: &mut Client,
    server: &Server,
    feed: &mut Random,
    mut request: AggregateEventsRequest,
) -> Result<(Sequence, u64, Vec<EventAggregate>), (Sequence, Status)> {
    let mut groups = Vec::new();
    let mut pin = server.journal.head();
    loop {
        let page = client
            .aggregate_events(request.clone())
            .await
            .map_err(|status| (pin, status))?;
        let page: AggregateEventsResponse = page.into_inner();
        pin = pin_of(&page.resume_cursor);
        groups.extend(page.aggregates);
        if page.next_page_token.is_empty() {
            assert_eq!(page.group_count, groups.len() as u64);
            return Ok((pin, page.event_count, groups));
        }
        if request.page_token.is_empty() {
            feed.append(server, 30).await;
        }
        request.page_token = page.next_page_token;
    }
}

/// Every combination of what an event has.
fn keys_of(event: &Event, group_by: &[String]) -> Vec<BTreeMap<String, String>> {
    let mut combinations = vec![BTreeMap::new()];
    for field in group_by {
        let of_parties = |part: fn(&Actor) -> &String| {
            let parties = event.actors.iter().chain(&event.recipients);
            parties.map(|party| part(party).clone()).collect::<Vec<_>>()
        };
        let values = match field.as_str() {
            "actor" => of_parties(|party| &party.name),
            "country" => of_parties(|party| &party.country),
            "topic" => event.topics.clone(),
            "type" => vec![event.r#type().short_name().to_owned()],
            _ => event
                .mentions
                .iter()
                .map(|mention| mention.publisher.clone())
                .collect(),
        };
        let mut values: BTreeSet<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
        if values.is_empty() {
            values.insert(String::new());
        }
        let with = |value: &String| {
            let value = value.clone();
            combinations.iter().cloned().map(move |mut keys| {
                keys.insert(field.clone(), value.clone());
                keys
            })
        };
        combinations = values.iter().flat_map(with).collect();
    }
    combinations
}

/// Groups in the order of the contract.
fn counted(events: &[Event], request: &AggregateEventsRequest) -> Vec<EventAggregate> {
    let mut groups: BTreeMap<(Option<i64>, Vec<String>), (u64, f64)> = BTreeMap::new();
    for event in events {
        let bucket = request.bucket.map(|width| {
            let seconds = event.create_time.unwrap().seconds;
            seconds - seconds % width.seconds
        });
        for keys in keys_of(event, &request.group_by) {
            let values = request.group_by.iter().map(|field| keys[field].clone()).collect();
            let group = groups.entry((bucket, values)).or_default();
            group.0 += 1;
            group.1 += f64::from(event.intensity);
        }
    }
    if groups.is_empty() && request.bucket.is_none() && request.group_by.is_empty() {
        groups.insert((None, Vec::new()), (0, 0.0));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let aggregate =
        |((bucket, values), (count, sum)): ((Option<i64>, Vec<String>), (u64, f64))| EventAggregate {
            keys: request.group_by.iter().cloned().zip(values).collect(),
            bucket_time: bucket.map(|seconds| Timestamp { seconds, nanos: 0 }),
            event_count: count,
            mean_intensity: if count == 0 { 0.0 } else { sum / count as f64 },
        };
    groups.into_iter().map(aggregate).collect()
}

async fn compare(seed: u64) {
    // Small files, of which a few, many or all are kept: some events stand in the views alone, others in files, others in memory.
    let server = Server::with(|config| {
        config.journal.segment_bytes = 16 << 10;
        config.journal.recent_bytes = 4 << 10;
        config.journal.keep_bytes = [48 << 10, 256 << 10, 0][(seed % 3) as usize];
    })
    .await;
    let mut client = server.client().await;
    let mut feed = Random {
        random: StdRng::seed_from_u64(seed),
        model: Model::default(),
        made: 0,
    };
    let mut answered = 0;
    for _ in 0..3 {
        feed.append(&server, 600).await;
        if feed.random.random() {
            let journal = server.journal.clone();
            let trimmed = tokio::task::spawn_blocking(move || journal.trim_now()).await;
            trimmed.unwrap().unwrap();
        }
        for expression in FILTERS {
            let known = Filter::parse(&filter(expression).unwrap(), coder().gazetteer()).unwrap();
            let mut some_time = || {
                let at = feed.random.random_range(0..feed.made);
                let revisions = feed.model.0.values().nth(at)?;
                let wanted = feed.random.random_range(0..3) == 0;
                revisions[0].1.create_time.filter(|_| wanted)
            };
            let (start_time, end_time) = (some_time(), some_time());
            let request = ListEventsRequest {
                filter: filter(expression),
                page_size: feed.random.random_range(1..12),
                start_time,
                end_time,
                show_retracted: feed.random.random(),
                newest_first: feed.random.random(),
                ..ListEventsRequest::default()
            };
            match list(&mut client, &server, &mut feed, request.clone()).await {
                Ok((pin, events)) => {
                    let mut expected = feed.model.at(pin);
                    expected.retain(|event| {
                        let shown = request.show_retracted || event.change() != Change::Retracted;
                        shown && known.matches(event) && inside(event, start_time, end_time)
                    });
                    if request.newest_first {
                        expected.reverse();
                    }
                    assert_eq!(events, expected, "{request:?}");
                    answered += 1;
                }
                Err((pin, status)) => {
                    assert!(expired(&status) && feed.model.lost(pin, server.journal.oldest()))
                }
            }
            let fields = ["actor", "country", "topic", "type", "publisher"];
            let mut group_by: Vec<String> = fields.map(str::to_owned).into();
            group_by.retain(|_| feed.random.random_range(0..3) == 0);
            let request = AggregateEventsRequest {
                filter: filter(expression),
                group_by,
                bucket: feed
                    .random
                    .random::<bool>()
                    .then_some(Duration { seconds: 1, nanos: 0 }),
                start_time,
                end_time,
                page_size: feed.random.random_range(1..40),
                ..AggregateEventsRequest::default()
            };
            match count(&mut client, &server, &mut feed, request.clone()).await {
                Ok((pin, event_count, groups)) => {
                    let mut events = feed.model.at(pin);
                    events.retain(|event| {
                        event.change() != Change::Retracted
                            && known.matches(event)
                            && inside(event, start_time, end_time)
                    });
                    assert_eq!(event_count, events.len() as u64, "{request:?}");
                    let expected = counted(&events, &request);
                    assert_eq!(groups.len(), expected.len(), "{request:?}");
                    for (group, expected) in groups.iter().zip(&expected) {
                        assert!((group.mean_intensity - expected.mean_intensity).abs() < 1e-5);
                        let same_mean = EventAggregate {
                            mean_intensity: group.mean_intensity,
                            ..expected.clone()
                        };
                        assert_eq!(*group, same_mean, "{request:?}");
                    }
                    answered += 1;
                }
                Err((pin, status)) => {
                    assert!(expired(&status) && feed.model.lost(pin, server.journal.oldest()))
                }
            }
        }
    }
    assert!(answered > 30, "most were answered, not refused: {answered} of 60");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn lists_and_counts_say_what_a_model_of_the_whole_feed_says(seed in any::<u64>()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(compare(seed));
    }
}
