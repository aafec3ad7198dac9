//! The pipeline: text to tokens, vectors, tags, tree, attributes, lemmas and entities.

use std::sync::{Mutex, PoisonError};

use crate::arc::ArcParser;
use crate::batch::{self, Buffers, Part};
use crate::chars::CharClasses;
use crate::doc::{Doc, Piece};
use crate::features::FEATURES;
use crate::lemma::Lemmatizer;
use crate::lexicon::Lexicon;
use crate::memo::Memo;
use crate::model::{Model, ModelError};
use crate::ner::EntityRecognizer;
use crate::ruler::Ruler;
use crate::tagger::Tagger;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::{RawToken, Tokenizer};

/// The built-in model.
pub(crate) const MODEL: &[u8] = include_bytes!("../model/english.model");

/// Most tokens that are analysed as one text; a longer text is analysed in parts. It bounds the memory of a call (some
/// 7 kB a token of a part), and the work where it grows faster than the text.
const MAX_PART: usize = 4096;

/// Most buffers kept between calls; a call that finds none makes its own.
const MAX_IDLE: usize = 32;

/// Buffers that held more tokens are given back to the system, so that a few long texts do not hold memory for ever:
/// what is kept stays under 8 MB a buffer.
const MAX_KEPT: usize = 512;

/// The loaded pipeline. Immutable but for a memory that changes no result: share it by reference or in an `Arc`, and
/// call it from any number of threads.
pub struct Parser {
    pub(crate) chars: CharClasses,
    pub(crate) lexicon: Lexicon,
    tokenizer: Tokenizer,
    pub(crate) tok2vec: Tok2Vec,
    pub(crate) tagger: Tagger,
    pub(crate) arcs: ArcParser,
    pub(crate) ruler: Ruler,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) ner: EntityRecognizer,
    pub(crate) memo: Memo,
    idle: Mutex<Vec<Buffers>>,
}

impl Parser {
    /// Loads the built-in model: some 45 ms of processor time (a second without AVX2 or NEON) and 43 MB of memory, once.
    /// Up to 31 MB more are used for what is kept of frequent words.
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
            memo: Memo::new(),
            idle: Mutex::new(Vec::new()),
        })
    }

    /// Analyses `text`, best one paragraph at a time: sentences, tokens, tags, tree, lemmas and entities.
    ///
    /// Any text is accepted. A text of more than 4096 tokens is analysed in parts, cut at a line break or the end of a
    /// sentence where there is one; no sentence or entity spans such a cut.
    pub fn parse(&self, text: &str) -> Doc {
        let mut docs = self.parse_all(&[text]);
        docs.pop().unwrap_or_default()
    }

    /// Analyses each of `texts` by itself, with the same results as [`parse`](Self::parse): faster, because the networks
    /// work on several texts at once. Give it the paragraphs of an article.
    pub fn parse_all(&self, texts: &[&str]) -> Vec<Doc> {
        let tokens: Vec<Vec<RawToken<'_>>> = texts
            .iter()
            .map(|text| self.tokenizer.tokenize(text, &self.chars))
            .collect();
        let mut docs: Vec<Doc> = tokens
            .iter()
            .map(|tokens| Doc {
                tokens: Vec::with_capacity(tokens.len()),
                ..Doc::default()
            })
            .collect();
        let mut buffers = self.borrow_buffers();
        let (mut parts, mut size, mut largest): (Vec<Part<'_>>, _, _) = (Vec::new(), 0, 0);
        for (doc, (text, tokens)) in texts.iter().zip(&tokens).enumerate() {
            let mut rest = &tokens[..];
            while !rest.is_empty() {
                let (tokens, after) = rest.split_at(part_length(rest, text));
                rest = after;
                if size > 0 && size + tokens.len() > batch::FULL {
                    self.analyse(&parts, &mut docs, &mut buffers);
                    parts.clear();
                    size = 0;
                }
                parts.push(Part { doc, text, tokens });
                size += tokens.len();
                largest = largest.max(size);
            }
        }
        if !parts.is_empty() {
            self.analyse(&parts, &mut docs, &mut buffers);
        }
        if largest <= MAX_KEPT {
            self.return_buffers(buffers);
        }
        docs
    }

    fn borrow_buffers(&self) -> Buffers {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop().unwrap_or_default()
    }

    fn return_buffers(&self, buffers: Buffers) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(buffers);
        }
    }

    /// The tokens of `text` alone, without analysis.
    pub fn tokenize(&self, text: &str) -> Vec<Piece> {
        self.tokenizer
            .tokenize(text, &self.chars)
            .iter()
            .map(|token| token.piece)
            .collect()
    }
}

/// How many tokens to analyse at once: all, or those up to the last line break or sentence end that fits.
fn part_length(tokens: &[RawToken<'_>], text: &str) -> usize {
    if tokens.len() <= MAX_PART {
        return tokens.len();
    }
    let head = &tokens[..MAX_PART];
    let line = head.iter().rposition(|token| token.text(text).contains('\n'));
    let sentence = || {
        head.iter()
            .rposition(|token| matches!(token.text(text), "." | "!" | "?"))
    };
    line.or_else(sentence).map_or(MAX_PART, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::forced::with_each;

    const TEXTS: [&str; 4] = [
        "Police in Nairobi's Kibera slum fired live rounds, killing at least two people, said the Kenya National \
         Commission on Human Rights. \"We're worried,\" Dr. Otieno told the BBC on Jan. 12th.",
        "Protesters.",
        "",
        "The police in Nairobi said that the army had fired live rounds at the protesters in Kibera.",
    ];

    #[test]
    fn every_instruction_set_gives_the_same_vectors_and_analyses() {
        let runs = with_each(|| {
            // Loaded anew, because loading multiplies matrices too.
            let parser = Parser::new().expect("the built-in model is intact");
            let docs = parser.parse_all(&TEXTS);
            let buffers = parser.borrow_buffers();
            (buffers.vector_bits(), docs)
        });
        assert!(!runs[0].0.is_empty());
        assert!(runs.iter().all(|run| *run == runs[0]));
    }

    #[test]
    fn what_was_parsed_before_or_is_parsed_beside_changes_nothing() {
        let analyse = |parser: &Parser, texts: &[&str]| {
            let docs = parser.parse_all(texts);
            (parser.borrow_buffers().vector_bits(), docs)
        };
        let new = || Parser::new().expect("the built-in model is intact");
        let used = new();
        let first = analyse(&used, &TEXTS);
        // The second time words are kept, the third time they are found.
        for _ in 0..2 {
            assert_eq!(analyse(&used, &TEXTS), first);
        }
        assert!(used.memo.holds() > 20);
        let mut alone = (Vec::new(), Vec::new());
        for text in TEXTS {
            let (bits, docs) = analyse(&new(), &[text]);
            alone.0.extend(bits);
            alone.1.extend(docs);
        }
        assert_eq!((alone.0.len(), &alone.1), (first.0.len(), &first.1));
        let sorted = |bits: &[[u32; 96]]| {
            let mut bits = bits.to_vec();
            bits.sort_unstable();
            bits
        };
        assert!(sorted(&alone.0) == sorted(&first.0));
    }
}
