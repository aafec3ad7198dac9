//! `watch`: what it shows, what it remembers, how it ends.

use std::{fs, path::Path};

use dateline_proto::{
    reason,
    v1::{
        EndReason, Event, EventsSkipped, ExpiredCursorPolicy, FilterChanged, LagPolicy, SkipReason,
        StartPosition, subscribe_request::Start, subscribe_response::Message,
    },
};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::{
    DEADLINE, command, run,
    stage::{Stage, Step, batch, ending, refusal, started},
};

fn gap() -> Step {
    Step::Send(Message::EventsSkipped(EventsSkipped {
        after_cursor: "c1".into(),
        through_cursor: "c50".into(),
        skipped_events: 49,
        reason: SkipReason::CursorExpired as i32,
    }))
}

fn ids(json: &str) -> Vec<String> {
    json.lines()
        .map(|line| serde_json::from_str::<Event>(line).expect("an event").event_id)
        .collect()
}

fn remembered(path: &Path) -> String {
    fs::read_to_string(path).expect("a state file")
}

#[tokio::test]
async fn json_is_one_event_a_line_over_all_connections_and_nothing_else() {
    let (stage, address) = Stage::subscribing([
        vec![
            started("c0"),
            batch(&["c1", "c2"], &[]),
            Step::Fail(Status::unavailable("broken")),
        ],
        vec![
            started("c2"),
            batch(&["c3"], &[0]),
            gap(),
            ending("c50", EndReason::CaughtUp),
        ],
    ])
    .serve()
    .await;
    let finished = run(
        &address,
        &["watch", "--since", "earliest", "--until-caught-up", "-o", "json"],
    )
    .await;
    assert_eq!(ids(&finished.out), ["e-c1", "e-c2", "e-c3"]);
    assert_eq!(finished.code, Some(4), "{finished:?}");
    assert!(
        finished.err.contains("connection lost") && finished.err.contains("connected again"),
        "{finished:?}"
    );
    assert!(finished.err.contains("49 revisions are missing"), "{finished:?}");
    let starts: Vec<_> = stage
        .requests
        .lock()
        .unwrap()
        .iter()
        .map(|request| request.start.clone())
        .collect();
    assert_eq!(
        starts,
        [
            Some(Start::StartPosition(StartPosition::Earliest as i32)),
            Some(Start::AfterCursor("c2".into()))
        ]
    );
}

#[tokio::test]
async fn text_shows_gaps_and_what_left_the_filter_without_colours_in_a_pipe() {
    let (_stage, address) = Stage::subscribing([vec![
        started("c0"),
        gap(),
        batch(&["c51", "c52"], &[1]),
        ending("c52", EndReason::LimitReached),
    ]])
    .serve()
    .await;
    let finished = run(&address, &["watch", "--limit", "2"]).await;
    let lines: Vec<_> = finished.out.lines().collect();
    assert_eq!(
        lines,
        [
            "---- gap: 49 revisions are missing here: they are no longer kept ----",
            "undated     CONSULT",
            "            e-c51",
            "undated     CONSULT  [left the filter]",
            "            e-c52",
        ]
    );
    assert_eq!((finished.code, finished.err.as_str()), (Some(4), ""));
}

#[tokio::test]
async fn an_envelope_shows_every_message() {
    let (_stage, address) = Stage::subscribing([vec![
        started("c0"),
        batch(&["c1"], &[]),
        ending("c1", EndReason::CaughtUp),
    ]])
    .serve()
    .await;
    let finished = run(&address, &["watch", "--envelope", "--until-caught-up"]).await;
    let keys: Vec<_> = finished
        .out
        .lines()
        .map(|line| line.split('"').nth(1).unwrap())
        .collect();
    assert_eq!(keys, ["started", "batch", "streamEnding"]);
}

