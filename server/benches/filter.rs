//! What a filter costs: per event on one core, and to read.
//!
//! `cargo bench -p dateline-server --bench filter`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_coder::actor::{ActorFiles, Gazetteer};
use dateline_proto::v1::{Actor, Change, CivilDate, Event, EventFilter, EventType, Mention, Place};
use dateline_server::filter::Filter;

const COUNTRIES: [&str; 8] = ["PRK", "RUS", "USA", "CHN", "UKR", "FRA", "DEU", "IND"];
const NAMES: [&str; 8] = [
    "Kim Jong Un",
    "Vladimir Putin",
    "United States",
    "police",
    "Ukraine",
    "Emmanuel Macron",
    "protesters",
    "India",
];
const TOPICS: [&str; 6] = [
    "military",
    "diplomatic",
    "economic",
    "election",
    "cyber",
    "migration",
];

fn events() -> Vec<Event> {
    let party = |index: usize| Actor {
        name: NAMES[index % 8].into(),
        text: "the leader".into(),
        country: COUNTRIES[index % 8].into(),
        sectors: vec!["GOV".into()],
        code: format!("{}GOV", COUNTRIES[index % 8]),
    };
    let event = |index: usize| Event {
        event_id: format!("e{index}"),
        revision: 1,
        change: Change::Created.into(),
        r#type: (index % 16) as i32 + 1,
        actors: vec![party(index)],
        recipients: vec![party(index / 3 + 1)],
        topics: vec![TOPICS[index % 6].into(), TOPICS[(index / 5) % 6].into()],
        event_date: Some(CivilDate {
            year: 2023,
            month: 9,
            day: (index % 28) as i32 + 1,
        }),
        place: Some(Place {
            country: COUNTRIES[index / 7 % 8].into(),
            ..Default::default()
        }),
        intensity: -5.5,
        confidence: 0.8,
        mentions: vec![Mention {
            article_id: format!("a{index}"),
            publisher: "Example Times".into(),
            ..Default::default()
        }],
        ..Default::default()
    };
    (0..1024).map(event).collect()
}

fn matching(c: &mut Criterion) {
    let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files load");
    let countries = EventFilter {
        actors: gazetteer
            .entries()
            .iter()
            .filter(|entry| !entry.alpha2.is_empty())
            .take(100)
            .map(|entry| entry.country.clone())
            .collect(),
        ..Default::default()
    };
    let expression = |text: &str| EventFilter {
        expression: text.to_owned(),
        ..Default::default()
    };
    let filters = [
        ("everything", expression("")),
        ("one type", expression("type = CONSULT")),
        ("one country", expression("actor:PRK")),
        (
            "person and topic",
            expression("actor:'Kim Jong Un' AND topic:military"),
        ),
        (
            "usual",
            expression(
                "type = (CONSULT OR AGREE) AND country:RUS AND NOT historical AND event_date >= 2023-09-10",
            ),
        ),
        ("part of a name", expression("actor.name:putin")),
        ("100 countries", countries),
    ];
    let events = events();
    let mut group = c.benchmark_group("match");
    group.throughput(Throughput::Elements(events.len() as u64));
    for (name, filter) in &filters {
        let filter = Filter::parse(filter, &gazetteer).expect("it is a filter");
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                events
                    .iter()
                    .filter(|event| filter.matches(black_box(event)))
                    .count()
            });
        });
    }
    group.finish();

    let mut group = c.benchmark_group("parse");
    for (name, filter) in &filters[4..] {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| Filter::parse(black_box(filter), &gazetteer));
        });
    }
    let types: Vec<&str> = (1..=16)
        .filter_map(|value| EventType::try_from(value).ok())
        .map(EventType::short_name)
        .collect();
    let long = (0..500)
        .map(|index| format!("type = {}", types[index % 16]))
        .collect::<Vec<_>>()
        .join(" OR ");
    let long = expression(&long);
    group.bench_function("500 conditions", |bencher| {
        bencher.iter(|| Filter::parse(black_box(&long), &gazetteer));
    });
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
