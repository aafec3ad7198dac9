//! Entries that can never count, because one that is read before them says the same.

use crate::LoadError;
use crate::lexicon::Lexicon;
use crate::table::{self, Field, Line};
use crate::words::{Classes, WordSet};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// One warning for each such entry; of files without mistakes.
pub(super) fn all(lexicon: &Lexicon) -> Vec<LoadError> {
    let mut found = Vec::new();
    let classes =
        Classes::load("classes.txt", lexicon.get("classes.txt").unwrap_or_default()).unwrap_or_default();
    verbs(lexicon, &classes, &mut found);
    words(lexicon, "nouns.txt", nouns_of, &mut found);
    words(lexicon, "operators.txt", operators_of, &mut found);
    found
}

/// A pattern as far as it decides which pattern wins.
struct Pattern<'a> {
    line: u32,
    wants: Vec<(BTreeSet<&'a str>, Value<'a>)>,
    /// Options that may be conditions.
    options: BTreeSet<&'a str>,
}

enum Value<'a> {
    /// `@`, `*`, `-`
    Sign(&'a str),
    Words(Arc<WordSet>),
    NotWords(Arc<WordSet>),
}

impl Pattern<'_> {
    /// Whether this pattern holds wherever the other does, and asks for as much.
    fn covers(&self, other: &Pattern<'_>) -> bool {
        let covered = |(place, value): &(BTreeSet<&str>, Value<'_>)| {
            let fits = |(other_place, other_value): &(BTreeSet<&str>, Value<'_>)| {
                place.is_superset(other_place) && value.covers(other_value)
            };
            other.wants.iter().any(fits)
        };
        self.wants.len() == other.wants.len()
            && self.wants.iter().all(covered)
            && self.options.is_subset(&other.options)
    }
}

impl Value<'_> {
    fn covers(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Value::Sign(own), Value::Sign(other)) => own == other,
            (Value::Words(own), Value::Words(other)) => own.covers(other),
            (Value::NotWords(own), Value::NotWords(other)) => other.covers(own),
            _ => false,
        }
    }
}

fn verbs(lexicon: &Lexicon, classes: &Classes, found: &mut Vec<LoadError>) {
    let content = lexicon.get("verbs.txt").unwrap_or_default();
    let mut known: HashMap<&str, Vec<Arc<Pattern<'_>>>> = HashMap::new();
    for line in table::lines("verbs.txt", content) {
        let Some((verbs, pattern)) = pattern(line, classes) else {
            continue;
        };
        let pattern = Arc::new(pattern);
        for verb in verbs.split(|c| c == '|') {
            let before = known.entry(verb.text).or_default();
            if let Some(winner) = before.iter().find(|winner| winner.covers(&pattern)) {
                found.push(never(lexicon, verb, winner.line, "asks for the same"));
            }
            before.push(pattern.clone());
        }
    }
}

fn pattern<'a>(line: Line<'a>, classes: &Classes) -> Option<(Field<'a>, Pattern<'a>)> {
    let (left, _) = line.halves("->", "").ok()?;
    let mut fields = left.split_whitespace();
    let verbs = fields.next()?;
    let mut pattern = Pattern {
        line: line.number(),
        wants: Vec::new(),
        options: BTreeSet::new(),
    };
    for field in fields {
        if field.text.starts_with("rec=") || field.text.starts_with("act=") {
            continue;
        }
        match field.split_once(':') {
            Some((place, value)) => {
                let places = place.split(|c| c == '|').map(|place| place.text).collect();
                let value = match (value.text, value.strip_prefix("!")) {
                    ("@" | "*" | "-", _) => Value::Sign(value.text),
                    (_, Some(words)) => Value::NotWords(classes.set(words).ok()?),
                    (_, None) => Value::Words(classes.set(value).ok()?),
                };
                pattern.wants.push((places, value));
            }
            // These say what comes of a match.
            None if matches!(field.text, "mutual" | "absorbs" | "weak") => {}
            None => drop(pattern.options.insert(field.text)),
        }
    }
    Some((verbs, pattern))
}

/// Warns of words of a file that stand in it before.
fn words(
    lexicon: &Lexicon,
    name: &'static str,
    of: impl for<'a> Fn(Field<'a>) -> Vec<(&'static str, Field<'a>)>,
    found: &mut Vec<LoadError>,
) {
    let content = lexicon.get(name).unwrap_or_default();
    let mut known: HashMap<(&str, &str), u32> = HashMap::new();
    for line in table::lines(name, content) {
        let Ok((left, _)) = line.halves("->", "") else {
            continue;
        };
        for (kind, word) in of(left) {
            match known.get(&(kind, word.text)) {
                Some(&winner) => found.push(never(lexicon, word, winner, "has it")),
                None => drop(known.insert((kind, word.text), line.number())),
            }
        }
    }
}

fn nouns_of(left: Field<'_>) -> Vec<(&'static str, Field<'_>)> {
    let mut fields = left.split_whitespace();
    let nouns = fields.next();
    // A noun with conditions may stand beside the same noun with others.
    if fields.any(|field| field.text.contains(':')) {
        return vec![];
    }
    nouns
        .into_iter()
        .flat_map(|nouns| nouns.split(|c| c == '|'))
        .map(|noun| ("noun", noun))
        .collect()
}

fn operators_of(left: Field<'_>) -> Vec<(&'static str, Field<'_>)> {
    let mut all = Vec::new();
    for field in left.split_whitespace() {
        let (kind, words) = match (field.strip_prefix("adj:"), field.strip_prefix("noun:")) {
            (Some(words), _) => ("adj", words),
            (_, Some(words)) => ("noun", words),
            _ => ("verb", field),
        };
        all.extend(words.split(|c| c == '|').map(|word| (kind, word)));
    }
    all
}

fn never(lexicon: &Lexicon, word: Field<'_>, winner: u32, why: &str) -> LoadError {
    let error = word.error("");
    let winner = lexicon.place(&error.file, winner);
    let message = format!(
        "\"{}\" never counts here: {}:{} {why} and comes first; remove one of them",
        word.text, winner.file, winner.line
    );
    lexicon.locate(LoadError { message, ..error })
}
