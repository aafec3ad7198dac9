//! `watch`: follows the feed.

mod keeper;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_proto::{
    time::Timestamp,
    v1::{
        EndReason, EventBatch, EventsSkipped, ExpiredCursorPolicy, LagPolicy, SkipReason, SubscribeRequest,
        SubscriptionStarted, subscribe_request::Start,
    },
};
use futures_util::{FutureExt as _, StreamExt as _};

use self::keeper::Keeper;
use super::{
    args::FilterArgs,
    context::Context,
    exit::{Exit, Failure},
    since::{self, Since},
    text,
};
use crate::{ErrorKind, Subscription, Update};

const AFTER_HELP: &str = "\
A revision is shown if the event matches or matched just before it; one that no longer matches
is marked \"left the filter\". Of a retracted event the last state is shown, marked \"retracted\".

Examples:
  dateline watch                                    from now on
  dateline watch --since earliest --until-caught-up everything there is, then end
  dateline watch --last 20 --actor \"Kim Jong Un\"    the last twenty that match, then live
  dateline watch --state mine.cursor -o json | jq   each event once, over any number of runs
  dateline watch --since 2h --speed 60              the last two hours in two minutes, then live
  dateline watch --since 2023-09-13 --until 2023-09-14
                                                    what came on that day, then end
  dateline watch --lag skip                         a ticker: rather a gap than old news";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// Where to start: 2h (ago), a time, a cursor, earliest or latest
    #[arg(long, value_name = "WHERE", value_parser = Since::parse, conflicts_with = "last")]
    since: Option<Since>,
    /// Start with the last N events that match
    #[arg(long, value_name = "N")]
    last: Option<u32>,
    /// Remember in FILE how far this watch is, and go on there next time
    ///
    /// The file is made at the start and replaced after what was shown is flushed. Once it exists, it wins over --since
    /// and --last.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// If the feed no longer has what came next, show the gap and go on with the oldest; exits with 4 in the end
    #[arg(long)]
    skip_expired: bool,
    /// Show the past at this pace: 1 as it happened, 60 a minute a second; without it flat out
    ///
    /// Once it has caught up everything is shown as it happens, which takes a speed above 1.
    #[arg(long, value_name = "TIMES", value_parser = speed, allow_negative_numbers = true)]
    speed: Option<f64>,
    /// End before the first event that entered the feed at this time or later
    #[arg(long, value_name = "TIME", value_parser = since::time)]
    until: Option<Timestamp>,
    /// What to do when events are shown more slowly than they come
    #[arg(long, value_enum, default_value_t, value_name = "POLICY")]
    lag: Lag,
    /// End when everything that the feed has was shown
    #[arg(long)]
    until_caught_up: bool,
    /// End after N events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Show every message of the stream as JSON, not only the events
    #[arg(long)]
    envelope: bool,
}

/// What becomes of a reader that is too slow.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Lag {
    /// Read what was missed from the disk: nothing is lost
    #[default]
    CatchUp,
    /// Show the gap and go on with what is new; exits with 4 in the end
    Skip,
    /// End with exit code 5 and say where to go on
    Disconnect,
}

impl From<Lag> for LagPolicy {
    fn from(lag: Lag) -> Self {
        match lag {
            Lag::CatchUp => Self::CatchUp,
            Lag::Skip => Self::Skip,
            Lag::Disconnect => Self::Disconnect,
        }
    }
}

/// A speed: `60`, `60x`, `0.5`.
fn speed(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('x').unwrap_or(text).parse::<f64>();
    let speed = number.ok().filter(|speed| speed.is_finite() && *speed > 0.0);
    speed.ok_or_else(|| "give a number above 0, such as 1, 60 or 0.5".into())
}

pub(crate) async fn run(args: WatchArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut keeper = args.state.as_deref().map(Keeper::open).transpose()?;
    let start = match keeper.as_ref().and_then(Keeper::cursor) {
        Some(cursor) => Start::AfterCursor(cursor.to_owned()),
        None => match args.last {
            Some(count) => Start::BacklogCount(count),
            None => args.since.unwrap_or(Since::Latest).start(),
        },
    };
    let policy = if args.skip_expired {
        ExpiredCursorPolicy::SkipToOldest
    } else {
        ExpiredCursorPolicy::Fail
    };
    let request = SubscribeRequest {
        filter: args.filter.filter(),
        start: Some(start),
        stop_when_caught_up: args.until_caught_up,
        limit: args.limit.unwrap_or_default(),
        end_time: args.until,
        expired_cursor_policy: policy as i32,
        lag_policy: LagPolicy::from(args.lag) as i32,
        replay_speed: args.speed.unwrap_or_default(),
        client_label: "dateline watch".into(),
        ..SubscribeRequest::default()
    };
    let mut watch = Watch {
        envelope: args.envelope,
        gap: false,
        away: false,
        reached: None,
        cut_short: false,
    };
    let mut feed = context.client.subscribe_with(request, context.resume());
    let result = watch.follow(&mut feed, &mut keeper, context).await;
    // Whatever ended it: what was shown and flushed is remembered.
    let flushed = context.out.flush();
    if let (Some(keeper), Ok(())) = (&mut keeper, &flushed) {
        if let Some(cursor) = watch.reached.take() {
            keeper.reached(&cursor);
        }
        keeper.save()?;
    }
    let exit = result.map_err(|failure| keeper.map_or(failure.clone(), |keeper| keeper.explain(failure)))?;
    flushed?;
    Ok(exit)
}

