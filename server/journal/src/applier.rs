//! The thread that brings what is durable into the views.

use std::{
    sync::{Arc, atomic::Ordering},
    thread,
    time::Duration,
};

use crate::{ViewError, calm, core::Core, follow::Behind, lock, recovery};

/// Between attempts to bring views forward that fail.
const RETRY: Duration = Duration::from_millis(200);

/// Runs until the writer is gone and everything is applied.
pub(crate) fn run(core: &Arc<Core>) {
    let _ended = Ended(core);
    calm::down();
    while let Some(taken) = core.follow.take() {
        if !apply(core, &taken) {
            // Closing while the views cannot be written: the entries are durable, and are applied when it is opened again.
            return;
        }
        core.follow.moved_to(core.views.mark().commit);
        // Only now: what is given back is room for entries that the views do not include.
        drop(taken);
    }
}

/// Nobody waits for a thread that is gone.
struct Ended<'a>(&'a Core);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        let follow = &self.0.follow;
        if follow.applied() < self.0.durable.load(Ordering::Acquire) && follow.why_stuck().is_none() {
            follow.is_stuck("the thread that writes them ended early; start again");
        }
    }
}

/// Applies entries, again and again if need be. False: it was told to stop before it succeeded.
fn apply(core: &Arc<Core>, entries: &[Behind]) -> bool {
    let Err(mut error) = core.views.apply(entries.iter().map(|behind| &behind.entry)) else {
        return true;
    };
    loop {
        tracing::error!(%error, "the views cannot be written; trying again");
        core.follow.is_stuck(&error.to_string());
        if core.follow.is_closed() {
            return false;
        }
        thread::sleep(RETRY);
        match again(core) {
            Ok(()) => return true,
            Err(next) => error = next,
        }
    }
}

/// Opens the views anew and applies from the files what they lack.
fn again(core: &Arc<Core>) -> Result<(), ViewError> {
    core.views.reopen()?;
    let through = core.durable.load(Ordering::Acquire);
    let segments = lock::read(&core.segments).clone();
    recovery::catch_up(&segments, &core.views, through, &mut |_| {})
        .map(drop)
        .map_err(|error| match error {
            recovery::CatchUpError::Views(error) => error,
            recovery::CatchUpError::Io(_, error) => ViewError::Store(error.into()),
        })
}
