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

/// Reads one of the files by itself, without asking what its names mean beside those of the others.
///
/// # Errors
/// The first line that does not follow the file's grammar.
pub(crate) fn check_grammar(name: &str, text: &str) -> Result<(), crate::LoadError> {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    let kind = match file {
        "countries.txt" => EntryKind::Country,
        "peoples.txt" => EntryKind::People,
        "leaders.txt" => EntryKind::Person,
        "organisations.txt" => EntryKind::Organisation,
        "groups.txt" => EntryKind::Group,
        "roles.txt" => return role::role_file(file, text).map(drop),
        _ => return Ok(()),
    };
    read::name_file(file, text, kind).map(drop)
}
