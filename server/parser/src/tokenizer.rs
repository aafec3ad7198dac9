//! Text to tokens, as spaCy's English tokeniser splits it.
//!
//! Chunks between white space are looked up in a table of exceptions, stripped of prefixes and suffixes, and split at
//! infixes; a second pass looks for exceptions among the tokens that came out. spaCy's regular expressions are written
//! out as questions about single characters (see [`crate::chars`]), which makes every step constant or linear: the
//! whole takes time in proportion to the text, whatever the text.

mod affix;
mod special;
mod url;

use crate::chars::{CharClasses, Class};
use crate::doc::Piece;
use crate::hash::murmur64a;
use crate::ids::IdMap;
use crate::model::{Model, ModelError};
use affix::Affixes;
use special::SecondPass;

/// The tables of the tokeniser.
pub(crate) struct Tokenizer {
    rules: IdMap<Rule>,
    longest_rule: usize,
    affixes: Affixes,
    second_pass: SecondPass,
}

/// A token with the normal form that an exception gives it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawToken<'p> {
    pub(crate) piece: Piece,
    pub(crate) norm: Option<&'p str>,
}

impl RawToken<'_> {
    /// The token's text, cut from the text that it was found in.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.piece.start..self.piece.end]
    }
}

/// An exception: the tokens of one chunk.
struct Rule {
    parts: Vec<Part>,
}

struct Part {
    length: usize,
    norm: Option<Box<str>>,
}

impl Tokenizer {
    pub(crate) fn load(model: &Model<'_>) -> Result<Tokenizer, ModelError> {
        let mut section = model.reader("rules")?;
        let mut tokenizer = Tokenizer {
            rules: IdMap::default(),
            longest_rule: 0,
            affixes: Affixes::load(model)?,
            second_pass: SecondPass::default(),
        };
        for _ in 0..section.u32()? {
            let text = section.text()?;
            let mut parts = Vec::new();
            for _ in 0..section.u8()? {
                let (part, norm) = (section.text()?, section.text()?);
                parts.push(Part {
                    length: part.len(),
                    norm: (!norm.is_empty()).then(|| norm.into()),
                });
            }
            if parts.iter().map(|part| part.length).sum::<usize>() != text.len() {
                return Err(section.error(format!("the tokens of {text:?} do not add up to it")));
            }
            tokenizer.second_pass.add(&section.texts()?);
            tokenizer.longest_rule = tokenizer.longest_rule.max(text.len());
            tokenizer
                .rules
                .insert(murmur64a(text.as_bytes(), 1), Rule { parts });
        }
        Ok(tokenizer)
    }

    /// The tokens of `text`, in order. With a space after those marked so, they cover the text exactly.
    pub(crate) fn tokenize<'p>(&'p self, text: &str, chars: &CharClasses) -> Vec<RawToken<'p>> {
        let mut out = Vec::with_capacity(text.len() / 5 + 1);
        let mut start = 0;
        let mut in_space = chars.has(text.chars().next(), Class::SPACE);
        for (at, c) in text.char_indices() {
            if chars.is(c, Class::SPACE) == in_space {
                continue;
            }
            in_space = !in_space;
            if start < at {
                self.split_chunk(text, start, at, chars, &mut out);
            }
            start = at;
            if c == ' '
                && let Some(last) = out.last_mut()
            {
                last.piece.space_after = true;
                start += 1;
            }
        }
        if start < text.len() {
            self.split_chunk(text, start, text.len(), chars, &mut out);
        }
        self.second_pass
            .apply(text, &mut out, |span, base, out| self.push_rule(span, base, out));
        out
    }

    /// Splits the chunk `text[start..end]`, which is all white space or holds none.
    fn split_chunk<'p>(
        &'p self,
        text: &str,
        start: usize,
        end: usize,
        chars: &CharClasses,
        out: &mut Vec<RawToken<'p>>,
    ) {
        let chunk = &text[start..end];
        if self.push_rule(chunk, start, out) {
            return;
        }
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            out.push(token(start, end));
            return;
        }
        let (mut from, mut to) = (start, end);
        let mut suffixes = Vec::new();
        while from < to && self.rule(&text[from..to]).is_none() {
            let prefix = self.affixes.prefix(&text[from..to], chars);
            if prefix > 0 {
                out.push(token(from, from + prefix));
                from += prefix;
                if self.rule(&text[from..to]).is_some() {
                    break;
                }
            }
            let suffix = self.affixes.suffix(&text[from..to], chars);
            if suffix > 0 {
                suffixes.push(token(to - suffix, to));
                // An exception before the suffix would take back a prefix that was split off in the same round.
                if prefix > 0 && self.rule(&text[from - prefix..to - suffix]).is_some() {
                    out.pop();
                    from -= prefix;
                }
                to -= suffix;
            }
            if prefix + suffix == 0 {
                break;
            }
        }
        if from < to && !self.push_rule(&text[from..to], from, out) {
            self.split_infixes(&text[from..to], from, chars, out);
        }
        out.extend(suffixes.into_iter().rev());
    }

    /// Splits what has no affixes left; it starts at byte `base` of the text.
    fn split_infixes<'p>(
        &'p self,
        chunk: &str,
        base: usize,
        chars: &CharClasses,
        out: &mut Vec<RawToken<'p>>,
    ) {
        if url::is_url(chunk, chars) {
            out.push(token(base, base + chunk.len()));
            return;
        }
        let mut done = 0;
        for (from, to) in self.affixes.infixes(chunk, chars) {
            // One at the very start stays with what follows.
            if from == 0 {
                continue;
            }
            if done < from {
                out.push(token(base + done, base + from));
            }
            out.push(token(base + from, base + to));
            done = to;
        }
        if done < chunk.len() {
            out.push(token(base + done, base + chunk.len()));
        }
    }

    /// Appends the tokens of the exception `chunk`, which starts at byte `base`; false if it is none.
    fn push_rule<'p>(&'p self, chunk: &str, base: usize, out: &mut Vec<RawToken<'p>>) -> bool {
        let Some(rule) = self.rule(chunk) else {
            return false;
        };
        let mut start = base;
        for part in &rule.parts {
            let mut token = token(start, start + part.length);
            token.norm = part.norm.as_deref();
            out.push(token);
            start += part.length;
        }
        true
    }

    fn rule(&self, chunk: &str) -> Option<&Rule> {
        let possible = !chunk.is_empty() && chunk.len() <= self.longest_rule;
        possible
            .then(|| self.rules.get(&murmur64a(chunk.as_bytes(), 1)))
            .flatten()
    }
}

fn token<'p>(start: usize, end: usize) -> RawToken<'p> {
    RawToken {
        piece: Piece {
            start,
            end,
            space_after: false,
        },
        norm: None,
    }
}
