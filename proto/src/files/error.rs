//! What can be wrong with a file of articles.

use std::io;

use crate::{files::Origin, reason};

/// An article that could not be read. Each message begins with its place.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// The file or folder cannot be read.
    Io {
        /// Where.
        origin: Origin,
        /// Why.
        source: io::Error,
    },
    /// The name says nothing about what the file holds.
    UnknownFormat {
        /// Where.
        origin: Origin,
    },
    /// The file's path is not UTF-8, and so cannot be an article's identity.
    Name {
        /// Where.
        origin: Origin,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// Where.
        origin: Origin,
        /// Offset of the first bad byte in the file or line.
        offset: usize,
    },
    /// Larger than the limit.
    TooLarge {
        /// Where.
        origin: Origin,
        /// Bytes, if they are known without reading them.
        size_bytes: Option<u64>,
        /// The limit.
        limit_bytes: u64,
    },
    /// Nothing in it.
    Empty {
        /// Where.
        origin: Origin,
    },
    /// A line that is no article.
    Line {
        /// Where.
        origin: Origin,
        /// What is wrong, with what to do.
        problem: String,
    },
}

impl FileError {
    /// Where it was found.
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Io { origin, .. }
            | Self::UnknownFormat { origin }
            | Self::Name { origin }
            | Self::NotUtf8 { origin, .. }
            | Self::TooLarge { origin, .. }
            | Self::Empty { origin }
            | Self::Line { origin, .. } => origin,
        }
    }

    /// The contract's name for it, one of [`reason`].
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Empty { .. } => reason::ARTICLE_EMPTY,
            Self::TooLarge { .. } => reason::ARTICLE_TOO_LARGE,
            Self::Io { .. }
            | Self::UnknownFormat { .. }
            | Self::Name { .. }
            | Self::NotUtf8 { .. }
            | Self::Line { .. } => reason::ARTICLE_INVALID,
        }
    }
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: ", self.origin())?;
        match self {
            Self::Io { source, .. } => write!(f, "cannot be read: {source}"),
            Self::UnknownFormat { .. } => {
                f.write_str("not a name of articles; use a folder or a .txt, .md, .html or .jsonl file")
            }
            Self::Name { .. } => f.write_str("the path is not UTF-8 and cannot name an article; rename it"),
            Self::NotUtf8 { offset, .. } => {
                write!(f, "not UTF-8 at byte {offset}; convert it to UTF-8")
            }
            Self::TooLarge {
                size_bytes: Some(size),
                limit_bytes,
                ..
            } => {
                write!(
                    f,
                    "{size} bytes are more than an article's limit of {limit_bytes}"
                )
            }
            Self::TooLarge { limit_bytes, .. } => {
                write!(f, "more than an article's limit of {limit_bytes} bytes")
            }
            Self::Empty { .. } => f.write_str("there is no text in it"),
            Self::Line { problem, .. } => f.write_str(problem),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