#[tokio::test]
async fn a_state_file_is_made_at_the_start_and_wins_over_since() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let (stage, address) = Stage::subscribing([
        vec![started("c7"), ending("c7", EndReason::CaughtUp)],
        vec![
            started("c7"),
            batch(&["c8", "c9"], &[]),
            ending("c9", EndReason::CaughtUp),
        ],
    ])
    .serve()
    .await;
    let args = [
        "watch",
        "--since",
        "latest",
        "--until-caught-up",
        "--state",
        path.to_str().unwrap(),
    ];
    assert_eq!(run(&address, &args).await.code, Some(0));
    assert_eq!(remembered(&path), "dateline-cursor 1 c7\n");
    assert_eq!(run(&address, &args).await.code, Some(0));
    assert_eq!(remembered(&path), "dateline-cursor 1 c9\n");
    assert_eq!(
        stage.requests.lock().unwrap()[1].start,
        Some(Start::AfterCursor("c7".into()))
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_state_file_that_is_damaged_or_cannot_be_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    fs::write(&path, "dateline-cursor 1 c").unwrap();
    let finished = run("127.0.0.1:1", &["watch", "--state", path.to_str().unwrap()]).await;
    assert_eq!(finished.code, Some(2));
    assert!(finished.err.contains("delete it to start anew"), "{finished:?}");
    assert_eq!(remembered(&path), "dateline-cursor 1 c");
    let missing = folder.path().join("missing/state");
    let finished = run("127.0.0.1:1", &["watch", "--state", missing.to_str().unwrap()]).await;
    assert_eq!(finished.code, Some(2));
    assert!(finished.err.contains("cannot write"), "{finished:?}");
}

#[tokio::test]
async fn an_expired_cursor_is_a_gap_and_a_foreign_one_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state");
    let state = path.to_str().unwrap();
    fs::write(&path, "dateline-cursor 1 c1\n").unwrap();
    for (code, name, exit, told) in [
        (Code::OutOfRange, reason::CURSOR_EXPIRED, 4, "--skip-expired"),
        (
            Code::FailedPrecondition,
            reason::CURSOR_EPOCH_MISMATCH,
            2,
            "delete it",
        ),
    ] {
        let status = refusal(code, name, "that cursor will not do");
        let (_stage, address) = Stage::subscribing([vec![Step::Fail(status)]]).serve().await;
        let finished = run(&address, &["watch", "--state", state]).await;
        assert_eq!(finished.code, Some(exit), "{finished:?}");
        assert!(
            finished.err.starts_with("dateline: that cursor will not do\n"),
            "{finished:?}"
        );
        assert!(finished.err.contains(told), "{finished:?}");
        assert_eq!(remembered(&path), "dateline-cursor 1 c1\n");
    }
    let (stage, address) =
        Stage::subscribing([vec![started("c1"), gap(), ending("c50", EndReason::CaughtUp)]])
            .serve()
            .await;
    let finished = run(
        &address,
        &["watch", "--state", state, "--skip-expired", "--until-caught-up"],
    )
    .await;
    assert_eq!(finished.code, Some(4));
    assert_eq!(remembered(&path), "dateline-cursor 1 c50\n");
    let policy = stage.requests.lock().unwrap()[0].expired_cursor_policy();
    assert_eq!(policy, ExpiredCursorPolicy::SkipToOldest);
}

