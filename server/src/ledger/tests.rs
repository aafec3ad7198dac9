//! What articles do to a feed, whatever the order in which they come.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use dateline_journal::{ArticleRecord, Sequence, ViewError};
use dateline_proto::{time::Timestamp, v1};
use proptest::prelude::*;

use super::{
    copies::sketch,
    draft::{Draft, Knowledge, Plan},
    edit::{CodedArticle, Edit, edit, withdraw},
    known::{Effect, Known},
};

/// A feed in memory.
#[derive(Default)]
struct Feed {
    events: HashMap<String, Known>,
    articles: HashMap<String, ArticleRecord>,
    head: u64,
}

impl Knowledge for Feed {
    fn event(&self, event_id: &str) -> Result<Known, ViewError> {
        Ok(self.events.get(event_id).cloned().unwrap_or_default())
    }

    fn article(&self, article_id: &str) -> Result<Option<ArticleRecord>, ViewError> {
        Ok(self.articles.get(article_id).cloned())
    }
}

impl Feed {
    fn apply(&mut self, mut plan: Plan) -> Vec<v1::Event> {
        for revision in &plan.entry.revisions {
            self.head += 1;
            let touched =
                (plan.events.iter_mut()).find(|touched| *touched.event_id == *revision.event.event_id);
            let known = &mut touched.unwrap().known;
            let newest = known.newest.as_mut().unwrap();
            assert_eq!(newest.event, revision.event);
            let before = self
                .events
                .get(&revision.event.event_id)
                .and_then(|known| known.newest.as_ref());
            assert_eq!(
                revision.previous,
                before.map_or(Sequence::ZERO, |before| before.sequence)
            );
            assert_eq!(revision.before.as_ref(), before.map(|before| &before.event));
            assert_eq!(
                revision.event.revision,
                before.map_or(0, |before| before.event.revision) + 1
            );
            newest.sequence = Sequence::new(self.head);
        }
        let made = plan.events.into_iter();
        self.events
            .extend(made.map(|touched| (touched.event_id.to_string(), touched.known)));
        if let Some(article) = plan.entry.article {
            self.articles.insert(article.article_id.clone(), article);
        }
        plan.entry
            .revisions
            .into_iter()
            .map(|revision| Arc::unwrap_or_clone(revision.event))
            .collect()
    }

    /// Ingests an article of sentences, and returns what subscribers see.
    fn ingest(&mut self, id: &str, day: i64, text: &[&str]) -> (v1::IngestOutcome, Vec<v1::Event>) {
        match edit(article(id, day, text), self, true).unwrap() {
            Edit::Duplicate { .. } => (v1::IngestOutcome::Duplicate, Vec::new()),
            Edit::Superseded => unreachable!("nothing is coded from stored text"),
            Edit::Change { plan, response } => {
                let outcome = response.outcome();
                let revisions = self.apply(*plan);
                let counted =
                    response.created + response.corroborated + response.corrected + response.retracted;
                assert_eq!(counted as usize, revisions.len());
                (outcome, revisions)
            }
        }
    }

    fn changes(&mut self, id: &str, day: i64, text: &[&str]) -> Vec<(v1::Change, String)> {
        let (_, revisions) = self.ingest(id, day, text);
        revisions
            .into_iter()
            .map(|event| (event.change(), event.summary))
            .collect()
    }

    fn withdraw(&mut self, id: &str) -> Vec<v1::Event> {
        let withdrawal = withdraw(id, "", self).unwrap().unwrap();
        self.apply(withdrawal.plan)
    }

    fn by_summary(&self, summary: &str) -> &Known {
        let is_it = |known: &&Known| {
            known
                .newest
                .as_ref()
                .is_some_and(|newest| newest.event.summary == summary)
        };
        self.events.values().find(is_it).unwrap()
    }

    /// What a reader of the whole feed knows in the end, without what only tells of how it came about.
    fn state(&self) -> BTreeMap<String, v1::Event> {
        let live = self.events.iter().filter(|(_, known)| !known.is_retracted());
        live.map(|(id, known)| {
            let mut event = v1::Event::clone(&known.newest.as_ref().unwrap().event);
            event.revision = 0;
            event.change = 0;
            for mention in &mut event.mentions {
                (mention.start_byte, mention.end_byte) = (0, 0);
                mention.text_hash.clear();
            }
            (id.clone(), event)
        })
        .collect()
    }
}

