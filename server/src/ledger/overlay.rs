//! What is known while entries are on their way: the views, and over them what the journal has taken and the views do not include yet.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use bytes::Bytes;
use dateline_journal::{ArticleRecord, Placed, Report, Sequence, ViewError, Views};
use dateline_proto::v1;
use foldhash::fast::RandomState;
use prost::Message as _;

use super::{
    draft::{Knowledge, Plan, Touched},
    known::{Known, Newest},
    reports::Reports,
};

/// The entries on their way, by number, and what they make of events and articles.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    events: HashMap<Arc<str>, (u64, Kept), RandomState>,
    articles: HashMap<String, (u64, ArticleRecord)>,
    entries: VecDeque<Named>,
}

/// What an entry touched.
#[derive(Debug)]
struct Named {
    number: u64,
    events: Vec<Arc<str>>,
    article: Option<String>,
}

/// What is known of an event.
#[derive(Debug)]
enum Kept {
    /// One source alone tells it, and just so: as the journal stores it. Most are that and are not asked for again, so what they say is
    /// not kept, and not let go, on the thread that plans.
    Stored {
        event: Bytes,
        sequence: Sequence,
        source: Arc<str>,
    },
    Whole(Box<Known>),
}

impl Kept {
    /// Of an event that an entry touched, which the journal gave its place.
    fn of(touched: &mut Touched, placed: &mut Placed) -> Option<Self> {
        let known = &mut touched.known;
        let newest = known.newest.as_mut()?;
        let number = touched.revision;
        if let Some((number, stamp)) = number.and_then(|number| Some((number, placed.stamps.get(number)?))) {
            if let Some((source, report)) = known.reports.only()
                && Arc::ptr_eq(&report.event, &newest.event)
                && report.sketch.is_empty()
                && !newest.held
                && let Some(event) = placed.events.get_mut(number)
            {
                return Some(Self::Stored {
                    event: std::mem::take(event),
                    sequence: stamp.sequence,
                    source: source.clone(),
                });
            }
            newest.sequence = stamp.sequence;
            newest.stamp = Some(stamp);
        }
        Some(Self::Whole(Box::new(std::mem::take(known))))
    }

    fn known(&self) -> Result<Known, ViewError> {
        match self {
            Self::Stored {
                event,
                sequence,
                source,
            } => {
                let event = v1::Event::decode(event.clone()).map_err(|_| ViewError::Row)?;
                let report = Report::of_shown(event.clone());
                Ok(Known {
                    newest: Some(Newest {
                        event: Arc::new(event),
                        sequence: *sequence,
                        held: false,
                        stamp: None,
                    }),
                    reports: Reports::from_iter([(source.clone(), Arc::new(report))]),
                })
            }
            Self::Whole(known) => {
                let mut known = Known::clone(known);
                known.settle();
                Ok(known)
            }
        }
    }
}

impl Overlay {
    /// Takes in what an entry makes of the feed, with the places that it and its revisions were given.
    pub(super) fn add(&mut self, mut placed: Placed, taken: Taken) {
        let number = placed.entry;
        let mut names = Vec::with_capacity(taken.events.len());
        self.events.reserve(taken.events.len());
        for mut touched in taken.events {
            if let Some(kept) = Kept::of(&mut touched, &mut placed) {
                names.push(touched.event_id.clone());
                self.events.insert(touched.event_id, (number, kept));
            }
        }
        self.entries.push_back(Named {
            number,
            events: names,
            article: taken.article.as_ref().map(|article| article.article_id.clone()),
        });
        let article = taken.article;
        self.articles
            .extend(article.map(|article| (article.article_id.clone(), (number, article))));
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
}

/// What an entry makes of the feed, split from the entry itself.
#[derive(Debug)]
pub(super) struct Taken {
    events: Vec<Touched>,
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

/// The views under the overlay.
pub(super) struct Current<'a> {
    pub(super) views: &'a Views,
    pub(super) overlay: &'a Overlay,
}

impl Knowledge for Current<'_> {
    fn event(&self, event_id: &str) -> Result<Known, ViewError> {
        if let Some((_, kept)) = self.overlay.events.get(event_id) {
            return kept.known();
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
                .map(|(source, report)| (source.into(), Arc::new(report)))
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
