//! A process that appends is killed at random points; what it acknowledged is there afterwards.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use dateline_journal::{
    Entry, Journal, Options, Sequence,
    conformance::{append, read_all, sample},
    rebuild_views,
};
use dateline_proto::v1;

const FOLDER: &str = "DATELINE_JOURNAL_TEST_APPENDER";
const ROUNDS: usize = 24;

fn options() -> Options {
    Options {
        segment_bytes: 32 << 10,
        ..Options::default()
    }
}

/// The entry that starts at a sequence: an article with a few events, and a new state of an event before it.
fn entry(journal: &Journal, first: u64) -> Entry {
    let count = 1 + first % 4;
    let text = format!("The text of the article of {first}. ").repeat(1 + (first % 7) as usize);
    let ids: Vec<_> = (0..count)
        .map(|part| format!("e{first}-{part}-{count}"))
        .collect();
    let mut entry = Entry {
        article: Some(sample::article(&format!("a{}", first % 50), &text, &[])),
        reports: ids
            .iter()
            .map(|id| sample::report(id, &format!("a{}", first % 50), &text))
            .collect(),
        revisions: ids.iter().map(|id| sample::created(id, first as usize)).collect(),
    };
    if first.is_multiple_of(2) {
        // What their events show.
        let shown = entry
            .revisions
            .drain(..)
            .map(|revision| sample::shown(revision, "publisher"));
        (entry.reports, entry.revisions) = shown.collect();
    }
    let older = journal
        .views()
        .unwrap()
        .created(Sequence::new(first / 2), false)
        .next();
    if let Some((_, id)) = older.transpose().expect("views") {
        let state = journal
            .views()
            .unwrap()
            .event(&id)
            .expect("views")
            .expect("it was listed");
        let newest = journal
            .views()
            .unwrap()
            .newest(&id)
            .expect("views")
            .expect("it was listed");
        let change = if first.is_multiple_of(3) {
            v1::Change::Retracted
        } else {
            v1::Change::Corrected
        };
        entry
            .revisions
            .push(sample::revised(&newest, state.newest, first as usize, change));
    }
    entry
}

/// What the killed process does: appends, several entries at a time, and prints what is acknowledged.
async fn append_for_ever(folder: &Path) {
    let (journal, _) = Journal::open(folder, options(), &|_| {}).expect("it opens");
    let out = std::io::stdout();
    loop {
        let mut waiting = Vec::new();
        let mut touched = std::collections::HashSet::new();
        for _ in 0..4 {
            let first = waiting
                .last()
                .map_or(journal.head().get(), |(last, _): &(u64, _)| *last)
                + 1;
            let mut entry = entry(&journal, first);
            // Planned on the views, so no event twice before they follow.
            entry
                .revisions
                .retain(|revision| touched.insert(revision.event.event_id.clone()));
            let submitted = journal
                .submit(entry, journal.generation())
                .await
                .expect("it is accepted");
            let last = submitted.stamps.last().expect("it has revisions").sequence.get();
            waiting.push((last, submitted));
        }
        for (last, submitted) in waiting {
            submitted.durable.await.expect("it is durable");
            let first = submitted.stamps[0].sequence;
            writeln!(out.lock(), "acknowledged {first} {last}").expect("a pipe");
        }
    }
}

fn spawn(folder: &Path) -> Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "an_appender_acknowledges",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts")
}

fn acknowledged(line: &str) -> Option<(u64, u64)> {
    let (_, numbers) = line.split_once("acknowledged ")?;
    let (first, last) = numbers.split_once(' ')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// Kills the process after so many acknowledgements; returns all that it gave.
fn run_and_kill(folder: &Path, after: usize) -> Vec<(u64, u64)> {
    let mut child = spawn(folder);
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut seen = Vec::new();
    while seen.len() < after {
        let line = lines.next().expect("it goes on").expect("it is text");
        seen.extend(acknowledged(&line));
    }
    // SIGKILL.
    child.kill().expect("it runs");
    seen.extend(lines.map_while(Result::ok).filter_map(|line| acknowledged(&line)));
    child.wait().expect("it ended");
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appender_acknowledges() {
    if let Ok(folder) = std::env::var(FOLDER) {
        append_for_ever(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let seen = run_and_kill(folder.path(), 3);
    assert_eq!(seen[0].0, 1);
    assert!(seen.is_sorted());
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_loses_nothing_acknowledged_and_leaves_nothing_half() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut promised: BTreeMap<u64, u64> = BTreeMap::new();
    let mut kept: Vec<Vec<u8>> = Vec::new();
    for round in 0..ROUNDS {
        let after = rand::random_range(1..120);
        promised.extend(run_and_kill(folder.path(), after));

        let (journal, recovery) = Journal::open(folder.path(), options(), &|_| {}).expect("it opens");
        assert_eq!(recovery.damaged, [], "round {round}");
        assert_eq!(recovery.rebuilt, None, "round {round}");
        let all = read_all(&journal, Sequence::ZERO);
        assert!(
            all.iter()
                .zip(1..)
                .all(|(stored, number)| stored.sequence.get() == number),
            "dense"
        );
        assert!(
            all.len() as u64 >= *promised.last_key_value().expect("some").1,
            "all that was acknowledged"
        );
        assert!(
            all.iter()
                .zip(&kept)
                .all(|(stored, before)| stored.element() == before),
            "nothing changes"
        );
        kept = all.iter().map(|stored| stored.element().to_vec()).collect();
        for stored in all.iter().filter(|stored| stored.previous() == Sequence::ZERO) {
            // The parts of an entry follow one another, all of them or none.
            let id = stored.event().event_id;
            let mut parts = id[1..]
                .split('-')
                .map(|part| part.parse::<u64>().expect("a number"));
            let (first, part, count) = (
                parts.next().unwrap(),
                parts.next().unwrap(),
                parts.next().unwrap(),
            );
            assert_eq!(first + part, stored.sequence.get());
            let end = &all[(first + count - 2) as usize];
            assert_eq!(end.event().event_id, format!("e{first}-{}-{count}", count - 1));
        }
        let rows = journal.views().unwrap().rows().expect("views");
        drop(journal);
        if round % 6 == 5 {
            rebuild_views(folder.path(), options(), &|_| {}).expect("it rebuilds");
            let (journal, _) = Journal::open(folder.path(), options(), &|_| {}).expect("it opens");
            assert!(
                journal.views().unwrap().rows().expect("views") == rows,
                "the views are what a rebuild gives"
            );
        }
    }
    let (journal, _) = Journal::open(folder.path(), options(), &|_| {}).expect("it opens");
    let head = journal.head();
    assert_eq!(append(&journal, sample::entry("last", 1)).await, [head.next()]);
}
