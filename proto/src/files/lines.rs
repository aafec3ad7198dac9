//! JSON lines: one article a line, read one line at a time.

use std::{
    collections::BTreeMap,
    fmt,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
};

use serde::{Deserialize, de::IgnoredAny};

use crate::{
    files::{FileError, Limits, Origin, Published, body},
    v1,
};

/// JSON writes a byte of text in at most six (`\u0000`); the rest of a line has to fit beside it.
const ESCAPE_FACTOR: u64 = 6;
const ROOM_BESIDE_TEXT: u64 = 64 * 1024;
/// Unknown keys that are named; more tell no more.
const IGNORED_KEYS_NAMED: usize = 8;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

#[derive(Deserialize)]
struct Line {
    text: String,
    id: Option<String>,
    uri: Option<String>,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
    #[serde(flatten)]
    unknown: BTreeMap<String, IgnoredAny>,
}

/// The articles of one `.jsonl` file; empty lines are passed over.
pub(super) struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    path: PathBuf,
    line: u64,
    limits: Limits,
    ended: bool,
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("path", &self.path)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl Lines {
    pub(super) fn new(reader: BufReader<Box<dyn Read + Send>>, path: PathBuf, limits: Limits) -> Self {
        Self {
            reader,
            path,
            line: 0,
            limits,
            ended: false,
        }
    }

    fn origin(&self) -> Origin {
        Origin {
            path: self.path.clone(),
            line: Some(self.line),
            ignored_keys: Vec::new(),
        }
    }

    /// The next line without its end; none at the end of the file.
    fn read_line(&mut self) -> Option<Result<Vec<u8>, FileError>> {
        let limit = self
            .limits
            .article_bytes
            .saturating_mul(ESCAPE_FACTOR)
            .saturating_add(ROOM_BESIDE_TEXT);
        let mut bytes = Vec::new();
        self.line += 1;
        let read = (&mut self.reader).take(limit).read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => None,
            Ok(_) if bytes.last() != Some(&b'\n') && bytes.len() as u64 >= limit => {
                let error = body::too_large(self.origin(), None, self.limits);
                Some(match skip_line(&mut self.reader) {
                    Ok(()) => Err(error),
                    Err(source) => Err(self.fail(source)),
                })
            }
            Ok(_) => Some(Ok(bytes)),
            Err(source) => Some(Err(self.fail(source))),
        }
    }

    fn fail(&mut self, source: io::Error) -> FileError {
        self.ended = true;
        FileError::Io {
            origin: self.origin(),
            source,
        }
    }

    fn article(&self, bytes: Vec<u8>) -> Result<(Origin, v1::Article), FileError> {
        let mut origin = self.origin();
        let text = body::text(bytes, &origin)?;
        let line: Line = serde_json::from_str(&text).map_err(|error| FileError::Line {
            origin: origin.clone(),
            problem: problem(&error),
        })?;
        if line.text.len() as u64 > self.limits.article_bytes {
            return Err(body::too_large(origin, Some(line.text.len() as u64), self.limits));
        }
        if line.text.trim().is_empty() {
            return Err(FileError::Empty { origin });
        }
        let publish_time = match line.published.as_deref().map(str::parse::<Published>) {
            None => None,
            Some(Ok(Published(time))) => Some(time),
            Some(Err(error)) => {
                let problem = format!("`published`: {error}");
                return Err(FileError::Line { origin, problem });
            }
        };
        let named = line.unknown.into_keys().take(IGNORED_KEYS_NAMED);
        origin.ignored_keys = named.map(|key| key.chars().take(64).collect()).collect();
        let article = v1::Article {
            article_id: line.id.unwrap_or_default(),
            uri: line.uri.unwrap_or_default(),
            title: line.title.unwrap_or_default(),
            body: line.text,
            body_format: v1::BodyFormat::Text.into(),
            publisher: line.publisher.unwrap_or_default(),
            language: line.language.unwrap_or_default(),
            publish_time,
        };
        Ok((origin, article))
    }
}

impl Iterator for Lines {
    type Item = Result<(Origin, v1::Article), FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut bytes = match self.read_line()? {
                Ok(bytes) => bytes,
                Err(error) => return Some(Err(error)),
            };
            if self.line == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
                bytes.drain(..BYTE_ORDER_MARK.len());
            }
            bytes.truncate(bytes.trim_ascii_end().len());
            if !bytes.trim_ascii().is_empty() {
                return Some(self.article(bytes));
            }
        }
        None
    }
}

/// serde_json's message counts lines within the one line that it was given; the file's line is said already.
fn problem(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let plain = message.split(" at line ").next().unwrap_or(&message);
    match error.column() {
        0 => format!("no article: {plain}"),
        column => format!("no article: {plain} (column {column})"),
    }
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// What stands at the beginning of a stream.
pub(super) struct Head {
    /// The white space, taken out of the stream.
    pub(super) skipped: Vec<u8>,
    /// The byte after it, still in the stream; none at the end.
    pub(super) next: Option<u8>,
}

/// White space that is looked through for what a stream holds; after more it is taken for a text.
const SPACE_LOOKED_THROUGH: usize = 64 * 1024;

pub(super) fn peek_past_space(reader: &mut impl BufRead) -> io::Result<Head> {
    let mut skipped = Vec::new();
    loop {
        let buffer = reader.fill_buf()?;
        let space = buffer
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let (ended, next) = (buffer.is_empty(), buffer.get(space).copied());
        skipped.extend_from_slice(&buffer[..space]);
        reader.consume(space);
        if ended || next.is_some() || skipped.len() > SPACE_LOOKED_THROUGH {
            return Ok(Head { skipped, next });
        }
    }
}
