//! Other data files in the place of the built-in ones.

use dateline_coder::{Article, Coder, EventType, Lexicon};
use dateline_parser::Parser;
use std::sync::Arc;

#[test]
fn a_replaced_file_changes_what_is_coded_and_the_version() {
    let parser = Arc::new(Parser::new().expect("the built-in model loads"));
    let text = "France serenaded Spain.";
    let built_in = Coder::load(&Lexicon::built_in(), parser.clone()).expect("the built-in data load");
    assert!(built_in.code(&Article::new(text)).events.is_empty());

    let mut lexicon = Lexicon::built_in();
    let verbs = format!(
        "{}\nserenade obj:@ -> SUPPORT 051\n",
        lexicon.get("verbs.txt").expect("a data file")
    );
    lexicon.replace("verbs.txt", verbs).expect("a known name");
    let changed = Coder::load(&lexicon, parser).expect("the changed data load");
    let events = changed.code(&Article::new(text)).events;
    assert_eq!(
        events.iter().map(|event| event.event_type).collect::<Vec<_>>(),
        [EventType::Support]
    );
    assert_ne!(built_in.version(), changed.version());
    assert!(changed.version().starts_with(built_in.version()));
}

#[test]
fn a_mistake_in_a_file_is_refused_with_its_place() {
    let parser = Arc::new(Parser::new().expect("the built-in model loads"));
    let cases = [
        (
            "verbs.txt",
            "attack obj:@ -> ASSAULT 190\nlift obj:%nothing -> CONCEDE",
            "verbs.txt:2:10: ",
        ),
        ("topics.txt", "militray: tank", "topics.txt:1:1: "),
        ("operators.txt", "plan -> intends", "operators.txt:1:9: "),
        ("nouns.txt", "talk bth -> CONSULT", "nouns.txt:1:6: "),
        ("boilerplate.txt", "are share this", "boilerplate.txt:1:1: "),
    ];
    for (name, content, place) in cases {
        let mut lexicon = Lexicon::built_in();
        lexicon.replace(name, content).expect("a known name");
        let error = Coder::load(&lexicon, parser.clone()).expect_err(name).to_string();
        assert!(
            error.starts_with(place),
            "{error:?} does not start with {place:?}"
        );
    }
    let error = Lexicon::built_in()
        .replace("verb.txt", "")
        .expect_err("no such file");
    assert!(error.to_string().contains("verbs.txt"));
}
