//! Puts the gazetteer together from its files, and refuses what would mean two things.

use std::collections::HashMap;

use super::{ActorFiles, Gazetteer, NameUse, Reading, RoleUse, names_of};
use crate::LoadError;
use crate::actor::entry::{Entry, EntryKind};
use crate::actor::fold::{self, Case};
use crate::actor::read::{self, NameFile};
use crate::actor::role::{self, Form, Role};
use crate::actor::trie::Trie;
use crate::table::did_you_mean;

impl Gazetteer {
    /// Reads the data files.
    ///
    /// # Errors
    ///
    /// The first mistake found, with file, line, column and what to do: bad grammar, an unknown code, a term that
    /// ends before it begins, a country code or a name that is given to two actors.
    pub fn load(files: &ActorFiles<'_>) -> Result<Gazetteer, LoadError> {
        let mut gazetteer = Gazetteer {
            entries: Vec::new(),
            names: Trie::new(),
            roles: Vec::new(),
            role_words: Trie::new(),
            countries: HashMap::new(),
            alpha2: HashMap::new(),
            peoples: HashMap::new(),
            shorts: HashMap::new(),
            holders: HashMap::new(),
            unless: Vec::new(),
            known: Vec::new(),
        };
        for (file, text, kind) in [
            ("countries.txt", files.countries, EntryKind::Country),
            ("organisations.txt", files.organisations, EntryKind::Organisation),
            ("groups.txt", files.groups, EntryKind::Group),
            ("leaders.txt", files.leaders, EntryKind::Person),
        ] {
            gazetteer.add_file(file, read::name_file(file, text, kind)?)?;
        }
        for (entry, line) in read::name_file("peoples.txt", files.peoples, EntryKind::People)?.entries {
            gazetteer.add_people("peoples.txt", entry, line)?;
        }
        gazetteer.add_roles("roles.txt", files.roles)?;
        gazetteer.index_offices()?;
        gazetteer.known.sort();
        gazetteer.known.dedup_by(|a, b| a.0 == b.0);
        Ok(gazetteer)
    }

    fn add_file(&mut self, file: &str, names: NameFile) -> Result<(), LoadError> {
        for (entry, line) in names.entries {
            self.add_entry(file, entry, line)?;
        }
        for (name, line) in names.not_actors {
            self.add_name(file, line, &name, usize::MAX, Reading::NotActor)?;
        }
        Ok(())
    }

    fn add_entry(&mut self, file: &str, mut entry: Entry, line: u32) -> Result<(), LoadError> {
        let index = self.entries.len();
        if entry.kind == EntryKind::Country && entry.existed.is_none() {
            if self.countries.insert(entry.country.clone(), index).is_some() {
                let message = format!("{} has an entry already; keep one of them", entry.country);
                return Err(LoadError::new(file, line, 1, message));
            }
            if !entry.alpha2.is_empty() && self.alpha2.insert(entry.alpha2.clone(), index).is_some() {
                let message = format!(
                    "the two-letter code {} is given twice; correct one of them",
                    entry.alpha2
                );
                return Err(LoadError::new(file, line, 1, message));
            }
        } else {
            self.refuse_unknown_country(file, &entry, line)?;
        }
        if entry.kind == EntryKind::Person && entry.short.is_empty() {
            entry
                .short
                .extend(entry.name.split_whitespace().last().map(str::to_owned));
        }
        for (name, reading) in names_of(&entry) {
            let key = self.add_name(file, line, name, index, reading)?;
            if reading == Reading::People && has_regular_plural(name) {
                self.add_name(file, line, &format!("{name}s"), index, reading)?;
            }
            if reading != Reading::Place {
                self.known.push((key, name.to_owned()));
            }
        }
        self.entries.push(entry);
        Ok(())
    }

    /// The nouns of a people are roles, its adjectives names that only qualify.
    fn add_people(&mut self, file: &str, mut entry: Entry, line: u32) -> Result<(), LoadError> {
        let (index, role) = (self.entries.len(), self.roles.len());
        self.refuse_unknown_country(file, &entry, line)?;
        if entry.short.is_empty() {
            let several = std::iter::once(&entry.name).chain(&entry.aliases);
            entry.short = several.map(|name| role::singular(name)).collect();
        }
        self.roles.push(Role {
            name: entry.name.clone(),
            plural: entry.name.clone(),
            country: entry.country.clone(),
            sectors: entry.sectors.clone(),
            form: Form::Group,
            office: false,
            relative: false,
            rootless: false,
            bystander: false,
            file: "peoples.txt",
            line,
        });
        let several = std::iter::once(&entry.name).chain(&entry.aliases);
        let several: Vec<String> = several.cloned().collect();
        for (noun, plural) in several
            .iter()
            .map(|noun| (noun, true))
            .chain(entry.short.iter().map(|noun| (noun, false)))
        {
            let key = fold::key(noun);
            if plural || !several.iter().any(|other| fold::key(other) == key) {
                self.add_role_word(file, line, noun, RoleUse { role, plural })?;
            }
            // Hides the "Americans" in "Native Americans".
            if key.contains(' ') {
                self.add_name(file, line, noun, index, Reading::Adjective)?;
            }
            self.known.push((key.clone(), noun.clone()));
            self.peoples.insert(key, index);
        }
        for adjective in &entry.people {
            let key = self.add_name(file, line, adjective, index, Reading::Adjective)?;
            self.known.push((key, adjective.clone()));
        }
        self.entries.push(entry);
        Ok(())
    }

