#![doc = include_str!("../README.md")]

mod arc;
mod chars;
mod doc;
mod features;
mod hash;
mod ids;
mod label;
mod lemma;
mod lexicon;
mod matrix;
mod model;
mod ner;
mod parser;
mod ruler;
mod simd;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transition;
mod tree;

pub use doc::{Doc, Entity, Piece, Token};
pub use label::{Dep, EntityLabel, Pos, Tag};
pub use model::ModelError;
pub use parser::Parser;
