//! Laws of appending.

use std::sync::Arc;

use dateline_proto::v1;
use prost::Message;

use super::{Engine, append, read_all, sample};
use crate::{AppendError, Cursor, Entry, Options, Sequence};

/// The first revision has sequence 1, and each later one the next number.
pub async fn sequences_are_dense_and_start_with_one(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    assert_eq!(
        (journal.head(), journal.oldest()),
        (Sequence::ZERO, Sequence::new(1))
    );
    for number in 0..5 {
        let revisions = (0..3)
            .map(|part| sample::created(&format!("e{number}-{part}"), part))
            .collect();
        let sequences = append(
            &journal,
            Entry {
                revisions,
                ..Entry::default()
            },
        )
        .await;
        let expected: Vec<_> = (1..=3).map(|part| Sequence::new(3 * number + part)).collect();
        assert_eq!(sequences, expected);
    }
    let read: Vec<_> = read_all(&journal, Sequence::ZERO)
        .iter()
        .map(|stored| stored.sequence.get())
        .collect();
    assert_eq!(read, (1..=15).collect::<Vec<_>>());
}

/// When `durable` resolves, the head includes the entry and it can be read; who asks for the views then finds it in them.
pub async fn an_entry_is_visible_when_it_is_durable(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let mut head = journal.watch_head();
    for number in 0..20 {
        let id = format!("e{number}");
        let submitted = journal
            .submit(sample::entry(&id, number), journal.generation())
            .await
            .unwrap();
        submitted.durable.await.unwrap();
        let sequence = submitted.stamps[0].sequence;
        assert_eq!(journal.head(), sequence);
        assert_eq!(*head.borrow_and_update(), sequence);
        let stored = journal.revision(sequence).unwrap().expect("it can be read");
        let views = journal.views().unwrap();
        assert!(journal.applied() >= submitted.entry);
        let state = views.event(&id).unwrap().expect("the views include it");
        assert_eq!((state.newest, state.created), (sequence, sequence));
        assert_eq!(Some(stored.event()), views.newest(&id).unwrap());
    }
}

/// However many append, each finds in the views what it was told is durable, events and articles without any.
pub async fn each_finds_in_the_views_what_it_was_told_is_durable(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let writer = async |writer: usize| {
        for number in 0..40 {
            let id = format!("e{writer}-{number}");
            let at = append(&journal, sample::entry(&id, number)).await[0];
            let finds = || journal.views().unwrap().event(&id).unwrap().expect("it is there");
            assert_eq!(tokio::task::block_in_place(finds).newest, at);
            let at_pin = || journal.event_at(&id, at).unwrap();
            assert!(tokio::task::block_in_place(at_pin).is_some());
            let quiet = Entry {
                article: Some(sample::article(&id, "Nothing happened.", &[])),
                ..Entry::default()
            };
            append(&journal, quiet).await;
            let finds = || journal.views().unwrap().article(&id).unwrap();
            assert!(tokio::task::block_in_place(finds).is_some());
        }
    };
    tokio::join!(writer(0), writer(1), writer(2), writer(3));
}

/// Entries stand in the order in which they were submitted, however many wait; those that wait share a sync.
pub async fn entries_keep_the_order_of_their_submission(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    // While the first one is written, the others gather.
    let mut large = sample::entry("e0", 0);
    Arc::make_mut(&mut large.revisions[0].event).summary = "x".repeat(5 << 20);
    let mut waiting = vec![journal.submit(large, journal.generation()).await.unwrap()];
    for number in 1..300 {
        let entry = sample::entry(&format!("e{number}"), number);
        waiting.push(journal.submit(entry, journal.generation()).await.unwrap());
    }
    for submitted in waiting {
        submitted.durable.await.unwrap();
    }
    let ids: Vec<_> = read_all(&journal, Sequence::ZERO)
        .iter()
        .map(|stored| stored.event().event_id)
        .collect();
    assert_eq!(
        ids,
        (0..300).map(|number| format!("e{number}")).collect::<Vec<_>>()
    );
    assert!(journal.status().syncs < 300);
}

/// update_time never decreases along the journal, also across opening again.
pub async fn update_time_never_decreases(engine: &impl Engine) {
    for round in 0..3 {
        let journal = engine.open(Options::default());
        for number in 0..20 {
            append(&journal, sample::entry(&format!("e{round}-{number}"), number)).await;
        }
        let times: Vec<_> = read_all(&journal, Sequence::ZERO)
            .iter()
            .map(|stored| stored.update_time)
            .collect();
        assert!(times.is_sorted());
    }
}

