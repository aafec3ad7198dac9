//! Who acts and who is acted upon: names, roles and what they stand for.
//!
//! [`Gazetteer`] holds the names (countries, persons, organisations, armed groups) and the role nouns; it is loaded
//! from six text files that `data/actors/README.md` describes. [`DocumentMemory`] reads one article with it and says
//! which parties a noun phrase stands for.

mod antecedent;
mod apposition;
mod definite;
mod domestic;
pub mod entry;
pub mod fold;
pub mod gazetteer;
mod holder;
mod home;
mod memory;
mod mention;
mod named;
mod owner;
mod pair;
mod person;
mod phrase;
mod pronoun;
mod read;
mod role;
mod role_phrase;
mod salience;
mod suggest;
mod trail;
mod trie;

pub use entry::{EarlierName, Entry, EntryKind, Office, Term};
pub use gazetteer::{ActorFiles, ActorRef, Gazetteer};
pub use memory::{DocumentMemory, Resolved};
