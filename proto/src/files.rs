//! Files of articles, as the server's `--ingest` and the client's `ingest` read them.
//!
//! | name      | holds                                                        |
//! |-----------|--------------------------------------------------------------|
//! | `*.txt`   | one article, plain text, coded byte for byte as it stands    |
//! | `*.md`    | one article, Markdown, coded byte for byte as it stands      |
//! | `*.html`  | one article, HTML, whose text the server extracts            |
//! | `*.jsonl` | one article a line, a JSON object: `text`, and where known `id`, `uri`, `title`, `published` (RFC 3339 or `YYYY-MM-DD`), `publisher`, `language` |
//!
//! A folder stands for the files of these names in it, at any depth, in the order of their names; names that begin with a dot and
//! symbolic links to folders are passed over. A file that is one article has the identity `file:` and its absolute path; an article of
//! a `.jsonl` file its `id`, else its `uri`, else what the server derives from its text.
//!
//! Everything is read one article at a time, so memory is bounded by [`Limits`] and not by what lies on the disk.

use std::{
    fmt,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    str::FromStr,
    vec,
};

use crate::{time::Timestamp, v1};

mod body;
mod error;
mod lines;
mod walk;

pub use error::FileError;

use lines::Lines;
use walk::Walk;

/// The most that is read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an article's text or HTML.
    pub article_bytes: u64,
}

/// Where an article was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file, as it was named or found; `-` for standard input.
    pub path: PathBuf,
    /// The line of a `.jsonl` file, from 1.
    pub line: Option<u64>,
    /// Keys of the line that mean nothing here, so that a misspelt one is not passed over in silence.
    pub ignored_keys: Vec<String>,
}

impl fmt::Display for Origin {
    /// `path` or `path:line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path.display()),
            None => write!(f, "{}", self.path.display()),
        }
    }
}

/// How a file is read, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article as text or Markdown.
    Text,
    /// One article as HTML.
    Html,
    /// One article a line.
    JsonLines,
}

impl Format {
    /// The format of a file name, by its extension in any case; none for a name that is no article's.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "md" => Some(Self::Text),
            "html" => Some(Self::Html),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// The articles of files and folders, in the order given, each with its place. What cannot be read is an error in its place, and
/// what comes after it is read all the same.
pub fn articles(paths: &[PathBuf], limits: Limits) -> Articles {
    Articles {
        paths: Vec::from(paths).into_iter(),
        walk: Walk::default(),
        lines: None,
        limits,
    }
}

/// The articles of a stream of bytes without a name, such as standard input: JSON lines when its first byte that is no white space
/// is `{`, else one text.
/// # Errors
/// What cannot be read, in its place.
pub fn from_reader(
    reader: impl Read + Send + 'static,
    limits: Limits,
) -> Box<dyn Iterator<Item = Result<(Origin, v1::Article), FileError>> + Send> {
    let origin = Origin {
        path: "-".into(),
        ..Origin::default()
    };
    let mut reader = BufReader::new(reader);
    let head = match lines::peek_past_space(&mut reader) {
        Ok(head) => head,
        Err(source) => return Box::new(std::iter::once(Err(FileError::Io { origin, source }))),
    };
    let whole = Box::new(io::Cursor::new(head.skipped).chain(reader));
    if head.next == Some(b'{') {
        return Box::new(Lines::new(BufReader::new(whole), origin.path, limits));
    }
    let body = body::read(whole, &origin, limits);
    Box::new(std::iter::once(body.map(|body| {
        let article = v1::Article {
            body,
            body_format: v1::BodyFormat::Text.into(),
            ..Default::default()
        };
        (origin, article)
    })))
}

/// The iterator that [`articles`] returns.
#[derive(Debug)]
pub struct Articles {
    paths: vec::IntoIter<PathBuf>,
    walk: Walk,
    lines: Option<Lines>,
    limits: Limits,
}

impl Iterator for Articles {
    type Item = Result<(Origin, v1::Article), FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            }
            let found = match self.walk.next() {
                Some(found) => found,
                None => self.walk.start(self.paths.next()?),
            };
            match found {
                Ok(Some((path, Format::JsonLines))) => match body::open(&path) {
                    Ok(file) => {
                        let whole: Box<dyn Read + Send> = Box::new(file);
                        self.lines = Some(Lines::new(BufReader::new(whole), path, self.limits));
                    }
                    Err(error) => return Some(Err(error)),
                },
                Ok(Some((path, format))) => return Some(body::article(path, format, self.limits)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// A time of publication as files and command lines give it: RFC 3339 (`2023-09-13T12:00:00Z`, any offset), or a day (`2023-09-13`),
/// which stands for its first moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published(pub Timestamp);

/// A text that is no time of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedError(String);

impl fmt::Display for PublishedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.0;
        write!(
            f,
            "{text:?} is no publication time; write 2023-09-13 or 2023-09-13T12:00:00Z"
        )
    }
}

impl std::error::Error for PublishedError {}

impl FromStr for Published {
    type Err = PublishedError;

    fn from_str(text: &str) -> Result<Self, PublishedError> {
        let error = || PublishedError(text.chars().take(64).collect());
        let day = (text.len() == "2023-09-13".len())
            .then(|| jiff::civil::Date::strptime("%Y-%m-%d", text).ok())
            .flatten();
        let time = match day {
            Some(day) => jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)),
            None if text.len() > "2023-09-13T".len() => text.parse::<jiff::Timestamp>(),
            None => return Err(error()),
        };
        match time {
            Ok(time) => Ok(Self(time.into())),
            Err(_) => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests;
