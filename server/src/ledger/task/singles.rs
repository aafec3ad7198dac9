//! Calls that publish one event each: those that come together become one entry, so that what an entry costs is paid once.

use std::sync::{Arc, Mutex, PoisonError};

use dateline_journal::{AppendError, Stamps};
use dateline_proto::v1;

use super::{
    Task,
    publication::{Run, is_made},
};
use crate::{
    ledger::{Reply, Request, failure::append_failure, publish::Item},
    refusal::Refusal,
};

/// A call that publishes one event, and who waits for the answer.
pub(super) struct Single {
    item: Item,
    reply: Reply<v1::PublishEventsResponse>,
}

impl Single {
    /// A request as such a call; itself if it is none.
    pub(super) fn of(request: Request) -> Result<Self, Request> {
        let Request::Publish(publications, reply) = request else {
            return Err(request);
        };
        match publications.single() {
            Ok(item) => Ok(Self { item, reply }),
            Err(publications) => Err(Request::Publish(publications, reply)),
        }
    }
}

/// The calls of one entry, until they are answered.
type Group = Arc<Mutex<Vec<Single>>>;

impl Task {
    /// Plans them in their order, and has each answered when its event is durable.
    pub(super) async fn singles(&mut self, mut rest: Vec<Single>) {
        while !rest.is_empty() {
            let items = rest.iter().map(|single| &single.item);
            let Run { plan, results } = match self.plan_run(items, false) {
                Ok(run) => run,
                Err(refusal) => return self.refuse_singles(rest, &refusal),
            };
            let later = rest.split_off(results.len());
            let group: Group = Arc::new(Mutex::new(rest));
            rest = later;
            let answered = group.clone();
            let stores = !plan.entry.reports.is_empty();
            let answer = move |stored| answer(take(&answered), results, stored);
            let done = if stores {
                self.submit(plan, answer).await.map(|stamps| stamps.is_some())
            } else {
                self.in_turn(answer)
            };
            match done {
                Ok(true) => {}
                Ok(false) => drop(rest.splice(0..0, take(&group))),
                Err(refusal) => self.refuse_singles(take(&group), &refusal),
            }
        }
    }

    /// Refuses them in their turn.
    fn refuse_singles(&mut self, singles: Vec<Single>, refusal: &Refusal) {
        let group: Group = Arc::new(Mutex::new(singles));
        let (later, in_turn) = (group.clone(), refusal.clone());
        let ordered = (self.appender).after(self.generation, move |_| refuse(take(&later), &in_turn));
        if ordered.is_err() {
            refuse(take(&group), refusal);
        }
    }
}

fn take(group: &Group) -> Vec<Single> {
    std::mem::take(&mut group.lock().unwrap_or_else(PoisonError::into_inner))
}

fn refuse(singles: Vec<Single>, refusal: &Refusal) {
    for single in singles {
        // Who asked may be gone.
        let _ = single.reply.send(Err(refusal.clone()));
    }
}

/// Tells each what became of it. Revisions are in the order in which they were planned.
fn answer(singles: Vec<Single>, results: Vec<v1::PublishResult>, stored: Result<Stamps, AppendError>) {
    let stamps = match stored {
        Ok(stamps) => stamps,
        Err(error) => return refuse(singles, &append_failure(&error)),
    };
    let mut made = 0;
    for (single, mut result) in singles.into_iter().zip(results) {
        if is_made(&result) {
            if let Some(stamp) = stamps.get(made) {
                result.cursor = stamp.cursor.to_string();
            }
            made += 1;
        }
        let results = vec![result];
        let _ = single.reply.send(Ok(v1::PublishEventsResponse { results }));
    }
}
