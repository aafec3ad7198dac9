//! The thread that brings what is durable into the views, publishes the head, and answers.

use std::{
    sync::{Arc, mpsc::Receiver},
    thread,
    time::Duration,
};

use bytes::Bytes;

use crate::{StoredRevision, ViewError, core::Core, lock, recovery, writer::Group};

/// Groups applied in one step, at most; while one is applied the next ones gather.
const GROUPS: usize = 8;
/// Between attempts to bring views forward that fail.
const RETRY: Duration = Duration::from_millis(200);

/// Runs until the writer is gone and everything is applied.
pub(crate) fn run(core: &Arc<Core>, groups: &Receiver<Group>) {
    while let Ok(first) = groups.recv() {
        let mut taken = vec![first];
        taken.extend(groups.try_iter().take(GROUPS - 1));
        if !apply(core, &taken) {
            // Closing while the views cannot be written: the entries are durable, and are applied when it is opened again.
            return;
        }
        publish(core, taken);
    }
}

/// Applies groups, again and again if need be. False: it was told to stop before it succeeded.
fn apply(core: &Arc<Core>, groups: &[Group]) -> bool {
    let entries = groups
        .iter()
        .flat_map(|group| &group.entries)
        .map(|pending| &pending.applied);
    let Err(mut error) = core.views.apply(entries) else {
        return true;
    };
    loop {
        tracing::error!(%error, "the views cannot be written; trying again");
        *lock::lock(&core.views_behind) = Some(error.to_string());
        thread::sleep(RETRY);
        match again(core) {
            Ok(()) => {
                *lock::lock(&core.views_behind) = None;
                return true;
            }
            Err(next) => error = next,
        }
        if lock::lock(&core.order).queue.is_none() {
            return false;
        }
    }
}

/// Opens the views anew and applies from the files what they lack.
fn again(core: &Arc<Core>) -> Result<(), ViewError> {
    core.views.reopen()?;
    let through = core.durable.load(std::sync::atomic::Ordering::Acquire);
    let segments = lock::read(&core.segments).clone();
    recovery::catch_up(&segments, &core.views, through, &mut |_| {})
        .map(drop)
        .map_err(|error| match error {
            recovery::CatchUpError::Views(error) => error,
            recovery::CatchUpError::Io(_, error) => ViewError::Store(error.into()),
        })
}

fn publish(core: &Core, groups: Vec<Group>) {
    let mut answers = Vec::new();
    let mut head = core.head();
    let mut recent = lock::write(&core.recent);
    for group in groups {
        for (pending, rows) in group.entries.into_iter().zip(group.rows) {
            let mut at = 0;
            let drafts = pending.draft.revisions;
            for (draft, row) in drafts.into_iter().zip(rows) {
                let end = at + draft.length as usize;
                head = head.next();
                recent.push(StoredRevision {
                    sequence: head,
                    update_time: row.time(),
                    held: draft.held,
                    previous: draft.previous,
                    element: pending.data.slice(at..end),
                    before: Bytes::from(draft.before),
                    terms: Some(draft.terms.into()),
                });
                at = end;
            }
            answers.push((pending.answer, pending._room));
        }
    }
    drop(recent);
    core.head.send_if_modified(|published| {
        let moved = *published != head;
        *published = head;
        moved
    });
    for (answer, room) in answers {
        // Who does not wait for the answer does not need it.
        let _ = answer.send(Ok(()));
        drop(room);
    }
}
