//! From conditions as written to tests: fields are looked up, values read, names resolved; what is not understood is refused.

use dateline_coder::actor::{ActorRef, Gazetteer};
use dateline_coder::{Sector, Topic};
use dateline_proto::names::{CHANGES, EVENT_TYPES};
use dateline_proto::v1::{Change, EventType};

use super::MAX_SEARCHED_BYTES;
use super::error::{Problem, Trouble, excerpt};
use super::field::{Field, NOT_FILTERABLE, NumberField, Side, TextField, TimeField};
use super::node::Node;
use super::pattern::{Pattern, Shape, lower, quoted};
use super::reader::{Literal, Word};
use super::suggest;
use super::syntax::{Condition, Expr, Operator};
use super::test::{Order, Test};
use super::value::{self, Moment};

/// Turns expressions into nodes.
pub(super) struct Resolver<'g> {
    pub(super) gazetteer: &'g Gazetteer,
}

impl Resolver<'_> {
    /// The normal form of an expression, or of its opposite.
    pub(super) fn expression(&self, expr: &Expr<'_>, negated: bool) -> Result<Node, Trouble> {
        match expr {
            Expr::Not(inner) => self.expression(inner, !negated),
            Expr::Condition(condition) => self.condition(condition, negated),
            // Not (a and b) is not a or not b.
            Expr::And(parts) | Expr::Or(parts) => {
                let nodes = parts.iter().map(|part| self.expression(part, negated));
                let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
                Ok(if matches!(expr, Expr::And(_)) == negated {
                    Node::any(nodes)
                } else {
                    Node::all(nodes)
                })
            }
        }
    }

    fn condition(&self, condition: &Condition<'_>, negated: bool) -> Result<Node, Trouble> {
        let word = condition.field;
        let Some((operator, literal)) = &condition.compared else {
            return match Field::of(word.text) {
                Some(Field::Flag(flag)) => Ok(self.leaf(Test::Flag(flag), negated)),
                field => Err(self.loose(word, field.is_some())),
            };
        };
        let field = Field::of(word.text).ok_or_else(|| unknown_field(word))?;
        self.compare(field, *operator, literal, negated)
    }

    fn compare(
        &self,
        field: Field,
        operator: Operator,
        literal: &Literal,
        negated: bool,
    ) -> Result<Node, Trouble> {
        let test = match field {
            Field::Flag(flag) if matches!(operator, Operator::Equal | Operator::Has) => {
                return match literal.text.as_str() {
                    "true" if !literal.has_star() => Ok(self.leaf(Test::Flag(flag), negated)),
                    "false" if !literal.has_star() => Ok(self.leaf(Test::Flag(flag), !negated)),
                    _ => Err(wrong_form(literal, "true or false")),
                };
            }
            Field::Number(number) => number_test(number, operator, literal)?,
            Field::Date | Field::Time(_) if is_presence(operator, literal) => Test::Present(field),
            Field::Date => {
                let expected = "a date such as 2023-09-13, 2023-09 or 2023";
                let days = value::days(&literal.text).filter(|_| !literal.has_star());
                Test::Date(
                    order(operator),
                    days.ok_or_else(|| wrong_form(literal, expected))?,
                )
            }
            Field::Time(time) => return self.time(time, operator, literal, negated),
            field => {
                if !matches!(operator, Operator::Equal | Operator::Has) {
                    return Err(wrong_operator(field, operator, literal));
                }
                self.equality(field, operator, literal)?
            }
        };
        Ok(self.leaf(test, negated))
    }

    /// Fields whose values have no order.
    fn equality(&self, field: Field, operator: Operator, literal: &Literal) -> Result<Test, Trouble> {
        if literal.is_star() {
            return Ok(Test::Present(field));
        }
        if let Field::Text(text) = field {
            return text_test(text, operator, literal);
        }
        if literal.has_star() {
            let field = field.name();
            return Err(Trouble::new(literal.at, Problem::NoWildcard { field }));
        }
        let text = literal.text.as_str();
        let test = match field {
            Field::Type => event_type(text).map(Test::Type),
            Field::Change => change(text).map(Test::Change),
            Field::Topics => topic(text),
            Field::Party(side) => self.party(side, text),
            Field::Country(side) => self.country(text).map(|code| Test::Country(side, code)),
            Field::PlaceCountry => self.country(text).map(Test::PlaceCountry),
            Field::Sector(side) => sector(text).map(|sector| Test::Sector(side, sector)),
            _ => Err(wrong_operator(field, operator, literal)),
        };
        test.map_err(|trouble| trouble.moved_to(literal.at))
    }

    /// What a party's name means.
    pub(super) fn party(&self, side: Side, name: &str) -> Result<Test, Trouble> {
        match self.gazetteer.resolve(name) {
            Some(ActorRef::Country { code, sector: None }) => Ok(Test::Country(side, code.into())),
            Some(ActorRef::Country {
                code,
                sector: Some(sector),
            }) => Ok(Test::Composed(side, code.into(), sector.as_str())),
            Some(ActorRef::Named { name, .. }) => {
                let pattern = Pattern::new(&name, Shape::Whole, false);
                Ok(Test::Text(TextField::ActorName(side), pattern))
            }
            _ => {
                let value = excerpt(name);
                let near = self.gazetteer.suggest(name, 1).pop();
                Err(Trouble::new(0, Problem::UnknownActor { value }).suggest(near))
            }
        }
    }

    fn country(&self, name: &str) -> Result<Box<str>, Trouble> {
        let country = |name: &str| match self.gazetteer.resolve(name) {
            Some(ActorRef::Country { code, sector: None }) => Some(code),
            _ => None,
        };
        if let Some(code) = country(name) {
            return Ok(code.into());
        }
        let value = excerpt(name);
        if self.gazetteer.resolve(name).is_some() {
            return Err(Trouble::new(0, Problem::NotACountry { value }));
        }
        let near = self.gazetteer.suggest(name, 8);
        let near = near.into_iter().find(|name| country(name).is_some());
        Err(unknown_value("country", name).suggest(near))
    }

    fn time(
        &self,
        field: TimeField,
        operator: Operator,
        literal: &Literal,
        negated: bool,
    ) -> Result<Node, Trouble> {
        let expected = "a time such as 2023-09-13T12:00:00Z or a day of UTC such as 2023-09-13";
        let moment = value::moment(&literal.text).filter(|_| !literal.has_star());
        let moment = moment.ok_or_else(|| wrong_form(literal, expected))?;
        let leaf = |order, time| self.leaf(Test::Time(field, order, time), negated);
        Ok(match (moment, order(operator)) {
            (Moment::Point(time), order) => leaf(order, time),
            (Moment::Day(first, next), Order::Equal) => {
                let bounds = vec![leaf(Order::GreaterOrEqual, first), leaf(Order::Less, next)];
                if negated {
                    Node::any(bounds)
                } else {
                    Node::all(bounds)
                }
            }
            (Moment::Day(first, _), order @ (Order::Less | Order::GreaterOrEqual)) => leaf(order, first),
            (Moment::Day(_, next), Order::LessOrEqual) => leaf(Order::Less, next),
            (Moment::Day(_, next), Order::Greater) => leaf(Order::GreaterOrEqual, next),
        })
    }

    /// A test as a node: names that the gazetteer has are written as it writes them.
    pub(super) fn leaf(&self, test: Test, negated: bool) -> Node {
        let text = self.name_text(&test).unwrap_or_else(|| test.text());
        Node::leaf(test, text, negated)
    }

    fn name_text(&self, test: &Test) -> Option<String> {
        let Test::Text(TextField::ActorName(side), pattern) = test else {
            return None;
        };
        match self.gazetteer.resolve(pattern.text()) {
            Some(ActorRef::Named { name, .. })
                if pattern.shape() == Shape::Whole && lower(&name) == pattern.text() =>
            {
                Some(format!("{}:{}", Field::Party(*side).name(), quoted(&name)))
            }
            _ => None,
        }
    }

    /// A word that is no condition, with the condition that it may stand for.
    fn loose(&self, word: Word<'_>, is_field: bool) -> Trouble {
        let text = word.text;
        let trouble = Trouble::new(word.at, Problem::LooseWord { word: excerpt(text) });
        if is_field {
            return trouble;
        }
        if let Ok(topic) = text.parse::<Topic>() {
            return trouble.suggest(Some(format!("topic:{topic}")));
        }
        if let Some(event_type) = EventType::from_name(text) {
            return trouble.suggest(Some(format!("type = {}", event_type.short_name())));
        }
        if self.gazetteer.resolve(text).is_some() {
            return trouble.suggest(Some(format!("actor:{text}")));
        }
        trouble.suggest(Field::suggest(text))
    }
}

