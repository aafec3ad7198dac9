//! ListEvents: the events as they stood at one moment, page by page, in the order in which they came.

use std::{collections::BTreeMap, ops::ControlFlow};

use dateline_journal::{Journal, Sequence};
use dateline_proto::{
    time::Timestamp,
    v1::{Change, Event, ListEventsRequest, ListEventsResponse},
};
use prost::Message as _;

use super::{
    Feed,
    page::{self, List},
    patience::Patience,
    request::time,
    standing::{Between, Ended, Lost, Moment},
};
use crate::{filter::Filter, refusal::Refusal};

/// A page ends after so many events were looked at or so many bytes found, full or not: one call stays short.
const SCAN_PER_PAGE: usize = 20_000;
const BYTES_PER_PAGE: usize = 2 << 20;
/// So many events are looked at before the indexes are asked; how many of them match tells which way is the shorter.
const PROBE: usize = 256;
/// Most candidates that the indexes may name for a page; more would cost more than looking at [`SCAN_PER_PAGE`] events.
const CANDIDATES: usize = 10_000;
/// A candidate costs as much as so many events that are looked at in order (`cargo bench --bench standing`).
const CANDIDATE_COST: f64 = 3.0;

/// What the pages of one list show.
struct Query {
    filter: Filter,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    retracted: bool,
    newest_first: bool,
}

impl Feed {
    /// One page. Blocking.
    /// # Errors
    /// A filter, size, time or token that is refused; a revision that is no longer kept.
    pub fn list_events(&self, request: &ListEventsRequest) -> Result<ListEventsResponse, Refusal> {
        let journal = &self.0.journal;
        let query = Query {
            filter: self.filter(request.filter.as_ref())?,
            start: time("start_time", request.start_time)?,
            end: time("end_time", request.end_time)?,
            retracted: request.show_retracted,
            newest_first: request.newest_first,
        };
        let size = page::size(request.page_size, self.0.limits.page_size)?;
        let list = query.list(journal);
        let token = list.read(&request.page_token)?;
        let (pin, after) = match &token {
            Some(token) => (Sequence::new(token.pin), Some(Sequence::new(token.after))),
            None => (journal.head(), None),
        };
        let moment = Moment {
            journal,
            pin,
            patience: &Patience::endless(),
        };
        let mut page = Page {
            query: &query,
            moment,
            size,
            events: Vec::new(),
            bytes: 0,
            scanned: 0,
            last: query.between(moment, after),
        };
        let more = page.fill(journal.oldest())?;
        Ok(ListEventsResponse {
            next_page_token: more
                .map(|last| list.token(pin.get(), last.get(), None))
                .unwrap_or_default(),
            events: page.events,
            resume_cursor: journal.cursor(pin).to_string(),
        })
    }
}

impl Query {
    fn list(&self, journal: &Journal) -> List {
        List::new(&[
            "ListEvents",
            &journal.epoch().to_string(),
            self.filter.canonical(),
            &page::time_text(self.start),
            &page::time_text(self.end),
            &format!("{} {}", self.retracted, self.newest_first),
        ])
    }

    /// What is left of the list after one of its events.
    fn between(&self, moment: Moment<'_>, last: Option<Sequence>) -> Between {
        let all = Between {
            after: moment.before_time(self.start),
            before: moment.pin.next(),
        };
        all.rest(last, self.newest_first)
    }

    fn verdict(&self, event: &Event) -> Verdict {
        let created = event.create_time;
        let too_early = self
            .start
            .is_some_and(|start| created.is_some_and(|time| time < start));
        let too_late = self
            .end
            .is_some_and(|end| created.is_some_and(|time| time >= end));
        // In the order of first revisions nothing that follows is back inside.
        if (too_late && !self.newest_first) || (too_early && self.newest_first) {
            return Verdict::Over;
        }
        let retracted = event.change() == Change::Retracted;
        if too_early || too_late || (retracted && !self.retracted) || !self.filter.matches(event) {
            return Verdict::Hide;
        }
        Verdict::Show
    }
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Show,
    Hide,
    /// Neither this nor anything that follows.
    Over,
}

/// A page on its way.
struct Page<'a> {
    query: &'a Query,
    moment: Moment<'a>,
    size: usize,
    events: Vec<Event>,
    bytes: usize,
    scanned: usize,
    /// What of the list was not looked at yet.
    last: Between,
}

/// How far a part of the list was looked at.
#[derive(PartialEq, Eq)]
enum Seen {
    /// To its end.
    Through,
    /// Until the page was full or had cost enough.
    Cut,
    /// To where the list ends.
    Over,
}

