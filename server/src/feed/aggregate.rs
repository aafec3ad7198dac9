//! AggregateEvents: how many events there are, by what they share and when they came. Counts are made on a blocking thread, for a bounded
//! time and only as long as their caller waits; an answer of several pages is kept for the pages that follow.

mod kept;
mod query;
mod tally;

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use dateline_journal::{Journal, Sequence};
use dateline_proto::{
    reason,
    v1::{AggregateEventsRequest, AggregateEventsResponse},
};
use tokio::sync::Semaphore;
use tonic::Code;

use self::{
    kept::Kept,
    query::Query,
    tally::{Answer, Bounds, Tally},
};
use super::{
    Feed,
    page::{self, List},
    patience::Patience,
    standing::{Between, Ended, Lost, Moment},
};
use crate::refusal::Refusal;

/// What one answer may cost.
const TIME: Duration = Duration::from_secs(30);
const BOUNDS: Bounds = Bounds {
    groups: 100_000,
    bytes: 32 << 20,
};
/// So many answers are worked at together; others wait their turn, so that counts never occupy the machine.
const TURNS: usize = 2;
/// A page ends before it is this large.
const BYTES_PER_PAGE: usize = 2 << 20;
/// Events are looked at through the indexes unless these name more than one in so many of all: one pass over all costs less then.
const ONE_IN: u64 = 16;
/// Candidates that are always few enough.
const FEW: u64 = 2_000;
/// Trims that are waited out.
const ATTEMPTS: usize = 5;

/// What answers share.
pub(super) struct Counting {
    turns: Arc<Semaphore>,
    kept: Kept,
}

impl Default for Counting {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(TURNS)),
            kept: Kept::default(),
        }
    }
}

impl Feed {
    /// One page of counts.
    /// # Errors
    /// A filter, field, time, bucket, size or token that is refused; an answer that is too large; a revision that is no longer kept.
    pub async fn aggregate_events(
        &self,
        request: AggregateEventsRequest,
    ) -> Result<AggregateEventsResponse, Refusal> {
        let journal = &self.0.journal;
        let query = Query::read(&request, self.filter(request.filter.as_ref())?)?;
        let size = page::size(request.page_size, self.0.limits.page_size)?;
        let list = query.list(journal);
        let token = list.read(&request.page_token)?;
        let (pin, after) = token.map_or((journal.head(), 0), |token| {
            (Sequence::new(token.pin), token.after)
        });
        let answer = match self.0.counting.kept.get(list.identity(), pin) {
            Some(answer) => answer,
            None => self.count(query, pin).await?,
        };
        let page = page_of(&answer, &list, journal, pin, after, size);
        if !page.next_page_token.is_empty() {
            self.0.counting.kept.put(list.identity(), pin, &answer);
        }
        Ok(page)
    }

    async fn count(&self, query: Query, pin: Sequence) -> Result<Arc<Answer>, Refusal> {
        let turn = self.0.counting.turns.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Refusal::internal())?;
        let (patience, _waiting) = Patience::of(TIME);
        let journal = self.0.journal.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let moment = Moment {
                journal: &journal,
                pin,
                patience: &patience,
            };
            answer(&query, moment, BOUNDS)
        });
        let answer = work.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a count of events ended early");
            Err(Refusal::internal())
        });
        answer.map(Arc::new)
    }
}

/// Counts the events of a moment. Blocking.
fn answer(query: &Query, moment: Moment<'_>, bounds: Bounds) -> Result<Answer, Refusal> {
    for _ in 0..ATTEMPTS {
        match tallied(query, moment, bounds) {
            Ok(tally) => return Ok(tally.answer(query)),
            Err(Lost::Moved) => {}
            Err(Lost::Refused(refusal)) => return Err(refusal),
        }
    }
    let message = "the feed drops old revisions faster than they can be counted; try again";
    Err(Refusal::new(Code::Unavailable, reason::STORE_NOT_READY, message).retry(super::RETRY))
}

