//! One subscription: a position in the journal that moves on as its reader reads. Past and present are read the same way; no task,
//! no channel and no queue stands between the journal and the stream, so that a reader who does not read costs nothing.

use std::{collections::VecDeque, pin::Pin, time::Duration};

use dateline_journal::{ReadError, Sequence};
use dateline_proto::{
    frame::SubscribeFrame,
    v1::{EndReason, SkipReason, SubscriptionStarted, subscribe_response::Message},
};
use futures_util::Stream;
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::{Instant, Sleep},
};
use tonic::Status;

use super::{
    batch::Batch,
    message,
    read::{ReadFailure, Reader},
    request::{Start, Wanted},
    sift::{Found, Look},
    start::{self, Place},
};
use crate::{
    app::drain::{self, Drain},
    refusal::Refusal,
};

/// A checkpoint is sent after so many revisions that did not match, however fast they went by: what a reconnect has to look at
/// again stays small.
pub(super) const SCANNED_PER_CHECKPOINT: u64 = 10_000;

/// See the module.
pub(super) struct Session {
    reader: Reader,
    wanted: Wanted,
    place: Option<Place>,
    head: watch::Receiver<Sequence>,
    drain: Drain,
    /// Everything up to here was looked at, and what matches is delivered or in `ready`.
    position: Sequence,
    live: bool,
    finished: bool,
    delivered: u64,
    scanned: u64,
    /// Looked at since the last message with a cursor.
    unreported: u64,
    batch: Batch,
    next_checkpoint: Pin<Box<Sleep>>,
    /// Messages of one look, on their way out.
    ready: VecDeque<Result<SubscribeFrame, Status>>,
    id: String,
    _permit: OwnedSemaphorePermit,
}

