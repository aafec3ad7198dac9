//! Pieces of an expression's text: words, and values with their quotes, escapes and wildcards.

use super::error::{Problem, Trouble, excerpt};

/// A word and the byte at which it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// A value as written: escapes undone, wildcards taken off its ends.
#[derive(Debug, Default, Clone)]
pub(super) struct Literal {
    pub(super) text: String,
    /// A `*` stood first.
    pub(super) leading: bool,
    /// A second `*` stood last, or the only one did and something before it.
    pub(super) trailing: bool,
    /// Byte in the expression of a `*` that is neither first nor last.
    pub(super) inner: Option<usize>,
    /// Byte at which the value begins.
    pub(super) at: usize,
}

impl Literal {
    /// `*` and nothing else.
    pub(super) fn is_star(&self) -> bool {
        self.leading && self.text.is_empty() && self.inner.is_none()
    }

    /// Whether any wildcard is in it.
    pub(super) fn has_star(&self) -> bool {
        self.leading || self.trailing || self.inner.is_some()
    }
}

/// A text and how far it is read.
pub(super) struct Reader<'t> {
    text: &'t str,
    /// Byte at which it goes on.
    pub(super) at: usize,
    /// Conditions read so far.
    pub(super) conditions: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            conditions: 0,
        }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    pub(super) fn trouble(&self, problem: Problem) -> Trouble {
        Trouble::new(self.at, problem)
    }

    /// The characters from here to the first that `ends`.
    pub(super) fn run(&self, ends: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(ends).unwrap_or(rest.len())]
    }

    pub(super) fn missing(&self, expected: &'static str) -> Trouble {
        self.trouble(Problem::Missing {
            expected,
            found: self.next_thing(),
        })
    }

    /// What stands here, for a message.
    pub(super) fn next_thing(&self) -> String {
        let word = self.run(char::is_whitespace);
        match word {
            "" => "the end".to_owned(),
            word => excerpt(word),
        }
    }

    pub(super) fn literal(&mut self) -> Result<Literal, Trouble> {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => self.bare(),
        }
    }

    fn bare(&mut self) -> Result<Literal, Trouble> {
        let at = self.at;
        let word = self.run(|char| char.is_whitespace() || "()\"'=<>!,\\".contains(char));
        if matches!(word, "" | "AND" | "OR" | "NOT") {
            return Err(self.missing("a value"));
        }
        self.at += word.len();
        if let Some(found) = self
            .rest()
            .chars()
            .next()
            .filter(|char| "\"'=<>!,\\".contains(*char))
        {
            let found = excerpt(found.encode_utf8(&mut [0; 4]));
            return Err(self.trouble(Problem::NeedsQuotes { found }));
        }
        let stars = word.match_indices('*').map(|(index, _)| index).collect();
        Ok(without_stars(word.to_owned(), stars, at))
    }

    fn quoted(&mut self, quote: char) -> Result<Literal, Trouble> {
        let opened = self.at;
        let mut text = String::new();
        let mut stars = Vec::new();
        self.at += 1;
        let mut chars = self.rest().char_indices();
        while let Some((offset, char)) = chars.next() {
            match char {
                '\\' => {
                    let escaped = chars.next().map(|(_, char)| char);
                    let unknown = || {
                        let found = excerpt(&format!("\\{}", escaped.map(String::from).unwrap_or_default()));
                        Trouble::new(self.at + offset, Problem::UnknownEscape { found })
                    };
                    text.push(escaped.and_then(unescaped).ok_or_else(unknown)?);
                }
                '*' => {
                    stars.push(text.len());
                    text.push('*');
                }
                char if char == quote => {
                    self.at += offset + char.len_utf8();
                    return Ok(without_stars(text, stars, opened));
                }
                char => text.push(char),
            }
        }
        Err(Trouble::new(opened, Problem::UnclosedText))
    }
}

const fn unescaped(char: char) -> Option<char> {
    match char {
        '"' | '\'' | '\\' | '*' => Some(char),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    }
}

/// Takes the wildcards at the ends of a text off it; `stars` are the bytes of those in it that no escape protects.
fn without_stars(mut text: String, mut stars: Vec<usize>, at: usize) -> Literal {
    let trailing =
        stars.len() > usize::from(text.len() == 1) && stars.last().is_some_and(|star| star + 1 == text.len());
    if trailing {
        stars.pop();
        text.pop();
    }
    let leading = stars.first() == Some(&0);
    if leading {
        stars.remove(0);
        text.remove(0);
    }
    Literal {
        text,
        leading,
        trailing,
        // Where exactly does not matter to who reads the message: the value is short.
        inner: stars.first().map(|_| at),
        at,
    }
}
