//! What the benchmarks share: events, filling a journal, and measuring.
#![allow(dead_code, reason = "each benchmark uses a part")]

pub(crate) mod bare;

use std::{
    collections::VecDeque,
    path::Path,
    time::{Duration, Instant},
};

use dateline_journal::{Entry, Journal, Options, Revision, conformance::sample};
use dateline_proto::v1;

/// A new event of about 400 bytes; a third is about disasters, one in a hundred about Amnesty International, one in ten
/// thousand about Atlantis.
pub(crate) fn event(number: u64) -> Revision {
    let mut revision = sample::created(&format!("event-{number:012}"), number as usize % 3 * 3);
    let event = std::sync::Arc::make_mut(&mut revision.event);
    if number.is_multiple_of(100) {
        event.actors = vec![sample::party(4)];
    }
    if number % 10_000 == 77 {
        event.actors.push(v1::Actor {
            name: "Atlantis".into(),
            code: "ATL".into(),
            country: "ATL".into(),
            ..v1::Actor::default()
        });
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

/// An entry of new events.
pub(crate) fn entry(first: u64, count: u64) -> Entry {
    Entry {
        revisions: (first..first + count).map(event).collect(),
        ..Entry::default()
    }
}

/// Opens a journal.
pub(crate) fn open(folder: &Path) -> Journal {
    Journal::open(folder, Options::default(), &|_| {})
        .expect("it opens")
        .0
}

/// Appends until the journal has `total` events.
pub(crate) fn fill(journal: &Journal, total: u64) {
    const BATCH: u64 = 500;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut waiting = VecDeque::new();
        let mut first = journal.head().get();
        while first < total {
            let count = BATCH.min(total - first);
            let submitted = journal.submit(entry(first, count), journal.generation()).await;
            waiting.push_back(submitted.expect("it is accepted").durable);
            first += count;
            if waiting.len() > 64 {
                let oldest = waiting.pop_front().expect("some wait");
                oldest.await.expect("it is durable");
            }
        }
        for durable in waiting {
            durable.await.expect("it is durable");
        }
    });
}

/// A line of the report.
pub(crate) fn row(what: &str, count: u64, time: Duration, note: &str) {
    let rate = count as f64 / time.as_secs_f64();
    println!("{what:<44} {rate:>12.0} /s   {note}");
}

/// Runs something and says how long it took.
pub(crate) fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = run();
    println!("{what:<44} {:>12.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    result
}

/// Processor time of this thread so far.
pub(crate) fn cpu() -> Duration {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = schedule.split(' ').next().and_then(|spent| spent.parse().ok());
    Duration::from_nanos(spent.unwrap_or(0))
}

/// Resident memory of this process that is its own, in MiB.
pub(crate) fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
