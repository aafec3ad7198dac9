//! A trie over words: which known word sequences begin at a place.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values under sequences of words; lookups walk one word at a time.
#[derive(Debug)]
pub(super) struct Trie<T> {
    words: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    steps: HashMap<(u32, u32), u32, BuildHasherDefault<Fnv>>,
    values: Vec<Vec<T>>,
}

impl<T> Trie<T> {
    pub(super) fn new() -> Trie<T> {
        Trie {
            words: HashMap::default(),
            steps: HashMap::default(),
            values: vec![Vec::new()],
        }
    }

    /// Adds a value under a sequence; the sequence may hold several. An empty sequence is ignored.
    pub(super) fn insert<'w>(&mut self, sequence: impl IntoIterator<Item = &'w str>, value: T) {
        let mut node = 0;
        for word in sequence {
            let fresh = u32::try_from(self.words.len()).expect("fewer than 2^32 words fit in memory");
            let word = match self.words.get(word) {
                Some(&known) => known,
                None => *self.words.entry(word.into()).or_insert(fresh),
            };
            let next = u32::try_from(self.values.len()).expect("fewer than 2^32 nodes fit in memory");
            let step = *self.steps.entry((node, word)).or_insert(next);
            if step == next {
                self.values.push(Vec::new());
            }
            node = step;
        }
        if node != 0 {
            self.values[node as usize].push(value);
        }
    }

    /// Every sequence that the given words begin with: its length in words and its values, shortest first.
    pub(super) fn prefixes<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vec<(usize, &[T])> {
        let mut found = Vec::new();
        let mut node = 0;
        for (index, word) in words.into_iter().enumerate() {
            let Some(&next) = self
                .words
                .get(word)
                .and_then(|&word| self.steps.get(&(node, word)))
            else {
                break;
            };
            node = next;
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found.push((index + 1, values.as_slice()));
            }
        }
        found
    }

    /// The values under exactly these words.
    pub(super) fn get<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> &[T] {
        let mut node = 0;
        for word in words {
            let Some(&next) = self
                .words
                .get(word)
                .and_then(|&word| self.steps.get(&(node, word)))
            else {
                return &[];
            };
            node = next;
        }
        &self.values[node as usize]
    }
}

/// FNV-1a, which is quick on short keys. Only data files fill the tables, so that no text can make keys collide.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_known_sequences_from_a_place_are_found() {
        let mut trie = Trie::new();
        trie.insert(["south", "korea"], 1);
        trie.insert(["south"], 2);
        trie.insert(["south", "korea"], 3);
        assert_eq!(
            trie.prefixes(["south", "korea", "said"]),
            [(1, &[2][..]), (2, &[1, 3][..])]
        );
        assert!(trie.prefixes(["korea"]).is_empty());
        assert_eq!(trie.get(["south"]), [2]);
        assert!(trie.get(["north"]).is_empty());
        assert!(trie.get([]).is_empty());
    }
}
