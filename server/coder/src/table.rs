//! Reading the coder's line-based data files: comments, words with their columns, errors with their place.

use crate::LoadError;

/// A line of a data file that holds something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    file: &'a str,
    number: u32,
    /// The line without its comment and without white space at the end.
    pub(crate) text: &'a str,
}

/// A part of a line with the column it starts in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    line: Line<'a>,
    /// Characters before the field in its line.
    offset: u32,
    pub(crate) text: &'a str,
}

/// The lines of `content` that are neither empty nor comments. A comment starts with `#` at the start of a line or
/// after a space.
pub(crate) fn lines<'a>(file: &'a str, content: &'a str) -> impl Iterator<Item = Line<'a>> {
    content.lines().enumerate().filter_map(move |(index, raw)| {
        let body = match raw.find(" #") {
            _ if raw.starts_with('#') => "",
            Some(at) => &raw[..at],
            None => raw,
        };
        let text = body.trim_end();
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        (!text.trim().is_empty()).then_some(Line { file, number, text })
    })
}

impl<'a> Line<'a> {
    /// Counted from 1.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// The line as one field.
    pub(crate) fn whole(self) -> Field<'a> {
        Field {
            line: self,
            offset: 0,
            text: self.text,
        }
    }

    /// The two sides of `separator`; an error that names what was `expected` if it is missing.
    pub(crate) fn halves(self, separator: &str, expected: &str) -> Result<(Field<'a>, Field<'a>), LoadError> {
        match self.text.find(separator) {
            Some(at) => Ok((
                self.whole().slice(0, at),
                self.whole().slice(at + separator.len(), self.text.len()),
            )),
            None => Err(LoadError::new(
                self.file,
                self.number,
                0,
                format!("`{separator}` is missing; {expected}"),
            )),
        }
    }
}

impl<'a> Field<'a> {
    fn slice(self, from: usize, to: usize) -> Field<'a> {
        let skipped = u32::try_from(self.text[..from].chars().count()).unwrap_or(u32::MAX);
        Field {
            line: self.line,
            offset: self.offset.saturating_add(skipped),
            text: &self.text[from..to],
        }
    }

    /// The words of the field.
    pub(crate) fn split_whitespace(self) -> impl Iterator<Item = Field<'a>> {
        self.split(char::is_whitespace)
    }

    /// The non-empty pieces between separators.
    pub(crate) fn split(self, separator: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = Field<'a>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = &self.text[at..];
            let start = at + rest.find(|c| !separator(c))?;
            let end = self.text[start..]
                .find(separator)
                .map_or(self.text.len(), |length| start + length);
            at = end;
            Some(self.slice(start, end))
        })
    }

    /// What stands before and after the first `separator`.
    pub(crate) fn split_once(self, separator: char) -> Option<(Field<'a>, Field<'a>)> {
        let at = self.text.find(separator)?;
        Some((
            self.slice(0, at),
            self.slice(at + separator.len_utf8(), self.text.len()),
        ))
    }

    /// The field without a prefix.
    pub(crate) fn strip_prefix(self, prefix: &str) -> Option<Field<'a>> {
        self.text
            .starts_with(prefix)
            .then(|| self.slice(prefix.len(), self.text.len()))
    }

    /// The field without white space at either end; `None` if nothing is left.
    pub(crate) fn trimmed(self) -> Option<Field<'a>> {
        let from = self.text.len() - self.text.trim_start().len();
        let text = self.text.trim();
        (!text.is_empty()).then(|| self.slice(from, from + text.len()))
    }

    /// An error at this field.
    pub(crate) fn error(self, message: impl Into<String>) -> LoadError {
        LoadError::new(self.line.file, self.line.number, self.offset + 1, message)
    }
}

/// The end of a message about a word that is not known: the known word it is a slip of, or nothing if none is near.
pub(crate) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let word = word.to_lowercase();
    let length = word.chars().count();
    // One slip in three letters still reads as the same word.
    let allowed = (length / 3).clamp(1, 3);
    let near = known.into_iter().filter_map(|known| {
        let distance = strsim::damerau_levenshtein(&known.to_lowercase(), &word);
        (distance <= allowed && distance < length).then_some((distance, known))
    });
    // Of equally near words the first.
    match near.min_by_key(|(distance, _)| *distance) {
        Some((_, known)) => format!("; did you mean \"{known}\"?"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_does_not() {
        let known = ["CONCEDE", "CONSULT", "COERCE"];
        assert_eq!(did_you_mean("CONCED", known), "; did you mean \"CONCEDE\"?");
        assert_eq!(did_you_mean("consutl", known), "; did you mean \"CONSULT\"?");
        assert_eq!(did_you_mean("football", known), "");
        assert_eq!(did_you_mean("", known), "");
    }

    #[test]
    fn comments_and_blank_lines_are_skipped_and_columns_count_characters() {
        let content = "# a comment\n\né b  c # more\n";
        let all: Vec<_> = lines("x.txt", content).collect();
        assert_eq!(all.len(), 1);
        let words: Vec<_> = all[0].whole().split_whitespace().collect();
        assert_eq!(
            words.iter().map(|word| word.text).collect::<Vec<_>>(),
            ["é", "b", "c"]
        );
        assert_eq!(words[2].error("no").to_string(), "x.txt:3:6: no");
    }

    #[test]
    fn a_missing_separator_names_the_line() {
        let line = lines("x.txt", "a b").next().expect("one line");
        let error = line.halves("->", "write `WORDS -> TYPE`").expect_err("no arrow");
        assert_eq!(
            error.to_string(),
            "x.txt:1: `->` is missing; write `WORDS -> TYPE`"
        );
    }
}
