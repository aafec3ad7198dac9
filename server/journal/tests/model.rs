//! Random operations against a model: the journal and its views say what a list and a few maps say.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::collections::{BTreeMap, BTreeSet};

use dateline_journal::{
    Entry, Journal, Options, Retention, Sequence, Term, TermQuery,
    conformance::{append, read_all, sample, select_all},
    terms_of,
};
use dateline_proto::v1;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    /// New states of events, by number and seed.
    Append(Vec<(u8, usize, bool)>),
    Reopen,
    Trim,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let revisions = prop::collection::vec((0..12_u8, 0..60_usize, prop::bool::weighted(0.2)), 0..5);
    let step = prop_oneof![
        12 => revisions.prop_map(Step::Append),
        1 => Just(Step::Reopen),
        1 => Just(Step::Trim),
    ];
    prop::collection::vec(step, 1..60)
}

fn query() -> impl Strategy<Value = TermQuery> {
    let leaf = prop_oneof![
        Just(TermQuery::All),
        (0..5_usize).prop_map(|number| TermQuery::Term(Term::code(&sample::party(number).code))),
        (0..4_usize).prop_map(|number| TermQuery::Term(Term::topic(sample::TOPICS[number]))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(TermQuery::And),
            prop::collection::vec(inner, 0..3).prop_map(TermQuery::Or),
        ]
    })
}

/// What the journal should hold.
#[derive(Default)]
struct Model {
    log: Vec<(v1::Event, BTreeSet<Term>)>,
    newest: BTreeMap<String, (Sequence, Sequence, v1::Event)>,
}

impl Model {
    /// The entry for a step; at most one revision for an event.
    fn entry(&self, wanted: &[(u8, usize, bool)]) -> Entry {
        let mut seen = BTreeSet::new();
        let mut entry = Entry::default();
        for (event, seed, retract) in wanted.iter().filter(|(event, ..)| seen.insert(*event)) {
            let id = format!("e{event}");
            entry.revisions.push(match self.newest.get(&id) {
                None => sample::created(&id, *seed),
                Some((newest, _, before)) => {
                    let change = if *retract {
                        v1::Change::Retracted
                    } else {
                        v1::Change::Corrected
                    };
                    sample::revised(before, *newest, *seed, change)
                }
            });
        }
        entry
    }

    fn note(&mut self, journal: &Journal, sequence: Sequence) {
        assert_eq!(sequence.get(), self.log.len() as u64 + 1);
        let event = journal.revision(sequence).unwrap().unwrap().event();
        let before = self.newest.get(&event.event_id);
        let terms = terms_of(&event)
            .into_iter()
            .chain(before.iter().flat_map(|(.., before)| terms_of(before)));
        self.log.push((event.clone(), terms.collect()));
        let created = before.map_or(sequence, |(_, created, _)| *created);
        self.newest
            .insert(event.event_id.clone(), (sequence, created, event));
    }

    fn check(&self, journal: &Journal, query: &TermQuery) {
        assert_eq!(journal.head().get(), self.log.len() as u64);
        let oldest = journal.oldest();
        let kept = (1..).zip(&self.log).filter(|(number, _)| *number >= oldest.get());
        let events: Vec<_> = kept.clone().map(|(_, (event, _))| event.clone()).collect();
        let read: Vec<_> = read_all(journal, oldest.before())
            .iter()
            .map(|stored| stored.event())
            .collect();
        assert_eq!(read, events);
        let satisfying =
            kept.filter(|(_, (_, terms))| query.holds(&terms.iter().copied().collect::<Vec<_>>()));
        let satisfying: Vec<_> = satisfying.map(|(number, _)| Sequence::new(number)).collect();
        assert_eq!(select_all(journal, query), satisfying);

        let views = journal.views().unwrap();
        let live = self
            .newest
            .values()
            .filter(|(.., event)| event.change() != v1::Change::Retracted);
        assert_eq!(views.event_count(), live.clone().count() as u64);
        let mut actors: BTreeMap<String, u64> = BTreeMap::new();
        for (.., event) in live {
            let names: BTreeSet<_> = event
                .actors
                .iter()
                .chain(&event.recipients)
                .map(|actor| &actor.name)
                .collect();
            for name in names {
                *actors.entry(name.clone()).or_default() += 1;
            }
        }
        let page = views.actors("", None, 100).unwrap();
        assert!(page.is_sorted_by_key(|row| std::cmp::Reverse(row.event_count)));
        let counted: BTreeMap<_, _> = page
            .into_iter()
            .map(|row| (row.actor.name, row.event_count))
            .collect();
        assert_eq!(counted, actors);
        for (id, (newest, created, event)) in &self.newest {
            let state = views.event(id).unwrap().unwrap();
            assert_eq!((state.newest, state.created), (*newest, *created));
            assert_eq!(views.newest(id).unwrap().as_ref(), Some(event));
        }
    }
}

fn options() -> Options {
    Options {
        segment_bytes: 4 << 10,
        recent_bytes: 4 << 10,
        retention: Retention {
            max_age: None,
            max_bytes: Some(100 << 10),
        },
        ..Options::default()
    }
}

async fn run(steps: Vec<Step>, query: TermQuery) {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        Journal::open(folder.path(), options(), &|_| {})
            .expect("it opens")
            .0
    };
    let mut journal = open();
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Append(wanted) => {
                for sequence in append(&journal, model.entry(&wanted)).await {
                    model.note(&journal, sequence);
                }
            }
            Step::Reopen => {
                drop(journal);
                journal = open();
            }
            Step::Trim => {
                journal.trim_now().unwrap();
            }
        }
    }
    // Closed, so that nothing is trimmed while it is looked at.
    journal.close();
    model.check(&journal, &query);
    drop(journal);
    model.check(&open(), &query);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_says_what_a_list_says(steps in steps(), query in query()) {
        tokio::runtime::Runtime::new().unwrap().block_on(run(steps, query));
    }
}
