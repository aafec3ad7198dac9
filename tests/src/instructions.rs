//! What the hot functions cost in instructions: each is done a given number of times, by itself, for a tool that counts what the
//! process executes. `.ci/instructions` runs each with two numbers under valgrind's callgrind; the difference is what one more costs,
//! without what it takes to begin.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use anyhow::{Context, bail, ensure};
use dateline_coder::actor::{ActorFiles, Gazetteer};
use dateline_journal::{Entry, Item, Journal, Options, ReadLimit, Revision, Sequence, terms_of};
use dateline_proto::v1::{Event, EventFilter, SubscribeRequest};
use dateline_server::{
    app::drain::Drain,
    config::Limits,
    feed::{Encoding, Feed, index::Index},
    filter::Filter,
};
use futures_util::StreamExt;

use crate::load::{events::Events, systems::dateline, wire::Counter};

/// Names of what can be counted.
pub const WHATS: [&str; 9] = [
    "append",
    "append-100",
    "match-10",
    "match-10000",
    "live-10",
    "live-10000",
    "live-100000",
    "batch",
    "read",
];

const EVENT_BYTES: usize = 400;
/// Filters that an event matches.
const MATCHING: u64 = 10;
/// Events that are made beforehand, and stored for what reads: as many however many are asked for, so that this does not count.
const MADE: u64 = 12_000;

/// Does it so many times: appends, matches, delivers or reads so many events.
///
/// # Errors
/// There is no such thing, or it fails.
pub async fn run(what: &str, count: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    match what {
        "match-10" => return look_up(10, count),
        "match-10000" => return look_up(10_000, count),
        _ => {}
    }
    let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| {})?;
    match what {
        "append" => append(&journal, count, 1).await?,
        "append-100" => append(&journal, count, 100).await?,
        "live-10" => deliver(&journal, 10, count).await?,
        "live-10000" => deliver(&journal, 10_000, count).await?,
        "live-100000" => deliver(&journal, 100_000, count).await?,
        "batch" => batch(&journal, count).await?,
        "read" => read(&journal, count).await?,
        other => bail!("nothing is called {other:?}; there are {}", WHATS.join(", ")),
    }
    journal.close();
    Ok(())
}

/// Appends events, so many an entry, and waits for each entry.
async fn append(journal: &Journal, count: u64, at_once: usize) -> anyhow::Result<()> {
    let made = made(&Events::made(EVENT_BYTES));
    let made = made
        .get(..count as usize)
        .context("there are not so many events")?;
    for events in made.chunks(at_once) {
        let entry = Entry {
            revisions: events.iter().cloned().map(revision).collect(),
            ..Entry::default()
        };
        commit(journal, entry).await?;
    }
    Ok(())
}

/// Appends an entry and waits until it is durable and in the views, which would otherwise take it alone or with others as it comes.
async fn commit(journal: &Journal, entry: Entry) -> anyhow::Result<()> {
    let submitted = journal.submit(entry, journal.generation()).await?;
    submitted.durable.await?;
    journal.views()?;
    Ok(())
}

fn made(events: &Events) -> Vec<Event> {
    (0..MADE).map(|n| events.event(n)).collect()
}

fn revision(mut event: Event) -> Revision {
    event.revision = 1;
    Revision {
        event: event.into(),
        ..Revision::default()
    }
}

/// Events that match the first ten filters each, however many there are: the same events, so that nothing but filters differs.
fn matching() -> Events {
    Events::made(EVENT_BYTES).with_actors(|_| (0..MATCHING).map(name).collect())
}

fn name(filter: u64) -> String {
    format!("F{filter:05}")
}

/// Finds the filters that an event concerns in the index, and looks at it through each of them.
fn look_up(filters: u64, count: u64) -> anyhow::Result<()> {
    let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN)?;
    let mut index = Index::default();
    for n in 0..filters {
        let filter = EventFilter {
            expression: format!("actor.name = {}", name(n)),
            ..Default::default()
        };
        let filter = Filter::parse(&filter, &gazetteer)?;
        let paths = filter.paths().to_vec();
        index.insert(&paths, filter);
    }
    let mut matched = 0;
    for event in made(&matching()).iter().cycle().take(count as usize) {
        index.candidates(&terms_of(event), |filter| {
            matched += u64::from(filter.matches(event))
        });
    }
    ensure!(matched == count * MATCHING, "{matched} matches of {count} events");
    Ok(())
}

