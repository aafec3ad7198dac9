//! Entries to test with.

use dateline_proto::{time::Timestamp, v1};

use crate::{ArticleRecord, Entry, Report, ReportChange, Revision, Sequence};

/// Parties that sample events are about.
pub const PARTIES: [(&str, &str, &str); 5] = [
    ("Kim Jong Un", "PRK", "PRKGOV"),
    ("Vladimir Putin", "RUS", "RUSGOV"),
    ("United States", "USA", "USA"),
    ("Police", "DEU", "DEUCOP"),
    ("Amnesty International", "NGO", "NGO"),
];

/// Topics that sample events have.
pub const TOPICS: [&str; 4] = ["military", "diplomatic", "economic", "disaster"];

/// A party by number.
pub fn party(number: usize) -> v1::Actor {
    let (name, country, code) = PARTIES[number % PARTIES.len()];
    v1::Actor {
        name: name.into(),
        country: country.into(),
        code: code.into(),
        ..v1::Actor::default()
    }
}

/// An event, reported by an article, that depends on `seed` alone.
pub fn event(event_id: &str, revision: u32, seed: usize) -> v1::Event {
    let types = [
        v1::EventType::Consult,
        v1::EventType::Mobilize,
        v1::EventType::Accuse,
    ];
    v1::Event {
        event_id: event_id.into(),
        revision,
        change: if revision == 1 {
            v1::Change::Created
        } else {
            v1::Change::Corrected
        }
        .into(),
        r#type: types[seed % types.len()].into(),
        actors: vec![party(seed)],
        recipients: if seed.is_multiple_of(3) {
            vec![]
        } else {
            vec![party(seed / 2)]
        },
        topics: vec![TOPICS[seed % TOPICS.len()].into()],
        summary: format!("{event_id} in revision {revision}, seed {seed}"),
        ..v1::Event::default()
    }
}

/// A new event.
pub fn created(event_id: &str, seed: usize) -> Revision {
    Revision {
        event: event(event_id, 1, seed).into(),
        ..Revision::default()
    }
}

/// The next state of an event.
pub fn revised(before: &v1::Event, previous: Sequence, seed: usize, change: v1::Change) -> Revision {
    let mut event = event(&before.event_id, before.revision + 1, seed);
    event.change = change.into();
    event.create_time = before.create_time;
    Revision {
        event: event.into(),
        before: Some(before.clone().into()),
        previous,
        held: false,
    }
}

/// An entry with one new event and no article.
pub fn entry(event_id: &str, seed: usize) -> Entry {
    Entry {
        revisions: vec![created(event_id, seed)],
        ..Entry::default()
    }
}

/// An article that reports events.
pub fn article(article_id: &str, text: &str, event_ids: &[&str]) -> ArticleRecord {
    ArticleRecord {
        article_id: article_id.into(),
        title: format!("About {article_id}"),
        publisher: "The Paper".into(),
        publish_time: Some(Timestamp {
            seconds: 1_694_563_200,
            nanos: 0,
        }),
        text_hash: hash(text),
        text: Some(text.into()),
        event_ids: event_ids.iter().map(|id| (*id).to_owned()).collect(),
        ..ArticleRecord::default()
    }
}

/// What stands for the hash of a text.
pub fn hash(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

/// An article's report of an event, which cites a text.
pub fn report(event_id: &str, article_id: &str, text: &str) -> ReportChange {
    let mut event = event(event_id, 1, 0);
    event.mentions.push(v1::Mention {
        article_id: article_id.into(),
        text_hash: hash(text),
        sentence: text.into(),
        ..v1::Mention::default()
    });
    ReportChange {
        event_id: event_id.into(),
        article_id: article_id.into(),
        report: Some(Report {
            event: event.into(),
            sketch: Vec::new(),
        }),
    }
}

/// A revision with the report that it shows, as of an event that one source alone tells.
pub fn shown(revision: Revision, source: &str) -> (ReportChange, Revision) {
    let change = ReportChange {
        event_id: revision.event.event_id.clone(),
        article_id: source.into(),
        report: Some(Report {
            event: revision.event.clone(),
            sketch: Vec::new(),
        }),
    };
    (change, revision)
}
