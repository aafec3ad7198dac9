//! The pipeline gives what Python spaCy gives, token by token.
//!
//! `tests/fixtures/make_fixtures.py` wrote the expected analyses. To compare with others, made the same way, name the
//! file in the environment: `PARITY_FIXTURES=other.jsonl cargo test -p dateline-parser --test parity -- --nocapture`.

use std::fs;

use dateline_parser::{Doc, Parser};
use serde_json::Value;

/// What was counted over all texts; the token counts are those of texts with the same tokens.
#[derive(Debug, Default)]
struct Differences {
    texts: usize,
    split_differently: usize,
    tokens: usize,
    tags: usize,
    parts_of_speech: usize,
    labels: usize,
    heads: usize,
    lemmas: usize,
    texts_with_other_entities: usize,
    texts_with_other_sentences: usize,
}

fn numbers(value: &Value) -> Vec<usize> {
    let list = value.as_array().expect("an array");
    list.iter()
        .map_while(Value::as_u64)
        .map(|number| number as usize)
        .collect()
}

fn compare(doc: &Doc, expected: &Value, text: &str, found: &mut Differences) {
    found.texts += 1;
    let tokens = expected["tokens"].as_array().expect("tokens");
    let place = |token: &Value| (token[0].as_u64(), token[1].as_u64(), token[7].as_bool());
    let same = tokens.len() == doc.tokens.len()
        && tokens.iter().zip(&doc.tokens).all(|(token, ours)| {
            place(token)
                == (
                    Some(ours.start as u64),
                    Some(ours.end as u64),
                    Some(ours.space_after),
                )
        });
    if !same {
        found.split_differently += 1;
        let ours: Vec<&str> = doc.tokens.iter().map(|token| token.text(text)).collect();
        println!("split differently: {ours:?}");
        return;
    }
    for (theirs, ours) in tokens.iter().zip(&doc.tokens) {
        let word = ours.text(text);
        let mut check = |what: &str, theirs: &str, ours: &str, count: fn(&mut Differences) -> &mut usize| {
            if theirs != ours {
                println!("{what} of {word:?} is {ours}, not {theirs}, in: {text}");
                *count(found) += 1;
            }
        };
        let field = |i: usize| theirs[i].as_str().expect("a text");
        check("tag", field(2), ours.tag.as_str(), |found| &mut found.tags);
        check("part of speech", field(3), ours.pos.as_str(), |found| {
            &mut found.parts_of_speech
        });
        check("label", field(4), ours.dep.as_str(), |found| &mut found.labels);
        check("head", &theirs[5].to_string(), &ours.head.to_string(), |found| {
            &mut found.heads
        });
        check("lemma", field(6), &ours.lemma, |found| &mut found.lemmas);
        found.tokens += 1;
    }
    let entities = expected["entities"].as_array().expect("entities");
    let entities: Vec<_> = entities
        .iter()
        .map(|entity| (numbers(entity), entity[2].as_str()))
        .collect();
    let ours: Vec<_> = doc
        .entities
        .iter()
        .map(|e| (vec![e.start, e.end], Some(e.label.as_str())))
        .collect();
    if entities != ours {
        println!("entities are {ours:?}, not {entities:?}, in: {text}");
        found.texts_with_other_entities += 1;
    }
    let sentences = expected["sentences"].as_array().expect("sentences");
    let sentences: Vec<_> = sentences.iter().map(numbers).collect();
    let ours: Vec<_> = doc
        .sentences
        .iter()
        .map(|range| vec![range.start, range.end])
        .collect();
    if sentences != ours {
        println!("sentences are {ours:?}, not {sentences:?}, in: {text}");
        found.texts_with_other_sentences += 1;
    }
}

#[test]
fn every_token_of_the_fixtures_is_analysed_as_python_spacy_does() {
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/expected.jsonl");
    let path = std::env::var("PARITY_FIXTURES").unwrap_or_else(|_| built_in.to_owned());
    let fixtures = fs::read_to_string(&path).expect("the file of expected analyses");
    let parser = Parser::new().expect("the built-in model is intact");
    let mut found = Differences::default();
    for line in fixtures.lines() {
        let expected: Value = serde_json::from_str(line).expect("a line is JSON");
        let text = expected["text"].as_str().expect("text");
        compare(&parser.parse(text), &expected, text, &mut found);
    }
    println!("{found:#?}");
    assert!(
        found.texts >= 320,
        "{} texts are too few to show anything",
        found.texts
    );
    assert_eq!(found.split_differently, 0);
    let differing = [
        found.tags,
        found.parts_of_speech,
        found.labels,
        found.heads,
        found.lemmas,
    ];
    assert_eq!(differing, [0; 5]);
    assert_eq!(
        (found.texts_with_other_entities, found.texts_with_other_sentences),
        (0, 0)
    );
}
