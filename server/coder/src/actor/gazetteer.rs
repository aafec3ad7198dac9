//! The names and role nouns that are known, and what each means without context.

use std::collections::HashMap;

use jiff::civil::Date;

use super::entry::{Entry, EntryKind};
use super::fold::{self, Case};
use super::read;
use super::role::Role;
use super::suggest;
use super::trie::Trie;
use crate::Sector;

mod build;

/// The contents of the six data files.
#[derive(Debug, Clone, Copy)]
pub struct ActorFiles<'a> {
    /// `countries.txt`
    pub countries: &'a str,
    /// `peoples.txt`
    pub peoples: &'a str,
    /// `leaders.txt`
    pub leaders: &'a str,
    /// `organisations.txt`
    pub organisations: &'a str,
    /// `groups.txt`
    pub groups: &'a str,
    /// `roles.txt`
    pub roles: &'a str,
}

impl ActorFiles<'static> {
    /// The files that the crate carries.
    pub const BUILT_IN: ActorFiles<'static> = ActorFiles {
        countries: include_str!("../../data/actors/countries.txt"),
        peoples: include_str!("../../data/actors/peoples.txt"),
        leaders: include_str!("../../data/actors/leaders.txt"),
        organisations: include_str!("../../data/actors/organisations.txt"),
        groups: include_str!("../../data/actors/groups.txt"),
        roles: include_str!("../../data/actors/roles.txt"),
    };
}

/// Every known actor and role noun: immutable once loaded, so it can be shared between threads.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    pub(super) names: Trie<NameUse>,
    roles: Vec<Role>,
    pub(super) role_words: Trie<RoleUse>,
    countries: HashMap<String, usize>,
    alpha2: HashMap<String, usize>,
    /// Peoples by folded noun (`kurds`, `kurd`).
    peoples: HashMap<String, usize>,
    /// Persons by folded short name.
    shorts: HashMap<String, Vec<usize>>,
    /// Who held an office of a country: role and country field, to entry and office.
    holders: HashMap<(usize, String), Vec<(usize, usize)>>,
    /// Folded words that, read in an article, take an entry out of it.
    unless: Vec<(String, usize)>,
    /// Folded name and the name as written, sorted by the folded one.
    known: Vec<(String, String)>,
}

/// What a name means to a reader who has no context.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ActorRef {
    /// A country or one of PLOVER's special country fields.
    Country {
        /// Alpha-3 code or `IGO`, `NGO`, ...
        code: String,
        /// The sector of a composed code such as `PRKGOV`.
        sector: Option<Sector>,
    },
    /// A person, an organisation, an armed group or a people.
    Named {
        /// The name shown.
        name: String,
        /// Its country field.
        country: String,
        /// The sectors it ever had.
        sectors: Vec<Sector>,
    },
}

/// One way in which a sequence of words is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameUse {
    /// Index of the entry; meaningless for [`Reading::NotActor`].
    pub(super) entry: usize,
    pub(super) reading: Reading,
    /// How each word is written in the data.
    pub(super) cases: Box<[Case]>,
}

/// What a name stands in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reading {
    /// The actor itself.
    Name,
    /// Adjective or people of a country.
    People,
    /// Adjective of an ethnic or religious people; it stands for nobody by itself.
    Adjective,
    /// A capital: the government if it acts, a place if something is in it.
    Capital,
    /// A seat of government, by its index.
    Seat(usize),
    /// A place in the country.
    Place,
    /// A name that only looks like an actor's.
    NotActor,
}

/// One way of writing a role noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleUse {
    pub(super) role: usize,
    pub(super) plural: bool,
}

