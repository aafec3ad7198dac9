//! `list`: shows matching events as they stand.

use std::pin::pin;

use clap::Args;
use dateline_proto::{time::Timestamp, v1::ListEventsRequest};
use futures_util::StreamExt as _;

use super::{
    args::FilterArgs,
    context::Context,
    exit::{Exit, Failure},
    since,
};

/// The most that a server gives at once.
const PAGE: u64 = 1_000;

const AFTER_HELP: &str = "\
Each event is shown once, in its newest state, in the order in which events entered the feed.

Examples:
  dateline list --actor PRK --type MOBILIZE
  dateline list --newest --limit 10
  dateline list --since 2023-09-13 --until 2023-09-14 -o json > day.jsonl";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Only events that entered the feed at this time or later: 7d (ago), 2023-09-13, 2023-09-13T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = since::time)]
    since: Option<Timestamp>,
    /// Only events that entered the feed before this time
    #[arg(long, value_name = "TIME", value_parser = since::time)]
    until: Option<Timestamp>,
    /// The newest first
    #[arg(long)]
    newest: bool,
    /// At most N events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Show retracted events, too
    #[arg(long, visible_alias = "all")]
    retracted: bool,
}

pub(crate) async fn run(args: ListArgs, context: &mut Context) -> Result<Exit, Failure> {
    let limit = args.limit.unwrap_or(u64::MAX);
    let mut request = ListEventsRequest {
        filter: args.filter.filter(),
        page_size: i32::try_from(limit.min(PAGE)).unwrap_or_default(),
        start_time: args.since,
        end_time: args.until,
        show_retracted: args.retracted,
        newest_first: args.newest,
        ..ListEventsRequest::default()
    };
    let first = context.call(context.client.list_events(request.clone())).await?;
    request.page_token.clone_from(&first.next_page_token);
    let mut left = limit;
    let mut pages = pin!(context.client.pages(request));
    let mut page = Some(first);
    while let Some(shown) = page {
        for event in shown
            .events
            .iter()
            .take(usize::try_from(left).unwrap_or(usize::MAX))
        {
            context.out.event(event, false)?;
            left -= 1;
        }
        context.out.flush()?;
        if left == 0 || shown.next_page_token.is_empty() {
            break;
        }
        page = pages
            .next()
            .await
            .transpose()
            .map_err(|error| context.failure(&error))?;
    }
    if left == limit {
        context.remark("no event matches");
    }
    Ok(Exit::Ok)
}