fn tallied(query: &Query, moment: Moment<'_>, bounds: Bounds) -> Result<Tally, Lost> {
    let between = Between {
        after: moment.before_time(query.start),
        before: moment.pin.next(),
    };
    let events = moment.views()?.event_count();
    let most = usize::try_from((events / ONE_IN).max(FEW)).unwrap_or(usize::MAX);
    let mut tally = Tally::new(bounds);
    let ended = moment.selected(
        &query.filter,
        between,
        most,
        |event| query.fits(event),
        |stood| tally.add(query, &stood.event).map(ControlFlow::Continue),
    )?;
    if ended == Ended::Complete {
        return Ok(tally);
    }
    let mut tally = Tally::new(bounds);
    let mut add = |event| {
        if query.filter.matches(&event) && query.fits(&event) {
            tally.add(query, &event)?;
        }
        Ok(ControlFlow::Continue(()))
    };
    let since = moment.pin.get().saturating_sub(between.after.get());
    if since < events / ONE_IN {
        moment.in_order(between, false, |_, event_id| match moment.event(event_id)? {
            Some(stood) => add(stood.event),
            None => Ok(ControlFlow::Continue(())),
        })?;
    } else {
        moment.all(|stood| add(stood.event))?;
    }
    Ok(tally)
}

fn page_of(
    answer: &Answer,
    list: &List,
    journal: &Journal,
    pin: Sequence,
    after: u64,
    size: usize,
) -> AggregateEventsResponse {
    let mut bytes = 0;
    let rest = answer
        .groups
        .iter()
        .skip(usize::try_from(after).unwrap_or(usize::MAX));
    let aggregates: Vec<_> = rest
        .take(size)
        .take_while(|group| {
            let first = bytes == 0;
            bytes += group.bytes();
            first || bytes <= BYTES_PER_PAGE
        })
        .map(|group| answer.aggregate(group))
        .collect();
    let through = after.saturating_add(aggregates.len() as u64);
    let more = through < answer.groups.len() as u64;
    AggregateEventsResponse {
        aggregates,
        next_page_token: if more {
            list.token(pin.get(), through, None)
        } else {
            String::new()
        },
        resume_cursor: journal.cursor(pin).to_string(),
        event_count: answer.events,
        group_count: answer.groups.len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use dateline_coder::Coder;
    use dateline_journal::{Entry, Options, Revision};
    use dateline_proto::v1::{Change, Event, EventFilter};

    use super::*;
    use crate::filter::Filter;

    #[test]
    fn work_ends_when_its_caller_goes_or_its_time_is_over_whichever_way_it_looks() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| ()).unwrap();
        let event = Event {
            event_id: "a".into(),
            revision: 1,
            change: Change::Created.into(),
            topics: vec!["military".into()],
            ..Event::default()
        };
        let entry = Entry {
            revisions: vec![Revision {
                event: event.into(),
                ..Revision::default()
            }],
            ..Entry::default()
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let submitted = journal.submit(entry, journal.generation()).await.unwrap();
            submitted.durable.await.unwrap();
        });
        let coder = Coder::new().unwrap();
        for expression in ["", "topic:military"] {
            let filter = EventFilter {
                expression: expression.into(),
                ..EventFilter::default()
            };
            let filter = Filter::parse(&filter, coder.gazetteer()).unwrap();
            let query = Query::read(&AggregateEventsRequest::default(), filter).unwrap();
            let ask = |patience: &Patience| {
                let moment = Moment {
                    journal: &journal,
                    pin: journal.head(),
                    patience,
                };
                answer(&query, moment, BOUNDS)
            };
            assert_eq!(ask(&Patience::endless()).unwrap().events, 1);
            let (patience, waiting) = Patience::of(TIME);
            assert_eq!(ask(&patience).unwrap().events, 1);
            drop(waiting);
            assert_eq!(ask(&patience).unwrap_err().reason(), reason::INTERNAL);
            let (patience, _waiting) = Patience::of(Duration::ZERO);
            assert_eq!(ask(&patience).unwrap_err().reason(), reason::AGGREGATE_TOO_LARGE);
        }
    }
}
