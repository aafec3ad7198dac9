//! What is known while entries are on their way: the views, and over them what the journal has taken and the views do not include yet.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use dateline_journal::{ArticleRecord, Stamp, ViewError, Views};

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
    events: Vec<String>,
    article: Option<String>,
}

impl Overlay {
    /// Takes in what the entry of a number makes of the feed, with the places that its revisions were given.
    pub(super) fn add(&mut self, number: u64, revised: &[String], stamps: &[Stamp], plan: Taken) {
        let mut events = plan.events;
        for (event_id, stamp) in revised.iter().zip(stamps) {
            if let Some(newest) = events.get_mut(event_id).and_then(|known| known.newest.as_mut()) {
                place(newest, stamp);
            }
        }
        self.entries.push_back(Touched {
            number,
            events: events.keys().cloned().collect(),
            article: plan.article.as_ref().map(|article| article.article_id.clone()),
        });
        self.events.extend(
            events
                .into_iter()
                .map(|(event_id, known)| (event_id, (number, known))),
        );
        self.articles.extend(
            plan.article
                .map(|article| (article.article_id.clone(), (number, article))),
        );
    }

    /// The views include every entry up to this one.
    pub(super) fn forget_through(&mut self, number: u64) {
        while let Some(entry) = self.entries.pop_front_if(|entry| entry.number <= number) {
            for event_id in entry.events {
                if self.events.get(&event_id).is_some_and(|(of, _)| *of <= number) {
                    self.events.remove(&event_id);
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

    /// The newest revision of an event that an entry on its way touched.
    pub(super) fn newest(&self, event_id: &str) -> Option<&Newest> {
        self.events.get(event_id)?.1.newest.as_ref()
    }
}

/// What an entry makes of the feed, split from the entry itself.
#[derive(Debug)]
pub(super) struct Taken {
    events: HashMap<String, Known>,
    article: Option<ArticleRecord>,
}

impl Taken {
    /// What is to be kept of a plan when its entry goes to the journal: all but the text.
    pub(super) fn of(plan: &mut Plan) -> Self {
        let mut article = plan.entry.article.clone();
        if let Some(article) = &mut article {
            article.text = None;
        }
        Self {
            events: std::mem::take(&mut plan.events),
            article,
        }
    }
}

fn place(newest: &mut Newest, stamp: &Stamp) {
    newest.sequence = stamp.sequence;
    newest.event.cursor = stamp.cursor.to_string();
    newest.event.update_time = Some(stamp.update_time);
    if newest.event.revision == 1 {
        newest.event.create_time = Some(stamp.update_time);
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
            return Ok(known.clone());
        }
        let Some(state) = self.views.event(event_id)? else {
            return Ok(Known::default());
        };
        let newest = self.views.newest(event_id)?.ok_or(ViewError::Row)?;
        let reports = self.views.reports(event_id)?;
        Ok(Known {
            newest: Some(Newest {
                event: newest,
                sequence: state.newest,
                held: state.held,
            }),
            reports: reports
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
