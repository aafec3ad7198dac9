//! Events that publishers coded themselves.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_journal::{AppendError, Stamps};
use dateline_proto::v1;

use super::{Asker, Task};
use crate::{
    ledger::{
        draft::{Draft, Plan},
        failure::{append_failure, view_failure},
        publish::{Item, Publications},
    },
    refusal::Refusal,
};

/// Reports and revisions after which a publication goes on in another entry.
const ENTRY_CHANGES: usize = 2_000;
/// Bytes of events after which it does.
const ENTRY_BYTES: usize = 2 << 20;

/// What one entry does for a run of publications.
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) results: Vec<v1::PublishResult>,
}

/// Why an earlier entry of a request failed, if one did: then the whole request did.
type Failed = Arc<Mutex<Option<AppendError>>>;

impl Task {
    pub(super) async fn publish(
        &mut self,
        publications: Publications,
        asker: &Arc<Asker<v1::PublishEventsResponse>>,
    ) -> Result<(), Refusal> {
        let mut results: Vec<v1::PublishResult> = Vec::with_capacity(publications.items.len());
        let mut rest = publications.items.as_slice();
        let mut failed: Option<Failed> = None;
        while !rest.is_empty() {
            let mut run = self.plan_run(rest.iter(), publications.validate_only)?;
            let planned = run.results.len();
            let stores = !publications.validate_only && !run.plan.entry.reports.is_empty();
            let is_last = planned == rest.len();
            if stores && is_last {
                // The answer comes with the entry. If it is not taken, all is planned anew from here.
                let mut all = results.clone();
                let failed = failed.clone();
                let finish = move |stamps| {
                    place(&mut run.results, stamps);
                    all.append(&mut run.results);
                    v1::PublishEventsResponse { results: all }
                };
                let later = asker.clone();
                let answer = move |stored: Result<Stamps, AppendError>| {
                    let stored = stored.and_then(|stamps| before(failed.as_ref()).map(|()| stamps));
                    later.answer(stored.map(finish).map_err(|error| append_failure(&error)));
                };
                if self.submit(run.plan, answer).await?.is_some() {
                    return Ok(());
                }
                continue;
            }
            if stores {
                let failure: Failed = failed.get_or_insert_default().clone();
                let note = move |stored: Result<Stamps, AppendError>| {
                    if let Err(error) = stored {
                        (failure.lock().unwrap_or_else(PoisonError::into_inner)).get_or_insert(error);
                    }
                };
                let Some(stamps) = self.submit(run.plan, note).await? else {
                    continue;
                };
                place(&mut run.results, stamps);
            }
            rest = &rest[planned..];
            results.append(&mut run.results);
        }
        let later = asker.clone();
        let answer = move |stored: Result<Stamps, AppendError>| {
            let stored = stored.and_then(|_| before(failed.as_ref()));
            let response = stored.map(|()| v1::PublishEventsResponse { results });
            later.answer(response.map_err(|error| append_failure(&error)));
        };
        (self.appender.after(self.generation, answer)).map_err(|error| append_failure(&error))
    }

    /// Plans as many as one entry takes: no event twice, and not too large. What is only validated is never stored, so all of it.
    pub(super) fn plan_run<'a>(
        &self,
        items: impl Iterator<Item = &'a Item>,
        validate_only: bool,
    ) -> Result<Run, Refusal> {
        let failed = |error| view_failure(&error);
        let current = self.current()?;
        let mut draft = Draft::new(&current);
        let mut results = Vec::new();
        let mut bytes = 0;
        for item in items {
            let publication = match item {
                Ok(publication) => publication,
                Err(refused) => {
                    results.push(refused.clone());
                    continue;
                }
            };
            bytes += publication.bytes();
            let full = draft.len() >= ENTRY_CHANGES || (bytes > ENTRY_BYTES && draft.len() > 0);
            if !validate_only && (full || draft.has_revised(publication.event_id())) {
                break;
            }
            let mut result = publication.put(&mut draft).map_err(failed)?;
            if validate_only {
                result.cursor.clear();
            }
            results.push(result);
        }
        let plan = draft.finish(None);
        Ok(Run { plan, results })
    }
}

/// What became of the entries before the last one.
fn before(failed: Option<&Failed>) -> Result<(), AppendError> {
    let failure = failed.and_then(|failed| failed.lock().unwrap_or_else(PoisonError::into_inner).take());
    failure.map_or(Ok(()), Err)
}

/// Whether it was made a revision.
pub(super) fn is_made(result: &v1::PublishResult) -> bool {
    matches!(
        result.outcome(),
        v1::PublishOutcome::Created | v1::PublishOutcome::Revised
    )
}

/// Tells the places of the revisions that were made: both are in the order in which they were planned.
fn place(results: &mut [v1::PublishResult], stamps: Stamps) {
    let made = results.iter_mut().filter(|result| is_made(result));
    for (result, stamp) in made.zip(stamps.iter()) {
        result.cursor = stamp.cursor.to_string();
    }
}
