//! What one article has told so far: who was named, which country it is about, who acted last.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use dateline_parser::{Dep, Doc};
use jiff::civil::Date;

use super::antecedent::is_speaking;
use super::entry::EntryKind;
use super::fold;
use super::gazetteer::{Gazetteer, Reading};
use super::mention::{Mentions, NameMention};
use super::phrase::{Nature, Scene, Sort};
use super::read;
use super::salience::{coordinated, is_salient, is_subject, join_coordinated, nobody};
use super::trail::{Trail, Whence};
use crate::{Party, Sector};

/// Sentences back to which "the group" or "the minister" may reach; pronouns reach less far.
const REACH: usize = 8;

/// The memory of one article: names seen in full, countries, recent subjects. Built per article.
///
/// [`observe`](DocumentMemory::observe) every sentence in the order of the text, then
/// [`resolve`](DocumentMemory::resolve) the noun phrases in it.
#[derive(Debug)]
pub struct DocumentMemory<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) published: Option<Date>,
    pub(super) persons: Vec<Known>,
    /// Where in `persons` a folded full name stands.
    full: HashMap<String, usize>,
    /// Where in `persons` those stand whom a folded name may mean, full or short.
    called: HashMap<String, Vec<usize>>,
    /// The phrases of the present sentence, then those of the sentences before it.
    pub(super) recent: VecDeque<Vec<Seen>>,
    /// The countries named in the present sentence, then in those before it, each with its token.
    pub(super) lands: VecDeque<Vec<(String, usize)>>,
    /// For each role noun, or family of them, the country it last had, with the time and the token.
    pub(super) owners: HashMap<usize, Vec<Owned>>,
    pub(super) countries: BTreeMap<String, u32>,
    pub(super) dateline: Option<String>,
    pub(super) headline: Option<String>,
    explain: bool,
    blocked: HashSet<usize>,
    mentions: Arc<Mentions>,
    /// Address and length of the text that `mentions` belongs to.
    source: (usize, usize),
    pub(super) clock: usize,
}

/// The parties a noun phrase stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The parties in the order of the text; empty if the phrase names none or it is not clear which.
    pub parties: Vec<Party>,
    /// One line for each step of reasoning.
    pub why: Vec<String>,
}

/// A person whose full name was read.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) country: String,
    pub(super) sectors: Vec<Sector>,
    pub(super) shorts: Vec<String>,
    pub(super) entry: Option<usize>,
    /// The title it was introduced with.
    pub(super) role: Option<usize>,
    pub(super) female: Option<bool>,
    /// A body rather than a person: "the rights group Sviatlo".
    pub(super) body: bool,
    /// When it was last mentioned; 0 if only found by [`DocumentMemory::survey`].
    pub(super) last: usize,
}

/// A phrase of a recent sentence.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) parties: Vec<Party>,
    pub(super) nature: Nature,
    pub(super) sort: Sort,
    pub(super) subject: bool,
    pub(super) object: bool,
    /// Subject of a verb of saying.
    pub(super) speaks: bool,
    /// Coordinated with others, which a phrase of their own holds together.
    pub(super) part: bool,
    pub(super) token: usize,
}

/// A role that was read with its country.
#[derive(Debug)]
pub(super) struct Owned {
    pub(super) country: String,
    pub(super) clock: usize,
    pub(super) token: usize,
}

impl<'g> DocumentMemory<'g> {
    /// An empty memory. The publication date decides who holds an office; without it every holder is a candidate.
    pub fn new(gazetteer: &'g Gazetteer, published: Option<Date>) -> Self {
        DocumentMemory {
            gazetteer,
            published,
            persons: Vec::new(),
            full: HashMap::new(),
            called: HashMap::new(),
            recent: VecDeque::new(),
            lands: VecDeque::new(),
            owners: HashMap::new(),
            countries: BTreeMap::new(),
            dateline: None,
            headline: None,
            explain: true,
            blocked: HashSet::new(),
            mentions: Arc::default(),
            source: (0, 0),
            clock: 0,
        }
    }

