//! Answers that further pages may be asked of, so that a page costs a page. What was dropped is counted again, with the same result.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use dateline_journal::Sequence;

use super::tally::Answer;

/// Bounds of memory; the oldest go first.
const ANSWERS: usize = 16;
const BYTES: usize = 64 << 20;

/// The newest answers.
#[derive(Default)]
pub(super) struct Kept(Mutex<VecDeque<Entry>>);

struct Entry {
    list: [u8; 32],
    pin: Sequence,
    bytes: usize,
    answer: Arc<Answer>,
}

impl Kept {
    pub(super) fn get(&self, list: [u8; 32], pin: Sequence) -> Option<Arc<Answer>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = entries
            .iter()
            .find(|entry| entry.list == list && entry.pin == pin);
        found.map(|entry| entry.answer.clone())
    }

    pub(super) fn put(&self, list: [u8; 32], pin: Sequence, answer: &Arc<Answer>) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.iter().any(|entry| entry.list == list && entry.pin == pin) {
            return;
        }
        entries.push_back(Entry {
            list,
            pin,
            bytes: answer.bytes(),
            answer: answer.clone(),
        });
        let mut bytes: usize = entries.iter().map(|entry| entry.bytes).sum();
        while entries.len() > 1 && (entries.len() > ANSWERS || bytes > BYTES) {
            bytes -= entries.pop_front().map_or(0, |entry| entry.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_answers_are_kept_and_no_more_of_them_than_agreed() {
        let kept = Kept::default();
        let answer = Arc::new(Answer::default());
        for number in 0..=ANSWERS {
            kept.put([number as u8; 32], Sequence::new(1), &answer);
            kept.put([number as u8; 32], Sequence::new(1), &answer);
        }
        assert!(kept.get([0; 32], Sequence::new(1)).is_none());
        assert!(kept.get([1; 32], Sequence::new(1)).is_some());
        assert!(kept.get([1; 32], Sequence::new(2)).is_none());
        assert_eq!(kept.0.lock().unwrap().len(), ANSWERS);
    }
}
