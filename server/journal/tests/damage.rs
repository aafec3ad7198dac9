//! Flipped bits are told with their place, not served, and hide nothing else.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use dateline_journal::{
    Item, Journal, Options, ReadLimit, Recovery, Sequence, StoredRevision, Term, TermQuery,
    conformance::{append, read_all, sample, select_all},
    terms_of,
};

fn options() -> Options {
    Options {
        segment_bytes: 8 << 10,
        recent_bytes: 0,
        ..Options::default()
    }
}

fn open(folder: &Path) -> (Journal, Recovery) {
    Journal::open(folder, options(), &|_| {}).expect("it opens")
}

/// A folder with several segments, and what is in it.
async fn filled() -> (tempfile::TempDir, Vec<StoredRevision>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (journal, _) = open(folder.path());
    for number in 0..100 {
        append(&journal, sample::entry(&format!("event-{number}"), number)).await;
    }
    assert!(journal.status().segments >= 4);
    let all = read_all(&journal, Sequence::ZERO);
    (folder, all)
}

fn segment(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("journal/{number:08}.segment"))
}

/// Flips a bit of the `nth` place in a file where some bytes stand; returns the bytes' offset.
fn flip(path: &Path, bytes: &[u8], nth: usize, at: usize) -> usize {
    let mut file = fs::read(path).unwrap();
    let offset = file
        .windows(bytes.len())
        .enumerate()
        .filter(|(_, window)| *window == bytes)
        .nth(nth);
    let offset = offset.expect("the bytes are there").0;
    file[offset + at] ^= 4;
    fs::write(path, file).unwrap();
    offset
}

/// What a read of everything finds: revisions, and damage.
fn everything(journal: &Journal) -> (Vec<Sequence>, Vec<(u64, u64, String)>) {
    let (mut whole, mut damaged) = (Vec::new(), Vec::new());
    let mut at = Sequence::ZERO;
    while at < journal.head() {
        let stretch = journal.read(at, ReadLimit::default()).unwrap();
        at = stretch.looked_through;
        for item in stretch.items {
            match item {
                Item::Revision(stored) => whole.push(stored.sequence),
                Item::Damaged { first, last, place } => damaged.push((first.get(), last.get(), place)),
            }
        }
    }
    (whole, damaged)
}

#[tokio::test]
async fn a_flipped_bit_in_an_element_costs_that_revision_alone() {
    let (folder, all) = filled().await;
    let victim = &all[5];
    let offset = flip(&segment(folder.path(), 1), victim.element(), 0, 20);
    let (journal, recovery) = open(folder.path());
    assert_eq!(recovery, Recovery::default());
    let (whole, damaged) = everything(&journal);
    assert_eq!(damaged, [(6, 6, format!("00000001.segment:{offset}"))]);
    assert_eq!(whole.len(), 99);
    let error = journal.revision(victim.sequence).unwrap_err();
    assert!(
        error.to_string().contains(&format!("00000001.segment:{offset}")),
        "{error}"
    );
    let query = TermQuery::Term(Term::name(&victim.event().actors[0].name));
    let found = journal
        .select(Sequence::ZERO, &query, ReadLimit::default())
        .unwrap();
    assert!(
        found
            .items
            .iter()
            .any(|item| matches!(item, Item::Damaged { first, .. } if *first == victim.sequence))
    );
    // The views saw it while it was whole.
    assert_eq!(
        journal.views().unwrap().newest("event-5").unwrap(),
        Some(victim.event())
    );
}

#[tokio::test]
async fn a_flipped_bit_in_a_record_of_the_open_segment_costs_that_entry_alone() {
    let (folder, all) = filled().await;
    let last = fs::read_dir(folder.path().join("journal"))
        .unwrap()
        .filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|extension| extension == "segment")
        });
    let path = segment(folder.path(), last.count());
    // The second record; its first byte is the mark that recovery looks for.
    let offset = flip(&path, b"DJTL", 1, 30);
    let (journal, recovery) = open(folder.path());
    let [damage] = recovery.damaged.as_slice() else {
        panic!("one damage: {recovery:?}");
    };
    assert_eq!(damage.first, damage.last);
    assert!(damage.place.ends_with(&format!(":{offset}")), "{damage:?}");
    let (whole, damaged) = everything(&journal);
    assert_eq!(
        damaged,
        [(damage.first.get(), damage.last.get(), damage.place.clone())]
    );
    assert_eq!(whole.len(), all.len() - 1);
    assert_eq!(
        append(&journal, sample::entry("after", 1)).await,
        [Sequence::new(101)]
    );
}

#[tokio::test]
async fn a_damaged_or_missing_index_is_made_anew() {
    let (folder, all) = filled().await;
    let index = segment(folder.path(), 1).with_extension("index");
    let whole = fs::read(&index).unwrap();
    let terms: BTreeSet<Term> = all.iter().flat_map(|stored| terms_of(&stored.event())).collect();
    let places = [0, 50, 103, 110]
        .into_iter()
        .chain((111..whole.len()).step_by(97));
    for at in places.chain([whole.len() - 1]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&index, bytes).unwrap();
        let (journal, _) = open(folder.path());
        assert_eq!(
            everything(&journal),
            (all.iter().map(|stored| stored.sequence).collect(), vec![])
        );
        // Parts of an index are checked when they are used: here all are.
        for term in &terms {
            let holds = |stored: &&StoredRevision| terms_of(&stored.event()).contains(term);
            let expected: Vec<_> = all.iter().filter(holds).map(|stored| stored.sequence).collect();
            assert_eq!(
                select_all(&journal, &TermQuery::Term(*term)),
                expected,
                "byte {at}"
            );
        }
        for stored in &all {
            assert_eq!(journal.time_of(stored.sequence), Some(stored.update_time));
        }
        assert!(fs::read(&index).unwrap() == whole, "byte {at}");
    }
    fs::remove_file(&index).unwrap();
    let (journal, recovery) = open(folder.path());
    assert_eq!(recovery.reindexed, 1);
    assert_eq!(everything(&journal).0.len(), 100);
}

