//! How fast the journal appends, replays, selects and opens: `cargo bench -p dateline-journal`, events in all as an argument (default
//! 200,000). Durable figures depend on the disk under the temporary folder (`TMPDIR`).

mod support;

use std::time::{Duration, Instant};

use dateline_journal::{
    Item, Journal, Options, ReadLimit, RunItem, Sequence, Term, TermQuery, conformance::append, rebuild_views,
};

use support::{entry, fill, open, row, timed};

/// For how long each way of appending is measured.
const SPAN: Duration = Duration::from_secs(4);

/// Writers that each wait for their entry before they send the next one.
async fn writers(journal: &Journal, writers: u64, batch: u64) {
    let begun = Instant::now();
    let syncs = journal.status().syncs;
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let journal = journal.clone();
            tokio::spawn(async move {
                let mut count = 0;
                while begun.elapsed() < SPAN {
                    let first = (writer + 1) * 1_000_000_000 + journal.head().get() * 1000 + count;
                    append(&journal, entry(first, batch)).await;
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
    let syncs = journal.status().syncs - syncs;
    let note = format!("{:.1} events a sync", count as f64 / syncs as f64);
    row(
        &format!("append, {writers} waiting, entries of {batch}"),
        count,
        begun.elapsed(),
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
    for (count, batch) in [(1, 1), (64, 1), (1, 100), (1, 1000), (8, 1000)] {
        runtime.block_on(writers(&journal, count, batch));
    }
    drop(journal);

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
