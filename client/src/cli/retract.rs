//! `retract`: withdraws an event.

use clap::Args;
use dateline_proto::v1::RetractEventRequest;

use super::{
    context::Context,
    exit::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct RetractArgs {
    /// The event
    event_id: String,
    /// Why, for those who read the feed
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reason: String,
}

/// Shows the withdrawn event.
pub(crate) async fn run(args: RetractArgs, context: &mut Context) -> Result<Exit, Failure> {
    let request = RetractEventRequest {
        event_id: args.event_id,
        reason: args.reason,
    };
    let event = context.call(context.client.retract_event(request)).await?;
    context.out.event(&event, false)?;
    Ok(Exit::Ok)
}
