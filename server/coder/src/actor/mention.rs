//! Which known names and role nouns stand in a sentence, and on which tokens.

use std::collections::HashSet;
use std::ops::Range;

use dateline_parser::{Doc, EntityLabel, Tag};

use super::entry::EntryKind;
use super::fold::{self, Case, Word};
use super::gazetteer::{Gazetteer, NameUse, Reading};

/// Abbreviations that are also English words: in a text all in capitals nobody can tell them apart.
const AMBIGUOUS_IN_CAPITALS: [&str; 10] = ["us", "is", "who", "let", "mend", "pa", "care", "au", "ap", "it"];

/// Second parts after a hyphen that take the country away from what follows: in "US-backed Syrian rebels" the rebels
/// are not American.
const DETACHING: [&str; 22] = [
    "backed",
    "based",
    "born",
    "held",
    "controlled",
    "occupied",
    "made",
    "built",
    "speaking",
    "supported",
    "trained",
    "sponsored",
    "funded",
    "brokered",
    "supplied",
    "ruled",
    "administered",
    "allied",
    "aligned",
    "mediated",
    "annexed",
    "educated",
];

/// Known names and role nouns of one sentence, in order. Token indexes count in the `Doc`.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub(super) sentence: Range<usize>,
    pub(super) names: Vec<NameMention>,
    pub(super) roles: Vec<RoleMention>,
}

/// A known name; names do not overlap.
#[derive(Debug, Clone)]
pub(super) struct NameMention {
    pub(super) tokens: Range<usize>,
    pub(super) reading: Reading,
    /// The entry meant; several only for persons of one name.
    pub(super) entries: Vec<usize>,
    /// The name only qualifies something else: "pro-*Russian*", "*US*-backed", "ethnic *Albanian*".
    pub(super) detached: bool,
}

/// A role noun; the longest from each token.
#[derive(Debug, Clone)]
pub(super) struct RoleMention {
    pub(super) tokens: Range<usize>,
    pub(super) role: usize,
    pub(super) plural: bool,
}

impl Mentions {
    /// Finds the names and role nouns of a sentence (a token range). Entries in `blocked` are passed over.
    pub(super) fn find(
        gazetteer: &Gazetteer,
        text: &str,
        doc: &Doc,
        sentence: Range<usize>,
        blocked: &HashSet<usize>,
    ) -> Mentions {
        let words = token_words(text, doc, sentence.clone());
        let shouting = is_shouting(&words);
        let mut mentions = Mentions {
            sentence,
            ..Mentions::default()
        };
        let mut at = 0;
        while at < words.len() {
            at += mentions
                .name_at_word(gazetteer, doc, &words, at, shouting, blocked)
                .max(1);
        }
        for at in 0..words.len() {
            mentions.role_at_word(gazetteer, doc, &words, at);
        }
        mentions
    }

    /// The name that covers a token.
    pub(super) fn name_at(&self, token: usize) -> Option<&NameMention> {
        self.names.iter().find(|name| name.tokens.contains(&token))
    }

    /// The longest role noun that covers a token.
    pub(super) fn role_at(&self, token: usize) -> Option<&RoleMention> {
        self.roles
            .iter()
            .filter(|role| role.tokens.contains(&token))
            .max_by_key(|role| role.tokens.len())
    }

    /// Adds the name that starts at a word; returns its length in words, 0 if there is none.
    fn name_at_word(
        &mut self,
        gazetteer: &Gazetteer,
        doc: &Doc,
        words: &[(usize, Word)],
        at: usize,
        shouting: bool,
        blocked: &HashSet<usize>,
    ) -> usize {
        let folded = words[at..].iter().map(|(_, word)| word.folded.as_str());
        for (length, uses) in gazetteer.names.prefixes(folded).into_iter().rev() {
            let span = &words[at..at + length];
            let mut fitting: Vec<&NameUse> = uses
                .iter()
                .filter(|name| fits(name, span, shouting) && !blocked.contains(&name.entry))
                .collect();
            fitting.sort_by_key(|name| (reading_rank(name.reading), name.entry));
            let Some(best) = fitting.first() else { continue };
            let tokens = span[0].0..span[length - 1].0 + 1;
            if best.reading == Reading::NotActor {
                return length;
            }
            if is_part_of_a_person(gazetteer, doc, &tokens, best) || is_verb(doc, &tokens, best.reading) {
                continue;
            }
            // "Kurdish" names no country, so it says nothing of whose a role is.
            if best.reading == Reading::Adjective && gazetteer.entry(best.entry).country.is_empty() {
                return length;
            }
            let entries = fitting
                .iter()
                .filter(|name| name.reading == best.reading)
                .map(|name| name.entry)
                .collect();
            self.names.push(NameMention {
                detached: is_detached(doc, words, at, length),
                tokens,
                reading: best.reading,
                entries,
            });
            return length;
        }
        0
    }

