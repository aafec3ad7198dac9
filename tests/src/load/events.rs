//! Events to publish: all alike in size, different in content.

use dateline_proto::v1::{Actor, CivilDate, Event, EventType, Mention};
use prost::Message;

const COUNTRIES: [&str; 10] = [
    "PRK", "RUS", "USA", "CHN", "FRA", "NER", "UKR", "TUR", "JPN", "KOR",
];
const TOPICS: [&str; 8] = [
    "military",
    "diplomatic",
    "economic",
    "legal",
    "health",
    "crime",
    "election",
    "environment",
];
/// What the server adds when it takes an event: id, revision, change, cursor and times.
const ADDED_BYTES: usize = 120;

/// The event of number `n`, about `bytes` long as the feed stores it. Different numbers are different events.
pub fn event(n: u64, bytes: usize) -> Event {
    let pick = |list: &[&str], salt: u64| list[((n * 7 + salt) % list.len() as u64) as usize].to_owned();
    let mut event = Event {
        event_id: format!("load-{n}"),
        r#type: EventType::try_from((n % 16 + 1) as i32).map_or(0, |kind| kind as i32),
        actors: vec![actor(pick(&COUNTRIES, 0))],
        recipients: vec![actor(pick(&COUNTRIES, 3))],
        topics: vec![pick(&TOPICS, 0)],
        event_date: Some(CivilDate {
            year: 2026,
            month: 1,
            day: (n % 28) as i32 + 1,
        }),
        coder: "load".into(),
        confidence: 0.5,
        mentions: vec![Mention {
            article_id: format!("load-article-{n}"),
            ..Mention::default()
        }],
        mention_count: 1,
        article_count: 1,
        ..Event::default()
    };
    let room = bytes.saturating_sub(event.encoded_len() + ADDED_BYTES);
    event.mentions[0].sentence = "The ministers met and said little. "
        .chars()
        .cycle()
        .take(room)
        .collect();
    event
}

fn actor(country: String) -> Actor {
    Actor {
        name: format!("Government of {country}"),
        code: format!("{country}GOV"),
        country,
        sectors: vec!["GOV".into()],
        ..Actor::default()
    }
}
