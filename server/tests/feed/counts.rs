//! Counts: what they count, in which order, and what is refused. Their numbers are held against a model in `standing`.

use dateline_journal::{Revision, Sequence};
use dateline_proto::{
    reason,
    time::Duration,
    v1::{Actor, AggregateEventsRequest, AggregateEventsResponse, Change, Event, EventType},
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Client, Reader, Server, Writer, after, events_of, ids, topic};

fn by(fields: &[&str]) -> AggregateEventsRequest {
    AggregateEventsRequest {
        group_by: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..AggregateEventsRequest::default()
    }
}

async fn count(client: &mut Client, request: AggregateEventsRequest) -> AggregateEventsResponse {
    client.aggregate_events(request).await.unwrap().into_inner()
}

/// Keys in the order of `fields`, with the number of events.
fn told(counts: &AggregateEventsResponse, fields: &[&str]) -> Vec<(String, u64)> {
    let group = |group: &dateline_proto::v1::EventAggregate| {
        let keys: Vec<&str> = fields.iter().map(|field| group.keys[*field].as_str()).collect();
        (keys.join(" "), group.event_count)
    };
    counts.aggregates.iter().map(group).collect()
}

fn created(event: Event) -> Revision {
    Revision {
        event: Event {
            revision: 1,
            change: Change::Created.into(),
            ..event
        }
        .into(),
        before: None,
        previous: Sequence::ZERO,
        held: false,
    }
}

#[tokio::test]
async fn an_event_counts_once_in_its_newest_state_and_in_each_group_it_belongs_to() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 6, "military").await;
    // One changes its topic twice, one goes, one goes and comes again.
    for (event_id, topic, change) in [
        ("event-000001", "health", Change::Corrected),
        ("event-000001", "crime", Change::Corrected),
        ("event-000002", "military", Change::Retracted),
        ("event-000003", "military", Change::Retracted),
        ("event-000003", "military", Change::Created),
    ] {
        let revision = writer.state(event_id, topic, change);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    server
        .append(vec![created(Event {
            event_id: "two".into(),
            r#type: EventType::Assault.into(),
            topics: vec!["military".into(), "crime".into()],
            intensity: -9.5,
            ..Event::default()
        })])
        .await;
    let mut client = server.client().await;
    let counts = count(&mut client, by(&["topic"])).await;
    assert_eq!(
        told(&counts, &["topic"]),
        [("military".into(), 5), ("crime".into(), 2)]
    );
    assert_eq!((counts.event_count, counts.group_count), (6, 2));
    assert_eq!(
        counts.aggregates[1].mean_intensity, -4.75,
        "of one without and one of -9.5"
    );
    let fields = ["type", "country", "topic"];
    let counts = count(&mut client, by(&fields)).await;
    let expected = [
        ("CONSULT PRK military", 4),
        ("ASSAULT  crime", 1),
        ("ASSAULT  military", 1),
        ("CONSULT PRK crime", 1),
    ];
    assert_eq!(
        told(&counts, &fields),
        expected.map(|(keys, count)| (keys.to_owned(), count))
    );
    let filtered = AggregateEventsRequest {
        filter: topic("crime"),
        ..by(&[])
    };
    let counts = count(&mut client, filtered).await;
    assert_eq!(counts.aggregates.len(), 1);
    assert_eq!((counts.aggregates[0].event_count, counts.event_count), (2, 2));
}

