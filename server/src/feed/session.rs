//! One subscription: a position in the journal that moves on as its reader reads. The past comes from the journal, what is new from a
//! group that subscriptions of one kind share; no task, no channel and no queue is one subscription's own, so that a reader who does not
//! read costs nothing.

mod delivery;
mod timed;

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, LazyLock},
    task::{Poll, Waker},
    time::Duration,
};

use bytes::Bytes;
use dateline_journal::{ReadError, Sequence};
use dateline_proto::{
    reason,
    v1::{EndReason, FilterChanged, LagPolicy, SkipReason, SubscriptionStarted, subscribe_response::Message},
};
use tokio::{
    sync::OwnedSemaphorePermit,
    time::{Instant, Sleep},
};
use tonic::{Code, Status};

use self::{delivery::Delivery, timed::Timed};
use super::{
    frame,
    group::{Next, Shared},
    hub::{Hub, LOOK_EVERY, Membership, Presence},
    message,
    portion::{self, Bounds, Portion, Step},
    read::{ReadFailure, Reader},
    request::{Start, Wanted},
    seat::Seat,
    start::{self, Place},
};
use crate::{
    app::drain::{self, Drain},
    refusal::Refusal,
};

/// A checkpoint is sent after so many revisions that did not match, however fast they went by: what a reconnect has to look at
/// again stays small.
const SCANNED_PER_CHECKPOINT: u64 = 2 * LOOK_EVERY;
/// Checkpoints are due at multiples of this share of their interval, so that those of many streams leave in few writes.
const HEARTBEAT_STEPS: u32 = 8;

/// See the module.
pub(super) struct Session {
    reader: Reader,
    wanted: Wanted,
    place: Option<Place>,
    hub: Arc<Hub>,
    seat: Arc<Seat>,
    membership: Membership,
    /// What the group of a new filter does not know although this reader is not slow: up to here the journal is read without a word.
    settled: Sequence,
    /// None: neither an end in time nor a pace.
    timed: Option<Box<Timed>>,
    drain: Drain,
    /// Everything up to here was looked at, and what matches is delivered or in `ready`.
    position: Sequence,
    /// Where the feed was when the stream began to catch up: it has caught up once it has passed this.
    target: Sequence,
    live: bool,
    finished: bool,
    delivered: u64,
    scanned: u64,
    /// Looked at since the last message with a cursor.
    unreported: u64,
    next_checkpoint: Pin<Box<Sleep>>,
    /// Whom `next_checkpoint` wakes.
    sleeper: Option<Waker>,
    /// Parts of messages, on their way out.
    ready: VecDeque<Result<Bytes, Status>>,
    _presence: Presence,
    _permit: OwnedSemaphorePermit,
}

impl Session {
    pub(super) fn new(
        reader: Reader,
        wanted: Wanted,
        place: Place,
        hub: Arc<Hub>,
        drain: Drain,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        let filter = &reader.sieve.filter;
        let presence = hub.enter(wanted.label.clone(), filter.clone());
        let seat = presence.seat.clone();
        seat.show(place.after, 0, false);
        let membership = hub.join(filter, wanted.batch_size, reader.form.encoding, seat.clone());
        let target = reader.journal().head();
        Self {
            next_checkpoint: Box::pin(tokio::time::sleep_until(due(wanted.heartbeat))),
            sleeper: None,
            position: place.after,
            place: Some(place),
            reader,
            timed: Timed::of(&wanted),
            wanted,
            hub,
            seat,
            membership,
            settled: Sequence::ZERO,
            drain,
            target,
            live: false,
            finished: false,
            delivered: 0,
            scanned: 0,
            unreported: 0,
            ready: VecDeque::new(),
            _presence: presence,
            _permit: permit,
        }
    }

    /// The messages' frames, in order, some in several parts. Dropping the stream ends the subscription.
    pub(super) fn into_stream(self) -> Delivery {
        Delivery::new(Box::new(self))
    }

    /// Does the next piece of work, as [`fill`](Self::fill); a failure is the stream's end.
    async fn work(&mut self) {
        if let Err(refusal) = self.fill().await {
            self.ready.push_back(Err(refusal.into()));
            self.finished = true;
        }
    }

    /// Tells others how far this is: everything so far was handed on.
    fn show(&self) {
        self.seat.show(self.position, self.delivered, self.live);
    }

