//! Filters that nobody means well by: whatever the text, the answer is a filter that reads back or a short refusal at a place.

use std::sync::LazyLock;

use dateline_coder::actor::{ActorFiles, Gazetteer};
use dateline_proto::reason;
use dateline_proto::v1::{Event, EventFilter};
use dateline_server::filter::{Filter, FilterError, MAX_BYTES};
use dateline_server::refusal::Refusal;
use proptest::prelude::*;
use tonic_types::StatusExt;

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> =
        LazyLock::new(|| Gazetteer::load(&ActorFiles::BUILT_IN).expect("the built-in files load"));
    &GAZETTEER
}

fn parse(expression: &str) -> Result<Filter, FilterError> {
    let filter = EventFilter {
        expression: expression.to_owned(),
        ..Default::default()
    };
    Filter::parse(&filter, gazetteer())
}

/// What holds for every text.
fn is_answered(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(filter) => {
            filter.matches(&Event::default());
            let canonical = filter.canonical();
            prop_assert!(canonical.len() <= MAX_BYTES);
            let again =
                parse(canonical).map_err(|error| TestCaseError::fail(format!("{canonical}: {error}")))?;
            prop_assert_eq!(again.canonical(), canonical);
        }
        Err(error) => {
            let position = error.position().expect("an expression has places");
            prop_assert!(text.is_char_boundary(position.offset));
            prop_assert_eq!(text[..position.offset].chars().count() + 1, position.column);
            let status = tonic::Status::from(Refusal::from(error));
            prop_assert_eq!(status.code(), tonic::Code::InvalidArgument);
            prop_assert!(status.message().len() < 1000, "{}", status.message());
            prop_assert!(!status.message().contains(char::is_control));
            let details = status.get_error_details();
            prop_assert_eq!(
                details.error_info().map(|info| info.reason.as_str()),
                Some(reason::FILTER_INVALID)
            );
            prop_assert!(details.bad_request().is_some());
        }
    }
    Ok(())
}

/// Texts that come close to filters: pieces of the language in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "AND",
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        "((",
        "))",
        "type",
        "type = CONSULT",
        "topic:military",
        "actor:PRK",
        "actor.name",
        "actor.name:kim",
        "event_date",
        "update_time",
        "2023-09-13",
        "2023-09-13T12:00:00Z",
        "=",
        "!=",
        ":",
        "<",
        ">=",
        "\"",
        "'",
        "\\",
        "*",
        "\"a*\"",
        "'b c'",
        "historical",
        "-5.5",
        "1e400",
        ".",
        "..",
        "é",
        "\u{0}",
        "\n",
        ",",
        "İ",
        "\u{202e}",
        "place",
        "place.name",
        "mode:*",
        "CONSULT",
        "true",
        "confidence",
        "uri:x",
        "a.b.c",
    ]);
    let space = prop::sample::select(vec!["", " ", "  "]);
    prop::collection::vec((piece, space), 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(piece, space)| [piece, space])
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        is_answered(&text)?;
    }

    #[test]
    fn any_soup_of_the_language_is_answered(text in soup()) {
        is_answered(&text)?;
    }

    #[test]
    fn any_quoted_value_reads_back(value in any::<String>(), field in prop::sample::select(vec!["coder", "uri", "actor.name", "actor.code", "mode"])) {
        let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('*', "\\*");
        let text = format!("{field} = \"{escaped}\"");
        prop_assert_eq!(parse(&text).is_ok(), !value.is_empty(), "{}", text);
        is_answered(&text)?;
    }

    #[test]
    fn any_value_in_the_repeated_fields_is_answered(name in any::<String>(), number in any::<i32>()) {
        for filter in [
            EventFilter { actors: vec![name.clone()], ..Default::default() },
            EventFilter { topics: vec![name.clone()], ..Default::default() },
            EventFilter { types: vec![number], ..Default::default() },
        ] {
            if let Err(error) = Filter::parse(&filter, gazetteer()) {
                prop_assert!(error.to_string().len() < 1000);
            }
        }
    }
}

#[test]
fn large_and_deep_filters_are_refused_without_a_deep_stack() {
    let texts = [
        "(".repeat(100_000),
        "(".repeat(MAX_BYTES),
        "-".repeat(MAX_BYTES),
        "-(".repeat(MAX_BYTES / 2),
        "NOT ".repeat(MAX_BYTES / 4),
        "type = (".repeat(MAX_BYTES / 8),
        "topic:military AND ".repeat(6_000),
        format!("actor:\"{}\"", "a".repeat(100_000)),
        format!("actor:\"{}\"", "a ".repeat(8_000)),
        format!("topic:{}", "military".repeat(2_000)),
        format!("{} = x", "actor.".repeat(2_000)),
        format!("coder = \"{}\"", "\\*".repeat(8_000)),
        format!("coder = \"*{}*\"", "x".repeat(8_000)),
        "\u{0}".repeat(100_000),
        "\"".repeat(MAX_BYTES),
    ];
    // A quarter of what a thread of the server has.
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let thread = small.spawn(move || {
        for text in texts {
            let start: String = text.chars().take(20).collect();
            let long = text.len() > MAX_BYTES;
            is_answered(&text).unwrap_or_else(|error| panic!("{start}: {error}"));
            let answer = parse(&text);
            assert!(
                !long || answer.is_err_and(|error| error.to_string().contains("at most 16384")),
                "{start}"
            );
        }
    });
    thread
        .expect("threads can be started")
        .join()
        .expect("nothing panicked");
}

#[test]
fn a_megabyte_of_names_is_refused_by_the_limit_of_conditions() {
    let filter = EventFilter {
        actors: vec!["North Korea".into(); 100_000],
        ..Default::default()
    };
    let error = Filter::parse(&filter, gazetteer()).expect_err("it is too much");
    assert!(error.to_string().contains("more than 1000 conditions"), "{error}");
}
