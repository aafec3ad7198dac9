//! `subscriptions`: shows who is subscribed.

use dateline_proto::v1::ListSubscriptionsRequest;

use super::{
    context::Context,
    exit::{Exit, Failure},
    text,
};

const PAGE: i32 = 1_000;

pub(crate) async fn run(context: &mut Context) -> Result<Exit, Failure> {
    let mut request = ListSubscriptionsRequest {
        page_size: PAGE,
        page_token: String::new(),
    };
    let mut page = context
        .call(context.client.list_subscriptions(request.clone()))
        .await?;
    let mut shown = 0;
    loop {
        for subscription in &page.subscriptions {
            if context.out.is_json() {
                context.out.json(subscription)?;
            } else {
                let lines = text::subscription(subscription, &context.out.look);
                context.out.line(&lines)?;
            }
            shown += 1;
        }
        context.out.flush()?;
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
        let next = context.client.list_subscriptions(request.clone()).await;
        page = next.map_err(|error| context.failure(&error))?;
    }
    if shown == 0 {
        context.remark("nobody is subscribed");
    }
    Ok(Exit::Ok)
}
