//! A file that is one article.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{self, Component, Path, PathBuf},
};

use crate::{
    files::{
        FileError, Format, Limits, Origin,
        walk::{io_error, place},
    },
    v1,
};

/// The article of a text, Markdown or HTML file, under the file's name.
pub(super) fn article(
    path: PathBuf,
    format: Format,
    limits: Limits,
) -> Result<(Origin, v1::Article), FileError> {
    let identity = identity(&path)?;
    let file = open(&path)?;
    let origin = place(path);
    let known = file
        .metadata()
        .ok()
        .filter(fs::Metadata::is_file)
        .map(|about| about.len());
    if let Some(size) = known.filter(|size| *size > limits.article_bytes) {
        return Err(too_large(origin, Some(size), limits));
    }
    let body = read(file, &origin, limits)?;
    let body_format = match format {
        Format::Html => v1::BodyFormat::Html,
        Format::Text | Format::JsonLines => v1::BodyFormat::Text,
    };
    let article = v1::Article {
        article_id: identity,
        body,
        body_format: body_format.into(),
        ..Default::default()
    };
    Ok((origin, article))
}

/// All of `reader` as text, within the limit. Byte for byte: nothing is normalised.
pub(super) fn read(reader: impl Read, origin: &Origin, limits: Limits) -> Result<String, FileError> {
    let mut bytes = Vec::new();
    if let Err(source) = reader
        .take(limits.article_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
    {
        let origin = origin.clone();
        return Err(FileError::Io { origin, source });
    }
    if bytes.len() as u64 > limits.article_bytes {
        return Err(too_large(origin.clone(), None, limits));
    }
    let text = text(bytes, origin)?;
    if text.trim().is_empty() {
        return Err(FileError::Empty {
            origin: origin.clone(),
        });
    }
    Ok(text)
}

pub(super) fn text(bytes: Vec<u8>, origin: &Origin) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|error| FileError::NotUtf8 {
        origin: origin.clone(),
        offset: error.utf8_error().valid_up_to(),
    })
}

pub(super) fn open(path: &Path) -> Result<File, FileError> {
    File::open(path).map_err(|source| io_error(path.to_owned(), source))
}

pub(super) fn too_large(origin: Origin, size_bytes: Option<u64>, limits: Limits) -> FileError {
    FileError::TooLarge {
        origin,
        size_bytes,
        limit_bytes: limits.article_bytes,
    }
}

/// `file:` and the absolute path. Links stay as they are named, so that a link moved to an edited file keeps the identity; only a path
/// with `..` is asked of the file system.
fn identity(path: &Path) -> Result<String, FileError> {
    let absolute = if path.components().any(|part| part == Component::ParentDir) {
        fs::canonicalize(path)
    } else {
        path::absolute(path)
    };
    let absolute = absolute.map_err(|source: io::Error| io_error(path.to_owned(), source))?;
    match absolute.to_str() {
        Some(path) => Ok(format!("file:{path}")),
        None => Err(FileError::Name {
            origin: place(path.to_owned()),
        }),
    }
}
