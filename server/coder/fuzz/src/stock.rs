//! What articles are made of: sentences, words and names from the coder's tests and data, and characters that upset programs.

use dateline_coder::Lexicon;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// Sentences and words to build texts from.
pub(crate) struct Stock {
    pub(crate) sentences: Vec<String>,
    pub(crate) words: Vec<String>,
    pub(crate) names: Vec<String>,
}

/// Read once, when first needed.
pub(crate) static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let tests = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests"));
    let lexicon = Lexicon::built_in();
    let files = || {
        lexicon
            .names()
            .filter_map(|name| Some((name, lexicon.get(name)?)))
    };
    Stock {
        sentences: sentences(tests),
        words: words(files()),
        names: names(files()),
    }
});

/// The golden sentences, the event-free ones, and the articles' lines.
fn sentences(tests: &Path) -> Vec<String> {
    let mut sentences = BTreeSet::new();
    for folder in ["golden", "articles"] {
        for file in std::fs::read_dir(tests.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let content = std::fs::read_to_string(file.path()).unwrap_or_default();
            let article = folder == "articles" && file.path().extension().is_some_and(|kind| kind == "txt");
            for line in content.lines().map(str::trim) {
                let sentence = if article {
                    Some(line)
                } else {
                    line.strip_prefix("> ")
                };
                sentences.extend(sentence.filter(|line| !line.is_empty()).map(str::to_owned));
            }
        }
    }
    let eventless = std::fs::read_to_string(tests.join("eventless.txt")).unwrap_or_default();
    let prose = eventless
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    sentences.extend(prose.map(str::to_owned));
    sentences.into_iter().collect()
}

/// Every word of the data files, whatever it is there for.
fn words<'a>(files: impl Iterator<Item = (&'static str, &'a str)>) -> Vec<String> {
    let mut words = BTreeSet::new();
    for (_, content) in files {
        let lines = content.lines().filter(|line| !line.starts_with('#'));
        for word in lines.flat_map(|line| line.split(|c: char| !(c.is_alphabetic() || "'-’.".contains(c))))
        {
            if word.chars().count() > 1 && word.contains(char::is_alphabetic) {
                words.insert(word.to_owned());
            }
        }
    }
    words.into_iter().collect()
}

/// Countries, people, organisations: what stands before the colon of an entry, and the other names under it.
fn names<'a>(files: impl Iterator<Item = (&'static str, &'a str)>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (_, content) in files.filter(|(name, _)| name.starts_with("actors/")) {
        for line in content.lines().filter(|line| !line.starts_with(['#', '['])) {
            let bare = line.split(" : ").next().unwrap_or_default().trim();
            let keys = ["also", "people", "capital", "seat", "place", "short", "not"];
            let list = keys
                .iter()
                .find_map(|key| bare.strip_prefix(key)?.strip_prefix(' '));
            let list = list.unwrap_or(bare).split([';', '=', '/']).map(str::trim);
            names.extend(
                list.filter(|name| !name.is_empty() && !name.starts_with("office "))
                    .map(str::to_owned),
            );
        }
    }
    names.into_iter().collect()
}

/// Endings that make another form of a word of the data, which are lemmas.
pub(crate) const ENDINGS: [&str; 8] = ["", "", "s", "ed", "d", "ing", "'s", "’s"];

/// What stands between words, sentences and paragraphs.
pub(crate) const BREAKS: [&str; 20] = [
    " ", "  ", "\n", "\n\n", "\r\n", "\t", ", ", ". ", "; ", ": ", "? ", "! ", " - ", " -- ", "—", "... ",
    "/", "-", " | ", " and ",
];

/// Characters that are easily cut, lost, folded or miscounted; lone marks; numbers at the ends of what a number can be.
pub(crate) const ODDITIES: [&str; 78] = [
    // White space and what only looks like it.
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{3000}",
    "\u{2009}",
    "\u{202f}",
    "\u{200b}",
    "\u{b}",
    "\u{c}",
    "\u{1c}",
    "\u{1f}",
    // Not seen, or changing what is seen.
    "\u{ad}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{200f}",
    "\u{202a}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{7f}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{e000}",
    "\u{10ffff}",
    // Marks that join the letter before.
    "\u{301}",
    "\u{308}",
    "\u{327}",
    "\u{fe0f}",
    "\u{20e3}",
    "\u{5b0}",
    "\u{93f}",
    // Letters that change their length with their case, or are two in one.
    "İ",
    "ı",
    "ß",
    "ẞ",
    "ǅ",
    "\u{212a}",
    "ŉ",
    "ﬁ",
    "Σς",
    "ΐ",
    "ǰ",
    // Numbers.
    "٣",
    "½",
    "²",
    "Ⅻ",
    "１２",
    "0",
    "99999999999999999999",
    "2,147,483,648",
    "-1",
    "1,,000",
    "1e9",
    // Pictures and other scripts.
    "🇺🇦",
    "🇷",
    "👩\u{200d}👩\u{200d}👧",
    "👍🏽",
    "中国",
    "الجيش",
    "ก็",
    // Lone marks.
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "(",
    "]",
    "``",
    "''",
    "{}",
    "#",
    "&nbsp;",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stock_is_filled_from_every_source() {
        let stock = &*STOCK;
        assert!(stock.sentences.len() > 500, "{} sentences", stock.sentences.len());
        let has = |list: &[String], wanted: &str| list.iter().any(|known| known == wanted);
        assert!(
            has(&stock.sentences, "A suicide bomber killed 59 people in Peshawar."),
            "golden"
        );
        assert!(
            stock
                .sentences
                .iter()
                .any(|line| line.starts_with("Brazil beat Germany")),
            "event-free"
        );
        assert!(!stock.sentences.iter().any(|line| line.starts_with("ASSAULT")));
        assert!(has(&stock.words, "attack") && has(&stock.words, "negotiation"));
        for name in ["Kim Jong Un", "Pyongyang", "coastguard"] {
            assert!(has(&stock.names, name), "{name}");
        }
    }
}
