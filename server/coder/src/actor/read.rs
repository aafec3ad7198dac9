//! Reads the files of names: `countries.txt`, `peoples.txt`, `leaders.txt`, `organisations.txt`, `groups.txt`.
//!
//! The grammar is told in `data/actors/README.md`. This module knows the grammar only; what names mean together is
//! the gazetteer's concern.

use jiff::civil::Date;

use super::entry::{EarlierName, Term};
use super::{Entry, EntryKind, Office};
use crate::table::did_you_mean;
use crate::{LoadError, Sector};

/// PLOVER's country field beside the states of ISO 3166.
pub(super) const SPECIAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// What an indented line may begin with; which of them depends on the kind of entry.
const PROPERTIES: [&str; 12] = [
    "also",
    "unless",
    "people",
    "capital",
    "place",
    "seat",
    "short",
    "she",
    "office",
    "earlier",
    "adjective",
    "one",
];

/// What a file of names holds.
#[derive(Debug, Default)]
pub(super) struct NameFile {
    /// The entries, each with the line it starts at.
    pub(super) entries: Vec<(Entry, u32)>,
    /// Names that look like an actor's and are none (`New Mexico`), each with its line.
    pub(super) not_actors: Vec<(String, u32)>,
}

/// Reads one file whose entries are all of one kind.
pub(super) fn name_file(file: &str, text: &str, kind: EntryKind) -> Result<NameFile, LoadError> {
    let mut found = NameFile::default();
    for (number, raw) in (1..).zip(text.lines()) {
        let line = Line { file, number, raw };
        let content = line.content();
        if content.trim().is_empty() {
            continue;
        }
        if !content.starts_with([' ', '\t']) {
            if let Some(names) = content.strip_prefix("not ") {
                found
                    .not_actors
                    .extend(list(names).map(|name| (name, line.number)));
            } else {
                let gone = content
                    .strip_prefix("former ")
                    .filter(|_| kind == EntryKind::Country);
                let entry = line.head(gone.unwrap_or(content), kind, gone.is_some())?;
                found.entries.push((entry, line.number));
            }
        } else {
            let Some((entry, _)) = found.entries.last_mut() else {
                return Err(line.error(
                    0,
                    "an indented line needs an entry above it; start the line with a name",
                ));
            };
            line.property(content, entry)?;
        }
    }
    Ok(found)
}

/// The items of a list parted by semicolons.
pub(super) fn list(text: &str) -> impl Iterator<Item = String> {
    text.split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
}

/// Whether a text may stand in PLOVER's country field.
pub(super) fn is_country_field(code: &str) -> bool {
    SPECIAL.contains(&code) || (code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()))
}

/// One line of a data file, for messages that name the place.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) file: &'a str,
    pub(super) number: u32,
    pub(super) raw: &'a str,
}