impl Session {
    pub(super) fn new(
        reader: Reader,
        wanted: Wanted,
        place: Place,
        drain: Drain,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            head: reader.journal.watch_head(),
            batch: Batch::new(wanted.batch_size as usize),
            next_checkpoint: Box::pin(tokio::time::sleep(wanted.heartbeat)),
            position: place.after,
            place: Some(place),
            reader,
            wanted,
            drain,
            live: false,
            finished: false,
            delivered: 0,
            scanned: 0,
            unreported: 0,
            ready: VecDeque::new(),
            id: format!("{:016x}", rand::random::<u64>()),
            _permit: permit,
        }
    }

    /// The messages, in order. Dropping the stream ends the subscription.
    pub(super) fn into_stream(self) -> impl Stream<Item = Result<SubscribeFrame, Status>> + Send {
        futures_util::stream::unfold(Box::new(self), |mut session| async {
            session.next().await.map(|message| (message, session))
        })
    }

    async fn next(&mut self) -> Option<Result<SubscribeFrame, Status>> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                return Some(message);
            }
            if self.finished {
                return None;
            }
            if let Err(refusal) = self.fill().await {
                self.ready.push_back(Err(refusal.into()));
                self.finished = true;
            }
        }
    }

    /// Does the next piece of work: puts messages into `ready`, or waits until there is something to do.
    async fn fill(&mut self) -> Result<(), Refusal> {
        if let Some(place) = self.place.take() {
            return self.open(place).await;
        }
        if self.drain.has_begun() {
            self.end_draining();
            return Ok(());
        }
        // Taken before looking: what is appended meanwhile is news of the next round, and wakes it.
        let head = *self.head.borrow_and_update();
        if self.position < head {
            self.advance().await?;
        }
        if self.finished {
            return Ok(());
        }
        if self.position >= head && !self.live {
            self.catch_up();
        } else if Instant::now() >= self.next_checkpoint.deadline()
            || self.unreported >= SCANNED_PER_CHECKPOINT
        {
            self.checkpoint();
        } else if !self.ready.is_empty() {
            // What was found goes out before anything is waited for.
        } else if self.position >= head {
            self.wait().await;
        } else {
            // A filter that matches little passes over much; others use this thread, too.
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    async fn open(&mut self, mut place: Place) -> Result<(), Refusal> {
        if let Start::Backlog(count) = self.wanted.start {
            let (sieve, head) = (self.reader.sieve.clone(), place.after);
            let found = self
                .reader
                .blocking(move |journal| start::backlog(journal, &sieve, count, head))
                .await?;
            (place.start, place.after) = (found, found);
            self.position = found;
        }
        let started = self.started(&place);
        tracing::debug!(
            subscription = started.subscription_id,
            label = self.wanted.label,
            filter = started.canonical_filter,
            start = place.start.get(),
            "subscribed"
        );
        self.send(message::frame(Message::Started(started)));
        if place.after > place.start {
            let journal = &self.reader.journal;
            let gap = message::skipped(journal, place.start, place.after, SkipReason::CursorExpired);
            self.send(gap);
        }
        Ok(())
    }

    fn started(&self, place: &Place) -> SubscriptionStarted {
        let journal = &self.reader.journal;
        let filter = &self.reader.sieve.filter;
        let warnings = filter.warnings().iter().cloned().chain(place.warning.clone());
        SubscriptionStarted {
            subscription_id: self.id.clone(),
            start_cursor: journal.cursor(place.start).to_string(),
            head_cursor: journal.cursor(journal.head()).to_string(),
            oldest_cursor: journal.cursor(start::oldest_start(journal)).to_string(),
            canonical_filter: filter.canonical().to_owned(),
            heartbeat_interval: Some(self.wanted.heartbeat.into()),
            max_batch_size: self.wanted.batch_size,
            server_version: super::VERSION.into(),
            warnings: warnings.collect(),
        }
    }

    /// Looks at what follows the position.
    async fn advance(&mut self) -> Result<(), Refusal> {
        if let Some(look) = self.reader.recent(self.position) {
            self.take(look);
            return Ok(());
        }
        if self.live {
            self.live = false;
            self.send(message::fell_behind(&self.reader.journal, self.position));
        }
        match self.reader.stored(self.position).await {
            Ok(look) => self.take(look),
            Err(ReadFailure::Read(ReadError::Trimmed { .. })) => self.skip_trimmed()?,
            Err(failure) => return Err(failure.into()),
        }
        Ok(())
    }

    /// Retention overtook this reader.
    fn skip_trimmed(&mut self) -> Result<(), Refusal> {
        let journal = &self.reader.journal;
        if !self.wanted.skip_expired {
            return Err(start::expired(journal));
        }
        let oldest = start::oldest_start(journal).max(self.position);
        let gap = message::skipped(journal, self.position, oldest, SkipReason::CursorExpired);
        self.send(gap);
        self.position = oldest;
        self.unreported = 0;
        Ok(())
    }

    /// Turns what was found into messages and moves the position. The cursor of a message never passes what is not yet in one.
    fn take(&mut self, look: Look) {
        let before = self.position;
        for found in look.found {
            match found {
                Found::Revision {
                    sequence,
                    element,
                    left,
                } => {
                    if self.batch.is_full_for(&element) {
                        self.send_batch();
                    }
                    self.batch.push(element, left);
                    self.position = sequence;
                    self.delivered += 1;
                    if self.wanted.limit.is_some_and(|limit| self.delivered >= limit) {
                        self.send_batch();
                        self.end(EndReason::LimitReached);
                        return;
                    }
                }
                Found::Damaged { first, last, place } => {
                    tracing::error!(%place, %first, %last, subscription = self.id, "damaged revisions are not delivered");
                    self.send_batch();
                    let gap_start = first.before();
                    let gap = message::skipped(&self.reader.journal, gap_start, last, SkipReason::Damaged);
                    self.send(gap);
                    self.position = last;
                }
            }
        }
        let passed = look.through.get().saturating_sub(before.get());
        self.scanned += passed;
        self.unreported += passed;
        self.position = look.through.max(self.position);
        self.send_batch();
    }

    fn send_batch(&mut self) {
        if !self.batch.is_empty() {
            let cursor = self.reader.journal.cursor(self.position).to_string();
            let frame = self.batch.finish(&cursor);
            self.send(frame);
            self.unreported = 0;
        }
    }

    fn catch_up(&mut self) {
        self.live = true;
        self.unreported = 0;
        self.send(message::caught_up(
            &self.reader.journal,
            self.position,
            self.delivered,
        ));
        if self.wanted.stop_when_caught_up {
            self.end(EndReason::CaughtUp);
        }
    }

    fn checkpoint(&mut self) {
        self.unreported = 0;
        self.next_checkpoint
            .as_mut()
            .reset(Instant::now() + self.wanted.heartbeat);
        self.send(message::checkpoint(
            &self.reader.journal,
            self.position,
            self.scanned,
        ));
    }

    /// Waits for a newer head, the next checkpoint, or the server's end.
    async fn wait(&mut self) {
        tokio::select! {
            changed = self.head.changed() => if changed.is_err() {
                // The journal is closed: the server is going.
                self.end_draining();
            },
            () = &mut self.next_checkpoint => {}
            () = self.drain.begun() => {}
        }
    }

    fn send(&mut self, frame: SubscribeFrame) {
        self.ready.push_back(Ok(frame));
    }

    fn end(&mut self, why: EndReason) {
        self.send(message::ending(&self.reader.journal, self.position, why, None));
        self.finished = true;
    }

    fn end_draining(&mut self) {
        let delay: Duration = drain::reconnect_delay();
        let why = EndReason::ServerDraining;
        self.send(message::ending(
            &self.reader.journal,
            self.position,
            why,
            Some(delay),
        ));
        self.ready.push_back(Err(drain::draining(delay).into()));
        self.finished = true;
    }
}
