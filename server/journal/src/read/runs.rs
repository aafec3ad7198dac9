//! Reading everything: runs of elements as they lie in the files.

use std::io;

use super::{at::Wait, blocks::Block, buffers::BUFFER};
use crate::{ReadError, ReadLimit, RunItem, Runs, Sequence, core::Core};

impl Core {
    /// None: it would have to wait, and may not.
    pub(crate) fn read_runs(
        &self,
        after: Sequence,
        limit: ReadLimit,
        wait: Wait,
    ) -> Result<Option<Runs>, ReadError> {
        let through = self.head().min(limit.through.unwrap_or(self.head()));
        let mut room = Room {
            bytes: limit.bytes,
            revisions: limit.revisions.max(1),
        };
        let mut runs = Runs {
            items: Vec::new(),
            looked_through: after,
        };
        // Another stretch is read only where it fits whole: one that does not would be read for nothing.
        while runs.looked_through < through && (runs.items.is_empty() || room.bytes >= BUFFER) {
            let at = runs.looked_through.next();
            let segment = self.segment_of(at).ok_or_else(|| ReadError::Trimmed {
                oldest: self.oldest(),
            })?;
            let span = segment.span();
            if at > span.last() {
                let (last, place) = self.missing(&segment, at, through);
                runs.looked_through = last;
                runs.push(RunItem::Damaged {
                    first: at,
                    last,
                    place,
                });
                continue;
            }
            let number = (at.get() - span.first.get()) as u32;
            let last = span.last().min(through);
            let end = last.get() + 1 - span.first.get();
            let block = match self.blocks.of(&segment, number, end, wait) {
                Err(error) if wait == Wait::MayNot && error.kind() == io::ErrorKind::WouldBlock => {
                    return Ok((!runs.items.is_empty()).then_some(runs));
                }
                block => block.map_err(|source| self.failed(&segment, at, source))?,
            };
            if wait == Wait::May {
                self.bound_open_files(&segment);
            }
            let last = last.min(block.last);
            match room.take(&block, at, last, &mut runs) {
                Taken::All => {}
                Taken::Some => {
                    self.blocks.keep(&block);
                    break;
                }
                Taken::None => break,
            }
        }
        Ok(Some(runs))
    }
}

/// What of a block a read took.
enum Taken {
    All,
    Some,
    None,
}

/// What a read may still return.
struct Room {
    bytes: usize,
    revisions: usize,
}

impl Room {
    /// Takes the revisions from `at` to `last` if all of them fit; where nothing was taken yet, as many as fit, at least one.
    fn take(&mut self, block: &Block, at: Sequence, last: Sequence, runs: &mut Runs) -> Taken {
        let parts: Vec<RunItem> = block
            .items
            .iter()
            .filter_map(|item| item.within(at, last))
            .collect();
        let bytes: usize = parts.iter().map(bytes_of).sum();
        let revisions = (last.get() - at.get() + 1) as usize;
        if bytes <= self.bytes && revisions <= self.revisions {
            self.bytes -= bytes;
            self.revisions -= revisions;
            parts.into_iter().for_each(|part| runs.push(part));
            runs.looked_through = last;
            return if last < block.last {
                Taken::Some
            } else {
                Taken::All
            };
        }
        if !runs.items.is_empty() {
            return Taken::None;
        }
        for part in parts {
            let fitting = match &part {
                RunItem::Run(run) => run.fitting(self.bytes).min(run.count()),
                RunItem::Damaged { .. } => usize::MAX,
            };
            let first = runs.looked_through.next();
            let count = fitting
                .min(self.revisions)
                .max(usize::from(runs.items.is_empty()))
                .min((part.last().get() - runs.looked_through.get()) as usize);
            let Some(cut) = part.within(first, Sequence::new(runs.looked_through.get() + count as u64))
            else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(bytes_of(&cut));
            self.revisions -= count;
            runs.looked_through = cut.last();
            let whole = cut.last() == part.last();
            runs.push(cut);
            if !whole {
                break;
            }
        }
        Taken::Some
    }
}

fn bytes_of(item: &RunItem) -> usize {
    match item {
        RunItem::Run(run) => run.bytes().len(),
        RunItem::Damaged { .. } => 0,
    }
}
