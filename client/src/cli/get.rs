//! `get`: shows events by id, or an article's text.

use clap::Args;
use dateline_proto::v1::{GetArticleRequest, GetEventRequest};

use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};

#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The events; `watch` and `list` show the ids
    #[arg(value_name = "EVENT_ID", required_unless_present = "article")]
    events: Vec<String>,
    /// That revision instead of the newest
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    revision: u32,
    /// Show the text of this article, as it was coded
    #[arg(long, value_name = "ARTICLE_ID", conflicts_with_all = ["events", "revision"])]
    article: Option<String>,
    /// That version of the article, from the textHash of a mention
    #[arg(
        long,
        value_name = "TEXT_HASH",
        requires = "article",
        default_value = "",
        hide_default_value = true
    )]
    text_hash: String,
}

pub(crate) async fn run(args: GetArgs, context: &mut Context) -> Result<Exit, Failure> {
    if let Some(article_id) = args.article {
        let request = GetArticleRequest {
            article_id,
            text_hash: args.text_hash,
        };
        let response = context.call(context.client.get_article(request)).await?;
        if context.out.is_json() {
            context.out.json(&response)?;
        } else {
            let body = response.article.unwrap_or_default().body;
            context
                .out
                .line(&text::clean_lines(body.trim_end_matches('\n')))?;
        }
        return Ok(Exit::Ok);
    }
    let mut exit = Exit::Ok;
    for event_id in args.events {
        let request = GetEventRequest {
            event_id: event_id.clone(),
            revision: args.revision,
        };
        match context.call(context.client.get_event(request)).await {
            Ok(event) if context.out.is_json() => context.out.json(&event)?,
            Ok(event) => {
                let sheet = text::sheet(&event, &context.out.look);
                context.out.line(&sheet)?;
            }
            // One unknown id does not hide the others.
            Err(failure) if failure.exit() == Exit::Refused => {
                context.out.flush()?;
                failure.print();
                exit = Exit::Refused;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(exit)
}
