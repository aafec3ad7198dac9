//! What spaCy knows about a word form: its id, its normal form, its shape and its lower-case form.

use std::collections::HashMap;

use crate::chars::{CharClasses, Class};
use crate::hash::murmur64a;
use crate::ids::IdMap;
use crate::model::{Model, ModelError};

/// spaCy's shape of a word this long is this word.
const LONG: (usize, &str) = (100, "LONG");

/// String ids and normal forms.
pub(crate) struct Lexicon {
    symbols: HashMap<Box<str>, u64>,
    longest_symbol: usize,
    norms: IdMap<Box<str>>,
}

impl Lexicon {
    pub(crate) fn load(model: &Model<'_>) -> Result<Lexicon, ModelError> {
        let mut section = model.reader("symbols")?;
        let mut symbols: HashMap<Box<str>, u64> = HashMap::new();
        for _ in 0..section.u32()? {
            symbols.insert(section.text()?.into(), section.u64()?);
        }
        let longest_symbol = symbols.keys().map(|name| name.len()).max().unwrap_or(0);
        let mut section = model.reader("norms")?;
        let mut norms = IdMap::default();
        for _ in 0..section.u32()? {
            norms.insert(section.u64()?, section.text()?.into());
        }
        Ok(Lexicon {
            symbols,
            longest_symbol,
            norms,
        })
    }

    /// spaCy's id of `text`: a hash, except for the empty text and the names of spaCy's own symbols.
    pub(crate) fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let symbol = (text.len() <= self.longest_symbol)
            .then(|| self.symbols.get(text))
            .flatten();
        symbol.copied().unwrap_or_else(|| murmur64a(text.as_bytes(), 1))
    }

    /// The normal form of `text`, whose lower-case form is `lower`.
    pub(crate) fn norm<'t>(&'t self, text: &str, lower: &'t str) -> &'t str {
        self.norms.get(&self.id(text)).map_or(lower, |norm| norm)
    }
}

/// Appends `text` in lower case to `out`.
pub(crate) fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        // Not character by character: a capital sigma depends on its place in the word.
        out.push_str(&text.to_lowercase());
    }
}

/// The first character of `text`.
pub(crate) fn prefix(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

/// The last three characters of `text`.
pub(crate) fn suffix(text: &str) -> &str {
    text.char_indices()
        .rev()
        .nth(2)
        .map_or(text, |(at, _)| &text[at..])
}

/// Writes the orthographic shape of `text` to `out`: letters as `X` and `x`, digits as `d`, runs cut at four.
pub(crate) fn shape(text: &str, chars: &CharClasses, out: &mut String) {
    out.clear();
    if text.chars().nth(LONG.0 - 1).is_some() {
        out.push_str(LONG.1);
        return;
    }
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let kind = match c {
            _ if chars.is(c, Class::ALPHA) => {
                if chars.is(c, Class::UPPER) {
                    'X'
                } else {
                    'x'
                }
            }
            _ if chars.is(c, Class::DIGIT) => 'd',
            other => other,
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            out.push(kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_count_characters() {
        assert_eq!((prefix("étude"), suffix("Köln")), ("é", "öln"));
        assert_eq!((prefix("a"), suffix("a")), ("a", "a"));
        assert_eq!((prefix(""), suffix("")), ("", ""));
    }

    #[test]
    fn lower_case_is_appended() {
        let mut out = String::from("A");
        for text in ["straße 1", "ΣΟΦΌΣ", "UN's"] {
            push_lower(text, &mut out);
        }
        assert_eq!(out, "Astraße 1σοφόςun's");
    }
}
