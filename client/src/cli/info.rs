//! `info`: shows the feed and its server.

use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};

pub(crate) async fn run(context: &mut Context) -> Result<Exit, Failure> {
    let info = context.call(context.client.feed_info()).await?;
    if context.out.is_json() {
        context.out.json(&info)?;
    } else {
        let table = text::info(&info, context.address(), &context.out.look);
        context.out.line(&table)?;
    }
    Ok(Exit::Ok)
}