    fn refuse_unknown_country(&self, file: &str, entry: &Entry, line: u32) -> Result<(), LoadError> {
        let code = entry.country.as_str();
        if code.is_empty() || read::SPECIAL.contains(&code) || self.countries.contains_key(code) {
            return Ok(());
        }
        let message = if entry.kind == EntryKind::Country {
            format!("{code} is no country above; write a former state below the one that followed it")
        } else {
            let mut known: Vec<&str> = self.countries.keys().map(String::as_str).collect();
            known.sort_unstable();
            let near = did_you_mean(code, known);
            format!("{code} is no country of countries.txt; correct the code{near}")
        };
        Err(LoadError::new(file, line, 1, message))
    }

    /// A name may have several readings within one entry, but names of two entries must differ; only persons may share
    /// one, as their terms in office tell them apart. Returns the folded name.
    fn add_name(
        &mut self,
        file: &str,
        line: u32,
        name: &str,
        entry: usize,
        reading: Reading,
    ) -> Result<String, LoadError> {
        let words = fold::words(name);
        let key = fold::joined(&words);
        let words = if words.len() > 1 && words[0].folded == "the" {
            &words[1..]
        } else {
            &words[..]
        };
        if words.is_empty() {
            return Err(LoadError::new(
                file,
                line,
                1,
                format!("\"{name}\" has no letters; remove it"),
            ));
        }
        let sequence = || words.iter().map(|word| word.folded.as_str());
        let cases: Box<[Case]> = words.iter().map(|word| word.case).collect();
        for other in self.names.get(sequence()) {
            if other.entry == entry && other.reading == reading && other.cases == cases {
                return Ok(key);
            }
            let both_persons =
                self.is_person(other.entry) && entry >= self.entries.len() && file == "leaders.txt";
            if other.entry != entry && !both_persons {
                let owner = self
                    .entries
                    .get(other.entry)
                    .map_or("a `not` line", |entry| entry.name.as_str());
                let message = format!("\"{name}\" already belongs to {owner}; remove it from one of them");
                return Err(LoadError::new(file, line, 1, message));
            }
        }
        self.names.insert(
            sequence(),
            NameUse {
                entry,
                reading,
                cases,
            },
        );
        Ok(key)
    }

    fn index_offices(&mut self) -> Result<(), LoadError> {
        let entries = std::mem::take(&mut self.entries);
        let indexed = self.index_entries(&entries);
        self.entries = entries;
        indexed
    }

    fn index_entries(&mut self, entries: &[Entry]) -> Result<(), LoadError> {
        let mut roles: HashMap<&str, Option<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            self.unless.extend(
                entry
                    .unless
                    .iter()
                    .map(|words| (format!(" {} ", fold::key(words)), index)),
            );
            for short in entry.short.iter().filter(|_| entry.kind == EntryKind::Person) {
                let persons = self.shorts.entry(fold::key(short)).or_default();
                if !persons.contains(&index) {
                    persons.push(index);
                }
            }
            for (number, office) in entry.offices.iter().enumerate() {
                let role = *roles
                    .entry(&office.title)
                    .or_insert_with(|| self.office_role(&office.title));
                let Some(role) = role else {
                    let titles = self
                        .roles
                        .iter()
                        .filter(|role| role.office)
                        .map(|role| role.name.as_str());
                    let near = did_you_mean(&office.title, titles);
                    let message = format!(
                        "the office \"{}\" is not in roles.txt; add it under a heading with `office`, or use a title that is there{near}",
                        office.title
                    );
                    return Err(LoadError::new("leaders.txt", office.line, 1, message));
                };
                self.holders
                    .entry((role, office.country.clone()))
                    .or_default()
                    .push((index, number));
            }
        }
        Ok(())
    }

    fn is_person(&self, index: usize) -> bool {
        self.entries
            .get(index)
            .is_some_and(|entry| entry.kind == EntryKind::Person)
    }

    fn add_roles(&mut self, file: &str, text: &str) -> Result<(), LoadError> {
        let (roles, written) = role::role_file(file, text)?;
        let first = self.roles.len();
        for form in written {
            let (role, plural) = (first + form.role, form.plural);
            self.add_role_word(file, form.line, &form.words, RoleUse { role, plural })?;
        }
        self.roles.extend(roles);
        Ok(())
    }

    fn add_role_word(&mut self, file: &str, line: u32, noun: &str, role: RoleUse) -> Result<(), LoadError> {
        let words = fold::words(noun);
        let sequence = || words.iter().map(|word| word.folded.as_str());
        let others = self.role_words.get(sequence());
        if others.contains(&role) {
            return Ok(());
        }
        if words.is_empty() || !others.is_empty() {
            let message =
                format!("\"{noun}\" is empty or stands twice in roles.txt and peoples.txt; keep it once");
            return Err(LoadError::new(file, line, 1, message));
        }
        self.role_words.insert(sequence(), role);
        Ok(())
    }
}

/// Words for a people take a plural in -s unless they are adjectives such as `Swiss`, `British`, `Chinese`.
fn has_regular_plural(people: &str) -> bool {
    !["s", "h", "ese", "men"].iter().any(|end| people.ends_with(end))
}
