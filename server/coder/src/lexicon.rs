//! The data files: built in, replaceable and extensible by name, loaded into one immutable whole.

mod file;
mod outdo;

use crate::about::Topics;
use crate::document::Boilerplate;
use crate::noun::Nouns;
use crate::operator::{Carrier, Operators};
use crate::verb::Verbs;
use crate::words::{Classes, WordSet};
use crate::{LoadError, table};
use file::{DataFile, Origin};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The contents of the data files by name: the built-in ones, others in their place, and additions to them.
///
/// A file is replaced under its own name, `verbs.txt`. An addition is called after the file that it adds to,
/// `verbs.extra.txt`; of its entries and those of the file that say the same, the addition's win.
///
/// ```
/// let mut lexicon = dateline_coder::Lexicon::built_in();
/// assert!(lexicon.get("verbs.txt").is_some());
/// lexicon.put("verbs.extra.txt", "serenade obj:@ -> SUPPORT 051\n").expect("the name of a data file, and extra");
/// ```
#[derive(Debug, Clone)]
pub struct Lexicon {
    files: BTreeMap<&'static str, DataFile>,
}

/// Where a line of the data stands, as its author knows it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) text: String,
}

macro_rules! built_in {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("../data/", $name)))),*] };
}

impl Lexicon {
    /// The files that the crate carries.
    pub fn built_in() -> Self {
        let files = built_in!(
            "classes.txt" "verbs.txt" "nouns.txt" "operators.txt" "topics.txt" "boilerplate.txt"
            "actors/countries.txt" "actors/leaders.txt" "actors/organisations.txt" "actors/groups.txt"
            "actors/peoples.txt" "actors/roles.txt"
            "places/cities.tsv" "places/regions.tsv" "places/countries.tsv" "places/areas.txt"
        );
        Self {
            files: files
                .into_iter()
                .map(|(name, text)| (name, DataFile::built_in(text)))
                .collect(),
        }
    }

    /// What is loaded as a file: its content, with that of its addition; `None` if there is no file of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(DataFile::text)
    }

    /// The content of a file or of an addition by itself; `None` if there is none of that name.
    pub fn part(&self, name: &str) -> Option<&str> {
        match extended(name) {
            Some(base) => self.files.get(base.as_str())?.addition(),
            None => self.files.get(name).map(DataFile::base),
        }
    }

    /// The content of a file that loaded data may keep: the built-in one without a copy. Empty if there is no such file.
    pub(crate) fn content(&self, name: &str) -> std::borrow::Cow<'static, str> {
        self.files.get(name).map(DataFile::shared).unwrap_or_default()
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.files.keys().copied()
    }

    /// The name of the addition to a file, "verbs.extra.txt" for "verbs.txt".
    pub fn extra_name(&self, name: &str) -> String {
        extra(name)
    }

    /// Whether other content stands in the place of a file.
    pub fn is_replaced(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(DataFile::is_replaced)
    }

    /// Puts other content in the place of a file, or of an addition such as `verbs.extra.txt`.
    ///
    /// # Errors
    /// There is no data file of that name.
    pub fn put(&mut self, name: &str, content: impl Into<String>) -> Result<(), LoadError> {
        let content: String = content.into();
        // What some editors put before the first character.
        let content = content
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(content);
        let base = extended(name);
        match (&base, self.files.get_mut(base.as_deref().unwrap_or(name))) {
            (None, Some(file)) => file.replace(name, content),
            (Some(base), Some(file)) => file.extend(base, content),
            (_, None) => return Err(self.unknown(name)),
        }
        Ok(())
    }

    /// [`put`](Self::put), when the name is that of a file.
    ///
    /// # Errors
    /// There is no data file of that name.
    pub fn replace(&mut self, name: &str, content: impl Into<String>) -> Result<(), LoadError> {
        self.put(name, content)
    }

    fn unknown(&self, name: &str) -> LoadError {
        let extras: Vec<String> = self.files.keys().map(|name| extra(name)).collect();
        let all = extras
            .iter()
            .map(String::as_str)
            .chain(self.names().map(|name| name as &str));
        let near = table::did_you_mean(name, all);
        let names = self.names().collect::<Vec<_>>().join(", ");
        let message = if near.is_empty() {
            format!(
                "no data file has this name; the names are {names}, and each with .extra before its ending"
            )
        } else {
            format!("no data file has this name{near}")
        };
        LoadError::new(name, 0, 0, message)
    }

    /// Where a line of what is loaded as a file comes from, and what it says.
    pub(crate) fn place(&self, name: &str, line: u32) -> Place {
        let Some(file) = self.files.get(name) else {
            return Place {
                file: name.to_owned(),
                line,
                text: String::new(),
            };
        };
        let (shown, number) = match file.origin(name, line) {
            Origin::Base(number) => (name.to_owned(), number),
            Origin::Addition(number) => (extra(name), number),
        };
        Place {
            file: shown,
            line: number,
            text: file.line(line).to_owned(),
        }
    }

    /// An error of loading as its author knows the place: with the folder of the file, and a line of the file itself.
    pub(crate) fn locate(&self, error: LoadError) -> LoadError {
        let name = self.full_name(&error.file);
        if error.line == 0 {
            return LoadError { file: name, ..error };
        }
        let Place { file, line, .. } = self.place(&name, error.line);
        LoadError { file, line, ..error }
    }

    /// "actors/leaders.txt" for "leaders.txt".
    fn full_name(&self, name: &str) -> String {
        let inside = |full: &&str| full.rsplit_once('/').is_some_and(|(_, last)| last == name);
        match self.names().find(inside) {
            Some(full) if !self.files.contains_key(name) => full.to_owned(),
            _ => name.to_owned(),
        }
    }

    /// Takes the line of a mistake out, so that the next one can be found; false if nothing was there.
    pub(crate) fn take_out(&mut self, error: &LoadError) -> bool {
        let name = self.full_name(&error.file);
        let Some(file) = self.files.get_mut(name.as_str()) else {
            return false;
        };
        match (name.as_str(), error.line, error.column) {
            (_, 0, _) => false,
            // Without the rest of its class other files would have mistakes that they do not have.
            ("classes.txt", line, 2..) => file.blank_word(line, error.column),
            (_, line, _) => file.blank(line, name.starts_with("actors/") && !name.ends_with("roles.txt")),
        }
    }

    /// A short hash of the contents if any file was replaced.
    pub(crate) fn overlay(&self) -> Option<String> {
        self.files.values().any(DataFile::is_changed).then(|| {
            // FNV-1a, 64 bits: stable over platforms and releases, and nothing here is secret.
            let mut hash = 0xcbf2_9ce4_8422_2325_u64;
            for (name, content) in &self.files {
                for byte in name.bytes().chain([0]).chain(content.text().bytes()).chain([0]) {
                    hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
                }
            }
            format!("{hash:016x}")
        })
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::built_in()
    }
}

