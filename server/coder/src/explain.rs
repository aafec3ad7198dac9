//! How a sentence was coded, step by step, for who reads the result and edits the data. Only built when asked for.

mod clauses;
mod events;
mod patterns;

use crate::clause::Clauses;
use crate::coding::CodedEvent;
use crate::draft::Draft;
use crate::lexicon::{Data, Lexicon, Place};
use crate::roles::Roles;
use crate::trace::{Abstention, Step, StepKind};
use crate::tree::Tree;
use std::ops::Range;

/// Where steps are noted on the way, while what they tell of is known.
pub(crate) struct Notes<'n> {
    pub(crate) steps: &'n mut Vec<Step>,
    /// The data files, to name their lines.
    pub(crate) sources: &'n Lexicon,
}

/// What is known of a sentence once it is coded.
pub(crate) struct Told<'s> {
    pub(crate) tokens: Range<usize>,
    pub(crate) clauses: &'s Clauses,
    pub(crate) drafts: &'s [Draft],
    /// The events of the drafts that were not dropped, in their order.
    pub(crate) events: &'s [CodedEvent],
    pub(crate) abstention: Option<Abstention>,
    /// What was noted on the way, such as topics.
    pub(crate) notes: Vec<Step>,
}

/// Characters of a list of words that is shown as it is.
const LONG_LIST: usize = 30;

/// The steps of one sentence: tree, clauses, patterns, parties, what became of each event, the reason if there is none.
pub(crate) fn sentence(mut told: Told<'_>, roles: &mut Roles<'_, '_>) -> Vec<Step> {
    let tree = roles.tree;
    let mut steps = Vec::new();
    let notes = std::mem::take(&mut told.notes);
    let told = &told;
    clauses::tree(tree, told.tokens.clone(), &mut steps);
    clauses::clauses(tree, told.clauses, &mut steps);
    patterns::patterns(told, roles, &mut steps);
    let mut why = std::mem::take(&mut roles.why);
    why.dedup();
    steps.extend(why.into_iter().map(|text| step(StepKind::Party, text)));
    steps.extend(notes);
    events::events(told, tree, roles.data, &mut steps);
    steps.extend(told.abstention.map(Step::from));
    steps
}

/// Why a block that is no paragraph gives no event, and which line of the data says so.
pub(crate) fn block(text: &str, reason: Abstention, data: &Data) -> Vec<Step> {
    let line = data
        .boilerplate
        .line(text)
        .filter(|_| reason == Abstention::Boilerplate);
    let fits = line.map(|line| {
        let place = data.sources.place("boilerplate.txt", line);
        step(StepKind::Pattern, self::line(&place, ""))
    });
    fits.into_iter().chain([Step::from(reason)]).collect()
}

fn step(kind: StepKind, text: impl Into<String>) -> Step {
    Step {
        kind,
        text: text.into(),
    }
}

/// "verbs.txt:12:8": where `word` stands in a line of the data, or where the line starts.
fn at(place: &Place, word: &str) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_');
    let whole = |at: &usize| {
        let (before, after) = (&place.text[..*at], &place.text[*at + word.len()..]);
        edge(before.chars().next_back()) && edge(after.chars().next())
    };
    let found = place
        .text
        .match_indices(word)
        .map(|(at, _)| at)
        .find(whole)
        .filter(|_| !word.is_empty());
    let column = place.text[..found.unwrap_or(0)].chars().count() + 1;
    format!("{}:{}:{column}", place.file, place.line)
}

/// A line of the data with `word` instead of a long list of words like it, and where it stands.
fn line(place: &Place, word: &str) -> String {
    let list = place.text.split_whitespace().next().unwrap_or_default();
    let shown = match place.text.strip_prefix(list) {
        Some(rest) if list.len() > LONG_LIST => format!("{word}|...{rest}"),
        _ => place.text.clone(),
    };
    format!("{shown}  {}", at(place, word))
}

/// The words of a noun phrase from its first modifier to its head.
fn phrase(tree: Tree<'_>, head: usize) -> String {
    let mut first = head;
    // A damaged tree must not hang; no phrase has so many words.
    for _ in 0..20 {
        match tree.children(first).next().filter(|child| *child < first) {
            Some(child) => first = child,
            None => break,
        }
    }
    let tokens = &tree.doc.tokens;
    let words = tree.text.get(tokens[first].start..tokens[head].end);
    words
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_stands_alone() {
        let place = Place {
            file: "verbs.txt".to_owned(),
            line: 7,
            text: "meeting|un-meet|meet obj:@".to_owned(),
        };
        assert_eq!(at(&place, "meet"), "verbs.txt:7:17");
        assert_eq!(at(&place, "go"), "verbs.txt:7:1");
        assert_eq!(at(&place, ""), "verbs.txt:7:1");
        assert_eq!(line(&place, "meet"), "meeting|un-meet|meet obj:@  verbs.txt:7:17");
        let long = Place {
            text: "a-word|another-word|one-more-word|meet obj:@".to_owned(),
            ..place
        };
        assert_eq!(line(&long, "meet"), "meet|... obj:@  verbs.txt:7:35");
    }
}
