//! The data files: built in, replaceable by name, loaded into one immutable whole.

use crate::LoadError;
use crate::about::Topics;
use crate::document::Boilerplate;
use crate::noun::Nouns;
use crate::operator::Operators;
use crate::verb::Verbs;
use crate::words::{Classes, WordSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The contents of the data files by name: the built-in ones, or others in their place.
///
/// ```
/// let mut lexicon = dateline_coder::Lexicon::built_in();
/// assert!(lexicon.get("verbs.txt").is_some());
/// lexicon.replace("verbs.txt", "attack obj:@ -> ASSAULT 190\n").expect("a name that is known");
/// ```
#[derive(Debug, Clone)]
pub struct Lexicon {
    files: BTreeMap<&'static str, std::borrow::Cow<'static, str>>,
    changed: bool,
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
                .map(|(name, text)| (name, text.into()))
                .collect(),
            changed: false,
        }
    }

    /// The content of a file; `None` if there is no file of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// The content of a file that loaded data may keep: the built-in one without a copy. Empty if there is no such file.
    pub(crate) fn content(&self, name: &str) -> std::borrow::Cow<'static, str> {
        self.files.get(name).cloned().unwrap_or_default()
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.files.keys().copied()
    }

    /// Puts other content in the place of a file.
    ///
    /// # Errors
    /// There is no data file of that name.
    pub fn replace(&mut self, name: &str, content: impl Into<String>) -> Result<(), LoadError> {
        let known = self.files.keys().copied().collect::<Vec<_>>().join(", ");
        match self.files.get_mut(name) {
            Some(file) => {
                *file = content.into().into();
                self.changed = true;
                Ok(())
            }
            None => Err(LoadError::new(
                name,
                0,
                0,
                format!("no data file has this name; the names are {known}"),
            )),
        }
    }

    /// A short hash of the contents if any file was replaced.
    pub(crate) fn overlay(&self) -> Option<String> {
        self.changed.then(|| {
            // FNV-1a, 64 bits: stable over platforms and releases, and nothing here is secret.
            let mut hash = 0xcbf2_9ce4_8422_2325_u64;
            for (name, content) in &self.files {
                for byte in name.bytes().chain([0]).chain(content.bytes()).chain([0]) {
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

/// The loaded data, actors aside.
#[derive(Debug)]
pub(crate) struct Data {
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
        !self.verbs.patterns(lemma).is_empty() || self.light.has(lemma) || self.happen.has(lemma)
    }

    pub(crate) fn load(lexicon: &Lexicon) -> Result<Self, LoadError> {
        let file = |name: &'static str| (name, lexicon.get(name).unwrap_or_default());
        let (name, content) = file("classes.txt");
        let classes = Classes::load(name, content)?;
        let class = |class: &str| {
            classes
                .get(class)
                .ok_or_else(|| LoadError::new(name, 0, 0, format!("class %{class} is missing; define it")))
        };
        let (verbs, verb_lines) = file("verbs.txt");
        let (nouns, noun_lines) = file("nouns.txt");
        let (operators, operator_lines) = file("operators.txt");
        let (topics, topic_lines) = file("topics.txt");
        let (boilerplate, boilerplate_lines) = file("boilerplate.txt");
        Ok(Data {
            transparent: class("transparent")?,
            light: class("light")?,
            happen: class("happen")?,
            instrument: class("instrument")?,
            actorlike: class("actorlike")?,
            deeds: class("crime")?,
            sport: class("sport")?,
            sport_hint: class("sport-hint")?,
            market: class("market")?,
            market_hint: class("market-hint")?,
            weather: class("weather")?,
            culture: class("culture")?,
            culture_hint: class("culture-hint")?,
            verbs: Verbs::load(verbs, verb_lines, &classes)?,
            nouns: Nouns::load(nouns, noun_lines)?,
            operators: Operators::load(operators, operator_lines)?,
            topics: Topics::load(topics, topic_lines)?,
            boilerplate: Boilerplate::load(boilerplate, boilerplate_lines)?,
        })
    }
}