/// "verbs.extra.txt" for "verbs.txt".
fn extra(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.extra.{ending}"),
        None => format!("{name}.extra"),
    }
}

/// "verbs.txt" for "verbs.extra.txt"; nothing for the name of no addition.
fn extended(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    Some(format!("{}.{ending}", stem.strip_suffix(".extra")?))
}

/// The loaded data, actors aside.
#[derive(Debug)]
pub(crate) struct Data {
    /// The files as they were loaded, for traces.
    pub(crate) sources: Lexicon,
    pub(crate) verbs: Verbs,
    pub(crate) nouns: Nouns,
    pub(crate) operators: Operators,
    pub(crate) topics: Topics,
    pub(crate) boilerplate: Boilerplate,
    /// "dozens of", "a series of".
    pub(crate) transparent: Arc<WordSet>,
    /// "launch an attack", "hold talks".
    pub(crate) light: Arc<WordSet>,
    /// "talks began".
    pub(crate) happen: Arc<WordSet>,
    /// "a bomb killed".
    pub(crate) instrument: Arc<WordSet>,
    /// Attacks and explosions that somebody may be said to be behind.
    pub(crate) deeds: Arc<WordSet>,
    /// Nouns that act through whom they belong to.
    pub(crate) actorlike: Arc<WordSet>,
    pub(crate) sport: Arc<WordSet>,
    pub(crate) sport_hint: Arc<WordSet>,
    pub(crate) market: Arc<WordSet>,
    pub(crate) market_hint: Arc<WordSet>,
    pub(crate) weather: Arc<WordSet>,
    pub(crate) culture: Arc<WordSet>,
    pub(crate) culture_hint: Arc<WordSet>,
}

impl Data {
    /// Whether any list has a verb of this lemma.
    pub(crate) fn knows_verb(&self, lemma: &str) -> bool {
        !self.verbs.patterns(lemma).is_empty()
            || self.operators.get(Carrier::Verb, lemma).is_some()
            || self.light.has(lemma)
            || self.happen.has(lemma)
    }

    pub(crate) fn load(lexicon: &Lexicon) -> Result<Self, LoadError> {
        let file = |name: &'static str| (name, lexicon.get(name).unwrap_or_default());
        let (name, content) = file("classes.txt");
        let classes = Classes::load(name, content)?;
        let mut missing: Vec<String> = Vec::new();
        let mut class = |class: &str| {
            let found = classes.get(class);
            if found.is_none() {
                missing.push(format!("%{class}"));
            }
            found.unwrap_or_default()
        };
        let (verbs, verb_lines) = file("verbs.txt");
        let (nouns, noun_lines) = file("nouns.txt");
        let (operators, operator_lines) = file("operators.txt");
        let (topics, topic_lines) = file("topics.txt");
        let (boilerplate, boilerplate_lines) = file("boilerplate.txt");
        let data = Data {
            sources: lexicon.clone(),
            transparent: class("transparent"),
            light: class("light"),
            happen: class("happen"),
            instrument: class("instrument"),
            actorlike: class("actorlike"),
            deeds: class("crime"),
            sport: class("sport"),
            sport_hint: class("sport-hint"),
            market: class("market"),
            market_hint: class("market-hint"),
            weather: class("weather"),
            culture: class("culture"),
            culture_hint: class("culture-hint"),
            verbs: Verbs::load(verbs, verb_lines, &classes)?,
            nouns: Nouns::load(nouns, noun_lines)?,
            operators: Operators::load(operators, operator_lines)?,
            topics: Topics::load(topics, topic_lines)?,
            boilerplate: Boilerplate::load(boilerplate, boilerplate_lines)?,
        };
        if missing.is_empty() {
            return Ok(data);
        }
        let message = format!(
            "{} must be there; define what is missing as `%name = word word`",
            missing.join(" ")
        );
        Err(LoadError::new(name, 0, 0, message))
    }
}
