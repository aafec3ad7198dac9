//! What lists and counts cost, the whole of each: `cargo bench -p dateline-server --bench standing`, events in all as an argument (default
//! 200,000). One event in ten thousand is about Peru, one in a hundred about France, each other one about one of six countries.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use dateline_coder::Coder;
use dateline_journal::{Entry, Journal, Options, Revision};
use dateline_proto::v1::{
    Actor, AggregateEventsRequest, Change, Event, EventFilter, ListEventsRequest, Mention,
};
use dateline_server::{app::drain::Drain, config::Limits, feed::Feed};

const COUNTRIES: [&str; 6] = ["PRK", "RUS", "USA", "CHN", "UKR", "DEU"];
const TOPICS: [&str; 6] = [
    "military",
    "diplomatic",
    "economic",
    "election",
    "cyber",
    "migration",
];
/// Each figure is the best of so many, as noise only adds.
const TRIES: usize = 5;

fn event(number: usize) -> Revision {
    let country = match number {
        _ if number % 10_000 == 5_000 => "PER",
        _ if number % 100 == 50 => "FRA",
        _ => COUNTRIES[number % 6],
    };
    let event = Event {
        event_id: format!("event-{number:09}"),
        revision: 1,
        change: Change::Created.into(),
        r#type: (number % 16) as i32 + 1,
        actors: vec![Actor {
            name: format!("Leader {} of {country}", number % 50),
            country: country.into(),
            code: format!("{country}GOV"),
            ..Actor::default()
        }],
        topics: vec![TOPICS[number % 6].into(), TOPICS[number / 5 % 6].into()],
        intensity: -5.5,
        mentions: vec![Mention {
            article_id: format!("article-{}", number / 5),
            publisher: format!("Paper {}", number % 20),
            sentence: "The leaders of the two countries met on Wednesday and spoke about closer ties.".into(),
            ..Mention::default()
        }],
        ..Event::default()
    };
    Revision {
        event: event.into(),
        ..Revision::default()
    }
}

async fn fill(journal: &Journal, events: usize) {
    for first in (0..events).step_by(1_000) {
        let entry = Entry {
            revisions: (first..(first + 1_000).min(events)).map(event).collect(),
            ..Entry::default()
        };
        let submitted = journal
            .submit(entry, journal.generation())
            .await
            .expect("there is room");
        submitted.durable.await.expect("it is stored");
    }
}

fn filter(expression: &str) -> Option<EventFilter> {
    Some(EventFilter {
        expression: expression.into(),
        ..EventFilter::default()
    })
}

fn row(what: &str, time: Duration, note: &str) {
    println!("{what:<52} {:>10.2} ms   {note}", time.as_secs_f64() * 1e3);
}

/// All pages; how many there were, and the events.
fn list(feed: &Feed, request: &ListEventsRequest) -> (usize, usize) {
    let (mut pages, mut events) = (0, 0);
    let mut request = request.clone();
    loop {
        let page = feed.list_events(&request).expect("a page");
        (pages, events) = (pages + 1, events + page.events.len());
        if page.next_page_token.is_empty() {
            return (pages, events);
        }
        request.page_token = page.next_page_token;
    }
}

fn main() {
    let events = std::env::args().find_map(|argument| argument.parse().ok());
    let events = events.unwrap_or(200_000);
    let folder = tempfile::tempdir().expect("a folder");
    let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| ()).expect("it opens");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("it runs");
    runtime.block_on(fill(&journal, events));
    let coder = Arc::new(Coder::new().expect("it loads"));
    let limits = Limits::default();
    let feed = Feed::new(
        journal,
        coder.gazetteer().clone(),
        "bench".into(),
        &limits,
        Drain::default(),
    );
    println!("{events} events");
    for (what, expression) in [
        ("list all of 0.01 %", "country:PER"),
        ("list all of 1 %", "country:FRA"),
        (
            "list all of 0.01 % without the indexes",
            "NOT (country:FRA OR country:PRK OR country:RUS OR country:USA OR country:CHN OR country:UKR OR country:DEU)",
        ),
    ] {
        let request = ListEventsRequest {
            filter: filter(expression),
            page_size: 1_000,
            ..ListEventsRequest::default()
        };
        let tries = (0..TRIES).map(|_| {
            let begun = Instant::now();
            (list(&feed, &request), begun.elapsed())
        });
        let ((pages, found), time) = tries.min_by_key(|(_, time)| *time).expect("some try");
        row(what, time, &format!("{found} events on {pages} pages"));
    }
    for (what, expression, first) in [
        ("first page of 100 of all", "", true),
        ("first page of 100 of 1 %", "country:FRA", true),
        ("newest page of 100 of a sixth", "country:RUS", false),
    ] {
        let request = ListEventsRequest {
            filter: filter(expression),
            newest_first: !first,
            ..ListEventsRequest::default()
        };
        let tries = (0..TRIES).map(|_| {
            let begun = Instant::now();
            let page = feed.list_events(&request).expect("a page");
            (page.events.len(), begun.elapsed())
        });
        let (found, time) = tries.min_by_key(|(_, time)| *time).expect("some try");
        row(what, time, &format!("{found} events"));
    }
    for (what, expression, group_by) in [
        ("count all", "", &[][..]),
        ("count all by country and topic", "", &["country", "topic"]),
        ("count 1 % by topic", "country:FRA", &["topic"]),
        ("count 0.01 % by topic", "country:PER", &["topic"]),
        ("count a sixth by type", "country:RUS", &["type"]),
    ] {
        let mut best = (Duration::MAX, 0, 0);
        for _ in 0..TRIES {
            let request = AggregateEventsRequest {
                filter: filter(expression),
                group_by: group_by.iter().map(|field| (*field).to_owned()).collect(),
                page_size: 1_000,
                ..AggregateEventsRequest::default()
            };
            let begun = Instant::now();
            let counts = runtime.block_on(feed.aggregate_events(request)).expect("counts");
            let time = begun.elapsed();
            if time < best.0 {
                best = (time, counts.event_count, counts.group_count);
            }
        }
        row(what, best.0, &format!("{} events in {} groups", best.1, best.2));
    }
}
