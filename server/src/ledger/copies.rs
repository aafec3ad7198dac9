//! Copies: which articles print one and the same text, however many publishers print it.
//!
//! An agency's text appears under other headlines and bylines, with sentences edited, cut at the end. Such copies are one testimony.
//! What is compared are shingles, all runs of three words. Reports of one event in independent words share a tenth of them, mostly
//! names; copies share most. A report carries a sketch of its article, the smallest hashes of its shingles, so that who merges needs
//! no text and the result depends on nothing but the reports.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

/// Words of a shingle.
const SHINGLE: usize = 3;
/// Words of a text that are looked at. Copies are cut at the end, so the beginning tells, and texts of unlike length stay comparable.
const LOOKED_AT: usize = 256;
/// A text of fewer words may well be written twice.
const TELLING: usize = 20;
/// Hashes of a sketch; a text of fewer shingles is compared exactly.
const SKETCH: usize = 64;
/// Hashes that copies have in common at least: fewer may be a name.
const SHARED: usize = 4;
/// Texts that are remembered for a hash. Further ones with the same hash are found by others, or are copies of these.
const HOLDERS: usize = 4;
/// Texts of one event that are remembered, so that an event that thousands tell stays cheap. Who copies none of them is taken for
/// independent; so many have made the event as sure as it gets.
const REMEMBERED: usize = 512;

/// Which of the remembered texts have a hash, by place; what is free comes last.
type Holders = HashMap<u32, [u32; HOLDERS]>;
const FREE: u32 = u32::MAX;

/// What a report carries of its article's text: hashes in ascending order, none of a text that is too short to tell. Stored: another
/// way to make it needs another field.
pub(crate) fn sketch(text: &str) -> Vec<u32> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(LOOKED_AT)
        .map(str::to_lowercase)
        .collect();
    if words.len() < TELLING {
        return Vec::new();
    }
    let hashes: BTreeSet<u32> = words.windows(SHINGLE).map(hash).collect();
    hashes.into_iter().take(SKETCH).collect()
}

fn hash(shingle: &[String]) -> u32 {
    let mut hasher = blake3::Hasher::new();
    for word in shingle {
        hasher.update(word.as_bytes()).update(b" ");
    }
    let mut first = [0; 4];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..4]);
    u32::from_be_bytes(first)
}

/// For each sketch the place of the first that has its text: its own, or an earlier one's. The order is that of publication, so that an
/// original comes before its copies. Each text joins the one before it that it is nearest to, and nothing joins two others that are
/// strangers to each other, as a round-up of several agencies would.
pub(super) fn originals(sketches: &[&[u32]]) -> Vec<usize> {
    let mut originals = Vec::with_capacity(sketches.len());
    let mut same: HashMap<&[u32], usize> = HashMap::new();
    let mut holders = Holders::with_capacity(sketches.len().min(REMEMBERED) * SKETCH);
    let mut remembered = 0;
    for (place, sketch) in sketches.iter().enumerate() {
        if sketch.is_empty() {
            originals.push(place);
            continue;
        }
        // The very same text needs no comparison and adds nothing to find others by.
        let first = *same.entry(sketch).or_insert(place);
        if first < place {
            originals.push(originals[first]);
            continue;
        }
        let nearest = nearest(sketch, sketches, &holders);
        originals.push(nearest.map_or(place, |other| originals[other]));
        if remembered < REMEMBERED {
            remembered += 1;
            for hash in *sketch {
                let holders = holders.entry(*hash).or_insert([FREE; HOLDERS]);
                if let Some(free) = holders.iter_mut().find(|holder| **holder == FREE) {
                    *free = place as u32;
                }
            }
        }
    }
    originals
}

/// The earlier text that this one shares most with, if they are copies; of equally near ones the first.
fn nearest(sketch: &[u32], sketches: &[&[u32]], holders: &Holders) -> Option<usize> {
    let holders = sketch.iter().filter_map(|hash| holders.get(hash)).flatten();
    let mut met: Vec<usize> = holders
        .filter(|holder| **holder != FREE)
        .map(|holder| *holder as usize)
        .collect();
    met.sort_unstable();
    met.chunk_by(|a, b| a == b)
        .filter(|meetings| meetings.len() >= SHARED)
        .filter_map(|meetings| Some((likeness(sketch, sketches[meetings[0]])?, meetings[0])))
        .max_by_key(|(likeness, other)| (*likeness, Reverse(*other)))
        .map(|(_, other)| other)
}

