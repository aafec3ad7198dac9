//! Old revisions expire in whole segments; what is true outlives them, and the views can always be built anew.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{fs, path::Path, time::Duration};

use dateline_journal::{
    Entry, Journal, Options, ReadError, ReadLimit, Recovery, ReportChange, Retention, Sequence,
    conformance::{append, read_all, sample},
    rebuild_views,
};
use dateline_proto::v1;

fn options(retention: Retention) -> Options {
    Options {
        segment_bytes: 16 << 10,
        recent_bytes: 0,
        retention,
        ..Options::default()
    }
}

fn small() -> Options {
    options(Retention {
        max_age: None,
        max_bytes: Some(64 << 10),
    })
}

fn open(folder: &Path, options: Options) -> (Journal, Recovery) {
    Journal::open(folder, options, &|_| {}).expect("it opens")
}

/// Articles with events, edited and withdrawn again, so that every kind of row comes and goes.
async fn live(journal: &Journal, from: usize, to: usize) {
    for step in from..to {
        let (article_id, id) = (format!("a{}", step % 20), format!("e{step}"));
        let text = format!("Version {step} of the text. ").repeat(5);
        let mut entry = Entry {
            article: Some(sample::article(&article_id, &text, &[&id])),
            reports: vec![sample::report(&id, &article_id, &text)],
            revisions: vec![sample::created(&id, step)],
        };
        // Some tell just what their event shows.
        if step % 5 < 2 {
            let (change, revision) = sample::shown(sample::created(&id, step), &article_id);
            (entry.reports, entry.revisions) = (vec![change], vec![revision]);
        }
        if step >= 40 && step % 3 == 0 {
            let older = format!("e{}", step - 40);
            let state = journal.views().unwrap().event(&older).unwrap().unwrap();
            let newest = journal.views().unwrap().newest(&older).unwrap().unwrap();
            let change = if step % 2 == 0 {
                v1::Change::Retracted
            } else {
                v1::Change::Corrected
            };
            entry
                .revisions
                .push(sample::revised(&newest, state.newest, step, change));
            if step % 2 == 0 {
                entry.reports.push(ReportChange {
                    event_id: older,
                    article_id: article_id.clone(),
                    report: None,
                });
            }
        }
        append(journal, entry).await;
    }
}

fn segments(folder: &Path) -> usize {
    let files = fs::read_dir(folder.join("journal")).unwrap();
    files
        .filter(|file| {
            file.as_ref()
                .unwrap()
                .path()
                .extension()
                .is_some_and(|it| it == "segment")
        })
        .count()
}

#[tokio::test]
async fn deleted_views_are_rebuilt_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let forever = options(Retention::default());
    let (journal, _) = open(folder.path(), forever.clone());
    live(&journal, 0, 150).await;
    let rows = journal.views().unwrap().rows().unwrap();
    assert!(rows.len() > 500);
    drop(journal);
    fs::remove_dir_all(folder.path().join("views")).unwrap();
    let (journal, recovery) = open(folder.path(), forever);
    assert!(recovery.rebuilt.is_some());
    assert_eq!(recovery.caught_up, journal.head().get());
    assert!(journal.views().unwrap().rows().unwrap() == rows);
}

#[tokio::test]
async fn after_trims_deleted_views_are_rebuilt_the_same_and_current_events_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = open(folder.path(), small());
    let mut expected = None;
    for round in 0..4 {
        live(&journal, round * 60, round * 60 + 60).await;
        journal.trim_now().unwrap();
        let rows = journal.views().unwrap().rows().unwrap();
        expected = Some(rows);
    }
    let oldest = journal.oldest();
    assert!(oldest > Sequence::new(20), "something was trimmed");
    assert!(segments(folder.path()) < 8);
    let first = journal
        .views()
        .unwrap()
        .newest("e1")
        .unwrap()
        .expect("it outlives its segment");
    assert_eq!(first.revision, 1);
    let head = journal.head();
    drop(journal);

    let mut steps = std::sync::Mutex::new(0);
    rebuild_views(folder.path(), small(), &|_| *steps.lock().unwrap() += 1).unwrap();
    assert!(*steps.get_mut().unwrap() > 0, "progress is told");
    let (journal, recovery) = open(folder.path(), small());
    assert_eq!(recovery, Recovery::default());
    assert!(journal.views().unwrap().rows().unwrap() == expected.unwrap());
    assert_eq!((journal.oldest(), journal.head()), (oldest, head));
    assert_eq!(journal.views().unwrap().newest("e1").unwrap(), Some(first));
}

