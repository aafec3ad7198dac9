//! Appending from a thread that may block: many entries are ordered one after the other, and then written on this very thread.

use std::sync::{Arc, TryLockError};

use bytes::Bytes;

use crate::{AppendError, Entry, Stamps, core::Core, writer};

/// Where an entry was put.
#[derive(Debug)]
pub struct Placed {
    /// The entry's number.
    pub entry: u64,
    /// Where its revisions will stand.
    pub stamps: Stamps,
    /// Its revisions as they are stored: encoded events with cursor and times, slices of one allocation.
    pub events: Vec<Bytes>,
}

/// Orders entries and writes them together. Nothing that is ordered is written before [`Appender::write`] or [`Appender::hand_over`],
/// unless the appender is dropped or has to wait for room.
pub struct Appender {
    core: Arc<Core>,
    /// Something was ordered that nobody was told to write.
    waiting: bool,
}

impl Appender {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core, waiting: false }
    }

    /// As [`crate::Journal::submit`]; `answer` is called with the places of the entry's revisions when it is durable and can be read, or
    /// with why it is not: on the thread that writes, so it has to be short. It is dropped without a call if the entry is refused here, or
    /// if the journal is closed before.
    ///
    /// # Errors
    ///
    /// As [`crate::Journal::submit`].
    pub async fn submit(
        &mut self,
        entry: Entry,
        generation: u64,
        answer: impl FnOnce(Result<Stamps, AppendError>) + Send + 'static,
    ) -> Result<Placed, AppendError> {
        let (prepared, permits) = self.core.prepare(entry, generation)?;
        let room = match self.core.room_now(permits)? {
            Some(room) => room,
            None => {
                // What it waits for comes of what is written.
                self.hand_over();
                self.core.room(permits).await?
            }
        };
        let placed = self
            .core
            .order(prepared, generation, room, Box::new(answer), true)?;
        self.waiting = true;
        Ok(placed)
    }

    /// Has `answer` called when everything that was ordered so far is durable, at once if it is; with an error if something of it failed.
    ///
    /// # Errors
    ///
    /// A write failed since `generation`, or the journal is closed or stopped.
    pub fn after(
        &mut self,
        generation: u64,
        answer: impl FnOnce(Result<Stamps, AppendError>) + Send + 'static,
    ) -> Result<(), AppendError> {
        self.waiting = true;
        self.core.order_after(generation, Box::new(answer))
    }

    /// Writes what was ordered, and answers, on this thread; leaves it to the journal's thread where that is writing just now. Blocking.
    pub fn write(&mut self) {
        if !std::mem::take(&mut self.waiting) {
            return;
        }
        match self.core.writer.try_lock() {
            Ok(mut writer) => writer::write_waiting(&self.core, &mut writer),
            Err(TryLockError::Poisoned(writer)) => {
                writer::write_waiting(&self.core, &mut writer.into_inner())
            }
            // It looks again when it is done.
            Err(TryLockError::WouldBlock) => self.core.work.notify_one(),
        }
    }

    /// Leaves the writing of what was ordered to the journal's thread.
    pub fn hand_over(&mut self) {
        if std::mem::take(&mut self.waiting) {
            self.core.work.notify_one();
        }
    }
}

impl Drop for Appender {
    fn drop(&mut self) {
        self.hand_over();
    }
}
