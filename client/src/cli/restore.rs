//! `restore`: takes a retraction back.

use clap::Args;
use dateline_proto::v1::RestoreEventRequest;

use super::{
    context::Context,
    exit::{Exit, Failure},
};

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The event, withdrawn by `retract`
    event_id: String,
}

/// Shows the restored event.
pub(crate) async fn run(args: RestoreArgs, context: &mut Context) -> Result<Exit, Failure> {
    let request = RestoreEventRequest {
        event_id: args.event_id,
    };
    let event = context.call(context.client.restore_event(request)).await?;
    context.out.event(&event, false)?;
    Ok(Exit::Ok)
}
