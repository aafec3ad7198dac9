//! What one article has told so far: who was named, which country it is about, who acted last.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use dateline_parser::{Dep, Doc, EntityLabel, Tag};
use jiff::civil::Date;

use super::antecedent::is_speaking;
use super::entry::EntryKind;
use super::fold;
use super::gazetteer::{Gazetteer, Reading};
use super::mention::{Mentions, NameMention};
use super::phrase::{Found, Nature, Scene, Sort};
use super::read;
use super::trail::{Trail, Whence};
use crate::{Party, Sector};

/// Sentences back to which "the group" or "the minister" may reach; pronouns reach less far.
const REACH: usize = 8;
/// Mentions that the country of the dateline counts for, and that of the headline.
const DATELINE_WEIGHT: u32 = 3;

/// The memory of one article: names seen in full, countries, recent subjects. Built per article.
///
/// [`observe`](DocumentMemory::observe) every sentence in the order of the text, then
/// [`resolve`](DocumentMemory::resolve) the noun phrases in it.
#[derive(Debug)]
pub struct DocumentMemory<'g> {
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) published: Option<Date>,
    pub(super) persons: Vec<Known>,
    /// The phrases of the present sentence, then those of the sentences before it.
    pub(super) recent: VecDeque<Vec<Seen>>,
    /// The countries named in the present sentence, then in those before it, each with its token.
    pub(super) lands: VecDeque<Vec<(String, usize)>>,
    /// For each role noun, or family of them, the country it last had, with the time and the token.
    owners: HashMap<usize, Vec<Owned>>,
    countries: BTreeMap<String, u32>,
    dateline: Option<String>,
    headline: Option<String>,
    explain: bool,
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
struct Owned {
    country: String,
    clock: usize,
    token: usize,
}