impl Gazetteer {
    /// What a name means to a reader who gives no context, as in a filter: capitals, accents and punctuation do not
    /// matter. A country by its name, three- or two-letter code, adjective, people, capital or seat of government
    /// means the country, and so does a state that it followed (`USSR`); a composed code (`PRKGOV`) the country's
    /// sector; a person, an organisation, an armed group or a people itself. `None` if the name is not known.
    ///
    /// ```
    /// use dateline_coder::actor::{ActorFiles, ActorRef, Gazetteer};
    /// let gazetteer = Gazetteer::load(&ActorFiles::BUILT_IN)?;
    /// for name in ["PRK", "north korea", "DPRK", "Pyongyang", "North Korean"] {
    ///     assert_eq!(gazetteer.resolve(name), Some(ActorRef::Country { code: "PRK".into(), sector: None }));
    /// }
    /// # Ok::<(), dateline_coder::LoadError>(())
    /// ```
    pub fn resolve(&self, name: &str) -> Option<ActorRef> {
        let trimmed = name.trim();
        if let Some(found) = self.resolve_code(trimmed) {
            return Some(found);
        }
        let words = fold::words(trimmed);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let folded = folded.strip_prefix(&["the"]).unwrap_or(&folded);
        let uses = self.names.get(folded.iter().copied());
        let best = uses
            .iter()
            .filter(|name| !matches!(name.reading, Reading::Place | Reading::NotActor))
            .min_by_key(|name| (name.reading != Reading::Name, name.entry));
        if let Some(name) = best {
            return Some(self.reference(&self.entries[name.entry]));
        }
        let people = self.peoples.get(&folded.join(" "));
        let entry = people.or_else(|| self.alpha2.get(&trimmed.to_uppercase()))?;
        Some(self.reference(&self.entries[*entry]))
    }

    fn resolve_code(&self, name: &str) -> Option<ActorRef> {
        let upper = name.to_uppercase();
        if upper.len() != 3 && upper.len() != 6 || !upper.is_ascii() {
            return None;
        }
        let (code, sector) = upper.split_at(3);
        let sector = match sector {
            "" => None,
            sector => Some(sector.parse().ok()?),
        };
        let known = self.countries.contains_key(code) || read::SPECIAL.contains(&code);
        known.then(|| ActorRef::Country {
            code: code.to_owned(),
            sector,
        })
    }

    fn reference(&self, entry: &Entry) -> ActorRef {
        match entry.kind {
            EntryKind::Country => ActorRef::Country {
                code: entry.country.clone(),
                sector: None,
            },
            _ => ActorRef::Named {
                name: entry.name.clone(),
                country: entry.country.clone(),
                sectors: entry.sectors_on(None),
            },
        }
    }

    /// Up to `n` known names close to a name that is not known, best first: those it is the beginning of, then those
    /// few letters away. Empty if nothing is near.
    pub fn suggest(&self, name: &str, n: usize) -> Vec<String> {
        suggest::closest(&self.known, &fold::key(name), n)
    }

