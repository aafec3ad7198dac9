//! The language by example: which canonical text filters have, what is refused and how.

use std::sync::LazyLock;

use dateline_coder::actor::{ActorFiles, Gazetteer};
use dateline_proto::reason;
use dateline_proto::v1::{EventFilter, EventType};

use crate::refusal::Refusal;

use super::{Filter, FilterError, MAX_BYTES, MAX_CONDITIONS, MAX_DEPTH, Problem};

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> =
        LazyLock::new(|| Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files load"));
    &GAZETTEER
}

pub(super) fn parse(expression: &str) -> Result<Filter, FilterError> {
    let filter = EventFilter {
        expression: expression.to_owned(),
        ..Default::default()
    };
    Filter::parse(&filter, gazetteer())
}

#[test]
fn filters_have_one_canonical_text_however_they_are_written() {
    for (canonical, others) in [
        ("", ["", " \n\t"].as_slice()),
        (
            "type = CONSULT",
            &[
                "type=consult",
                "type:EVENT_TYPE_CONSULT",
                "((type = \"CONSULT\"))",
                "NOT NOT type = CONSULT",
                "type = CONSULT OR type=CONSULT",
            ],
        ),
        (
            "NOT type = CONSULT",
            &[
                "type != CONSULT",
                "-type = CONSULT",
                "NOT (type = CONSULT)",
                "NOT(NOT(NOT type:CONSULT))",
            ],
        ),
        (
            "actor:PRK",
            &[
                "actor:DPRK",
                "actor:'North Korea'",
                "actor:Pyongyang",
                "country:PRK",
                "actor.country = \"north korea\"",
                "actor = prk",
            ],
        ),
        ("actor:PRKGOV", &["actor:prkgov"]),
        (
            "actor:\"Kim Jong Un\"",
            &["actor:'kim jong un'", "actor.name = \"KIM JONG UN\""],
        ),
        (
            "actor.name = \"police\"",
            &["actor.name = Police", "actor.name='police'"],
        ),
        (
            "actor.name:\"kim\"",
            &["actor.name:Kim", "actor.name = *kim*", "actor.name = \"*Kim*\""],
        ),
        (
            "actor:PRK AND actor:RUS",
            &[
                "actor:RUS AND actor:PRK",
                "actor:RUS AND (actor:PRK AND actor:RUS)",
                "actor:(RUS AND PRK)",
            ],
        ),
        (
            "type = AGREE OR type = CONSULT",
            &[
                "type = (CONSULT OR AGREE)",
                "NOT (type != CONSULT AND type != AGREE)",
            ],
        ),
        (
            "NOT type = AGREE AND NOT type = CONSULT",
            &["type != (CONSULT OR AGREE)", "NOT (type:AGREE OR type:CONSULT)"],
        ),
        (
            "NOT historical",
            &[
                "historical = false",
                "-historical",
                "historical != true",
                "NOT historical:true",
            ],
        ),
        (
            "event_date >= 2023-09-01",
            &["event_date>=2023-09-01", "event_date >= '2023-09-01'"],
        ),
        (
            "update_time < 2023-09-02T00:00:00Z AND update_time >= 2023-09-01T00:00:00Z",
            &["update_time = 2023-09-01", "update_time:2023-09-01"],
        ),
        (
            "update_time >= 2023-09-02T00:00:00Z",
            &[
                "update_time > 2023-09-01",
                "update_time >= 2023-09-02T02:00:00+02:00",
            ],
        ),
        ("intensity < -5.5", &["intensity<-5.50", "intensity < '-5.5'"]),
        ("mode:*", &["mode = *", "mode:\"*\""]),
        ("coder = \"dateline*\"", &["coder = Dateline*", "coder:dateline*"]),
        (
            "uri = \"https://example.org/A\"",
            &[
                "uri = \"https://example.org/A\"",
                "mentions.uri=https://example.org/A",
            ],
        ),
        (
            "(actor:PRK AND topic:military) OR type = ASSAULT",
            &["type = ASSAULT OR (topic:Military AND country:KP)"],
        ),
    ] {
        for text in others.iter().chain([&canonical]) {
            let filter = EventFilter {
                expression: (*text).to_owned(),
                ..Default::default()
            };
            let filter =
                Filter::parse(&filter, gazetteer()).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(filter.canonical(), canonical, "{text}");
        }
    }
}

