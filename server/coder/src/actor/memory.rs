//! What one article has told so far: who was named, which country it is about, who acted last.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use dateline_parser::{Dep, Doc, Tag};
use jiff::civil::Date;

use super::entry::EntryKind;
use super::fold;
use super::gazetteer::{Gazetteer, Reading};
use super::mention::{Mentions, NameMention};
use super::phrase::{Nature, Scene};
use super::read;
use crate::{Party, Sector};

/// Sentences back to which a pronoun or "the two leaders" may reach.
const REACH: usize = 3;

/// The memory of one article: names seen in full, countries, recent subjects. Built per article.
///
/// [`observe`](DocumentMemory::observe) every sentence in the order of the text, then
/// [`resolve`](DocumentMemory::resolve) the noun phrases in it.
#[derive(Debug)]
pub struct DocumentMemory<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) published: Option<Date>,
    pub(super) persons: Vec<Known>,
    /// The present sentence first, then those before it.
    pub(super) recent: VecDeque<Vec<Seen>>,
    countries: BTreeMap<String, u32>,
    dateline: Option<String>,
    blocked: HashSet<usize>,
    mentions: Arc<Mentions>,
    /// Address and length of the text that `mentions` belongs to.
    source: (usize, usize),
    clock: usize,
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
    /// When it was last mentioned; 0 if only found by [`DocumentMemory::survey`].
    pub(super) last: usize,
}

/// A phrase of a recent sentence.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) parties: Vec<Party>,
    pub(super) nature: Nature,
    pub(super) subject: bool,
    pub(super) token: usize,
}

impl<'g> DocumentMemory<'g> {
    /// An empty memory. The publication date decides who holds an office; without it every holder is a candidate.
    pub fn new(gazetteer: &'g Gazetteer, published: Option<Date>) -> Self {
        DocumentMemory {
            gazetteer,
            published,
            persons: Vec::new(),
            recent: VecDeque::new(),
            countries: BTreeMap::new(),
            dateline: None,
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

    /// Reads a sentence, given as a range of tokens of `doc`, the parse of `text`: full names become known, countries
    /// are counted, subjects are kept for pronouns. Call it once per sentence, in the order of the text, before
    /// resolving phrases of that sentence.
    pub fn observe(&mut self, text: &str, doc: &Doc, sentence: Range<usize>) {
        self.clock += 1;
        self.block(text, doc, sentence.clone());
        self.recent.push_front(Vec::new());
        self.recent.truncate(REACH);
        let mentions = Arc::new(Mentions::find(
            self.gazetteer,
            text,
            doc,
            sentence.clone(),
            &self.blocked,
        ));
        self.source = source_of(text);
        self.mentions = Arc::clone(&mentions);
        for name in mentions.names.iter().filter(|name| !name.detached) {
            self.remember_entry(name, true);
        }
        let scene = Scene { text, doc, mentions };
        for token in sentence.filter(|&token| is_salient(doc, token)) {
            let Some(found) = self.phrase(&scene, token, &mut Vec::new(), 0) else {
                continue;
            };
            let subject = is_subject(doc, token);
            let seen = Seen {
                parties: found.parties,
                nature: found.nature,
                subject,
                token,
            };
            if let Some(present) = self.recent.front_mut() {
                present.push(seen);
            }
        }
    }

    /// The parties that the noun phrase with head token `head` stands for, its coordinated phrases included; also an
    /// adjective ("Syrian") or possessive ("his") by itself. Empty if it names no party or it is not clear which.
    pub fn resolve(&mut self, text: &str, doc: &Doc, head: usize) -> Resolved {
        let mut resolved = Resolved::default();
        if head >= doc.tokens.len() {
            return resolved;
        }
        let scene = self.scene(text, doc, head);
        for (index, token) in coordinated(doc, head).into_iter().enumerate() {
            let Some(found) = self.phrase(&scene, token, &mut resolved.why, 0) else {
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
        resolved
    }

    /// The country that domestic roles belong to unless another is named: the only one or by far the most frequent one
    /// read so far, or else the dateline's.
    pub(crate) fn home(&self) -> Option<String> {
        let total: u32 = self.countries.values().sum();
        let most = self.countries.iter().max_by_key(|(_, count)| **count);
        match most {
            Some((code, &count)) if count == total || count >= 2 && count * 10 >= total * 6 => {
                Some(code.clone())
            }
            Some(_) => None,
            None => self.dateline.clone(),
        }
    }

    /// Keeps a person under its full and short names; a person known already is only touched.
    pub(super) fn remember(&mut self, person: Known) {
        let key = fold::key(&person.name);
        let clock = person.last;
        if let Some(known) = self
            .persons
            .iter_mut()
            .find(|known| fold::key(&known.name) == key)
        {
            known.last = known.last.max(clock);
            known.role = known.role.or(person.role);
        } else {
            self.persons.push(person);
        }
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
        if observed && !read::SPECIAL.contains(&country.as_str()) {
            *self.countries.entry(country.clone()).or_default() += 1;
        }
        if entry.kind == EntryKind::Person {
            self.remember(Known {
                name: entry.name.clone(),
                country,
                sectors: entry.sectors_on(self.published),
                shorts: entry.short.iter().map(|short| fold::key(short)).collect(),
                entry: Some(index),
                role: None,
                female: Some(entry.female),
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

/// A subject, or coordinated with one.
fn is_subject(doc: &Doc, token: usize) -> bool {
    let first = std::iter::once(token)
        .chain(doc.ancestors(token))
        .find(|&i| doc.tokens[i].dep != Dep::Conj);
    first.is_some_and(|first| matches!(doc.tokens[first].dep, Dep::Nsubj | Dep::NsubjPass))
}

/// Heads of phrases that later pronouns may point at.
fn is_salient(doc: &Doc, token: usize) -> bool {
    let token = &doc.tokens[token];
    let noun = matches!(token.tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
    match token.dep {
        Dep::Nsubj | Dep::NsubjPass => noun || matches!(token.tag, Tag::PRP | Tag::CD | Tag::DT),
        Dep::Dobj | Dep::Pobj | Dep::Dative | Dep::Conj | Dep::Poss => noun,
        _ => false,
    }
}

/// A head and the nouns coordinated with it, in order.
pub(super) fn coordinated(doc: &Doc, head: usize) -> Vec<usize> {
    let mut heads = vec![head];
    let mut at = 0;
    while at < heads.len() && heads.len() < 64 {
        let noun = |tag| {
            matches!(
                tag,
                Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS | Tag::PRP | Tag::CD | Tag::JJ
            )
        };
        let conjuncts = doc
            .children(heads[at])
            .filter(|&i| doc.tokens[i].dep == Dep::Conj && noun(doc.tokens[i].tag));
        let fresh: Vec<usize> = conjuncts.filter(|i| !heads.contains(i)).collect();
        heads.extend(fresh);
        at += 1;
    }
    heads.sort_unstable();
    heads
}