struct Watch {
    envelope: bool,
    /// A gap was shown.
    gap: bool,
    /// The connection is lost, and that was said.
    away: bool,
    /// Everything up to here was shown.
    reached: Option<String>,
    /// A batch was not shown to its end.
    cut_short: bool,
}

impl Watch {
    async fn follow(
        &mut self,
        feed: &mut Subscription,
        keeper: &mut Option<Keeper>,
        context: &mut Context,
    ) -> Result<Exit, Failure> {
        let interrupt = context.interrupt.clone();
        loop {
            let update = match feed.next().now_or_never() {
                Some(update) => update,
                None => {
                    // Nothing is waiting: a moment to put down how far we are.
                    if let Some(keeper) = keeper {
                        keeper.save()?;
                    }
                    tokio::select! {
                        update = feed.next() => update,
                        () = interrupt.wait() => return Ok(Exit::Interrupted),
                    }
                }
            };
            let Some(update) = update else {
                return Ok(if self.gap { Exit::Gap } else { Exit::Ok });
            };
            self.show(update.map_err(|error| context.failure(&error))?, context)?;
            if self.cut_short {
                return Ok(Exit::Interrupted);
            }
            self.reached = feed.cursor().map(str::to_owned);
            context.out.flush()?;
            if let (Some(keeper), Some(cursor)) = (keeper.as_mut(), &self.reached) {
                keeper.reached(cursor);
                keeper.save_if_due()?;
            }
            if interrupt.is_set() {
                return Ok(Exit::Interrupted);
            }
        }
    }

    fn show(&mut self, update: Update, context: &mut Context) -> Result<(), Failure> {
        match &update {
            Update::Started(started) => self.started(started, context),
            Update::Batch(batch) if !self.envelope => return self.batch(batch, context),
            Update::Skipped(gap) => {
                self.gap = true;
                let line = gap_line(gap);
                if context.out.is_json() || self.envelope {
                    context.notice(&line);
                } else {
                    let line = context.out.look.alarm(&format!("---- {line} ----"));
                    context.out.line(&line)?;
                }
            }
            Update::FellBehind(behind) => context.remark(&format!(
                "{} revisions behind; catching up, nothing is lost",
                behind.lag_events
            )),
            Update::FilterChanged(changed) => {
                let filter = match changed.canonical_filter.as_str() {
                    "" => "everything",
                    filter => filter,
                };
                context.notice(&format!("the filter of this watch was changed: {filter}"));
            }
            Update::CaughtUp(_) => context.remark("caught up; what follows is live"),
            Update::Ending(ending) if goes_on(ending.reason()) => {
                self.away = true;
                context.remark("the server closes this stream; going on in a moment");
            }
            Update::Reconnecting { error, .. } if !self.away => {
                self.away = true;
                let patience = text::span(context.patience());
                let wish = match error.kind() {
                    ErrorKind::Limited => "trying again",
                    _ => "trying to connect",
                };
                context.notice(&format!("{error}; {wish} for {patience}"));
            }
            _ => {}
        }
        match update.into_message() {
            Some(message) if self.envelope => context.out.json(&message),
            _ => Ok(()),
        }
    }

    fn started(&mut self, started: &SubscriptionStarted, context: &Context) {
        for warning in &started.warnings {
            context.notice(&format!("warning: {warning}"));
        }
        if self.away {
            self.away = false;
            context.notice("connected again");
        } else {
            let filter = match started.canonical_filter.as_str() {
                "" => "everything",
                filter => filter,
            };
            context.remark(&format!("watching {}: {filter}", context.address()));
        }
    }

    fn batch(&mut self, batch: &EventBatch, context: &mut Context) -> Result<(), Failure> {
        let mut left = batch.left.iter().peekable();
        for (index, event) in batch.events.iter().enumerate() {
            let has_left = left.next_if(|at| **at as usize == index).is_some();
            context.out.event(event, has_left)?;
            let more = index + 1 < batch.events.len();
            if more && context.interrupt.is_set() && !event.cursor.is_empty() {
                self.reached = Some(event.cursor.clone());
                self.cut_short = true;
                return Ok(());
            }
        }
        Ok(())
    }
}

fn goes_on(reason: EndReason) -> bool {
    !matches!(
        reason,
        EndReason::CaughtUp | EndReason::LimitReached | EndReason::EndTimeReached
    )
}

fn gap_line(gap: &EventsSkipped) -> String {
    let why = match gap.reason() {
        SkipReason::CursorExpired => "they are no longer kept",
        SkipReason::LagPolicy => "this reader was too slow",
        SkipReason::Damaged => "the stored bytes are damaged; the server's log says where",
        SkipReason::Unspecified => "the server does not say why",
    };
    match gap.skipped_events {
        0 => format!("gap: some revisions are missing here: {why}"),
        1 => format!("gap: 1 revision is missing here: {why}"),
        count => format!("gap: {count} revisions are missing here: {why}"),
    }
}
