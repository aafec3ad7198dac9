//! Any text is taken: nothing panics, tokens cover the text, trees are trees, and long inputs end.

use std::sync::LazyLock;

use dateline_parser::{Doc, Parser, Piece};
use proptest::prelude::*;

static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::new().expect("the built-in model is intact"));

/// Characters that the tokeniser treats in ways of their own, among others.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\t",
    "\0",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{1f}",
    ".",
    "..",
    "…",
    ",",
    "'",
    "''",
    "’s",
    "\"",
    "``",
    "(",
    ")",
    "[",
    "}",
    "-",
    "--",
    "—",
    "/",
    ":",
    "@",
    "://",
    "+",
    "$",
    "US$",
    "€",
    "%",
    "°C",
    "km",
    "1",
    "23",
    "4.5",
    "a",
    "B",
    "é",
    "Σ",
    "中",
    "ا",
    "न",
    "🇺🇦",
    "\u{301}",
    "d.",
    "U.S.",
    "n't",
    ":-)",
    "www.",
    "example.com",
    "Kim",
    "said",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![any::<String>(), pieces]
}

/// Tokens, and spaces where they say so, add up to the text.
fn assert_covers(text: &str, pieces: impl Iterator<Item = Piece>) {
    let mut end = 0;
    for piece in pieces {
        assert_eq!(piece.start, end, "a gap or an overlap in {text:?}");
        assert!(piece.start < piece.end && text.is_char_boundary(piece.end));
        end = piece.end;
        if piece.space_after {
            assert_eq!(&text[end..=end], " ");
            end += 1;
        }
    }
    assert_eq!(end, text.len());
}

fn assert_sound(text: &str, doc: &Doc) {
    let piece = |t: &dateline_parser::Token| Piece {
        start: t.start,
        end: t.end,
        space_after: t.space_after,
    };
    assert_covers(text, doc.tokens.iter().map(piece));
    let count = doc.tokens.len();
    let mut end = 0;
    for sentence in &doc.sentences {
        assert!(sentence.start == end && sentence.end > end);
        end = sentence.end;
    }
    assert_eq!(end, count);
    let mut end = 0;
    for entity in &doc.entities {
        assert!(entity.start >= end && entity.end > entity.start && entity.end <= count);
        end = entity.end;
    }
    // The longest way up is shorter than the number of tokens unless heads go round in a circle.
    for token in (0..count).step_by(count / 1000 + 1) {
        assert!(doc.tokens[token].head < count);
        assert!(doc.ancestors(token).take(count).count() < count);
        assert!(doc.left_edge(token) <= token && token <= doc.right_edge(token));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_analysed_and_its_tokens_cover_it(text in texts()) {
        let doc = PARSER.parse(&text);
        assert_sound(&text, &doc);
        let pieces = PARSER.tokenize(&text);
        assert_covers(&text, pieces.iter().copied());
        prop_assert_eq!(pieces.len(), doc.tokens.len());
    }

    #[test]
    fn the_same_text_gives_the_same_analysis(text in texts()) {
        prop_assert_eq!(PARSER.parse(&text), PARSER.parse(&text));
    }
}

#[test]
fn the_empty_text_gives_an_empty_doc() {
    assert_eq!(PARSER.parse(""), Doc::default());
    assert!(PARSER.tokenize("").is_empty());
}

#[test]
fn nul_and_control_characters_are_text() {
    let text = "The army\0 said\u{1} it\u{7f} had \0 withdrawn.";
    assert_sound(text, &PARSER.parse(text));
}

#[test]
fn a_megabyte_without_spaces_is_split_in_linear_time() {
    // Quadratic work on any of these would take hours, not seconds.
    for unit in [
        "a", "é", ".", "(", ")", "'s", "-", "a-", "a.b@", "a.", "://", "1km", "…", "n't", "'",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        assert_covers(&text, PARSER.tokenize(&text).into_iter());
    }
    let nested = format!("{}a{}", "(".repeat(1 << 19), ")".repeat(1 << 19));
    assert_covers(&nested, PARSER.tokenize(&nested).into_iter());
}

#[test]
fn long_tokens_and_long_texts_are_analysed() {
    let word = "a".repeat(1 << 20);
    assert_eq!(PARSER.parse(&word).tokens.len(), 1);
    for unit in ["(", "and the ", "of ", "that said ", "Kim Jong ", "Stop! ", "\n"] {
        let text = unit.repeat(40_000 / unit.len());
        assert_sound(&text, &PARSER.parse(&text));
    }
}

#[test]
fn a_text_longer_than_one_part_is_cut_at_line_breaks() {
    let line = "The minister met the ambassador in Ankara on Friday and said that talks would go on.\n";
    let text = line.repeat(600);
    let doc = PARSER.parse(&text);
    assert!(doc.tokens.len() > 2 * 4096);
    assert_sound(&text, &doc);
    for sentence in &doc.sentences {
        let tokens = &doc.tokens[sentence.clone()];
        assert!(tokens.iter().all(|token| sentence.contains(&token.head)));
    }
}

#[test]
fn threads_share_one_parser() {
    let text = "Canada will send 200 more troops to Latvia, Defence Minister Claire Tremblay announced.";
    let alone = PARSER.parse(text);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| PARSER.parse(text))).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("parsing does not panic"), alone);
        }
    });
}
