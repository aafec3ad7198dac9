//! From text to a tree of conditions, each with its place; what fields and values mean is not looked at here.

use super::error::{Problem, Trouble, excerpt};
use super::reader::{Literal, Reader, Word};
use super::{MAX_CONDITIONS, MAX_DEPTH};

/// A combination of conditions.
#[derive(Debug)]
pub(super) enum Expr<'t> {
    And(Vec<Expr<'t>>),
    Or(Vec<Expr<'t>>),
    Not(Box<Expr<'t>>),
    Condition(Condition<'t>),
}

/// `field`, or `field operator value`.
#[derive(Debug)]
pub(super) struct Condition<'t> {
    pub(super) field: Word<'t>,
    pub(super) compared: Option<(Operator, Literal)>,
}

/// How a field is compared; `!=` is NOT and `=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Has,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Has => ":",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

/// What stands in front of a parenthesis of values: `type = (CONSULT OR AGREE)`.
type Left<'t> = (Word<'t>, Operator);

/// Reads an expression; none if there is nothing but space.
///
/// # Errors
///
/// The first thing that is not of the language, with its byte.
pub(super) fn parse(text: &str) -> Result<Option<Expr<'_>>, Trouble> {
    let mut reader = Reader::new(text);
    reader.skip_space();
    if reader.rest().is_empty() {
        return Ok(None);
    }
    let expr = reader.expression(0, None)?;
    match reader.rest() {
        "" => Ok(Some(expr)),
        _ => Err(reader.trouble(Problem::StrayParenthesis)),
    }
}

