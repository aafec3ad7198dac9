//! A session as the stream of its messages. What a live subscription does for each event is most of what a server with many of them does:
//! it is done here, in a poll. Everything else is work of a future.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_util::Stream;
use tonic::Status;

use super::{
    super::{group::Next, hub::LOOK_EVERY},
    Session,
};

/// See the module.
pub(in super::super) struct Delivery {
    state: State,
}

enum State {
    Rests(Box<Session>),
    Works(Pin<Box<dyn Future<Output = Box<Session>> + Send>>),
    Over,
}

/// What comes next.
enum Turn {
    Message(Result<Bytes, Status>),
    /// Nothing, until the session's waker is woken.
    Waits,
    /// Whatever [`Session::work`] finds.
    Works,
    Over,
}

impl Delivery {
    pub(super) fn new(session: Box<Session>) -> Self {
        Self {
            state: State::Rests(session),
        }
    }
}

impl Stream for Delivery {
    type Item = Result<Bytes, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let turn = match &mut self.state {
                State::Rests(session) => session.next_live(cx),
                State::Works(work) => {
                    let session = ready!(work.as_mut().poll(cx));
                    self.state = State::Rests(session);
                    continue;
                }
                State::Over => return Poll::Ready(None),
            };
            match turn {
                Turn::Message(message) => return Poll::Ready(Some(message)),
                Turn::Waits => return Poll::Pending,
                Turn::Works => {
                    if let State::Rests(mut session) = std::mem::replace(&mut self.state, State::Over) {
                        self.state = State::Works(Box::pin(async move {
                            session.work().await;
                            session
                        }));
                    }
                }
                Turn::Over => self.state = State::Over,
            }
        }
    }
}

impl Session {
    /// What is ready, and of a live stream what its group has next.
    fn next_live(&mut self, cx: &mut Context<'_>) -> Turn {
        if let Some(message) = self.ready.pop_front() {
            return Turn::Message(message);
        }
        if self.finished {
            return Turn::Over;
        }
        self.show();
        if !self.live || self.timed.is_some() {
            return Turn::Works;
        }
        loop {
            if self.is_called() {
                return Turn::Works;
            }
            // The hub tells groups of matches before it says that it is past them.
            if self.hub.through() > self.position {
                match self.membership.next(self.position) {
                    (Next::Frame(shared), _) if self.takes_whole(&shared) => {
                        let frame = self.take_shared(shared);
                        // As old as the frame, or younger; a stream without a pause between frames is not asked for the time.
                        if self.is_checkpoint_due(self.hub.looked_at()) {
                            self.checkpoint();
                        }
                        return Turn::Message(Ok(frame));
                    }
                    (Next::Nothing, through) => self.move_to(through),
                    _ => return Turn::Works,
                }
            }
            if self.unreported < LOOK_EVERY && !self.is_time_for_checkpoint(cx) {
                self.seat.register(cx.waker());
                if self.hub.through() > self.position || self.is_called() {
                    continue;
                }
                self.show();
                return Turn::Waits;
            }
            self.checkpoint();
            return self.ready.pop_front().map_or(Turn::Works, Turn::Message);
        }
    }

    /// If not, its time wakes the task. A timer that is asked takes in the waker anew each time: it is asked only for another one.
    fn is_time_for_checkpoint(&mut self, cx: &mut Context<'_>) -> bool {
        if (self.sleeper.as_ref()).is_some_and(|sleeper| sleeper.will_wake(cx.waker())) {
            return self.next_checkpoint.is_elapsed();
        }
        self.sleeper = Some(cx.waker().clone());
        self.next_checkpoint.as_mut().poll(cx).is_ready()
    }
}
