//! What reading costs, in processor time, and how it grows with the journal:
//! `cargo bench -p dateline-journal --bench replay -- EVENTS [FOLDER]`. A folder that is given is filled up to that many events and kept,
//! so that the next run starts at once.

mod support;

use std::{
    fs::File,
    hint::black_box,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use dateline_journal::{Item, Journal, Options, ReadLimit, RunItem, Sequence, Term, TermQuery};

use support::{cpu, fill, memory, open, timed};

const ROUNDS: usize = 5;

fn limit(bytes: usize) -> ReadLimit {
    ReadLimit {
        bytes,
        revisions: usize::MAX,
        through: None,
    }
}

/// Reads everything after `at`, at most `most` revisions, in the way of old.
fn items(journal: &Journal, mut at: Sequence, most: u64) -> u64 {
    let end = journal.head().get().min(at.get() + most);
    let mut count = 0;
    while at.get() < end {
        let stretch = journal.read(at, ReadLimit::default()).expect("it can be read");
        at = stretch.looked_through;
        count += stretch
            .items
            .iter()
            .filter(|item| matches!(item, Item::Revision(_)))
            .count() as u64;
    }
    count
}

/// The same as runs.
fn runs(journal: &Journal, mut at: Sequence, most: u64) -> u64 {
    let end = journal.head().get().min(at.get() + most);
    let mut count = 0;
    while at.get() < end {
        let runs = journal.read_runs(at, limit(256 << 10)).expect("it can be read");
        at = runs.looked_through;
        for item in &runs.items {
            if let RunItem::Run(run) = item {
                count += run.count() as u64;
            }
        }
    }
    count
}

/// Processor time and wall time of one event.
fn each(run: impl FnOnce() -> u64) -> (f64, f64) {
    let (begun, spent) = (Instant::now(), cpu());
    let count = run() as f64;
    let nanos = |time: Duration| time.as_nanos() as f64 / count;
    (nanos(cpu() - spent), nanos(begun.elapsed()))
}

/// What no way of reading can do without: the files' data areas into warm memory, and a checksum for each piece of an event's size.
fn bare(folder: &Path, size: usize, most: u64) -> u64 {
    let mut buffer = vec![0; 256 << 10];
    let (mut count, mut sum) = (0, 0);
    for number in 1.. {
        let path = folder.join(format!("journal/{number:08}.segment"));
        let Ok(file) = File::open(path) else {
            break;
        };
        // About as much as a sealed segment has of it.
        let bytes = file.metadata().expect("it can be asked").len() * 7 / 10;
        for at in (0..bytes).step_by(buffer.len()) {
            if count >= most {
                break;
            }
            let read = file.read_at(&mut buffer, 4096 + at).expect("it can be read");
            for piece in buffer[..read].chunks_exact(size) {
                sum ^= crc32fast::hash(piece);
                count += 1;
            }
        }
    }
    black_box(sum);
    count
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn element_size(journal: &Journal) -> usize {
    let first = journal.revision(Sequence::new(1)).expect("it can be read");
    first.expect("it is there").element().len()
}

/// Two ways, interleaved.
fn compare(what: &str, old: impl Fn() -> u64, new: impl Fn() -> u64) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        before.push(each(&old).0);
        after.push(each(&new).0);
    }
    let (before, after) = (median(before), median(after));
    println!(
        "{what:<44} {before:>8.1} ns, now {after:>6.1} ns of processor an event: {:.2} times",
        before / after
    );
}

/// Replays side by side, each on a thread: processor time of one event that one of them got.
fn side_by_side(journal: &Journal, shared: usize, replays: usize, most: u64) {
    let spent: Vec<(u64, Duration)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..replays)
            .map(|_| {
                scope.spawn(|| {
                    let before = cpu();
                    (runs(journal, Sequence::ZERO, most), cpu() - before)
                })
            })
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join().expect("a replay"));
        joined.collect()
    });
    let count: u64 = spent.iter().map(|(count, _)| count).sum();
    let time: Duration = spent.iter().map(|(_, time)| *time).sum();
    println!(
        "{:<44} {:>8.1} ns of processor an event, {:.1} ms in all",
        format!("{replays} replays side by side, sharing {} MiB", shared >> 20),
        time.as_nanos() as f64 / count as f64,
        time.as_secs_f64() * 1e3
    );
}