/// "Kim met Putin. military" is a meeting of Kim and Putin, its topic military. A sentence without a full stop reports nothing. Articles
/// of one length of id have one publisher.
fn article(id: &str, day: i64, text: &[&str]) -> CodedArticle {
    let publish_time = Some(Timestamp {
        seconds: day * 86_400,
        nanos: 0,
    });
    let whole = text.join("\n");
    let text_hash = super::identity::text_hash(&whole);
    let mut at = 0;
    let mut events = Vec::new();
    for sentence in text {
        if let Some((said, topic)) = sentence.split_once('.') {
            let mut event = v1::Event {
                actors: said.split(" met ").map(actor).collect(),
                topics: vec![topic.trim().to_owned()],
                summary: said.to_owned(),
                confidence: 0.5 + topic.trim().len() as f32 / 10.0,
                publish_time,
                event_date: Some(v1::CivilDate {
                    year: 2023,
                    month: 9,
                    day: 13,
                }),
                mentions: vec![v1::Mention {
                    article_id: id.to_owned(),
                    publisher: format!("publisher {}", id.len()),
                    sentence: (*sentence).to_owned(),
                    start_byte: at,
                    end_byte: at + sentence.len() as u32,
                    publish_time,
                    text_hash: text_hash.clone(),
                    ..Default::default()
                }],
                ..Default::default()
            };
            event.set_type(v1::EventType::Consult);
            events.push(event);
        }
        at += sentence.len() as u32 + 1;
    }
    let record = ArticleRecord {
        article_id: id.to_owned(),
        publish_time,
        text_hash,
        text: Some(whole.clone()),
        coder: "test".into(),
        ..Default::default()
    };
    CodedArticle {
        sketch: sketch(&whole),
        record,
        events,
        recode: false,
        stored_hash: None,
    }
}

fn actor(name: &str) -> v1::Actor {
    v1::Actor {
        name: name.to_owned(),
        ..Default::default()
    }
}

use v1::Change::{Corrected, Corroborated, Created, Retracted};

#[test]
fn an_edit_sends_exactly_the_difference() {
    let mut feed = Feed::default();
    let before = ["Title", "Kim met Putin. a", "Kim met Xi. a", "Xi met Modi. a"];
    assert_eq!(feed.changes("n", 1, &before).len(), 3);
    // The first sentence only moves, the second changes its topic, the third goes, a fourth comes.
    let after = [
        "A longer title",
        "Kim met Putin. a",
        "Kim met Xi. b",
        "Lula met Macron. a",
    ];
    let summary = |change, text: &str| (change, text.to_owned());
    assert_eq!(
        feed.changes("n", 1, &after),
        [
            summary(Retracted, "Xi met Modi"),
            summary(Corrected, "Kim met Xi"),
            summary(Created, "Lula met Macron")
        ]
    );
    assert_eq!(
        feed.ingest("n", 1, &after),
        (v1::IngestOutcome::Duplicate, Vec::new())
    );
    let moved = feed.by_summary("Kim met Putin");
    assert_eq!(moved.reports.get("n").unwrap().event.mentions[0].start_byte, 6);
}

#[test]
fn another_article_corroborates_and_its_withdrawal_corrects() {
    let mut feed = Feed::default();
    feed.ingest("late", 9, &["Kim met Putin. a"]);
    let (_, revisions) = feed.ingest("early", 3, &["Kim met Putin. b"]);
    let event = &revisions[0];
    assert_eq!(
        (event.change(), event.revision, event.article_count),
        (Corroborated, 2, 2)
    );
    assert_eq!(event.topics, ["b"]);
    let revisions = feed.withdraw("early");
    assert_eq!(
        (revisions[0].change(), revisions[0].topics[0].as_str()),
        (Corrected, "a")
    );
    let revisions = feed.withdraw("late");
    assert_eq!(
        (revisions[0].change(), revisions[0].mention_count),
        (Retracted, 1)
    );
    assert!(!revisions[0].retraction_reason.is_empty());
    assert_eq!(withdraw("late", "", &feed).unwrap().map(|_| ()), None);
    let (outcome, revisions) = feed.ingest("late", 9, &["Kim met Putin. a"]);
    assert_eq!(
        (outcome, revisions[0].change(), revisions[0].revision),
        (v1::IngestOutcome::New, Created, 5)
    );
    assert!(revisions[0].retraction_reason.is_empty());
}

#[test]
fn a_retracted_event_names_the_one_that_took_over() {
    let mut feed = Feed::default();
    feed.ingest("n", 1, &["Kim met Putin. a", "Lula met Macron. a"]);
    let (_, revisions) = feed.ingest("n", 1, &["Kim met Putin met Xi. a", "Lula met Macron. a"]);
    let [gone, come] = revisions.as_slice() else {
        panic!("{revisions:?}")
    };
    assert_eq!((gone.change(), come.change()), (Retracted, Created));
    assert_eq!(gone.replaced_by, come.event_id);
}

#[test]
fn a_withdrawn_event_takes_reports_silently_until_it_is_restored() {
    let mut feed = Feed::default();
    feed.ingest("a", 1, &["Kim met Putin. a"]);
    let id = feed
        .by_summary("Kim met Putin")
        .newest
        .clone()
        .unwrap()
        .event
        .event_id
        .clone();
    let change = |feed: &mut Feed, change: fn(&mut Known) -> Effect| {
        let mut draft = Draft::new(&*feed);
        draft.change(&id, change).unwrap();
        let plan = draft.finish(None);
        feed.apply(plan)
    };
    let revisions = change(&mut feed, |known| known.retract("wrong", true));
    assert_eq!(
        (revisions[0].change(), revisions[0].retraction_reason.as_str()),
        (Retracted, "wrong")
    );
    assert_eq!(feed.ingest("b", 2, &["Kim met Putin. a"]).1, []);
    feed.ingest("a", 1, &["nothing"]);
    let revisions = change(&mut feed, Known::restore);
    assert_eq!((revisions[0].change(), revisions[0].article_count), (Created, 1));
    assert_eq!(revisions[0].mentions[0].article_id, "b");
}

