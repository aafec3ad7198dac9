//! One data file: what is built in or stands in its place, and what an addition puts beside it.

use super::outdo;
use std::borrow::Cow;

/// A data file with its addition, as it is loaded: one text, of which every line knows where it came from.
#[derive(Debug, Clone)]
pub(super) struct DataFile {
    built_in: &'static str,
    /// The built-in text, or what stands in its place.
    base: Cow<'static, str>,
    addition: Option<String>,
    /// What is loaded: base and addition.
    text: Cow<'static, str>,
}

/// A line as its author knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Base(u32),
    Addition(u32),
}

impl DataFile {
    pub(super) fn built_in(text: &'static str) -> Self {
        Self {
            built_in: text,
            base: text.into(),
            addition: None,
            text: text.into(),
        }
    }

    pub(super) fn replace(&mut self, name: &str, content: String) {
        self.base = content.into();
        self.join(name);
    }

    pub(super) fn extend(&mut self, name: &str, content: String) {
        self.addition = Some(content);
        self.join(name);
    }

    /// The text that is loaded.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text that is loaded, to keep: the built-in one without a copy.
    pub(super) fn shared(&self) -> Cow<'static, str> {
        self.text.clone()
    }

    /// The text without the addition.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn addition(&self) -> Option<&str> {
        self.addition.as_deref()
    }

    /// Whether something else than the built-in text is loaded.
    pub(super) fn is_changed(&self) -> bool {
        self.text != self.built_in
    }

    pub(super) fn is_replaced(&self) -> bool {
        self.base != self.built_in
    }

    /// Where a line of the loaded text, counted from 1, comes from.
    pub(super) fn origin(&self, name: &str, line: u32) -> Origin {
        let Some(addition) = &self.addition else {
            return Origin::Base(line);
        };
        let (first, base_first) = if addition_first(name) {
            (count(addition), false)
        } else {
            (count(&self.base), true)
        };
        match (line.checked_sub(first).filter(|rest| *rest > 0), base_first) {
            (None, true) => Origin::Base(line),
            (None, false) => Origin::Addition(line),
            (Some(rest), true) => Origin::Addition(rest),
            (Some(rest), false) => Origin::Base(rest),
        }
    }

    /// The words of a line of the loaded text, without its comment.
    pub(super) fn line(&self, line: u32) -> &str {
        let index = usize::try_from(line).unwrap_or(usize::MAX).checked_sub(1);
        let raw = index
            .and_then(|index| self.text.lines().nth(index))
            .unwrap_or_default();
        raw.split(" #").next().unwrap_or_default().trim()
    }

    /// Empties a line of the loaded text, with `block` also the indented lines that belong to it; false if there was nothing.
    pub(super) fn blank(&mut self, line: u32, block: bool) -> bool {
        let mut kept = String::with_capacity(self.text.len());
        let (mut emptied, mut inside) = (false, false);
        for (number, text) in (1..).zip(self.text.lines()) {
            let indented = text.starts_with([' ', '\t']);
            if number == line {
                inside = block && !indented;
            } else {
                inside &= indented || text.trim().is_empty();
            }
            if inside || number == line {
                emptied |= !text.trim().is_empty();
            } else {
                kept.push_str(text);
            }
            kept.push('\n');
        }
        self.text = kept.into();
        emptied
    }

    /// Empties one word of a line of the loaded text; false if there was none.
    pub(super) fn blank_word(&mut self, line: u32, column: u32) -> bool {
        let mut kept = String::with_capacity(self.text.len());
        let mut emptied = false;
        for (number, text) in (1..).zip(self.text.lines()) {
            let start = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
            let at = text.char_indices().nth(start).map(|(at, _)| at);
            match at.filter(|_| number == line) {
                Some(at) => {
                    let rest = &text[at..];
                    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    emptied |= length > 0;
                    kept.push_str(&text[..at]);
                    kept.push_str(&rest[length..]);
                }
                None => kept.push_str(text),
            }
            kept.push('\n');
        }
        self.text = kept.into();
        emptied
    }

    fn join(&mut self, name: &str) {
        self.text = match &self.addition {
            None => self.base.clone(),
            Some(addition) => {
                let base = outdo::without(name, &self.base, addition);
                let (first, second) = if addition_first(name) {
                    (addition.as_str(), &*base)
                } else {
                    (&*base, addition.as_str())
                };
                // Each part keeps its number of lines, so that lines can be told apart by counting.
                let gap = if first.is_empty() || first.ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                format!("{first}{gap}{second}").into()
            }
        };
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.lines().count()).unwrap_or(u32::MAX)
}

/// Whether an addition is read before what it adds to: where the first of equals wins.
fn addition_first(name: &str) -> bool {
    matches!(name, "verbs.txt" | "nouns.txt" | "operators.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_whole_knows_where_it_came_from() {
        for (name, added_first) in [("verbs.txt", true), ("topics.txt", false)] {
            for (base, addition) in [("a\nb\n", "c\n"), ("a\nb", "c"), ("a\nb", "c\n")] {
                let mut file = DataFile::built_in("");
                file.replace(name, base.to_owned());
                file.extend(name, addition.to_owned());
                let lines = [1, 2, 3].map(|line| (file.line(line).to_owned(), file.origin(name, line)));
                let expected = if added_first {
                    [
                        ("c", Origin::Addition(1)),
                        ("a", Origin::Base(1)),
                        ("b", Origin::Base(2)),
                    ]
                } else {
                    [
                        ("a", Origin::Base(1)),
                        ("b", Origin::Base(2)),
                        ("c", Origin::Addition(1)),
                    ]
                };
                assert_eq!(lines, expected.map(|(text, origin)| (text.to_owned(), origin)));
            }
        }
    }

    #[test]
    fn an_entry_is_emptied_with_what_belongs_to_it() {
        let mut file = DataFile::built_in("A : X\n  also B\nC : Y\n");
        assert!(file.blank(1, true));
        assert_eq!(file.text(), "\n\nC : Y\n");
        assert!(!file.blank(1, true));
        let mut file = DataFile::built_in("A : X\n  also B\n  she\n");
        assert!(file.blank(2, true));
        assert_eq!(file.text(), "A : X\n\n  she\n");
        let mut file = DataFile::built_in("%a = b %c d\n");
        assert!(file.blank_word(1, 8));
        assert_eq!(file.text(), "%a = b  d\n");
    }
}