#[tokio::test]
async fn reads_before_the_oldest_are_refused_and_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = open(folder.path(), small());
    live(&journal, 0, 150).await;
    journal.trim_now().unwrap();
    let oldest = journal.oldest();
    for after in [Sequence::ZERO, Sequence::new(oldest.get() - 2)] {
        let refused = journal.read(after, ReadLimit::default());
        assert!(matches!(refused, Err(ReadError::Trimmed { oldest: told }) if told == oldest));
    }
    let first = read_all(&journal, oldest.before()).remove(0);
    assert_eq!(first.sequence, oldest);
    assert!(matches!(
        journal.revision(Sequence::new(1)),
        Err(ReadError::Trimmed { .. })
    ));
    assert!(
        matches!(journal.event_revision("e1", 1), Ok(Some(_))),
        "the newest is in the views"
    );
    let mut revised = (0..40).map(|number| {
        journal
            .views()
            .unwrap()
            .event(&format!("e{number}"))
            .unwrap()
            .unwrap()
    });
    let revised = revised
        .position(|state| state.revision > 1)
        .expect("some were revised");
    let gone = journal.event_revision(&format!("e{revised}"), 1);
    assert!(matches!(gone, Err(ReadError::Trimmed { .. })));
    assert_eq!(journal.time_of(Sequence::new(1)), None);
    assert_eq!(journal.sequence_before(first.update_time), oldest.before());
    assert_eq!(
        journal.status().revision_count,
        journal.head().get() + 1 - oldest.get()
    );
}

#[tokio::test]
async fn what_is_older_than_the_age_goes_but_for_the_open_segment() {
    let folder = tempfile::tempdir().unwrap();
    let retention = Retention {
        max_age: Some(Duration::ZERO),
        max_bytes: None,
    };
    let (journal, _) = open(folder.path(), options(retention));
    live(&journal, 0, 60).await;
    // In the background most of it went already.
    journal.trim_now().unwrap();
    assert!(journal.oldest() > Sequence::new(1));
    assert_eq!(journal.status().segments, 1);
    assert_eq!(journal.trim_now().unwrap(), 0);
    assert_eq!(
        journal.views().unwrap().event_count(),
        60 - (40..60).filter(|step| step % 6 == 0).count() as u64
    );
    drop(journal);
    let young = Retention {
        max_age: Some(Duration::from_secs(3600)),
        max_bytes: None,
    };
    let (journal, _) = open(folder.path(), options(young));
    live(&journal, 60, 120).await;
    assert!(journal.status().segments > 1);
    assert_eq!(journal.trim_now().unwrap(), 0);
}

#[tokio::test]
async fn a_trim_that_ended_half_way_is_made_good() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = open(folder.path(), options(Retention::default()));
    live(&journal, 0, 120).await;
    drop(journal);
    let whole: Vec<_> = fs::read_dir(folder.path().join("journal"))
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            (path.clone(), fs::read(path).unwrap())
        })
        .collect();
    let (journal, _) = open(folder.path(), small());
    assert!(journal.trim_now().unwrap() > 0);
    let rows = journal.views().unwrap().rows().unwrap();
    let head = journal.head();
    drop(journal);
    // As if the program had ended after the base was written, before the files went.
    for (path, bytes) in whole
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|it| it == "segment"))
    {
        fs::write(path, bytes).unwrap();
    }
    rebuild_views(folder.path(), small(), &|_| {}).unwrap();
    let (journal, _) = open(folder.path(), small());
    assert!(journal.views().unwrap().rows().unwrap() == rows);
    assert_eq!(journal.head(), head);
    assert!(journal.trim_now().unwrap() > 0);
    assert!(journal.views().unwrap().rows().unwrap() == rows);
}

#[tokio::test]
async fn a_reader_that_is_overtaken_by_a_trim_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = open(folder.path(), options(Retention::default()));
    live(&journal, 0, 100).await;
    drop(journal);
    let (journal, _) = open(folder.path(), small());
    let limit = ReadLimit {
        revisions: 3,
        ..ReadLimit::default()
    };
    let stretch = journal.read(Sequence::ZERO, limit).unwrap();
    assert!(journal.trim_now().unwrap() > 0);
    assert!(matches!(
        journal.read(stretch.looked_through, limit),
        Err(ReadError::Trimmed { .. })
    ));
}

#[tokio::test]
async fn a_flipped_bit_in_the_base_is_told_and_costs_what_it_hits_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = open(folder.path(), options(Retention::default()));
    live(&journal, 0, 100).await;
    drop(journal);
    let (journal, _) = open(folder.path(), small());
    assert!(journal.trim_now().unwrap() > 0);
    let rows = journal.views().unwrap().rows().unwrap();
    drop(journal);
    let base = folder.path().join("journal/base");
    let mut bytes = fs::read(&base).unwrap();
    let place = bytes
        .windows(4)
        .position(|window| window == b"e1 i")
        .expect("an event's summary");
    bytes[place] ^= 1;
    fs::write(&base, bytes).unwrap();
    let recovery = rebuild_views(folder.path(), small(), &|_| {}).unwrap();
    let [damage] = recovery.damaged.as_slice() else {
        panic!("one damage: {recovery:?}");
    };
    assert!(damage.place.starts_with("base:"));
    let (journal, _) = open(folder.path(), small());
    assert_eq!(journal.views().unwrap().newest("e1").unwrap(), None);
    let left = journal.views().unwrap().rows().unwrap();
    assert!(left.len() < rows.len() && left.len() + 5 > rows.len());
}
