//! Whole articles of every ugly kind: wrapped lines, live blogs, tables, many scripts, nested quotes. `articles/*.txt` were written for
//! these tests; beside some stands `*.events`, what a careful reader would code: `TYPE | ACTORS | RECIPIENTS | first words`.

use dateline_coder::{Article, Coder, Coding};
use std::fs;
use std::path::{Path, PathBuf};

fn articles() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the articles are there")
        .map(|entry| entry.expect("can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("UTF-8");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

fn code(coder: &Coder, text: &str) -> Coding {
    coder.code(&Article {
        explain: true,
        ..Article::new(text)
    })
}

#[test]
fn every_byte_range_is_exact_and_every_sentence_has_its_reason() {
    let coder = Coder::new().expect("the built-in data load");
    let articles = articles();
    assert!(articles.len() >= 60, "only {} articles", articles.len());
    let mut sentences = 0;
    for (path, text) in &articles {
        let name = path.display();
        let coding = code(&coder, text);
        let mut end = 0;
        for trace in &coding.traces {
            let sentence = text.get(trace.range.clone());
            let sentence = sentence.unwrap_or_else(|| panic!("{name}: {:?} cuts a character", trace.range));
            assert_eq!(sentence, sentence.trim(), "{name}: white space at an end");
            assert!(
                !sentence.is_empty() && trace.range.start >= end,
                "{name}: {:?} after {end}",
                trace.range
            );
            end = trace.range.end;
        }
        sentences += coding.traces.len();
        for event in &coding.events {
            let told = coding.traces.iter().find(|trace| trace.range == event.sentence);
            let told = told.unwrap_or_else(|| panic!("{name}: {:?} is no sentence", event.sentence));
            assert_eq!(
                told.abstention,
                None,
                "{name}: {:?}",
                &text[event.sentence.clone()]
            );
        }
        for trace in &coding.traces {
            let coded = coding.events.iter().any(|event| event.sentence == trace.range);
            assert_eq!(
                coded,
                trace.abstention.is_none(),
                "{name}: {:?}",
                &text[trace.range.clone()]
            );
        }
        assert_eq!(
            coding.events,
            code(&coder, text).events,
            "{name}: not the same twice"
        );
    }
    assert!(sentences > 900, "only {sentences} sentences");
}

/// Words of a sentence as a list of events quotes them: whatever white space is between.
fn starts_with(sentence: &str, quoted: &str) -> bool {
    let mut words = sentence.split_whitespace();
    quoted.split_whitespace().all(|word| words.next() == Some(word))
}

#[test]
fn articles_give_the_events_of_a_careful_reader() {
    let coder = Coder::new().expect("the built-in data load");
    let (mut listed, mut given, mut right) = (0, 0, 0);
    for (path, text) in articles() {
        let Ok(list) = fs::read_to_string(path.with_extension("events")) else {
            continue;
        };
        let coding = code(&coder, &text);
        let real = coding
            .events
            .iter()
            .filter(|event| !event.flags.negated && !event.flags.hypothetical);
        let mut found: Vec<(&str, &str)> = real
            .map(|event| (event.event_type.as_str(), &text[event.sentence.clone()]))
            .collect();
        given += found.len();
        for line in list.lines().filter(|line| !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [kind, _, _, quoted] = fields[..] else {
                panic!("{}: {line}", path.display());
            };
            listed += 1;
            if let Some(at) = found
                .iter()
                .position(|(found, sentence)| *found == kind && starts_with(sentence, quoted))
            {
                found.remove(at);
                right += 1;
            }
        }
    }
    println!("{right} of {listed} listed events found, {given} given");
    assert!(listed >= 100);
    assert!(
        right * 100 >= given * 60 && right * 100 >= listed * 60,
        "{right} right, {given} given, {listed} listed"
    );
}
