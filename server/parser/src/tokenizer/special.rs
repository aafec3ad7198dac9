//! The second pass: exceptions that only show among the tokens that the affixes left.
//!
//! `(d.)` for instance comes out as `(`, `d`, `.`, `)`; the exception `d.` then joins the two in the middle again.

use super::RawToken;
use crate::hash::murmur64a;
use crate::ids::IdMap;

/// The sequences of tokens that exceptions are split into when no exception is known, by their first token.
#[derive(Default)]
pub(super) struct SecondPass {
    sequences: IdMap<Vec<Box<[Box<str>]>>>,
}

/// Tokens that read like an exception.
#[derive(Clone, Copy)]
struct Match {
    start: usize,
    end: usize,
}

impl SecondPass {
    /// Adds a sequence to look for; an empty one is not looked for.
    pub(super) fn add(&mut self, sequence: &[&str]) {
        if let Some(first) = sequence.first() {
            let id = murmur64a(first.as_bytes(), 1);
            self.sequences
                .entry(id)
                .or_default()
                .push(sequence.iter().map(|&word| word.into()).collect());
        }
    }

    /// Replaces every match whose text is an exception by what `replace` appends for it: given the text, its first
    /// byte and the tokens so far, it says whether it appended.
    pub(super) fn apply<'p>(
        &self,
        text: &str,
        tokens: &mut Vec<RawToken<'p>>,
        replace: impl Fn(&str, usize, &mut Vec<RawToken<'p>>) -> bool,
    ) {
        let matches = self.matches(text, tokens);
        if matches.is_empty() {
            return;
        }
        let mut out = Vec::with_capacity(tokens.len() + matches.len());
        let mut done = 0;
        for Match { start, end } in choose(matches, tokens.len()) {
            out.extend_from_slice(&tokens[done..start]);
            let (first, last) = (tokens[start].piece, tokens[end - 1].piece);
            if replace(&text[first.start..last.end], first.start, &mut out) {
                if let Some(token) = out.last_mut() {
                    token.piece.space_after = last.space_after;
                }
            } else {
                out.extend_from_slice(&tokens[start..end]);
            }
            done = end;
        }
        out.extend_from_slice(&tokens[done..]);
        *tokens = out;
    }

    fn matches(&self, text: &str, tokens: &[RawToken<'_>]) -> Vec<Match> {
        let word = |i: usize| {
            tokens
                .get(i)
                .map(|token| &text[token.piece.start..token.piece.end])
        };
        let mut matches = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let first = &text.as_bytes()[token.piece.start..token.piece.end];
            for sequence in self.sequences.get(&murmur64a(first, 1)).into_iter().flatten() {
                let fits = sequence
                    .iter()
                    .enumerate()
                    .all(|(i, wanted)| word(start + i) == Some(&**wanted));
                if fits {
                    matches.push(Match {
                        start,
                        end: start + sequence.len(),
                    });
                }
            }
        }
        matches
    }
}

/// The matches to apply, in order: longer ones first, then earlier ones, none that starts or ends inside a match that
/// was looked at before, applied or not. That is spaCy's rule.
fn choose(mut matches: Vec<Match>, tokens: usize) -> Vec<Match> {
    matches.sort_by_key(|found| (std::cmp::Reverse(found.end - found.start), found.start));
    let mut seen = vec![false; tokens];
    matches.retain(|found| {
        let free = !seen[found.start] && !seen[found.end - 1];
        seen[found.start..found.end].fill(true);
        free
    });
    matches.sort_by_key(|found| found.start);
    matches
}