/// The stamps that `submit` gives are the cursor and times inside the stored event; nobody can forge them.
pub async fn stamps_are_inside_the_stored_bytes(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let mut first = sample::created("e", 1);
    Arc::make_mut(&mut first.event).cursor = "forged".into();
    let entry = Entry {
        revisions: vec![first],
        ..Entry::default()
    };
    let submitted = journal.submit(entry, journal.generation()).await.unwrap();
    submitted.durable.await.unwrap();
    let stamp = submitted.stamps[0];
    let stored = journal.revision(stamp.sequence).unwrap().unwrap();
    let event = stored.event();
    assert_eq!(
        event.cursor.parse(),
        Ok(Cursor {
            epoch: journal.epoch(),
            sequence: stamp.sequence
        })
    );
    assert_eq!(event.cursor, stamp.cursor.to_string());
    assert_eq!(event.update_time, Some(stamp.update_time));
    assert_eq!(event.create_time, Some(stamp.update_time));
    let batch = v1::EventBatch::decode(stored.element().clone()).unwrap();
    assert_eq!(batch.events.as_slice(), std::slice::from_ref(&event));

    let second = sample::revised(&event, stamp.sequence, 2, v1::Change::Corrected);
    let at = append(
        &journal,
        Entry {
            revisions: vec![second],
            ..Entry::default()
        },
    )
    .await[0];
    let stored = journal.revision(at).unwrap().unwrap();
    assert_eq!(stored.event().create_time, event.create_time);
    assert_eq!(stored.previous(), stamp.sequence);
    assert_eq!(stored.before().unwrap().summary, event.summary);
}

/// An article that reports nothing is an entry of its own and moves no sequence.
pub async fn an_entry_without_revisions_takes_no_sequence(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    append(&journal, sample::entry("a", 1)).await;
    let article = Some(sample::article("quiet", "Nothing happened.", &[]));
    assert!(
        append(
            &journal,
            Entry {
                article,
                ..Entry::default()
            }
        )
        .await
        .is_empty()
    );
    assert_eq!(journal.views().unwrap().article_count(), 1);
    assert_eq!(append(&journal, sample::entry("b", 1)).await, [Sequence::new(2)]);
    drop(journal);
    let journal = engine.open(Options::default());
    assert_eq!(journal.head(), Sequence::new(2));
    assert!(journal.views().unwrap().article("quiet").unwrap().is_some());
}

/// What was acknowledged is there after opening again, byte for byte, and appending goes on behind it.
pub async fn what_was_acknowledged_is_there_after_opening_again(engine: &impl Engine) {
    // Small segments, so that several are sealed.
    let options = Options {
        segment_bytes: 8 << 10,
        ..Options::default()
    };
    let mut elements = Vec::new();
    for round in 0..4 {
        let journal = engine.open(options.clone());
        let read = read_all(&journal, Sequence::ZERO);
        assert_eq!(
            read.iter()
                .map(|stored| stored.element().clone())
                .collect::<Vec<_>>(),
            elements
        );
        for number in 0..40 {
            append(&journal, sample::entry(&format!("e{round}-{number}"), number)).await;
        }
        assert!(journal.status().segments > 1);
        elements = read_all(&journal, Sequence::ZERO)
            .iter()
            .map(|stored| stored.element().clone())
            .collect();
        assert_eq!(elements.len(), 40 * (round + 1));
    }
}

/// The epoch is of the journal, not of the process.
pub async fn the_epoch_outlives_opening_again(engine: &impl Engine) {
    let epoch = engine.open(Options::default()).epoch();
    assert_eq!(engine.open(Options::default()).epoch(), epoch);
}

/// An entry planned in another generation is refused as stale and leaves nothing.
pub async fn a_plan_of_another_generation_is_refused(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let refused = journal
        .submit(sample::entry("e", 1), journal.generation() + 1)
        .await;
    assert!(matches!(refused, Err(AppendError::Stale)));
    assert_eq!(append(&journal, sample::entry("e", 1)).await, [Sequence::new(1)]);
}

/// An entry that is too large or malformed is refused by name and leaves nothing.
pub async fn an_entry_that_is_too_large_or_malformed_is_refused(engine: &impl Engine) {
    let options = Options {
        max_entry_bytes: 10_000,
        ..Options::default()
    };
    let journal = engine.open(options);
    let mut large = sample::entry("e", 1);
    Arc::make_mut(&mut large.revisions[0].event).summary = "x".repeat(20_000);
    let refused = journal.submit(large, journal.generation()).await;
    assert!(matches!(
        refused,
        Err(AppendError::TooLarge { limit: 10_000, .. })
    ));
    let malformed = [
        sample::entry("", 1),
        Entry {
            revisions: vec![sample::created(&"x".repeat(9000), 1)],
            ..Entry::default()
        },
        Entry {
            article: Some(sample::article("", "text", &[])),
            ..Entry::default()
        },
        Entry {
            reports: vec![sample::report("", "a", "text")],
            ..Entry::default()
        },
    ];
    for entry in malformed {
        let refused = journal.submit(entry, journal.generation()).await;
        assert!(matches!(refused, Err(AppendError::Invalid { .. })));
    }
    assert_eq!(append(&journal, sample::entry("e", 1)).await, [Sequence::new(1)]);
}

/// Closing makes everything submitted durable; afterwards entries are refused and reads go on.
pub async fn a_closed_journal_refuses_entries_and_serves_reads(engine: &impl Engine) {
    let journal = engine.open(Options::default());
    let submitted = journal
        .submit(sample::entry("e", 1), journal.generation())
        .await
        .unwrap();
    let closing = journal.clone();
    tokio::task::spawn_blocking(move || closing.close())
        .await
        .unwrap();
    submitted.durable.await.unwrap();
    let refused = journal.submit(sample::entry("f", 1), journal.generation()).await;
    assert!(matches!(refused, Err(AppendError::Closed)));
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), 1);
}
