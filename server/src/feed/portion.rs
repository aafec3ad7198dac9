//! Portions: what a stretch of the feed holds for a subscription, as messages that are ready to be sent.

use bytes::{Bytes, BytesMut};
use dateline_journal::{Item, Journal, Run, RunItem, Runs, Sequence, Stretch};
use dateline_proto::{time::Timestamp, v1::EndReason};

use super::{
    batch::{self, BATCH_BYTES, Batch},
    frame::{self, Encoding},
    group::Match,
    sift::{Left, Sieve},
};

/// A message of what lies side by side in the files, at most: nothing of it is copied, and the fewer there are the less an event costs.
const RUN_BYTES: usize = 2 * BATCH_BYTES;

/// Where a stream ends by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    /// Events that it may still deliver. None: any number.
    pub(super) remaining: Option<u64>,
    /// Before the first revision of this time or later.
    pub(super) end_time: Option<Timestamp>,
    /// What comes after this is not looked at yet. None: through the head.
    pub(super) through: Option<Sequence>,
}

impl Bounds {
    /// The same, and what comes after a position is not looked at yet.
    pub(super) fn until(self, position: Option<Sequence>) -> Self {
        let through = match (self.through, position) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { through, ..self }
    }
}

/// How messages are made.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) journal: Journal,
    pub(super) batch_size: u32,
    pub(super) encoding: Encoding,
}

/// What a stretch of the feed holds for a subscription.
pub(super) struct Portion {
    pub(super) steps: Vec<Step>,
    /// Everything up to here was looked at.
    pub(super) through: Sequence,
    /// The stream ends here.
    pub(super) ended: Option<EndReason>,
}

/// One after the other.
pub(super) enum Step {
    /// A message.
    Batch {
        /// The bytes of its frame, in order. Its end may stand in the first part of the step after it.
        parts: Vec<Bytes>,
        /// Its cursor.
        through: Sequence,
        events: u64,
    },
    /// A stretch that cannot be read, both ends included.
    Damaged {
        first: Sequence,
        last: Sequence,
        place: String,
    },
}

/// Puts a portion together.
struct Maker<'a> {
    form: &'a Form,
    bounds: Bounds,
    batch: Batch,
    in_batch: u64,
    last: Sequence,
    steps: Vec<Step>,
    /// The end of the last step's message, to be sent in one piece with what follows it.
    tail: BytesMut,
    ended: Option<EndReason>,
}

impl<'a> Maker<'a> {
    fn new(form: &'a Form, bounds: Bounds, after: Sequence) -> Self {
        Self {
            form,
            bounds,
            batch: Batch::new(form.batch_size as usize),
            in_batch: 0,
            last: after,
            steps: Vec::new(),
            tail: BytesMut::new(),
            ended: None,
        }
    }

    /// False: the stream ends.
    fn push(&mut self, matched: Match) -> bool {
        if self.bounds.end_time.is_some_and(|end| matched.update_time >= end) {
            self.ended = Some(EndReason::EndTimeReached);
            self.flush(matched.sequence.before());
            return false;
        }
        if self.batch.is_full_for(&matched.element) {
            self.flush(self.last);
        }
        self.batch.push(matched.element, matched.left);
        self.in_batch += 1;
        self.last = matched.sequence;
        if let Some(remaining) = &mut self.bounds.remaining {
            *remaining -= 1;
            if *remaining == 0 {
                self.ended = Some(EndReason::LimitReached);
                self.flush(self.last);
                return false;
            }
        }
        true
    }

    fn run(&mut self, run: &Run) {
        let mut done = 0;
        while done < run.count() {
            let start = run.end(done);
            let most = done + self.form.batch_size as usize;
            let end = run
                .fitting(start + RUN_BYTES)
                .clamp(done + 1, most.min(run.count()));
            let elements = run.bytes().slice(start..run.end(end));
            self.last = Sequence::new(run.first().get() + end as u64 - 1);
            let cursor = self.form.journal.cursor(self.last).to_string();
            let head = std::mem::take(&mut self.tail);
            let (head, tail) = batch::around(head, elements.len(), &cursor);
            self.steps.push(Step::Batch {
                parts: match self.form.encoding {
                    Encoding::Identity => {
                        self.tail = tail;
                        vec![head, elements]
                    }
                    encoding => vec![frame::join(&[head, elements, tail.freeze()], encoding)],
                },
                through: self.last,
                events: (end - done) as u64,
            });
            done = end;
        }
    }

