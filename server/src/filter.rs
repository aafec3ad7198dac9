#![doc = include_str!("../FILTER.md")]

mod error;
mod field;
mod glance;
#[cfg(test)]
mod manual;
mod node;
mod paths;
mod pattern;
mod program;
mod reader;
mod resolve;
mod suggest;
mod syntax;
mod terms;
mod test;
#[cfg(test)]
mod tests;
mod value;
mod warnings;

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use dateline_coder::actor::Gazetteer;
use dateline_journal::{Term, TermQuery};
use dateline_proto::v1::{Event, EventFilter, EventType};

pub use error::{FilterError, Position, Problem};

use error::Trouble;
use field::Side;
use glance::Glance;
use node::Node;
use program::Program;
use resolve::Resolver;
use test::Test;

/// Longest expression that is read, and longest canonical text: 16 KiB hold some hundreds of conditions.
pub const MAX_BYTES: usize = 16 * 1024;

/// Deepest nesting of parentheses; far more than people write, far less than the stack holds.
pub const MAX_DEPTH: usize = 50;

/// Most conditions of one filter, those of its repeated fields included.
pub const MAX_CONDITIONS: usize = 1000;

/// Longest text that is looked for within others: bounds what one event can cost.
pub const MAX_SEARCHED_BYTES: usize = 256;

thread_local! {
    /// What a thread last looked at of an encoded event: memory for the next one.
    static GLANCED: RefCell<Event> = RefCell::default();
}

/// A filter, understood: immutable and cheap to clone. Two filters are equal if their canonical texts are.
#[derive(Clone)]
pub struct Filter(Arc<Inner>);

struct Inner {
    canonical: String,
    program: Program,
    glance: Glance,
    terms: TermQuery,
    paths: Vec<Vec<Term>>,
    warnings: Vec<String>,
}

impl Filter {
    /// Reads a filter; names of actors are looked up in the gazetteer.
    ///
    /// # Errors
    ///
    /// What is not understood, the first such thing, with its field, its place, and what may have been meant.
    pub fn parse(filter: &EventFilter, gazetteer: &Gazetteer) -> Result<Self, FilterError> {
        let resolver = Resolver { gazetteer };
        let mut parts = of_fields(filter, &resolver)?;
        parts.extend(of_expression(&filter.expression, &resolver)?);
        let node = (!parts.is_empty()).then(|| Node::all(parts));
        if let Some(node) = &node {
            within_limits(node).map_err(|problem| Trouble::new(0, problem).in_field(""))?;
        }
        Ok(Self(Arc::new(Inner {
            canonical: node
                .as_ref()
                .map_or_else(String::new, |node| node.text().to_owned()),
            program: Program::of(node.as_ref()),
            glance: Glance::of(node.as_ref()),
            terms: node.as_ref().map_or(TermQuery::All, terms::query),
            paths: node.as_ref().map_or_else(|| vec![Vec::new()], paths::of),
            warnings: node.as_ref().map_or_else(Vec::new, warnings::of),
        })))
    }

    /// An expression that means the same as the whole filter and is its own canonical text; empty if everything matches. Filters
    /// that differ only in order, repetition or the writing of values have the same.
    pub fn canonical(&self) -> &str {
        &self.0.canonical
    }

    /// Whether the filter is empty.
    pub fn matches_all(&self) -> bool {
        self.0.canonical.is_empty()
    }

    /// Whether the event matches. Nothing is allocated; the fields that [`dateline_journal::filterable`] keeps suffice.
    pub fn matches(&self, event: &Event) -> bool {
        self.0.program.accepts(event)
    }

    /// Whether an encoded event matches. Of its fields only those are decoded that the filter looks at.
    ///
    /// # Errors
    ///
    /// The bytes are no event.
    pub fn matches_encoded(&self, event: &[u8]) -> Result<bool, prost::DecodeError> {
        if self.matches_all() {
            return Ok(true);
        }
        GLANCED.with_borrow_mut(|scratch| {
            let event = self.0.glance.read(event, scratch)?;
            Ok(self.0.program.accepts(event))
        })
    }

