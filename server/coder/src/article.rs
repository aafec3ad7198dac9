//! What goes into the coder: one article's text and what is known about it.

use jiff::civil::Date;

/// One article to code. Byte offsets in the result count in [`Article::text`].
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// The whole text: headline, paragraphs separated by blank lines, leftovers of the web page.
    pub text: &'a str,
    /// The title where it is known apart from the text. A paragraph equal to it is taken as the headline.
    pub title: Option<&'a str>,
    /// The day of publication, anchor of "on Tuesday". `None`: a leading `Date:` line of the text is read, else unknown.
    pub published: Option<Date>,
    /// Whether to fill [`Coding::traces`](crate::Coding::traces).
    pub explain: bool,
}

impl<'a> Article<'a> {
    /// An article of which only the text is known.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            title: None,
            published: None,
            explain: false,
        }
    }

    /// The same article with its day of publication.
    pub fn published(self, date: Date) -> Self {
        Self {
            published: Some(date),
            ..self
        }
    }
}
