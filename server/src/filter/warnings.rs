//! What a reader of the feed may not have meant: filters that are understood but that nothing can match.

use dateline_coder::EventType;

use super::field::{Field, TextField};
use super::node::{Kind, Node};
use super::pattern::Shape;
use super::suggest;
use super::test::{Order, Test};

/// More are not worth reading.
const MOST: usize = 8;

/// Sentences for people, none for a filter that makes sense.
pub(super) fn of(node: &Node) -> Vec<String> {
    let mut warnings = Vec::new();
    visit(node, &mut warnings);
    warnings.dedup();
    warnings.truncate(MOST);
    warnings
}

fn visit(node: &Node, warnings: &mut Vec<String>) {
    match node.kind() {
        Kind::Leaf { test, .. } => warnings.extend(unlikely(test)),
        Kind::Any(parts) => parts.iter().for_each(|part| visit(part, warnings)),
        Kind::All(parts) => {
            warnings.extend(contradiction(parts));
            parts.iter().for_each(|part| visit(part, warnings));
        }
    }
}

/// A test that no event passes, or that was hardly meant.
fn unlikely(test: &Test) -> Option<String> {
    match test {
        Test::Number(field, order, value) => {
            let (least, greatest) = field.range();
            let never = match order {
                Order::Equal => *value < least || *value > greatest,
                Order::Less => *value <= least,
                Order::LessOrEqual => *value < least,
                Order::Greater => *value >= greatest,
                Order::GreaterOrEqual => *value > greatest,
            };
            let name = Field::Number(*field).name();
            never.then(|| {
                format!(
                    "{} never holds: {name} is from {least} to {greatest}",
                    test.text()
                )
            })
        }
        Test::Text(TextField::Mode, pattern) if pattern.shape() == Shape::Whole => {
            let modes = || {
                EventType::ALL
                    .iter()
                    .flat_map(|event_type| event_type.modes())
                    .copied()
            };
            if modes().any(|mode| mode == pattern.text()) {
                return None;
            }
            let near = suggest::closest(pattern.text(), modes());
            let near = near
                .map(|mode| format!(": did you mean {mode}?"))
                .unwrap_or_default();
            Some(format!("{}: PLOVER has no such mode{near}", test.text()))
        }
        _ => None,
    }
}

/// Two operands of one AND that exclude each other.
fn contradiction(parts: &[Node]) -> Option<String> {
    let tests = || {
        parts.iter().filter_map(|part| match part.kind() {
            Kind::Leaf { test, negated } => Some((part, test, *negated)),
            _ => None,
        })
    };
    for (index, (part, test, negated)) in tests().enumerate() {
        for (other_part, other, other_negated) in tests().skip(index + 1) {
            if (negated != other_negated && test == other)
                || (!negated && !other_negated && exclude(test, other))
            {
                let (a, b) = (part.text(), other_part.text());
                return Some(format!("nothing can match: {a} and {b} exclude each other"));
            }
        }
    }
    None
}

/// Whether no event passes both: a field that has one value is compared with two.
fn exclude(a: &Test, b: &Test) -> bool {
    match (a, b) {
        (Test::Type(a), Test::Type(b)) => a != b,
        (Test::Change(a), Test::Change(b)) => a != b,
        (Test::PlaceCountry(a), Test::PlaceCountry(b)) => a != b,
        (Test::Number(field, Order::Equal, a), Test::Number(other, Order::Equal, b)) => {
            field == other && a != b
        }
        (Test::Text(field, a), Test::Text(other, b)) => {
            let single = matches!(
                field,
                TextField::EventId
                    | TextField::Mode
                    | TextField::CameoCode
                    | TextField::PlaceName
                    | TextField::Coder
            );
            let whole = a.shape() == Shape::Whole && b.shape() == Shape::Whole;
            single && field == other && whole && a.text() != b.text()
        }
        _ => false,
    }
}
