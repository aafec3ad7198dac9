//! Streams that keep to a clock: an end in time, and the past at a pace.

use std::{future::poll_fn, pin::Pin, task::Poll, time::Duration};

use dateline_journal::{Journal, Sequence};
use dateline_proto::{time::Timestamp, v1::EndReason};
use tokio::time::{Instant, Sleep, sleep, sleep_until};

use super::{
    super::{
        pace::{Pace, between},
        portion::Bounds,
        request::Wanted,
    },
    Session,
};
use crate::refusal::Refusal;

/// A paced stream looks for what is due at most so often: at a high speed events come in batches, and cost as little.
const TICK: Duration = Duration::from_millis(10);
/// How often a stream that ends looks whether what was ordered before its end became durable or was taken back.
const SETTLING: Duration = Duration::from_millis(20);

/// What of a stream depends on the clock.
pub(super) struct Timed {
    end_time: Option<Timestamp>,
    /// The last revision before the end, once nothing can come before it any more.
    last: Option<Sequence>,
    /// None: flat out, or caught up.
    speed: Option<f64>,
    /// None: no revision has come yet.
    pace: Option<Pace>,
}

impl Timed {
    /// None: nothing does.
    pub(super) fn of(wanted: &Wanted) -> Option<Box<Self>> {
        let timed = Self {
            end_time: wanted.end_time,
            last: None,
            speed: wanted.speed,
            pace: None,
        };
        (timed.end_time.is_some() || timed.speed.is_some()).then(|| Box::new(timed))
    }

    /// When the end in time is, as far as it is known now.
    pub(super) fn alarm(&self) -> Option<Pin<Box<Sleep>>> {
        let end_time = self.end_time.filter(|_| self.last.is_none())?;
        // The clock may be set meanwhile; every checkpoint looks again.
        Some(Box::pin(sleep(
            between(Timestamp::now(), end_time) + Duration::from_millis(1),
        )))
    }
}

/// What a paced stream finds.
enum Due {
    /// Everything through here is due.
    Through(Sequence),
    /// The next revision, at this time. None: later than the machine can tell.
    Later(Option<Instant>),
    /// There is nothing that could be due: the past is over.
    CaughtUp,
}

impl Session {
    /// The next piece of work of a stream that keeps to a clock. False: it goes on as any other.
    pub(super) async fn fill_by_time(&mut self) -> Result<bool, Refusal> {
        let Some(timed) = &self.timed else {
            return Ok(false);
        };
        if let (Some(end_time), None) = (timed.end_time, timed.last)
            && Timestamp::now() >= end_time
        {
            let Some(last) = self.last_before(end_time).await? else {
                // The server stops.
                return Ok(true);
            };
            if let Some(timed) = &mut self.timed {
                timed.last = Some(last);
            }
        }
        let last = self.timed.as_ref().and_then(|timed| timed.last);
        if last.is_some_and(|last| self.position >= last) {
            self.end(EndReason::EndTimeReached);
            return Ok(true);
        }
        let through = match self.due().await? {
            None => last,
            Some(Due::Through(due)) => Some(last.map_or(due, |last| last.min(due))),
            Some(Due::Later(at)) => {
                self.wait_for(at).await;
                return Ok(true);
            }
            Some(Due::CaughtUp) => {
                if let Some(timed) = &mut self.timed {
                    timed.speed = None;
                }
                last
            }
        };
        let Some(through) = through else {
            return Ok(false);
        };
        let bounds = Bounds {
            through: Some(through),
            ..self.bounds()
        };
        self.read(bounds).await?;
        Ok(true)
    }

    /// The last revision before a time that has passed, once none can come before it any more. None: the server stops.
    async fn last_before(&self, end_time: Timestamp) -> Result<Option<Sequence>, Refusal> {
        let journal = self.reader.journal();
        // What is ordered from now on has a later time.
        let ordered = journal.ordered();
        let mut head = journal.watch_head();
        loop {
            // Writes that fail are taken back, and the last one ordered with them.
            if *head.borrow_and_update() >= ordered.min(journal.ordered()) {
                break;
            }
            tokio::select! {
                changed = head.changed() => if changed.is_err() {
                    return Ok(None);
                },
                () = sleep(SETTLING) => {}
                () = self.drain.begun() => return Ok(None),
            }
        }
        let last = self
            .reader
            .blocking(move |journal| Ok(journal.sequence_before(end_time)))
            .await?;
        Ok(Some(last))
    }

    /// What the pace allows. None: there is none.
    async fn due(&mut self) -> Result<Option<Due>, Refusal> {
        let Some(timed) = &self.timed else {
            return Ok(None);
        };
        let Some(speed) = timed.speed else {
            return Ok(None);
        };
        let (pace, position, now) = (timed.pace, self.position, Instant::now());
        let look = move |journal: &Journal| {
            let next = journal.time_of(position.next());
            let pace = pace.or(next.map(|first| Pace::new(speed, now, first)));
            Ok((pace, due(journal, pace, position, next, now)))
        };
        let (pace, due) = self.reader.blocking(look).await?;
        if let Some(timed) = &mut self.timed {
            timed.pace = pace;
        }
        Ok(Some(due))
    }

    /// Waits for a time, the next checkpoint, another filter, or an end.
    async fn wait_for(&mut self, at: Option<Instant>) {
        self.show();
        let mut due = at.map(|at| Box::pin(sleep_until(at.max(Instant::now() + TICK))));
        let mut alarm = self.timed.as_ref().and_then(|timed| timed.alarm());
        let (seat, drain, checkpoint) = (&self.seat, &self.drain, &mut self.next_checkpoint);
        poll_fn(|cx| {
            seat.register(cx.waker());
            if seat.has_change() || drain.has_begun() {
                return Poll::Ready(());
            }
            for sleep in due.iter_mut().chain(&mut alarm) {
                if sleep.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(());
                }
            }
            checkpoint.as_mut().poll(cx)
        })
        .await;
    }
}

/// What is due after `position`, of which `next` is the time of the next revision, if it is known.
fn due(
    journal: &Journal,
    pace: Option<Pace>,
    position: Sequence,
    next: Option<Timestamp>,
    now: Instant,
) -> Due {
    if position >= journal.head() {
        return Due::CaughtUp;
    }
    // Of what is damaged no time is known: it is told of at once.
    let (Some(pace), Some(next)) = (pace, next) else {
        return Due::Through(position.next());
    };
    let shown = pace.shows(now);
    if next > shown {
        return Due::Later(pace.due(next));
    }
    // Everything of that time, and the next revision in any case.
    let after = Timestamp {
        seconds: shown
            .seconds
            .saturating_add(i64::from(shown.nanos == 999_999_999)),
        nanos: (shown.nanos + 1) % 1_000_000_000,
    };
    Due::Through(journal.sequence_before(after).max(position.next()))
}