/// How much of the shorter text stands in the other, per mille; none: less than half, so they are no copies.
fn likeness(a: &[u32], b: &[u32]) -> Option<usize> {
    // A full sketch tells of hashes up to its last one, and both have to tell.
    let known = |sketch: &[u32]| match sketch.last() {
        Some(last) if sketch.len() == SKETCH => *last,
        _ => u32::MAX,
    };
    let through = known(a).min(known(b));
    let within = |sketch: &[u32]| sketch.partition_point(|hash| *hash <= through);
    let (a, b) = (&a[..within(a)], &b[..within(b)]);
    let shared = shared(a, b);
    let shorter = a.len().min(b.len());
    (shared >= SHARED && shared * 2 >= shorter).then(|| shared * 1_000 / shorter)
}

/// How many two ascending lists have in common.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut here, mut there, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (a.get(here), b.get(there)) {
        here += usize::from(a <= b);
        there += usize::from(b <= a);
        shared += usize::from(a == b);
    }
    shared
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of so many words, none of which any other seed has.
    fn text(seed: usize, words: usize) -> Vec<String> {
        (0..words).map(|n| format!("word{seed}x{n}")).collect()
    }

    fn of(words: &[String]) -> Vec<u32> {
        sketch(&words.join(" "))
    }

    fn originals_of(texts: &[Vec<u32>]) -> Vec<usize> {
        originals(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn another_headline_edits_and_a_cut_leave_it_a_copy() {
        let original = text(1, 240);
        let headed = [text(2, 12), original.clone()].concat();
        let cut = original[..90].to_vec();
        let brief = original[..30].to_vec();
        let mut edited = original.clone();
        for n in (5..240).step_by(12) {
            edited[n] = format!("other{n}");
        }
        for copy in [headed, cut, brief, edited] {
            assert_eq!(originals_of(&[of(&original), of(&copy)]), [0, 0], "{copy:?}");
            assert_eq!(originals_of(&[of(&copy), of(&original)]), [0, 0], "{copy:?}");
        }
    }

    #[test]
    fn punctuation_and_letter_case_do_not_count() {
        let said = "North Korean leader Kim Jong Un met Vladimir Putin at a launch pad in the Russian far east on a cold \
                    Wednesday morning, officials said.";
        let printed = said.to_uppercase().replace(' ', " – ");
        assert_eq!(sketch(said), sketch(&printed));
        assert!(!sketch(said).is_empty());
    }

    #[test]
    fn a_text_that_shares_a_quarter_or_is_short_is_its_own() {
        let original = text(1, 240);
        let quarter = [original[..60].to_vec(), text(2, 180)].concat();
        assert_eq!(originals_of(&[of(&original), of(&quarter)]), [0, 1]);
        let short = text(1, TELLING - 1);
        assert_eq!(originals_of(&[of(&short), of(&short)]), [0, 1]);
    }

    #[test]
    fn a_round_up_joins_one_of_its_sources_and_not_the_sources() {
        let (one, two) = (text(1, 60), text(2, 80));
        let both = [one.clone(), two.clone()].concat();
        assert_eq!(originals_of(&[of(&one), of(&two), of(&both)]), [0, 1, 0]);
    }

    #[test]
    fn copies_of_what_came_first_are_found_among_thousands() {
        let texts: Vec<_> = (0..REMEMBERED + 3).map(|n| of(&text(n, 40))).collect();
        let copy = |n: usize| of(&[text(n, 40), text(9_999, 5)].concat());
        let all = [texts, vec![copy(7), copy(REMEMBERED + 1)]].concat();
        let originals = originals_of(&all);
        assert_eq!(originals[REMEMBERED + 3..], [7, REMEMBERED + 4]);
        assert!(originals[..REMEMBERED + 3].iter().copied().eq(0..REMEMBERED + 3));
    }

    #[test]
    fn independent_sentences_about_one_event_are_no_copies() {
        let one = "North Korean leader Kim Jong Un met Russian President Vladimir Putin on Wednesday at the Vostochny \
                   Cosmodrome and promised him full support in what he called a sacred fight.";
        let two = "Russian President Vladimir Putin received North Korean leader Kim Jong Un at a spaceport in the far east, \
                   where the two spoke for four hours about satellites, grain and the war.";
        assert_eq!(originals_of(&[sketch(one), sketch(two)]), [0, 1]);
    }

    proptest! {
        #[test]
        fn a_sketch_is_ascending_and_bounded(text in "\\PC{0,600}") {
            let sketch = sketch(&text);
            prop_assert!(sketch.len() <= SKETCH && sketch.is_sorted_by(|a, b| a < b));
        }

        #[test]
        fn what_is_no_copy_of_anything_earlier_is_an_original(parts in prop::collection::vec((0..6_usize, 0..3_usize), 1..12)) {
            let texts: Vec<_> = parts.iter().map(|(seed, cut)| of(&text(*seed, 30 + 60 * cut))).collect();
            for (place, original) in originals_of(&texts).into_iter().enumerate() {
                prop_assert_eq!(parts[original].0, parts[place].0);
                prop_assert!(parts[..original].iter().all(|(seed, _)| *seed != parts[place].0));
            }
        }
    }
}
