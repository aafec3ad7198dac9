//! The pipeline: text to tokens, vectors, tags, tree, attributes, lemmas and entities.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::arc::ArcParser;
use crate::chars::CharClasses;
use crate::doc::{Doc, Entity, Piece, Token};
use crate::features::{FEATURES, Features};
use crate::lemma::Lemmatizer;
use crate::lexicon::{Lexicon, lower};
use crate::model::{Model, ModelError};
use crate::ner::EntityRecognizer;
use crate::ruler::{Facts, Ruler};
use crate::tagger::Tagger;
use crate::tok2vec::{Scratch, Tok2Vec};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transition::Contributions;
use crate::tree::sentences;

/// The built-in model.
pub(crate) const MODEL: &[u8] = include_bytes!("../model/english.model");

/// Most tokens that are analysed as one text; a longer text is analysed in parts. It bounds the memory of a call (some
/// 7 kB a token of a part), and the work where it grows faster than the text.
const MAX_PART: usize = 4096;

/// Most buffers kept between calls; a call that finds none makes its own.
const MAX_IDLE: usize = 32;

/// Buffers that held more tokens are given back to the system, so that a few long texts do not hold memory for ever:
/// what is kept stays under 4 MB a buffer.
const MAX_KEPT: usize = 512;

/// The loaded pipeline. Immutable: share it by reference or in an `Arc`, and call it from any number of threads.
pub struct Parser {
    chars: CharClasses,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    tok2vec: Tok2Vec,
    tagger: Tagger,
    arcs: ArcParser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    ner: EntityRecognizer,
    idle: Mutex<Vec<Buffers>>,
}

/// Memory that calls reuse.
#[derive(Default)]
struct Buffers {
    scratch: Scratch,
    contributions: Contributions,
    shape: String,
}

impl Parser {
    /// Loads the built-in model: 40 to 160 ms of processor time and 46 MB of memory, once.
    ///
    /// # Errors
    /// The model inside this program is damaged or was made for another version.
    pub fn new() -> Result<Parser, ModelError> {
        let model = Model::open(MODEL)?;
        Ok(Parser {
            chars: CharClasses::load(&model)?,
            lexicon: Lexicon::load(&model)?,
            tokenizer: Tokenizer::load(&model)?,
            tok2vec: Tok2Vec::load(&model, "tok2vec", FEATURES)?,
            tagger: Tagger::load(&model)?,
            arcs: ArcParser::load(&model)?,
            ruler: Ruler::load(&model)?,
            lemmatizer: Lemmatizer::load(&model)?,
            ner: EntityRecognizer::load(&model)?,
            idle: Mutex::new(Vec::new()),
        })
    }

    /// Analyses `text`, best one paragraph at a time: sentences, tokens, tags, tree, lemmas and entities.
    ///
    /// Any text is accepted. A text of more than 4096 tokens is analysed in parts, cut at a line break or the end of a
    /// sentence where there is one; no sentence or entity spans such a cut.
    pub fn parse(&self, text: &str) -> Doc {
        let tokens = self.tokenizer.tokenize(text, &self.chars);
        let mut buffers = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .unwrap_or_default();
        let mut doc = Doc {
            tokens: Vec::with_capacity(tokens.len()),
            ..Doc::default()
        };
        let mut rest = &tokens[..];
        while !rest.is_empty() {
            let (part, after) = rest.split_at(part_length(rest, text));
            self.analyse(part, text, &mut doc, &mut buffers);
            rest = after;
        }
        if tokens.len() <= MAX_KEPT {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < MAX_IDLE {
                idle.push(buffers);
            }
        }
        doc
    }

    /// The tokens of `text` alone, without analysis.
    pub fn tokenize(&self, text: &str) -> Vec<Piece> {
        self.tokenizer
            .tokenize(text, &self.chars)
            .iter()
            .map(|token| token.piece)
            .collect()
    }

