//! Answering a query from the lists of a segment: parts that must all hold, the rarest first; and what was answered, kept for as long as
//! its reader comes back for more.

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex},
};

use super::buffers::Buffers;
use crate::{
    Term, TermQuery, lock,
    segment::{Lists, Segment, index::LOST},
};

/// Which of a segment's revisions: by number within it, ascending.
#[derive(Clone, Debug)]
pub(super) enum Chosen {
    All,
    /// All that there ever will be of the segment.
    Whole(Arc<[u32]>),
    /// Those so far, of a segment that is written to, from where they were asked for.
    Part(Vec<u32>),
}

impl Chosen {
    /// None: all.
    pub(super) fn numbers(&self) -> Option<&[u32]> {
        match self {
            Self::All => None,
            Self::Whole(numbers) => Some(numbers),
            Self::Part(numbers) => Some(numbers),
        }
    }
}

/// The revisions of a segment, from `start` on, that satisfy a query. What is lost satisfies every query: it may have.
pub(super) fn choose(
    segment: &Segment,
    query: &TermQuery,
    start: u32,
    buffers: &Buffers,
) -> io::Result<Chosen> {
    segment.with_lists(&mut |lists| {
        let reader = Reader {
            lists,
            start,
            buffers,
        };
        Ok(match reader.choose(query)? {
            None => Chosen::All,
            Some(numbers) => {
                let numbers = unite(vec![numbers, reader.list(LOST)?]);
                match lists {
                    Lists::Memory(_) => Chosen::Part(numbers),
                    Lists::File(_) => Chosen::Whole(numbers.into()),
                }
            }
        })
    })
}

struct Reader<'a> {
    lists: Lists<'a>,
    /// Of lists in memory only what follows is wanted.
    start: u32,
    buffers: &'a Buffers,
}

impl Reader<'_> {
    fn list(&self, term: Term) -> io::Result<Vec<u32>> {
        match self.lists {
            Lists::Memory(index) => {
                let list = index.list(term);
                Ok(list[list.partition_point(|number| *number < self.start)..].to_vec())
            }
            Lists::File(index) => index
                .find(term)?
                .map_or(Ok(Vec::new()), |place| index.list(place, self.buffers)),
        }
    }

    /// About how many revisions satisfy a query, at most. None: all may.
    fn cost(&self, query: &TermQuery) -> io::Result<Option<usize>> {
        Ok(match query {
            TermQuery::All => None,
            TermQuery::Term(term) => Some(match self.lists {
                Lists::Memory(index) => index.list(*term).len(),
                Lists::File(index) => index.find(*term)?.map_or(0, |place| place.len()),
            }),
            TermQuery::And(parts) => {
                let mut least = None;
                for part in parts {
                    let cost = self.cost(part)?;
                    least = match (least, cost) {
                        (None, other) | (other, None) => other,
                        (Some(a), Some(b)) => Some(usize::min(a, b)),
                    };
                }
                least
            }
            TermQuery::Or(parts) => {
                let mut sum = Some(0_usize);
                for part in parts {
                    sum = match (sum, self.cost(part)?) {
                        (Some(sum), Some(cost)) => Some(sum.saturating_add(cost)),
                        _ => None,
                    };
                }
                sum
            }
        })
    }

    /// None: everything satisfies it.
    fn choose(&self, query: &TermQuery) -> io::Result<Option<Vec<u32>>> {
        match query {
            TermQuery::All => Ok(None),
            TermQuery::Term(term) => self.list(*term).map(Some),
            TermQuery::And(parts) => self.all_of(parts),
            TermQuery::Or(parts) => {
                let mut lists = Vec::with_capacity(parts.len());
                for part in parts {
                    match self.choose(part)? {
                        None => return Ok(None),
                        Some(numbers) => lists.push(numbers),
                    }
                }
                Ok(Some(unite(lists)))
            }
        }
    }

    /// The rarest part first: where it has nothing the others are not even read.
    fn all_of(&self, parts: &[TermQuery]) -> io::Result<Option<Vec<u32>>> {
        let mut order = Vec::with_capacity(parts.len());
        for part in parts {
            order.push((self.cost(part)?.unwrap_or(usize::MAX), part));
        }
        order.sort_by_key(|(cost, _)| *cost);
        let mut chosen: Option<Vec<u32>> = None;
        for (_, part) in order {
            chosen = match (chosen, self.choose(part)?) {
                (None, other) | (other, None) => other,
                (Some(a), Some(b)) => Some(intersect(&a, &b)),
            };
            if chosen.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
        }
        Ok(chosen)
    }
}