fn select(journal: &Journal, what: &str, query: &TermQuery) {
    for round in 0..ROUNDS {
        let (begun, spent) = (Instant::now(), cpu());
        let (mut at, mut found, mut calls) = (Sequence::ZERO, 0_u64, 0);
        while at < journal.head() {
            let stretch = journal
                .select(at, query, ReadLimit::default())
                .expect("it can be read");
            at = stretch.looked_through;
            found += stretch.items.len() as u64;
            calls += 1;
        }
        let (wall, spent) = (begun.elapsed(), cpu() - spent);
        if round == 0 || round + 1 == ROUNDS {
            println!(
                "{:<44} {:>8.2} ms, {:.2} ms of processor; {found} found in {calls} calls",
                format!("select {what}, round {}", round + 1),
                wall.as_secs_f64() * 1e3,
                spent.as_secs_f64() * 1e3
            );
        }
    }
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let total: u64 = arguments
        .next()
        .and_then(|argument| argument.parse().ok())
        .unwrap_or(200_000);
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = arguments
        .next()
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let journal = timed("open as it was left", || open(&folder));
    if journal.head().get() < total {
        timed("fill", || fill(&journal, total));
    }
    timed("close", || drop(journal));

    let before = memory();
    let journal = timed("open", || open(&folder));
    let status = journal.status();
    println!(
        "{} events in {} segments, {} MB; memory {} MiB more",
        journal.head(),
        status.segments,
        status.bytes >> 20,
        memory() - before
    );
    let only = |name: &str| std::env::args().any(|argument| argument == name);
    if only("--open") {
        return;
    }
    if only("--runs") {
        (0..20).for_each(|_| println!("{:.1?}", each(|| runs(&journal, Sequence::ZERO, total))));
        return;
    }
    if only("--select") {
        (0..40).for_each(|_| select(&journal, "1 %", &TermQuery::Term(Term::code("NGO"))));
        return;
    }
    let middle = Sequence::new(journal.head().get() / 2);
    timed("first event from the middle", || runs(&journal, middle, 1));
    select(&journal, "0.01 %", &TermQuery::Term(Term::code("ATL")));
    select(&journal, "1 %", &TermQuery::Term(Term::code("NGO")));
    select(&journal, "33 %", &TermQuery::Term(Term::topic("disaster")));
    let both = [Term::code("ATL"), Term::topic("military")];
    select(
        &journal,
        "0.01 % and 33 %",
        &TermQuery::And(both.map(TermQuery::Term).to_vec()),
    );
    select(&journal, "nothing", &TermQuery::Term(Term::name("nobody")));
    let most = total.min(1_000_000);
    compare(
        "replay of all",
        || items(&journal, Sequence::ZERO, most),
        || runs(&journal, Sequence::ZERO, most),
    );
    let size = element_size(&journal);
    compare(
        "bare reading and checking, and a replay",
        || bare(&folder, size, most),
        || runs(&journal, Sequence::ZERO, most),
    );
    println!("memory {} MiB more than before it was opened", memory() - before);
    drop(journal);
    for shared in [32 << 20, 0, 32 << 20, 0] {
        let options = Options {
            shared_read_bytes: shared,
            ..Options::default()
        };
        let (journal, _) = Journal::open(&folder, options, &|_| {}).expect("it opens");
        for replays in [1, 10, 100] {
            side_by_side(&journal, shared, replays, most / 4);
        }
        println!("memory {} MiB more than before it was opened", memory() - before);
    }
}
