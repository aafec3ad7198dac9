//! Laws of reading.

use dateline_proto::{time::Timestamp, v1};

use super::{Engine, append, read_all, revision, sample};
use crate::{Entry, Journal, Options, ReadLimit, Sequence, StoredRevision, Term, TermQuery, terms_of};

/// Small segments, so that reads cross them.
fn small() -> Options {
    Options {
        segment_bytes: 16 << 10,
        ..Options::default()
    }
}

/// A history of events that are created, corrected and retracted.
async fn history(journal: &Journal, steps: usize) {
    let mut newest: Vec<(v1::Event, Sequence)> = Vec::new();
    for step in 0..steps {
        let next = match step % 4 {
            0 | 1 => sample::created(&format!("e{step}"), step * 7),
            other => {
                let place = step * 13 % newest.len();
                let (event, sequence) = newest.swap_remove(place);
                let change = if other == 2 {
                    v1::Change::Corrected
                } else {
                    v1::Change::Retracted
                };
                sample::revised(&event, sequence, step * 5, change)
            }
        };
        let entry = Entry {
            revisions: vec![next],
            ..Entry::default()
        };
        let sequence = append(journal, entry).await[0];
        let stored = journal.revision(sequence).unwrap().unwrap();
        newest.push((stored.event(), sequence));
    }
}

/// A read may start after any sequence from 0 to the head, and gives exactly what follows.
pub async fn reads_start_anywhere_up_to_the_head(engine: &impl Engine) {
    let journal = engine.open(small());
    history(&journal, 120).await;
    let all = read_all(&journal, Sequence::ZERO);
    assert!(journal.status().segments > 2);
    for after in 0..=120 {
        let rest = read_all(&journal, Sequence::new(after));
        assert_eq!(rest.len() as u64, 120 - after);
        assert!(
            rest.iter()
                .zip(&all[after as usize..])
                .all(|(a, b)| a.element() == b.element())
        );
    }
    let beyond = journal.read(Sequence::new(120), ReadLimit::default()).unwrap();
    assert!(beyond.items.is_empty());
    assert_eq!(beyond.looked_through, Sequence::new(120));
    assert!(journal.revision(Sequence::new(121)).unwrap().is_none());
    assert!(journal.revision(Sequence::ZERO).unwrap().is_none());
}

/// A read stays within its limits, but for one revision where even that is larger.
pub async fn limits_bound_a_read_but_for_its_first_revision(engine: &impl Engine) {
    let journal = engine.open(small());
    history(&journal, 60).await;
    let read = |bytes, revisions, through| {
        let limit = ReadLimit {
            bytes,
            revisions,
            through,
        };
        let items = journal.read(Sequence::new(10), limit).unwrap().items;
        let recent = journal
            .read_recent(Sequence::new(10), limit)
            .expect("it is recent")
            .items;
        assert_eq!(items.len(), recent.len());
        items.into_iter().map(revision).collect::<Vec<_>>()
    };
    assert_eq!(read(usize::MAX, 5, None).len(), 5);
    assert_eq!(read(1, 100, None).len(), 1);
    assert_eq!(read(usize::MAX, usize::MAX, Some(Sequence::new(13))).len(), 3);
    assert_eq!(read(usize::MAX, usize::MAX, None).len(), 50);
    let some = read(1000, 100, None);
    assert!(some.len() > 1 && some.iter().map(|stored| stored.element().len()).sum::<usize>() <= 1000);
}

/// What memory holds is what the files hold.
pub async fn memory_and_files_say_the_same(engine: &impl Engine) {
    let mut options = small();
    options.recent_bytes = 10_000;
    let journal = engine.open(options);
    history(&journal, 100).await;
    assert!(
        journal
            .read_recent(Sequence::ZERO, ReadLimit::default())
            .is_none()
    );
    let all = read_all(&journal, Sequence::ZERO);
    let after = (0..=100)
        .map(Sequence::new)
        .find(|after| journal.read_recent(*after, ReadLimit::default()).is_some());
    let after = after.expect("the newest are held");
    assert!(after < journal.head());
    let recent = journal.read_recent(after, ReadLimit::default()).unwrap();
    assert_eq!(recent.looked_through, journal.head());
    for (item, stored) in recent.items.into_iter().zip(&all[after.get() as usize..]) {
        let held = revision(item);
        assert_eq!(
            (held.sequence, held.element(), held.before()),
            (stored.sequence, stored.element(), stored.before())
        );
        assert_eq!(
            (held.update_time, held.previous(), held.held),
            (stored.update_time, stored.previous(), stored.held)
        );
    }
}

