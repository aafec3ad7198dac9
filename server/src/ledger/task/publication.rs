//! Events that publishers coded themselves.

use std::collections::HashMap;

use dateline_journal::Stamp;
use dateline_proto::v1;

use super::{Task, Written};
use crate::{
    ledger::{
        draft::{Draft, Plan},
        failure::view_failure,
        publish::{Publication, Publications},
    },
    refusal::Refusal,
};

/// Reports and revisions after which a publication goes on in another entry.
const ENTRY_CHANGES: usize = 2_000;
/// Bytes of events after which it does.
const ENTRY_BYTES: usize = 2 << 20;

/// What one entry does for a run of publications.
struct Run {
    plan: Plan,
    results: Vec<v1::PublishResult>,
}

impl Task {
    pub(super) async fn publish(
        &mut self,
        publications: Publications,
    ) -> Result<(v1::PublishEventsResponse, Written), Refusal> {
        let mut written = Written::default();
        let mut results = Vec::with_capacity(publications.items.len());
        let mut rest = publications.items.as_slice();
        while !rest.is_empty() {
            let mut run = self.plan_run(rest, publications.validate_only)?;
            if !publications.validate_only && !run.plan.entry.reports.is_empty() {
                let revised = run
                    .plan
                    .entry
                    .revisions
                    .iter()
                    .map(|revision| revision.event.event_id.clone());
                let revised: Vec<String> = revised.collect();
                let Some(stamps) = self.submit(run.plan, &mut written).await? else {
                    continue;
                };
                place(&mut run.results, &revised, &stamps);
            }
            rest = &rest[run.results.len()..];
            results.append(&mut run.results);
        }
        Ok((v1::PublishEventsResponse { results }, written))
    }

    /// Plans as many as one entry takes: no event twice, and not too large. What is only validated is never stored, so all of it.
    fn plan_run(
        &self,
        items: &[Result<Publication, v1::PublishResult>],
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
            let known = draft.known(publication.event_id()).map_err(failed)?;
            let newest = known.newest.as_ref();
            if !validate_only && result.outcome() == v1::PublishOutcome::Duplicate {
                result.cursor = newest.map_or_else(String::new, |newest| newest.event.cursor.clone());
            }
            results.push(result);
        }
        let plan = draft.finish(None);
        Ok(Run { plan, results })
    }
}

/// Tells the places of the revisions that were made.
fn place(results: &mut [v1::PublishResult], revised: &[String], stamps: &[Stamp]) {
    let places: HashMap<&String, &Stamp> = revised.iter().zip(stamps).collect();
    for result in results {
        let made = matches!(
            result.outcome(),
            v1::PublishOutcome::Created | v1::PublishOutcome::Revised
        );
        if let Some(stamp) = places.get(&result.event_id).filter(|_| made) {
            result.cursor = stamp.cursor.to_string();
        }
    }
}