fn feed(journal: &Journal) -> anyhow::Result<Feed> {
    let gazetteer = Arc::new(Gazetteer::load(&ActorFiles::BUILT_IN)?);
    let limits = Limits {
        subscriptions: 1_000_000,
        ..Limits::default()
    };
    Ok(Feed::new(
        journal.clone(),
        gazetteer,
        "load".into(),
        &limits,
        Drain::default(),
    ))
}

/// Appends events one by one, each of which goes to ten of so many subscriptions. Ten have filters of their own, which match; the
/// others have others, 9,990 different ones at most.
async fn deliver(journal: &Journal, subscriptions: u64, count: u64) -> anyhow::Result<()> {
    let feed = feed(journal)?;
    let following = tokio::spawn(feed.follow());
    let delivered = Arc::new(AtomicU64::new(0));
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    for n in 0..subscriptions {
        let mut request = dateline::live(&format!("actor.name = {}", name(filter_of(n))));
        // Valgrind makes a run slow, and heartbeats come by the clock: none while it lasts.
        request.heartbeat_interval = Some(dateline_proto::time::Duration {
            seconds: 60,
            nanos: 0,
        });
        let stream = feed
            .subscribe(request, Encoding::default())
            .ok()
            .context("a subscription was refused")?;
        let (delivered, tell) = (delivered.clone(), tell.clone());
        tokio::spawn(async move {
            let mut stream = std::pin::pin!(stream);
            let mut counter = Counter::default();
            let mut before = counter.seen();
            while let Some(Ok(bytes)) = stream.next().await {
                counter.push(&bytes)?;
                let seen = counter.seen();
                delivered.fetch_add(seen.events - before.events, Ordering::Relaxed);
                if seen.events > before.events || seen.caught_up > before.caught_up {
                    let _ = tell.send(());
                }
                before = seen;
            }
            anyhow::Ok(())
        });
    }
    for _ in 0..subscriptions {
        told.recv().await.context("a subscription is live")?;
    }
    for (n, event) in (0..count).zip(made(&matching())) {
        let entry = Entry {
            revisions: vec![revision(event)],
            ..Entry::default()
        };
        commit(journal, entry).await?;
        while delivered.load(Ordering::Relaxed) < (n + 1) * MATCHING {
            told.recv().await.context("an event is delivered")?;
        }
    }
    following.abort();
    Ok(())
}

fn filter_of(subscription: u64) -> u64 {
    match subscription.checked_sub(MATCHING) {
        Some(other) => MATCHING + other % (10_000 - MATCHING),
        None => subscription,
    }
}

/// Reads stored events through a subscription without a filter: stretches of the journal made into batches.
async fn batch(journal: &Journal, count: u64) -> anyhow::Result<()> {
    append(journal, MADE, 1_000).await?;
    let feed = feed(journal)?;
    for limit in rounds(count) {
        let request = SubscribeRequest {
            limit,
            ..dateline::replay("")
        };
        let stream = feed
            .subscribe(request, Encoding::default())
            .ok()
            .context("a subscription was refused")?;
        let mut stream = std::pin::pin!(stream);
        let mut counter = Counter::default();
        while let Some(bytes) = stream.next().await {
            counter.push(&bytes?)?;
        }
        let seen = counter.seen().events;
        ensure!(seen == limit, "{seen} of {limit} events");
    }
    Ok(())
}

/// Reads stretches of the journal as replays do.
async fn read(journal: &Journal, count: u64) -> anyhow::Result<()> {
    append(journal, MADE, 1_000).await?;
    for round in rounds(count) {
        let (mut at, mut seen) = (Sequence::ZERO, 0);
        while seen < round {
            let limit = ReadLimit {
                through: Some(Sequence::new(round)),
                ..ReadLimit::default()
            };
            let stretch = journal.read(at, limit)?;
            let revisions = stretch
                .items
                .iter()
                .filter(|item| matches!(item, Item::Revision(_)));
            seen += revisions.count() as u64;
            at = stretch.looked_through;
        }
        ensure!(seen == round, "{seen} of {round} events");
    }
    Ok(())
}

/// What is stored, as often as so many events take: storing them costs more than reading them, and varies with the threads' timing.
fn rounds(count: u64) -> impl Iterator<Item = u64> {
    (0..count)
        .step_by(MADE as usize)
        .map(move |first| MADE.min(count - first))
}