impl<'a> Line<'a> {
    /// The line without its comment and trailing blanks.
    pub(super) fn content(self) -> &'a str {
        self.raw.split('#').next().unwrap_or_default().trim_end()
    }

    /// An error at a byte offset of the line.
    pub(super) fn error(self, at: usize, message: impl Into<String>) -> LoadError {
        let before = self.raw.get(..at).map_or(0, |before| before.chars().count());
        let column = u32::try_from(before).unwrap_or(u32::MAX - 1) + 1;
        LoadError::new(self.file, self.number, column, message)
    }

    /// An error at a part of the line.
    pub(super) fn error_at(self, part: &str, message: impl Into<String>) -> LoadError {
        self.error(self.raw.find(part).unwrap_or(0), message)
    }

    /// `NAME : CODE SECTORS`; of a state that is no more `NAME : CODE FROM..UNTIL`.
    fn head(self, content: &str, kind: EntryKind, gone: bool) -> Result<Entry, LoadError> {
        let Some((name, codes)) = content.split_once(" : ") else {
            return Err(self.error(
                0,
                "write an entry as `Name : CODE SECTOR`, with blanks around the colon",
            ));
        };
        let mut entry = Entry {
            kind,
            name: name.trim().to_owned(),
            country: String::new(),
            sectors: Vec::new(),
            aliases: Vec::new(),
            short: Vec::new(),
            people: Vec::new(),
            capitals: Vec::new(),
            seats: Vec::new(),
            places: Vec::new(),
            alpha2: String::new(),
            unless: Vec::new(),
            earlier: Vec::new(),
            existed: None,
            offices: Vec::new(),
            female: false,
            line: self.number,
        };
        for code in codes.split_whitespace() {
            if let Ok(sector) = code.parse::<Sector>() {
                entry.sectors.push(sector);
            } else if gone && code.contains("..") {
                entry.existed = Some(self.term(code)?);
            } else if kind == EntryKind::Country && code.len() == 2 && !entry.country.is_empty() {
                code.clone_into(&mut entry.alpha2);
            } else if entry.country.is_empty() && is_country_field(code) {
                code.clone_into(&mut entry.country);
            } else {
                return Err(self.error_at(code, self.bad_code(code)));
            }
        }
        if entry.country.is_empty() && kind != EntryKind::People {
            return Err(self.error(
                0,
                "the entry has no country; write a three-letter code after the colon",
            ));
        }
        if gone && entry.existed.is_none_or(|term| term.until.is_none()) {
            return Err(self.error(
                0,
                "a former state needs the time it existed; write `former Name : CODE 1922..1991-12-26`",
            ));
        }
        Ok(entry)
    }

    fn bad_code(self, code: &str) -> String {
        let near = did_you_mean(code, Sector::ALL.iter().map(|sector| sector.as_str()));
        format!(
            "\"{code}\" is neither a country code nor a sector here; write one three-letter country code (or {}), then sectors such as GOV{near}",
            SPECIAL.join(", ")
        )
    }

    fn property(self, content: &str, entry: &mut Entry) -> Result<(), LoadError> {
        let trimmed = content.trim_start();
        let (word, value) = trimmed.split_once(char::is_whitespace).unwrap_or((trimmed, ""));
        if value.trim().is_empty() && word != "she" {
            return Err(self.error_at(word, format!("\"{word}\" needs something after it")));
        }
        match (word, entry.kind) {
            ("also", _) => entry.aliases.extend(list(value)),
            ("unless", _) => entry.unless.extend(list(value)),
            ("people", EntryKind::Country) => entry.people.extend(list(value)),
            ("capital", EntryKind::Country | EntryKind::Organisation) => entry.capitals.extend(list(value)),
            ("place", EntryKind::Country) => entry.places.extend(list(value)),
            ("seat", EntryKind::Country) => {
                let (names, codes) = value.split_once(" : ").unwrap_or((value, "GOV"));
                let (_, sectors) = self.codes(codes)?;
                entry
                    .seats
                    .extend(list(names).map(|name| (name, sectors.clone())));
            }
            ("earlier", EntryKind::Country) => entry.earlier.push(self.earlier(value)?),
            ("adjective", EntryKind::People) => entry.people.extend(list(value)),
            ("one", EntryKind::People) => entry.short.extend(list(value)),
            ("short", EntryKind::Person) => entry.short.extend(list(value)),
            ("she", EntryKind::Person) => entry.female = true,
            ("office", EntryKind::Person) => entry.offices.push(self.office(value, &entry.country)?),
            _ => {
                let near = did_you_mean(word, PROPERTIES);
                return Err(self.error_at(
                    word,
                    format!(
                        "\"{word}\" is not known here; see the list of words in data/actors/README.md{near}"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// `foreign minister : GOV 2004-03-09..`
    fn office(self, value: &str, country: &str) -> Result<Office, LoadError> {
        let Some((title, rest)) = value.split_once(" : ") else {
            return Err(self.error_at(value, "write an office as `office title : SECTOR FROM..UNTIL`"));
        };
        let (codes, term): (Vec<&str>, Vec<&str>) =
            rest.split_whitespace().partition(|part| !part.contains(".."));
        let (own, sectors) = self.codes(&codes.join(" "))?;
        let mut office = Office {
            title: title.trim().to_lowercase(),
            country: own.unwrap_or_else(|| country.to_owned()),
            sectors,
            line: self.number,
            from: None,
            until: None,
        };
        for part in term {
            let term = self.term(part)?;
            (office.from, office.until) = (term.from, term.until);
        }
        Ok(office)
    }

    /// `Zaire; Republic of Zaire : 1971-10-27..1997-05-17`
    fn earlier(self, value: &str) -> Result<EarlierName, LoadError> {
        let (names, term) = value.split_once(" : ").unwrap_or((value, ""));
        let mut names = list(names);
        let term = Some(term.trim()).filter(|term| term.contains(".."));
        let (Some(name), Some(term)) = (names.next(), term) else {
            return Err(self.error_at(
                value,
                "write an earlier name as `earlier Name; Name : FROM..UNTIL`",
            ));
        };
        Ok(EarlierName {
            name,
            aliases: names.collect(),
            term: self.term(term)?,
        })
    }

    /// `FROM..UNTIL`
    fn term(self, text: &str) -> Result<Term, LoadError> {
        let (from, until) = text.split_once("..").unwrap_or((text, ""));
        let term = Term {
            from: self.date(from, Edge::First)?,
            until: self.date(until, Edge::Last)?,
        };
        match (term.from, term.until) {
            (Some(from), Some(until)) if until < from => Err(self.error_at(
                "..",
                format!("the term ends ({until}) before it begins ({from}); swap the dates"),
            )),
            _ => Ok(term),
        }
    }

    /// An optional country field and any number of sectors.
    pub(super) fn codes(self, text: &str) -> Result<(Option<String>, Vec<Sector>), LoadError> {
        let mut country = None;
        let mut sectors = Vec::new();
        for code in text.split_whitespace() {
            match code.parse::<Sector>() {
                Ok(sector) => sectors.push(sector),
                Err(_) if country.is_none() && is_country_field(code) => country = Some(code.to_owned()),
                Err(_) => return Err(self.error_at(code, self.bad_code(code))),
            }
        }
        Ok((country, sectors))
    }

    /// A year, a month or a day; the edge says which day of the year or month is meant.
    fn date(self, text: &str, edge: Edge) -> Result<Option<Date>, LoadError> {
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            self.error_at(
                text,
                format!("\"{text}\" is not a date; write 2011, 2011-12 or 2011-12-17, or leave it empty"),
            )
        };
        let mut parts = [None; 3];
        for (index, part) in text.split('-').enumerate() {
            let slot = parts.get_mut(index).ok_or_else(wrong)?;
            *slot = Some(part.parse::<i16>().map_err(|_| wrong())?);
        }
        let small = |part: Option<i16>| part.map(i8::try_from).transpose().map_err(|_| wrong());
        let (month, day) = (small(parts[1])?, small(parts[2])?);
        let year = parts[0].ok_or_else(wrong)?;
        let first = Date::new(
            year,
            month.unwrap_or(if edge == Edge::Last { 12 } else { 1 }),
            day.unwrap_or(1),
        )
        .map_err(|_| wrong())?;
        Ok(Some(if day.is_none() && edge == Edge::Last {
            first.last_of_month()
        } else {
            first
        }))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn person(text: &str) -> Result<NameFile, LoadError> {
        name_file("leaders.txt", text, EntryKind::Person)
    }

    #[test]
    fn an_entry_carries_its_offices_with_terms() {
        let file = person(
            "A B : FRA ELI\n  also A. B.; Abe\n  office president : GOV 2001..2003-05 # twice\n  she\n",
        )
        .expect("a sound file");
        let (entry, line) = &file.entries[0];
        assert_eq!((*line, entry.aliases.len(), entry.female), (1, 2, true));
        let office = &entry.offices[0];
        assert_eq!(
            (office.from, office.until),
            (Some(date(2001, 1, 1)), Some(date(2003, 5, 31)))
        );
        assert_eq!(entry.sectors_on(Some(date(2002, 1, 1))), [Sector::Government]);
        assert_eq!(entry.sectors_on(Some(date(2009, 1, 1))), [Sector::Elite]);
        assert_eq!(entry.sectors_on(None), [Sector::Government]);
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (text, place) in [
            ("A B", "leaders.txt:1:1: "),
            ("A B : FRA GOVT", "leaders.txt:1:11: "),
            ("A B : FRA\n  nick X", "leaders.txt:2:3: "),
            ("A B : FRA\n  office king : GOV 2003..2001", "leaders.txt:2:25: "),
            ("A B : FRA\n  office king : GOV 2003-13..", "leaders.txt:2:21: "),
            ("  also X", "leaders.txt:1:1: "),
            ("A B : FRA\n  also", "leaders.txt:2:3: "),
        ] {
            let error = person(text).expect_err(text).to_string();
            assert!(error.starts_with(place), "{error}");
        }
    }
}
