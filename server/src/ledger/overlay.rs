//! What is known while entries are on their way: the views, and over them what the journal has taken and the views do not include yet.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use dateline_journal::{ArticleRecord, Stamps, ViewError, Views};
use dateline_proto::v1;

use super::{
    draft::{Knowledge, Plan},
    known::{Known, Newest},
};

/// The entries on their way, by number, and what they make of events and articles.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    events: HashMap<String, (u64, Known)>,
    articles: HashMap<String, (u64, ArticleRecord)>,
    entries: VecDeque<Touched>,
}

#[derive(Debug)]
struct Touched {
    number: u64,
    /// Events in their states then: what names them.
    events: Vec<Arc<v1::Event>>,
    article: Option<String>,
}

impl Overlay {
    /// Takes in what the entry of a number makes of the feed, with the places that its revisions were given.
    pub(super) fn add(&mut self, number: u64, stamps: Stamps, taken: Taken) {
        let Taken {
            mut events,
            revised,
            article,
        } = taken;
        for (event, stamp) in revised.iter().zip(stamps.iter()) {
            let known = events.get_mut(&event.event_id);
            if let Some(newest) = known.and_then(|known| known.newest.as_mut()) {
                newest.sequence = stamp.sequence;
                newest.stamp = Some(stamp);
            }
        }
        let named = events.values().filter_map(|known| known.newest.as_ref());
        self.entries.push_back(Touched {
            number,
            events: named.map(|newest| newest.event.clone()).collect(),
            article: article.as_ref().map(|article| article.article_id.clone()),
        });
        self.events.extend(
            events
                .into_iter()
                .filter(|(_, known)| known.newest.is_some())
                .map(|(event_id, known)| (event_id, (number, known))),
        );
        self.articles
            .extend(article.map(|article| (article.article_id.clone(), (number, article))));
    }

    /// The views include every entry up to this one.
    pub(super) fn forget_through(&mut self, number: u64) {
        while let Some(entry) = self.entries.pop_front_if(|entry| entry.number <= number) {
            for event in entry.events {
                let event_id = &event.event_id;
                if self.events.get(event_id).is_some_and(|(of, _)| *of <= number) {
                    self.events.remove(event_id);
                }
            }
            if let Some(article_id) = entry.article
                && self
                    .articles
                    .get(&article_id)
                    .is_some_and(|(of, _)| *of <= number)
            {
                self.articles.remove(&article_id);
            }
        }
    }

    /// What is on its way is in the views, or will never be.
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.articles.clear();
        self.entries.clear();
    }
}

/// What an entry makes of the feed, split from the entry itself.
#[derive(Debug)]
pub(super) struct Taken {
    events: HashMap<String, Known>,
    /// The events that have a new revision, in the order of the entry.
    revised: Vec<Arc<v1::Event>>,
    article: Option<ArticleRecord>,
}

impl Taken {
    /// What is to be kept of a plan when its entry goes to the journal: all but the text.
    pub(super) fn of(plan: &mut Plan) -> Self {
        let mut article = plan.entry.article.clone();
        if let Some(article) = &mut article {
            article.text = None;
        }
        let revisions = plan.entry.revisions.iter();
        Self {
            events: std::mem::take(&mut plan.events),
            revised: revisions.map(|revision| revision.event.clone()).collect(),
            article,
        }
    }
}

/// The views under the overlay.
pub(super) struct Current<'a> {
    pub(super) views: &'a Views,
    pub(super) overlay: &'a Overlay,
}

impl Knowledge for Current<'_> {
    fn event(&self, event_id: &str) -> Result<Known, ViewError> {
        if let Some((_, known)) = self.overlay.events.get(event_id) {
            let mut known = known.clone();
            known.settle();
            return Ok(known);
        }
        let Some(whole) = self.views.whole(event_id)? else {
            return Ok(Known::default());
        };
        Ok(Known {
            newest: Some(Newest {
                event: Arc::new(whole.event),
                sequence: whole.state.newest,
                held: whole.state.held,
                stamp: None,
            }),
            reports: whole
                .reports
                .into_iter()
                .map(|(source, report)| (source, Arc::new(report)))
                .collect(),
        })
    }

    fn article(&self, article_id: &str) -> Result<Option<ArticleRecord>, ViewError> {
        match self.overlay.articles.get(article_id) {
            Some((_, article)) => Ok(Some(article.clone())),
            None => self.views.article(article_id),
        }
    }
}