    /// What the indexes are asked for: holds for every event that matches, and for others.
    pub fn terms(&self) -> &TermQuery {
        &self.0.terms
    }

    /// The same question for one event at a time: alternatives, each a set of terms; an event that matches has all terms of one of them,
    /// in its state or the one before. One alternative without terms: any event may match.
    pub fn paths(&self) -> &[Vec<Term>] {
        &self.0.paths
    }

    /// Whether the indexes can tell what may match.
    pub fn indexed(&self) -> bool {
        self.0.terms != TermQuery::All
    }

    /// What may not have been meant, for people; at most a few.
    pub fn warnings(&self) -> &[String] {
        &self.0.warnings
    }
}

/// One node for each field of the filter that has values: any of them.
fn of_fields(filter: &EventFilter, resolver: &Resolver<'_>) -> Result<Vec<Node>, FilterError> {
    let limit = MAX_CONDITIONS;
    if filter.actors.len() + filter.topics.len() + filter.types.len() > limit {
        return Err(Trouble::new(0, Problem::TooManyConditions { limit }).in_field(""));
    }
    let actors = filter
        .actors
        .iter()
        .map(|name| resolver.party(Side::Either, name));
    let topics = filter.topics.iter().map(|name| resolve::topic(name));
    let types = filter
        .types
        .iter()
        .map(|&value| match EventType::try_from(value) {
            Ok(EventType::Unspecified) | Err(_) => {
                let kind = "dateline.v1.EventType; 1 to 16 are its values";
                Err(Trouble::new(0, Problem::UnknownNumber { value, kind }))
            }
            Ok(wanted) => Ok(Test::Type(wanted)),
        });
    let fields = [
        any_of("actors", actors, resolver)?,
        any_of("topics", topics, resolver)?,
        any_of("types", types, resolver)?,
    ];
    Ok(fields.into_iter().flatten().collect())
}

fn any_of(
    field: &str,
    tests: impl Iterator<Item = Result<Test, Trouble>>,
    resolver: &Resolver<'_>,
) -> Result<Option<Node>, FilterError> {
    let nodes = tests.enumerate().map(|(index, test)| match test {
        Ok(test) => Ok(resolver.leaf(test, false)),
        Err(trouble) => Err(trouble.in_field(format!("{field}[{index}]"))),
    });
    let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
    Ok((!nodes.is_empty()).then(|| Node::any(nodes)))
}

fn of_expression(text: &str, resolver: &Resolver<'_>) -> Result<Option<Node>, FilterError> {
    let node = || {
        if text.len() > MAX_BYTES {
            let (bytes, limit) = (text.len(), MAX_BYTES);
            return Err(Trouble::new(limit, Problem::TooLong { bytes, limit }));
        }
        let expr = syntax::parse(text)?;
        expr.map(|expr| resolver.expression(&expr, false)).transpose()
    };
    node().map_err(|trouble: Trouble| trouble.in_expression(text))
}

/// The canonical text is held to the limits of what is read, so that it can be read.
fn within_limits(node: &Node) -> Result<(), Problem> {
    if node.leaves() > MAX_CONDITIONS {
        return Err(Problem::TooManyConditions {
            limit: MAX_CONDITIONS,
        });
    }
    if node.depth() > MAX_DEPTH {
        return Err(Problem::TooDeep { limit: MAX_DEPTH });
    }
    if node.text().len() > MAX_BYTES {
        return Err(Problem::TooLongWrittenOut {
            bytes: node.text().len(),
            limit: MAX_BYTES,
        });
    }
    Ok(())
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.0.canonical == other.0.canonical
    }
}

impl Eq for Filter {}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.0.canonical).finish()
    }
}
