//! Disks that are full, folders that are none, and folders that are in use.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
};

use dateline_journal::{
    AppendError, Entry, Journal, OpenError, Options, ReadError, Sequence, ViewError,
    conformance::{append, read_all, sample},
};

const FOLDER: &str = "DATELINE_JOURNAL_TEST_LIMITED";

fn options() -> Options {
    Options {
        segment_bytes: 256 << 10,
        ..Options::default()
    }
}

/// An entry that takes a good part of the room.
fn large(number: usize) -> Entry {
    let mut entry = sample::entry(&format!("large-{number}"), number);
    std::sync::Arc::make_mut(&mut entry.revisions[0].event).summary = "x".repeat(100_000);
    entry
}

fn child(test: &str, folder: &Path, shell: &str) -> Child {
    // The shell sets the limit for itself, and becomes the test.
    Command::new("sh")
        .arg("-c")
        .arg(format!(
            "{shell}; exec \"$0\" --exact {test} --nocapture --test-threads=1"
        ))
        .arg(std::env::current_exe().expect("this test"))
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell")
}

fn output(mut child: Child) -> String {
    let mut text = String::new();
    child
        .stdout
        .take()
        .expect("piped")
        .read_to_string(&mut text)
        .expect("text");
    let mut errors = String::new();
    child
        .stderr
        .take()
        .expect("piped")
        .read_to_string(&mut errors)
        .expect("text");
    let status = child.wait().expect("it ends");
    assert!(status.success(), "{status}: {text}\n{errors}");
    text
}

/// Fills the disk until a write fails, then finds the journal as it should be, and going on with what still fits.
async fn fill(folder: &Path) {
    let (journal, _) = Journal::open(folder, options(), &|_| {}).expect("it opens");
    append(&journal, sample::entry("before", 1)).await;
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![1; 3 << 20]).expect("room");
    let mut durable = 1;
    // Sent together, so that a failure finds entries behind it.
    let error = 'full: loop {
        let generation = journal.generation();
        let mut waiting = Vec::new();
        for number in 0..3 {
            match journal.submit(large(durable * 10 + number), generation).await {
                Ok(submitted) => waiting.push(submitted),
                Err(AppendError::Stale | AppendError::ViewsBehind { .. }) => break,
                Err(error) => panic!("{error}"),
            }
        }
        let refused = waiting.is_empty();
        let mut failed = None;
        for submitted in waiting {
            match submitted.durable.await {
                Ok(()) => {
                    assert!(failed.is_none(), "nothing is kept behind what failed");
                    durable += 1;
                }
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            assert!(journal.generation() > generation);
            let stale = journal.submit(sample::entry("stale", 1), generation).await;
            assert!(matches!(stale, Err(AppendError::Stale)));
            break 'full Some(error);
        }
        if refused {
            // The views' share of the disk was full first.
            break None;
        }
        assert!(durable < 10_000, "the disk fills");
    };
    if let Some(error) = error {
        assert!(error.is_full() && error.is_retryable(), "{error:?}");
        assert!(error.to_string().starts_with("cannot write to "), "{error}");
    }
    // Nothing lost, nothing half-visible.
    assert_eq!(journal.head(), Sequence::new(durable as u64));
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), durable);
    // Room returns, and the same journal goes on.
    fs::remove_file(ballast).expect("it is there");
    assert_eq!(
        append_when_the_views_follow(&journal, large(0)).await,
        Sequence::new(durable as u64 + 1)
    );
    assert_eq!(journal.views().unwrap().event_count(), durable as u64 + 1);
    println!("durable {}", durable + 1);
}

/// Appends an entry, which is refused until the views follow.
async fn append_when_the_views_follow(journal: &Journal, entry: Entry) -> Sequence {
    loop {
        match journal.submit(entry.clone(), journal.generation()).await {
            Ok(submitted) => {
                submitted.durable.await.expect("it is durable");
                return submitted.stamps[0].sequence;
            }
            Err(AppendError::ViewsBehind { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    }
}

fn durable(text: &str) -> usize {
    let (_, rest) = text
        .split_once("durable ")
        .unwrap_or_else(|| panic!("it got through: {text}"));
    rest.split_whitespace()
        .next()
        .expect("a number")
        .parse()
        .expect("a number")
}

/// After room was made, everything acknowledged is there and appending goes on.
async fn goes_on(folder: &Path, durable: usize) {
    let (journal, recovery) = Journal::open(folder, options(), &|_| {}).expect("it opens");
    assert_eq!(recovery.damaged, []);
    assert_eq!(recovery.truncated, None);
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), durable);
    assert_eq!(
        append(&journal, large(1)).await,
        [Sequence::new(durable as u64 + 1)]
    );
}

/// Without rights: the process may not make files larger than a limit. A segment's side area ends beyond it.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_beyond_the_file_size_limit_fails_alone() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return limited(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    // Blocks of 512 bytes: 64 MiB and a little, so that the views' own files fit. The signal is ignored, so that the write fails.
    let text = output(child(
        "a_write_beyond_the_file_size_limit_fails_alone",
        folder.path(),
        "trap '' XFSZ; ulimit -f 132000",
    ));
    goes_on(folder.path(), durable(&text)).await;
}

