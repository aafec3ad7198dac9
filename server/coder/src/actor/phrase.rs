//! One noun phrase: which of the ways to read it applies.

use std::ops::Range;
use std::sync::Arc;

use dateline_parser::{Dep, Doc, EntityLabel, Tag};

use super::memory::DocumentMemory;
use super::mention::Mentions;
use super::trail::{Trail, Whence};
use crate::Party;

/// How deep phrases may nest ("the head of the office of the president of ...").
const MAX_DEPTH: usize = 4;

/// Words that count or collect what comes after "of".
const MEASURES: [&str; 42] = [
    "hundred",
    "thousand",
    "million",
    "dozen",
    "score",
    "ten",
    "number",
    "group",
    "handful",
    "majority",
    "most",
    "some",
    "many",
    "several",
    "few",
    "one",
    "two",
    "three",
    "all",
    "half",
    "rest",
    "part",
    "team",
    "crowd",
    "wave",
    "convoy",
    "couple",
    "pair",
    "total",
    "percent",
    "quarter",
    "third",
    "list",
    "column",
    "series",
    "coalition",
    "alliance",
    "band",
    "unit",
    "remainder",
    "each",
    "none",
];

/// A sentence to resolve phrases in.
pub(super) struct Scene<'t> {
    pub(super) text: &'t str,
    pub(super) doc: &'t Doc,
    pub(super) mentions: Arc<Mentions>,
}

/// What sort of thing a phrase names, for pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// One person, and whether "she".
    Person(Option<bool>),
    /// A country, organisation or body: "it".
    Body,
    /// Several: "they".
    Several,
}

/// What kind of name or noun a phrase is, for "the group" and "the country".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A country by its name, people, capital or seat of government.
    Country,
    /// An organisation.
    Organisation,
    /// An armed group.
    Armed,
    /// A person by name.
    Person,
    /// A role noun.
    Role(usize),
    /// A name that no list knows.
    Unknown,
    /// Anything else.
    Other,
}

/// A phrase understood.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) parties: Vec<Party>,
    pub(super) nature: Nature,
    pub(super) sort: Sort,
    /// For a role noun: where its country was found.
    pub(super) whence: Option<Whence>,
}

impl Found {
    pub(super) fn new(parties: Vec<Party>, nature: Nature, sort: Sort) -> Self {
        Found {
            parties,
            nature,
            sort,
            whence: None,
        }
    }
}

impl<'t> Scene<'t> {
    pub(super) fn word(&self, token: usize) -> &'t str {
        let token = self.doc.tokens.get(token);
        token
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    pub(super) fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    pub(super) fn tag(&self, token: usize) -> Tag {
        self.doc.tokens[token].tag
    }

    pub(super) fn dep(&self, token: usize) -> Dep {
        self.doc.tokens[token].dep
    }

    pub(super) fn lemma(&self, token: usize) -> String {
        self.doc.tokens[token].lemma.to_lowercase()
    }

    /// The text of a token range, without a possessive ending.
    pub(super) fn text_of(&self, tokens: Range<usize>) -> String {
        let (Some(first), Some(last)) = (
            self.doc.tokens.get(tokens.start),
            self.doc.tokens.get(tokens.end - 1),
        ) else {
            return String::new();
        };
        let text = self.text.get(first.start..last.end).unwrap_or_default().trim();
        let bare = text
            .strip_suffix("'s")
            .or_else(|| text.strip_suffix("’s"))
            .unwrap_or(text);
        let bare = bare.trim_end_matches(['\'', '’', ',']);
        bare.trim_start_matches(['.', ',', ' ']).to_owned()
    }

    /// The first token of what stands before a head and belongs to its name, title or possessor.
    pub(super) fn start_of(&self, head: usize) -> usize {
        let belongs = |dep| {
            matches!(
                dep,
                Dep::Compound | Dep::Amod | Dep::Poss | Dep::Nmod | Dep::Det | Dep::Nummod | Dep::Quantmod
            )
        };
        let before = self
            .doc
            .children(head)
            .filter(|&i| i < head && belongs(self.dep(i)));
        let start = before.map(|i| self.doc.left_edge(i)).min().unwrap_or(head);
        (start..head).find(|&i| !self.is_date(i)).unwrap_or(head)
    }

    /// "*Monday* Russian forces": the parser joins a date to the phrase after it.
    fn is_date(&self, token: usize) -> bool {
        self.doc.entities.iter().any(|entity| {
            (entity.start..entity.end).contains(&token)
                && matches!(entity.label, EntityLabel::Date | EntityLabel::Time)
        })
    }

    /// The phrase as printed, up to and with token `last`, without its article.
    pub(super) fn printed(&self, start: usize, last: usize) -> String {
        let articles = ["the", "a", "an", "this", "that", "these", "those"];
        let first = if start < last && articles.contains(&self.lower(start).as_str()) {
            start + 1
        } else {
            start
        };
        self.text_of(first..last + 1)
    }

    /// The heads of phrases under the prepositions of a token: (preposition in lower case, head).
    pub(super) fn prepositions(&self, head: usize) -> Vec<(String, usize)> {
        let preps = self
            .doc
            .children(head)
            .filter(|&i| i > head && self.dep(i) == Dep::Prep);
        preps
            .flat_map(|prep| {
                let objects = self.doc.children(prep).filter(|&i| self.dep(i) == Dep::Pobj);
                objects.map(move |object| (self.lower(prep), object))
            })
            .collect()
    }
}

impl DocumentMemory<'_> {
    /// Reads the phrase headed by one token, conjuncts left aside.
    pub(super) fn phrase(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        if depth > MAX_DEPTH {
            return None;
        }
        match scene.tag(head) {
            Tag::PRP | Tag::PRPS => self.pronoun(scene, head, why),
            Tag::WP | Tag::WDT | Tag::WPS => self.relative(scene, head, why, depth),
            _ => {
                let found = self
                    .named(scene, head, why)
                    .or_else(|| self.pair(scene, head, why))
                    .or_else(|| self.definite(scene, head, why));
                let found = found.or_else(|| self.person(scene, head, why, depth));
                let found = found.or_else(|| self.role(scene, head, why, depth));
                let found = found.or_else(|| self.measured(scene, head, why, depth));
                found.or_else(|| self.organisation(scene, head, why))
            }
        }
    }

    /// "hundreds of protesters", "a group of students": what is counted acts.
    fn measured(&mut self, scene: &Scene<'_>, head: usize, why: &mut Trail, depth: usize) -> Option<Found> {
        let counts = MEASURES.contains(&scene.lemma(head).as_str()) || scene.tag(head) == Tag::CD;
        if !counts {
            return None;
        }
        let object = scene
            .prepositions(head)
            .into_iter()
            .find(|(prep, _)| prep == "of")?
            .1;
        let mut found = Found::new(Vec::new(), Nature::Several, Sort::Other);
        for token in super::salience::coordinated(scene.doc, object) {
            if let Some(part) = self.phrase(scene, token, why, depth + 1) {
                found.parties.extend(part.parties);
            }
        }
        (!found.parties.is_empty()).then_some(found)
    }

    /// "who", "which": the noun that the clause describes.
    pub(super) fn relative(
        &mut self,
        scene: &Scene<'_>,
        head: usize,
        why: &mut Trail,
        depth: usize,
    ) -> Option<Found> {
        let clause = scene.doc.ancestors(head).find(|&i| scene.dep(i) == Dep::Relcl)?;
        let noun = scene.doc.tokens[clause].head;
        (noun != clause && noun < head)
            .then(|| self.phrase(scene, noun, why, depth + 1))
            .flatten()
    }
}
