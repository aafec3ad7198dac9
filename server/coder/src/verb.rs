//! Verb patterns: which verb with which companions means which event.
//!
//! The patterns are data (`data/verbs.txt`); this module owns their language. What a sentence offers to a pattern is a
//! [`Clause`](crate::clause::Clause); the matching is in [`matcher`].

mod grammar;
pub(crate) use grammar::meaning as read_meaning;
pub(crate) mod matcher;

use crate::EventType;
use crate::words::WordSet;
use std::collections::HashMap;
use std::sync::Arc;

/// What a matched pattern or noun says: type, mode and nearest CAMEO code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<&'static str>,
    pub(crate) cameo: &'static str,
}

#[cfg(test)]
impl Meaning {
    /// A type without mode, with its default CAMEO code.
    pub(crate) fn plain(event_type: EventType) -> Self {
        Self {
            event_type,
            mode: None,
            cameo: event_type.cameo(),
        }
    }
}

/// A place in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Who acts, in the passive the agent.
    Subject,
    /// Who or what is acted on, in the passive the grammatical subject.
    Object,
    /// "gave *them* arms".
    IndirectObject,
    /// The verb of a complement clause: "agreed to *meet*".
    Complement,
    /// The verb of an infinitive: "told them *to leave*".
    Infinitive,
    /// A predicate adjective or noun: "is *ready*".
    Predicate,
    /// What follows one of these prepositions, on the verb or on its object.
    Prepositions(Vec<Box<str>>),
    /// Possessor, adjective or noun before the object: "lift *Syria's* siege".
    ObjectModifier,
}

/// What a pattern asks of a place.
#[derive(Debug, Clone)]
pub(crate) enum Want {
    /// A party: country, person, organisation, group, role.
    Party,
    /// Anything at all.
    Anything,
    /// Nothing may stand there.
    Nothing,
    /// One of these words as the head.
    Words(Arc<WordSet>),
    /// None of these words as the head (nor as the absent head).
    NotWords(Arc<WordSet>),
}

/// One pattern of `verbs.txt`.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// "off" of "call off".
    pub(crate) particle: Option<Box<str>>,
    pub(crate) wants: Vec<(Slot, Want)>,
    /// `None`: a turn of phrase that reports nothing.
    pub(crate) meaning: Option<Meaning>,
    /// Where the recipient stands, first hit wins; `None`: the usual places.
    pub(crate) recipients: Option<Vec<Slot>>,
    /// Where the actor stands.
    pub(crate) actors: Slot,
    /// All parties act together.
    pub(crate) mutual: bool,
    /// The complement clause belongs to this event and is none of its own.
    pub(crate) absorbs: bool,
    /// The verb alone says little: coded only with parties on both sides.
    pub(crate) weak: bool,
    /// Line in the file, for traces.
    pub(crate) line: u32,
}

/// All verb patterns by lemma.
#[derive(Debug, Default)]
pub(crate) struct Verbs {
    by_lemma: HashMap<Box<str>, Vec<Arc<Pattern>>>,
}

impl Verbs {
    /// The patterns of a verb, in file order.
    pub(crate) fn patterns(&self, lemma: &str) -> &[Arc<Pattern>] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }
}