    /// Every entry with a name that contains `part` (capitals, accents and punctuation do not matter), in the order of
    /// the files; all entries if `part` is empty.
    pub fn search<'a>(&'a self, part: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let part = fold::key(part);
        self.entries
            .iter()
            .filter(move |entry| names_of(entry).any(|(name, _)| fold::key(name).contains(&part)))
    }

    /// Every entry, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A people by a noun or adjective: `Kurds`, `Kurd` and `Kurdish` alike. Capitals do not matter.
    pub fn people(&self, word: &str) -> Option<&Entry> {
        let words = fold::words(word);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let adjective = || {
            let uses = self.names.get(folded.iter().copied());
            uses.iter().find(|name| name.reading == Reading::Adjective)
        };
        let noun = self.peoples.get(&folded.join(" ")).copied();
        noun.or_else(|| adjective().map(|name| name.entry))
            .map(|index| &self.entries[index])
    }

    /// Whether a phrase names a state that was gone on a day ("Soviet troops" in an article of this century), but not
    /// as something that was once of it ("former Soviet republics").
    pub fn names_a_gone_state(&self, phrase: &str, day: Option<Date>) -> bool {
        let words = fold::words(phrase);
        (0..words.len()).any(|at| {
            let once = at > 0 && matches!(words[at - 1].folded.as_str(), "former" | "ex" | "post" | "old");
            let folded = words[at..].iter().map(|word| word.folded.as_str());
            let uses = self.names.prefixes(folded).into_iter().next_back();
            !once
                && uses.is_some_and(|(_, uses)| {
                    uses.iter().any(|name| {
                        name.reading != Reading::NotActor && self.entries[name.entry].is_gone(day)
                    })
                })
        })
    }

    /// The entry of a country by its alpha-3 code.
    pub fn country(&self, code: &str) -> Option<&Entry> {
        self.countries.get(code).map(|&index| &self.entries[index])
    }

    pub(super) fn entry(&self, index: usize) -> &Entry {
        &self.entries[index]
    }

    pub(super) fn role(&self, index: usize) -> &Role {
        &self.roles[index]
    }

    /// The role that stands for all that a text may call by this one's name: soldiers for troops.
    pub(super) fn family(&self, index: usize) -> usize {
        let found = self.roles[index].family_name().map(|first| {
            let words = fold::words(first);
            self.role_words.get(words.iter().map(|word| word.folded.as_str()))
        });
        found
            .and_then(|uses| uses.first())
            .map_or(index, |found| found.role)
    }

    /// The role that a title names, if it is one whose holder can be looked up.
    pub(super) fn office_role(&self, title: &str) -> Option<usize> {
        let words = fold::words(title);
        let uses = self.role_words.get(words.iter().map(|word| word.folded.as_str()));
        uses.iter()
            .map(|found| found.role)
            .find(|&role| self.roles[role].office)
    }

    /// Everyone who holds an office on a day; everyone who ever held it if no day is given.
    pub(super) fn holders(&self, role: usize, country: &str, day: Option<Date>) -> Vec<usize> {
        let terms = self
            .holders
            .get(&(role, country.to_owned()))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut persons: Vec<usize> = terms
            .iter()
            .filter(|(entry, office)| self.entries[*entry].offices[*office].held_on(day))
            .map(|(entry, _)| *entry)
            .collect();
        persons.dedup();
        persons
    }

    /// The persons with a folded short name.
    pub(super) fn persons_called(&self, short: &str) -> &[usize] {
        self.shorts.get(short).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a person holds the office of a role on a day.
    pub(super) fn holds(&self, person: usize, role: usize, day: Option<Date>) -> bool {
        let offices = &self.entries[person].offices;
        offices
            .iter()
            .any(|office| office.held_on(day) && self.office_role(&office.title) == Some(role))
    }

    /// The entries that words of a folded text take out of the article.
    pub(super) fn blocked_by(&self, folded: &str) -> impl Iterator<Item = usize> {
        self.unless
            .iter()
            .filter(move |(words, _)| folded.contains(words.as_str()))
            .map(|(_, entry)| *entry)
    }
}

/// Every name of an entry with what it stands in for.
fn names_of(entry: &Entry) -> impl Iterator<Item = (&str, Reading)> {
    let named = |reading| move |name| (name, reading);
    std::iter::once(entry.name.as_str())
        .chain(entry.aliases.iter().map(String::as_str))
        .chain(entry.earlier.iter().flat_map(|earlier| {
            std::iter::once(earlier.name.as_str()).chain(earlier.aliases.iter().map(String::as_str))
        }))
        .map(named(Reading::Name))
        .chain(
            entry
                .people
                .iter()
                .map(String::as_str)
                .map(named(if entry.kind == EntryKind::People {
                    Reading::Adjective
                } else {
                    Reading::People
                })),
        )
        .chain(
            entry
                .capitals
                .iter()
                .map(String::as_str)
                .map(named(Reading::Capital)),
        )
        .chain(
            entry
                .seats
                .iter()
                .enumerate()
                .map(|(index, (name, _))| (name.as_str(), Reading::Seat(index))),
        )
        .chain(entry.places.iter().map(String::as_str).map(named(Reading::Place)))
}

#[cfg(test)]
mod tests;