    /// Appends the analysis of `part`, whose offsets are those of `text`.
    fn analyse(&self, part: &[RawToken<'_>], text: &str, doc: &mut Doc, buffers: &mut Buffers) {
        let Buffers {
            scratch,
            contributions,
            shape,
        } = buffers;
        let base = doc.tokens.len();
        let words: Vec<&str> = part
            .iter()
            .map(|token| &text[token.piece.start..token.piece.end])
            .collect();
        let lowers: Vec<_> = words.iter().map(|word| lower(word)).collect();
        let space: Vec<bool> = words.iter().map(|word| self.chars.is_space(word)).collect();
        let features: Vec<Features> = (0..part.len())
            .map(|i| Features::of(&part[i], words[i], &lowers[i], &self.lexicon, &self.chars, shape))
            .collect();

        let vectors = self.tok2vec.encode(&features, scratch).to_vec();
        let tags = self.tagger.tag(&vectors, &mut scratch.packed);
        let tree = self
            .arcs
            .parse(&vectors, &space, contributions, &mut scratch.packed);
        let starts = tree.starts();
        let entities = self.ner.find(&features, &space, &starts, scratch, contributions);

        let facts: Vec<Facts<'_>> = (0..part.len())
            .map(|i| Facts {
                tag: tags[i],
                dep: tree.deps[i],
                space: space[i],
                lower: &lowers[i],
            })
            .collect();
        for (i, token) in part.iter().enumerate() {
            let verdict = self.ruler.judge(&facts, i);
            let lemma = match verdict.lemma {
                Some(lemma) => lemma.into(),
                None => {
                    let (word, lower) = (words[i], &lowers[i]);
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
            let (tag, pos, dep, head) = (verdict.tag, verdict.pos, verdict.dep, base + tree.heads[i]);
            doc.tokens.push(Token {
                start,
                end,
                tag,
                pos,
                dep,
                head,
                lemma,
                space_after,
            });
        }
        let shifted = |range: Range<usize>| range.start + base..range.end + base;
        doc.sentences.extend(sentences(&starts).into_iter().map(shifted));
        doc.entities
            .extend(entities.into_iter().map(|Entity { start, end, label }| Entity {
                start: start + base,
                end: end + base,
                label,
            }));
    }
}

/// How many tokens to analyse at once: all, or those up to the last line break or sentence end that fits.
fn part_length(tokens: &[RawToken<'_>], text: &str) -> usize {
    if tokens.len() <= MAX_PART {
        return tokens.len();
    }
    let word = |token: &RawToken<'_>| &text[token.piece.start..token.piece.end];
    let head = &tokens[..MAX_PART];
    let line = head.iter().rposition(|token| word(token).contains('\n'));
    let sentence = || {
        head.iter()
            .rposition(|token| matches!(word(token), "." | "!" | "?"))
    };
    line.or_else(sentence).map_or(MAX_PART, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::forced::with_each;

    #[test]
    fn every_instruction_set_gives_the_same_vectors_and_analyses() {
        let text = "Police in Nairobi's Kibera slum fired live rounds, killing at least two people, said the Kenya \
                    National Commission on Human Rights. \"We're worried,\" Dr. Otieno told the BBC on Jan. 12th.";
        let runs = with_each(|| {
            // Loaded anew, because loading multiplies matrices too.
            let parser = Parser::new().expect("the built-in model is intact");
            let (mut buffer, mut scratch) = (String::new(), Scratch::default());
            let words: Vec<Features> = parser
                .tokenizer
                .tokenize(text, &parser.chars)
                .iter()
                .map(|token| {
                    let word = &text[token.piece.start..token.piece.end];
                    Features::of(
                        token,
                        word,
                        &lower(word),
                        &parser.lexicon,
                        &parser.chars,
                        &mut buffer,
                    )
                })
                .collect();
            let vectors = parser.tok2vec.encode(&words, &mut scratch);
            (
                vectors.iter().map(|value| value.to_bits()).collect::<Vec<_>>(),
                parser.parse(text),
            )
        });
        assert!(runs.iter().all(|run| *run == runs[0]));
    }
}
