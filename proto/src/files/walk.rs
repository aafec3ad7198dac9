//! Finding the files of a folder, in the order of their names and without recursion.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::files::{FileError, Format, Origin};

/// A file of articles, or nothing: the path was a folder, which is being walked from now on.
pub(super) type Found = Result<Option<(PathBuf, Format)>, FileError>;

/// A walk through one folder. What is still to be visited is on the stack, the next on top.
#[derive(Debug, Default)]
pub(super) struct Walk {
    stack: Vec<PathBuf>,
}

impl Walk {
    /// Begins with a path that somebody named: a file has to be one of articles, a symbolic link is followed.
    pub(super) fn start(&mut self, path: PathBuf) -> Found {
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => self.enter(&path).map(|()| None),
            Ok(_) => match Format::of(&path) {
                Some(format) => Ok(Some((path, format))),
                None => Err(FileError::UnknownFormat { origin: place(path) }),
            },
            Err(source) => Err(io_error(path, source)),
        }
    }

    /// The next file of the folder; none when the walk is over.
    pub(super) fn next(&mut self) -> Option<Found> {
        let path = self.stack.pop()?;
        Some(self.visit(path))
    }

    fn visit(&mut self, path: PathBuf) -> Found {
        let itself = fs::symlink_metadata(&path).map_err(|source| io_error(path.clone(), source))?;
        if itself.is_dir() {
            return self.enter(&path).map(|()| None);
        }
        let Some(format) = Format::of(&path) else {
            return Ok(None);
        };
        // A link to a file counts as the file; a link to a folder may lead round in a circle, and a pipe may never end.
        let target = fs::metadata(&path).map_err(|source| io_error(path.clone(), source))?;
        Ok(target.is_file().then_some((path, format)))
    }

    fn enter(&mut self, folder: &Path) -> Result<(), FileError> {
        let read = || -> io::Result<Vec<PathBuf>> {
            fs::read_dir(folder)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        };
        let mut inside = read().map_err(|source| io_error(folder.to_owned(), source))?;
        inside.retain(|path| !is_hidden(path));
        inside.sort_unstable_by(|a, b| b.cmp(a));
        self.stack.extend(inside);
        Ok(())
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

pub(super) fn place(path: PathBuf) -> Origin {
    Origin {
        path,
        ..Origin::default()
    }
}

pub(super) fn io_error(path: PathBuf, source: io::Error) -> FileError {
    FileError::Io {
        origin: place(path),
        source,
    }
}
