//! The events as they stood at one moment: one by one in the order of their first revisions, all in one pass, or those that a filter's
//! terms select. Lists and counts are made of these; what they show of an event is theirs to say.

use std::ops::ControlFlow;

use dateline_journal::{Item, Journal, ReadError, ReadLimit, Sequence, Standing, Views};
use dateline_proto::{reason, time::Timestamp, v1::Event};
use tonic::Code;

use super::{
    lookup::{from_read, from_view},
    patience::Patience,
};
use crate::{filter::Filter, refusal::Refusal};

/// One look into the files while candidates are looked for.
const LOOK: ReadLimit = ReadLimit {
    bytes: 1 << 20,
    revisions: 4_096,
    through: None,
};

/// A head of the feed, and what stood then.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) journal: &'a Journal,
    pub(super) pin: Sequence,
    /// Asked for every event that is looked at.
    pub(super) patience: &'a Patience,
}

/// An event as it stood.
pub(super) struct Stood {
    /// Its first revision.
    pub(super) created: Sequence,
    pub(super) event: Event,
}

/// First revisions, both ends excluded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Between {
    pub(super) after: Sequence,
    pub(super) before: Sequence,
}

/// Why looking ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Everything was seen.
    Complete,
    /// Whoever looked had enough.
    Stopped,
    /// The indexes do not help: they select too much, or the files are damaged and only the views know what stood there. What was seen
    /// so far is no answer.
    Unhelpful,
}

/// Why something cannot be shown.
#[derive(Debug)]
pub(super) enum Lost {
    /// Files were trimmed meanwhile: look again from the start.
    Moved,
    Refused(Refusal),
}

impl From<Refusal> for Lost {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Between {
    pub(super) fn is_empty(self) -> bool {
        self.after.next() >= self.before
    }

    /// What is left after one of a list; none: all of it.
    pub(super) fn rest(self, last: Option<Sequence>, newest_first: bool) -> Self {
        match last {
            None => self,
            Some(last) if newest_first => Self {
                before: self.before.min(last),
                ..self
            },
            Some(last) => Self {
                after: self.after.max(last),
                ..self
            },
        }
    }

    /// What lies before `at`, and what lies at it or after.
    pub(super) fn split(self, at: Sequence) -> (Self, Self) {
        let (before, after) = (self.before.min(at), self.after.max(at.before()));
        (Self { before, ..self }, Self { after, ..self })
    }

    fn holds(self, created: Sequence) -> bool {
        self.after < created && created < self.before
    }
}

impl<'a> Moment<'a> {
    /// The views, which know everything that stood then.
    pub(super) fn views(self) -> Result<&'a Views, Refusal> {
        self.journal.views_through(self.pin).map_err(from_view)
    }
    /// A position that all events lie after that entered the feed at `start` or later.
    pub(super) fn before_time(self, start: Option<Timestamp>) -> Sequence {
        // Of what was trimmed no times are known: looking starts at the very beginning unless the time is later.
        let oldest = self.journal.time_of(self.journal.oldest());
        match start {
            Some(start) if oldest.is_some_and(|oldest| oldest < start) => self.journal.sequence_before(start),
            _ => Sequence::ZERO,
        }
    }

    /// An event; none: it was not there yet.
    /// # Errors
    /// The revision of that moment is no longer kept, or cannot be read.
    pub(super) fn event(self, event_id: &str) -> Result<Option<Stood>, Refusal> {
        match self.views()?.standing(event_id).map_err(from_view)? {
            Some(standing) => self.of(&standing),
            None => Ok(None),
        }
    }

    fn of(self, standing: &Standing) -> Result<Option<Stood>, Refusal> {
        let created = standing.state.created;
        if created > self.pin {
            return Ok(None);
        }
        let newest = standing.event().map_err(from_view)?;
        if standing.state.newest <= self.pin {
            return Ok(Some(Stood {
                created,
                event: newest,
            }));
        }
        let then = self.journal.event_at(&newest.event_id, self.pin);
        let then = then.map_err(|error| match error {
            ReadError::Trimmed { .. } => expired(),
            error => from_read(error),
        })?;
        Ok(then.map(|event| Stood { created, event }))
    }

    /// Every event, in no order that means anything, until `take` has enough.
    /// # Errors
    /// As [`Moment::event`].
    pub(super) fn all(
        self,
        mut take: impl FnMut(Stood) -> Result<ControlFlow<()>, Refusal>,
    ) -> Result<Ended, Refusal> {
        for standing in self.views()?.all_standing() {
            self.patience.check()?;
            let Some(stood) = self.of(&standing.map_err(from_view)?)? else {
                continue;
            };
            if take(stood)?.is_break() {
                return Ok(Ended::Stopped);
            }
        }
        Ok(Ended::Complete)
    }

