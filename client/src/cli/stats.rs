//! `stats`: counts events.

use std::time::Duration;

use clap::{Args, ValueEnum};
use dateline_proto::{
    time::Timestamp,
    v1::{AggregateEventsRequest, EventAggregate},
};

use super::{
    args::FilterArgs,
    context::Context,
    exit::{Exit, Failure},
    since,
    text::{self, Counts},
};

/// The most that a server gives at once.
const PAGE: u64 = 1_000;

const AFTER_HELP: &str = "\
Each event is counted once, in its newest state; retracted ones are not. An event with two topics
counts in both, so groups may add up to more than there are events. Times are those of entering the
feed. The most frequent come first; with --bucket the earliest. An empty value: the event has none.

Examples:
  dateline stats                                     how many events there are
  dateline stats --by country --since 7d --limit 10  who was in the news this week
  dateline stats --by topic,type --actor PRK         what North Korea did or suffered
  dateline stats --bucket 1d --type PROTEST          protests, day by day
  dateline stats --by country --bucket 1d --csv      the same for a spreadsheet";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// What the events of a group share; several with commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FIELD")]
    by: Vec<Field>,
    /// Count by time, too: so wide is a bucket, such as 1h, 1d or 7d
    #[arg(long, value_name = "SPAN", value_parser = since::span)]
    bucket: Option<Duration>,
    /// Only events that entered the feed at this time or later: 7d (ago), 2023-09-13, 2023-09-13T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = since::time)]
    since: Option<Timestamp>,
    /// Only events that entered the feed before this time
    #[arg(long, value_name = "TIME", value_parser = since::time)]
    until: Option<Timestamp>,
    /// Only the N most frequent groups
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Write comma-separated values with a line of names
    #[arg(long, conflicts_with = "output")]
    csv: bool,
}

/// What can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Field {
    /// Resolved name of a party, on either side
    Actor,
    /// Country of a party, on either side
    Country,
    /// What it was about
    Topic,
    /// What was done
    Type,
    /// Who reported it
    Publisher,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Country => "country",
            Self::Topic => "topic",
            Self::Type => "type",
            Self::Publisher => "publisher",
        }
    }
}

pub(crate) async fn run(args: StatsArgs, context: &mut Context) -> Result<Exit, Failure> {
    let limit = args.limit.unwrap_or(u64::MAX);
    let fields: Vec<&str> = args.by.iter().map(|field| field.name()).collect();
    let request = AggregateEventsRequest {
        filter: args.filter.filter(),
        group_by: fields.iter().map(|field| (*field).to_owned()).collect(),
        bucket: args.bucket.map(Into::into),
        start_time: args.since,
        end_time: args.until,
        page_size: i32::try_from(limit.min(PAGE)).unwrap_or_default(),
        ..AggregateEventsRequest::default()
    };
    let mut groups = all(request, limit, context).await?;
    if args.bucket.is_some() {
        // The sort is stable: within a bucket the most frequent stay first.
        groups.sort_by_key(|group| group.bucket_time);
    }
    if context.out.is_json() {
        for group in &groups {
            context.out.json(group)?;
        }
        return Ok(Exit::Ok);
    }
    let counts = Counts {
        fields: &fields,
        bucketed: args.bucket.is_some(),
        groups: &groups,
    };
    let lines = if args.csv {
        counts.csv()
    } else {
        counts.table(&context.out.look)
    };
    for line in lines {
        context.out.line(&line)?;
    }
    Ok(Exit::Ok)
}

/// The groups of all pages.
async fn all(
    mut request: AggregateEventsRequest,
    limit: u64,
    context: &Context,
) -> Result<Vec<EventAggregate>, Failure> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut page = context
        .call(context.client.aggregate_events(request.clone()))
        .await?;
    let events = text::count(page.event_count, "event");
    let found = text::count(page.group_count, "group");
    let mut groups = Vec::new();
    loop {
        groups.append(&mut page.aggregates);
        if groups.len() >= most || page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
        let next = context.client.aggregate_events(request.clone()).await;
        page = next.map_err(|error| context.failure(&error))?;
    }
    groups.truncate(most);
    context.remark(&format!("{events} in {found}"));
    Ok(groups)
}
