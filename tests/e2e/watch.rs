//! `dateline watch`, as people and scripts use it.

use std::{fs, process::Stdio, time::Duration};

use dateline_proto::v1::Event;
use dateline_tests::process::{ServerProcess, signal, wait};

use crate::{
    articles,
    client::{self, Running},
    server,
};

fn server_with(count: usize, folder: &std::path::Path) -> ServerProcess {
    let server = server::command(&folder.join("data")).start();
    ingest(server.address(), 0..count, folder);
    server
}

fn ingest(address: &str, which: std::ops::Range<usize>, folder: &std::path::Path) {
    let file = folder.join(format!("articles-{}.jsonl", which.start));
    fs::write(&file, which.map(|n| articles::line(n) + "\n").collect::<String>()).unwrap();
    client::ok(address, &["ingest", file.to_str().unwrap()]);
}

#[test]
fn an_empty_feed_is_caught_up_at_once_and_nothing_found_is_success() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(folder.path()).start();
    assert_eq!(
        client::ok(
            server.address(),
            &["watch", "--until-caught-up", "--output", "json"]
        ),
        ""
    );
    assert_eq!(
        client::ok(
            server.address(),
            &[
                "watch",
                "--since",
                "earliest",
                "--until-caught-up",
                "--output",
                "json"
            ]
        ),
        ""
    );
    assert_eq!(client::ok(server.address(), &["list", "--output", "json"]), "");
}

#[test]
fn a_state_file_continues_exactly_where_the_last_watch_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let server = server_with(20, folder.path());
    let address = server.address();
    let state = folder.path().join("state");
    let all = ["watch", "--since", "earliest", "--until-caught-up"];
    let with_state = [&all[..], &["--state", state.to_str().unwrap()]].concat();

    let first = client::events(address, &[&with_state[..], &["--limit", "7"]].concat());
    assert_eq!(first.len(), 7);
    let second = client::events(address, &with_state);
    assert_eq!(
        client::events(address, &with_state),
        [],
        "at the head there is nothing more"
    );
    ingest(address, 20..25, folder.path());
    let third = client::events(address, &with_state);
    let pieces: Vec<Event> = [first, second, third].concat();
    assert_eq!(
        pieces,
        client::events(address, &all),
        "the pieces are the whole, once"
    );
}

#[test]
fn an_interrupt_keeps_the_state_of_what_was_printed() {
    let folder = tempfile::tempdir().unwrap();
    let server = server_with(10, folder.path());
    let address = server.address();
    let state = folder.path().join("state");
    for (name, code) in [("INT", Some(130)), ("TERM", None)] {
        let _ = fs::remove_file(&state);
        let args = [
            "watch",
            "--since",
            "earliest",
            "--output",
            "json",
            "--state",
            state.to_str().unwrap(),
        ];
        let mut watch = Running::start(address, &args, folder.path(), name);
        watch.wait_until("some events", |lines| lines.lines().count() > 5);
        signal(watch.child.id(), name);
        let status = wait(&mut watch.child, Duration::from_secs(20)).expect("a signal ends the watch");
        if code.is_some() {
            assert_eq!(status.code(), code);
        }
        let printed = watch.events();
        let args = ["watch", "--until-caught-up", "--state", state.to_str().unwrap()];
        let rest = client::events(address, &args);
        let all = client::events(address, &["watch", "--since", "earliest", "--until-caught-up"]);
        assert_eq!([printed, rest].concat(), all, "after SIG{name}");
    }
}

#[test]
fn a_closed_pipe_ends_the_watch_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let server = server_with(30, folder.path());
    let mut command = client::command(
        server.address(),
        &["watch", "--since", "earliest", "--output", "json"],
    );
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // Until something is printed the closed pipe goes unnoticed, and it was printed before the pipe is looked at.
    let status = wait(&mut child, Duration::from_secs(60)).expect("a closed pipe ends the watch");
    assert!(status.success(), "{status}");
    let mut stderr = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut stderr).unwrap();
    assert!(
        !stderr.contains("panicked") && !stderr.contains("roken pipe"),
        "{stderr}"
    );
}

#[test]
fn refusals_have_their_exit_codes_and_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data")).start();
    let other = server::command(&folder.path().join("other")).start();
    ingest(other.address(), 0..1, folder.path());
    let foreign = client::events(other.address(), &["list"])[0].cursor.clone();
    for (args, code, told) in [
        (vec!["watch", "--topic", "militray"], 2, "military"),
        (vec!["watch", "--where", "type = CONSUL"], 2, "CONSULT"),
        (vec!["watch", "--since", &foreign], 2, "another"),
        (vec!["watch", "--since", "not-a-cursor"], 2, "earliest"),
        (vec!["watch", "--no-such-flag"], 2, "--help"),
        (vec!["get", "no-such-event"], 1, "no such event"),
    ] {
        let output = client::run(server.address(), &args);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "dateline {args:?}: {text}");
        assert!(
            text.contains(told),
            "dateline {args:?} should mention {told:?}: {text}"
        );
    }
    let address = format!("127.0.0.1:{}", server::free_port());
    assert_eq!(
        client::run(&address, &["info"]).status.code(),
        Some(3),
        "without a server"
    );
}
