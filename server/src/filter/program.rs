//! A filter as it runs: a flat list of checks, each of which says where to go on; no recursion, no allocation per event.

use dateline_proto::v1::Event;

use super::field::{Side, TextField};
use super::node::{Kind, Node};
use super::pattern::{Shape, order_lower};
use super::test::{Test, any_party};

/// Where to go on is the index of a step or one of these.
const ACCEPT: u32 = u32::MAX;
const REJECT: u32 = u32::MAX - 1;

/// A compiled filter.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    check: Check,
    yes: u32,
    no: u32,
}

/// A test, or many of a kind at once.
#[derive(Debug, PartialEq)]
enum Check {
    /// Bit n: the type of number n.
    Types(u32),
    /// Sorted, as the next two.
    Topics(Vec<&'static str>),
    Countries(Side, Vec<Box<str>>),
    /// Whole names in lower case.
    Names(Side, Vec<Box<str>>),
    One(Test),
}

/// A combination before it is laid out.
enum Plan {
    Check { check: Check, negated: bool },
    All(Vec<Plan>),
    Any(Vec<Plan>),
}

impl Program {
    /// The program of a filter in normal form; none accepts everything.
    pub(super) fn of(node: Option<&Node>) -> Self {
        let mut program = Self { steps: Vec::new() };
        if let Some(node) = node {
            program.lay_out(plan(node), ACCEPT, REJECT);
        }
        program
    }

    /// Whether the event passes.
    pub(super) fn accepts(&self, event: &Event) -> bool {
        let mut next = if self.steps.is_empty() { ACCEPT } else { 0 };
        // Every step leads to a later one.
        while let Some(step) = self.steps.get(next as usize) {
            next = if step.check.holds(event) {
                step.yes
            } else {
                step.no
            };
        }
        next == ACCEPT
    }

    fn lay_out(&mut self, plan: Plan, yes: u32, no: u32) {
        match plan {
            Plan::Check { check, negated } => {
                let (yes, no) = if negated { (no, yes) } else { (yes, no) };
                self.steps.push(Step { check, yes, no });
            }
            Plan::All(parts) => self.lay_out_parts(parts, |next| (next.unwrap_or(yes), no)),
            Plan::Any(parts) => self.lay_out_parts(parts, |next| (yes, next.unwrap_or(no))),
        }
    }

    /// `targets` says where a part leads, given where the part after it begins.
    fn lay_out_parts(&mut self, parts: Vec<Plan>, targets: impl Fn(Option<u32>) -> (u32, u32)) {
        let last = parts.len() - 1;
        for (index, part) in parts.into_iter().enumerate() {
            let next = self.steps.len() + part.steps();
            let next = (index < last).then(|| u32::try_from(next).expect("filters are far smaller"));
            let (yes, no) = targets(next);
            self.lay_out(part, yes, no);
        }
    }
}

impl Plan {
    fn steps(&self) -> usize {
        match self {
            Plan::Check { .. } => 1,
            Plan::All(parts) | Plan::Any(parts) => parts.iter().map(Plan::steps).sum(),
        }
    }

    /// What an answer costs, roughly; the cheap are asked first.
    fn cost(&self) -> usize {
        match self {
            Plan::Check { check, .. } => check.cost(),
            Plan::All(parts) | Plan::Any(parts) => parts.iter().map(Plan::cost).sum(),
        }
    }
}

fn plan(node: &Node) -> Plan {
    match node.kind() {
        Kind::Leaf { test, negated } => Plan::Check {
            check: Check::of(test),
            negated: *negated,
        },
        Kind::All(parts) => Plan::All(merged(parts, true)),
        Kind::Any(parts) => Plan::Any(merged(parts, false)),
    }
}

/// The parts in the order of their cost, with those that one check can answer joined into one: of an OR the tests as they
/// are, of an AND the negated ones (not a and not b is not any of a, b).
fn merged(parts: &[Node], negated: bool) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for part in parts.iter().map(plan) {
        let joined = plans.iter_mut().any(|earlier| match (earlier, &part) {
            (
                Plan::Check { check, negated: a },
                Plan::Check {
                    check: other,
                    negated: b,
                },
            ) => *a == negated && *b == negated && check.absorb(other),
            _ => false,
        });
        if !joined {
            plans.push(part);
        }
    }
    for plan in &mut plans {
        if let Plan::Check { check, .. } = plan {
            check.sort();
        }
    }
    plans.sort_by_key(Plan::cost);
    plans
}

impl Check {
    fn of(test: &Test) -> Self {
        match test {
            Test::Type(wanted) => Self::Types(1 << (*wanted as u32)),
            Test::Topic(wanted) => Self::Topics(vec![wanted]),
            Test::Country(side, code) => Self::Countries(*side, vec![code.clone()]),
            Test::Text(TextField::ActorName(side), pattern) if pattern.shape() == Shape::Whole => {
                Self::Names(*side, vec![pattern.text().into()])
            }
            test => Self::One(test.clone()),
        }
    }

    /// Takes over what the other check asks for, if it is of the same kind.
    fn absorb(&mut self, other: &Check) -> bool {
        match (self, other) {
            (Self::Types(mine), Self::Types(theirs)) => *mine |= theirs,
            (Self::Topics(mine), Self::Topics(theirs)) => mine.extend(theirs),
            (Self::Countries(side, mine), Self::Countries(other, theirs)) if side == other => {
                mine.extend(theirs.iter().cloned());
            }
            (Self::Names(side, mine), Self::Names(other, theirs)) if side == other => {
                mine.extend(theirs.iter().cloned());
            }
            _ => return false,
        }
        true
    }

    fn sort(&mut self) {
        match self {
            Self::Topics(words) => words.sort_unstable(),
            Self::Countries(_, words) | Self::Names(_, words) => words.sort_unstable(),
            Self::Types(_) | Self::One(_) => {}
        }
    }

    fn cost(&self) -> usize {
        match self {
            Self::Types(_) => 1,
            Self::Topics(words) => 4 + words.len().ilog2() as usize,
            Self::Countries(_, words) => 5 + words.len().ilog2() as usize,
            Self::Names(_, words) => 20 + 8 * words.len().ilog2() as usize,
            Self::One(test) => match test {
                Test::Flag(_) | Test::Change(_) | Test::Number(..) | Test::Time(..) | Test::Date(..) => 1,
                Test::Sector(..) | Test::Composed(..) | Test::PlaceCountry(_) => 5,
                Test::Text(_, pattern) if pattern.shape() == Shape::Part => 60,
                _ => 20,
            },
        }
    }

    fn holds(&self, event: &Event) -> bool {
        match self {
            Self::Types(wanted) => (1..32).contains(&event.r#type) && wanted & (1 << event.r#type) != 0,
            Self::Topics(wanted) => match wanted.as_slice() {
                [one] => event.topics.iter().any(|topic| topic == one),
                wanted => event
                    .topics
                    .iter()
                    .any(|topic| wanted.binary_search(&topic.as_str()).is_ok()),
            },
            Self::Countries(side, wanted) => match wanted.as_slice() {
                [one] => any_party(*side, event, |party| *party.country == **one),
                wanted => any_party(*side, event, |party| {
                    wanted
                        .binary_search_by(|code| (**code).cmp(&*party.country))
                        .is_ok()
                }),
            },
            Self::Names(side, wanted) => any_party(*side, event, |party| {
                wanted
                    .binary_search_by(|name| order_lower(&party.name, name).reverse())
                    .is_ok()
            }),
            Self::One(test) => test.holds(event),
        }
    }
}
