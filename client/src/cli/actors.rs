//! `actors`: lists who is in the feed.

use std::pin::pin;

use clap::Args;
use dateline_proto::v1::ListActorsRequest;
use futures_util::StreamExt as _;

use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};

const PAGE: i32 = 1_000;

#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    /// Part of a name, or a code
    #[arg(default_value = "", hide_default_value = true)]
    query: String,
    /// At most N actors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
}

pub(crate) async fn run(args: ActorsArgs, context: &mut Context) -> Result<Exit, Failure> {
    let limit = args.limit.unwrap_or(u64::MAX);
    let mut request = ListActorsRequest {
        query: args.query,
        page_size: i32::try_from(limit).map_or(PAGE, |limit| limit.min(PAGE)),
        page_token: String::new(),
    };
    let first = context.call(context.client.list_actors(request.clone())).await?;
    request.page_token = first.next_page_token;
    let more = !request.page_token.is_empty();
    let mut following = pin!(context.client.actors(request));
    let mut shown = 0;
    let mut first = first.actors.into_iter();
    while shown < limit {
        let actor = match first.next() {
            Some(actor) => actor,
            None if !more => break,
            None => match following.next().await {
                Some(actor) => actor.map_err(|error| context.failure(&error))?,
                None => break,
            },
        };
        if context.out.is_json() {
            context.out.json(&actor)?;
        } else {
            let line = text::actor_line(&actor, &context.out.look);
            context.out.line(&line)?;
        }
        shown += 1;
    }
    if shown == 0 {
        context.remark("no such actor in the feed");
    }
    Ok(Exit::Ok)
}
