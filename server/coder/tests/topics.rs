//! What events are about: sentences with the topics that a human coder would give, and what the rest of an article adds.

use dateline_coder::{Article, Coder, Topic};
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the built-in data load"));

/// Topics given that are right, and right topics that are given, in a hundred: at least this. Both halves of the list do
/// better; the bound leaves room for honest trade-offs.
const LEAST_PERCENT: usize = 80;

/// A sentence, the topics it asks for, and those that are neither asked for nor wrong.
struct Case {
    text: &'static str,
    wanted: Vec<Topic>,
    allowed: Vec<Topic>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in include_str!("topics.txt").lines() {
        let line = line.trim();
        if let Some(text) = line.strip_prefix("> ") {
            cases.push(Case {
                text,
                wanted: vec![],
                allowed: vec![],
            });
        } else if let Some(case) = cases
            .last_mut()
            .filter(|_| !line.is_empty() && !line.starts_with('#'))
        {
            let (wanted, allowed) = line.split_once('(').unwrap_or((line, ""));
            let topics = |list: &str| -> Vec<Topic> {
                let names = list
                    .split([',', ')'])
                    .map(str::trim)
                    .filter(|name| !name.is_empty());
                names.map(|name| name.parse().expect("a topic")).collect()
            };
            case.wanted = topics(wanted);
            case.allowed = topics(allowed);
        }
    }
    cases
}

/// Precision and recall in percent over sentences that give an event at all, and how many do.
fn measure(cases: &[&Case]) -> (usize, usize, usize) {
    let (mut right, mut given, mut wanted, mut coded) = (0, 0, 0, 0);
    for case in cases {
        let events = CODER.code(&Article::new(case.text)).events;
        if events.is_empty() {
            continue;
        }
        coded += 1;
        let mut found: Vec<Topic> = events.into_iter().flat_map(|event| event.topics).collect();
        found.sort();
        found.dedup();
        found.retain(|topic| !case.allowed.contains(topic));
        let hits = found.iter().filter(|topic| case.wanted.contains(topic)).count();
        if hits < case.wanted.len() || hits < found.len() {
            println!("{}\n    wanted {:?} found {found:?}", case.text, case.wanted);
        }
        right += hits;
        given += found.len();
        wanted += case.wanted.len();
    }
    (right * 100 / given.max(1), right * 100 / wanted.max(1), coded)
}

#[test]
fn topics_of_listed_sentences_are_mostly_right_and_mostly_found() {
    let cases = cases();
    for &topic in Topic::ALL {
        let times = cases.iter().filter(|case| case.wanted.contains(&topic)).count();
        assert!(times >= 3, "{topic} is asked for only {times} times");
    }
    for (half, name) in [(0, "tuned on"), (1, "only counted")] {
        let half: Vec<&Case> = cases.iter().skip(half).step_by(2).collect();
        let (precision, recall, coded) = measure(&half);
        println!(
            "{name}: precision {precision} %, recall {recall} % on {coded} of {} sentences",
            half.len()
        );
        assert!(coded * 10 >= half.len() * 8, "{name}: only {coded} give an event");
        assert!(precision >= LEAST_PERCENT, "{name}: precision {precision} %");
        assert!(recall >= LEAST_PERCENT, "{name}: recall {recall} %");
    }
}

/// The topics of the last event of an article.
fn last_topics(text: &str) -> Vec<&'static str> {
    let coding = CODER.code(&Article::new(text));
    let event = coding.events.last().expect("an event");
    event.topics.iter().map(|topic| topic.as_str()).collect()
}

#[test]
fn a_hint_counts_when_the_rest_of_the_article_is_about_it() {
    let sentence = "Thousands of people demonstrated in Lusaka against the results.";
    let alone = last_topics(sentence);
    assert!(!alone.contains(&"election"), "{alone:?}");
    let article = format!("Zambia after the presidential election\n\n{sentence}");
    assert_eq!(last_topics(&article), ["election"]);
}

#[test]
fn the_trace_tells_which_words_and_lines_gave_a_topic() {
    let article = Article {
        explain: true,
        ..Article::new("Russia stopped gas supplies to Finland.")
    };
    let coding = CODER.code(&article);
    let steps = &coding.traces[0].steps;
    let told = steps
        .iter()
        .map(ToString::to_string)
        .find(|step| step.starts_with("topic: natural_resource, 4 points: "))
        .unwrap_or_else(|| panic!("no step tells of the topic: {steps:?}"));
    assert!(told.contains("\"gas supplies\" (topics.txt:"), "{told}");
}