fn event_type(name: &str) -> Result<EventType, Trouble> {
    EventType::from_name(name).ok_or_else(|| {
        let near = suggest::closest(name, EVENT_TYPES.into_iter().map(EventType::short_name));
        unknown_value("event type", name).suggest(near)
    })
}

fn change(name: &str) -> Result<Change, Trouble> {
    Change::from_name(name).ok_or_else(|| {
        let near = suggest::closest(name, CHANGES.into_iter().map(Change::short_name));
        unknown_value("change", name).suggest(near)
    })
}

pub(super) fn topic(name: &str) -> Result<Test, Trouble> {
    let topic: Result<Topic, _> = name.parse();
    topic.map(|topic| Test::Topic(topic.as_str())).map_err(|_| {
        let near = suggest::closest(name, Topic::ALL.iter().map(|topic| topic.as_str()));
        unknown_value("topic", name).suggest(near)
    })
}

fn sector(name: &str) -> Result<&'static str, Trouble> {
    let known = |sector: &&Sector| sector.as_str().eq_ignore_ascii_case(name);
    if let Some(sector) = Sector::ALL.iter().find(known) {
        return Ok(sector.as_str());
    }
    let by_name = |sector: &&Sector| format!("{sector:?}").eq_ignore_ascii_case(name);
    let near = Sector::ALL.iter().find(by_name).map(|sector| sector.as_str());
    let near = near.or_else(|| suggest::closest(name, Sector::ALL.iter().map(|sector| sector.as_str())));
    Err(unknown_value("sector", name).suggest(near))
}

