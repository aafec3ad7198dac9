//! How fast the journal appends, replays, selects and opens: `cargo bench -p dateline-journal`, events in all as an argument (default
//! 200,000). Durable figures depend on the disk under the temporary folder (`TMPDIR`).

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use dateline_journal::{
    Entry, Item, Journal, Options, ReadLimit, Revision, Sequence, Term, TermQuery,
    conformance::{append, sample},
    rebuild_views,
};
use dateline_proto::v1;

/// For how long each way of appending is measured.
const SPAN: Duration = Duration::from_secs(4);

/// A new event of about 400 bytes; one in a hundred is about Amnesty International.
fn event(number: u64) -> Revision {
    let mut revision = sample::created(&format!("event-{number:012}"), number as usize % 3 * 3);
    let event = Arc::make_mut(&mut revision.event);
    if number.is_multiple_of(100) {
        event.actors = vec![sample::party(4)];
    }
    event.mentions.push(v1::Mention {
        article_id: format!("article-{}", number / 5),
        uri: format!("https://news.example.org/2023/09/13/{}", number / 5),
        publisher: "The Paper".into(),
        sentence: "The leaders of the two countries met on Wednesday and spoke about closer ties.".into(),
        ..v1::Mention::default()
    });
    revision
}

fn entry(first: u64, count: u64) -> Entry {
    Entry {
        revisions: (first..first + count).map(event).collect(),
        ..Entry::default()
    }
}

fn open(folder: &Path) -> Journal {
    Journal::open(folder, Options::default(), &|_| {})
        .expect("it opens")
        .0
}

fn row(what: &str, count: u64, time: Duration, note: &str) {
    let rate = count as f64 / time.as_secs_f64();
    println!("{what:<44} {rate:>12.0} /s   {note}");
}

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

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = run();
    println!("{what:<44} {:>12.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    result
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
    runtime.block_on(async {
        let mut waiting = std::collections::VecDeque::new();
        for first in (0..total).step_by(100) {
            let submitted = journal
                .submit(entry(first, 100), 0)
                .await
                .expect("it is accepted");
            waiting.push_back(submitted.durable);
            if waiting.len() > 64 {
                waiting
                    .pop_front()
                    .expect("some wait")
                    .await
                    .expect("it is durable");
            }
        }
        for durable in waiting {
            durable.await.expect("it is durable");
        }
    });
    println!(
        "{total} events in {} segments, {} MB",
        journal.status().segments,
        journal.status().bytes >> 20
    );
    scan(&journal);
    scan(&journal);
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
