//! What the networks know of frequent words, kept between calls.
//!
//! What is kept is a pure function of the word form, so an analysis is the same with and without it, whatever was
//! parsed before and on whichever thread: only the time differs. Memory is bounded: a generation has a fixed number of
//! places, takes words when they come by for the second time, and never gives one up. Once it has turned away many
//! words, a new generation takes its place, so that the memory follows the language and no text can spoil it for good.
//! Looking up and keeping take no lock; one is held for a moment when a call asks for the generation.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::hash::murmur64a;
use crate::tok2vec::WordVectors;

/// Word forms that a generation holds at most, some 8 kB each.
const PLACES: usize = 4096;

/// Places where a word form may lie.
const WAYS: usize = 4;

/// Marks of words that came by once.
const MARKS: usize = 4 * PLACES;

/// Words turned away after which a generation ends.
const MAX_REFUSED: usize = 1 << 17;

/// Longer words are not kept.
const MAX_BYTES: usize = 32;

/// All that the networks see of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordForm<'t> {
    pub(crate) text: &'t str,
    /// The normal form that an exception of the tokeniser gives it.
    pub(crate) norm: Option<&'t str>,
    pub(crate) space_after: bool,
}

/// What both networks know of a word form.
pub(crate) type Known = [WordVectors; 2];

/// The memory; see the module.
pub(crate) struct Memo {
    current: RwLock<Arc<Generation>>,
}

/// A fixed number of places for words.
pub(crate) struct Generation {
    places: Box<[OnceLock<Box<Entry>>]>,
    marks: Box<[AtomicU32]>,
    refused: AtomicUsize,
}

struct Entry {
    text: Box<str>,
    norm: Option<Box<str>>,
    space_after: bool,
    known: Known,
}

impl Memo {
    pub(crate) fn new() -> Memo {
        Memo {
            current: RwLock::new(Arc::new(Generation::new())),
        }
    }

    /// The generation to use for one call.
    pub(crate) fn generation(&self) -> Arc<Generation> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        if current.refused.load(Ordering::Relaxed) < MAX_REFUSED {
            return Arc::clone(&current);
        }
        drop(current);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been here first.
        if current.refused.load(Ordering::Relaxed) >= MAX_REFUSED {
            *current = Arc::new(Generation::new());
        }
        Arc::clone(&current)
    }
}

#[cfg(test)]
impl Memo {
    /// Words that are kept.
    pub(crate) fn holds(&self) -> usize {
        let generation = self.generation();
        generation
            .places
            .iter()
            .filter(|place| place.get().is_some())
            .count()
    }
}

impl Generation {
    fn new() -> Generation {
        Generation {
            places: (0..PLACES).map(|_| OnceLock::new()).collect(),
            marks: (0..MARKS).map(|_| AtomicU32::new(0)).collect(),
            refused: AtomicUsize::new(0),
        }
    }

    /// What is known of `form`, if it was kept.
    pub(crate) fn find(&self, form: WordForm<'_>) -> Option<&Known> {
        let kept = self.ways(form.hash()).iter().map_while(OnceLock::get);
        kept.filter(|entry| entry.form() == form)
            .map(|entry| &entry.known)
            .next()
    }

    /// Keeps what `known` says of `form`, if it came by before and there is room.
    pub(crate) fn offer(&self, form: WordForm<'_>, known: impl FnOnce() -> Known) {
        let hash = form.hash();
        let mark = (hash >> 32) as u32;
        let known_before = self.marks[hash as usize % MARKS].swap(mark, Ordering::Relaxed) == mark;
        if !known_before || form.text.len() > MAX_BYTES {
            return;
        }
        let Some(free) = self.ways(hash).iter().find(|place| place.get().is_none()) else {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return;
        };
        // If another thread has just taken the place, the word has to come by again.
        let _ = free.set(Box::new(Entry {
            text: form.text.into(),
            norm: form.norm.map(Box::from),
            space_after: form.space_after,
            known: known(),
        }));
    }

    fn ways(&self, hash: u64) -> &[OnceLock<Box<Entry>>] {
        &self.places[hash as usize % (PLACES / WAYS) * WAYS..][..WAYS]
    }
}

impl Entry {
    fn form(&self) -> WordForm<'_> {
        WordForm {
            text: &self.text,
            norm: self.norm.as_deref(),
            space_after: self.space_after,
        }
    }
}

impl WordForm<'_> {
    fn hash(self) -> u64 {
        murmur64a(self.text.as_bytes(), 2 + u64::from(self.space_after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> WordForm<'_> {
        WordForm {
            text,
            norm: None,
            space_after: true,
        }
    }

    #[test]
    fn words_are_kept_when_they_come_by_again_and_found_by_all_of_their_form() {
        let generation = Generation::new();
        let offer = |form| generation.offer(form, || [WordVectors::default(), WordVectors::default()]);
        offer(form("Ankara"));
        assert!(generation.find(form("Ankara")).is_none());
        offer(form("Ankara"));
        assert!(generation.find(form("Ankara")).is_some());
        let others = [
            WordForm {
                space_after: false,
                ..form("Ankara")
            },
            WordForm {
                norm: Some("ankara"),
                ..form("Ankara")
            },
            form("Baku"),
        ];
        assert!(others.iter().all(|&other| generation.find(other).is_none()));
    }

    #[test]
    fn memory_is_bounded_and_a_full_generation_ends() {
        let memo = Memo::new();
        let long = "x".repeat(MAX_BYTES + 1);
        let mut offered = 0;
        loop {
            let generation = memo.generation();
            if offered > 0 && generation.find(form("0")).is_none() {
                break;
            }
            for _ in 0..2 * PLACES {
                let text = offered.to_string();
                for text in [&text, &text, &long, &long] {
                    generation.offer(form(text), || [WordVectors::default(), WordVectors::default()]);
                }
                offered += 1;
            }
            assert!(memo.holds() <= PLACES && generation.find(form(&long)).is_none());
            assert!(offered < 4 * MAX_REFUSED, "the generation never ends");
        }
        assert_eq!(memo.holds(), 0);
    }
}
