//! Ordering: an entry gets its sequences, its time and its place in the queue in one step.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, atomic::Ordering},
};

use bytes::Bytes;
use dateline_proto::{time::Timestamp, v1};
use prost::Message;
use tokio::sync::{OwnedSemaphorePermit, TryAcquireError};

use crate::{
    AppendError, ArticleRecord, Entry, Placed, Sequence, Stamps,
    core::Core,
    element, filterable, lock, report,
    segment::record::{Draft, EntryDraft},
    terms_of,
    views::{Applied, AppliedEvent, AppliedReport},
};

/// What the next entry gets, and what was ordered and nobody has taken to write it yet.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) next: Sequence,
    pub(crate) next_commit: u64,
    pub(crate) time: Timestamp,
    pub(crate) waiting: VecDeque<Waiting>,
    /// No more is taken.
    pub(crate) closed: bool,
    /// A failed write could not be taken back.
    pub(crate) stopped: bool,
}

/// Called once it is known whether an entry is durable.
pub(crate) type Answer = Box<dyn FnOnce(Result<Stamps, AppendError>) + Send>;

/// Somebody who waits for an entry to be durable, or for everything ordered before.
pub(crate) struct Waiting {
    pub(crate) entry: Option<Pending>,
    pub(crate) answer: Answer,
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry.fmt(f)
    }
}

/// An entry on its way to the disk.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) draft: EntryDraft,
    /// The elements, side by side.
    pub(crate) data: Bytes,
    pub(crate) applied: Applied,
    /// Room in the queue, given back when the views include the entry.
    pub(crate) room: OwnedSemaphorePermit,
}

/// An entry encoded, all but what ordering fills in.
pub(crate) struct Prepared {
    data: Vec<u8>,
    events: Vec<Arc<v1::Event>>,
    /// Who reports what an event shows.
    shown_by: Vec<Option<String>>,
    drafts: Vec<Draft>,
    article: Option<ArticleRecord>,
    article_bytes: Vec<u8>,
    reports: Vec<AppliedReport>,
    report_bytes: Vec<u8>,
}

/// Longest identity, hash or topic: they are keys of the views.
const MAX_KEY: usize = 8 << 10;
/// Longest name of an actor.
const MAX_NAME: usize = 4 << 10;

fn check(entry: &Entry) -> Result<(), AppendError> {
    let invalid = |why| Err(AppendError::Invalid { why });
    let bad = |key: &str| key.is_empty() || key.len() > MAX_KEY;
    if let Some(article) = &entry.article
        && (bad(&article.article_id) || article.text_hash.len() > MAX_KEY)
    {
        return invalid("the article's id is empty, or it or its text hash longer than 8 KiB");
    }
    for change in &entry.reports {
        if bad(&change.event_id) || bad(&change.article_id) {
            return invalid("a report's event or article id is empty or longer than 8 KiB");
        }
        let mentions = change.report.iter().flat_map(|report| &report.event.mentions);
        if mentions
            .into_iter()
            .any(|mention| mention.text_hash.len() > MAX_KEY)
        {
            return invalid("a mention's text hash is longer than 8 KiB");
        }
    }
    for revision in &entry.revisions {
        let event = &revision.event;
        if bad(&event.event_id) || event.revision == 0 {
            return invalid("an event has no id, one longer than 8 KiB, or no revision number");
        }
        if event.topics.iter().any(|topic| bad(topic)) {
            return invalid("a topic is empty or longer than 8 KiB");
        }
        let long = |actor: &v1::Actor| {
            [&actor.name, &actor.country, &actor.code]
                .iter()
                .any(|text| text.len() > MAX_NAME)
        };
        if event.actors.iter().chain(&event.recipients).any(long) {
            return invalid("an actor's name, country or code is longer than 4 KiB");
        }
    }
    Ok(())
}

fn prepare(entry: Entry) -> Prepared {
    let shown = report::shown(&entry.reports, &entry.revisions);
    let mut prepared = Prepared {
        data: Vec::with_capacity(entry.revisions.len().min(1024) * 512),
        events: Vec::with_capacity(entry.revisions.len()),
        shown_by: vec![None; entry.revisions.len()],
        drafts: Vec::with_capacity(entry.revisions.len()),
        article_bytes: entry
            .article
            .as_ref()
            .map(Message::encode_to_vec)
            .unwrap_or_default(),
        article: entry.article,
        report_bytes: Vec::new(),
        reports: Vec::with_capacity(entry.reports.len()),
    };
    for (change, shown) in entry.reports.into_iter().zip(shown) {
        report::encode(&change, shown.is_some(), &mut prepared.report_bytes);
        if let Some(number) = shown {
            prepared.shown_by[number] = Some(change.article_id.clone());
        }
        let previous = shown.map(|number| entry.revisions[number].previous);
        prepared.reports.push(AppliedReport::new(change, previous));
    }
    for revision in entry.revisions {
        let mut terms = terms_of(&revision.event);
        let before = revision
            .before
            .map(|before| filterable(Arc::unwrap_or_clone(before)));
        if let Some(before) = &before {
            terms.extend(terms_of(before));
            terms.sort_unstable();
            terms.dedup();
        }
        let length = element::encode(&revision.event, &mut prepared.data);
        prepared.drafts.push(Draft {
            length: length as u32,
            checksum: 0,
            previous: revision.previous,
            held: revision.held,
            terms,
            before: before.as_ref().map(Message::encode_to_vec).unwrap_or_default(),
        });
        prepared.events.push(revision.event);
    }
    prepared
}

