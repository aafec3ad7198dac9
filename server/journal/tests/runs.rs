//! Runs say what single revisions say: whatever was appended, damaged, lost or trimmed, from wherever they are read, shared or not.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{collections::BTreeMap, fs, path::Path};

use dateline_journal::{
    Entry, Item, Journal, Options, ReadError, ReadLimit, Retention, RunItem, Sequence, Term, TermQuery,
    conformance::sample,
};
use proptest::prelude::*;

/// What stands at each sequence: an element, or the place of the damage.
type Found = BTreeMap<u64, Result<Vec<u8>, String>>;

fn damaged(found: &mut Found, first: Sequence, last: Sequence, place: &str) {
    for at in first.get()..=last.get() {
        assert!(found.insert(at, Err(place.to_owned())).is_none());
    }
}

fn by_items(journal: &Journal, mut at: Sequence) -> Found {
    let mut found = Found::new();
    while at < journal.head() {
        let stretch = journal.read(at, ReadLimit::default()).unwrap();
        for item in stretch.items {
            match item {
                Item::Revision(stored) => {
                    found.insert(stored.sequence.get(), Ok(stored.element().to_vec()));
                }
                Item::Damaged { first, last, place } => damaged(&mut found, first, last, &place),
            }
        }
        at = stretch.looked_through;
    }
    found
}

/// Reads runs with these limits, and checks what is said of them.
fn by_runs(journal: &Journal, mut at: Sequence, limit: ReadLimit) -> Found {
    let mut found = Found::new();
    let end = journal.head().min(limit.through.unwrap_or(journal.head()));
    while at < end {
        // What is read without waiting is the same, as far as it goes.
        let at_once = (!at.get().is_multiple_of(3)).then(|| journal.try_read_runs(at, limit).unwrap());
        let runs = at_once.flatten();
        let runs = runs.unwrap_or_else(|| journal.read_runs(at, limit).unwrap());
        assert!(runs.looked_through > at && runs.looked_through <= end);
        let mut next = at.get() + 1;
        let (mut bytes, mut count) = (0, 0);
        for item in &runs.items {
            match item {
                RunItem::Run(run) => {
                    assert_eq!(run.first().get(), next);
                    next = run.last().get() + 1;
                    bytes += run.bytes().len();
                    count += run.count();
                    for number in 0..run.count() {
                        let at = Sequence::new(run.first().get() + number as u64);
                        assert_eq!(Some(run.update_time(number)), journal.time_of(at));
                        found.insert(at.get(), Ok(run.element(number).to_vec()));
                    }
                }
                RunItem::Damaged { first, last, place } => {
                    assert_eq!(first.get(), next);
                    next = last.get() + 1;
                    damaged(&mut found, *first, *last, place);
                }
            }
        }
        assert_eq!(next, runs.looked_through.get() + 1, "everything is told of");
        assert!(count <= limit.revisions.max(1));
        assert!(
            bytes <= limit.bytes || count <= 1,
            "{bytes} bytes, {count} revisions"
        );
        at = runs.looked_through;
    }
    found
}

#[derive(Clone, Debug)]
struct Damage {
    file: usize,
    /// Of the file's length, in thousandths.
    at: u64,
    bits: u8,
    cut: bool,
}

fn harm(folder: &Path, damage: &Damage) {
    let mut files: Vec<_> = fs::read_dir(folder.join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "segment"))
        .collect();
    files.sort();
    // Not the last one: what is not whole there may be cut as a torn tail.
    files.pop();
    let Some(path) = files.get(damage.file % files.len().max(1)) else {
        return;
    };
    let mut bytes = fs::read(path).unwrap();
    // The header is not what this is about.
    let at = 4096 + (bytes.len() as u64 - 4096) * damage.at / 1000;
    if damage.cut {
        bytes.truncate(at as usize);
    } else {
        bytes[at as usize] ^= damage.bits;
    }
    fs::write(path, bytes).unwrap();
    if damage.bits.is_multiple_of(2) {
        // The index is made anew from what is left of the records. It may be gone already: two damages of one file.
        let _ = fs::remove_file(path.with_extension("index"));
    }
}

fn options(shared: usize) -> Options {
    Options {
        segment_bytes: 16 << 10,
        recent_bytes: 0,
        shared_read_bytes: shared,
        retention: Retention {
            max_age: None,
            max_bytes: Some(300 << 10),
        },
        ..Options::default()
    }
}

