//! Articles that come, change and go.

use dateline_proto::{reason, v1};

use super::{Task, Written, editor::check_reason};
use crate::{
    ledger::{
        Put,
        edit::{CodedArticle, Edit, edit, withdraw},
        failure::view_failure,
    },
    refusal::Refusal,
};

impl Task {
    /// The cursor of the answer is filled in when everything is durable.
    pub(super) async fn put_article(&mut self, coded: CodedArticle) -> Result<(Put, Written), Refusal> {
        loop {
            let edit = edit(coded.clone(), &self.current()?, self.settings.merging);
            let mut written = Written::default();
            match edit.map_err(|error| view_failure(&error))? {
                Edit::Superseded => return Ok((Put::Superseded, written)),
                Edit::Duplicate { events } => {
                    let response = duplicate(coded.record.article_id, events);
                    return Ok((Put::Done(response), written));
                }
                Edit::Change { plan, response } => {
                    if self.submit(*plan, &mut written).await?.is_some() {
                        return Ok((Put::Done(response), written));
                    }
                }
            }
        }
    }

    /// The cursor of the answer is filled in when everything is durable.
    pub(super) async fn withdraw(
        &mut self,
        request: v1::WithdrawArticleRequest,
    ) -> Result<(v1::WithdrawArticleResponse, Written), Refusal> {
        check_reason(&request.reason)?;
        loop {
            let planned = withdraw(&request.article_id, &request.reason, &self.current()?);
            let Some(withdrawal) = planned.map_err(|error| view_failure(&error))? else {
                let message = "the feed has no such article; the mentions of its events name those it has";
                return Err(Refusal::not_found(reason::ARTICLE_NOT_FOUND, message));
            };
            let mut written = Written::default();
            if self.submit(withdrawal.plan, &mut written).await?.is_some() {
                return Ok((withdrawal.response, written));
            }
        }
    }
}

/// The answer for an article that the feed has just so, without the cursor.
pub(crate) fn duplicate(article_id: String, events: usize) -> v1::IngestArticleResponse {
    let mut response = v1::IngestArticleResponse {
        article_id,
        unchanged: events as u32,
        ..Default::default()
    };
    response.set_outcome(v1::IngestOutcome::Duplicate);
    response
}