/// `select` gives exactly the revisions whose terms, of the states before and after, satisfy the query.
pub async fn select_finds_every_revision_whose_state_before_or_after_satisfies_the_query(
    engine: &impl Engine,
) {
    let journal = engine.open(small());
    history(&journal, 200).await;
    let all = read_all(&journal, Sequence::ZERO);
    let queries = [
        TermQuery::All,
        TermQuery::Term(Term::country("PRK")),
        TermQuery::Term(Term::name("kim jong un")),
        TermQuery::Term(Term::name("nobody")),
        TermQuery::And(vec![
            TermQuery::Term(Term::country("RUS")),
            TermQuery::Term(Term::topic("military")),
        ]),
        TermQuery::Or(vec![
            TermQuery::Term(Term::code("DEUCOP")),
            TermQuery::Term(Term::event_type(v1::EventType::Accuse)),
        ]),
        TermQuery::And(vec![]),
        TermQuery::Or(vec![]),
    ];
    // Once while the newest segment is written to, once from saved indexes.
    drop(journal);
    for _ in 0..2 {
        let journal = engine.open(small());
        for query in &queries {
            let expected: Vec<_> = all
                .iter()
                .filter(|stored| satisfies(stored, query))
                .map(|stored| stored.sequence)
                .collect();
            assert_eq!(select_all(&journal, query), expected, "{query:?}");
        }
    }
}

fn satisfies(stored: &StoredRevision, query: &TermQuery) -> bool {
    let mut terms = terms_of(&stored.event());
    terms.extend(stored.before().iter().flat_map(terms_of));
    terms.sort_unstable();
    query.holds(&terms)
}

/// Sequences of everything that `select` gives.
pub fn select_all(journal: &Journal, query: &TermQuery) -> Vec<Sequence> {
    let limit = ReadLimit {
        bytes: 5000,
        revisions: 9,
        through: None,
    };
    let mut found = Vec::new();
    let mut at = journal.oldest().before();
    while at < journal.head() {
        let stretch = journal.select(at, query, limit).unwrap();
        assert!(stretch.looked_through > at);
        found.extend(stretch.items.into_iter().map(|item| revision(item).sequence));
        at = stretch.looked_through;
    }
    found
}

/// Reading after `sequence_before(time)` starts with the first revision at that time or later.
pub async fn a_time_leads_to_the_first_revision_at_or_after_it(engine: &impl Engine) {
    let journal = engine.open(small());
    assert_eq!(journal.sequence_before(Timestamp::now()), Sequence::ZERO);
    history(&journal, 120).await;
    let all = read_all(&journal, Sequence::ZERO);
    for stored in &all {
        assert_eq!(journal.time_of(stored.sequence), Some(stored.update_time));
        let before = journal.sequence_before(stored.update_time);
        assert!(
            all[..before.get() as usize]
                .iter()
                .all(|earlier| earlier.update_time < stored.update_time)
        );
        assert!(
            all[before.get() as usize..]
                .iter()
                .all(|later| later.update_time >= stored.update_time)
        );
    }
    assert_eq!(
        journal.sequence_before(Timestamp { seconds: 0, nanos: 0 }),
        Sequence::ZERO
    );
    assert_eq!(
        journal.sequence_before(Timestamp {
            seconds: 1 << 34,
            nanos: 0
        }),
        journal.head()
    );
    assert_eq!(journal.time_of(Sequence::new(121)), None);
}

/// At a pin every event shows its newest revision at or before it, and by its number every revision can be had.
pub async fn a_pin_shows_each_event_as_it_was(engine: &impl Engine) {
    let journal = engine.open(small());
    history(&journal, 100).await;
    let all = read_all(&journal, Sequence::ZERO);
    for pin in [0, 1, 17, 50, 99, 100] {
        for id in all.iter().map(|stored| stored.event().event_id) {
            let expected = all[..pin]
                .iter()
                .map(StoredRevision::event)
                .rfind(|event| event.event_id == id);
            assert_eq!(
                journal.event_at(&id, Sequence::new(pin as u64)).unwrap(),
                expected
            );
        }
    }
    for stored in &all {
        let event = stored.event();
        assert_eq!(
            journal.event_revision(&event.event_id, event.revision).unwrap(),
            Some(event)
        );
    }
    assert_eq!(journal.event_revision("e0", 0).unwrap(), None);
    assert_eq!(journal.event_revision("e0", 999).unwrap(), None);
    assert_eq!(journal.event_at("none", Sequence::new(100)).unwrap(), None);
}
