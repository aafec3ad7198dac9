//! Disks that are full, folders that are none, and folders that are in use.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
};

use dateline_journal::{
    AppendError, Entry, Journal, OpenError, Options, Sequence,
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
    entry.revisions[0].event.summary = "x".repeat(100_000);
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
                Err(AppendError::Stale) => break,
                Err(error) => panic!("{error}"),
            }
        }
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
            break 'full error;
        }
        assert!(durable < 10_000, "the disk fills");
    };
    assert!(error.is_full() && error.is_retryable(), "{error:?}");
    assert!(error.to_string().starts_with("cannot write to "), "{error}");
    // Nothing lost, nothing half-visible.
    assert_eq!(journal.head(), Sequence::new(durable as u64));
    assert_eq!(read_all(&journal, Sequence::ZERO).len(), durable);
    assert_eq!(journal.views().event_count(), durable as u64);
    // Room returns, and the same journal goes on.
    fs::remove_file(ballast).expect("it is there");
    assert_eq!(
        append(&journal, large(0)).await,
        [Sequence::new(durable as u64 + 1)]
    );
    println!("durable {}", durable + 1);
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

/// A small disk of its own, in a namespace of its own where this user may make one.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_fails_entries_and_the_journal_goes_on_when_there_is_room() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let folder = Path::new(&folder);
        fill(folder).await;
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    // The data is copied out before the disk goes with its namespace.
    let copy = folder.path().join("copy");
    let script = format!(
        "mount -t tmpfs -o size=12m tmpfs '{disk}' && {{ \"$0\" --exact {test} --nocapture --test-threads=1; code=$?; cp -r '{disk}' '{copy}'; exit $code; }}",
        disk = disk.display(),
        copy = copy.display(),
        test = "a_full_disk_fails_entries_and_the_journal_goes_on_when_there_is_room",
    );
    let allowed = |unshare: &[&str]| {
        let probe = format!("mount -t tmpfs -o size=1m tmpfs '{}'", disk.display());
        let status = Command::new("unshare")
            .args(unshare)
            .args(["sh", "-c", &probe])
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    let ways: [&[&str]; 2] = [&["--mount"], &["--user", "--map-root-user", "--mount"]];
    let Some(way) = ways.into_iter().find(|way| allowed(way)) else {
        println!("no disk can be mounted here; the file size limit stands in for it");
        let text = output(child(
            "a_write_beyond_the_file_size_limit_fails_alone",
            folder.path(),
            "trap '' XFSZ; ulimit -f 132000",
        ));
        return goes_on(folder.path(), durable(&text)).await;
    };
    let run = Command::new("unshare")
        .args(way)
        .args(["sh", "-c", &script])
        .arg(std::env::current_exe().expect("this test"))
        .env(FOLDER, &disk)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let durable = durable(&output(run));
    goes_on(&copy, durable).await;
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