impl Page<'_> {
    /// Fills the page; returns the event after which the next one begins. `oldest`: the oldest revision that is kept.
    fn fill(&mut self, oldest: Sequence) -> Result<Option<Sequence>, Refusal> {
        let newest_first = self.query.newest_first;
        let mut parts = vec![self.last];
        if self.query.filter.indexed() {
            let probed = self.walk(self.last, PROBE)?;
            if probed != Seen::Cut || self.is_full() {
                return Ok(self.next(probed));
            }
            if let Some(rows) = self.shorter_way() {
                let seen = self.walk(self.last, rows)?;
                if seen != Seen::Cut || self.is_full() {
                    return Ok(self.next(seen));
                }
            }
            // Events that came before the oldest file may stand in revisions that no file holds.
            let (old, kept) = self.last.split(oldest);
            parts = if newest_first {
                vec![kept, old]
            } else {
                vec![old, kept]
            };
            parts.retain(|part| !part.is_empty());
        }
        for part in parts {
            let helped = if part.after >= oldest.before() {
                self.select(part)?
            } else {
                None
            };
            let seen = match helped {
                Some(seen) => seen,
                None => self.walk(part, SCAN_PER_PAGE)?,
            };
            if seen != Seen::Through {
                return Ok(self.next(seen));
            }
        }
        Ok(None)
    }

    /// How many events may be looked at in all if looking at one after the other is likely to fill the page at less cost than the
    /// indexes, which name all candidates of the rest of the list, not only those of the page.
    fn shorter_way(&self) -> Option<usize> {
        let share = self.events.len() as f64 / self.scanned.max(1) as f64;
        let rest = self.last.before.get().saturating_sub(self.last.after.get()) as f64;
        let missing = self.size.saturating_sub(self.events.len()) as f64;
        // Nothing found divides by zero, which is far enough.
        let in_order = (missing / share).min(rest);
        let by_index = share * rest * CANDIDATE_COST;
        // Matches come unevenly: some patience, then the indexes after all.
        (in_order < by_index)
            .then_some((4.0 * in_order) as usize + self.scanned)
            .map(|rows| rows.min(SCAN_PER_PAGE))
    }

    fn next(&self, seen: Seen) -> Option<Sequence> {
        let last = if self.query.newest_first {
            self.last.before
        } else {
            self.last.after
        };
        (seen == Seen::Cut).then_some(last)
    }

    fn is_full(&self) -> bool {
        self.events.len() >= self.size || self.bytes >= BYTES_PER_PAGE
    }

    fn push(&mut self, event: Event) {
        self.bytes += event.encoded_len();
        self.events.push(event);
    }

    fn looked_at(&mut self, created: Sequence) {
        self.last = self.last.rest(Some(created), self.query.newest_first);
    }

    /// Looks at one event after the other, until the page has cost so many.
    fn walk(&mut self, part: Between, most: usize) -> Result<Seen, Refusal> {
        let mut over = false;
        let (query, moment) = (self.query, self.moment);
        let ended = moment.in_order(part, query.newest_first, |created, event_id| {
            if self.is_full() || self.scanned >= most {
                return Ok(ControlFlow::Break(()));
            }
            self.scanned += 1;
            self.looked_at(created);
            let Some(stood) = moment.event(event_id)? else {
                return Ok(ControlFlow::Continue(()));
            };
            match query.verdict(&stood.event) {
                Verdict::Show => self.push(stood.event),
                Verdict::Hide => {}
                Verdict::Over => {
                    over = true;
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(match ended {
            Ended::Complete => Seen::Through,
            _ if over => Seen::Over,
            _ => Seen::Cut,
        })
    }

    /// Finds what belongs on the page by the indexes; none: they are no help here.
    fn select(&mut self, part: Between) -> Result<Option<Seen>, Refusal> {
        let (query, moment) = (self.query, self.moment);
        // One more than the page holds tells whether there is another page.
        let most = self.size.saturating_sub(self.events.len()) + 1;
        let mut nearest = BTreeMap::new();
        let ended = moment.selected(
            &query.filter,
            part,
            CANDIDATES,
            |event| query.verdict(event) == Verdict::Show,
            |stood| {
                nearest.insert(stood.created, stood.event.event_id);
                if nearest.len() > most {
                    if query.newest_first {
                        nearest.pop_first();
                    } else {
                        nearest.pop_last();
                    }
                }
                Ok(ControlFlow::Continue(()))
            },
        );
        match ended {
            Ok(Ended::Complete) => {}
            // The views show what was trimmed meanwhile.
            Ok(_) | Err(Lost::Moved) => return Ok(None),
            Err(Lost::Refused(refusal)) => return Err(refusal),
        }
        let mut found: Vec<(Sequence, String)> = nearest.into_iter().collect();
        if query.newest_first {
            found.reverse();
        }
        for (created, event_id) in found {
            if self.is_full() {
                return Ok(Some(Seen::Cut));
            }
            if let Some(stood) = moment.event(&event_id)? {
                self.push(stood.event);
            }
            self.looked_at(created);
        }
        if query.newest_first {
            self.last.before = part.after.next();
        } else {
            self.last.after = part.before.before();
        }
        Ok(Some(Seen::Through))
    }
}