impl<'t> Reader<'t> {
    /// Terms joined by AND, or by OR, up to a `)` or the end.
    fn expression(&mut self, depth: usize, left: Option<Left<'t>>) -> Result<Expr<'t>, Trouble> {
        let mut terms = vec![self.term(depth, left)?];
        let mut joined = None;
        while let Some(joint) = self.joint(joined)? {
            joined = Some(joint);
            terms.push(self.term(depth, left)?);
        }
        Ok(match joined {
            None => terms.remove(0),
            Some(Joint::And) => Expr::And(terms),
            Some(Joint::Or) => Expr::Or(terms),
        })
    }

    fn joint(&mut self, before: Option<Joint>) -> Result<Option<Joint>, Trouble> {
        self.skip_space();
        if self.rest().is_empty() || self.rest().starts_with(')') {
            return Ok(None);
        }
        let word = self.run(|char| char.is_whitespace() || "()\"'".contains(char));
        let joint = match word {
            "AND" => Joint::And,
            "OR" => Joint::Or,
            "and" | "And" | "&&" | "&" | "," | ";" | "+" => return Err(self.foreign(word, "AND")),
            "or" | "Or" | "||" | "|" => return Err(self.foreign(word, "OR")),
            _ => {
                return Err(self.trouble(Problem::Unjoined {
                    found: self.next_thing(),
                }));
            }
        };
        if before.is_some_and(|before| before != joint) {
            return Err(self.trouble(Problem::Mixed));
        }
        self.at += word.len();
        Ok(Some(joint))
    }

    fn foreign(&self, found: &str, suggestion: &str) -> Trouble {
        self.trouble(Problem::ForeignOperator {
            found: excerpt(found),
        })
        .suggest(Some(suggestion))
    }

    /// A condition or a parenthesis, with any number of NOT and `-` before it.
    fn term(&mut self, depth: usize, left: Option<Left<'t>>) -> Result<Expr<'t>, Trouble> {
        let negated = self.negations(left.is_some())?;
        let simple = match self.rest().chars().next() {
            Some('(') => self.parenthesis(depth, left)?,
            _ => match left {
                None => self.condition(depth)?,
                Some(left) => self.value(left)?,
            },
        };
        Ok(if negated {
            Expr::Not(Box::new(simple))
        } else {
            simple
        })
    }

    fn negations(&mut self, of_values: bool) -> Result<bool, Trouble> {
        let mut negated = false;
        loop {
            self.skip_space();
            let word = self.run(|char| char.is_whitespace() || "()\"'=<>!:".contains(char));
            let length = match word {
                "NOT" => word.len(),
                "not" | "Not" if !of_values => return Err(self.foreign(word, "NOT")),
                // Before a value a minus is its sign.
                _ if word.starts_with('-') && !of_values => 1,
                _ if self.rest().starts_with('!') => return Err(self.foreign("!", "NOT")),
                _ => return Ok(negated),
            };
            negated = !negated;
            self.at += length;
        }
    }

    fn parenthesis(&mut self, depth: usize, left: Option<Left<'t>>) -> Result<Expr<'t>, Trouble> {
        if depth >= MAX_DEPTH {
            return Err(self.trouble(Problem::TooDeep { limit: MAX_DEPTH }));
        }
        let opened = self.at;
        self.at += 1;
        let inner = self.expression(depth + 1, left)?;
        if !self.rest().starts_with(')') {
            return Err(Trouble::new(opened, Problem::UnclosedParenthesis));
        }
        self.at += 1;
        Ok(inner)
    }

    fn condition(&mut self, depth: usize) -> Result<Expr<'t>, Trouble> {
        let field = self.field()?;
        self.skip_space();
        let Some((operator, negated)) = self.operator()? else {
            self.count(field.at)?;
            return Ok(Expr::Condition(Condition {
                field,
                compared: None,
            }));
        };
        self.skip_space();
        let left = (field, operator);
        let condition = if self.rest().starts_with('(') {
            if !matches!(operator, Operator::Equal | Operator::Has) {
                return Err(self.missing("a value"));
            }
            self.parenthesis(depth, Some(left))?
        } else {
            self.value(left)?
        };
        Ok(if negated {
            Expr::Not(Box::new(condition))
        } else {
            condition
        })
    }

    fn count(&mut self, at: usize) -> Result<(), Trouble> {
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            let limit = MAX_CONDITIONS;
            return Err(Trouble::new(at, Problem::TooManyConditions { limit }));
        }
        Ok(())
    }

    fn field(&mut self) -> Result<Word<'t>, Trouble> {
        let text = self.run(|char| !char.is_alphanumeric() && char != '_' && char != '.');
        let found = match text {
            "AND" | "OR" => "",
            text => text,
        };
        if found.is_empty() {
            if let Some('"' | '\'') = self.rest().chars().next() {
                let at = self.at;
                let word = excerpt(&self.literal()?.text);
                return Err(Trouble::new(at, Problem::LooseWord { word }));
            }
            return Err(self.missing("a condition"));
        }
        let at = self.at;
        self.at += text.len();
        Ok(Word { text, at })
    }

    /// The operator here and whether it is `!=`; none if there is none.
    fn operator(&mut self) -> Result<Option<(Operator, bool)>, Trouble> {
        let written = self.run(|char| !"=<>!:~".contains(char));
        let operator = match written {
            "" => return Ok(None),
            "=" => (Operator::Equal, false),
            "!=" => (Operator::Equal, true),
            ":" => (Operator::Has, false),
            "<" => (Operator::Less, false),
            "<=" => (Operator::LessOrEqual, false),
            ">" => (Operator::Greater, false),
            ">=" => (Operator::GreaterOrEqual, false),
            "==" | "===" | ":=" => return Err(self.foreign(written, "=")),
            "<>" | "!==" | "!:" => return Err(self.foreign(written, "!=")),
            "=~" | "~" | "~=" => return Err(self.foreign(written, ":")),
            "=<" => return Err(self.foreign(written, "<=")),
            "=>" => return Err(self.foreign(written, ">=")),
            written => {
                let found = excerpt(written);
                return Err(self.trouble(Problem::ForeignOperator { found }));
            }
        };
        self.at += written.len();
        Ok(Some(operator))
    }

    fn value(&mut self, (field, operator): Left<'t>) -> Result<Expr<'t>, Trouble> {
        self.skip_space();
        let literal = self.literal()?;
        self.count(literal.at)?;
        let compared = Some((operator, literal));
        Ok(Expr::Condition(Condition { field, compared }))
    }
}