#[test]
fn repeated_fields_are_any_of_each_and_all_of_them() {
    let filter = EventFilter {
        actors: vec!["Pyongyang".into(), "RUS".into()],
        topics: vec!["military".into()],
        types: vec![EventType::Consult.into(), EventType::Agree.into()],
        expression: "country:USA OR future".into(),
    };
    let filter = Filter::parse(&filter, gazetteer()).expect("it is a filter");
    assert_eq!(
        filter.canonical(),
        "(actor:PRK OR actor:RUS) AND (actor:USA OR future) AND topic:military AND (type = AGREE OR type = CONSULT)"
    );
}

#[test]
fn what_is_not_understood_is_refused_at_its_place_with_a_suggestion() {
    for (text, column, message, suggestion) in [
        (
            "topic:militray",
            7,
            r#"topic "militray": did you mean "military"?"#,
            Some("military"),
        ),
        (
            "topic = 'human rights'",
            9,
            r#"topic "human rights": did you mean "human_rights"?"#,
            Some("human_rights"),
        ),
        (
            "type = CONSLUT",
            8,
            r#"event type "CONSLUT": did you mean "CONSULT"?"#,
            Some("CONSULT"),
        ),
        ("change = CORECTED", 10, "change", Some("CORRECTED")),
        (
            "country:Rusia",
            9,
            r#"country "Rusia": did you mean "Russia"?"#,
            Some("Russia"),
        ),
        (
            "actor:'Kim Jong Unn'",
            7,
            "actor.name = \"Kim Jong Unn\"",
            Some("Kim Jong Un"),
        ),
        ("country:'Kim Jong Un'", 9, "is not a country", None),
        ("actor.sector = government", 16, "sector", Some("GOV")),
        (
            "topc:military",
            1,
            "field \"topc\": did you mean \"topic\"?",
            Some("topic"),
        ),
        ("eventDate >= 2023-01-01", 1, "field", Some("event_date")),
        ("killed > 3", 1, "field", Some("magnitude.killed")),
        ("mentions.sentence:arms", 1, "text of the article", None),
        ("cursor = x", 1, "position", None),
        (
            "type = CONSULT AND actor:PRK OR actor:RUS",
            30,
            "parentheses",
            None,
        ),
        ("type = CONSULT actor:PRK", 16, "AND or OR is missing", None),
        ("actor:Kim Jong Un", 11, "quotes", None),
        ("type = CONSULT and actor:PRK", 16, "not an operator", Some("AND")),
        ("not historical", 1, "not an operator", Some("NOT")),
        ("type == CONSULT", 6, "not an operator", Some("=")),
        ("military", 1, "alone", Some("topic:military")),
        ("Russia", 1, "alone", Some("actor:Russia")),
        ("consult", 1, "alone", Some("type = CONSULT")),
        ("publisher", 1, "alone", None),
        ("\"arms deal\"", 1, "alone", None),
        ("(type = CONSULT", 1, "not closed", None),
        ("type = CONSULT)", 15, "closes nothing", None),
        ("type = 'CONSULT", 8, "no closing quote", None),
        ("coder = \"a\\qb\"", 11, "escape", None),
        ("type =", 7, "a value is missing before the end", None),
        ("type = AND", 8, "a value is missing", None),
        ("AND type = CONSULT", 1, "a condition is missing", None),
        ("()", 2, "a condition is missing", None),
        ("type = CONSULT AND", 19, "a condition is missing", None),
        ("type < CONSULT", 8, "cannot be compared with <", None),
        ("place = Moscow", 9, "place.name", None),
        ("type = CON*", 8, "no wildcard", None),
        ("actor.name = \"a*b\"", 14, "first or last", None),
        ("mode = ''", 8, "NOT mode:*", None),
        ("intensity > high", 13, "a number such as", None),
        ("mention_count > 2.5", 17, "whole number", None),
        ("event_date > yesterday", 14, "a date such as", None),
        ("event_date > 2023-02-30", 14, "a date such as", None),
        ("update_time > 2023-09-13T12:00:00", 15, "a time such as", None),
        ("historical = maybe", 14, "true or false", None),
        ("ünknown:x", 1, "field", None),
        ("coder = 'é' AND topic:x", 23, "topic", None),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(
            error.position().map(|position| position.column),
            Some(column),
            "{text}: {error}"
        );
        assert!(error.to_string().contains(message), "{text}: {error}");
        assert_eq!(error.suggestion(), suggestion, "{text}: {error}");
    }
}