    /// The events that there were, in the order of their first revisions, until `take` has enough.
    /// # Errors
    /// Those of `take`; the views cannot be read.
    pub(super) fn in_order(
        self,
        between: Between,
        newest_first: bool,
        mut take: impl FnMut(Sequence, &str) -> Result<ControlFlow<()>, Refusal>,
    ) -> Result<Ended, Refusal> {
        let before = between.before.min(self.pin.next());
        let first = if newest_first { before } else { between.after };
        for row in self.views()?.created(first, newest_first) {
            self.patience.check()?;
            let (created, event_id) = row.map_err(from_view)?;
            let outside = if newest_first {
                created <= between.after
            } else {
                created >= before
            };
            if outside {
                break;
            }
            if take(created, &event_id)?.is_break() {
                return Ok(Ended::Stopped);
            }
        }
        Ok(Ended::Complete)
    }

    /// The events that match a filter and are `wanted`, each once, in no order that means anything, through the indexes: those whose
    /// revision of that moment is kept are found by its terms; the others, all of them older than the oldest file, by looking at each.
    /// After `most` candidates the indexes are no help.
    /// # Errors
    /// Trimmed files; as [`Moment::event`].
    pub(super) fn selected(
        self,
        filter: &Filter,
        between: Between,
        mut most: usize,
        wanted: impl Fn(&Event) -> bool,
        mut take: impl FnMut(Stood) -> Result<ControlFlow<()>, Refusal>,
    ) -> Result<Ended, Lost> {
        if !filter.indexed() {
            return Ok(Ended::Unhelpful);
        }
        let wanted = |event: &Event| filter.matches(event) && wanted(event);
        let oldest = self.journal.oldest();
        let trimmed = Between {
            before: between.before.min(oldest),
            ..between
        };
        if !trimmed.is_empty() {
            match self.trimmed(trimmed, oldest, &mut most, &wanted, &mut take)? {
                Ended::Complete => {}
                ended => return Ok(ended),
            }
        }
        // An event has no revision before its first.
        let mut at = between.after.max(oldest.before());
        let limit = ReadLimit {
            through: Some(self.pin),
            ..LOOK
        };
        while at < self.pin {
            let stretch = match self.journal.select(at, filter.terms(), limit) {
                Ok(stretch) => stretch,
                Err(ReadError::Trimmed { .. }) => return Err(Lost::Moved),
                Err(error) => return Err(from_read(error).into()),
            };
            at = stretch.looked_through.max(at.next());
            for item in stretch.items {
                let Item::Revision(revision) = item else {
                    return Ok(Ended::Unhelpful);
                };
                let Some(left) = most.checked_sub(1) else {
                    return Ok(Ended::Unhelpful);
                };
                most = left;
                self.patience.check()?;
                let event = revision.event();
                if !wanted(&event) {
                    continue;
                }
                let Some(created) = self.stood(&event, revision.sequence)? else {
                    continue;
                };
                if between.holds(created) && take(Stood { created, event })?.is_break() {
                    return Ok(Ended::Stopped);
                }
            }
        }
        Ok(Ended::Complete)
    }

    /// Where the event of a revision began, if that revision is how it stood.
    fn stood(self, event: &Event, sequence: Sequence) -> Result<Option<Sequence>, Refusal> {
        let views = self.views()?;
        let Some(state) = views.event(&event.event_id).map_err(from_view)? else {
            return Ok(None);
        };
        let is_it = if state.newest <= self.pin {
            state.newest == sequence
        } else {
            self.event(&event.event_id)?
                .is_some_and(|then| then.event.revision == event.revision)
        };
        Ok(is_it.then_some(state.created))
    }

    /// Events whose revision of that moment lies before `oldest`.
    fn trimmed(
        self,
        between: Between,
        oldest: Sequence,
        most: &mut usize,
        wanted: &impl Fn(&Event) -> bool,
        take: &mut impl FnMut(Stood) -> Result<ControlFlow<()>, Refusal>,
    ) -> Result<Ended, Lost> {
        let views = self.views()?;
        for row in views.created(between.after, false) {
            let (created, event_id) = row.map_err(from_view)?;
            if created >= between.before || created > self.pin {
                break;
            }
            let Some(left) = most.checked_sub(1) else {
                return Ok(Ended::Unhelpful);
            };
            *most = left;
            self.patience.check()?;
            let Some(standing) = views.standing(&event_id).map_err(from_view)? else {
                continue;
            };
            let newest = standing.state.newest;
            if newest > self.pin {
                // Where it is no longer kept this says so; where it is, its terms lead to it.
                self.of(&standing)?;
            } else if newest < oldest {
                let event = standing.event().map_err(from_view)?;
                if wanted(&event) && take(Stood { created, event })?.is_break() {
                    return Ok(Ended::Stopped);
                }
            }
        }
        Ok(Ended::Complete)
    }
}

/// PAGE_TOKEN_EXPIRED.
fn expired() -> Refusal {
    let message =
        "the feed no longer keeps a revision that this page has to show; list again from the first page";
    Refusal::new(Code::OutOfRange, reason::PAGE_TOKEN_EXPIRED, message)
}