    /// Puts messages into `ready`, or waits until there is something to do; a live stream without a clock is waited for elsewhere.
    async fn fill(&mut self) -> Result<(), Refusal> {
        if let Some(place) = self.place.take() {
            return self.open(place).await;
        }
        if self.drain.has_begun() {
            self.end_draining();
            return Ok(());
        }
        if self.seat.has_change() {
            self.change_filter();
        }
        if self.fill_by_time().await? {
            self.checkpoint_if_due();
            return Ok(());
        }
        let (next, through) = self.membership.next(self.position);
        match next {
            Next::Frame(shared) if self.takes_whole(&shared) => {
                let frame = self.take_shared(shared);
                self.send(frame);
            }
            Next::Frame(_) | Next::Made(_) | Next::Within => self.cut_own()?,
            Next::Behind => self.read_past().await?,
            Next::Nothing if self.position.max(through) < self.target => self.read_past().await?,
            Next::Nothing => return self.idle(through).await,
        }
        self.checkpoint_if_due();
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
            subscription = self.seat.name(),
            label = self.wanted.label,
            filter = started.canonical_filter,
            start = place.start.get(),
            "subscribed"
        );
        self.send(frame::of(Message::Started(started)));
        if place.after > place.start {
            let journal = self.reader.journal();
            let gap = message::skipped(journal, place.start, place.after, SkipReason::CursorExpired);
            self.send(gap);
        }
        Ok(())
    }

    fn started(&self, place: &Place) -> SubscriptionStarted {
        let journal = self.reader.journal();
        let filter = &self.reader.sieve.filter;
        let warnings = filter.warnings().iter().cloned().chain(place.warning.clone());
        SubscriptionStarted {
            subscription_id: self.seat.id.clone(),
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

    /// Whether a shared frame is right for this subscription as it is.
    fn takes_whole(&self, shared: &Shared) -> bool {
        let bounds = self.bounds();
        bounds.remaining.is_none_or(|remaining| remaining > shared.events)
            && bounds.end_time.is_none_or(|end| shared.last_time < end)
            && self
                .reader
                .sieve
                .not_before
                .is_none_or(|time| shared.first_time >= time)
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            remaining: self.wanted.limit.map(|limit| limit - self.delivered),
            end_time: self.wanted.end_time,
            through: None,
        }
    }

    /// The frame, as sent.
    fn take_shared(&mut self, shared: Shared) -> Bytes {
        self.move_to(shared.through);
        self.delivered += shared.events;
        self.unreported = 0;
        shared.bytes
    }

    /// Cuts a message out of what the group knows, where a shared frame does not fit.
    fn cut_own(&mut self) -> Result<(), Refusal> {
        let most = self.wanted.batch_size as usize;
        let matches = self.membership.group().matches(self.position, most);
        // None: forgotten in this moment; the next look says so.
        let Some(matches) = matches else {
            return Ok(());
        };
        let not_before = self.reader.sieve.not_before;
        let portion = portion::of_matches(
            &self.reader.form,
            self.bounds(),
            not_before,
            self.position,
            matches,
        );
        self.take(portion)
    }

    /// Looks at what the journal has after the position.
    async fn read_past(&mut self) -> Result<(), Refusal> {
        if self.live && self.position >= self.settled {
            match self.wanted.lag {
                LagPolicy::Skip => {
                    self.skip_missed();
                    return Ok(());
                }
                LagPolicy::Disconnect => return Err(self.too_slow()),
                LagPolicy::CatchUp | LagPolicy::Unspecified => {
                    self.live = false;
                    self.target = self.reader.journal().head();
                    self.send(message::fell_behind(self.reader.journal(), self.position));
                }
            }
        }
        self.read(self.bounds()).await
    }

    /// Takes what the journal has next.
    async fn read(&mut self, bounds: Bounds) -> Result<(), Refusal> {
        match self.reader.next(self.position, bounds).await {
            Ok(portion) => self.take(portion),
            Err(ReadFailure::Read(ReadError::Trimmed { .. })) => self.skip_trimmed(),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Goes on where the live path is; what lies before is not delivered.
    fn skip_missed(&mut self) {
        let head = self.hub.through().max(self.position);
        let gap = message::skipped(self.reader.journal(), self.position, head, SkipReason::LagPolicy);
        self.send(gap);
        self.position = head;
        self.unreported = 0;
    }

    fn too_slow(&self) -> Refusal {
        let message =
            "the reader is slower than the feed, and asked to be ended then; go on after the cursor";
        Refusal::new(Code::Aborted, reason::SLOW_CONSUMER, message)
            .with("cursor", self.reader.journal().cursor(self.position))
    }

    /// Retention overtook this reader.
    fn skip_trimmed(&mut self) -> Result<(), Refusal> {
        let journal = self.reader.journal();
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

    /// Sends what was found and moves the position. The cursor of a message never passes what is not yet in one.
    fn take(&mut self, portion: Portion) -> Result<(), Refusal> {
        for step in portion.steps {
            match step {
                Step::Batch {
                    parts,
                    through,
                    events,
                } => {
                    self.move_to(through);
                    self.delivered += events;
                    self.unreported = 0;
                    self.ready.extend(parts.into_iter().map(Ok));
                }
                Step::Damaged { first, last, place } => {
                    tracing::error!(%place, %first, %last, subscription = self.seat.name(), "damaged revisions are not delivered");
                    let gap_start = first.before();
                    let gap = message::skipped(self.reader.journal(), gap_start, last, SkipReason::Damaged);
                    self.send(gap);
                    self.move_to(last);
                }
            }
        }
        self.move_to(portion.through);
        if let Some(why) = portion.ended {
            self.end(why);
        }
        Ok(())
    }

    /// Everything up to here was looked at.
    fn move_to(&mut self, position: Sequence) {
        let passed = position.get().saturating_sub(self.position.get());
        self.scanned += passed;
        self.unreported += passed;
        self.position = position.max(self.position);
    }

    /// Nothing is there to deliver, up to where the hub is.
    async fn idle(&mut self, through: Sequence) -> Result<(), Refusal> {
        self.move_to(through);
        if !self.live {
            self.catch_up();
        } else if self.is_checkpoint_due(Instant::now()) {
            self.checkpoint();
        } else if self.timed.is_some() {
            self.wait().await;
        }
        Ok(())
    }

    fn catch_up(&mut self) {
        self.live = true;
        self.unreported = 0;
        self.reader.rest();
        self.send(message::caught_up(
            self.reader.journal(),
            self.position,
            self.delivered,
        ));
        if self.wanted.stop_when_caught_up {
            self.end(EndReason::CaughtUp);
        }
    }

    fn checkpoint_if_due(&mut self) {
        if !self.finished && self.is_checkpoint_due(Instant::now()) {
            self.checkpoint();
        }
    }

    fn is_checkpoint_due(&self, now: Instant) -> bool {
        // A live stream is woken after every LOOK_EVERY revisions, wherever it was before.
        let most = if self.live {
            LOOK_EVERY
        } else {
            SCANNED_PER_CHECKPOINT
        };
        self.unreported >= most || now >= self.next_checkpoint.deadline()
    }

    fn checkpoint(&mut self) {
        self.unreported = 0;
        let due = due(self.wanted.heartbeat);
        self.next_checkpoint.as_mut().reset(due);
        self.sleeper = None;
        self.send(message::checkpoint(
            self.reader.journal(),
            self.position,
            self.scanned,
        ));
    }

    /// From the position on another filter holds.
    fn change_filter(&mut self) {
        let Some(change) = self.seat.take_change() else {
            return;
        };
        self.reader.change_filter(change.filter.clone());
        let (batch_size, encoding) = (self.wanted.batch_size, self.reader.form.encoding);
        self.membership = self
            .hub
            .join(&change.filter, batch_size, encoding, self.seat.clone());
        self.settled = self.membership.since;
        self.send(frame::of(Message::FilterChanged(FilterChanged {
            generation: change.generation,
            canonical_filter: change.filter.canonical().to_owned(),
            cursor: self.reader.journal().cursor(self.position).to_string(),
        })));
    }

    /// Whether somebody asked something of this stream: another filter, or the end.
    fn is_called(&self) -> bool {
        self.seat.has_change() || self.drain.has_begun()
    }

    /// Waits for something to deliver, the next checkpoint, another filter, the end in time, or the server's.
    async fn wait(&mut self) {
        self.show();
        self.sleeper = None;
        let mut alarm = self.timed.as_ref().and_then(|timed| timed.alarm());
        let membership = &self.membership;
        let (position, unreported) = (self.position, self.unreported);
        let (seat, drain, hub, sleep) = (&self.seat, &self.drain, &self.hub, &mut self.next_checkpoint);
        poll_fn(|cx| {
            seat.register(cx.waker());
            let passed = hub.through().get().saturating_sub(position.get());
            let is_due = unreported + passed >= LOOK_EVERY;
            let is_news = membership.group().has_news(position);
            if is_news || is_due || seat.has_change() || drain.has_begun() {
                return Poll::Ready(());
            }
            if alarm
                .as_mut()
                .is_some_and(|alarm| alarm.as_mut().poll(cx).is_ready())
            {
                return Poll::Ready(());
            }
            sleep.as_mut().poll(cx)
        })
        .await;
    }

    fn send(&mut self, frame: Bytes) {
        self.ready.push_back(Ok(frame));
    }

    fn end(&mut self, why: EndReason) {
        self.send(message::ending(self.reader.journal(), self.position, why, None));
        self.finished = true;
    }

    fn end_draining(&mut self) {
        let delay: Duration = drain::reconnect_delay();
        let why = EndReason::ServerDraining;
        let ending = message::ending(self.reader.journal(), self.position, why, Some(delay));
        self.send(ending);
        self.ready.push_back(Err(drain::draining(delay).into()));
        self.finished = true;
    }
}

/// When a checkpoint has to be sent after one just now: within the interval, and at the same moments as those of other streams.
fn due(interval: Duration) -> Instant {
    static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);
    let step = interval / HEARTBEAT_STEPS;
    let latest = Instant::now() + interval;
    let since = latest.saturating_duration_since(*EPOCH).as_nanos();
    let late = since % step.as_nanos().max(1);
    latest - Duration::from_nanos(u64::try_from(late).unwrap_or(0))
}
