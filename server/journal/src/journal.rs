//! The handle that the rest of the program holds.

use std::{
    collections::VecDeque,
    future::Future,
    path::Path,
    pin::Pin,
    sync::{
        Arc, Condvar, Mutex, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    task,
    thread::{self, JoinHandle},
};

use dateline_proto::{time::Timestamp, v1};
use tokio::sync::{Semaphore, oneshot, watch};

use crate::{
    AppendError, Appender, Cursor, Entry, Epoch, OpenError, Options, Progress, ReadError, ReadLimit,
    Recovery, Runs, Sequence, Stamp, Status, StoredRevision, Stretch, TermQuery, TrimError, ViewError, Views,
    applier, base,
    core::Core,
    follow::Follow,
    keeper, lock,
    order::Order,
    read::{at::Wait, blocks::Blocks, query::Answers},
    recent::Recent,
    recovery::{self, Opened},
    writer::{self, Writer},
};

/// A durable, ordered log of event revisions, and the views derived from it. Cheap to clone; all clones are the same journal.
#[derive(Clone)]
pub struct Journal {
    handle: Arc<Handle>,
}

/// Closes the journal when the last clone goes.
struct Handle {
    core: Arc<Core>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What became of an entry.
#[derive(Debug)]
pub struct Submitted {
    /// Number of the entry: 1 for the first of the journal, then one more for each.
    pub entry: u64,
    /// Where each of its revisions stands, in their order.
    pub stamps: Vec<Stamp>,
    /// Resolves when the entry is durable and can be read. Dropping it does not take the entry back.
    pub durable: Durable,
}

/// Resolves when an entry is durable and can be read.
#[derive(Debug)]
pub struct Durable(pub(crate) oneshot::Receiver<Result<(), AppendError>>);

impl Future for Durable {
    type Output = Result<(), AppendError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> task::Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(cx)
            .map(|result| result.unwrap_or(Err(AppendError::Closed)))
    }
}

impl Journal {
    /// Opens the journal of a data folder, which is made if it is not there, and locks the folder until the last clone is dropped.
    /// Blocking; views that are far behind take a while, `progress` tells.
    ///
    /// # Errors
    ///
    /// The folder is in use, is no folder, may not be written, is full, or holds what this program cannot read.
    pub fn open(
        folder: &Path,
        options: Options,
        progress: &dyn Fn(Progress),
    ) -> Result<(Self, Recovery), OpenError> {
        let options = options.bounded();
        let opened = recovery::open(folder, &options, progress)?;
        let recovery = opened.recovery.clone();
        Ok((Self::start(opened, options), recovery))
    }

    fn start(opened: Opened, options: Options) -> Self {
        let head = opened.next.before();
        let core = Arc::new(Core {
            folder: opened.folder,
            epoch: opened.epoch,
            order: Mutex::new(Order {
                next: opened.next,
                next_commit: opened.next_commit,
                time: opened.time,
                waiting: VecDeque::new(),
                closed: false,
                stopped: false,
            }),
            work: Condvar::new(),
            writer: Mutex::new(Writer {
                tail: opened.tail,
                segment: opened.segments.last().expect("a journal has a segment").clone(),
                begun: None,
            }),
            generation: AtomicU64::new(0),
            recent: RwLock::new(Recent::new(opened.next, options.recent_bytes)),
            blocks: Blocks::new(options.shared_read_bytes),
            answers: Answers::default(),
            head: watch::Sender::new(head),
            views: opened.views,
            room: Arc::new(Semaphore::new(options.queue_bytes)),
            follow: Follow::new(opened.next_commit - 1),
            durable: AtomicU64::new(opened.next_commit - 1),
            syncs: AtomicU64::new(0),
            keeper: keeper::Wake::default(),
            trimming: Mutex::new(()),
            segments: RwLock::new(opened.segments.clone()),
            options,
            _lock: opened.lock,
        });
        let (writing, applying, keeping) = (core.clone(), core.clone(), core.clone());
        let threads = vec![
            spawn("journal-writer", move || writer::run(&writing)),
            spawn("journal-views", move || applier::run(&applying)),
            spawn("journal-keeper", move || keeper::run(&keeping)),
        ];
        Self {
            handle: Arc::new(Handle {
                core,
                threads: Mutex::new(threads),
            }),
        }
    }

    fn core(&self) -> &Arc<Core> {
        &self.handle.core
    }

    /// Orders the entry (calls are ordered as made) and hands it to the writer; waits only for room in the bounded queue. Nobody
    /// sees the entry before [`Submitted::durable`] resolves. Cancel-safe: dropped before it returns, nothing was ordered.
    ///
    /// `generation` is what [`Journal::generation`] said when the entry was planned.
    ///
    /// # Errors
    ///
    /// The entry is invalid or too large, was planned before a write failed, or the journal is closed or cannot take entries now.
    pub async fn submit(&self, entry: Entry, generation: u64) -> Result<Submitted, AppendError> {
        let core = self.core();
        let (prepared, permits) = core.prepare(entry, generation)?;
        let room = core.room(permits).await?;
        let (sender, durable) = oneshot::channel();
        // Who does not wait for the answer does not need it.
        let answer = move |result: Result<_, _>| drop(sender.send(result.map(drop)));
        let ordered = core.order(prepared, generation, room, Box::new(answer), false)?;
        core.work.notify_one();
        Ok(Submitted {
            entry: ordered.entry,
            stamps: ordered.stamps.iter().collect(),
            durable: Durable(durable),
        })
    }

    /// For a thread that may block and appends much: it writes what it appends itself, with no other thread to wake. The folder stays
    /// locked as long as it lives.
    pub fn appender(&self) -> Appender {
        Appender::new(self.core().clone())
    }

    /// Goes up when a write failed: all entries not durable by then have failed, and what was planned upon them is refused as
    /// [`AppendError::Stale`]. Plan anew from [`Journal::views`]: they include the entries that did become durable.
    pub fn generation(&self) -> u64 {
        self.core().generation.load(Ordering::Acquire)
    }

    /// Identity of the journal.
    pub fn epoch(&self) -> Epoch {
        self.core().epoch
    }

    /// The cursor after a revision.
    pub fn cursor(&self, sequence: Sequence) -> Cursor {
        Cursor {
            epoch: self.epoch(),
            sequence,
        }
    }

    /// Newest durable revision; [`Sequence::ZERO`] in an empty journal. Nothing after it can be read.
    pub fn head(&self) -> Sequence {
        self.core().head()
    }

    /// The last revision ordered so far, durable or not; it goes back when a write fails. What is ordered after this call has a later
    /// update_time than a clock that was read before it, or the same.
    pub fn ordered(&self) -> Sequence {
        lock::lock(&self.core().order).next.before()
    }

    /// Oldest revision kept; head + 1 when there is none. Reads may start after `oldest - 1` to `head`.
    pub fn oldest(&self) -> Sequence {
        self.core().oldest()
    }

    /// The head, as it moves.
    pub fn watch_head(&self) -> watch::Receiver<Sequence> {
        self.core().head.subscribe()
    }

    /// Recent revisions after `after`, from memory; never waits for the disk. None: `after` is older than what memory holds, use
    /// [`Journal::read`] on a thread that may block.
    pub fn read_recent(&self, after: Sequence, limit: ReadLimit) -> Option<Stretch> {
        lock::read(&self.core().recent).read(after, limit)
    }

    /// [`Journal::read_recent`] can read after this position and later ones.
    pub fn recent_start(&self) -> Sequence {
        lock::read(&self.core().recent).start()
    }

    /// Revisions after `after`, in order, from the files. Blocking. Empty only at the head, or at `limit.through`.
    ///
    /// # Errors
    ///
    /// The next revision was trimmed, or the file system failed.
    pub fn read(&self, after: Sequence, limit: ReadLimit) -> Result<Stretch, ReadError> {
        self.core().read(after, limit)
    }

    /// Revisions after `after`, in order, from the files: elements as they lie side by side, without the states before, for whoever sends
    /// all of them. Cheaper by far than [`Journal::read`], and replays that run side by side share what they read. Blocking. Returns
    /// less than `limit` where a stretch ends; empty only at the head, or at `limit.through`.
    ///
    /// Stretches are of up to 256 KiB (a larger element is alone in its own): a `limit.bytes` of a multiple of that reads nothing twice.
    /// `limit.revisions` is best `usize::MAX`. What is returned keeps the whole stretch in memory that it is a part of.
    ///
    /// # Errors
    ///
    /// The next revision was trimmed, or the file system failed.
    pub fn read_runs(&self, after: Sequence, limit: ReadLimit) -> Result<Runs, ReadError> {
        let runs = self.core().read_runs(after, limit, Wait::May)?;
        Ok(runs.expect("it waits for everything"))
    }

    /// [`Journal::read_runs`] of what memory or the system's page cache holds, for a thread that must not wait: it reads and checks
    /// `limit.bytes` at most, some 50 us for 256 KiB, and returns less where the rest is not there. None: nothing is, or the system
    /// cannot tell, or another thread is about to read the same; use [`Journal::read_runs`] on a thread that may block.
    ///
    /// # Errors
    ///
    /// The next revision was trimmed, or the file system failed.
    pub fn try_read_runs(&self, after: Sequence, limit: ReadLimit) -> Result<Option<Runs>, ReadError> {
        self.core().read_runs(after, limit, Wait::MayNot)
    }

    /// Revisions after `after` whose state before or after may satisfy the query, and damaged ones, in order; read through the
    /// segments' term indexes. Blocking. May find nothing and yet not be at the head: go on after [`Stretch::looked_through`].
    ///
    /// # Errors
    ///
    /// The next revision was trimmed, or the file system failed.
    pub fn select(&self, after: Sequence, query: &TermQuery, limit: ReadLimit) -> Result<Stretch, ReadError> {
        self.core().select(after, query, limit)
    }

    /// One revision. None: it is not there yet, or never will be ([`Sequence::ZERO`]).
    ///
    /// # Errors
    ///
    /// It was trimmed, is damaged, or the file system failed.
    pub fn revision(&self, at: Sequence) -> Result<Option<StoredRevision>, ReadError> {
        self.core().revision(at)
    }

    /// The last revision whose update_time is before `time`; `oldest - 1` where all kept ones are later: reading after it starts with
    /// the first at `time` or later.
    pub fn sequence_before(&self, time: Timestamp) -> Sequence {
        self.core().sequence_before(time)
    }

    /// update_time of a revision. None: it is not kept, or not there yet.
    pub fn time_of(&self, at: Sequence) -> Option<Timestamp> {
        self.core().time_of(at)
    }

    /// The event as it was at `pin`: its newest revision at or before. None: there was none yet. Blocking.
    ///
    /// # Errors
    ///
    /// That revision was trimmed or is damaged, or the disk failed.
    pub fn event_at(&self, event_id: &str, pin: Sequence) -> Result<Option<v1::Event>, ReadError> {
        self.walk_back(
            self.views_through(pin)?,
            event_id,
            |sequence, _| sequence <= pin,
            |state_created| state_created <= pin,
        )
    }

    /// A given revision of an event, by its number. None: there is none of that number. Blocking.
    ///
    /// # Errors
    ///
    /// It, or one after it that leads to it, was trimmed or is damaged, or the disk failed.
    pub fn event_revision(&self, event_id: &str, revision: u32) -> Result<Option<v1::Event>, ReadError> {
        let views = self.views()?;
        let event = self.walk_back(
            views,
            event_id,
            |_, event| event.revision <= revision,
            |_| revision > 0,
        )?;
        Ok(event.filter(|event| event.revision == revision))
    }

    /// Goes from the newest revision of an event back to the first that is wanted.
    fn walk_back(
        &self,
        views: &Views,
        event_id: &str,
        wanted: impl Fn(Sequence, &v1::Event) -> bool,
        exists: impl Fn(Sequence) -> bool,
    ) -> Result<Option<v1::Event>, ReadError> {
        let Some(state) = views.event(event_id)?.filter(|state| exists(state.created)) else {
            return Ok(None);
        };
        if let Some(newest) = views
            .newest(event_id)?
            .filter(|event| wanted(state.newest, event))
        {
            return Ok(Some(newest));
        }
        let mut at = state.newest;
        while at > Sequence::ZERO {
            let Some(stored) = self.revision(at)? else {
                return Ok(None);
            };
            let event = stored.event();
            if wanted(at, &event) {
                return Ok(Some(event));
            }
            at = stored.previous();
        }
        Ok(None)
    }

    /// The views, when they include everything that is durable now: who was answered finds what the answer told of. They follow within
    /// milliseconds. Blocking.
    ///
    /// # Errors
    ///
    /// [`ViewError::Behind`]: they cannot be written now.
    pub fn views(&self) -> Result<&Views, ViewError> {
        let core = self.core();
        core.follow.wait(core.durable.load(Ordering::Acquire))?;
        Ok(&core.views)
    }

    /// The views, when they include everything through a revision; one after the head stands for the head. Blocking.
    ///
    /// # Errors
    ///
    /// [`ViewError::Behind`]: they cannot be written now.
    pub fn views_through(&self, at: Sequence) -> Result<&Views, ViewError> {
        let views = &self.core().views;
        if views.mark().head >= at {
            return Ok(views);
        }
        self.views()
    }

    /// The views, which may lack the newest entries: they include those through [`Journal::applied`].
    pub fn views_as_they_are(&self) -> &Views {
        &self.core().views
    }

    /// Number of the newest entry that the views include.
    pub fn applied(&self) -> u64 {
        self.core().follow.applied()
    }

    /// Size and health.
    pub fn status(&self) -> Status {
        let core = self.core();
        let segments = lock::read(&core.segments).clone();
        let base = std::fs::metadata(base::path(&core.folder)).map_or(0, |file| file.len());
        Status {
            revision_count: (self.head().get() + 1).saturating_sub(self.oldest().get()),
            bytes: base + segments.iter().map(|segment| keeper::size(segment)).sum::<u64>(),
            segments: segments.len(),
            syncs: core.syncs.load(Ordering::Relaxed),
            views_follow: core.follow.why_stuck().is_none(),
        }
    }

    /// Drops now what retention lets go; in the background that happens when it is worth rewriting the base. Blocking. Returns the
    /// number of segments that went.
    ///
    /// # Errors
    ///
    /// The base could not be written; nothing went.
    pub fn trim_now(&self) -> Result<usize, TrimError> {
        keeper::trim(self.core(), true)
    }

    /// Writes what was submitted, makes the views durable and stops; later submits fail, reads go on. Blocking. Dropping the last
    /// clone does the same, and unlocks the folder.
    pub fn close(&self) {
        self.handle.close();
    }
}

impl Handle {
    fn close(&self) {
        let mut threads = lock::lock(&self.threads);
        if threads.is_empty() {
            return;
        }
        self.core.room.close();
        lock::lock(&self.core.order).closed = true;
        self.core.work.notify_one();
        self.core.keeper.stop();
        for thread in threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the journal panicked");
            }
        }
        if let Err(error) = self.core.views.persist() {
            tracing::warn!(%error, "the views are not durable; they catch up when the journal is opened again");
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .expect("the system has room for a thread")
}

/// Deletes the views of a folder whose journal is closed and builds them anew from the journal's files.
///
/// # Errors
///
/// As [`Journal::open`].
pub fn rebuild_views(
    folder: &Path,
    options: Options,
    progress: &dyn Fn(Progress),
) -> Result<Recovery, OpenError> {
    let options = options.bounded();
    let opened = recovery::open_without_views(folder, &options, progress)?;
    let recovery = opened.recovery.clone();
    Journal::start(opened, options).close();
    Ok(recovery)
}