#[tokio::test]
async fn an_index_of_the_format_before_is_made_anew_when_it_is_used() {
    let (folder, all) = filled().await;
    let index = segment(folder.path(), 1).with_extension("index");
    let whole = fs::read(&index).unwrap();
    let mut old = whole.clone();
    old[7] = b'1';
    let checksum = crc32fast::hash(&old[..100]);
    old[100..104].copy_from_slice(&checksum.to_le_bytes());
    fs::write(&index, &old).unwrap();
    let (journal, recovery) = open(folder.path());
    assert_eq!(recovery, Recovery::default());
    assert!(fs::read(&index).unwrap() == old);
    assert_eq!(everything(&journal).0.len(), all.len());
    assert!(fs::read(&index).unwrap() == whole);
}

#[tokio::test]
async fn a_lost_record_of_a_sealed_segment_is_told_by_reads_and_selects() {
    let (folder, _) = filled().await;
    let path = segment(folder.path(), 1);
    fs::remove_file(path.with_extension("index")).unwrap();
    let offset = flip(&path, b"DJTL", 2, 100);
    let (journal, _) = open(folder.path());
    let (whole, damaged) = everything(&journal);
    assert_eq!(damaged, [(3, 3, format!("00000001.segment:{offset}"))]);
    assert_eq!(whole.len(), 99);
    let nothing = TermQuery::Term(Term::name("nobody"));
    let found = journal
        .select(Sequence::ZERO, &nothing, ReadLimit::default())
        .unwrap();
    assert!(matches!(found.items.as_slice(), [Item::Damaged { .. }]));
}

#[tokio::test]
async fn a_segment_that_is_gone_is_a_gap_that_is_told() {
    let (folder, _) = filled().await;
    fs::remove_file(segment(folder.path(), 2)).unwrap();
    let (journal, _) = open(folder.path());
    let (whole, damaged) = everything(&journal);
    let [(first, last, _)] = damaged.as_slice() else {
        panic!("one gap: {damaged:?}");
    };
    assert_eq!(whole.len() as u64 + (last + 1 - first), 100);
}

#[tokio::test]
async fn a_header_survives_in_its_copy() {
    let (folder, _) = filled().await;
    for number in [1, 2] {
        flip(&segment(folder.path(), number), b"DTLNSEG1", 0, 12);
    }
    let (journal, _) = open(folder.path());
    assert_eq!(everything(&journal).0.len(), 100);
}

#[tokio::test]
async fn a_tail_that_was_never_acknowledged_is_cut_and_appending_goes_on() {
    let (folder, all) = filled().await;
    let number = (1..)
        .take_while(|number| segment(folder.path(), *number).exists())
        .count();
    let path = segment(folder.path(), number);
    let bytes = fs::read(&path).unwrap();
    let end = 1 + bytes.iter().rposition(|byte| *byte != 0).unwrap();
    let torn = b"DJTL and half a record".as_slice();
    let start = end.next_multiple_of(8);
    let mut longer = bytes;
    longer.resize(longer.len().max(start + torn.len()), 0);
    longer[start..start + torn.len()].copy_from_slice(torn);
    fs::write(&path, longer).unwrap();
    let (journal, recovery) = open(folder.path());
    let truncated = recovery.truncated.expect("it is told");
    assert!(truncated.place.ends_with(&format!(":{start}")) && truncated.bytes >= torn.len() as u64);
    assert_eq!(recovery.damaged, []);
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), all.len());
    assert_eq!(
        append(&journal, sample::entry("after", 1)).await,
        [Sequence::new(101)]
    );
    drop(journal);
    let (journal, recovery) = open(folder.path());
    assert_eq!(recovery, Recovery::default());
    assert_eq!(journal.head(), Sequence::new(101));
}

#[tokio::test]
async fn a_segment_that_was_just_being_made_is_no_damage() {
    let (folder, all) = filled().await;
    let number = (1..)
        .take_while(|number| segment(folder.path(), *number).exists())
        .count();
    let blank = fs::File::create(segment(folder.path(), number + 1)).unwrap();
    blank.set_len(20_000).unwrap();
    let (journal, recovery) = open(folder.path());
    assert_eq!(recovery.damaged, []);
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), all.len());
    assert_eq!(
        append(&journal, sample::entry("after", 1)).await,
        [Sequence::new(101)]
    );
}

#[tokio::test]
async fn a_damaged_store_of_the_views_is_built_anew() {
    let (folder, _) = filled().await;
    let (journal, _) = open(folder.path());
    let rows = journal.views().unwrap().rows().unwrap();
    drop(journal);
    for file in fs::read_dir(folder.path().join("views")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::write(path, "not a store").unwrap();
        }
    }
    let (journal, recovery) = open(folder.path());
    assert!(recovery.rebuilt.is_some(), "{recovery:?}");
    assert!(journal.views().unwrap().rows().unwrap() == rows);
}