    /// Gives the last step's message its end.
    fn close(&mut self) {
        if let Some(Step::Batch { parts, .. }) = self.steps.last_mut()
            && !self.tail.is_empty()
        {
            parts.push(std::mem::take(&mut self.tail).freeze());
        }
    }

    fn damaged(&mut self, first: Sequence, last: Sequence, place: String) {
        self.close();
        self.flush(self.last);
        self.last = last;
        self.steps.push(Step::Damaged { first, last, place });
    }

    fn flush(&mut self, through: Sequence) {
        self.last = through.max(self.last);
        if self.batch.is_empty() {
            return;
        }
        let cursor = self.form.journal.cursor(self.last).to_string();
        self.steps.push(Step::Batch {
            parts: vec![self.batch.finish(&cursor, self.form.encoding)],
            through: self.last,
            events: std::mem::take(&mut self.in_batch),
        });
    }

    fn finish(mut self, through: Sequence) -> Portion {
        self.close();
        if self.ended.is_none() {
            self.flush(through);
        }
        Portion {
            steps: self.steps,
            through: self.last,
            ended: self.ended,
        }
    }
}

/// Messages of matches that a group knows.
pub(super) fn of_matches(
    form: &Form,
    bounds: Bounds,
    not_before: Option<Timestamp>,
    after: Sequence,
    matches: Vec<Match>,
) -> Portion {
    let mut maker = Maker::new(form, bounds, after);
    for matched in matches {
        if not_before.is_some_and(|time| matched.update_time < time) {
            maker.last = matched.sequence;
        } else if !maker.push(matched) {
            break;
        }
    }
    let through = maker.last;
    maker.finish(through)
}

/// Messages of everything that a stretch holds: the stored bytes with a frame around.
pub(super) fn of_runs(form: &Form, after: Sequence, runs: Runs) -> Portion {
    let mut maker = Maker::new(form, Bounds::default(), after);
    for item in runs.items {
        match item {
            RunItem::Damaged { first, last, place } => maker.damaged(first, last, place),
            RunItem::Run(run) => maker.run(&run),
        }
    }
    maker.finish(runs.looked_through)
}

/// Messages of what a stretch holds for a subscription.
pub(super) fn of_stretch(
    form: &Form,
    bounds: Bounds,
    sieve: &Sieve,
    after: Sequence,
    stretch: Stretch,
) -> Portion {
    let mut maker = Maker::new(form, bounds, after);
    for item in stretch.items {
        match item {
            Item::Damaged { first, last, place } => maker.damaged(first, last, place),
            Item::Revision(revision) => {
                let Some(Left(left)) = sieve.verdict(&revision) else {
                    // Also what does not match may tell that the end is reached.
                    if bounds.end_time.is_some_and(|end| revision.update_time >= end) {
                        maker.ended = Some(EndReason::EndTimeReached);
                        maker.flush(revision.sequence.before());
                        break;
                    }
                    continue;
                };
                let matched = Match {
                    sequence: revision.sequence,
                    update_time: revision.update_time,
                    element: revision.element().clone(),
                    left,
                };
                if !maker.push(matched) {
                    break;
                }
            }
        }
    }
    maker.finish(stretch.looked_through)
}

impl Portion {
    /// Bytes of its messages.
    pub(super) fn bytes(&self) -> usize {
        let of = |step: &Step| match step {
            Step::Batch { parts, .. } => parts.iter().map(Bytes::len).sum(),
            Step::Damaged { .. } => 0,
        };
        self.steps.iter().map(of).sum()
    }

    /// Events in it.
    pub(super) fn events(&self) -> u64 {
        let of = |step: &Step| match step {
            Step::Batch { events, .. } => *events,
            Step::Damaged { .. } => 0,
        };
        self.steps.iter().map(of).sum()
    }
}
