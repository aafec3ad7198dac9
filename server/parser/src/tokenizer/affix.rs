//! Prefixes, suffixes and infixes: what splits off a chunk and where it splits.

use std::collections::HashSet;

use crate::chars::{CharClasses, Class};
use crate::model::{Model, ModelError};

/// The currency signs and units that split off after a digit; all else are character classes.
pub(super) struct Affixes {
    units: HashSet<Box<str>>,
    longest_unit: usize,
}

/// What splits a chunk between letters. No two of them can both be followed by a letter at the same place.
const HYPHENS: [&str; 7] = ["-", "–", "—", "--", "---", "——", "~"];

impl Affixes {
    pub(super) fn load(model: &Model<'_>) -> Result<Affixes, ModelError> {
        let units = model.reader("units")?.texts()?;
        let longest_unit = units.iter().map(|unit| unit.len()).max().unwrap_or(0);
        Ok(Affixes {
            units: units.into_iter().map(Box::from).collect(),
            longest_unit,
        })
    }

    /// Bytes of the prefix to split off `chunk`; 0 if there is none.
    pub(super) fn prefix(&self, chunk: &str, chars: &CharClasses) -> usize {
        let Some(first) = chunk.chars().next() else {
            return 0;
        };
        match first {
            '.' => Some(leading_periods(chunk)).filter(|&run| run > 1).unwrap_or(0),
            'U' if chunk.starts_with("US$") => 3,
            'A' | 'C' if chunk.as_bytes().get(1) == Some(&b'$') => 2,
            '+' if chunk.as_bytes().get(1).is_some_and(u8::is_ascii_digit) => 0,
            _ if chars.is(first, Class::PREFIX) => first.len_utf8(),
            _ => 0,
        }
    }

    /// Bytes of the longest suffix to split off `chunk`; 0 if there is none.
    pub(super) fn suffix(&self, chunk: &str, chars: &CharClasses) -> usize {
        let mut back = chunk.chars().rev();
        let Some(last) = back.next() else { return 0 };
        let (before, earlier) = (back.next(), back.next());
        let single = match last {
            '.' => self.final_periods(chunk, before, earlier, chars),
            '…' if before == Some('…') => 2 * last.len_utf8(),
            's' | 'S' => match before {
                Some(quote @ ('\'' | '’')) => 1 + quote.len_utf8(),
                _ => 0,
            },
            '+' => usize::from(before.is_some_and(|c| c.is_ascii_digit())),
            _ if chars.is(last, Class::SUFFIX) => last.len_utf8(),
            _ => 0,
        };
        single.max(self.unit(chunk))
    }

    fn final_periods(
        &self,
        chunk: &str,
        before: Option<char>,
        earlier: Option<char>,
        chars: &CharClasses,
    ) -> usize {
        let degrees = earlier == Some('°') && before.is_some_and(|c| "FfCcKk".contains(c));
        let initials = chars.has(before, Class::INITIALS) && chars.has(earlier, Class::INITIALS);
        match chunk.len() - chunk.trim_end_matches('.').len() {
            1 => usize::from(degrees || initials || chars.has(before, Class::BEFORE_FINAL_PERIOD)),
            run => run,
        }
    }

    /// Bytes of a unit at the end that follows a digit. No unit holds a digit, so it is what follows the last one.
    fn unit(&self, chunk: &str) -> usize {
        let bytes = chunk.as_bytes();
        let window = bytes.len().saturating_sub(self.longest_unit + 1);
        let Some(digit) = bytes[window..].iter().rposition(u8::is_ascii_digit) else {
            return 0;
        };
        let tail = &chunk[window + digit + 1..];
        if self.units.contains(tail) { tail.len() } else { 0 }
    }

    /// The infixes of `chunk` as byte ranges, in order.
    pub(super) fn infixes<'c>(
        &self,
        chunk: &'c str,
        chars: &'c CharClasses,
    ) -> impl Iterator<Item = (usize, usize)> + use<'c> {
        let (mut at, mut before) = (0, None);
        std::iter::from_fn(move || {
            while let Some(c) = chunk[at..].chars().next() {
                let from = at;
                let length = infix(&chunk[from..], c, before, chars);
                at += length.max(c.len_utf8());
                before = chunk[from..at].chars().next_back();
                if length > 0 {
                    return Some((from, at));
                }
            }
            None
        })
    }
}

/// Bytes of the infix at the start of `rest`, whose first character is `c` and which follows `before`.
fn infix(rest: &str, c: char, before: Option<char>, chars: &CharClasses) -> usize {
    if c.is_ascii_alphanumeric() {
        return 0;
    }
    let next = rest[c.len_utf8()..].chars().next();
    if c == '.' {
        let split =
            chars.has(before, Class::BEFORE_INFIX_PERIOD) && chars.has(next, Class::AFTER_INFIX_PERIOD);
        return match leading_periods(rest) {
            1 => usize::from(split),
            run => run,
        };
    }
    if chars.is(c, Class::INFIX) {
        return c.len_utf8();
    }
    let digit_before = before.is_some_and(|c| c.is_ascii_digit());
    let digit_next = next.is_some_and(|c| c.is_ascii_digit() || c == '-');
    if matches!(c, '+' | '-' | '*' | '^') && digit_before && digit_next {
        return 1;
    }
    if c == ',' {
        return usize::from(chars.has(before, Class::INFIX_ALPHA) && chars.has(next, Class::INFIX_ALPHA));
    }
    if !chars.has(before, Class::BEFORE_INFIX_SIGN) {
        return 0;
    }
    if matches!(c, ':' | '<' | '>' | '=' | '/') {
        return usize::from(chars.has(next, Class::INFIX_ALPHA));
    }
    let hyphen = HYPHENS.iter().find(|hyphen| {
        let after = rest.strip_prefix(**hyphen);
        after.is_some_and(|after| chars.has(after.chars().next(), Class::INFIX_ALPHA))
    });
    hyphen.map_or(0, |hyphen| hyphen.len())
}

fn leading_periods(text: &str) -> usize {
    text.len() - text.trim_start_matches('.').len()
}
