//! A parsed paragraph with its text: the questions that coding asks of the dependency tree.

use dateline_parser::{Dep, Doc, Tag};
use std::ops::Range;

/// A parsed text. Indexes are token indexes.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a str,
    pub(crate) doc: &'a Doc,
}

/// Whether a tag is that of a verb form, modals aside.
pub(crate) fn is_verb(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ
    )
}

/// Whether a tag is that of a noun or pronoun.
pub(crate) fn is_noun(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS | Tag::PRP | Tag::CD | Tag::DT
    )
}

impl<'a> Tree<'a> {
    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.doc.tokens[i].tag
    }

    pub(crate) fn dep(&self, i: usize) -> Dep {
        self.doc.tokens[i].dep
    }

    pub(crate) fn head(&self, i: usize) -> usize {
        self.doc.tokens[i].head
    }

    /// The word as printed.
    pub(crate) fn word(&self, i: usize) -> &'a str {
        let token = &self.doc.tokens[i];
        self.text.get(token.start..token.end).unwrap_or("")
    }

    pub(crate) fn lower(&self, i: usize) -> String {
        self.word(i).to_lowercase()
    }

    /// "Mobs" at the beginning of a sentence, which the tagger may take for a name: the singular in lower case.
    pub(crate) fn capital_plural(&self, i: usize) -> Option<String> {
        let named = matches!(self.tag(i), Tag::NNP | Tag::NNPS);
        let singular = self.lower(i).strip_suffix('s')?.to_owned();
        (named && singular.len() > 2).then_some(singular)
    }

    /// Whether the token after this one is this word.
    pub(crate) fn next_is(&self, i: usize, word: &str) -> bool {
        i + 1 < self.doc.tokens.len() && self.word(i + 1).eq_ignore_ascii_case(word)
    }

    /// The base form, lower case.
    pub(crate) fn lemma(&self, i: usize) -> String {
        let lemma = self.doc.tokens[i].lemma.to_lowercase();
        // Capitalised plurals ("Talks") are tagged as names and keep their form.
        if matches!(self.tag(i), Tag::NNPS) && lemma.ends_with('s') && !lemma.ends_with("ss") {
            return lemma[..lemma.len() - 1].to_owned();
        }
        lemma
    }

    pub(crate) fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.doc.children(i)
    }

    /// Whether "to" stands before the verb as its infinitive marker.
    pub(crate) fn has_to(&self, verb: usize) -> bool {
        self.children(verb).any(|i| self.tag(i) == Tag::TO)
    }

    /// Adds (preposition, noun) for every noun phrase under a preposition, also "out of X" under "out" and "of".
    pub(crate) fn prep_objects(&self, prep: usize, into: &mut Vec<(String, usize)>) {
        let name = self.lower(prep);
        for child in self.children(prep) {
            match self.dep(child) {
                Dep::Pobj => into.push((name.clone(), child)),
                // In "according to", "because of" and their like the second word says nothing of its own.
                Dep::Prep
                    if matches!(
                        name.as_str(),
                        "according" | "because" | "due" | "thanks" | "prior" | "instead" | "as"
                    ) => {}
                Dep::Prep => {
                    self.prep_objects(child, into);
                    let inner: Vec<usize> = self
                        .children(child)
                        .filter(|&i| self.dep(i) == Dep::Pobj)
                        .collect();
                    into.extend(inner.into_iter().map(|object| (name.clone(), object)));
                }
                Dep::Conj if self.tag(child) == Tag::IN => self.prep_objects(child, into),
                _ => {}
            }
        }
    }

    /// The prepositional phrases of a noun, and of the noun behind it in "a series of attacks on".
    pub(crate) fn noun_preps(&self, noun: usize) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for child in self.children(noun) {
            if matches!(self.dep(child), Dep::Prep | Dep::Agent) {
                self.prep_objects(child, &mut found);
            }
        }
        found
    }

    /// Possessor, adjectives and nouns before a noun, in order, with what they modify in turn.
    pub(crate) fn modifiers(&self, noun: usize) -> Vec<usize> {
        let direct = |i: &usize| {
            matches!(
                self.dep(*i),
                Dep::Compound | Dep::Amod | Dep::Poss | Dep::Nmod | Dep::Nummod | Dep::Det
            ) && *i < noun
        };
        let mut all: Vec<usize> = self.children(noun).filter(direct).collect();
        // "anti-terrorist", "pro-Russian": not the party named.
        all.retain(|&i| {
            let prefixed = i >= 2 && self.word(i - 1) == "-";
            !(prefixed && matches!(self.lower(i - 2).as_str(), "anti" | "counter" | "non" | "pro"))
        });
        let nested: Vec<usize> = all
            .iter()
            .flat_map(|&i| self.children(i).filter(direct))
            .collect();
        all.extend(nested);
        all
    }

    /// Whether one of the modifiers of a noun is this word ("hunger" of "hunger strike").
    pub(crate) fn has_modifier(&self, noun: usize, word: &str) -> bool {
        self.modifiers(noun)
            .into_iter()
            .any(|i| self.lemma(i) == word || self.lower(i) == word)
            || self.children(noun).any(|i| {
                // "state of emergency", "prisoner of war"
                self.dep(i) == Dep::Prep && self.children(i).any(|j| self.lemma(j) == word)
            })
    }

    /// "no one", "nobody", "no attacks".
    pub(crate) fn is_negative_phrase(&self, head: usize) -> bool {
        let negative = |i: usize| matches!(self.lower(i).as_str(), "no" | "nobody" | "none" | "neither");
        negative(head)
            || self
                .children(head)
                .any(|i| self.dep(i) == Dep::Det && negative(i))
    }

    /// The words of a token range, lower case.
    pub(crate) fn words(&self, range: Range<usize>) -> Vec<String> {
        range.map(|i| self.lower(i)).collect()
    }
}