#[tokio::test]
async fn pages_of_counts_stay_what_they_were_and_lead_on_to_a_subscription() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    for (index, topic) in ["military", "health", "crime", "economic"].iter().enumerate() {
        server.fill(&mut writer, 4 - index, topic).await;
    }
    let mut client = server.client().await;
    let mut request = AggregateEventsRequest {
        page_size: 1,
        ..by(&["topic"])
    };
    let mut seen = Vec::new();
    let resume_cursor = loop {
        let page = count(&mut client, request.clone()).await;
        assert_eq!((page.event_count, page.group_count), (10, 4));
        seen.extend(told(&page, &["topic"]));
        if page.next_page_token.is_empty() {
            break page.resume_cursor;
        }
        server.fill(&mut writer, 5, "crime").await;
        request.page_token = page.next_page_token;
    };
    let expected = [("military", 4), ("health", 3), ("crime", 2), ("economic", 1)];
    assert_eq!(seen, expected.map(|(topic, count)| (topic.to_owned(), count)));
    let mut reader = Reader::open(&mut client, after(&resume_cursor)).await.unwrap();
    let news = events_of(&reader.until_caught_up().await);
    assert_eq!(ids(&news).len(), 15);
    assert_eq!(news[0].event_id, "event-000011");
    // A token serves its own counts only.
    let other = AggregateEventsRequest {
        group_by: vec!["country".into()],
        ..request
    };
    let status = client.aggregate_events(other).await.unwrap_err();
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::PAGE_TOKEN_INVALID
    );
}

#[tokio::test]
async fn an_empty_feed_has_no_group_but_a_number() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let counts = count(&mut client, by(&[])).await;
    assert_eq!(
        (counts.aggregates.len(), counts.aggregates[0].event_count),
        (1, 0)
    );
    assert_eq!(counts.aggregates[0].mean_intensity, 0.0);
    assert!(count(&mut client, by(&["topic"])).await.aggregates.is_empty());
    let bucketed = AggregateEventsRequest {
        bucket: Some(Duration {
            seconds: 60,
            nanos: 0,
        }),
        ..by(&[])
    };
    assert!(count(&mut client, bucketed).await.aggregates.is_empty());
}

#[tokio::test]
async fn buckets_begin_at_multiples_of_their_width() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 3, "military").await;
    let mut client = server.client().await;
    let day = AggregateEventsRequest {
        bucket: Some(Duration {
            seconds: 86_400,
            nanos: 0,
        }),
        ..by(&[])
    };
    let counts = count(&mut client, day).await;
    assert_eq!(counts.event_count, 3);
    for group in &counts.aggregates {
        assert_eq!(group.bucket_time.unwrap().seconds % 86_400, 0);
    }
    let total: u64 = counts.aggregates.iter().map(|group| group.event_count).sum();
    assert_eq!(total, 3);
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_by_name() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let bucket = |seconds, nanos| AggregateEventsRequest {
        bucket: Some(Duration { seconds, nanos }),
        ..by(&[])
    };
    for (request, field) in [
        (by(&["actors"]), "group_by[0]"),
        (by(&["topic", "country", "topic"]), "group_by[2]"),
        (bucket(-1, 0), "bucket"),
        (bucket(1, 500_000_000), "bucket"),
        (bucket(i64::MAX, 0), "bucket"),
        (
            AggregateEventsRequest {
                page_size: -1,
                ..by(&[])
            },
            "page_size",
        ),
    ] {
        let status = client.aggregate_events(request).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{field}");
        assert_eq!(
            status.get_details_error_info().unwrap().reason,
            reason::FIELD_INVALID
        );
        assert_eq!(
            status.get_details_bad_request().unwrap().field_violations[0].field,
            field
        );
    }
}

#[tokio::test]
async fn more_groups_than_agreed_are_refused_with_the_limit() {
    let server = Server::start().await;
    let party = |number: usize| Actor {
        name: format!("Party {number}"),
        ..Actor::default()
    };
    // Every pair of these is a group.
    server
        .append(vec![created(Event {
            event_id: "crowd".into(),
            actors: (0..400).map(party).collect(),
            topics: (0..400).map(|number| format!("topic {number}")).collect(),
            ..Event::default()
        })])
        .await;
    let mut client = server.client().await;
    let status = client
        .aggregate_events(by(&["actor", "topic"]))
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    let info = status.get_details_error_info().unwrap();
    assert_eq!(info.reason, reason::AGGREGATE_TOO_LARGE);
    assert_eq!(info.metadata["limit_groups"], "100000");
    assert_eq!(count(&mut client, by(&["actor"])).await.group_count, 400);
}
