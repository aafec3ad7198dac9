#![doc = include_str!("../README.md")]

mod arc;
mod batch;
mod chars;
mod doc;
mod features;
mod fused;
mod hash;
mod ids;
mod label;
mod lemma;
mod lexicon;
mod matrix;
mod memo;
mod mix;
mod model;
mod ner;
mod norm;
mod parser;
mod ruler;
mod simd;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transition;
mod tree;
mod window;

pub use doc::{Doc, Entity, Piece, Token};
pub use label::{Dep, EntityLabel, Pos, Tag};
pub use model::ModelError;
pub use parser::Parser;
