//! What is to be counted.

use dateline_journal::Journal;
use dateline_proto::{
    time::{Duration, Timestamp},
    v1::{AggregateEventsRequest, Change, Event, EventType},
};

use super::super::{
    page::{self, List},
    request::{invalid, time},
};
use crate::{filter::Filter, refusal::Refusal};

/// Wide enough for any feed, small enough for every sum.
const BUCKET_MAX_SECONDS: i64 = 36_600 * 86_400;

/// What the events of a group share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Actor,
    Country,
    Topic,
    Type,
    Publisher,
}

/// A request, understood.
pub(super) struct Query {
    pub(super) filter: Filter,
    pub(super) fields: Vec<Field>,
    /// Seconds. None: one bucket.
    pub(super) bucket: Option<i64>,
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
}

impl Field {
    const ALL: [Self; 5] = [
        Self::Actor,
        Self::Country,
        Self::Topic,
        Self::Type,
        Self::Publisher,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Country => "country",
            Self::Topic => "topic",
            Self::Type => "type",
            Self::Publisher => "publisher",
        }
    }

    /// What an event has of it, each value once; one empty value if it has none.
    pub(super) fn values(self, event: &Event) -> Vec<&str> {
        let parties = || event.actors.iter().chain(&event.recipients);
        let mut values: Vec<&str> = match self {
            Self::Actor => parties().map(|party| party.name.as_str()).collect(),
            Self::Country => parties().map(|party| party.country.as_str()).collect(),
            Self::Topic => event.topics.iter().map(String::as_str).collect(),
            Self::Type => match event.r#type() {
                EventType::Unspecified => Vec::new(),
                known => vec![known.short_name()],
            },
            Self::Publisher => event
                .mentions
                .iter()
                .map(|mention| mention.publisher.as_str())
                .collect(),
        };
        values.retain(|value| !value.is_empty());
        values.sort_unstable();
        values.dedup();
        if values.is_empty() {
            values.push("");
        }
        values
    }
}

impl Query {
    /// # Errors
    /// A field that is not known or said twice, a bucket that is out of range, a time that is none.
    pub(super) fn read(request: &AggregateEventsRequest, filter: Filter) -> Result<Self, Refusal> {
        Ok(Self {
            filter,
            fields: fields(&request.group_by)?,
            bucket: bucket(request.bucket)?,
            start: time("start_time", request.start_time)?,
            end: time("end_time", request.end_time)?,
        })
    }

    /// What the pages of one answer have in common.
    pub(super) fn list(&self, journal: &Journal) -> List {
        let fields: Vec<&str> = self.fields.iter().map(|field| field.name()).collect();
        List::new(&[
            "AggregateEvents",
            &journal.epoch().to_string(),
            self.filter.canonical(),
            &fields.join(" "),
            &self.bucket.unwrap_or_default().to_string(),
            &page::time_text(self.start),
            &page::time_text(self.end),
        ])
    }

    /// Whether an event that matches is counted.
    pub(super) fn fits(&self, event: &Event) -> bool {
        let created = event.create_time;
        let too_early = self
            .start
            .is_some_and(|start| created.is_some_and(|time| time < start));
        let too_late = self
            .end
            .is_some_and(|end| created.is_some_and(|time| time >= end));
        !(too_early || too_late || event.change() == Change::Retracted)
    }

    /// Where the bucket of an event begins, in seconds since 1970; 0 without buckets.
    pub(super) fn bucket_of(&self, event: &Event) -> i64 {
        let seconds = event.create_time.map_or(0, |time| time.seconds);
        self.bucket
            .map_or(0, |width| seconds.div_euclid(width).saturating_mul(width))
    }
}

fn fields(names: &[String]) -> Result<Vec<Field>, Refusal> {
    let mut fields = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let place = format!("group_by[{index}]");
        let known = Field::ALL.into_iter().find(|field| field.name() == name);
        let field = known.ok_or_else(|| {
            invalid(
                &place,
                "is none of \"actor\", \"country\", \"topic\", \"type\", \"publisher\"",
            )
        })?;
        if fields.contains(&field) {
            return Err(invalid(&place, "is there twice"));
        }
        fields.push(field);
    }
    Ok(fields)
}

fn bucket(width: Option<Duration>) -> Result<Option<i64>, Refusal> {
    match width {
        None => Ok(None),
        Some(width) if width.seconds == 0 && width.nanos == 0 => Ok(None),
        Some(width) if width.nanos == 0 && (1..=BUCKET_MAX_SECONDS).contains(&width.seconds) => {
            Ok(Some(width.seconds))
        }
        Some(_) => Err(invalid(
            "bucket",
            "is not a number of whole seconds between 1 s and 36,600 days",
        )),
    }
}
