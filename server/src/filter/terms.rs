//! What the segments' indexes are asked for: a superset of what a filter matches.

use dateline_journal::{Term, TermQuery};

use super::field::TextField;
use super::node::{Kind, Node};
use super::pattern::Shape;
use super::test::Test;

/// The query of a filter in normal form; everything where the indexes know nothing.
pub(super) fn query(node: &Node) -> TermQuery {
    match node.kind() {
        Kind::Leaf { test, negated: false } => term(test).map_or(TermQuery::All, TermQuery::Term),
        // An event without the term may have been taken in under it before: only presence is indexed.
        Kind::Leaf { negated: true, .. } => TermQuery::All,
        Kind::All(parts) => {
            let mut parts: Vec<TermQuery> = parts
                .iter()
                .map(query)
                .filter(|part| *part != TermQuery::All)
                .collect();
            match parts.len() {
                0 => TermQuery::All,
                1 => parts.remove(0),
                _ => TermQuery::And(parts),
            }
        }
        Kind::Any(parts) => {
            let parts: Vec<TermQuery> = parts.iter().map(query).collect();
            if parts.contains(&TermQuery::All) {
                TermQuery::All
            } else {
                TermQuery::Or(parts)
            }
        }
    }
}

/// The term that every event has of which the test holds.
pub(super) fn term(test: &Test) -> Option<Term> {
    match test {
        Test::Type(wanted) => Some(Term::event_type(*wanted)),
        Test::Topic(wanted) => Some(Term::topic(wanted)),
        Test::Country(_, code) | Test::Composed(_, code, _) => Some(Term::country(code)),
        Test::PlaceCountry(code) => Some(Term::place_country(code)),
        Test::Text(field, pattern) if pattern.shape() == Shape::Whole => match field {
            TextField::ActorName(_) => Some(Term::name(pattern.text())),
            TextField::ActorCode(_) => Some(Term::code(pattern.text())),
            _ => None,
        },
        _ => None,
    }
}
