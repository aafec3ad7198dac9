//! An inverted index over filters: which of them an event may concern, found by the event's terms. What an event costs grows with the
//! filters that share its terms, not with the filters there are.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use dateline_journal::Term;

/// Filters, each filed under the alternatives of [`Filter::paths`](crate::filter::Filter::paths) with a value that stands for it.
#[derive(Debug)]
pub struct Index<V> {
    root: Node,
    entries: slab::Slab<Entry<V>>,
    /// Counts look-ups, so that a value is found once however many alternatives lead to it.
    round: u64,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    paths: Vec<Vec<Term>>,
    seen: u64,
}

/// What is filed under the terms that lead here, and under those and more.
#[derive(Debug, Default)]
struct Node {
    here: Vec<usize>,
    next: HashMap<Term, Node, BuildHasherDefault<Spread>>,
}

/// Where a value is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(usize);

impl<V> Default for Index<V> {
    fn default() -> Self {
        Self {
            root: Node::default(),
            entries: slab::Slab::new(),
            round: 0,
        }
    }
}

impl<V> Index<V> {
    /// Files a value.
    pub fn insert(&mut self, paths: &[Vec<Term>], value: V) -> Place {
        let place = self.entries.insert(Entry {
            value,
            paths: paths.to_vec(),
            seen: self.round,
        });
        for path in paths {
            let mut node = &mut self.root;
            for term in path {
                node = node.next.entry(*term).or_default();
            }
            node.here.push(place);
        }
        Place(place)
    }

    /// Takes a value out. None: it is not there.
    pub fn remove(&mut self, place: Place) -> Option<V> {
        let entry = self.entries.try_remove(place.0)?;
        for path in &entry.paths {
            self.root.remove(path, place.0);
        }
        Some(entry.value)
    }

    /// Calls `visit` with each value that an event with these terms may concern, once.
    pub fn candidates(&mut self, terms: &[Term], mut visit: impl FnMut(&V)) {
        self.round += 1;
        let (round, entries) = (self.round, &mut self.entries);
        self.root.visit(terms, &mut |place| {
            let entry = &mut entries[place];
            if entry.seen != round {
                entry.seen = round;
                visit(&entry.value);
            }
        });
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Node {
    fn visit(&self, terms: &[Term], found: &mut impl FnMut(usize)) {
        for place in &self.here {
            found(*place);
        }
        if self.next.is_empty() {
            return;
        }
        for term in terms {
            if let Some(next) = self.next.get(term) {
                // An alternative has its terms in the order of their rarity, so the next may be any.
                next.visit(terms, found);
            }
        }
    }

    fn remove(&mut self, path: &[Term], place: usize) {
        let Some((term, rest)) = path.split_first() else {
            self.here.retain(|other| *other != place);
            return;
        };
        if let Some(next) = self.next.get_mut(term) {
            next.remove(rest, place);
            if next.here.is_empty() && next.next.is_empty() {
                self.next.remove(term);
            }
        }
    }
}

/// Terms are hashes already; their bits only have to be spread. Who chooses names so that they collide slows the look-up of those names.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    /// By the golden ratio (Knuth, The Art of Computer Programming, volume 3, section 6.4).
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn paths() -> impl Strategy<Value = Vec<Vec<Term>>> {
        vec(vec((0..12_u64).prop_map(Term), 0..4), 1..4)
    }

    proptest! {
        #[test]
        fn the_index_finds_what_a_scan_finds(
            filed in vec((paths(), any::<bool>()), 0..30), events in vec(vec((0..12_u64).prop_map(Term), 0..7), 0..20),
        ) {
            let mut index = Index::default();
            let mut kept = Vec::new();
            let mut places = Vec::new();
            for (number, (paths, stays)) in filed.iter().enumerate() {
                places.push((index.insert(paths, number), *stays));
                if *stays {
                    kept.push(number);
                }
            }
            for (number, (place, stays)) in places.into_iter().enumerate() {
                if !stays {
                    prop_assert_eq!(index.remove(place), Some(number));
                    prop_assert_eq!(index.remove(place), None);
                }
            }
            prop_assert_eq!(index.len(), kept.len());
            for terms in events {
                let mut found = Vec::new();
                index.candidates(&terms, |number| found.push(*number));
                found.sort_unstable();
                let concerns = |number: &usize| filed[*number].0.iter().any(|path| path.iter().all(|term| terms.contains(term)));
                let expected: Vec<usize> = kept.iter().copied().filter(concerns).collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn nothing_is_left_of_what_was_removed(filed in vec(paths(), 0..30)) {
            let mut index = Index::default();
            let places: Vec<_> = filed.iter().map(|paths| index.insert(paths, ())).collect();
            for place in places {
                index.remove(place);
            }
            prop_assert!(index.is_empty());
            prop_assert!(index.root.here.is_empty() && index.root.next.is_empty());
        }
    }
}
