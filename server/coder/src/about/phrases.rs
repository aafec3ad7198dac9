//! The phrases of `topics.txt` as a tree of words, and their search in a text.
//!
//! A word of a phrase matches a word of the text as printed (lower case) or by its base form, so that "talk" finds "talks" and
//! "talking" and "talks" only itself. `sentence/noun` and `sentence/verb` match the base form of that kind of word; `"WHO"` matches
//! as printed, capitals included. Hyphens and the possessive "'s" are no words: a hyphen in a phrase finds the words
//! apart, joined by a hyphen, and written as one.

use super::Vote;
use std::collections::HashMap;

/// A word that no phrase has.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The names under which a word of a text is looked up.
pub(super) type Names = [u32; 4];

/// All phrases.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    words: HashMap<Box<str>, u32>,
    /// From a node of the tree by a word to the next; node 0 is the root.
    edges: HashMap<(u32, u32), u32>,
    /// By node: `None` where no phrase ends. No vote at all is a phrase of `none`, which hides shorter ones.
    ends: Vec<Option<Vec<Vote>>>,
}

/// A phrase in a text: words `start..end` of the words that were searched, and the node it ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) node: u32,
}

impl Phrases {
    /// Adds a phrase; the line in which it stood before if the topic has it already.
    pub(super) fn add(&mut self, phrase: &str, vote: Option<Vote>) -> Option<u32> {
        let mut first = true;
        for words in spellings(phrase) {
            let mut node = 0;
            for word in words {
                let known = u32::try_from(self.words.len()).unwrap_or(UNKNOWN);
                let word = *self.words.entry(word.into()).or_insert(known);
                if self.ends.is_empty() {
                    self.ends.push(None);
                }
                let fresh = u32::try_from(self.ends.len()).unwrap_or(UNKNOWN);
                node = *self.edges.entry((node, word)).or_insert(fresh);
                if node == fresh {
                    self.ends.push(None);
                }
            }
            let Some(end) = self.ends.get_mut(node as usize).filter(|_| node != 0) else {
                continue;
            };
            let votes = end.get_or_insert_default();
            if let Some(vote) = vote {
                match votes.iter().find(|before| before.topic == vote.topic) {
                    // Only the spelling as written is a mistake; another one may meet by chance.
                    Some(before) if first => return Some(before.line),
                    Some(_) => {}
                    None => votes.push(vote),
                }
            }
            first = false;
        }
        None
    }

    /// What a phrase says.
    pub(super) fn votes(&self, node: u32) -> &[Vote] {
        self.ends
            .get(node as usize)
            .and_then(Option::as_deref)
            .unwrap_or_default()
    }

    /// The number of a word, as it was written in a phrase.
    pub(super) fn word(&self, word: &str) -> u32 {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The phrases in a text, in its order; one that lies within a longer one is not among them.
    pub(super) fn find(&self, text: &[Names]) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        let mut reached = 0;
        for start in 0..text.len() {
            let from = found.len();
            self.walk(text, start, start, 0, &mut found);
            let longest = found[from..].iter().map(|m| m.end).max().unwrap_or(0);
            let inside = longest <= reached;
            let mut at = from;
            while at < found.len() {
                let double = found[from..at].iter().any(|m| m.node == found[at].node);
                if inside || found[at].end < longest || double {
                    found.remove(at);
                } else {
                    at += 1;
                }
            }
            reached = reached.max(longest);
        }
        found
    }

    fn walk(&self, text: &[Names], start: usize, at: usize, node: u32, found: &mut Vec<Match>) {
        let Some(names) = text.get(at) else { return };
        for (n, &name) in names.iter().enumerate() {
            if name == UNKNOWN || names[..n].contains(&name) {
                continue;
            }
            let Some(&next) = self.edges.get(&(node, name)) else {
                continue;
            };
            if self.ends.get(next as usize).is_some_and(Option::is_some) {
                found.push(Match {
                    start,
                    end: at + 1,
                    node: next,
                });
            }
            self.walk(text, start, at + 1, next, found);
        }
    }
}

/// The words of a phrase, and those of its other spelling if it has a hyphen.
fn spellings(phrase: &str) -> Vec<Vec<String>> {
    let mut apart: Vec<String> = Vec::new();
    let mut joined: Vec<String> = Vec::new();
    for word in phrase.split_whitespace() {
        let exact = word.len() > 2 && word.starts_with('"') && word.ends_with('"');
        if exact {
            let word = word.trim_matches('"').to_owned();
            apart.push(word.clone());
            joined.push(word);
            continue;
        }
        let word = word.to_lowercase().replace('’', "'");
        let word = word.trim_end_matches("'s").trim_end_matches('\'');
        let parts = word.split('-').filter(|part| !part.is_empty());
        apart.extend(parts.map(str::to_owned));
        joined.push(word.replace('-', ""));
    }
    if apart == joined {
        vec![apart]
    } else {
        vec![apart, joined]
    }
}

#[cfg(test)]
mod tests {
    use super::super::Strength;
    use super::*;
    use crate::Topic;

    fn phrases(entries: &[(&str, Option<Topic>)]) -> Phrases {
        let mut phrases = Phrases::default();
        for (line, (phrase, topic)) in (1..).zip(entries) {
            let vote = topic.map(|topic| Vote {
                topic,
                strength: Strength::Sure,
                line,
            });
            assert_eq!(phrases.add(phrase, vote), None);
        }
        phrases
    }

    fn found(phrases: &Phrases, text: &str) -> Vec<(String, Vec<Topic>)> {
        let words: Vec<&str> = text.split(' ').collect();
        let names: Vec<Names> = words
            .iter()
            .map(|word| {
                let lower = word.to_lowercase();
                let base = lower.trim_end_matches('s');
                [
                    phrases.word(&lower),
                    phrases.word(base),
                    phrases.word(word),
                    UNKNOWN,
                ]
            })
            .collect();
        let told = |m: Match| {
            let topics = phrases.votes(m.node).iter().map(|vote| vote.topic).collect();
            (words[m.start..m.end].join(" "), topics)
        };
        phrases.find(&names).into_iter().map(told).collect()
    }

    #[test]
    fn the_longest_phrase_wins_and_none_hides() {
        let phrases = phrases(&[
            ("weapon", Some(Topic::Military)),
            ("nuclear weapon", Some(Topic::Cbrn)),
            ("army", Some(Topic::Military)),
            ("salvation army", None),
        ]);
        let text = "the army has nuclear weapons and the salvation army weapons";
        let expected = [
            ("army".to_owned(), vec![Topic::Military]),
            ("nuclear weapons".to_owned(), vec![Topic::Cbrn]),
            ("salvation army".to_owned(), vec![]),
            ("weapons".to_owned(), vec![Topic::Military]),
        ];
        assert_eq!(found(&phrases, text), expected);
    }

    #[test]
    fn a_hyphen_is_optional_and_quotes_are_exact() {
        let phrases = phrases(&[
            ("cease-fire", Some(Topic::Military)),
            ("\"WHO\"", Some(Topic::Health)),
            ("women's rights", Some(Topic::Gender)),
        ]);
        let hits = |text: &str| found(&phrases, text).len();
        assert_eq!(hits("a cease fire and a ceasefire"), 2);
        assert_eq!(hits("who said that WHO did"), 1);
        assert_eq!(hits("women rights"), 1);
        assert_eq!(hits("fire cease"), 0);
    }
}
