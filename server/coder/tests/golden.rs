//! Golden files: one linguistic phenomenon each, readable and editable by a linguist.
//!
//! ```text
//! # a comment
//! > A sentence, or several, as one paragraph of an article published on 2023-09-13 (a Wednesday).
//! TYPE[/mode] ACTORS -> RECIPIENTS [flags...] [date=YYYY-MM-DD] [cameo=NNN] [killed=N] [wounded=N] [arrested=N]
//!     [place=NAME] [in=COUNTRY] [geonames=ID] [topics=NAME+NAME]
//! ```
//!
//! `*` for a type or side that is not compared. Unknown parts of a date are zero; blanks in the name of a place are `_`; no place is `-`.
//! Actors and recipients are codes joined by `+`, `-` for none; `none` alone says that nothing is coded, with
//! `none REASON` for the reason of the last sentence. What a line does not mention is not compared.

use dateline_coder::{Article, CodedEvent, Coder, Party};
use std::fs;
use std::path::Path;

struct Case {
    line: usize,
    text: String,
    expected: Vec<String>,
}

fn cases(content: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (index, line) in content.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.strip_prefix("> ") {
            Some(text) => cases.push(Case {
                line: index + 1,
                text: text.to_owned(),
                expected: vec![],
            }),
            None => cases
                .last_mut()
                .expect("a sentence stands before its events")
                .expected
                .push(line.to_owned()),
        }
    }
    cases
}

fn codes(parties: &[Party]) -> String {
    let mut codes: Vec<String> = parties.iter().map(Party::code).collect();
    codes.sort();
    if codes.is_empty() {
        "-".to_owned()
    } else {
        codes.join("+")
    }
}

/// The event in the words of the golden files, with those details that `expected` mentions.
fn told(event: &CodedEvent, expected: &str) -> String {
    let mode = event
        .mode
        .filter(|_| expected.split(' ').next().is_some_and(|kind| kind.contains('/')));
    let mut line = match expected.split(' ').next() {
        Some("*") => "*".to_owned(),
        _ => event.event_type.as_str().to_owned(),
    };
    if let Some(mode) = mode {
        line.push('/');
        line.push_str(mode);
    }
    let mut sides = expected.split(' ').skip(1).step_by(2);
    let mut side = |parties: &[Party]| match sides.next() {
        Some("*") => "*".to_owned(),
        _ => codes(parties),
    };
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    line.push_str(&format!(" {actors} -> {recipients}"));
    let flags = event.flags;
    for (set, name) in [
        (flags.historical, "historical"),
        (flags.future, "future"),
        (flags.hypothetical, "hypothetical"),
        (flags.negated, "negated"),
    ] {
        if set {
            line.push_str(&format!(" {name}"));
        }
    }
    for part in expected.split(' ') {
        let Some((key, _)) = part.split_once('=') else {
            continue;
        };
        let value = match key {
            "date" => format!(
                "{}-{:02}-{:02}",
                event.date.year, event.date.month, event.date.day
            ),
            "cameo" => event.cameo.clone(),
            "killed" => event.magnitude.killed.to_string(),
            "wounded" => event.magnitude.wounded.to_string(),
            "arrested" => event.magnitude.arrested.to_string(),
            "place" => event
                .place
                .as_ref()
                .map_or("-".to_owned(), |place| place.name.replace(' ', "_")),
            "in" => event
                .place
                .as_ref()
                .map_or("-".to_owned(), |place| place.country.clone()),
            "geonames" => event
                .place
                .as_ref()
                .map_or(0, |place| place.geonames_id)
                .to_string(),
            "topics" => {
                let names: Vec<&str> = event.topics.iter().map(|topic| topic.as_str()).collect();
                if names.is_empty() {
                    "-".to_owned()
                } else {
                    names.join("+")
                }
            }
            other => panic!("unknown detail {other}"),
        };
        line.push_str(&format!(" {key}={value}"));
    }
    line
}

fn check(coder: &Coder, case: &Case, file: &str, failures: &mut Vec<String>) {
    let article = Article {
        explain: true,
        ..Article::new(&case.text).published(jiff::civil::date(2023, 9, 13))
    };
    let coding = coder.code(&article);
    let found: Vec<String> = if coding.events.is_empty() {
        let named = case
            .expected
            .first()
            .is_some_and(|line| line.starts_with("none "));
        let reason = coding
            .traces
            .last()
            .and_then(|trace| trace.abstention)
            .map_or("?", |reason| reason.as_str());
        vec![if named {
            format!("none {reason}")
        } else {
            "none".to_owned()
        }]
    } else {
        let blank = String::new();
        let expected = |at: usize| case.expected.get(at).unwrap_or(&blank);
        coding
            .events
            .iter()
            .enumerate()
            .map(|(at, event)| told(event, expected(at)))
            .collect()
    };
    if found != case.expected {
        let steps: Vec<String> = coding
            .traces
            .iter()
            .flat_map(|trace| trace.steps.iter().map(ToString::to_string))
            .collect();
        failures.push(format!(
            "{file}:{}: {}\n  expected {}\n  found    {}\n  steps    {}",
            case.line,
            case.text,
            case.expected.join(" | "),
            found.join(" | "),
            steps.join("\n           ")
        ));
    }
}

#[test]
fn every_golden_sentence_is_coded_as_written() {
    let coder = Coder::new().expect("the built-in data load");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut failures = Vec::new();
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of golden files")
        .flatten()
        .collect();
    files.sort_by_key(|file| file.file_name());
    let mut count = 0;
    for file in files {
        let content = fs::read_to_string(file.path()).expect("a golden file is text");
        for case in cases(&content) {
            count += 1;
            check(&coder, &case, &file.file_name().to_string_lossy(), &mut failures);
        }
    }
    assert!(count >= 100, "only {count} golden sentences were found");
    assert!(
        failures.is_empty(),
        "{} of {count} differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
