//! Texts compared: whole, by their beginning, their end or a part; with or without regard to capitals; without copying.

use std::cmp::Ordering;
use std::fmt::Write;

/// What a text is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    shape: Shape,
    /// In lower case unless `exact`.
    text: Box<str>,
    /// Capitals matter.
    exact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    Beginning,
    End,
    Part,
}

impl Pattern {
    pub(super) fn new(text: &str, shape: Shape, exact: bool) -> Self {
        let text = if exact { text.into() } else { lower(text).into() };
        Self { shape, text, exact }
    }

    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// What is looked for, in lower case unless capitals matter.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let wanted: &str = &self.text;
        if self.exact {
            return match self.shape {
                Shape::Whole => text == wanted,
                Shape::Beginning => text.starts_with(wanted),
                Shape::End => text.ends_with(wanted),
                Shape::Part => text.contains(wanted),
            };
        }
        match self.shape {
            Shape::Whole => order_lower(text, wanted).is_eq(),
            Shape::Beginning => begins_lower(text, wanted),
            Shape::End => ends_lower(text, wanted),
            Shape::Part => contains_lower(text, wanted),
        }
    }

    /// The value as canonical text writes it after `=`, or after `:` for a part: in quotes, with its stars.
    pub(super) fn quoted(&self) -> String {
        let mut out = String::from("\"");
        if self.shape == Shape::End {
            out.push('*');
        }
        quote_into(&mut out, &self.text);
        if self.shape == Shape::Beginning {
            out.push('*');
        }
        out.push('"');
        out
    }
}

/// A value in quotes that reads back as the same text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    quote_into(&mut out, text);
    out.push('"');
    out
}

fn quote_into(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '"' | '\\' | '*' => write!(out, "\\{char}").expect("a String takes all writes"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char => out.push(char),
        }
    }
}

/// A text in lower case, letter by letter: unlike [`str::to_lowercase`], no letter depends on its neighbours.
pub(super) fn lower(text: &str) -> String {
    lower_chars(text).collect()
}

fn lower_chars(text: &str) -> impl DoubleEndedIterator<Item = char> + Clone {
    text.chars().flat_map(char::to_lowercase)
}

/// How a text in lower case compares with one that is in lower case already.
pub(super) fn order_lower(text: &str, wanted: &str) -> Ordering {
    if text.is_ascii() && wanted.is_ascii() {
        return text
            .bytes()
            .map(|byte| byte.to_ascii_lowercase())
            .cmp(wanted.bytes());
    }
    lower_chars(text).cmp(wanted.chars())
}

fn begins_lower(text: &str, wanted: &str) -> bool {
    let mut chars = lower_chars(text);
    wanted.chars().all(|char| chars.next() == Some(char))
}

fn ends_lower(text: &str, wanted: &str) -> bool {
    let mut chars = lower_chars(text).rev();
    wanted.chars().rev().all(|char| chars.next() == Some(char))
}

fn contains_lower(text: &str, wanted: &str) -> bool {
    if text.is_ascii() {
        return wanted.len() <= text.len()
            && text
                .as_bytes()
                .windows(wanted.len())
                .any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()));
    }
    // Steps by letters of the lower-case text: one letter may become several.
    let mut from = lower_chars(text);
    loop {
        let mut chars = from.clone();
        if wanted.chars().all(|char| chars.next() == Some(char)) {
            return true;
        }
        if from.next().is_none() {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn capitals_do_not_matter_in_any_script() {
        let whole = |a: &str, b: &str| Pattern::new(a, Shape::Whole, false).matches(b);
        assert!(whole("Ürümqi", "üRÜMQI") && whole("ΟΔΟΣ", "οδοσ") && whole("İ", "i\u{307}"));
        assert!(!whole("Kim", "Kim Jong Un") && !Pattern::new("Kim", Shape::Whole, true).matches("kim"));
    }

    proptest! {
        #[test]
        fn a_pattern_matches_as_the_copied_lower_case_texts_do(text in "[aAbBİßſé]{0,6}", wanted in "[aAbBİßſé]{1,3}") {
            let matches = |shape| Pattern::new(&wanted, shape, false).matches(&text);
            let (text, wanted) = (lower(&text), lower(&wanted));
            prop_assert_eq!(matches(Shape::Whole), text == wanted);
            prop_assert_eq!(matches(Shape::Beginning), text.starts_with(&wanted));
            prop_assert_eq!(matches(Shape::End), text.ends_with(&wanted));
            prop_assert_eq!(matches(Shape::Part), text.contains(&wanted));
        }
    }
}
