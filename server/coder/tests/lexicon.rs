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

/// The coder of the built-in data with additions.
fn extended(files: &[(&str, &str)]) -> Coder {
    let mut lexicon = Lexicon::built_in();
    for (name, content) in files {
        lexicon.put(name, *content).expect("a name that is known");
    }
    Coder::with(&lexicon).expect("the data load")
}

fn types(coder: &Coder, text: &str) -> Vec<EventType> {
    coder
        .code(&Article::new(text))
        .events
        .iter()
        .map(|event| event.event_type)
        .collect()
}

#[test]
fn an_addition_adds_and_of_equals_wins() {
    let coder = extended(&[
        (
            "verbs.extra.txt",
            "\u{feff}serenade obj:@ -> SUPPORT 051\r\nvisit obj:@ rec=obj -> ACCUSE\r\n",
        ),
        ("operators.extra.txt", "plan -> refuse"),
        ("classes.extra.txt", "%troops = zouave"),
    ]);
    assert_eq!(types(&coder, "France serenaded Spain."), [EventType::Support]);
    assert_eq!(
        types(&coder, "The president of France visited Spain."),
        [EventType::Accuse]
    );
    assert_eq!(types(&coder, "France attacked Spain."), [EventType::Assault]);
    assert_eq!(
        types(&coder, "France planned to attack Spain."),
        [EventType::Reject]
    );
    // A class that contains the extended one knows the new word too.
    let deployed = "France deployed zouaves in Spain.";
    assert_eq!(types(&coder, deployed), [EventType::Mobilize]);
    assert_ne!(types(&extended(&[]), deployed), [EventType::Mobilize]);
}

#[test]
fn an_actor_given_anew_takes_the_place_of_the_old_one() {
    let coder = extended(&[
        (
            "actors/leaders.extra.txt",
            "Kim Jong Un : PRK REL\n    office leader : REL 2011-12-17..\n",
        ),
        ("actors/groups.extra.txt", "Test Brigades : FRA REB\n"),
        ("actors/roles.extra.txt", "[REL body]\ncoast guard\n"),
    ]);
    let text = "Kim Jong Un criticized Spain. Test Brigades attacked Spain. The Spanish coast guard attacked Portugal.";
    let events = coder.code(&Article::new(text)).events;
    let actors: Vec<String> = events
        .iter()
        .flat_map(|event| &event.actors)
        .map(|party| party.code())
        .collect();
    assert_eq!(actors, ["PRKREL", "FRAREB", "ESPREL"]);
}

#[test]
fn a_place_given_anew_takes_the_place_of_the_old_one() {
    let coder = extended(&[
        (
            "places/cities.extra.tsv",
            "Paris Nouveau\tFRA\t11\t2988507\t1.5\t2.5\t2000000\tParis\n",
        ),
        ("places/areas.extra.txt", "Donbas : UKR 1 2\n"),
    ]);
    let text = "Russia attacked Ukraine in Donbas. French police arrested 12 men in Paris.";
    let events = coder.code(&Article::new(text)).events;
    let places: Vec<_> = events
        .iter()
        .flat_map(|event| &event.place)
        .map(|place| (place.name.as_str(), place.latitude, place.longitude))
        .collect();
    assert_eq!(places, [("Donbas", 1.0, 2.0), ("Paris Nouveau", 1.5, 2.5)]);

    let mut lexicon = Lexicon::built_in();
    lexicon
        .put("places/cities.extra.tsv", "A\tFRA\t1\t2\t3\t4\tmany\nB\tF\n")
        .expect("a known name");
    let errors = lexicon.check().errors;
    let places: Vec<_> = errors
        .iter()
        .map(|error| (error.file.as_str(), error.line, error.column))
        .collect();
    let file = "places/cities.extra.tsv";
    assert_eq!(places, [(file, 1, 15), (file, 2, 4)]);
}

#[test]
fn data_that_change_nothing_are_not_told_by_the_version() {
    let built_in = Lexicon::built_in();
    let verbs = built_in.get("verbs.txt").expect("a data file").to_owned();
    assert_eq!(
        extended(&[("verbs.txt", &verbs)]).version(),
        extended(&[]).version()
    );
    assert_ne!(
        extended(&[("verbs.extra.txt", "go -> AID")]).version(),
        extended(&[]).version()
    );
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
        ("verbs.extra.txt", "\nwoo -> LOVE", "verbs.extra.txt:2:8: "),
        (
            "actors/groups.extra.txt",
            "Test : QQQ REB",
            "actors/groups.extra.txt:1:1: ",
        ),
    ];
    for (name, content, place) in cases {
        let mut lexicon = Lexicon::built_in();
        lexicon.put(name, content).expect("a known name");
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
