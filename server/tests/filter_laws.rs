//! The laws of filters over random filters and random events: the compiled filter agrees with a naive reading of the same text,
//! canonical text is canonical, and the indexes are asked for nothing less than what matches.

#[path = "filter_laws/events.rs"]
mod events;
#[path = "filter_laws/naive.rs"]
mod naive;

use std::sync::LazyLock;

use dateline_coder::actor::{ActorFiles, ActorRef, Gazetteer};
use dateline_journal::{Term, filterable, terms_of};
use dateline_proto::v1::EventFilter;
use dateline_server::filter::Filter;
use proptest::prelude::*;
use prost::Message as _;

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> =
        LazyLock::new(|| Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files load"));
    &GAZETTEER
}

fn parse(expression: &str) -> Filter {
    let filter = EventFilter {
        expression: expression.to_owned(),
        ..Default::default()
    };
    Filter::parse(&filter, gazetteer()).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

/// Whether the index over live filters would find the filter for an event of these terms.
fn leads_to(filter: &Filter, terms: &[Term]) -> bool {
    let mut paths = filter.paths().iter();
    paths.any(|path| path.iter().all(|term| terms.binary_search(term).is_ok()))
}

#[test]
fn the_index_over_live_filters_knows_what_the_files_indexes_know() {
    let countries = ["RUS", "USA", "CHN", "UKR", "FRA", "DEU", "IND", "PRK"];
    let any = |field: &str, values: &[&str]| {
        let values: Vec<String> = values.iter().map(|value| format!("{field}{value}")).collect();
        format!("({})", values.join(" OR "))
    };
    let types = [
        "AID", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT",
    ];
    // Sixty-four pairs of a country and a type for each number: more than the live index files.
    let parts = (0..20).map(|number| {
        let (countries, types) = (any("country:", &countries), any("type = ", &types));
        format!("(mention_count > {number} AND {countries} AND {types} AND topic:military)")
    });
    let many = parse(&parts.collect::<Vec<_>>().join(" OR "));
    for (filter, indexed) in [
        (many, true),
        (parse("country:RUS AND NOT topic:military"), true),
        (parse("country:RUS OR NOT topic:military"), false),
        (parse("mention_count > 3"), false),
        (parse(""), false),
    ] {
        assert_eq!(filter.indexed(), indexed, "{filter:?}");
        let found = filter.paths().iter().all(|path| !path.is_empty());
        assert_eq!(found, indexed, "{filter:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_compiled_filter_agrees_with_the_naive_reading(
        tree in naive::tree(),
        events in prop::collection::vec(events::event(), 8),
    ) {
        let filter = parse(&tree.text(false));
        let again = parse(filter.canonical());
        for event in events {
            let json = serde_json::to_value(&event).expect("events have a JSON form");
            let matches = filter.matches(&event);
            prop_assert_eq!(matches, tree.holds(&json), "{} on {}", tree.text(false), json);
            prop_assert_eq!(matches, again.matches(&event), "{}", filter.canonical());
            prop_assert!(!matches || filter.terms().holds(&terms_of(&event)), "{:?}", filter.terms());
            prop_assert!(!matches || leads_to(&filter, &terms_of(&event)), "{:?}", filter.paths());
            prop_assert_eq!(filter.matches_encoded(&event.encode_to_vec()), Ok(matches), "{}", filter.canonical());
            let asked = filterable(event);
            prop_assert_eq!(matches, filter.matches(&asked));
            prop_assert_eq!(filter.matches_encoded(&asked.encode_to_vec()), Ok(matches), "{}", filter.canonical());
        }
    }

    #[test]
    fn canonical_text_is_its_own_and_that_of_the_same_filter_written_otherwise(tree in naive::tree()) {
        let filter = parse(&tree.text(false));
        let canonical = filter.canonical();
        let again = parse(canonical);
        prop_assert_eq!(again.canonical(), canonical);
        prop_assert_eq!(again.terms(), filter.terms());
        prop_assert_eq!(filter.paths().iter().all(|path| !path.is_empty()), filter.indexed());
        let odd = parse(&tree.text(true));
        prop_assert_eq!(odd.canonical(), canonical);
    }

    #[test]
    fn fields_and_expression_are_both_required(
        actors in prop::sample::subsequence(vec!["PRK", "Russia", "Kim Jong Un", "PRKGOV"], 0..4),
        topics in prop::sample::subsequence(vec!["military", "cyber"], 0..2),
        types in prop::sample::subsequence(vec![1, 2, 16], 0..3),
        tree in naive::tree(),
        events in prop::collection::vec(events::event(), 4),
    ) {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let whole = EventFilter {
            actors: own(&actors),
            topics: own(&topics),
            types: types.clone(),
            expression: tree.text(false),
        };
        let whole = Filter::parse(&whole, gazetteer()).expect("its parts are filters");
        let any = |texts: Vec<String>| (!texts.is_empty()).then(|| parse(&texts.join(" OR ")));
        let parts = [
            any(actors.iter().map(|name| format!("actor:'{name}'")).collect()),
            any(topics.iter().map(|name| format!("topic:{name}")).collect()),
            any(types.iter().map(|&value| {
                let named = dateline_proto::v1::EventType::try_from(value).expect("it is a type");
                format!("type = {}", named.as_str_name())
            }).collect()),
            Some(parse(&tree.text(false))),
        ];
        prop_assert_eq!(parse(whole.canonical()), whole.clone());
        for event in events {
            let expected = parts.iter().flatten().all(|part| part.matches(&event));
            prop_assert_eq!(whole.matches(&event), expected, "{}", whole.canonical());
        }
    }
}

#[test]
fn every_name_of_the_gazetteer_is_an_actor_whose_canonical_text_means_the_same() {
    let mut names = 0;
    for entry in gazetteer().entries() {
        for name in [&entry.name]
            .into_iter()
            .chain(&entry.aliases)
            .chain(&entry.people)
            .chain(&entry.capitals)
        {
            let Some(meant) = gazetteer().resolve(name) else {
                continue;
            };
            names += 1;
            let filter = EventFilter {
                actors: vec![name.clone()],
                ..Default::default()
            };
            let filter =
                Filter::parse(&filter, gazetteer()).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(parse(filter.canonical()), filter, "{name}");
            assert!(filter.indexed(), "{name}");
            if let ActorRef::Country { code, sector: None } = meant {
                assert_eq!(
                    filter.canonical().replace('"', ""),
                    format!("actor:{code}"),
                    "{name}"
                );
            }
        }
    }
    assert!(names > 500, "{names}");
}
