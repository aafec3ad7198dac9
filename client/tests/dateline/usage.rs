//! Help, mistakes, and servers that are not there.

use std::time::{Duration, Instant};

use dateline_proto::v1::{Event, ListEventsResponse};

use crate::{run, run_with_input, stage::Stage};

/// A port that nobody listens on: it was free a moment ago.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

#[tokio::test]
async fn help_teaches_with_examples_and_exit_codes() {
    let help = run("", &["--help"]).await;
    assert_eq!(help.code, Some(0));
    for part in [
        "Examples:",
        "Exit codes:",
        "130  interrupted",
        "dateline watch --since earliest",
    ] {
        assert!(help.out.contains(part), "{part}: {}", help.out);
    }
    for name in [
        "watch",
        "list",
        "stats",
        "subscriptions",
        "get",
        "ingest",
        "code",
        "publish",
        "retract",
        "restore",
        "withdraw",
        "actors",
        "topics",
        "info",
        "check-filter",
    ] {
        let help = run("", &[name, "--help"]).await;
        assert_eq!(help.code, Some(0), "{name}");
        assert!(help.out.contains("--addr"), "{name}");
        assert!(
            help.out.lines().all(|line| line.chars().count() <= 101),
            "{name}: {}",
            help.out
        );
    }
}

#[tokio::test]
async fn mistakes_are_told_and_end_with_2() {
    for (args, told) in [
        (&["wach"][..], "watch"),
        (&["watch", "--type", "CONSLT"], "CONSULT"),
        (&["watch", "--since", "yesterday"], "earliest"),
        (&["watch", "--since", "2h", "--last", "3"], "cannot be used with"),
        (&["list", "--since", "soon"], "2h"),
        (&["list", "--limit", "0"], "0"),
        (&["--addr", "https://feed.example", "info"], "http://host:port"),
        (&["--addr", "a b", "info"], "host:port"),
        (&["ingest"], "PATH"),
        (&["ingest", "a.txt", "b.txt", "--uri", "u"], "single file"),
        (&["get"], "EVENT_ID"),
    ] {
        let finished = run("127.0.0.1:1", args).await;
        assert_eq!(finished.code, Some(2), "{args:?}: {finished:?}");
        assert!(finished.err.contains(told), "{args:?}: {finished:?}");
        assert_eq!(finished.out, "");
    }
}

#[tokio::test]
async fn no_server_ends_with_3_and_says_what_to_do() {
    let address = nobody().await;
    for args in [
        &["info"][..],
        &["list"],
        &["watch", "--wait", "300ms"],
        &["publish", "-", "--wait", "300ms"],
        &["ingest", "README.md", "--wait", "300ms"],
    ] {
        let finished = run_with_input(&address, args, "{}").await;
        assert_eq!(finished.code, Some(3), "{args:?}: {finished:?}");
        assert!(
            finished.err.contains("no server answers: connection refused"),
            "{finished:?}"
        );
        assert!(
            finished.err.contains(&address) && finished.err.contains("--addr"),
            "{finished:?}"
        );
        assert_eq!(finished.out, "");
    }
}

#[tokio::test]
async fn a_watch_waits_as_long_as_it_is_told_and_no_longer() {
    let begun = Instant::now();
    let finished = run(&nobody().await, &["watch", "--wait", "2s"]).await;
    assert_eq!(finished.code, Some(3));
    assert!(begun.elapsed() >= Duration::from_secs(2));
    assert!(finished.err.contains("trying to connect for 2 s"), "{finished:?}");
}

#[tokio::test]
async fn a_refused_filter_is_told_in_the_servers_words() {
    let (_stage, address) = Stage::default().serve().await;
    let finished = run(&address, &["check-filter", "topic:militray"]).await;
    assert_eq!(finished.code, Some(2));
    assert_eq!(
        finished.err,
        "dateline: topic \"militray\" at 7: did you mean \"military\"?\n"
    );
}

#[tokio::test]
async fn an_unknown_event_does_not_hide_the_others() {
    let (_stage, address) = Stage::default().serve().await;
    let finished = run(&address, &["get", "e1", "x", "e2", "-o", "json"]).await;
    assert_eq!(finished.code, Some(1));
    assert_eq!(finished.out, "{\"eventId\":\"e1\"}\n{\"eventId\":\"e2\"}\n");
    assert_eq!(finished.err, "dateline: no event \"x\"\n");
}

#[tokio::test]
async fn a_list_shows_all_pages_and_stops_at_its_limit() {
    let page = |ids: &[&str], next: &str| ListEventsResponse {
        events: ids
            .iter()
            .map(|id| Event {
                event_id: (*id).into(),
                ..Event::default()
            })
            .collect(),
        next_page_token: next.into(),
        ..ListEventsResponse::default()
    };
    let pages = || [page(&["e1", "e2"], "p1"), page(&[], "p2"), page(&["e3"], "")];
    for (args, lines) in [
        (&["list", "-o", "json"][..], 3),
        (&["list", "-o", "json", "--limit", "2", "--all"], 2),
        (&["list", "-o", "json", "--limit", "3"], 3),
    ] {
        let stage = Stage::default();
        stage.pages.lock().unwrap().extend(pages());
        let (stage, address) = stage.serve().await;
        let finished = run(&address, args).await;
        assert_eq!(
            (finished.code, finished.out.lines().count()),
            (Some(0), lines),
            "{finished:?}"
        );
        let listed = stage.listed.lock().unwrap();
        assert!(
            listed
                .iter()
                .all(|request| request.show_retracted == args.contains(&"--all"))
        );
        let tokens: Vec<_> = listed.iter().map(|request| request.page_token.as_str()).collect();
        assert!(["", "p1", "p2"].starts_with(&tokens), "{tokens:?}");
    }
    let (_stage, address) = Stage::default().serve().await;
    assert_eq!(run(&address, &["list"]).await.code, Some(0));
}
