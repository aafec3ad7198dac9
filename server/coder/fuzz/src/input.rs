//! Bytes as an article.

use dateline_coder::Article;
use jiff::civil::{Date, date};
use std::borrow::Cow;

/// First byte of an input whose second byte chooses options. No text starts with it, so that files of plain text are inputs too.
const MARK: u8 = 0x01;

/// Days of publication to choose from: none, plain ones, and the ends of what a date can be.
const DAYS: [Option<Date>; 8] = [
    None,
    Some(date(2023, 9, 13)),
    Some(date(2024, 2, 29)),
    Some(date(2000, 1, 1)),
    Some(date(2025, 12, 31)),
    Some(date(1970, 1, 1)),
    Some(date(1, 1, 1)),
    Some(date(9999, 12, 31)),
];

/// An article and how it is coded, read from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input<'a> {
    /// The bytes as text; what is no UTF-8 became U+FFFD.
    pub text: Cow<'a, str>,
    options: u8,
}

impl<'a> Input<'a> {
    /// Every byte string is an input. One that does not start with the mark is the text of an article of 2023-09-13.
    pub fn read(bytes: &'a [u8]) -> Self {
        let (options, text) = match bytes {
            [MARK, options, text @ ..] => (*options, text),
            text => (1 << 2, text),
        };
        Self {
            text: String::from_utf8_lossy(text),
            options,
        }
    }

    /// The bytes that read as this input.
    pub fn write(options: Option<u8>, text: &str) -> Vec<u8> {
        let mut bytes = match options {
            Some(options) => vec![MARK, options],
            None => vec![],
        };
        bytes.extend_from_slice(text.as_bytes());
        bytes
    }

    /// The byte that chooses options.
    pub fn options(&self) -> u8 {
        self.options
    }

    /// The article. Bit 0 of the options leaves the explanations out, bit 1 gives the first line as the title, bits 2 to 4 choose the
    /// day of publication.
    pub fn article(&self) -> Article<'_> {
        Article {
            title: (self.options & 2 != 0).then(|| self.text.lines().next().unwrap_or_default()),
            published: DAYS[usize::from(self.options >> 2) % DAYS.len()],
            explain: self.options & 1 == 0,
            ..Article::new(&self.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_an_article_of_a_plain_day() {
        let input = Input::read(b"Title\n\nIran met Iraq.");
        let article = input.article();
        assert_eq!((article.text, article.title), ("Title\n\nIran met Iraq.", None));
        assert_eq!(article.published, Some(date(2023, 9, 13)));
        assert!(article.explain);
    }

    #[test]
    fn the_mark_chooses_options_and_what_is_written_is_read_back() {
        let bytes = Input::write(Some(0b11), "Title\n\nIran met Iraq.");
        let input = Input::read(&bytes);
        let article = input.article();
        assert_eq!((article.title, article.published), (Some("Title"), None));
        assert!(!article.explain);
        assert_eq!((input.options(), article.text.len()), (0b11, bytes.len() - 2));
    }

    #[test]
    fn broken_bytes_are_text_too() {
        assert_eq!(Input::read(b"a\xffb\xe2\x80").text, "a\u{fffd}b\u{fffd}");
    }
}