    /// Reads ahead: the names in a paragraph make short names known before their sentence is observed, so that a
    /// headline's "Kim" finds the body's "Kim Jong Un". Optional; call it for all paragraphs before the first
    /// `observe`.
    pub fn survey(&mut self, text: &str, doc: &Doc) {
        for sentence in &doc.sentences {
            self.block(text, doc, sentence.clone());
        }
        for sentence in &doc.sentences {
            let mentions = Mentions::find(self.gazetteer, text, doc, sentence.clone(), &self.blocked);
            for name in mentions.names.iter().filter(|name| !name.detached) {
                self.remember_entry(name, false);
            }
        }
    }

    /// Whether [`resolve`](Self::resolve) tells why; it does unless told otherwise.
    pub fn explain(&mut self, explain: bool) {
        self.explain = explain;
    }

    /// Whether [`resolve`](Self::resolve) tells why.
    pub fn explains(&self) -> bool {
        self.explain
    }

    /// Notes where the article was written, from its dateline ("SEOUL").
    pub fn observe_dateline(&mut self, place: &str) {
        let words = fold::words(place);
        let folded = || words.iter().map(|word| word.folded.as_str());
        let prefix = self.gazetteer.names.prefixes(folded()).into_iter().next_back();
        let found = prefix.and_then(|(_, uses)| uses.iter().find(|name| name.reading != Reading::NotActor));
        let entry = found.map(|name| self.gazetteer.entry(name.entry));
        if let Some(entry) = entry.filter(|entry| entry.kind == EntryKind::Country) {
            self.dateline = Some(entry.country.clone());
        }
    }

    /// Notes the country of a headline, if it names one only: what the article is about until the text says more.
    pub fn observe_headline(&mut self, headline: &str) {
        let words = fold::words(headline);
        let mut countries = BTreeSet::new();
        let mut at = 0;
        while at < words.len() {
            let folded = words[at..].iter().map(|word| word.folded.as_str());
            let found = self.gazetteer.names.prefixes(folded).into_iter().rev();
            let mut length = 1;
            for (words_long, uses) in found {
                let span = &words[at..at + words_long];
                let Some(name) = uses.iter().find(|name| super::mention::is_written_so(name, span)) else {
                    continue;
                };
                length = words_long;
                if name.reading != Reading::NotActor {
                    countries.insert(self.gazetteer.entry(name.entry).country_on(self.published));
                }
                break;
            }
            at += length;
        }
        countries.retain(|code| !read::SPECIAL.contains(code));
        let only = if countries.len() == 1 {
            countries.first().copied()
        } else {
            None
        };
        self.headline = only.map(str::to_owned);
    }

    /// Reads a sentence, given as a range of tokens of `doc`, the parse of `text`: full names become known, countries
    /// are counted, subjects are kept for pronouns. Call it once per sentence, in the order of the text, before
    /// resolving phrases of that sentence.
    pub fn observe(&mut self, text: &str, doc: &Doc, sentence: Range<usize>) {
        self.clock += 1;
        self.block(text, doc, sentence.clone());
        self.recent.push_front(Vec::new());
        self.recent.truncate(REACH);
        self.lands.push_front(Vec::new());
        self.lands.truncate(REACH);
        let mentions = Arc::new(Mentions::find(
            self.gazetteer,
            text,
            doc,
            sentence.clone(),
            &self.blocked,
        ));
        self.source = source_of(text);
        self.mentions = Arc::clone(&mentions);
        let scene = Scene { text, doc, mentions };
        let mentions = Arc::clone(&scene.mentions);
        for name in mentions.names.iter().filter(|name| !name.detached) {
            self.remember_entry(name, true);
            // What tells where a stranger is from says nothing of where the article plays.
            if !self.is_a_strangers(&scene, name, usize::MAX) {
                self.count_country(name);
            }
        }
        for token in sentence.filter(|&token| is_salient(doc, token)) {
            let subject = is_subject(doc, token);
            let found = self.phrase(&scene, token, &mut Trail::silent(), 0);
            // A subject that is no party still takes the pronouns that follow it.
            let Some(found) = found.or_else(|| subject.then(|| nobody(text, doc, token)).flatten()) else {
                continue;
            };
            if let (Sort::Role(role), [party]) = (found.sort, &found.parties[..])
                && found.whence.is_some_and(Whence::is_said)
            {
                self.remember_owner(role, &party.country.clone(), token);
            }
            let seen = Seen {
                parties: found.parties,
                nature: found.nature,
                sort: found.sort,
                subject,
                object: doc.tokens[token].dep == Dep::Dobj,
                speaks: subject && is_speaking(&doc.tokens[doc.tokens[token].head].lemma),
                part: false,
                token,
            };
            if let Some(present) = self.recent.front_mut() {
                present.push(seen);
            }
        }
        if let Some(present) = self.recent.front_mut() {
            join_coordinated(present, doc);
        }
    }

