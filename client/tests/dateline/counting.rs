//! `stats` and `subscriptions`: all pages, in the order and the shape that was asked for.

use std::time::Duration;

use dateline_proto::{
    time::Timestamp,
    v1::{AggregateEventsResponse, EventAggregate, EventType, ListSubscriptionsResponse, Subscription},
};

use crate::{run, stage::Stage};

fn group(country: &str, day: i64, event_count: u64) -> EventAggregate {
    EventAggregate {
        keys: [("country".to_owned(), country.to_owned())].into(),
        bucket_time: Some(Timestamp {
            seconds: 1_694_563_200 + day * 86_400,
            nanos: 0,
        }),
        event_count,
        mean_intensity: 2.5,
    }
}

fn staged() -> Stage {
    let page = |aggregates: &[EventAggregate], next: &str| AggregateEventsResponse {
        aggregates: aggregates.to_vec(),
        next_page_token: next.into(),
        event_count: 16,
        group_count: 3,
        ..AggregateEventsResponse::default()
    };
    let stage = Stage::default();
    stage.counts.lock().unwrap().extend([
        page(&[group("PRK", 1, 9), group("RUS", 0, 5)], "p1"),
        page(&[group("PRK", 0, 2)], ""),
    ]);
    stage
}

#[tokio::test]
async fn counts_of_all_pages_are_shown_by_time_and_asked_for_as_told() {
    let (stage, address) = staged().serve().await;
    let finished = run(
        &address,
        &[
            "stats",
            "--by",
            "country,topic",
            "--bucket",
            "1d",
            "--since",
            "2023-09-13",
            "--type",
            "protest",
        ],
    )
    .await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert_eq!(
        finished.out,
        "time        country  topic     events  intensity\n\
         2023-09-13  RUS                     5        2.5\n\
         2023-09-13  PRK                     2        2.5\n\
         2023-09-14  PRK                     9        2.5\n"
    );
    let counted = stage.counted.lock().unwrap();
    assert_eq!(counted.len(), 2);
    let asked = &counted[0];
    assert_eq!(asked.group_by, ["country", "topic"]);
    assert_eq!(asked.bucket, Some(Duration::from_secs(86_400).into()));
    assert_eq!(asked.start_time.unwrap().seconds, 1_694_563_200);
    assert_eq!(asked.filter.as_ref().unwrap().types, [EventType::Protest as i32]);
    assert_eq!(counted[1].page_token, "p1");
}

#[tokio::test]
async fn counts_for_programs_are_json_lines_or_commas() {
    let (_stage, address) = staged().serve().await;
    let finished = run(&address, &["stats", "--by", "country", "-o", "json"]).await;
    let lines: Vec<EventAggregate> = finished
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a group"))
        .collect();
    assert_eq!(
        lines,
        [group("PRK", 1, 9), group("RUS", 0, 5), group("PRK", 0, 2)]
    );
    let (_stage, address) = staged().serve().await;
    let finished = run(&address, &["stats", "--by", "country", "--csv", "--limit", "1"]).await;
    assert_eq!(finished.out, "country,events,mean_intensity\nPRK,9,2.5\n");
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_before_a_server_is_asked() {
    for (args, told) in [
        (&["stats", "--by", "colour"][..], "country"),
        (&["stats", "--bucket", "daily"], "7d"),
        (&["stats", "--csv", "-o", "json"], "cannot be used with"),
        (&["watch", "--speed", "0"], "above 0"),
        (&["watch", "--speed", "-1"], "above 0"),
        (&["watch", "--lag", "wait"], "catch-up"),
        (&["watch", "--until", "soon"], "2h"),
    ] {
        let finished = run("127.0.0.1:1", args).await;
        assert_eq!(finished.code, Some(2), "{args:?}: {finished:?}");
        assert!(finished.err.contains(told), "{args:?}: {finished:?}");
    }
}

#[tokio::test]
async fn subscriptions_of_all_pages_are_shown() {
    let stream = |label: &str, caught_up: bool| Subscription {
        subscription_id: "5f0c1d2e3a4b5c6d".into(),
        client_label: label.into(),
        canonical_filter: if caught_up {
            String::new()
        } else {
            "topic:military".into()
        },
        lag_events: if caught_up { 0 } else { 1_500 },
        lag: Some(Duration::from_secs(if caught_up { 0 } else { 90 }).into()),
        caught_up,
        delivered_events: 1_204,
        start_time: Some(Timestamp {
            seconds: 1_694_606_400,
            nanos: 0,
        }),
        ..Subscription::default()
    };
    let pages = [
        ListSubscriptionsResponse {
            subscriptions: vec![stream("risk-desk", true)],
            next_page_token: "p1".into(),
        },
        ListSubscriptionsResponse {
            subscriptions: vec![stream("", false)],
            next_page_token: String::new(),
        },
    ];
    let stage = Stage::default();
    stage.streams.lock().unwrap().extend(pages.clone());
    let (_stage, address) = stage.serve().await;
    let finished = run(&address, &["subscriptions"]).await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert_eq!(
        finished.out,
        "5f0c1d2e3a4b5c6d  risk-desk  live  1,204 events since 2023-09-13T12:00:00Z\n    everything\n\
         5f0c1d2e3a4b5c6d  1,500 revisions (90 s) behind  1,204 events since 2023-09-13T12:00:00Z\n    topic:military\n"
    );
    let stage = Stage::default();
    stage.streams.lock().unwrap().extend(pages);
    let (_stage, address) = stage.serve().await;
    let finished = run(&address, &["subscriptions", "-o", "json"]).await;
    assert_eq!(finished.out.lines().count(), 2);
}