    fn role_at_word(&mut self, gazetteer: &Gazetteer, doc: &Doc, words: &[(usize, Word)], at: usize) {
        let folded = words[at..].iter().map(|(_, word)| word.folded.as_str());
        let whole = |length: &usize| is_unbroken(doc, &words[at..at + length]);
        let mut found = gazetteer.role_words.prefixes(folded).into_iter().rev();
        let Some((length, uses)) = found.find(|(length, _)| whole(length)) else {
            return;
        };
        let tokens = words[at].0..words[at + length - 1].0 + 1;
        let tag = doc.tokens[tokens.start].tag;
        let adjective = tag == Tag::JJ
            && uses
                .first()
                .is_some_and(|found| !gazetteer.role(found.role).is_adjective());
        let verb = tokens.len() == 1 && (is_verb_tag(tag) || adjective);
        // "South *African government*": the words belong to the name.
        let within = self
            .names
            .iter()
            .any(|name| name.tokens.start < tokens.start && tokens.start < name.tokens.end);
        if let (Some(found), false) = (uses.first(), verb || within) {
            self.roles.push(RoleMention {
                tokens,
                role: found.role,
                plural: found.plural,
            });
        }
    }
}

/// The words of a token range, each with its token.
pub(super) fn token_words(text: &str, doc: &Doc, tokens: Range<usize>) -> Vec<(usize, Word)> {
    tokens
        .filter_map(|index| Some((index, doc.tokens.get(index)?)))
        .flat_map(|(index, token)| {
            let slice = text.get(token.start..token.end).unwrap_or_default();
            fold::words(slice).into_iter().map(move |word| (index, word))
        })
        .collect()
}

/// Whether nothing but hyphens, apostrophes and possessive endings stands between words: "student, activist" is no
/// student activist.
fn is_unbroken(doc: &Doc, words: &[(usize, Word)]) -> bool {
    words.windows(2).all(|pair| {
        (pair[0].0 + 1..pair[1].0).all(|token| {
            let token = &doc.tokens[token];
            matches!(token.tag, Tag::HYPH | Tag::POS)
                || token.end - token.start <= 1 && token.tag != Tag::Comma
        })
    })
}

/// Whether a text is set in capitals throughout, as some headlines are.
fn is_shouting(words: &[(usize, Word)]) -> bool {
    let long = || words.iter().filter(|(_, word)| word.folded.len() > 1);
    let upper = long().filter(|(_, word)| word.case == Case::Upper).count();
    upper >= 3 && upper * 10 >= long().count() * 8
}

fn fits(name: &NameUse, span: &[(usize, Word)], shouting: bool) -> bool {
    if shouting && span.len() == 1 && AMBIGUOUS_IN_CAPITALS.contains(&span[0].1.folded.as_str()) {
        return false;
    }
    cases_fit(name, span.iter().map(|(_, word)| word))
}

/// Whether words are written as the name they spell wants it: "US" is no "us".
pub(super) fn is_written_so(name: &NameUse, span: &[Word]) -> bool {
    cases_fit(name, span.iter())
}

fn cases_fit<'w>(name: &NameUse, span: impl Iterator<Item = &'w Word>) -> bool {
    name.cases.iter().zip(span).all(|(case, word)| match case {
        Case::Lower => true,
        Case::Capital => word.case != Case::Lower,
        // Many papers write "Nato", "Unesco", "Asean"; shorter ones are words ("Who", "Is", "Us").
        Case::Upper => word.case == Case::Upper || (word.case == Case::Capital && word.folded.len() >= 4),
    })
}

fn reading_rank(reading: Reading) -> u8 {
    match reading {
        Reading::NotActor => 0,
        Reading::Name => 1,
        Reading::People => 2,
        Reading::Adjective => 3,
        Reading::Capital => 4,
        Reading::Seat(_) => 5,
        Reading::Place => 6,
    }
}

/// "Jordan" in "Michael Jordan", "Trump" in "Melania Trump": the name is but a part of another person's.
fn is_part_of_a_person(gazetteer: &Gazetteer, doc: &Doc, tokens: &Range<usize>, name: &NameUse) -> bool {
    let long = tokens.len() > 1 && gazetteer.entry(name.entry).kind == EntryKind::Person;
    if long || matches!(name.reading, Reading::People | Reading::Adjective) {
        return false;
    }
    doc.entities.iter().any(|entity| {
        let within = entity.start <= tokens.start && tokens.end <= entity.end;
        let rest = (entity.start..tokens.start).chain(tokens.end..entity.end);
        within
            && entity.label == EntityLabel::Person
            && rest
                .filter_map(|i| doc.tokens.get(i))
                .any(|token| matches!(token.tag, Tag::NNP | Tag::NNPS))
    })
}

/// "Polish the silver": only adjectives and peoples can be mistaken for verbs.
fn is_verb(doc: &Doc, tokens: &Range<usize>, reading: Reading) -> bool {
    reading == Reading::People && tokens.len() == 1 && is_verb_tag(doc.tokens[tokens.start].tag)
}

fn is_verb_tag(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ
    )
}

/// "pro-*Russian*", "ethnic *Albanian*", "*US*-backed": the second kind only with a hyphen, as "China held talks".
fn is_detached(doc: &Doc, words: &[(usize, Word)], at: usize, length: usize) -> bool {
    let before = at.checked_sub(1).map(|i| words[i].1.folded.as_str());
    let last = words[at + length - 1].0;
    let hyphen = doc
        .tokens
        .get(last + 1)
        .is_some_and(|token| token.tag == Tag::HYPH && token.end - token.start == 1);
    let after = words
        .get(at + length)
        .filter(|(token, _)| *token == last || hyphen);
    before.is_some_and(|word| ["ethnic", "anti", "pro", "non", "mainly", "mostly"].contains(&word))
        || after.is_some_and(|(_, word)| DETACHING.contains(&word.folded.as_str()))
}
