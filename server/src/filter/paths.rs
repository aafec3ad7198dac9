//! Which terms an event has to have so that a filter may match it, as alternatives: what the index over live filters files it under.

use dateline_journal::Term;

use super::field::TextField;
use super::node::{Kind, Node};
use super::terms;
use super::test::Test;

/// Terms of one alternative; more would seldom rule out more events.
const DEPTH: usize = 3;
/// Alternatives that an AND may multiply its parts to.
const PRODUCTS: usize = 64;
/// Alternatives of a filter that may have several terms each. More than a filter has conditions.
const ALTERNATIVES: usize = 1024;

/// A term and the share of events that have it, roughly.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    term: Term,
    share: f32,
}

/// Alternatives, each a set of terms, the rarest first: an event that matches has all terms of one of them. One alternative without
/// terms: any event may match.
pub(super) fn of(node: &Node) -> Vec<Vec<Term>> {
    let alternatives = alternatives(node);
    let terms = |path: Vec<Step>| path.into_iter().map(|step| step.term).collect();
    alternatives.into_iter().map(terms).collect()
}

fn alternatives(node: &Node) -> Vec<Vec<Step>> {
    let anything = || vec![Vec::new()];
    match node.kind() {
        Kind::Leaf { negated: true, .. } => anything(),
        Kind::Leaf { test, negated: false } => match terms::term(test) {
            Some(term) => vec![vec![Step {
                term,
                share: share(test),
            }]],
            None => anything(),
        },
        Kind::Any(parts) => {
            let mut all: Vec<_> = parts.iter().flat_map(alternatives).collect();
            if all.iter().any(Vec::is_empty) {
                return anything();
            }
            if all.len() > ALTERNATIVES {
                // One term of each: a filter has fewer terms than this. Whatever the files' indexes find is found here, too.
                all.iter_mut().for_each(|path| path.truncate(1));
                all.sort_by_key(|path| path[0].term);
                all.dedup_by_key(|path| path[0].term);
            }
            all
        }
        Kind::All(parts) => {
            let mut parts: Vec<_> = parts.iter().map(alternatives).collect();
            parts.sort_by(|a, b| cost(a).total_cmp(&cost(b)));
            let mut parts = parts.into_iter();
            let first = parts.next().unwrap_or_else(anything);
            parts.fold(first, |known, part| {
                if known.len() * part.len() > PRODUCTS {
                    return known;
                }
                let pair = |a: &Vec<Step>, b: &Vec<Step>| rarest(a.iter().chain(b).copied().collect());
                let mut product: Vec<Vec<Step>> = Vec::with_capacity(known.len() * part.len());
                for path in known.iter().flat_map(|a| part.iter().map(move |b| pair(a, b))) {
                    if !product.contains(&path) {
                        product.push(path);
                    }
                }
                product
            })
        }
    }
}

/// The rarest of the steps, in one order whatever the order they came in.
fn rarest(mut steps: Vec<Step>) -> Vec<Step> {
    steps.sort_by(|a, b| a.share.total_cmp(&b.share).then(a.term.cmp(&b.term)));
    steps.dedup_by_key(|step| step.term);
    steps.truncate(DEPTH);
    steps
}

/// The share of events that an alternative lets through, roughly.
fn cost(alternatives: &[Vec<Step>]) -> f32 {
    let share = |path: &Vec<Step>| path.iter().map(|step| step.share).product::<f32>();
    alternatives.iter().map(share).sum()
}

/// Orders of magnitude from coded news; they decide what is looked up first, never what matches.
fn share(test: &Test) -> f32 {
    match test {
        Test::Text(TextField::ActorName(_), _) => 0.001,
        Test::Text(..) => 0.005,
        Test::Country(..) | Test::Composed(..) => 0.04,
        Test::PlaceCountry(_) => 0.03,
        _ => 0.15,
    }
}
