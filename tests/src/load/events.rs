//! Events to publish: all alike in size, different in content.

use std::{ops::Range, sync::Arc};

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
/// What the server adds when it takes an event: revision, change, cursor and times, tag and length in a batch.
const ADDED_BYTES: usize = 70;
const CODER: &str = "load";

/// Names that one event in a hundred, and one in ten thousand, has as one more actor: filters of a known share.
pub const SHARES: [(u64, &str); 2] = [(100, "The Hundredth"), (10_000, "The Ten Thousandth")];

/// Names of actors that an event of a number has besides its own: what filters ask for.
type MoreActors = Arc<dyn Fn(u64) -> Vec<String> + Send + Sync>;

/// Where the events of a run come from.
#[derive(Clone)]
pub struct Events {
    bytes: usize,
    samples: Option<Arc<[Event]>>,
    more_actors: MoreActors,
}

impl Events {
    /// Made events of about so many bytes, with the names of [`SHARES`].
    pub fn made(bytes: usize) -> Self {
        Self {
            bytes,
            samples: None,
            more_actors: Arc::new(|n| {
                let shares = SHARES.iter().filter(|(share, _)| in_share(n, *share));
                shares.map(|(_, name)| (*name).to_owned()).collect()
            }),
        }
    }

    /// These events, again and again under new ids, instead of made ones.
    pub fn of_samples(mut self, samples: Arc<[Event]>) -> Self {
        self.samples = Some(samples);
        self
    }

    /// The same with other additional actors.
    pub fn with_actors(mut self, names: impl Fn(u64) -> Vec<String> + Send + Sync + 'static) -> Self {
        self.more_actors = Arc::new(names);
        self
    }

    /// Size of a made event, about.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// What they are, as a part of file names and of variants' names; empty for made events.
    pub fn kind(&self) -> &'static str {
        if self.samples.is_some() { "samples" } else { "" }
    }

    /// The event of number `n` as it is published.
    pub fn event(&self, n: u64) -> Event {
        self.event_of(n, self.bytes)
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
        let mut event = self.event_of(n, self.bytes + ADDED_BYTES);
        if self.samples.is_some() {
            // What the server adds has about this size.
            event.cursor = "c".repeat(ADDED_BYTES - event.coder.len().min(20));
        }
        event.encode_to_vec().into()
    }

    /// The subject that the event has in NATS: what filters select by, made so that a filter is one literal subject.
    pub fn subject(&self, n: u64) -> String {
        match SHARES.iter().rev().find(|(share, _)| in_share(n, *share)) {
            Some((share, _)) => share_subject(*share),
            None => format!("events.{}", n % 80),
        }
    }

    fn event_of(&self, n: u64, bytes: usize) -> Event {
        let more = (self.more_actors)(n).into_iter().map(|name| Actor {
            name,
            ..Actor::default()
        });
        let Some(samples) = &self.samples else {
            return event_with(n, bytes, more);
        };
        let mut event = samples[n as usize % samples.len()].clone();
        event.event_id = id(n);
        event.coder = CODER.into();
        event.actors.extend(more);
        event
    }
}

/// The number of a made event's id.
pub fn number(event_id: &str) -> Option<u64> {
    event_id.strip_prefix("load-")?.parse().ok()
}

fn id(n: u64) -> String {
    format!("load-{n}")
}

/// The subject of the events that have a share's name.
pub fn share_subject(share: u64) -> String {
    format!("events.one-in-{share}")
}

/// Whether the event of number `n` is the one among so many that has the share's name.
pub fn in_share(n: u64, share: u64) -> bool {
    n % share == share / 2
}

/// The event of number `n`, about `bytes` long as the feed stores it. Different numbers are different events.
pub fn event(n: u64, bytes: usize) -> Event {
    event_with(n, bytes, std::iter::empty())
}

fn event_with(n: u64, bytes: usize, more_actors: impl Iterator<Item = Actor>) -> Event {
    let pick = |list: &[&str], salt: u64| list[((n * 7 + salt) % list.len() as u64) as usize].to_owned();
    let mut event = Event {
        event_id: id(n),
        r#type: EventType::try_from((n % 16 + 1) as i32).map_or(0, |kind| kind as i32),
        actors: vec![actor(pick(&COUNTRIES, 0))],
        recipients: vec![actor(pick(&COUNTRIES, 3))],
        topics: vec![pick(&TOPICS, 0)],
        event_date: Some(CivilDate {
            year: 2026,
            month: 1,
            day: (n % 28) as i32 + 1,
        }),
        coder: CODER.into(),
        confidence: 0.5,
        mentions: vec![Mention {
            article_id: format!("load-article-{n}"),
            ..Mention::default()
        }],
        mention_count: 1,
        article_count: 1,
        ..Event::default()
    };
    event.actors.extend(more_actors);
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
