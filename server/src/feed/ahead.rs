//! Looks into the past that are under way before they are asked for, one after the other.

use std::collections::VecDeque;

use dateline_journal::Sequence;
use tokio::task::JoinHandle;

use super::{portion::Portion, read::ReadFailure};

/// Revisions that a look goes through when nothing is known of how many match.
const FIRST_STRIDE: u64 = 4_096;

/// A look that was begun. Dropped, it loses its turn: nobody waits for it.
pub(super) struct Look {
    pub(super) after: Sequence,
    /// It ends here at the latest. None: where it is full, or everything was looked at.
    pub(super) through: Option<Sequence>,
    pub(super) task: JoinHandle<Result<Portion, ReadFailure>>,
}

/// See the module.
pub(super) struct Ahead {
    looks: VecDeque<Look>,
    /// Revisions that a look goes through before it is full, as far as is known.
    stride: u64,
}

impl Default for Ahead {
    fn default() -> Self {
        Self {
            looks: VecDeque::new(),
            stride: FIRST_STRIDE,
        }
    }
}

impl Look {
    /// What it found.
    pub(super) async fn finish(mut self) -> Result<Portion, ReadFailure> {
        (&mut self.task).await.map_err(|_| ReadFailure::Thread)?
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Ahead {
    pub(super) fn is_empty(&self) -> bool {
        self.looks.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.looks.len()
    }

    pub(super) fn clear(&mut self) {
        self.looks.clear();
    }

    pub(super) fn push(&mut self, look: Look) {
        self.looks.push_back(look);
    }

    /// The look that begins after a position. Those that began before it are of no use any more.
    pub(super) fn take(&mut self, after: Sequence) -> Option<Look> {
        while self.looks.pop_front_if(|look| look.after < after).is_some() {}
        self.looks.pop_front_if(|look| look.after == after)
    }

    /// After what the next of them begins.
    pub(super) fn start(&self) -> Option<Sequence> {
        self.looks.front().map(|look| look.after)
    }

    /// After what another one would begin, if what was sent last ended at `position`. None: it is not known yet.
    pub(super) fn end(&self, position: Sequence) -> Option<Sequence> {
        self.looks.back().map_or(Some(position), |last| last.through)
    }

    /// Where a look from here would end.
    pub(super) fn stride_from(&self, after: Sequence) -> Sequence {
        Sequence::new(after.get().saturating_add(self.stride))
    }

    /// Learns from a look that is done; with less than `little` bytes it might have gone further.
    pub(super) fn note(
        &mut self,
        after: Sequence,
        bound: Option<Sequence>,
        portion: &Portion,
        little: usize,
    ) {
        let gone = portion.through.get().saturating_sub(after.get());
        if bound.is_none_or(|bound| portion.through < bound) {
            // A little less, so that the next one is not full just before its end.
            self.stride = (gone - gone / 8).max(1);
        } else if portion.bytes() < little && gone >= self.stride {
            self.stride = self.stride.saturating_mul(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portion(through: u64, bytes: usize) -> Portion {
        use super::super::portion::Step;
        let step = Step::Batch {
            parts: vec![vec![0; bytes].into()],
            through: Sequence::new(through),
            events: 1,
        };
        Portion {
            steps: vec![step],
            through: Sequence::new(through),
            ended: None,
        }
    }

    fn look(after: u64, through: Option<u64>) -> Look {
        Look {
            after: Sequence::new(after),
            through: through.map(Sequence::new),
            task: tokio::spawn(async move { Ok(portion(after, 0)) }),
        }
    }

    #[test]
    fn a_look_goes_as_far_as_the_last_one_could() {
        let at = Sequence::new;
        let mut ahead = Ahead::default();
        let stride = |ahead: &Ahead| ahead.stride_from(Sequence::ZERO).get();
        // Full, wherever it was.
        ahead.note(at(100), None, &portion(180, 1_000), 500);
        assert_eq!(stride(&ahead), 70);
        // At its bound and not full; what is shorter says nothing.
        ahead.note(at(180), Some(at(250)), &portion(250, 400), 500);
        assert_eq!(stride(&ahead), 140);
        ahead.note(at(250), Some(at(300)), &portion(300, 400), 500);
        assert_eq!(stride(&ahead), 140);
        ahead.note(at(300), Some(at(440)), &portion(440, 600), 500);
        assert_eq!(stride(&ahead), 140);
        // Full before its bound.
        ahead.note(at(440), Some(at(580)), &portion(480, 1_000), 500);
        assert_eq!(stride(&ahead), 35);
        ahead.note(at(480), Some(at(515)), &portion(480, 0), 500);
        assert_eq!(stride(&ahead), 1, "it goes on");
    }

    #[tokio::test]
    async fn looks_are_taken_in_their_order_and_only_where_they_begin() {
        let at = Sequence::new;
        let mut ahead = Ahead::default();
        assert_eq!(ahead.end(at(10)), Some(at(10)));
        ahead.push(look(10, Some(20)));
        ahead.push(look(20, Some(30)));
        ahead.push(look(30, None));
        assert_eq!(
            (ahead.start(), ahead.end(at(10)), ahead.len()),
            (Some(at(10)), None, 3)
        );
        // Between two of them.
        assert!(ahead.take(at(15)).is_none());
        assert_eq!((ahead.start(), ahead.len()), (Some(at(20)), 2));
        let taken = ahead.take(at(20)).unwrap();
        assert_eq!(taken.finish().await.unwrap().through, at(20));
        assert!(ahead.take(at(50)).is_none());
        assert!(ahead.is_empty());
    }
}
