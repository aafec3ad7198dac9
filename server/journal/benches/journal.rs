//! How fast the journal appends, replays, selects and opens: `cargo bench -p dateline-journal`, events in all as an argument (default
//! 200,000). Durable figures depend on the disk under the temporary folder (`TMPDIR`).

mod support;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use dateline_journal::{
    Item, Journal, Options, ReadLimit, RunItem, Sequence, Term, TermQuery, conformance::append, rebuild_views,
};

use support::{bare::Bare, entry, fill, open, row, timed};
use tokio::runtime::Runtime;

/// Each way of appending is measured in so many slices, with slices of the bare append between them.
const SLICES: usize = 6;
const SLICE: Duration = Duration::from_millis(700);

/// Events appended, and how long that took.
#[derive(Clone, Copy, Default)]
struct Pace {
    events: u64,
    time: Duration,
}

impl Pace {
    fn add(&mut self, events: u64, begun: Instant) {
        self.events += events;
        self.time += begun.elapsed();
    }

    fn per_event(self) -> f64 {
        self.time.as_secs_f64() / self.events as f64
    }
}

/// Writers that each wait for their entry before they send the next one, for a slice of time.
async fn writers(journal: &Journal, writers: u64, batch: u64, next: &AtomicU64) -> u64 {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..writers)
        .map(|_| {
            let journal = journal.clone();
            let first = next.fetch_add(1 << 20, Ordering::Relaxed);
            tokio::spawn(async move {
                let mut count = 0;
                while begun.elapsed() < SLICE {
                    append(&journal, entry(first + count, batch)).await;
                    count += batch;
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.expect("a writer");
    }
    count
}

/// The same for one thread that writes what it appends itself, as the server's ledger does.
async fn alone(journal: &Journal, batch: u64, next: &AtomicU64) -> u64 {
    let mut appender = journal.appender();
    let first = next.fetch_add(1 << 20, Ordering::Relaxed);
    let begun = Instant::now();
    let mut count = 0;
    while begun.elapsed() < SLICE {
        let answer = |result: Result<_, _>| {
            result.expect("it is durable");
        };
        appender
            .submit(entry(first + count, batch), journal.generation(), answer)
            .await
            .expect("it is accepted");
        appender.write();
        count += batch;
    }
    count
}

/// Compares one way of appending with the bare append of groups as large.
fn compare(runtime: &Runtime, journal: &Journal, bare: &mut Bare, count: u64, batch: u64, next: &AtomicU64) {
    let (mut ours, mut its) = (Pace::default(), Pace::default());
    let mut group = 0.0;
    for _ in 0..SLICES {
        let syncs = journal.status().syncs;
        let begun = Instant::now();
        let events = match count {
            0 => runtime.block_on(alone(journal, batch, next)),
            count => runtime.block_on(writers(journal, count, batch, next)),
        };
        ours.add(events, begun);
        group = events as f64 / (journal.status().syncs - syncs) as f64;
        // Both make their events within the time.
        let entries = (group / batch as f64).round().max(1.0) as u64;
        let (begun, mut events) = (Instant::now(), 0);
        while begun.elapsed() < SLICE {
            let made: Vec<_> = (0..entries).map(|number| entry(events + number, batch)).collect();
            bare.append(&made);
            events += entries * batch;
        }
        its.add(events, begun);
    }
    let who = match count {
        0 => "1 on its own thread".to_owned(),
        count => format!("{count} waiting"),
    };
    let ratio = ours.per_event() / its.per_event();
    let note = format!("{group:.1} events a sync, {ratio:.2} times the bare append");
    row(
        &format!("append, {who}, entries of {batch}"),
        ours.events,
        ours.time,
        &note,
    );
}

fn scan(journal: &Journal) {
    let limit = ReadLimit {
        bytes: 1 << 20,
        revisions: 4096,
        through: None,
    };
    let begun = Instant::now();
    let (mut at, mut count, mut bytes) = (Sequence::ZERO, 0, 0);
    while at < journal.head() {
        let stretch = journal.read(at, limit).expect("it can be read");
        at = stretch.looked_through;
        for item in &stretch.items {
            if let Item::Revision(stored) = item {
                count += 1;
                bytes += stored.element().len();
            }
        }
    }
    let note = format!("{} bytes each, checksums checked", bytes / count as usize);
    row("read all", count, begun.elapsed(), &note);
}

fn runs(journal: &Journal) {
    let limit = ReadLimit {
        bytes: 256 << 10,
        revisions: usize::MAX,
        through: None,
    };
    let begun = Instant::now();
    let (mut at, mut count, mut bytes) = (Sequence::ZERO, 0, 0);
    while at < journal.head() {
        let runs = journal.read_runs(at, limit).expect("it can be read");
        at = runs.looked_through;
        for item in &runs.items {
            if let RunItem::Run(run) = item {
                count += run.count() as u64;
                bytes += run.bytes().len();
            }
        }
    }
    let note = format!("{} bytes each, checksums checked", bytes / count as usize);
    row("read all as runs", count, begun.elapsed(), &note);
}

fn select(journal: &Journal, what: &str, term: Term) {
    let query = TermQuery::Term(term);
    let begun = Instant::now();
    let (mut at, mut found) = (Sequence::ZERO, 0);
    while at < journal.head() {
        let stretch = journal
            .select(at, &query, ReadLimit::default())
            .expect("it can be read");
        at = stretch.looked_through;
        found += stretch.items.len();
    }
    let note = format!("{found} found in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    row(what, journal.head().get(), begun.elapsed(), &note);
}

fn random(journal: &Journal) {
    let begun = Instant::now();
    let head = journal.head().get();
    let count = 100_000;
    for number in 0..count {
        let at = Sequence::new(1 + number * 7_919 % head);
        assert!(journal.revision(at).expect("it can be read").is_some());
    }
    row("revision at random", count, begun.elapsed(), "");
}

fn main() {
    let total = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(200_000);
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let appends = folder.path().join("appends");
    let journal = open(&appends);
    let (mut bare, next) = (Bare::new(folder.path()), AtomicU64::new(1 << 40));
    for (count, batch) in [(0, 1), (1, 1), (64, 1), (1, 100), (0, 1000), (1, 1000), (8, 1000)] {
        compare(&runtime, &journal, &mut bare, count, batch, &next);
    }
    drop((journal, bare));

    let filled = folder.path().join("filled");
    let journal = open(&filled);
    fill(&journal, total);
    println!(
        "{total} events in {} segments, {} MB",
        journal.status().segments,
        journal.status().bytes >> 20
    );
    for _ in 0..3 {
        scan(&journal);
        runs(&journal);
    }
    select(&journal, "select 1 %, first time", Term::code("NGO"));
    select(&journal, "select 1 %", Term::code("NGO"));
    select(&journal, "select nothing", Term::name("nobody"));
    random(&journal);
    timed("close", || drop(journal));
    timed("open after close", || drop(open(&filled)));
    timed("rebuild views", || {
        rebuild_views(&filled, Options::default(), &|_| {}).expect("it rebuilds")
    });
}
