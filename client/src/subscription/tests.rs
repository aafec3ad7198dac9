//! Subscriptions against scripted servers, in paused time.

mod model;
mod script;

use std::time::Duration;

use dateline_proto::{
    reason,
    v1::{EndReason, StartPosition, SubscribeRequest, subscribe_request::Start, subscribe_response::Message},
};
use futures_util::StreamExt as _;
use tokio::time::Instant;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use self::script::{Script, Step, batch, caught_up, checkpoint, ending, lost, skipped, started};
use super::*;

fn after(cursor: &str) -> Option<Start> {
    Some(Start::AfterCursor(cursor.into()))
}

fn refusal(code: Code, name: &str, pause: Option<Duration>) -> Error {
    let mut details = ErrorDetails::new();
    details.set_error_info(name, reason::DOMAIN, []);
    details.set_retry_info(pause);
    Status::with_error_details(code, "refused", details).into()
}

/// The messages in short, up to the end or the error.
async fn read(feed: &mut Subscription) -> Vec<String> {
    let mut seen = Vec::new();
    while let Some(update) = feed.next().await {
        seen.push(match update {
            Ok(Update::Started(_)) => "started".into(),
            Ok(Update::Batch(batch)) => {
                let ids: Vec<_> = batch.events.iter().map(|event| event.event_id.as_str()).collect();
                ids.join(" ")
            }
            Ok(Update::Checkpoint(_)) => "checkpoint".into(),
            Ok(Update::CaughtUp(_)) => "caught up".into(),
            Ok(Update::Skipped(gap)) => format!("skipped {}", gap.skipped_events),
            Ok(Update::Ending(ending)) => format!("ending {:?}", ending.reason()),
            Ok(Update::Reconnecting { .. }) => "reconnecting".into(),
            Ok(other) => format!("{other:?}"),
            Err(error) => format!("error {:?}", error.kind()),
        });
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_continues_after_the_last_cursor() {
    let script = Script::new([
        vec![started("c0"), batch("c5", &["a", "b"]), Step::Fail(lost())],
        vec![started("c5"), checkpoint("c9"), Step::Close],
        vec![
            started("c9"),
            batch("c12", &["c"]),
            ending("c12", EndReason::CaughtUp, None),
        ],
    ]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    assert_eq!(
        read(&mut feed).await,
        [
            "started",
            "a b",
            "reconnecting",
            "started",
            "checkpoint",
            "reconnecting",
            "started",
            "c",
            "ending CaughtUp"
        ]
    );
    let starts: Vec<_> = script
        .requests()
        .into_iter()
        .map(|request| request.start)
        .collect();
    assert_eq!(starts, [None, after("c5"), after("c9")]);
    assert_eq!(feed.cursor(), Some("c12"));
}

#[tokio::test(start_paused = true)]
async fn a_start_is_chosen_once() {
    for start in [
        Start::StartPosition(StartPosition::Latest as i32),
        Start::BacklogCount(10),
        Start::StartTime(dateline_proto::time::Timestamp::now()),
    ] {
        let script = Script::new([
            vec![Step::Fail(lost())],
            vec![started("c7"), Step::Fail(lost())],
            vec![started("c7"), ending("c7", EndReason::LimitReached, None)],
        ]);
        let mut feed = script.subscribe(SubscribeRequest {
            start: Some(start.clone()),
            ..SubscribeRequest::default()
        });
        read(&mut feed).await;
        let starts: Vec<_> = script
            .requests()
            .into_iter()
            .map(|request| request.start)
            .collect();
        assert_eq!(starts, [Some(start.clone()), Some(start), after("c7")]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_gap_is_handed_out_and_counts_as_read() {
    let script = Script::new([
        vec![started("c1"), skipped("c1", "c90", 89), Step::Fail(lost())],
        vec![
            started("c90"),
            batch("c91", &["z"]),
            ending("c91", EndReason::CaughtUp, None),
        ],
    ]);
    let mut feed = script.subscribe(SubscribeRequest {
        start: after("c1"),
        ..SubscribeRequest::default()
    });
    let seen = read(&mut feed).await;
    assert_eq!(seen[1], "skipped 89");
    assert_eq!(script.requests()[1].start, after("c90"));
}

#[tokio::test(start_paused = true)]
async fn an_error_that_time_does_not_cure_ends_the_stream() {
    for (code, name, kind) in [
        (Code::OutOfRange, reason::CURSOR_EXPIRED, "error Gap"),
        (
            Code::FailedPrecondition,
            reason::CURSOR_EPOCH_MISMATCH,
            "error CursorRefused",
        ),
        (
            Code::InvalidArgument,
            reason::FILTER_INVALID,
            "error FilterRefused",
        ),
    ] {
        let script = Script::new([vec![Step::Refuse(refusal(code, name, None))]]);
        let mut feed = script.subscribe(SubscribeRequest::default());
        assert_eq!(read(&mut feed).await, [kind]);
        assert_eq!(script.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_a_pause_gets_it() {
    let pause = Duration::from_secs(40);
    let limited = refusal(Code::ResourceExhausted, reason::SUBSCRIPTION_LIMIT, Some(pause));
    let script = Script::new([
        vec![
            started("c0"),
            ending("c3", EndReason::ServerDraining, Some(pause)),
        ],
        vec![Step::Refuse(limited)],
        vec![started("c3"), ending("c3", EndReason::CaughtUp, None)],
    ]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    read(&mut feed).await;
    let times = script.times();
    assert!(times[1] - times[0] >= pause);
    assert!(times[2] - times[1] >= pause);
    assert_eq!(script.requests()[1].start, after("c3"));
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_left_after_three_heartbeats() {
    // The script's servers promise a heartbeat every two seconds.
    let script = Script::new([
        vec![
            started("c0"),
            Step::Pause(Duration::from_millis(5_900)),
            checkpoint("c1"),
            Step::Hang,
        ],
        vec![started("c1"), ending("c1", EndReason::CaughtUp, None)],
    ]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    let begun = Instant::now();
    for _ in 0..2 {
        feed.next().await.unwrap().unwrap();
    }
    assert_eq!(begun.elapsed().as_millis(), 5_900);
    assert!(matches!(feed.next().await, Some(Ok(Update::Reconnecting { .. }))));
    assert_eq!(begun.elapsed().as_millis().div_ceil(100), 119);
    read(&mut feed).await;
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_takes_its_time_does_not_look_like_a_silent_server() {
    let script = Script::new([vec![
        started("c0"),
        batch("c1", &["a"]),
        Step::Pause(Duration::from_secs(3)),
        batch("c2", &["b"]),
        ending("c2", EndReason::CaughtUp, None),
    ]]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    let mut seen = 0;
    while let Some(update) = feed.next().await {
        assert!(!matches!(update, Ok(Update::Reconnecting { .. })));
        seen += 1;
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
    assert_eq!(seen, 4);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_is_given_up_in_time() {
    for first in [Step::Hang, Step::Refuse(lost())] {
        let script = Script::repeating(vec![first]);
        let resume = Resume::default().give_up_after(Duration::from_secs(30));
        let mut feed = script.subscribe_with(SubscribeRequest::default(), resume);
        let begun = Instant::now();
        let seen = read(&mut feed).await;
        assert_eq!(seen.last().map(String::as_str), Some("error Unavailable"));
        assert!(seen.len() > 2);
        // A hanging attempt is let go after its own ten seconds.
        assert!(
            (30..=41).contains(&begun.elapsed().as_secs()),
            "{:?}",
            begun.elapsed()
        );
        assert!(feed.next().await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_without_a_server_starts_anew_after_each_success() {
    let mut calls = Vec::new();
    for at in 0..10 {
        calls.push(vec![
            started("c0"),
            batch(&format!("c{at}"), &["x"]),
            Step::Pause(Duration::from_secs(5)),
            Step::Close,
        ]);
        calls.push(vec![Step::Refuse(lost())]);
    }
    calls.push(vec![started("c9"), ending("c9", EndReason::CaughtUp, None)]);
    let script = Script::new(calls);
    let resume = Resume::default().give_up_after(Duration::from_secs(2));
    let mut feed = script.subscribe_with(SubscribeRequest::default(), resume);
    assert!(!read(&mut feed).await.iter().any(|seen| seen.starts_with("error")));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_fails_right_after_started_is_not_asked_ever_faster() {
    let script = Script::repeating(vec![started("c0"), Step::Close]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(600) {
        feed.next().await.unwrap().unwrap();
    }
    assert!(script.requests().len() < 130, "{}", script.requests().len());
}

#[tokio::test(start_paused = true)]
async fn what_was_asked_for_and_delivered_needs_no_further_call() {
    let script = Script::new([vec![started("c0"), caught_up("c4"), Step::Fail(lost())]]);
    let mut feed = script.subscribe(SubscribeRequest {
        stop_when_caught_up: true,
        ..SubscribeRequest::default()
    });
    assert_eq!(read(&mut feed).await, ["started", "caught up"]);

    let script = Script::new([
        vec![started("c0"), batch("c2", &["a", "b"]), Step::Fail(lost())],
        vec![started("c2"), batch("c3", &["c"]), Step::Fail(lost())],
    ]);
    let mut feed = script.subscribe(SubscribeRequest {
        limit: 3,
        ..SubscribeRequest::default()
    });
    assert_eq!(
        read(&mut feed).await,
        ["started", "a b", "reconnecting", "started", "c"]
    );
    assert_eq!(script.requests()[1].limit, 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_wait_loses_nothing() {
    let script = Script::new([
        vec![
            started("c0"),
            Step::Pause(Duration::from_secs(3)),
            batch("c1", &["a"]),
            Step::Fail(lost()),
        ],
        vec![
            Step::Pause(Duration::from_secs(3)),
            started("c1"),
            batch("c2", &["b"]),
            ending("c2", EndReason::CaughtUp, None),
        ],
    ]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    let mut ids = Vec::new();
    loop {
        match tokio::time::timeout(Duration::from_millis(70), feed.next()).await {
            Err(_) => {}
            Ok(Some(Ok(Update::Batch(batch)))) => {
                ids.extend(batch.events.into_iter().map(|event| event.event_id))
            }
            Ok(Some(update)) => drop(update.unwrap()),
            Ok(None) => break,
        }
    }
    assert_eq!(ids, ["a", "b"]);
}

#[tokio::test(start_paused = true)]
async fn a_message_of_a_newer_server_is_a_sign_of_life() {
    let script = Script::new([vec![
        started("c0"),
        Step::Pause(Duration::from_secs(5)),
        Step::Unknown,
        Step::Pause(Duration::from_secs(5)),
        Step::Send(Message::StreamEnding(dateline_proto::v1::StreamEnding {
            cursor: "c1".into(),
            reason: EndReason::CaughtUp as i32,
            reconnect_delay: None,
        })),
    ]]);
    let mut feed = script.subscribe(SubscribeRequest::default());
    assert_eq!(read(&mut feed).await, ["started", "ending CaughtUp"]);
}

#[tokio::test(start_paused = true)]
async fn what_follows_the_first_caught_up_is_not_paced_again() {
    let script = Script::new([
        vec![started("c0"), batch("c1", &["a"]), Step::Fail(lost())],
        vec![started("c1"), caught_up("c5"), Step::Fail(lost())],
        vec![started("c5"), ending("c5", EndReason::LimitReached, None)],
    ]);
    let mut feed = script.subscribe(SubscribeRequest {
        replay_speed: 60.0,
        ..SubscribeRequest::default()
    });
    read(&mut feed).await;
    let speeds: Vec<_> = script
        .requests()
        .into_iter()
        .map(|request| request.replay_speed)
        .collect();
    assert_eq!(speeds, [60.0, 60.0, 0.0]);
}
