//! What holds for every text: no panic, exact ranges, the same result twice.

use dateline_coder::{Article, Coder, EventType};
use proptest::prelude::*;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the built-in data load"));

/// Codes a text and checks what must hold of every result.
fn check(text: &str) {
    let article = Article {
        explain: true,
        ..Article::new(text)
    };
    let coding = CODER.code(&article);
    assert_eq!(coding, CODER.code(&article), "coded twice, two results");
    let mut last = 0;
    for event in &coding.events {
        let sentence = text
            .get(event.sentence.clone())
            .expect("a range on character boundaries");
        assert_eq!(sentence, sentence.trim());
        assert!(!sentence.is_empty());
        assert!(
            event.sentence.start >= last,
            "events stand in the order of the text"
        );
        last = event.sentence.start;
        assert!((0.0..=1.0).contains(&event.confidence));
        assert!((-10.0..=10.0).contains(&event.intensity));
        assert!(
            event
                .mode
                .is_none_or(|mode| event.event_type.modes().contains(&mode))
        );
        assert!(!event.actors.is_empty() || !event.recipients.is_empty());
        assert!(event.topics.is_sorted());
        assert!(!event.summary.contains('{'));
        let parties = event.actors.iter().chain(&event.recipients);
        for party in parties.clone() {
            assert!(!party.name.trim().is_empty(), "{party:?} has no name");
        }
        let places = event.place.iter().map(|place| &place.name);
        for line in parties
            .flat_map(|party| [&party.name, &party.text])
            .chain(places)
            .chain([&event.summary])
        {
            assert!(!line.contains(char::is_control), "{line:?} is not one line");
        }
    }
    for trace in &coding.traces {
        assert!(text.get(trace.range.clone()).is_some());
    }
    assert!(coding.title.is_none_or(|title| text.get(title).is_some()));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Russia",
        "Ukraine",
        "the",
        "army",
        "attacked",
        "said",
        "that",
        "Kim Jong Un",
        "met",
        "in",
        "on",
        "Tuesday",
        ".",
        ",",
        "will",
        "not",
        "visit",
        "sanctions",
        "lifted",
        "agreed",
        "to",
        "and",
        "who",
        "was",
        "killed",
        "by",
        "\n\n",
        "\"",
        "troops",
        "if",
        "talks",
        "between",
        "1,000",
        "it",
        "their",
        "?",
        "refused",
        "—",
        "“",
        "”",
        "police",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_coded_without_panic(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_jumble_of_news_words_is_coded_without_panic(text in words()) {
        check(&text);
    }
}

#[test]
fn awkward_texts_are_coded_without_panic() {
    let long_word = "a".repeat(50_000);
    let no_stops = "Russia attacked Ukraine and ".repeat(2_000);
    let deep = "he said that ".repeat(1_500);
    let marks = "?!.\u{300}\u{202e}\u{feff}".repeat(500);
    for text in [
        "",
        " \n\t\r\n ",
        "\0\0",
        "🇺🇦🇷🇺 attacked 🇺🇸.",
        &long_word,
        &no_stops,
        &deep,
        &marks,
    ] {
        check(text);
    }
}

#[test]
fn a_flood_of_names_takes_no_flood_of_time() {
    let names = "Jagmeet Singhed Mahesh Yapa-Wickramanayake ".repeat(450);
    check("Once, that the coder is loaded.");
    let start = std::time::Instant::now();
    CODER.code(&Article::new(&format!("Speaker {names}")));
    let taken = start.elapsed();
    assert!(taken.as_secs() < 3, "{taken:?}");
}

#[test]
fn a_sentence_too_long_to_parse_well_is_passed_over_with_its_reason() {
    let text = "Russia and ".repeat(400) + "Ukraine met.";
    let coding = CODER.code(&Article {
        explain: true,
        ..Article::new(&text)
    });
    assert!(coding.events.is_empty());
    let too_long =
        |trace: &dateline_coder::SentenceTrace| trace.abstention == Some(dateline_coder::Abstention::TooLong);
    assert!(coding.traces.iter().any(too_long));
}

#[test]
fn sentences_are_cut_exactly_also_around_quotes_and_datelines() {
    let text = "MOSCOW (AP) - “Russia attacked Ukraine on Monday,” he said.\n\n\
                  Iran’s army shelled a town in Iraq.  The president of Iraq condemned Iran. ";
    let coding = CODER.code(&Article::new(text));
    let sentences: Vec<&str> = coding
        .events
        .iter()
        .map(|event| &text[event.sentence.clone()])
        .collect();
    let expected = [
        "“Russia attacked Ukraine on Monday,” he said.",
        "Iran’s army shelled a town in Iraq.",
        "The president of Iraq condemned Iran.",
    ];
    assert_eq!(sentences, expected);
}

#[test]
fn names_are_one_line_however_the_article_breaks_its_lines() {
    let text = "The crisis went on over the whole weekend. The Zamboni\nRescue Council condemned Iran in a letter that \
                it sent on Sunday. Kim\r\nJong Un met Vladimir\u{85}Putin. Two days later, Iraq shelled a market in New\n\
                York.";
    check(text);
    let coding = CODER.code(&Article::new(text));
    let parties = coding
        .events
        .iter()
        .flat_map(|event| event.actors.iter().chain(&event.recipients));
    let names: Vec<&str> = parties.map(|party| party.name.as_str()).collect();
    for name in ["Zamboni Rescue Council", "Kim Jong Un", "Vladimir Putin"] {
        assert!(names.contains(&name), "{name:?} is not among {names:?}");
    }
    let place = coding.events.iter().find_map(|event| event.place.as_ref());
    assert_eq!(place.map(|place| place.name.as_str()), Some("New York"));
}

#[test]
fn headings_and_page_furniture_give_no_event() {
    let text = "Russia attacks Ukraine\n\nShare This\n\nBy Jane Doe\n\nIran criticizes Iraq\n\n\
                Germany praised Kenya.\n\nRead more: Russia attacked Ukraine.";
    let coding = CODER.code(&Article::new(text));
    let types: Vec<EventType> = coding.events.iter().map(|event| event.event_type).collect();
    assert_eq!(types, [EventType::Support]);
    assert_eq!(
        coding.title.map(|title| &text[title]),
        Some("Russia attacks Ukraine")
    );
}

#[test]
fn a_leading_date_line_dates_the_events() {
    let text = "Date: 2023-09-13\n\nFrance praised Kenya on Tuesday.";
    let coding = CODER.code(&Article::new(text));
    assert_eq!(coding.published, Some(jiff::civil::date(2023, 9, 13)));
    assert_eq!(
        coding.events[0].date.to_date(),
        Some(jiff::civil::date(2023, 9, 12))
    );
}

#[test]
fn without_a_day_of_publication_no_day_is_invented() {
    let coding = CODER.code(&Article::new(
        "France praised Kenya on Tuesday. Spain praised Chile on 3 May 2021.",
    ));
    assert_eq!(coding.events[0].date, dateline_coder::PartialDate::default());
    assert_eq!(
        coding.events[1].date.to_date(),
        Some(jiff::civil::date(2021, 5, 3))
    );
}

#[test]
fn times_beyond_the_calendar_are_no_dates() {
    for (told, year, month) in [
        ("20,000 years ago", 0, 0),
        ("5,000 years ago", 0, 0),
        ("2147483647 years ago", 0, 0),
        ("2,000,000 months ago", 0, 0),
        ("2000000 weeks ago", 0, 0),
        ("8,000,000 days ago", 0, 0),
        ("3 months ago", 2023, 6),
    ] {
        let text = format!("Russia attacked Ukraine {told}.");
        check(&text);
        let article = Article::new(&text).published(jiff::civil::date(2023, 9, 13));
        let event = &CODER.code(&article).events[0];
        assert_eq!((event.date.year, event.date.month), (year, month), "{told}");
        assert!(event.flags.historical, "{told}");
    }
}

#[test]
fn parts_of_a_date_make_a_day_that_can_be() {
    for (told, month, day) in [
        ("in April", 0, 0),
        ("on February 30", 0, 0),
        ("on February 29", 2, 29),
    ] {
        let text = format!("Russia attacked Ukraine {told}.");
        let date = CODER.code(&Article::new(&text)).events[0].date;
        assert_eq!((date.year, date.month, date.day), (0, month, day), "{told}");
    }
}

#[test]
fn before_the_first_year_there_is_no_date() {
    for told in ["in April", "five years ago"] {
        let text = format!("Russia attacked Ukraine {told}.");
        let article = Article::new(&text).published(jiff::civil::date(1, 2, 3));
        let date = CODER.code(&article).events[0].date;
        assert_eq!(date, dateline_coder::PartialDate::default(), "{told}");
    }
}