fn open(folder: &Path, shared: usize) -> Journal {
    Journal::open(folder, options(shared), &|_| {}).unwrap().0
}

async fn filled(folder: &Path, shared: usize, entries: &[(usize, usize)]) -> Journal {
    let journal = open(folder, shared);
    let mut durable = Vec::new();
    for (number, (events, seed)) in entries.iter().enumerate() {
        let mut entry = Entry::default();
        for event in 0..*events {
            let mut revision = sample::created(&format!("e{number}-{event}"), seed + event);
            // Lengths of all sizes.
            std::sync::Arc::make_mut(&mut revision.event).summary = "x".repeat(seed * seed * seed % 3001);
            entry.revisions.push(revision);
        }
        durable.push(journal.submit(entry, 0).await.unwrap().durable);
    }
    for durable in durable {
        durable.await.unwrap();
    }
    journal
}

fn same(found: &Found, wanted: &Found) {
    let places: Vec<u64> = found.keys().chain(wanted.keys()).copied().collect();
    for at in places {
        assert_eq!(found.get(&at), wanted.get(&at), "revision {at}");
    }
}

fn agree(journal: &Journal, limit: ReadLimit, starts: &[u64]) {
    let oldest = journal.oldest().before();
    let all = by_items(journal, oldest);
    for start in starts {
        let after = Sequence::new(oldest.get() + start % (journal.head().get() - oldest.get() + 1));
        let end = journal.head().min(limit.through.unwrap_or(journal.head()));
        let wanted: Found = all
            .range(after.get() + 1..)
            .filter(|(at, _)| **at <= end.get())
            .map(|(at, found)| (*at, found.clone()))
            .collect();
        same(&by_runs(journal, after, limit), &wanted);
    }
    if oldest > Sequence::ZERO {
        let limit = ReadLimit {
            through: None,
            ..limit
        };
        let error = journal.read_runs(oldest.before(), limit).unwrap_err();
        assert!(matches!(error, ReadError::Trimmed { oldest } if oldest == journal.oldest()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn runs_say_what_single_revisions_say(
        entries in prop::collection::vec((0..12_usize, 0..60_usize), 1..60),
        damages in prop::collection::vec(
            (0..10_usize, 0..1000_u64, 1..255_u8, prop::bool::weighted(0.2)).prop_map(|(file, at, bits, cut)| Damage { file, at, bits, cut }), 0..6),
        starts in prop::collection::vec(any::<u64>(), 1..6),
        (bytes, revisions, through) in (1..40_000_usize, 1..200_usize, prop::option::of(0..400_u64)),
        shared in prop_oneof![Just(0_usize), Just(10_000), Just(32 << 20)],
    ) {
        let folder = tempfile::tempdir().unwrap();
        let limit = ReadLimit { bytes, revisions, through: through.map(Sequence::new) };
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let journal = filled(folder.path(), shared, &entries).await;
            // So that nothing is trimmed while it is looked at.
            journal.close();
            agree(&journal, limit, &starts);
            journal.trim_now().unwrap();
            agree(&journal, limit, &starts);
            agree(&journal, ReadLimit { through: None, ..limit }, &[0]);
        });
        for damage in &damages {
            harm(folder.path(), damage);
        }
        let journal = open(folder.path(), shared);
        journal.close();
        // Twice: what was kept the first time is what was read.
        agree(&journal, limit, &starts);
        agree(&journal, ReadLimit { through: None, ..limit }, &[0, 0]);
    }
}

#[tokio::test]
async fn a_replay_that_follows_another_reads_what_that_one_left() {
    let folder = tempfile::tempdir().unwrap();
    let journal = filled(folder.path(), 1 << 20, &[(10, 3); 30]).await;
    // So that the segments are sealed: what may still grow is not kept.
    journal.close();
    let limit = ReadLimit {
        bytes: 256 << 10,
        revisions: usize::MAX,
        through: None,
    };
    let before = by_runs(&journal, Sequence::ZERO, limit);
    // The second one finds that it is not alone; what it reads is kept.
    same(&by_runs(&journal, Sequence::ZERO, limit), &before);
    let segments = journal.status().segments;
    for number in 1..segments {
        fs::write(folder.path().join(format!("journal/{number:08}.segment")), b"").unwrap();
    }
    same(&by_runs(&journal, Sequence::ZERO, limit), &before);
    // By `read` nothing is left of them.
    assert!(by_items(&journal, Sequence::ZERO).values().any(Result::is_err));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_the_page_cache_holds_is_read_without_waiting_and_nothing_else() {
    use rustix::{
        fs::{Advice, fadvise},
        io::{ReadWriteFlags, preadv2},
    };

    // Not in the folder for temporary files, which may be in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let journal = filled(folder.path(), 0, &[(10, 3); 30]).await;
    journal.close();
    let path = folder.path().join("journal/00000001.segment");
    let file = fs::File::open(path).unwrap();
    // What the file system says itself of the first elements; nothing where it cannot tell.
    let is_cached = || {
        let mut bytes = [0; 4096];
        let into = &mut [std::io::IoSliceMut::new(&mut bytes)];
        preadv2(&file, into, 4096, ReadWriteFlags::NOWAIT) == Ok(4096)
    };
    let limit = ReadLimit {
        bytes: 4000,
        revisions: usize::MAX,
        through: None,
    };
    let read = |runs: dateline_journal::Runs| format!("{runs:?}");
    let at_once = || journal.try_read_runs(Sequence::ZERO, limit).unwrap().map(read);
    let wanted = read(journal.read_runs(Sequence::ZERO, limit).unwrap());
    assert_eq!(at_once(), is_cached().then(|| wanted.clone()));
    file.sync_all().unwrap();
    fadvise(&file, 0, None, Advice::DontNeed).unwrap();
    let was_cached = is_cached();
    assert_eq!(at_once(), was_cached.then(|| wanted.clone()));
    assert_eq!(read(journal.read_runs(Sequence::ZERO, limit).unwrap()), wanted);
    assert_eq!(at_once(), is_cached().then_some(wanted));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_that_follow_a_writer_through_segments_miss_nothing() {
    const EVENTS: u64 = 600;
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(
        folder.path(),
        Options {
            segment_bytes: 16 << 10,
            recent_bytes: 0,
            shared_read_bytes: 256 << 10,
            ..Options::default()
        },
        &|_| {},
    );
    let journal = journal.unwrap().0;
    let follow = |selects: bool| {
        let (journal, runtime) = (journal.clone(), tokio::runtime::Handle::current());
        let mut head = journal.watch_head();
        std::thread::spawn(move || {
            let limit = ReadLimit {
                bytes: 1500,
                revisions: 5,
                through: None,
            };
            // What every sample is, so that nothing is left out by it; asked of the lists all the same.
            let any = TermQuery::Or(
                (0..5)
                    .map(|number| TermQuery::Term(Term::name(&sample::party(number).name)))
                    .collect(),
            );
            let mut found = Found::new();
            let mut at = Sequence::ZERO;
            while at.get() < EVENTS {
                runtime.block_on(head.wait_for(|head| *head > at)).unwrap();
                if selects {
                    let stretch = journal.select(at, &any, limit).unwrap();
                    for item in stretch.items {
                        let Item::Revision(stored) = item else {
                            panic!("nothing is damaged");
                        };
                        found.insert(stored.sequence.get(), Ok(stored.element().to_vec()));
                    }
                    at = stretch.looked_through;
                } else {
                    let through = journal.head();
                    found.extend(by_runs(
                        &journal,
                        at,
                        ReadLimit {
                            through: Some(through),
                            ..limit
                        },
                    ));
                    at = through;
                }
            }
            found
        })
    };
    let followers: Vec<_> = [false, true, false, true].map(follow).into_iter().collect();
    let mut last = None;
    for number in 0..EVENTS {
        let entry = sample::entry(&format!("e{number}"), number as usize);
        let submitted = journal.submit(entry, 0).await.unwrap();
        // A few at a time, so that readers see many heads.
        match number % 5 {
            0 => submitted.durable.await.unwrap(),
            _ => last = Some(submitted.durable),
        }
    }
    last.unwrap().await.unwrap();
    let all = by_items(&journal, Sequence::ZERO);
    assert_eq!(all.len() as u64, EVENTS);
    for follower in followers {
        same(&follower.join().unwrap(), &all);
    }
}
