//! What the gazetteer knows of one actor.

use jiff::civil::Date;

use crate::Sector;

/// What sort of actor an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKind {
    /// A state, by its name, its people, its capital or its seats of government; also one that is no more.
    Country,
    /// A person, with the offices held.
    Person,
    /// An organisation: intergovernmental, non-governmental, company, party, news agency.
    Organisation,
    /// An armed group.
    Group,
    /// An ethnic or religious people: `Kurds`, `Sunnis`. Its nouns are roles, as where its members live decides which
    /// country they are of; its adjectives qualify other nouns.
    People,
}

impl EntryKind {
    /// The file that holds entries of this kind.
    pub(crate) fn file(self) -> &'static str {
        match self {
            EntryKind::Country => "countries.txt",
            EntryKind::Person => "leaders.txt",
            EntryKind::Organisation => "organisations.txt",
            EntryKind::Group => "groups.txt",
            EntryKind::People => "peoples.txt",
        }
    }
}

/// One actor of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What sort of actor this is.
    pub kind: EntryKind,
    /// The name shown: `North Korea`, `Kim Jong Un`.
    pub name: String,
    /// Country field: alpha-3 code or a PLOVER special (`IGO`, `NGO`, ...); empty for a people of many countries.
    pub country: String,
    /// Sectors that always hold; for a person those that hold while no office does.
    pub sectors: Vec<Sector>,
    /// Other names, as written in the file; for a country also codes and abbreviations.
    pub aliases: Vec<String>,
    /// For a person: short names (`Kim`, `Mr. Kim`) that count once the full name was seen; without one the last word.
    /// For a people: words for one of them (`Kurd`).
    pub short: Vec<String>,
    /// For a country: adjectives and words for its people (`Syrian`, `Syrians`). For a people: its adjectives
    /// (`Kurdish`).
    pub people: Vec<String>,
    /// For a country: its capitals.
    pub capitals: Vec<String>,
    /// For a country: seats of government used as names (`the Kremlin`), with their sectors.
    pub seats: Vec<(String, Vec<Sector>)>,
    /// For a country: other places in it that the news names; they say where, never who.
    pub places: Vec<String>,
    /// For a country: the two-letter code; empty for everything else.
    pub alpha2: String,
    /// Words that, found in the same article, mean that the name is not this actor.
    pub unless: Vec<String>,
    /// For a country: names it had before, each with the time it was the name.
    pub earlier: Vec<EarlierName>,
    /// For a state that is no more: the time it existed. Its country field is that of the state that followed it.
    pub existed: Option<Term>,
    /// For a person: offices held, in the order of the file.
    pub offices: Vec<Office>,
    /// For a person: whether `she` and `her` may mean this person (else `he` and `him`).
    pub female: bool,
    /// Line of its file, for traces and messages.
    pub line: u32,
}

impl Entry {
    /// The sectors that hold on a day: those of the offices held then, else those of the entry. Without a day every
    /// office counts, as any of them may be meant.
    pub fn sectors_on(&self, day: Option<Date>) -> Vec<Sector> {
        let mut sectors = Vec::new();
        for office in self.offices.iter().filter(|office| office.held_on(day)) {
            for &sector in &office.sectors {
                if !sectors.contains(&sector) {
                    sectors.push(sector);
                }
            }
        }
        if sectors.is_empty() {
            self.sectors.clone()
        } else {
            sectors
        }
    }

    /// The country on a day: that of the first office held then, else that of the entry.
    pub fn country_on(&self, day: Option<Date>) -> &str {
        self.offices
            .iter()
            .find(|office| day.is_some() && office.held_on(day))
            .map_or(&self.country, |office| &office.country)
    }

    /// The name shown in an article of a day: for a country the one it had then (`Zaire` in 1990), else its name.
    pub fn name_on(&self, day: Option<Date>) -> &str {
        let then = self
            .earlier
            .iter()
            .find(|earlier| day.is_some() && earlier.term.holds(day));
        then.map_or(&self.name, |earlier| &earlier.name)
    }

    /// Whether this state was gone on a day.
    pub fn is_gone(&self, day: Option<Date>) -> bool {
        let end = self.existed.and_then(|term| term.until);
        matches!((end, day), (Some(end), Some(day)) if end < day)
    }
}

/// A name that a state had before: an article of that time shows it, and later ones may still use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierName {
    /// The name shown: `Zaire`.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// When it was the name.
    pub term: Term,
}

/// A time between two days; an end that is not known for sure is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Term {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Term {
    /// Whether a day may lie within; without a day every time may be meant.
    pub fn holds(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| {
            self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
        })
    }
}

/// One term in office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Title in lower case: `president`, `foreign minister`.
    pub title: String,
    /// Country field of the office: mostly the person's, but `UNO` for a secretary-general.
    pub country: String,
    /// Sectors of the office holder.
    pub sectors: Vec<Sector>,
    /// Line of the file, for messages.
    pub(super) line: u32,
    /// First day in office; `None` if not known for sure.
    pub from: Option<Date>,
    /// Last day in office; `None` if still in office or not known for sure.
    pub until: Option<Date>,
}

impl Office {
    /// Whether the office may be held on a day. An unknown end is open, and without a day every term may be meant.
    pub fn held_on(&self, day: Option<Date>) -> bool {
        let (from, until) = (self.from, self.until);
        Term { from, until }.holds(day)
    }
}
