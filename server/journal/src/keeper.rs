//! The thread that keeps house: it saves the indexes of sealed segments and trims what retention lets go.

use std::{
    fs,
    sync::{Arc, Condvar, Mutex, atomic::Ordering},
    time::{Duration, SystemTime},
};

use dateline_proto::time::Timestamp;

use crate::{TrimError, base, core::Core, lock, segment::Segment};

/// Between looks at the age of segments.
const INTERVAL: Duration = Duration::from_secs(30);
/// In the background the base is rewritten only when what goes is at least this part of it, so that each byte of it is rewritten a
/// bounded number of times per byte trimmed.
const BASE_SHARE: u64 = 4;

/// Wakes the thread, or stops it.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    due: bool,
    stopped: bool,
}

impl Wake {
    pub(crate) fn wake(&self) {
        lock::lock(&self.state).due = true;
        self.changed.notify_all();
    }

    pub(crate) fn stop(&self) {
        lock::lock(&self.state).stopped = true;
        self.changed.notify_all();
    }

    /// False: stop.
    fn wait(&self) -> bool {
        let state = lock::lock(&self.state);
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, INTERVAL, |state| !state.due && !state.stopped)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        state.due = false;
        !state.stopped
    }
}

pub(crate) fn run(core: &Arc<Core>) {
    loop {
        let goes_on = core.keeper.wait();
        save_indexes(core);
        if !goes_on {
            return;
        }
        if let Err(error) = trim(core, false) {
            tracing::error!(%error, "cannot trim the journal");
        }
    }
}

/// Saves the indexes of segments that are written to no more. One that cannot be saved stays in memory until the next time.
fn save_indexes(core: &Core) {
    let segments = lock::read(&core.segments).clone();
    let (_, sealed) = segments.split_last().expect("a journal has a segment");
    for segment in sealed {
        if let Err(error) = segment.save_index() {
            tracing::error!(path = %segment.index_path().display(), %error, "cannot save an index");
            return;
        }
    }
}

/// Drops the segments that retention lets go. `now`: even if the base would be rewritten for little.
pub(crate) fn trim(core: &Core, now: bool) -> Result<usize, TrimError> {
    let _trimming = lock::lock(&core.trimming);
    // What the views lack is not let go.
    let follow = core.follow.wait(core.durable.load(Ordering::Acquire));
    if now {
        follow?;
    }
    let segments = lock::read(&core.segments).clone();
    let (_, sealed) = segments.split_last().expect("a journal has a segment");
    let count = expired(core, &segments, sealed);
    if count == 0 {
        return Ok(0);
    }
    let going = &segments[..count];
    let gain: u64 = going.iter().map(|segment| size(segment)).sum();
    let base_size = fs::metadata(base::path(&core.folder)).map_or(0, |file| file.len());
    if !now && gain < base_size / BASE_SHARE {
        return Ok(0);
    }
    // The views through the last of them come first: the base is made of the views.
    core.views.persist()?;
    base::save(&core.folder, &core.views)?;
    let first = segments[count].first;
    lock::write(&core.segments).drain(..count);
    core.blocks.forget_before(segments[count].number);
    for segment in going {
        segment.release();
        // Oldest first, so that after a crash what is left is without a gap. What cannot be removed is found when the journal is opened.
        for path in [segment.index_path(), segment.path.clone()] {
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(path = %path.display(), %error, "cannot remove a trimmed segment");
            }
        }
    }
    tracing::info!(segments = count, oldest = %first, "trimmed the journal");
    Ok(count)
}

/// How many of the oldest segments retention lets go.
fn expired(core: &Core, segments: &[Arc<Segment>], sealed: &[Arc<Segment>]) -> usize {
    let retention = core.options.retention;
    let applied = core.views.mark().commit;
    let mut total: u64 = segments.iter().map(|segment| size(segment)).sum();
    let cutoff = retention
        .max_age
        .and_then(|age| SystemTime::now().checked_sub(age))
        .map(Timestamp::from);
    let mut count = 0;
    for segment in sealed {
        let span = segment.span();
        let old = cutoff.is_some_and(|cutoff| span.last_time < cutoff);
        let large = retention.max_bytes.is_some_and(|most| total > most);
        if !(old || large) || span.last_commit > applied {
            break;
        }
        total -= size(segment);
        count += 1;
    }
    count
}

/// Bytes that a segment and its index take on disk.
pub(crate) fn size(segment: &Segment) -> u64 {
    use std::os::unix::fs::MetadataExt;
    [segment.path.clone(), segment.index_path()]
        .iter()
        .filter_map(|path| fs::metadata(path).ok())
        .map(|file| file.blocks() * 512)
        .sum()
}
