//! ListEvents: the events as they stood at one moment, page by page, in the order in which they came.

use dateline_journal::{Journal, ReadError, Sequence};
use dateline_proto::{
    reason,
    time::Timestamp,
    v1::{Change, Event, ListEventsRequest, ListEventsResponse},
};
use prost::Message as _;
use tonic::Code;

use super::{
    Feed,
    lookup::{from_read, from_view},
    page::{self, List},
    request::invalid,
};
use crate::{filter::Filter, refusal::Refusal};

/// A page ends after so many events were looked at or so many bytes found, full or not: one call stays short.
const SCAN_PER_PAGE: usize = 20_000;
const BYTES_PER_PAGE: usize = 2 << 20;

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
        let (events, more) = query.page(journal, pin, after, size)?;
        Ok(ListEventsResponse {
            events,
            next_page_token: more
                .map(|last| list.token(pin.get(), last.get(), None))
                .unwrap_or_default(),
            resume_cursor: journal.cursor(pin).to_string(),
        })
    }
}

impl Query {
    fn list(&self, journal: &Journal) -> List {
        let text = |time: Option<Timestamp>| {
            time.map_or_else(String::new, |time| format!("{}.{}", time.seconds, time.nanos))
        };
        List::new(&[
            "ListEvents",
            &journal.epoch().to_string(),
            self.filter.canonical(),
            &text(self.start),
            &text(self.end),
            &format!("{} {}", self.retracted, self.newest_first),
        ])
    }

    /// Events after one in the list, and the last one looked at if there may be more.
    fn page(
        &self,
        journal: &Journal,
        pin: Sequence,
        after: Option<Sequence>,
        size: usize,
    ) -> Result<(Vec<Event>, Option<Sequence>), Refusal> {
        let mut events = Vec::new();
        let mut bytes = 0;
        let mut last = None;
        let first = if self.newest_first {
            after.unwrap_or_else(|| pin.next())
        } else {
            after.unwrap_or_else(|| self.first_before(journal))
        };
        let views = journal.views_through(pin).map_err(from_view)?;
        for (scanned, row) in views.created(first, self.newest_first).enumerate() {
            let (created, event_id) = row.map_err(from_view)?;
            if !self.newest_first && created > pin {
                return Ok((events, None));
            }
            if events.len() >= size || bytes >= BYTES_PER_PAGE || scanned >= SCAN_PER_PAGE {
                return Ok((events, last));
            }
            last = Some(created);
            let event = journal.event_at(&event_id, pin).map_err(|error| match error {
                ReadError::Trimmed { .. } => page_expired(),
                error => from_read(error),
            })?;
            let Some(event) = event else { continue };
            match self.verdict(&event) {
                Verdict::Show => {
                    bytes += event.encoded_len();
                    events.push(event);
                }
                Verdict::Hide => {}
                Verdict::Over => return Ok((events, None)),
            }
        }
        Ok((events, None))
    }

    /// The position that the oldest event of the list comes after.
    fn first_before(&self, journal: &Journal) -> Sequence {
        // Of what was trimmed no times are known: looking starts at the very beginning unless the time is later.
        match self.start {
            Some(start)
                if journal
                    .time_of(journal.oldest())
                    .is_some_and(|oldest| oldest < start) =>
            {
                journal.sequence_before(start)
            }
            _ => Sequence::ZERO,
        }
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

enum Verdict {
    Show,
    Hide,
    /// Neither this nor anything that follows.
    Over,
}

fn time(field: &str, time: Option<Timestamp>) -> Result<Option<Timestamp>, Refusal> {
    match time {
        Some(time) if time.to_jiff().is_none() => {
            Err(invalid(field, "is not a time between the years 0001 and 9999"))
        }
        time => Ok(time),
    }
}

fn page_expired() -> Refusal {
    let message =
        "the feed no longer keeps a revision that this page has to show; list again from the first page";
    Refusal::new(Code::OutOfRange, reason::PAGE_TOKEN_EXPIRED, message)
}
