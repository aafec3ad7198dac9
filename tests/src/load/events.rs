//! Events to publish: all alike in size, different in content.

use std::ops::Range;

use bytes::Bytes;
use dateline_proto::v1::{Actor, CivilDate, Event, EventType, Mention, PublishEventsRequest};
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

/// Names that one event in a hundred, and one in ten thousand, has as one more actor: filters of a known share.
pub const SHARES: [(u64, &str); 2] = [(100, "The Hundredth"), (10_000, "The Ten Thousandth")];

/// Where the events of a run come from.
#[derive(Clone, Copy, Debug)]
pub struct Events {
    bytes: usize,
}

impl Events {
    /// Made events of about so many bytes.
    pub fn made(bytes: usize) -> Self {
        Self { bytes }
    }

    /// A word for file names.
    pub fn name(&self) -> String {
        format!("made-{}", self.bytes)
    }

    /// The event of number `n` as it is published.
    pub fn event(&self, n: u64) -> Event {
        event(n, self.bytes)
    }

    /// A call that publishes a range of events.
    pub fn batch(&self, range: Range<u64>) -> PublishEventsRequest {
        PublishEventsRequest {
            events: range.map(|n| self.event(n)).collect(),
            ..Default::default()
        }
    }

    /// The event of number `n` for a system that stores bytes as they are given: as many as Dateline delivers.
    pub fn payload(&self, n: u64) -> Bytes {
        event(n, self.bytes + ADDED_BYTES).encode_to_vec().into()
    }

    /// The subject that the event has in NATS: what filters select by, made so that a filter is one literal subject.
    pub fn subject(&self, n: u64) -> String {
        match SHARES.iter().rev().find(|(share, _)| in_share(n, *share)) {
            Some((share, _)) => format!("events.one-in-{share}"),
            None => format!("events.{}", n % 80),
        }
    }
}

/// Whether the event of number `n` is the one among so many that has the share's name.
pub fn in_share(n: u64, share: u64) -> bool {
    n % share == share / 2
}

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
    for (share, name) in SHARES {
        if in_share(n, share) {
            event.actors.push(Actor {
                name: name.into(),
                ..Actor::default()
            });
        }
    }
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