fn intersect(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long;
    let mut both = Vec::with_capacity(short.len());
    for number in short {
        rest = &rest[leap(rest, *number)..];
        if rest.first() == Some(number) {
            both.push(*number);
        }
    }
    both
}

/// How many at the start are less than `number`: looked for in steps that double, so that it costs little when that is near.
fn leap(list: &[u32], number: u32) -> usize {
    let mut step = 1;
    while list.get(step - 1).is_some_and(|other| *other < number) {
        step *= 2;
    }
    let from = step / 2;
    from + list[from..step.min(list.len())].partition_point(|other| *other < number)
}

/// What is in any of the lists.
fn unite(mut lists: Vec<Vec<u32>>) -> Vec<u32> {
    lists.retain(|list| !list.is_empty());
    match lists.len() {
        0 => Vec::new(),
        1 => lists.pop().unwrap_or_default(),
        _ => {
            let mut either = lists.concat();
            // A merge of runs that are in order: that is what the standard library's stable sort looks for.
            either.sort();
            either.dedup();
            either
        }
    }
}

/// Answers kept at a time, at most.
const ANSWERS: usize = 64;
/// Bytes of all of them and their queries, at most.
const BYTES: usize = 4 << 20;

/// What queries chose of sealed segments, where a call ended before all of it was read.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    kept: Mutex<VecDeque<Answer>>,
}

#[derive(Debug)]
struct Answer {
    segment: u64,
    query: TermQuery,
    numbers: Arc<[u32]>,
    size: usize,
}

impl Answer {
    fn is_of(&self, segment: &Segment, query: &TermQuery) -> bool {
        self.segment == segment.number && self.query == *query
    }
}

impl Answers {
    /// An answer, if it is there.
    pub(super) fn get(&self, segment: &Segment, query: &TermQuery) -> Option<Chosen> {
        let kept = lock::lock(&self.kept);
        let answer = kept.iter().find(|answer| answer.is_of(segment, query))?;
        Some(Chosen::Whole(answer.numbers.clone()))
    }

    /// Keeps an answer, in place of the oldest ones.
    pub(super) fn keep(&self, segment: &Segment, query: &TermQuery, numbers: &Arc<[u32]>) {
        let size = size_of_val(&**numbers) + size_of_query(query);
        let mut kept = lock::lock(&self.kept);
        if size > BYTES || kept.iter().any(|answer| answer.is_of(segment, query)) {
            return;
        }
        kept.push_back(Answer {
            segment: segment.number,
            query: query.clone(),
            numbers: numbers.clone(),
            size,
        });
        let mut sum: usize = kept.iter().map(|answer| answer.size).sum();
        while kept.len() > ANSWERS || sum > BYTES {
            let Some(gone) = kept.pop_front() else {
                break;
            };
            sum -= gone.size;
        }
    }

    /// Lets go of an answer that was read to its end.
    pub(super) fn forget(&self, segment: &Segment, query: &TermQuery) {
        lock::lock(&self.kept).retain(|answer| !answer.is_of(segment, query));
    }
}

fn size_of_query(query: &TermQuery) -> usize {
    let parts = match query {
        TermQuery::All | TermQuery::Term(_) => 0,
        TermQuery::And(parts) | TermQuery::Or(parts) => parts.iter().map(size_of_query).sum(),
    };
    size_of::<TermQuery>() + parts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::btree_set, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn lists_meet_and_unite_as_sets_do(a in btree_set(0..300_u32, 0..100), b in btree_set(0..300_u32, 0..10), number in 0..310_u32) {
            let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<_>>();
            prop_assert_eq!(intersect(&list(&a), &list(&b)), list(&(&a & &b)));
            prop_assert_eq!(unite(vec![list(&a), list(&b)]), list(&(&a | &b)));
            prop_assert_eq!(leap(&list(&a), number), a.range(..number).count());
        }
    }
}
