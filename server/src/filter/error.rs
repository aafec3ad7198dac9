//! Why a filter was refused, and where.

use std::fmt;

use dateline_proto::reason;

use crate::refusal::Refusal;

/// A filter that was not understood: which part of it, the place in it, what is wrong, and what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FilterError {
    field: String,
    position: Option<Position>,
    problem: Box<Problem>,
    suggestion: Option<String>,
}

/// A place in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Bytes before it.
    pub offset: usize,
    /// 1 for the first character.
    pub column: usize,
}

/// What is wrong with a filter. The texts are complete sentences for people; quoted excerpts are cut short.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Longer than is read.
    #[error("the expression has {bytes} bytes, at most {limit} are read; use fewer conditions")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Longer than is read once everything is written out.
    #[error("written out, the filter has {bytes} bytes, at most {limit} are read; use fewer conditions")]
    TooLongWrittenOut {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Parentheses in parentheses in parentheses.
    #[error("parentheses are nested more than {limit} deep; write it flatter")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More conditions than are checked.
    #[error("the filter has more than {limit} conditions; use fewer")]
    TooManyConditions {
        /// The limit.
        limit: usize,
    },
    /// AND and OR side by side.
    #[error("AND and OR are mixed; put parentheses around what belongs together: a AND (b OR c)")]
    Mixed,
    /// Something else should stand here.
    #[error("{expected} is missing before {found}")]
    Missing {
        /// What should stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// Two conditions without AND or OR between them, most often a value of several words.
    #[error("AND or OR is missing before {found}; put quotes around a value of several words")]
    Unjoined {
        /// What stands here.
        found: String,
    },
    /// An operator of another language.
    #[error("{found} is not an operator of this language")]
    ForeignOperator {
        /// As written.
        found: String,
    },
    /// A quoted text without its closing quote.
    #[error("the text that begins here has no closing quote")]
    UnclosedText,
    /// A `(` without its `)`.
    #[error("this parenthesis is not closed")]
    UnclosedParenthesis,
    /// A `)` without its `(`.
    #[error("this parenthesis closes nothing")]
    StrayParenthesis,
    /// A backslash before a character that needs none.
    #[error("{found} is no escape; known are \\\" \\' \\\\ \\* \\n \\r \\t")]
    UnknownEscape {
        /// As written.
        found: String,
    },
    /// A character that a value can only have within quotes.
    #[error("{found} can stand only within quotes; put quotes around the value")]
    NeedsQuotes {
        /// The character.
        found: String,
    },
    /// A word that is neither a flag nor compared with anything.
    #[error("{word} alone is not a condition; name a field: topic:military, actor:PRK")]
    LooseWord {
        /// As written.
        word: String,
    },
    /// No such field.
    #[error("field {name} is not known")]
    UnknownField {
        /// As written.
        name: String,
    },
    /// A field that no filter can look at.
    #[error("{name} cannot be filtered on: {why}")]
    NotFilterable {
        /// The field.
        name: &'static str,
        /// Why, or what to do instead.
        why: &'static str,
    },
    /// A field that is not compared in this way.
    #[error("{field} cannot be compared with {operator}; {hint}")]
    WrongOperator {
        /// The field.
        field: &'static str,
        /// As written.
        operator: &'static str,
        /// What works.
        hint: &'static str,
    },
    /// A value that the field never has.
    #[error("{kind} {value} is not known")]
    UnknownValue {
        /// What the value should be: `topic`, `event type`, ...
        kind: &'static str,
        /// As written.
        value: String,
    },
    /// A name that the gazetteer does not have.
    #[error("actor {value} is not in the gazetteer (any name as the feed has it: actor.name = {value})")]
    UnknownActor {
        /// As written.
        value: String,
    },
    /// A person or organisation where a country should stand.
    #[error("{value} is not a country; write actor:{value}")]
    NotACountry {
        /// As written.
        value: String,
    },
    /// A value of the wrong form.
    #[error("{value} is not {expected}")]
    WrongForm {
        /// As written.
        value: String,
        /// What it should be, with an example.
        expected: &'static str,
    },
    /// Nothing between the quotes.
    #[error("the value is empty; what has no value is NOT {field}:*")]
    EmptyValue {
        /// The field.
        field: &'static str,
    },
    /// A star in a value that is compared as a whole.
    #[error("{field} takes no wildcard; only {field}:* (has a value)")]
    NoWildcard {
        /// The field.
        field: &'static str,
    },
    /// A star within a text.
    #[error("a wildcard can stand only first or last; a star itself is \\* within quotes")]
    InnerWildcard,
    /// A value of an enum field of the request that is not in the contract, or its zero.
    #[error("{value} is no value of {kind}")]
    UnknownNumber {
        /// As sent.
        value: i32,
        /// Name of the enum.
        kind: &'static str,
    },
    /// A text to look for within others that is too long for that.
    #[error("a text to search for has at most {limit} bytes; use a shorter one")]
    TextTooLong {
        /// The limit.
        limit: usize,
    },
}

/// A problem at a byte of one part of the filter, before the part is known.
#[derive(Debug)]
pub(super) struct Trouble {
    at: usize,
    problem: Problem,
    suggestion: Option<String>,
}

impl Trouble {
    pub(super) fn new(at: usize, problem: Problem) -> Self {
        Self {
            at,
            problem,
            suggestion: None,
        }
    }

    pub(super) fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    pub(super) fn moved_to(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// The error of the field `expression`, whose text is given.
    pub(super) fn in_expression(self, text: &str) -> FilterError {
        let before = &text[..text.floor_char_boundary(self.at)];
        let position = Position {
            offset: before.len(),
            column: before.chars().count() + 1,
        };
        FilterError {
            field: "expression".to_owned(),
            position: Some(position),
            problem: Box::new(self.problem),
            suggestion: self.suggestion,
        }
    }

    /// The error of a field that is one value, or of the whole filter (`field` empty).
    pub(super) fn in_field(self, field: impl Into<String>) -> FilterError {
        FilterError {
            field: field.into(),
            position: None,
            problem: Box::new(self.problem),
            suggestion: self.suggestion,
        }
    }
}

impl FilterError {
    /// Which field of `EventFilter`: `expression`, `actors[2]`; empty for the filter as a whole.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The place in the expression; none in the other fields.
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What to write at the place instead, if something is near.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.position, self.field.as_str()) {
            (Some(position), _) => write!(f, "filter, column {}: ", position.column)?,
            (None, "") => f.write_str("filter: ")?,
            (None, field) => write!(f, "filter.{field}: ")?,
        }
        match (&self.suggestion, self.problem()) {
            (None, problem) => write!(f, "{problem}"),
            (Some(suggestion), problem) => {
                match problem {
                    Problem::UnknownValue { kind, value } => write!(f, "{kind} {value}")?,
                    Problem::UnknownField { name } => write!(f, "field {name}")?,
                    problem => write!(f, "{problem}")?,
                }
                write!(f, ": did you mean {}?", excerpt(suggestion))
            }
        }
    }
}

impl From<FilterError> for Refusal {
    fn from(error: FilterError) -> Self {
        let field = match error.field.as_str() {
            "" => "filter".to_owned(),
            field => format!("filter.{field}"),
        };
        let mut refusal = Refusal::invalid(reason::FILTER_INVALID, &field, error.to_string());
        if let Some(position) = error.position {
            refusal = refusal
                .with("position", position.offset)
                .with("column", position.column);
        }
        match error.suggestion {
            Some(suggestion) => refusal.with("suggestion", suggestion),
            None => refusal,
        }
    }
}

/// A text in quotes for a message, cut after forty characters.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("\"{}...\"", clean(&text[..end])),
        None => format!("\"{}\"", clean(text)),
    }
}

/// Without characters that would break a message's line.
fn clean(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() { '\u{fffd}' } else { char })
        .collect()
}