impl Core {
    /// Checks and encodes an entry; tells the room that it takes in the queue.
    pub(crate) fn prepare(&self, entry: Entry, generation: u64) -> Result<(Prepared, u32), AppendError> {
        check(&entry)?;
        if generation != self.generation.load(Ordering::Acquire) {
            return Err(AppendError::Stale);
        }
        let prepared = prepare(entry);
        let side: usize = prepared.drafts.iter().map(|draft| draft.before.len()).sum();
        let bytes = prepared.data.len() + side + prepared.article_bytes.len() + prepared.report_bytes.len();
        let limit = self.options.max_entry_bytes;
        if bytes > limit {
            return Err(AppendError::TooLarge { bytes, limit });
        }
        // What waits is held decoded as well; an entry larger than the queue takes all of it.
        let permits = (2 * bytes + 512).min(self.options.queue_bytes) as u32;
        Ok((prepared, permits))
    }

    /// Room in the queue, if there is some now.
    pub(crate) fn room_now(&self, permits: u32) -> Result<Option<OwnedSemaphorePermit>, AppendError> {
        match self.room.clone().try_acquire_many_owned(permits) {
            Ok(room) => Ok(Some(room)),
            Err(TryAcquireError::NoPermits) => Ok(None),
            Err(TryAcquireError::Closed) => Err(AppendError::Closed),
        }
    }

    /// Room in the queue; waits for it as long as the views follow.
    pub(crate) async fn room(&self, permits: u32) -> Result<OwnedSemaphorePermit, AppendError> {
        if let Some(room) = self.room_now(permits)? {
            return Ok(room);
        }
        let _hurry = self.follow.hurry();
        let mut stuck = self.follow.watch_stuck();
        tokio::select! {
            room = self.room.clone().acquire_many_owned(permits) => room.map_err(|_| AppendError::Closed),
            Ok(why) = stuck.wait_for(Option::is_some) => Err(AppendError::ViewsBehind {
                why: why.as_deref().unwrap_or_default().to_owned(),
            }),
        }
    }

    /// Gives an entry its place; who is to write it has to be told. `tell`: with its events as they are stored.
    pub(crate) fn order(
        &self,
        mut prepared: Prepared,
        generation: u64,
        room: OwnedSemaphorePermit,
        answer: Answer,
        tell: bool,
    ) -> Result<Placed, AppendError> {
        if let Some(why) = self.follow.why_stuck() {
            return Err(AppendError::ViewsBehind { why: why.to_string() });
        }
        let mut order = lock::lock(&self.order);
        self.check_order(&order, generation)?;
        let first = order.next;
        let commit = order.next_commit;
        let time = Timestamp::now().max(order.time);
        let stamps = Stamps {
            epoch: self.epoch,
            first,
            count: prepared.events.len(),
            update_time: time,
        };
        let mut at = 0;
        let revisions = prepared.events.iter().zip(&mut prepared.drafts);
        for (stamp, (event, draft)) in stamps.iter().zip(revisions) {
            let bytes = &mut prepared.data[at..at + draft.length as usize];
            element::stamp(bytes, event.revision == 1, stamp.cursor, time);
            draft.checksum = crc32fast::hash(bytes);
            at += draft.length as usize;
        }
        let entry = seal(prepared, commit, first, time, room);
        let events = if tell {
            entry.applied.events.iter().map(|new| new.bytes.clone()).collect()
        } else {
            Vec::new()
        };
        order.next = Sequence::new(first.get() + stamps.count as u64);
        order.next_commit += 1;
        order.time = time;
        order.waiting.push_back(Waiting {
            entry: Some(entry),
            answer,
        });
        Ok(Placed {
            entry: commit,
            stamps,
            events,
        })
    }

    /// Has `answer` called when everything ordered so far is durable, or has failed.
    pub(crate) fn order_after(&self, generation: u64, answer: Answer) -> Result<(), AppendError> {
        let mut order = lock::lock(&self.order);
        self.check_order(&order, generation)?;
        if order.next_commit - 1 > self.durable.load(Ordering::Acquire) {
            order.waiting.push_back(Waiting { entry: None, answer });
            return Ok(());
        }
        let stamps = Stamps {
            epoch: self.epoch,
            first: order.next,
            count: 0,
            update_time: order.time,
        };
        drop(order);
        answer(Ok(stamps));
        Ok(())
    }

    fn check_order(&self, order: &Order, generation: u64) -> Result<(), AppendError> {
        if order.stopped {
            return Err(AppendError::Stopped);
        }
        if generation != self.generation.load(Ordering::Acquire) {
            return Err(AppendError::Stale);
        }
        if order.closed {
            return Err(AppendError::Closed);
        }
        Ok(())
    }
}

fn seal(
    prepared: Prepared,
    commit: u64,
    first: Sequence,
    time: Timestamp,
    room: OwnedSemaphorePermit,
) -> Pending {
    let data = Bytes::from(prepared.data);
    let mut at = 0;
    let mut sequence = first;
    let mut events = Vec::with_capacity(prepared.events.len());
    let revisions = prepared.events.into_iter().zip(prepared.shown_by);
    for ((event, shown_by), draft) in revisions.zip(&prepared.drafts) {
        let end = at + draft.length as usize;
        events.push(AppliedEvent {
            sequence,
            created: None,
            previous: draft.previous,
            held: draft.held,
            event,
            bytes: crate::revision::event_of(&data.slice(at..end)),
            shown_by,
        });
        at = end;
        sequence = sequence.next();
    }
    Pending {
        draft: EntryDraft {
            commit,
            first,
            time,
            revisions: prepared.drafts,
            article: prepared.article_bytes,
            reports: prepared.report_bytes,
        },
        data,
        applied: Applied {
            commit,
            events,
            article: prepared.article,
            reports: prepared.reports,
            last: sequence.before(),
        },
        room,
    }
}
