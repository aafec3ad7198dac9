//! `topics`: lists the topics.

use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};

pub(crate) async fn run(context: &mut Context) -> Result<Exit, Failure> {
    for topic in context.call(context.client.list_topics()).await? {
        if context.out.is_json() {
            context.out.json(&topic)?;
        } else {
            let line = text::topic_line(&topic, &context.out.look);
            context.out.line(&line)?;
        }
    }
    Ok(Exit::Ok)
}
