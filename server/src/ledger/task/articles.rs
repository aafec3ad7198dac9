//! Articles that come, change and go.

use std::sync::Arc;

use dateline_proto::{reason, v1};

use super::{Asker, Task, editor::check_reason};
use crate::{
    ledger::{
        Put,
        edit::{CodedArticle, Edit, edit, withdraw},
        failure::view_failure,
    },
    refusal::Refusal,
};

impl Task {
    /// The cursor of the answer is that of the head when everything is durable.
    pub(super) async fn put_article(
        &mut self,
        coded: CodedArticle,
        asker: &Arc<Asker<Put>>,
    ) -> Result<(), Refusal> {
        loop {
            let edit = edit(coded.clone(), &self.current()?, self.settings.merging);
            let journal = self.journal.clone();
            let done = move |mut response: v1::IngestArticleResponse| {
                response.cursor = journal.cursor(journal.head()).to_string();
                Put::Done(response)
            };
            let answered = match edit.map_err(|error| view_failure(&error))? {
                Edit::Superseded => self.answer_in_turn(asker, || Put::Superseded)?,
                Edit::Duplicate { events } => {
                    let response = duplicate(coded.record.article_id.clone(), events);
                    self.answer_in_turn(asker, move || done(response))?
                }
                Edit::Change { plan, response } => {
                    self.submit_for(*plan, asker, move |_| done(response)).await?
                }
            };
            if answered {
                return Ok(());
            }
        }
    }

    /// The cursor of the answer is that of the head when everything is durable.
    pub(super) async fn withdraw(
        &mut self,
        request: v1::WithdrawArticleRequest,
        asker: &Arc<Asker<v1::WithdrawArticleResponse>>,
    ) -> Result<(), Refusal> {
        check_reason(&request.reason)?;
        loop {
            let planned = withdraw(&request.article_id, &request.reason, &self.current()?);
            let Some(withdrawal) = planned.map_err(|error| view_failure(&error))? else {
                let message = "the feed has no such article; the mentions of its events name those it has";
                return Err(Refusal::not_found(reason::ARTICLE_NOT_FOUND, message));
            };
            let (journal, mut response) = (self.journal.clone(), withdrawal.response);
            let finish = move |_| {
                response.cursor = journal.cursor(journal.head()).to_string();
                response
            };
            if self.submit_for(withdrawal.plan, asker, finish).await? {
                return Ok(());
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
