//! What the rest of the article is about: the topics that its other sentences and its headline name.

use super::phrases::{Names, UNKNOWN};
use super::{Strength, Topics};
use crate::Topic;
use crate::document::{Block, Kind};
use std::ops::Range;

/// How much a naming in the headline counts; one in the text counts 1.
const HEADLINE: u32 = 2;
/// From this count on a topic is one of the article's.
const ENOUGH: u32 = 2;

/// Where an article names topics for sure.
#[derive(Debug, Default)]
pub(crate) struct Theme(Vec<(usize, Topic, u32)>);

impl Theme {
    /// Reads an article's text without parsing it: the words of a phrase match as printed, or without a plural's "s".
    pub(crate) fn read(topics: &Topics, text: &str, blocks: &[Block]) -> Self {
        let mut theme = Theme::default();
        let mut names: Vec<Names> = Vec::new();
        let mut starts: Vec<usize> = Vec::new();
        let mut folded = String::new();
        for block in blocks {
            let weight = match block.kind {
                Kind::Headline => HEADLINE,
                Kind::Heading | Kind::Paragraph => 1,
                Kind::Boilerplate | Kind::Date => continue,
            };
            names.clear();
            starts.clear();
            let body = text.get(block.range.clone()).unwrap_or_default();
            for word in words(body) {
                let printed = body.get(word.clone()).unwrap_or_default();
                if matches!(printed, "s" | "S") {
                    continue;
                }
                names.push(topics.names(printed, &mut folded));
                starts.push(block.range.start + word.start);
            }
            for found in topics.phrases.find(&names) {
                for vote in topics.phrases.votes(found.node) {
                    if vote.strength == Strength::Sure {
                        theme.0.push((starts[found.start], vote.topic, weight));
                    }
                }
            }
        }
        theme
    }

    /// Whether the article outside a sentence is about a topic.
    pub(crate) fn supports(&self, topic: Topic, sentence: &Range<usize>) -> bool {
        let elsewhere = |(at, named, _): &&(usize, Topic, u32)| *named == topic && !sentence.contains(at);
        let count: u32 = self.0.iter().filter(elsewhere).map(|(_, _, weight)| weight).sum();
        count >= ENOUGH
    }
}

impl Topics {
    /// A word's names without a parser's help.
    fn names(&self, printed: &str, folded: &mut String) -> Names {
        fold(printed, folded);
        let lower = self.phrases.word(folded);
        let exact = if folded == printed {
            UNKNOWN
        } else {
            self.phrases.word(printed)
        };
        let mut singular = UNKNOWN;
        if folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("ss") {
            folded.pop();
            singular = self.phrases.word(folded);
            if singular == UNKNOWN && folded.ends_with("ie") {
                folded.truncate(folded.len() - 2);
                folded.push('y');
                singular = self.phrases.word(folded);
            }
        }
        [lower, singular, exact, UNKNOWN]
    }
}

/// Lower case without hyphens, into a buffer that is used again and again.
pub(super) fn fold(word: &str, into: &mut String) {
    into.clear();
    for c in word.chars().filter(|c| *c != '-') {
        into.extend(c.to_lowercase());
    }
}

/// The words of a text as byte ranges.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let inside = |c: char| c.is_alphanumeric() || c == '.';
        let length = text[start..].find(|c| !inside(c)).unwrap_or(text.len() - start);
        at = start + length;
        let word = text[start..at].trim_end_matches('.');
        Some(start..start + word.len())
    })
}