#[tokio::test]
async fn a_closed_pipe_is_success() {
    let many: Vec<_> = (0..5_000).map(|at| format!("c{at}")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let (_stage, address) = Stage::subscribing([vec![
        started("c0"),
        batch(&many, &[]),
        batch(&many, &[]),
        Step::Hang,
    ]])
    .serve()
    .await;
    let mut child = command(&address, &["watch", "-o", "json"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next_line().await.unwrap().is_some());
    drop(lines);
    let output = tokio::time::timeout(DEADLINE, child.wait_with_output())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_leaves_a_state_file_that_tells_all_that_was_shown() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let (_stage, address) = Stage::subscribing([vec![
            started("c0"),
            batch(&["c1"], &[]),
            batch(&["c2", "c3"], &[]),
            Step::Hang,
        ]])
        .serve()
        .await;
        let args = ["watch", "-o", "json", "--state", path.to_str().unwrap()];
        let mut child = command(&address, &args).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..3 {
            assert!(lines.next_line().await.unwrap().is_some());
        }
        let pid = child.id().unwrap().to_string();
        let sent = tokio::process::Command::new("kill")
            .args(["-s", signal, &pid])
            .status()
            .await
            .unwrap();
        assert!(sent.success());
        let output = tokio::time::timeout(DEADLINE, child.wait_with_output())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(output.status.code(), Some(130), "{signal}");
        assert_eq!(remembered(&path), "dateline-cursor 1 c3\n", "{signal}");
    }
}

#[tokio::test]
async fn pace_end_and_policy_are_asked_for_as_told_again_after_a_lost_connection() {
    let (stage, address) = Stage::subscribing([
        vec![
            started("c0"),
            batch(&["c1"], &[]),
            Step::Fail(Status::unavailable("broken")),
        ],
        vec![started("c1"), ending("c1", EndReason::EndTimeReached)],
    ])
    .serve()
    .await;
    let args = [
        "watch",
        "--since",
        "2023-09-13",
        "--speed",
        "60x",
        "--until",
        "2023-09-14",
        "--lag",
        "skip",
    ];
    let finished = run(&address, &args).await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let requests = stage.requests.lock().unwrap();
    assert_eq!(requests.len(), 2);
    for request in requests.iter() {
        assert_eq!(request.replay_speed, 60.0);
        assert_eq!(request.end_time.unwrap().seconds, 1_694_649_600);
        assert_eq!(request.lag_policy(), LagPolicy::Skip);
    }
}

#[tokio::test]
async fn a_gap_by_the_lag_policy_is_shown_and_a_reader_that_is_too_slow_told_where_to_go_on() {
    let gap = Step::Send(Message::EventsSkipped(EventsSkipped {
        after_cursor: "c1".into(),
        through_cursor: "c50".into(),
        skipped_events: 49,
        reason: SkipReason::LagPolicy as i32,
    }));
    let (_stage, address) =
        Stage::subscribing([vec![started("c0"), gap, ending("c50", EndReason::LimitReached)]])
            .serve()
            .await;
    let finished = run(&address, &["watch", "--lag", "skip"]).await;
    assert_eq!(finished.code, Some(4), "{finished:?}");
    assert!(
        finished
            .out
            .contains("49 revisions are missing here: this reader was too slow")
    );
    let mut details = tonic_types::ErrorDetails::new();
    let cursor = [("cursor".to_owned(), "c7".to_owned())];
    details.set_error_info(reason::SLOW_CONSUMER, reason::DOMAIN, cursor);
    let slow = Status::with_error_details(Code::Aborted, "the reader is slower than the feed", details);
    let (stage, address) = Stage::subscribing([vec![started("c0"), batch(&["c7"], &[]), Step::Fail(slow)]])
        .serve()
        .await;
    let finished = run(&address, &["watch", "--lag", "disconnect"]).await;
    assert_eq!(finished.code, Some(5), "{finished:?}");
    assert!(
        finished.err.contains("slower than the feed") && finished.err.contains("--since c7"),
        "{finished:?}"
    );
    assert_eq!(
        stage.requests.lock().unwrap().len(),
        1,
        "what was asked for is not undone"
    );
}

#[tokio::test]
async fn a_changed_filter_is_told() {
    let changed = Step::Send(Message::FilterChanged(FilterChanged {
        generation: 1,
        canonical_filter: "topic:military".into(),
        cursor: "c3".into(),
    }));
    let (stage, address) = Stage::subscribing([
        vec![started("c0"), changed, Step::Fail(Status::unavailable("broken"))],
        vec![started("c3"), ending("c3", EndReason::LimitReached)],
    ])
    .serve()
    .await;
    let finished = run(&address, &["watch", "--actor", "PRK", "-o", "json"]).await;
    assert!(finished.err.contains("changed: topic:military"), "{finished:?}");
    let requests = stage.requests.lock().unwrap();
    assert_eq!(requests[1].start, Some(Start::AfterCursor("c3".into())));
    let filter = requests[1].filter.as_ref().unwrap();
    assert_eq!(
        (filter.expression.as_str(), filter.actors.len()),
        ("topic:military", 0)
    );
}
