//! Events from small pools of values, so that conditions hold about as often as not.

use dateline_proto::time::Timestamp;
use dateline_proto::v1::{Actor, Change, CivilDate, Event, EventType, Magnitude, Mention, Place};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn word(pool: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    select(pool.to_vec()).prop_map(str::to_owned)
}

fn actor() -> impl Strategy<Value = Actor> {
    (
        word(&[
            "Kim Jong Un",
            "KIM JONG UN",
            "Vladimir Putin",
            "police",
            "North Korea",
            "Ümit",
            "",
        ]),
        word(&["", "Mr. Kim", "Police", "ü*ü"]),
        word(&["PRK", "RUS", "UKR", ""]),
        subsequence(vec!["GOV", "MIL", "REB"], 0..3),
    )
        .prop_map(|(name, text, country, sectors)| Actor {
            code: format!("{country}{}", sectors.first().unwrap_or(&"")),
            name,
            text,
            country,
            sectors: sectors.into_iter().map(str::to_owned).collect(),
        })
}

fn mention() -> impl Strategy<Value = Mention> {
    (
        word(&["a1", "A1", "b2"]),
        word(&["", "https://example.org/A", "https://example.org/a"]),
        word(&["", "Example Times", "The Times of Ü"]),
    )
        .prop_map(|(article_id, uri, publisher)| Mention {
            article_id,
            uri,
            publisher,
            title: "Kim visits Moscow".into(),
            sentence: "Kim visited Moscow.".into(),
            ..Default::default()
        })
}

fn time() -> impl Strategy<Value = Option<Timestamp>> {
    // Noon of 2023-09-12 and midnights and noons about it.
    prop::option::of(select(vec![-1_i64, 0, 1, 2, 3, 4]).prop_map(|step| Timestamp {
        seconds: 1_694_520_000 + step * 43_200,
        nanos: 0,
    }))
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    let who = (
        prop::collection::vec(actor(), 0..3),
        prop::collection::vec(actor(), 0..3),
        prop::collection::vec(mention(), 0..3),
    );
    let what = (
        select(vec![
            EventType::Unspecified,
            EventType::Consult,
            EventType::Assault,
            EventType::Agree,
        ]),
        select(vec![Change::Created, Change::Retracted, Change::Corrected]),
        subsequence(vec!["military", "cyber", "human_rights"], 0..3),
        word(&["", "visit", "phone"]),
        word(&["", "042", "04", "190"]),
        any::<[bool; 4]>(),
    );
    let when = (
        prop::option::of((
            select(vec![0, 2022, 2023, 2024]),
            select(vec![0, 8, 9, 12]),
            select(vec![0, 1, 13, 31]),
        )),
        time(),
        time(),
        time(),
    );
    let where_ = prop::option::of((word(&["", "Moscow", "Ünye"]), word(&["", "RUS", "PRK"])));
    let numbers = (
        select(vec![0.0_f32, -5.5, 1.0, 3.0]),
        select(vec![0.0_f32, 0.7, 1.0]),
        0..4_u32,
        prop::option::of(0..4_u32),
        word(&["dateline-coder 0.1.0", "Other", ""]),
    );
    (who, what, when, where_, numbers).prop_map(
        |(
            (actors, recipients, mentions),
            (event_type, change, topics, mode, cameo_code, flags),
            (date, publish_time, create_time, update_time),
            place,
            (intensity, confidence, count, killed, coder),
        )| Event {
            event_id: "a1".into(),
            revision: count,
            change: change.into(),
            r#type: event_type.into(),
            mode,
            actors,
            recipients,
            topics: topics.into_iter().map(str::to_owned).collect(),
            historical: flags[0],
            future: flags[1],
            hypothetical: flags[2],
            negated: flags[3],
            event_date: date.map(|(year, month, day)| CivilDate { year, month, day }),
            place: place.map(|(name, country)| Place {
                name,
                country,
                ..Default::default()
            }),
            intensity,
            quad_class: count,
            cameo_code,
            confidence,
            mentions,
            mention_count: count,
            publish_time,
            create_time,
            update_time,
            coder,
            magnitude: killed.map(|killed| Magnitude {
                killed,
                ..Default::default()
            }),
            ..Default::default()
        },
    )
}
