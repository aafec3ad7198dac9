//! `check-filter`: shows what a filter means.

use clap::Args;
use dateline_proto::v1::CheckFilterRequest;

use super::{
    args::FilterArgs,
    context::Context,
    exit::{Exit, Failure},
    text,
};

const AFTER_HELP: &str = "\
Examples:
  dateline check-filter --actor Pyongyang --topic military
  dateline check-filter 'type = CONSULT AND country:RUS'";

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CheckFilterArgs {
    /// The same as --where
    #[arg(value_name = "EXPRESSION", conflicts_with = "expression")]
    positional: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Try it on the newest N revisions
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    sample: u32,
}

pub(crate) async fn run(args: CheckFilterArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut filter = args.filter.filter().unwrap_or_default();
    if let Some(expression) = args.positional {
        filter.expression = expression;
    }
    let request = CheckFilterRequest {
        filter: Some(filter),
        sample_size: args.sample,
    };
    let meaning = context.call(context.client.check_filter(request)).await?;
    if context.out.is_json() {
        context.out.json(&meaning)?;
    } else {
        let text = text::filter(&meaning, &context.out.look);
        context.out.line(&text)?;
    }
    Ok(Exit::Ok)
}
