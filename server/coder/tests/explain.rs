//! Explanations: every reason for silence is reached, every step says where it comes from, and asking changes nothing.

use dateline_coder::{Abstention, Article, Coder, Lexicon, SentenceTrace, StepKind};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the built-in data load"));

fn explained(coder: &Coder, text: &str) -> Vec<SentenceTrace> {
    let article = Article {
        explain: true,
        ..Article::new(text)
    };
    let coding = coder.code(&article);
    let silent = coder.code(&Article {
        explain: false,
        ..article
    });
    assert_eq!(
        coding.events, silent.events,
        "asking for reasons must not change the result"
    );
    assert!(silent.traces.is_empty());
    coding.traces
}

/// The texts of the steps of a kind.
fn steps(trace: &SentenceTrace, kind: StepKind) -> Vec<&str> {
    let of_kind = trace.steps.iter().filter(|step| step.kind == kind);
    of_kind.map(|step| step.text.as_str()).collect()
}

#[test]
fn every_reason_is_reached_by_a_golden_sentence() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/gate-reasons.txt");
    let golden = fs::read_to_string(golden).expect("the golden file of reasons");
    let mut reached: BTreeSet<&str> = golden
        .lines()
        .filter_map(|line| line.strip_prefix("none "))
        .collect();
    // What takes more than a sentence, or an endless one, is reached by tests below.
    let others = [Abstention::Heading, Abstention::Background, Abstention::TooLong];
    reached.extend(others.map(Abstention::as_str));
    let all: BTreeSet<&str> = Abstention::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(reached, all);
}

#[test]
fn a_sentence_too_long_to_parse_is_passed_over() {
    let text = format!("France, {} and Spain attacked Iran.", "Spain, ".repeat(100));
    let [trace] = explained(&CODER, &text).try_into().expect("one sentence");
    assert_eq!(trace.abstention, Some(Abstention::TooLong));
    assert!(steps(&trace, StepKind::Reason)[0].starts_with("too-long: "));
}

#[test]
fn a_headline_is_passed_over() {
    let traces = explained(&CODER, "Leaders meet in Moscow\n\nIt rained in Paris.");
    let reasons: Vec<_> = traces.iter().map(|trace| trace.abstention).collect();
    assert_eq!(reasons, [Some(Abstention::Heading), Some(Abstention::NoTrigger)]);
}

#[test]
fn what_is_told_in_passing_is_named_beside_the_event() {
    let [trace] = explained(
        &CODER,
        "France attacked Spain during talks between Italy and Greece.",
    )
    .try_into()
    .expect("one sentence");
    assert_eq!(trace.abstention, None);
    let [dropped] = steps(&trace, StepKind::Dropped)
        .try_into()
        .expect("one event is left out");
    assert!(
        dropped.starts_with("\"talks\" CONSULT: Italy [ITA], Greece [GRC] -> nobody left out: background"),
        "{dropped}"
    );
    assert!(
        steps(&trace, StepKind::Event)[0].starts_with("ASSAULT (CAMEO 190): France [FRA] -> Spain [ESP]")
    );
}

#[test]
fn each_kind_of_line_is_named_with_its_place() {
    let text = "Israel promised to release 40 prisoners to Egypt. Talks between France and Spain began.\n\nShare this article";
    let traces = explained(&CODER, text);
    let [release, talks, share] = traces.as_slice() else {
        panic!("three parts: {traces:?}")
    };
    let words = |place: &str| {
        let (file, line) = place
            .rsplit_once(':')
            .and_then(|(place, _)| place.rsplit_once(':'))
            .expect("a place");
        let lexicon = Lexicon::built_in();
        let content = lexicon.get(file).expect("a data file").to_owned();
        let line: usize = line.parse().expect("a number");
        content
            .lines()
            .nth(line - 1)
            .expect("a line of the file")
            .to_owned()
    };
    let place = |text: &str| text.rsplit(' ').next().map(words).expect("a place at the end");
    let patterns = steps(release, StepKind::Pattern);
    assert!(patterns[0].starts_with("\"promised\" fits "), "{patterns:?}");
    assert!(place(patterns[0]).contains("promise"));
    let changes = steps(release, StepKind::Change);
    assert!(
        changes[0].starts_with("\"promised\" over \"release\" makes AGREE of RETREAT/release, promise"),
        "{changes:?}"
    );
    assert!(place(changes[0]).ends_with("-> promise"));
    let patterns = steps(talks, StepKind::Pattern);
    let noun = patterns
        .iter()
        .find(|line| line.contains("nouns.txt:"))
        .unwrap_or_else(|| panic!("{patterns:?}"));
    assert!(
        noun.starts_with("\"talk\" fits ") && place(noun).contains("talk"),
        "{noun}"
    );
    assert!(place(steps(share, StepKind::Pattern)[0]).ends_with("share this article"));
}

#[test]
fn the_tree_and_the_clauses_are_shown_in_the_words_of_patterns() {
    let [trace] = explained(&CODER, "Ankara was not visited by Russian officials.")
        .try_into()
        .expect("one sentence");
    let tree = steps(&trace, StepKind::Tree);
    assert_eq!(tree.len(), 8);
    let columns: Vec<&str> = tree[3].split_whitespace().collect();
    assert_eq!(columns, ["visited", "visit", "VBN", "ROOT"]);
    let clauses = steps(&trace, StepKind::Clause);
    assert_eq!(
        clauses,
        ["visit: subj Russian officials | obj Ankara (passive, not)"]
    );
}

#[test]
fn a_line_of_an_addition_is_named_by_its_own_file() {
    let mut lexicon = Lexicon::built_in();
    lexicon
        .put("verbs.extra.txt", "# mine\nserenade obj:@ -> SUPPORT 051\n")
        .expect("a known name");
    let coder = Coder::with(&lexicon).expect("the data load");
    let traces = explained(&coder, "France serenaded Spain. France attacked Spain.");
    let patterns: Vec<&str> = traces
        .iter()
        .flat_map(|trace| steps(trace, StepKind::Pattern))
        .collect();
    assert!(
        patterns[0].ends_with("serenade obj:@ -> SUPPORT 051  verbs.extra.txt:2:1"),
        "{patterns:?}"
    );
    assert!(patterns[1].contains("  verbs.txt:"), "{patterns:?}");
}

#[test]
fn words_of_sport_are_named() {
    let text = "The striker killed the match against Spain in the league.";
    let [trace] = explained(&CODER, text).try_into().expect("one sentence");
    let dropped = steps(&trace, StepKind::Dropped);
    assert!(dropped[0].contains("\"league\" %sport"), "{dropped:?}");
    assert!(steps(&trace, StepKind::Reason)[0].contains("classes.txt"));
}
