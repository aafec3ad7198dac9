//! Ordering: an entry gets its sequences, its time and its place in the queue in one step.

use std::sync::{Arc, atomic::Ordering, mpsc};

use bytes::Bytes;
use dateline_proto::{time::Timestamp, v1};
use prost::Message;
use tokio::sync::{OwnedSemaphorePermit, TryAcquireError, oneshot};

use crate::{
    AppendError, ArticleRecord, Cursor, Entry, ReportChange, Sequence,
    core::Core,
    element, filterable,
    journal::{Durable, Stamp, Submitted},
    lock,
    segment::record::{Draft, EntryDraft},
    terms_of,
    views::{Applied, AppliedEvent},
};

/// What the next entry gets.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) next: Sequence,
    pub(crate) next_commit: u64,
    pub(crate) time: Timestamp,
    /// None: the journal is closed.
    pub(crate) queue: Option<mpsc::Sender<Pending>>,
    /// A failed write could not be taken back.
    pub(crate) stopped: bool,
}

/// An entry on its way to the disk.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) draft: EntryDraft,
    /// The elements, side by side.
    pub(crate) data: Bytes,
    pub(crate) applied: Applied,
    pub(crate) answer: oneshot::Sender<Result<(), AppendError>>,
    /// Room in the queue, given back when the views include the entry.
    pub(crate) room: OwnedSemaphorePermit,
}

/// An entry encoded, all but what ordering fills in.
struct Prepared {
    data: Vec<u8>,
    events: Vec<v1::Event>,
    held: Vec<bool>,
    drafts: Vec<Draft>,
    article: Option<ArticleRecord>,
    article_bytes: Vec<u8>,
    reports: Vec<ReportChange>,
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
    let mut prepared = Prepared {
        data: Vec::new(),
        events: Vec::with_capacity(entry.revisions.len()),
        held: Vec::with_capacity(entry.revisions.len()),
        drafts: Vec::with_capacity(entry.revisions.len()),
        article_bytes: entry
            .article
            .as_ref()
            .map(Message::encode_to_vec)
            .unwrap_or_default(),
        article: entry.article,
        report_bytes: Vec::new(),
        reports: entry.reports,
    };
    for change in &prepared.reports {
        change
            .encode_length_delimited(&mut prepared.report_bytes)
            .expect("a vector has room");
    }
    for mut revision in entry.revisions {
        let mut terms = terms_of(&revision.event);
        let before = revision.before.map(filterable);
        if let Some(before) = &before {
            terms.extend(terms_of(before));
            terms.sort_unstable();
            terms.dedup();
        }
        let length = element::encode(&mut revision.event, &mut prepared.data);
        prepared.drafts.push(Draft {
            length: length as u32,
            checksum: 0,
            previous: revision.previous,
            held: revision.held,
            terms,
            before: before.as_ref().map(Message::encode_to_vec).unwrap_or_default(),
        });
        prepared.held.push(revision.held);
        prepared.events.push(revision.event);
    }
    prepared
}

impl Core {
    pub(crate) async fn submit(
        self: &Arc<Self>,
        entry: Entry,
        generation: u64,
    ) -> Result<Submitted, AppendError> {
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
        let room = self.room(permits).await?;
        self.order(prepared, generation, room)
    }

    /// Room in the queue; waits for it as long as the views follow.
    async fn room(&self, permits: u32) -> Result<OwnedSemaphorePermit, AppendError> {
        match self.room.clone().try_acquire_many_owned(permits) {
            Ok(room) => return Ok(room),
            Err(TryAcquireError::Closed) => return Err(AppendError::Closed),
            Err(TryAcquireError::NoPermits) => {}
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

    fn order(
        &self,
        mut prepared: Prepared,
        generation: u64,
        room: OwnedSemaphorePermit,
    ) -> Result<Submitted, AppendError> {
        if let Some(why) = self.follow.why_stuck() {
            return Err(AppendError::ViewsBehind { why: why.to_string() });
        }
        let mut order = lock::lock(&self.order);
        if order.stopped {
            return Err(AppendError::Stopped);
        }
        if generation != self.generation.load(Ordering::Acquire) {
            return Err(AppendError::Stale);
        }
        let Some(queue) = order.queue.clone() else {
            return Err(AppendError::Closed);
        };
        let first = order.next;
        let commit = order.next_commit;
        let time = Timestamp::now().max(order.time);
        let mut stamps = Vec::with_capacity(prepared.events.len());
        let mut at = 0;
        for (number, (event, draft)) in prepared.events.iter_mut().zip(&mut prepared.drafts).enumerate() {
            let sequence = Sequence::new(first.get() + number as u64);
            let cursor = Cursor {
                epoch: self.epoch,
                sequence,
            };
            let bytes = &mut prepared.data[at..at + draft.length as usize];
            element::stamp(bytes, event, cursor, time);
            draft.checksum = crc32fast::hash(bytes);
            at += draft.length as usize;
            stamps.push(Stamp {
                sequence,
                cursor,
                update_time: time,
            });
        }
        let (answer, durable) = oneshot::channel();
        let pending = seal(prepared, commit, first, time, answer, room);
        order.next = Sequence::new(first.get() + stamps.len() as u64);
        order.next_commit += 1;
        order.time = time;
        // The order of sending is the order of the journal, so the lock is still held.
        queue.send(pending).map_err(|_| AppendError::Closed)?;
        drop(order);
        Ok(Submitted {
            entry: commit,
            stamps,
            durable: Durable(durable),
        })
    }
}

fn seal(
    prepared: Prepared,
    commit: u64,
    first: Sequence,
    time: Timestamp,
    answer: oneshot::Sender<Result<(), AppendError>>,
    room: OwnedSemaphorePermit,
) -> Pending {
    let data = Bytes::from(prepared.data);
    let mut at = 0;
    let mut sequence = first;
    let mut events = Vec::with_capacity(prepared.events.len());
    for ((event, held), draft) in prepared
        .events
        .into_iter()
        .zip(prepared.held)
        .zip(&prepared.drafts)
    {
        let end = at + draft.length as usize;
        events.push(AppliedEvent {
            sequence,
            created: None,
            held,
            event,
            bytes: crate::revision::event_of(&data.slice(at..end)),
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
        answer,
        room,
    }
}