impl<'g> DocumentMemory<'g> {
    /// An empty memory. The publication date decides who holds an office; without it every holder is a candidate.
    pub fn new(gazetteer: &'g Gazetteer, published: Option<Date>) -> Self {
        DocumentMemory {
            gazetteer,
            published,
            persons: Vec::new(),
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

    /// Keeps the country that a role was read with.
    fn remember_owner(&mut self, role: usize, country: &str, token: usize) {
        if country.is_empty() {
            return;
        }
        let clock = self.clock;
        let owners = self.owners.entry(self.gazetteer.family(role)).or_default();
        owners.retain(|owned| owned.country != country);
        owners.push(Owned {
            country: country.to_owned(),
            clock,
            token,
        });
    }

    /// The country that a role had before a token, if that is clear: the only one it ever had, or the last one within
    /// two sentences. With `near`, only what was said in the last sentences counts.
    pub(super) fn owner_of_role(&self, role: usize, token: usize, near: usize) -> Option<String> {
        let owners = self.owners.get(&self.gazetteer.family(role))?;
        let earlier = |owned: &&Owned| owned.clock < self.clock || owned.token < token;
        let last = owners.iter().filter(earlier).max_by_key(|o| (o.clock, o.token))?;
        let rivals = owners.iter().filter(earlier).count() > 1;
        let age = self.clock - last.clock;
        let twice = owners
            .iter()
            .filter(earlier)
            .any(|other| other.country != last.country && other.clock == last.clock);
        (age <= near && !(rivals && (age > 2 || twice))).then(|| last.country.clone())
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

    /// The country that domestic roles belong to unless another is named: the only one or by far the most frequent one
    /// read so far, dateline and headline counted in.
    pub(super) fn home(&self) -> Option<(String, Whence)> {
        let dateline = self.dateline.as_deref();
        let headline = self.headline.as_deref();
        let weight = |code: &str| {
            let named = u32::from(dateline == Some(code)) + u32::from(headline == Some(code));
            named * DATELINE_WEIGHT
        };
        // Home is asked for where the present sentence does not say; what it names is of others.
        let before = |(code, &count): (_, &u32)| (code, count.saturating_sub(self.named_now(code)));
        let counted = self.countries.iter().map(before);
        let counted = counted.map(|(code, count)| (code.as_str(), count + weight(code)));
        let counted = counted.filter(|(_, count)| *count > 0);
        let other = headline.filter(|_| headline != dateline);
        let unread = dateline.into_iter().chain(other);
        let unread = unread.filter(|code| !self.countries.contains_key(*code));
        let mut counts: Vec<(&str, u32)> = counted.chain(unread.map(|code| (code, weight(code)))).collect();
        counts.sort_by_key(|(_, count)| *count);
        let total: u32 = counts.iter().map(|(_, count)| count).sum();
        let &(code, count) = counts.last()?;
        let next = counts.len().checked_sub(2).map_or(0, |at| counts[at].1);
        let most = count >= 2 && count * 10 >= total * 6 || count >= 3 && count >= 2 * next;
        let clear = count == total || most;
        let whence = if dateline == Some(code) {
            Whence::Dateline
        } else {
            Whence::Article
        };
        clear.then(|| (code.to_owned(), whence))
    }

    /// How often the present sentence names a country.
    fn named_now(&self, code: &String) -> u32 {
        let lands = self.lands.front().into_iter().flatten();
        u32::try_from(lands.filter(|(land, _)| land == code).count()).unwrap_or(0)
    }

    /// So many countries that the article has named clearly more often than any other.
    pub(super) fn leading_countries(&self, count: usize) -> Option<Vec<String>> {
        // The present sentence names those who deal with the countries that it counts.
        let before = |(code, &n): (_, &u32)| (code, n.saturating_sub(self.named_now(code)));
        let mut counts: Vec<(&String, u32)> = self.countries.iter().map(before).collect();
        counts.retain(|&(_, n)| n > 0);
        counts.sort_by_key(|&(code, n)| (std::cmp::Reverse(n), code));
        let last = counts.get(count.checked_sub(1)?)?.1;
        let next = counts.get(count).map_or(0, |&(_, n)| n);
        let clear = last > next && (last >= 2 || next == 0);
        clear.then(|| counts[..count].iter().map(|(code, _)| (*code).clone()).collect())
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

    fn count_country(&mut self, name: &NameMention) {
        let Some(index) = self.entry_of(name) else { return };
        let country = self.gazetteer.entry(index).country_on(self.published).to_owned();
        if !read::SPECIAL.contains(&country.as_str()) {
            if let Some(lands) = self.lands.front_mut() {
                lands.push((country.clone(), name.tokens.start));
            }
            *self.countries.entry(country).or_default() += 1;
        }
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

/// What a subject that names no party is to the pronouns after it.
fn nobody(text: &str, doc: &Doc, token: usize) -> Option<Found> {
    let word = &doc.tokens[token];
    let person = doc
        .entities
        .iter()
        .any(|entity| (entity.start..entity.end).contains(&token) && entity.label == EntityLabel::Person);
    let printed = text.get(word.start..word.end).unwrap_or_default().to_lowercase();
    let nature = match word.tag {
        _ if person => Nature::Person(None),
        Tag::PRP => match printed.as_str() {
            "he" => Nature::Person(Some(false)),
            "she" => Nature::Person(Some(true)),
            "they" => Nature::Several,
            _ => return None,
        },
        Tag::NN | Tag::NNP => Nature::Body,
        Tag::NNS | Tag::NNPS => Nature::Several,
        _ => return None,
    };
    let sort = match word.tag {
        Tag::NNP | Tag::NNPS => Sort::Unknown,
        _ => Sort::Other,
    };
    Some(Found::new(Vec::new(), nature, sort))
}

/// Adds what coordinated subjects and objects are together: for "they", Kerry and Lavrov are one.
fn join_coordinated(present: &mut Vec<Seen>, doc: &Doc) {
    let heads: Vec<usize> = present.iter().map(|seen| seen.token).collect();
    let mut joined = Vec::new();
    for (at, &head) in heads.iter().enumerate() {
        if doc.tokens[head].dep == Dep::Conj {
            continue;
        }
        let all = coordinated(doc, head);
        let parts: Vec<usize> = (at..heads.len()).filter(|&i| all.contains(&heads[i])).collect();
        let named = parts.iter().filter(|&&i| !present[i].parties.is_empty()).count();
        if parts.len() < 2 || named < 2 {
            continue;
        }
        let mut parties: Vec<Party> = Vec::new();
        for &i in &parts {
            present[i].part = true;
            parties.extend(present[i].parties.iter().cloned());
        }
        joined.push(Seen {
            parties,
            nature: Nature::Several,
            part: false,
            sort: Sort::Other,
            ..present[at].clone()
        });
    }
    present.extend(joined);
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