/// The same as `fill`, in a segment that is larger than the limit.
async fn limited(folder: &Path) {
    let options = Options {
        segment_bytes: 64 << 20,
        ..Options::default()
    };
    let (journal, _) = Journal::open(folder, options, &|_| {}).expect("it opens");
    let mut durable = 0;
    let error = loop {
        let mut entry = sample::entry(&format!("e{durable}"), durable);
        entry.article = Some(sample::article(
            &format!("a{durable}"),
            &"long text ".repeat(8000),
            &[],
        ));
        let submitted = journal
            .submit(entry, journal.generation())
            .await
            .expect("it is accepted");
        match submitted.durable.await {
            Ok(()) => durable += 1,
            Err(error) => break error,
        }
        assert!(durable < 10_000, "the limit is reached");
    };
    assert!(error.is_full(), "{error:?}");
    assert!(durable > 0);
    assert_eq!(journal.head(), Sequence::new(durable as u64));
    // What still fits is taken.
    assert_eq!(
        append(&journal, sample::entry("small", 1)).await,
        [Sequence::new(durable as u64 + 1)]
    );
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), durable + 1);
    println!("durable {}", durable + 1);
}

/// Runs a test of this file again in a namespace with a small disk of its own, where this user may make one; false: may not.
fn on_small_disk(test: &str, disk: &Path, size: &str, after: &str) -> Option<String> {
    let mount = format!("mount -t tmpfs -o size={size} tmpfs '{}'", disk.display());
    let script = format!(
        "{mount} && {{ \"$0\" --exact {test} --nocapture --test-threads=1; code=$?; {after}; exit $code; }}",
    );
    let allowed = |unshare: &[&str]| {
        let status = Command::new("unshare")
            .args(unshare)
            .args(["sh", "-c", &mount])
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let way = ways.into_iter().find(|way| allowed(way))?;
    let run = Command::new("unshare")
        .args(way)
        .args(["sh", "-c", &script])
        .arg(std::env::current_exe().expect("this test"))
        .env(FOLDER, disk)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    Some(output(run))
}

/// What stands in for a small disk where none can be mounted.
fn under_a_limit(folder: &Path) -> usize {
    println!("no disk can be mounted here; a limit of the files' size stands in for it");
    let test = "a_write_beyond_the_file_size_limit_fails_alone";
    durable(&output(child(test, folder, "trap '' XFSZ; ulimit -f 132000")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_fails_entries_and_the_journal_goes_on_when_there_is_room() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return fill(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let (disk, copy) = (folder.path().join("disk"), folder.path().join("copy"));
    fs::create_dir(&disk).unwrap();
    // The data is copied out before the disk goes with its namespace.
    let after = format!("cp -r '{}' '{}'", disk.display(), copy.display());
    let test = "a_full_disk_fails_entries_and_the_journal_goes_on_when_there_is_room";
    match on_small_disk(test, &disk, "12m", &after) {
        Some(text) => goes_on(&copy, durable(&text)).await,
        None => goes_on(folder.path(), under_a_limit(folder.path())).await,
    }
}

/// The views alone lie on a disk that is full, which is made larger then.
async fn fill_views(folder: &Path) {
    let data = folder.parent().expect("the data folder");
    let (journal, _) = Journal::open(data, Options::default(), &|_| {}).expect("it opens");
    let mut waiting = Vec::new();
    let refused = loop {
        let mut entry = large(waiting.len());
        std::sync::Arc::make_mut(&mut entry.revisions[0].event)
            .summary
            .truncate(50_000);
        match journal.submit(entry, journal.generation()).await {
            Ok(submitted) => waiting.push(submitted.durable),
            Err(error) => break error,
        }
        assert!(waiting.len() < 10_000, "the views' disk fills");
    };
    assert!(matches!(refused, AppendError::ViewsBehind { .. }), "{refused}");
    assert!(!journal.status().views_follow);
    // What was taken is durable and can be read, but nobody is shown views that lack it.
    let count = waiting.len();
    for durable in waiting {
        durable.await.expect("it is durable");
    }
    assert_eq!(journal.head(), Sequence::new(count as u64));
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), count);
    assert!(matches!(journal.views(), Err(ViewError::Behind { .. })));
    assert!(matches!(
        journal.event_revision("large-0", 1),
        Err(ReadError::Views(ViewError::Behind { .. }))
    ));
    let still = journal
        .submit(sample::entry("still", 1), journal.generation())
        .await;
    assert!(matches!(still, Err(AppendError::ViewsBehind { .. })));
    let grown = Command::new("mount")
        .args(["-o", "remount,size=256m"])
        .arg(folder)
        .status();
    assert!(grown.expect("mount").success());
    assert_eq!(
        append_when_the_views_follow(&journal, sample::entry("after", 1)).await,
        Sequence::new(count as u64 + 1)
    );
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), count + 1);
    assert_eq!(journal.views().unwrap().event_count(), count as u64 + 1);
    println!("durable {}", count + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_the_views_holds_entries_up_and_loses_none() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return fill_views(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let views = folder.path().join("views");
    fs::create_dir(&views).unwrap();
    let test = "a_full_disk_of_the_views_holds_entries_up_and_loses_none";
    match on_small_disk(test, &views, "4m", "true") {
        // The views went with their disk: they are built anew from what is in the journal.
        Some(text) => goes_on(folder.path(), durable(&text)).await,
        None => goes_on(folder.path(), under_a_limit(folder.path())).await,
    }
}

#[test]
fn a_folder_on_a_disk_that_can_only_be_read_is_refused_by_name() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let folder = Path::new(&folder);
        drop(Journal::open(folder, Options::default(), &|_| {}).expect("it opens"));
        let remounted = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(folder)
            .status();
        assert!(remounted.expect("mount").success());
        let below = folder.join("below");
        for place in [folder, below.as_path()] {
            let error = refusal(place);
            assert!(matches!(error, OpenError::ReadOnly { .. }), "{error:?}");
            assert!(
                error.to_string().contains(&folder.display().to_string()),
                "{error}"
            );
        }
        println!("durable 0");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "a_folder_on_a_disk_that_can_only_be_read_is_refused_by_name";
    let text = on_small_disk(test, folder.path(), "80m", "true");
    // Where no disk can be mounted, a place that nobody may write stands in for it.
    let refused = text.is_some_and(|text| durable(&text) == 0)
        || matches!(refusal(Path::new("/proc/dateline")), OpenError::Io { .. });
    assert!(refused);
}

fn refusal(folder: &Path) -> OpenError {
    match Journal::open(folder, Options::default(), &|_| {}) {
        Ok(_) => panic!("{} is opened", folder.display()),
        Err(error) => error,
    }
}

#[test]
fn a_second_opening_of_a_folder_is_refused_until_the_first_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| {}).unwrap();
    let clone = journal.clone();
    drop(journal);
    let error = refusal(folder.path());
    assert!(matches!(&error, OpenError::Locked { folder: told } if told == folder.path()));
    assert!(error.to_string().contains(&folder.path().display().to_string()));
    drop(clone);
    Journal::open(folder.path(), Options::default(), &|_| {}).unwrap();
}

#[test]
fn a_folder_that_is_a_file_or_below_one_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(matches!(refusal(&file), OpenError::NotAFolder { path } if path == file));
    assert!(matches!(
        refusal(&file.join("below")),
        OpenError::NotAFolder { .. }
    ));
    assert_eq!(fs::read(&file).unwrap(), b"text");
}

#[test]
fn a_place_that_cannot_be_written_is_refused_by_name() {
    // Not even the superuser writes there.
    let error = refusal(Path::new("/proc/dateline"));
    assert!(error.to_string().contains("/proc/dateline"), "{error}");
}

#[test]
fn a_folder_of_another_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Journal::open(folder.path(), Options::default(), &|_| {}).unwrap());
    fs::write(
        folder.path().join("journal/epoch"),
        "dateline journal 9\n0011223344556677\n",
    )
    .unwrap();
    fs::remove_file(folder.path().join("journal/00000001.segment")).unwrap();
    let error = refusal(folder.path());
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}