fn text_test(field: TextField, operator: Operator, literal: &Literal) -> Result<Test, Trouble> {
    let trouble = |problem| Trouble::new(literal.at, problem);
    if let Some(at) = literal.inner {
        return Err(Trouble::new(at, Problem::InnerWildcard));
    }
    if literal.text.is_empty() {
        let field = Field::Text(field).name();
        return Err(trouble(Problem::EmptyValue { field }));
    }
    let shape = match (literal.leading, literal.trailing) {
        (false, false) if operator == Operator::Has && field.has_parts() => Shape::Part,
        (false, false) => Shape::Whole,
        (true, false) => Shape::End,
        (false, true) => Shape::Beginning,
        (true, true) => Shape::Part,
    };
    let pattern = match field {
        // Codes are stored, and indexed, in capitals.
        TextField::ActorCode(_) => Pattern::new(&literal.text.to_ascii_uppercase(), shape, true),
        field => Pattern::new(&literal.text, shape, field.is_identifier()),
    };
    if shape != Shape::Whole && pattern.text().len() > MAX_SEARCHED_BYTES {
        let limit = MAX_SEARCHED_BYTES;
        return Err(trouble(Problem::TextTooLong { limit }));
    }
    Ok(Test::Text(field, pattern))
}

fn number_test(field: NumberField, operator: Operator, literal: &Literal) -> Result<Test, Trouble> {
    if is_presence(operator, literal) {
        return Ok(Test::Present(Field::Number(field)));
    }
    let expected = if field.is_whole() {
        "a whole number such as 3"
    } else {
        "a number such as -5.5"
    };
    let value = value::number(&literal.text, field).filter(|_| !literal.has_star());
    let value = value.ok_or_else(|| wrong_form(literal, expected))?;
    Ok(Test::Number(field, order(operator), value))
}

fn is_presence(operator: Operator, literal: &Literal) -> bool {
    matches!(operator, Operator::Equal | Operator::Has) && literal.is_star()
}

const fn order(operator: Operator) -> Order {
    match operator {
        Operator::Equal | Operator::Has => Order::Equal,
        Operator::Less => Order::Less,
        Operator::LessOrEqual => Order::LessOrEqual,
        Operator::Greater => Order::Greater,
        Operator::GreaterOrEqual => Order::GreaterOrEqual,
    }
}

fn unknown_field(word: Word<'_>) -> Trouble {
    let refused = NOT_FILTERABLE.iter().find(|(name, _)| *name == word.text);
    if let Some(&(name, why)) = refused {
        return Trouble::new(word.at, Problem::NotFilterable { name, why });
    }
    let name = excerpt(word.text);
    Trouble::new(word.at, Problem::UnknownField { name }).suggest(Field::suggest(word.text))
}

/// The place is filled in by the caller, who knows it.
fn unknown_value(kind: &'static str, value: &str) -> Trouble {
    let value = excerpt(value);
    Trouble::new(0, Problem::UnknownValue { kind, value })
}

fn wrong_form(literal: &Literal, expected: &'static str) -> Trouble {
    let value = excerpt(&literal.text);
    Trouble::new(literal.at, Problem::WrongForm { value, expected })
}

fn wrong_operator(field: Field, operator: Operator, literal: &Literal) -> Trouble {
    let hint = match field {
        Field::Place => "use place.name or place.country",
        Field::Magnitude => "use magnitude.killed, .wounded or .arrested",
        _ => "use = or :",
    };
    let problem = Problem::WrongOperator {
        field: field.name(),
        operator: operator.as_str(),
        hint,
    };
    Trouble::new(literal.at, problem)
}