#[test]
fn a_filter_beyond_the_limits_is_refused_and_one_at_them_is_not() {
    let problem = |text: &str| parse(text).map(|_| ()).map_err(|error| error.problem().clone());
    let nested = |depth| format!("{}type = CONSULT{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(problem(&nested(MAX_DEPTH)), Ok(()));
    assert_eq!(
        problem(&nested(MAX_DEPTH + 1)),
        Err(Problem::TooDeep { limit: MAX_DEPTH })
    );
    let many = |count| vec!["future"; count].join(" AND ");
    assert_eq!(problem(&many(MAX_CONDITIONS)), Ok(()));
    assert_eq!(
        problem(&many(MAX_CONDITIONS + 1)),
        Err(Problem::TooManyConditions {
            limit: MAX_CONDITIONS
        })
    );
    let long = format!("coder = '{}'", "x".repeat(MAX_BYTES - 10));
    assert_eq!(problem(&long), Ok(()));
    assert!(matches!(
        problem(&"x".repeat(100_000)),
        Err(Problem::TooLong { bytes: 100_000, .. })
    ));
    let wide = format!(
        "-publisher:({})",
        (1..900).map(|n| n.to_string()).collect::<Vec<_>>().join(" OR ")
    );
    assert!(matches!(problem(&wide), Err(Problem::TooLongWrittenOut { .. })));
    assert_eq!(problem(&format!("{}future", "NOT ".repeat(4_000))), Ok(()));
}

#[test]
fn repeated_fields_are_refused_by_field_and_index() {
    let cases = [
        (
            EventFilter {
                actors: vec!["PRK".into(), "Nroth Korea".into()],
                ..Default::default()
            },
            "actors[1]",
            Some("North Korea"),
        ),
        (
            EventFilter {
                topics: vec!["militray".into()],
                ..Default::default()
            },
            "topics[0]",
            Some("military"),
        ),
        (
            EventFilter {
                topics: vec!["*".into()],
                ..Default::default()
            },
            "topics[0]",
            None,
        ),
        (
            EventFilter {
                types: vec![2, 0],
                ..Default::default()
            },
            "types[1]",
            None,
        ),
        (
            EventFilter {
                types: vec![99],
                ..Default::default()
            },
            "types[0]",
            None,
        ),
        (
            EventFilter {
                types: vec![2; MAX_CONDITIONS + 1],
                ..Default::default()
            },
            "",
            None,
        ),
    ];
    for (filter, field, suggestion) in cases {
        let error = Filter::parse(&filter, gazetteer()).expect_err(field);
        assert_eq!(
            (error.field(), error.suggestion()),
            (field, suggestion),
            "{error}"
        );
        let refusal = Refusal::from(error);
        let named = if field.is_empty() {
            "filter".to_owned()
        } else {
            format!("filter.{field}")
        };
        assert_eq!(refusal.field(), Some(named.as_str()));
        assert_eq!(
            refusal.metadata().get("suggestion").map(String::as_str),
            suggestion
        );
    }
}

#[test]
fn a_refusal_tells_place_and_suggestion_to_programs() {
    let refusal = Refusal::from(parse("actor:PRK AND topic:militray").expect_err("it is misspelt"));
    assert_eq!(
        (refusal.reason(), refusal.field()),
        (reason::FILTER_INVALID, Some("filter.expression"))
    );
    let metadata: Vec<_> = refusal
        .metadata()
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        metadata,
        [("column", "21"), ("position", "20"), ("suggestion", "military")]
    );
}

#[test]
fn what_nothing_can_match_is_warned_of() {
    for text in [
        "type = AID AND type = ASSAULT",
        "historical AND NOT historical",
        "topic:cyber AND (future OR (change = CREATED AND change = CORRECTED))",
        "confidence > 1",
        "quad_class = 7",
        "mode = vist",
        "place.country = RUS AND place.country = PRK",
    ] {
        let filter = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(filter.warnings().len(), 1, "{text}: {:?}", filter.warnings());
    }
    for text in [
        "type = AID OR type = ASSAULT",
        "actor:PRK AND actor:RUS",
        "confidence >= 1",
        "mode = visit",
        "",
    ] {
        assert_eq!(parse(text).expect(text).warnings(), [""; 0], "{text}");
    }
}