    /// The parties that the noun phrase with head token `head` stands for, its coordinated phrases included; also an
    /// adjective ("Syrian") or possessive ("his") by itself. Empty if it names no party or it is not clear which.
    pub fn resolve(&mut self, text: &str, doc: &Doc, head: usize) -> Resolved {
        let mut resolved = Resolved::default();
        let mut trail = Trail::new(self.explain);
        if head >= doc.tokens.len() {
            return resolved;
        }
        let scene = self.scene(text, doc, head);
        for (index, token) in coordinated(doc, head).into_iter().enumerate() {
            let Some(found) = self.phrase(&scene, token, &mut trail, 0) else {
                continue;
            };
            for party in found.parties {
                let known = resolved
                    .parties
                    .iter()
                    .any(|p| p.name == party.name && p.code() == party.code());
                if !known || index == 0 {
                    resolved.parties.push(party);
                }
            }
        }
        resolved.why = trail.into_lines();
        resolved
    }

    /// Keeps a person under its full and short names; a person known already is only touched.
    pub(super) fn remember(&mut self, person: Known) {
        let key = fold::key(&person.name);
        if let Some(&at) = self.full.get(&key) {
            let known = &mut self.persons[at];
            known.last = known.last.max(person.last);
            known.role = known.role.or(person.role);
            return;
        }
        let at = self.persons.len();
        for name in person.shorts.iter().chain([&key]) {
            let called = self.called.entry(name.clone()).or_default();
            if called.last() != Some(&at) {
                called.push(at);
            }
        }
        self.full.insert(key, at);
        self.persons.push(person);
    }

    /// The persons whom a folded name may mean, full or short, each with its place.
    pub(super) fn called(&self, name: &str) -> impl Iterator<Item = (usize, &Known)> + Clone {
        let places = self.called.get(name).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&at| (at, &self.persons[at]))
    }

    pub(super) fn now(&self) -> usize {
        self.clock
    }

    /// The entry that a name means: of several persons of one name the one in office.
    pub(super) fn entry_of(&self, name: &NameMention) -> Option<usize> {
        let in_office = name.entries.iter().find(|&&index| {
            let offices = &self.gazetteer.entry(index).offices;
            self.published.is_some() && offices.iter().any(|office| office.held_on(self.published))
        });
        in_office.or(name.entries.first()).copied()
    }

    fn remember_entry(&mut self, name: &NameMention, observed: bool) {
        let Some(index) = self.entry_of(name) else { return };
        let entry = self.gazetteer.entry(index);
        let country = entry.country_on(self.published).to_owned();
        if entry.kind == EntryKind::Person {
            self.remember(Known {
                name: entry.name.clone(),
                country,
                sectors: entry.sectors_on(self.published),
                shorts: entry.short.iter().map(|short| fold::key(short)).collect(),
                entry: Some(index),
                role: None,
                female: Some(entry.female),
                body: false,
                last: if observed { self.clock } else { 0 },
            });
        }
    }

    /// Takes out the entries that the words of a sentence say are not meant in this article.
    fn block(&mut self, text: &str, doc: &Doc, sentence: Range<usize>) {
        let (Some(first), Some(last)) = (
            doc.tokens.get(sentence.start),
            doc.tokens.get(sentence.end.wrapping_sub(1)),
        ) else {
            return;
        };
        let folded = format!(
            " {} ",
            fold::key(text.get(first.start..last.end).unwrap_or_default())
        );
        self.blocked.extend(self.gazetteer.blocked_by(&folded));
    }

    fn scene<'t>(&self, text: &'t str, doc: &'t Doc, head: usize) -> Scene<'t> {
        let sentence = doc.sentence_of(head);
        let kept = self.source == source_of(text) && self.mentions.sentence == sentence;
        let mentions = if kept {
            Arc::clone(&self.mentions)
        } else {
            Arc::new(Mentions::find(self.gazetteer, text, doc, sentence, &self.blocked))
        };
        Scene { text, doc, mentions }
    }
}

fn source_of(text: &str) -> (usize, usize) {
    (text.as_ptr().addr(), text.len())
}
