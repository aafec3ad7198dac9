//! `withdraw`: takes an article out of the feed.

use clap::Args;
use dateline_proto::v1::WithdrawArticleRequest;

use super::{
    context::Context,
    exit::{Exit, Failure},
    text::count,
};

#[derive(Debug, Args)]
pub(crate) struct WithdrawArgs {
    /// The article: its id, else its uri; of a file, file: and its absolute path
    article_id: String,
    /// Why, for those who read the feed
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reason: String,
}

pub(crate) async fn run(args: WithdrawArgs, context: &mut Context) -> Result<Exit, Failure> {
    let request = WithdrawArticleRequest {
        article_id: args.article_id,
        reason: args.reason,
    };
    let response = context.call(context.client.withdraw_article(request)).await?;
    if context.out.is_json() {
        context.out.json(&response)?;
    } else {
        let retracted = count(response.retracted.into(), "event");
        let corrected = count(response.corrected.into(), "event");
        context.out.line(&format!(
            "withdrawn: {retracted} retracted, {corrected} lost a mention"
        ))?;
    }
    Ok(Exit::Ok)
}
