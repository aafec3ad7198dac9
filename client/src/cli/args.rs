//! The commands and the flags that they share.

use std::time::Duration;

use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser, builder::TypedValueParser as _};
use dateline_proto::{
    names::EVENT_TYPES,
    v1::{EventFilter, EventType},
};

use super::{
    actors, check_filter, code, get, ingest, list, out::Format, publish, restore, retract, since, stats,
    watch, withdraw,
};
use crate::DEFAULT_ADDRESS;

const AFTER_HELP: &str = "\
Examples:
  dateline watch --since earliest --actor PRK       what North Korea did or suffered, then live
  dateline watch --topic military --state mine      go on where the last run stopped
  dateline list --since 7d --type PROTEST -o json   this week's protests, one JSON event a line
  dateline stats --by country --bucket 1d           who was in the news, day by day
  dateline ingest articles/ --publisher \"My Times\"  put a folder of articles into the feed
  dateline code report.txt --explain                what an article says, and why; stores nothing

Exit codes:
    0  done, also when nothing was found
    1  some input was refused, or there is no such event or article
    2  usage; a filter or cursor was refused
    3  no server, or one that cannot serve
    4  a gap: part of the feed is no longer kept, damaged, or was skipped
    5  this reader was too slow, and --lag disconnect was given
  130  interrupted";

const FILTER: &str = "Filter (a flag given twice means either; different flags must all hold)";

/// Reads and feeds a Dateline server: news articles in, a live feed of structured events out.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = AFTER_HELP, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Shared {
    /// The server: host:port or a URL
    #[arg(long, global = true, env = "DATELINE_ADDR", default_value = DEFAULT_ADDRESS, hide_env_values = true,
          value_name = "ADDR", help_heading = "Every command")]
    pub(crate) addr: String,
    /// How results are written
    #[arg(
        long,
        short,
        global = true,
        value_enum,
        default_value_t,
        help_heading = "Every command"
    )]
    pub(crate) output: Format,
    /// How long to go on without a server, such as 5s or 10m
    ///
    /// watch, ingest and publish wait 30s for a server that is not there or went away; the other commands try once.
    #[arg(long, global = true, value_parser = since::span, value_name = "SPAN", env = "DATELINE_WAIT",
          hide_env_values = true, help_heading = "Every command")]
    pub(crate) wait: Option<Duration>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Follow the feed live, from any point of its past
    Watch(watch::WatchArgs),
    /// Show the events that match, as they stand
    List(list::ListArgs),
    /// Count events by who, where, what and when
    Stats(stats::StatsArgs),
    /// Show events by their id, or the text of an article
    Get(get::GetArgs),
    /// Put articles into the feed: files and folders
    Ingest(ingest::IngestArgs),
    /// Show what an article says; stores nothing
    Code(code::CodeArgs),
    /// Put events into the feed that were coded elsewhere
    Publish(publish::PublishArgs),
    /// Withdraw an event by an editor's decision
    Retract(retract::RetractArgs),
    /// Take a retraction back
    Restore(restore::RestoreArgs),
    /// Take an article out of the feed
    Withdraw(withdraw::WithdrawArgs),
    /// List the actors that are in the feed
    Actors(actors::ActorsArgs),
    /// List the topics, with the number of events of each
    Topics,
    /// Show what the feed holds and how the server is doing
    Info,
    /// Show who is subscribed and how far each is
    Subscriptions,
    /// Show what a filter means and how much it would have matched
    CheckFilter(check_filter::CheckFilterArgs),
}

/// Which events. Values of one flag are alternatives; different flags must all hold.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Who takes part, on either side: PRK, "North Korea", PRKGOV, "Kim Jong Un"
    #[arg(long = "actor", value_name = "NAME", help_heading = FILTER)]
    actors: Vec<String>,
    /// What it is about: military, diplomatic, ...; `dateline topics` lists them
    #[arg(long = "topic", value_name = "TOPIC", help_heading = FILTER)]
    topics: Vec<String>,
    /// What was done
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type(), ignore_case = true, help_heading = FILTER)]
    types: Vec<EventType>,
    /// An expression: 'type = CONSULT AND country:RUS'
    #[arg(
        long = "where",
        value_name = "EXPRESSION",
        default_value = "",
        hide_default_value = true
    )]
    expression: String,
}

impl FilterArgs {
    /// The filter; none when it is empty.
    pub(crate) fn filter(self) -> Option<EventFilter> {
        let filter = EventFilter {
            actors: self.actors,
            topics: self.topics,
            types: self.types.into_iter().map(i32::from).collect(),
            expression: self.expression,
        };
        (filter != EventFilter::default()).then_some(filter)
    }
}

fn event_type() -> impl clap::builder::TypedValueParser<Value = EventType> {
    PossibleValuesParser::new(EVENT_TYPES.map(EventType::short_name))
        .map(|name| EventType::from_name(&name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_command_and_flag_is_well_formed_and_explained() {
        let command = Cli::command();
        command.clone().debug_assert();
        for command in command.get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    arg.get_id()
                );
            }
        }
    }

    #[test]
    fn filter_flags_add_up_to_a_filter() {
        let cli = Cli::try_parse_from([
            "dateline",
            "list",
            "--actor",
            "PRK",
            "--actor",
            "RUS",
            "--type",
            "consult",
            "--where",
            "country:RUS",
        ])
        .unwrap();
        let Command::List(args) = cli.command else {
            panic!("not list")
        };
        let filter = args.filter.filter().unwrap();
        assert_eq!(filter.actors, ["PRK", "RUS"]);
        assert_eq!(filter.types, [EventType::Consult as i32]);
        assert_eq!(filter.expression, "country:RUS");
    }
}