#[test]
fn sentences_of_one_article_that_report_one_event_are_its_mentions() {
    let mut feed = Feed::default();
    let (_, revisions) = feed.ingest("n", 1, &["Kim met Putin. a", "Putin met Kim. b"]);
    assert_eq!(revisions.len(), 1);
    assert_eq!((revisions[0].mention_count, revisions[0].article_count), (2, 1));
    assert_eq!(feed.changes("n", 1, &["Kim met Putin. a"])[0].0, Corrected);
}

/// Texts that are long enough to be told apart.
const RAIN: &str = "It rained all week over the hills and the rivers rose until the old mill stood in the water up to its \
                    second window and the miller moved his flour to the church";
const MARKET: &str = "Prices at the fish market fell for the third day in a row since nobody wanted to buy mackerel while the \
                      boats came home with more of it than the cold store could hold";

#[test]
fn copies_of_one_text_are_one_publishers_however_an_edit_makes_them() {
    let mut feed = Feed::default();
    feed.ingest("a", 1, &["Kim met Putin. a", RAIN]);
    let (_, revisions) = feed.ingest("bb", 2, &["News", "Kim met Putin. a", RAIN]);
    let event = &revisions[0];
    assert_eq!(event.change(), Corroborated);
    assert_eq!((event.article_count, event.publisher_count), (2, 1));
    assert_eq!(event.confidence, 0.6);
    let (_, revisions) = feed.ingest("ccc", 3, &["Kim met Putin. a", MARKET]);
    let event = &revisions[0];
    assert_eq!((event.change(), event.publisher_count), (Corroborated, 2));
    assert_eq!(event.confidence, 0.72);

    // Around its sentence the copy becomes a text of its own, and then a copy of the other.
    let (outcome, revisions) = feed.ingest("bb", 2, &["Kim met Putin. a", "So they say"]);
    assert_eq!(outcome, v1::IngestOutcome::Updated);
    assert_eq!(
        (revisions[0].change(), revisions[0].publisher_count),
        (Corrected, 3)
    );
    let (_, revisions) = feed.ingest("bb", 2, &["Kim met Putin. a", MARKET]);
    assert_eq!(
        (revisions[0].change(), revisions[0].publisher_count),
        (Corrected, 2)
    );
    // An edit that alters nothing in that is kept, and nobody hears of it.
    let (_, revisions) = feed.ingest("bb", 2, &["Title", "Kim met Putin. a", MARKET]);
    assert_eq!(revisions, []);
    let known = feed.by_summary("Kim met Putin");
    assert_eq!(known.reports.get("bb").unwrap().event.mentions[0].start_byte, 5);
    assert_eq!(
        known.reports.get("bb").unwrap().sketch,
        sketch(&["Title", "Kim met Putin. a", MARKET].join("\n"))
    );
}

const SENTENCES: [&str; 8] = [
    "Kim met Putin. a",
    "Putin met Kim. bb",
    "Kim met Xi. a",
    "Kim met Xi. ccc",
    "Weather",
    "Lula met Macron. a",
    RAIN,
    MARKET,
];

/// For each article its versions, the last of which is the one that stays.
fn histories() -> impl Strategy<Value = Vec<Vec<Vec<usize>>>> {
    let version = prop::collection::vec(0..SENTENCES.len(), 0..5);
    let versions = prop::collection::vec(version, 1..4);
    prop::collection::vec(versions, 1..5)
}

proptest! {
    #[test]
    fn the_end_does_not_depend_on_the_order(histories in histories(), seed: u64) {
        let text = |version: &Vec<usize>| version.iter().map(|n| SENTENCES[*n]).collect::<Vec<_>>();
        let name = |n: usize| format!("{n}{}", "x".repeat(n % 3));
        let mut straight = Feed::default();
        for (n, versions) in histories.iter().enumerate() {
            straight.ingest(&name(n), n as i64 % 3, &text(versions.last().unwrap()));
        }
        let mut mixed = Feed::default();
        let mut left: Vec<_> = histories.iter().map(|versions| versions.iter()).collect();
        let mut random = seed;
        while left.iter().any(|versions| versions.len() > 0) {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let n = (random >> 33) as usize % left.len();
            if let Some(version) = left[n].next() {
                mixed.ingest(&name(n), n as i64 % 3, &text(version));
            }
        }
        prop_assert_eq!(straight.state(), mixed.state());
    }
}
