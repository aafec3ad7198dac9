//! The analysis of several texts at once: the networks work on all their words together.
//!
//! A product of matrices reads its weights once for all rows; a single sentence has too few rows to be worth reading
//! megabytes of weights for. What belongs to a text alone, its tree, entities and lemmas, is found text by text.

use std::ops::Range;

use crate::doc::{Doc, Entity, Piece, Token};
use crate::features::Features;
use crate::label::Tag;
use crate::lexicon::push_lower;
use crate::memo::{Known, WordForm};
use crate::parser::Parser;
use crate::ruler::Facts;
use crate::tok2vec::{Fresh, Scratch, WIDTH, Word};
use crate::tokenizer::RawToken;
use crate::transition::Contributions;
use crate::tree::{Tree, sentences};

/// Tokens after which a batch is full: enough for the weights to be read often from the cache, few enough for the
/// intermediate results to stay there.
pub(crate) const FULL: usize = 256;

/// A text, or what is analysed at once of a long one.
pub(crate) struct Part<'t> {
    /// Which document it belongs to.
    pub(crate) doc: usize,
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [RawToken<'t>],
}

/// Memory that calls reuse.
#[derive(Default)]
pub(crate) struct Buffers {
    scratch: Scratch,
    contributions: Contributions,
    /// The words in lower case, one after the other, and where each ends.
    lower: String,
    lower_ends: Vec<usize>,
    space: Vec<bool>,
    shape: String,
    /// What the two networks are given to see of words that are not kept, and what they know of them.
    features: Vec<Features>,
    fresh: [Fresh; 2],
    /// The vectors in context that the two networks give.
    vectors: [Vec<[f32; WIDTH]>; 2],
    scores: Vec<f32>,
    tags: Vec<Tag>,
}

impl Buffers {
    fn lower(&self, token: usize) -> &str {
        let start = token.checked_sub(1).map_or(0, |before| self.lower_ends[before]);
        &self.lower[start..self.lower_ends[token]]
    }
}

#[cfg(test)]
impl Buffers {
    /// The bits of all vectors of the last batch, network by network.
    pub(crate) fn vector_bits(&self) -> Vec<[u32; WIDTH]> {
        let vectors = self.vectors.iter().flatten();
        vectors.map(|vector| vector.map(f32::to_bits)).collect()
    }
}

impl Parser {
    /// Appends the analyses of `parts` to their documents.
    pub(crate) fn analyse(&self, parts: &[Part<'_>], docs: &mut [Doc], buffers: &mut Buffers) {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(parts.len());
        for part in parts {
            let start = ranges.last().map_or(0, |range| range.end);
            ranges.push(start..start + part.tokens.len());
        }
        self.look_at_words(parts, buffers);
        self.encode(parts, &ranges, buffers);

        let Buffers {
            vectors: [shared, _],
            scores,
            tags,
            contributions,
            ..
        } = buffers;
        self.tagger.tag(shared, scores, tags);
        self.arcs.prepare(shared, contributions);
        let trees: Vec<Tree> = ranges
            .iter()
            .map(|range| {
                self.arcs
                    .parse(contributions, range.start, &buffers.space[range.clone()])
            })
            .collect();
        self.ner.prepare(&buffers.vectors[1], contributions);
        for ((part, range), tree) in parts.iter().zip(&ranges).zip(&trees) {
            let doc = &mut docs[part.doc];
            let starts = tree.starts();
            let space = &buffers.space[range.clone()];
            let entities = self.ner.find(&buffers.contributions, range.start, space, &starts);
            let base = doc.tokens.len();
            doc.sentences.extend(
                sentences(&starts)
                    .into_iter()
                    .map(|range| range.start + base..range.end + base),
            );
            doc.entities
                .extend(entities.into_iter().map(|Entity { start, end, label }| Entity {
                    start: start + base,
                    end: end + base,
                    label,
                }));
            self.finish(part, range, tree, buffers, doc);
        }
    }

    /// Finds the lower-case forms and what is white space.
    fn look_at_words(&self, parts: &[Part<'_>], buffers: &mut Buffers) {
        buffers.lower.clear();
        buffers.lower_ends.clear();
        buffers.space.clear();
        for part in parts {
            for token in part.tokens {
                let word = token.text(part.text);
                push_lower(word, &mut buffers.lower);
                buffers.lower_ends.push(buffers.lower.len());
                buffers.space.push(self.chars.is_space(word));
            }
        }
    }

    /// Runs both word networks.
    fn encode(&self, parts: &[Part<'_>], ranges: &[Range<usize>], buffers: &mut Buffers) {
        let memory = self.memo.generation();
        let words = || {
            parts
                .iter()
                .flat_map(|part| part.tokens.iter().map(|token| (token, token.text(part.text))))
        };
        buffers.features.clear();
        let mut kept: Vec<Option<&Known>> = Vec::with_capacity(buffers.space.len());
        for (i, (token, word)) in words().enumerate() {
            let known = memory.find(form(token, word));
            if known.is_none() {
                let mut shape = std::mem::take(&mut buffers.shape);
                let features = Features::of(
                    token,
                    word,
                    buffers.lower(i),
                    &self.lexicon,
                    &self.chars,
                    &mut shape,
                );
                buffers.shape = shape;
                buffers.features.push(features);
            }
            kept.push(known);
        }
        let networks = [&self.tok2vec, &self.ner.tok2vec];
        for (n, network) in networks.into_iter().enumerate() {
            network.know(&buffers.features, &mut buffers.fresh[n]);
            let mut fresh = buffers.fresh[n].words();
            let known: Vec<Word<'_>> = kept
                .iter()
                .filter_map(|kept| kept.map(|known| known[n].word()).or_else(|| fresh.next()))
                .collect();
            network.encode(&known, ranges, &mut buffers.scratch, &mut buffers.vectors[n]);
        }
        let [shared, ner] = &buffers.fresh;
        let fresh = words().zip(&kept).filter(|(_, kept)| kept.is_none());
        for (((token, word), _), (shared, ner)) in fresh.zip(shared.words().zip(ner.words())) {
            memory.offer(form(token, word), || [shared.to_vectors(), ner.to_vectors()]);
        }
    }

    /// Appends the tokens of `part`, which are `range` in the batch.
    fn finish(&self, part: &Part<'_>, range: &Range<usize>, tree: &Tree, buffers: &Buffers, doc: &mut Doc) {
        let base = doc.tokens.len();
        let facts: Vec<Facts<'_>> = (0..part.tokens.len())
            .map(|i| Facts {
                tag: buffers.tags[range.start + i],
                dep: tree.deps[i],
                space: buffers.space[range.start + i],
                lower: buffers.lower(range.start + i),
            })
            .collect();
        for (i, token) in part.tokens.iter().enumerate() {
            let verdict = self.ruler.judge(&facts, i);
            let lemma = match verdict.lemma {
                Some(lemma) => lemma.into(),
                None => {
                    let (word, lower) = (token.text(part.text), facts[i].lower);
                    self.lemmatizer
                        .lemma(word, lower, verdict.pos, verdict.is_base_form, &self.chars)
                        .into()
                }
            };
            let Piece {
                start,
                end,
                space_after,
            } = token.piece;
            doc.tokens.push(Token {
                start,
                end,
                tag: verdict.tag,
                pos: verdict.pos,
                dep: verdict.dep,
                head: base + tree.heads[i],
                lemma,
                space_after,
            });
        }
    }
}

fn form<'t>(token: &RawToken<'t>, word: &'t str) -> WordForm<'t> {
    WordForm {
        text: word,
        norm: token.norm,
        space_after: token.piece.space_after,
    }
}
