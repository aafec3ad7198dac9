//! The coder's data files in a folder of the user: read over the built-in ones, checked, and written out to begin with.
//!
//! What the files hold and how they are called is the coder's ([`Lexicon`]); this module is where they meet the disk.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use dateline_coder::{Coder, Lexicon, LoadError, Report};

/// What the files say about themselves, for who opens the folder.
const READMES: [(&str, &str); 2] = [
    ("README.md", include_str!("../coder/data/README.md")),
    ("actors/README.md", include_str!("../coder/data/actors/README.md")),
];

/// A folder of data files, read over the built-in ones.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// The built-in files with what the folder holds.
    pub lexicon: Lexicon,
    /// The files that were read or should have been, sorted, by their names in the folder.
    pub files: Vec<String>,
    /// Mistakes and warnings, those of the folder's files first said by names of files, then by what is in them.
    pub report: Report,
}

/// Data of the coder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// The folder cannot be read.
    #[error("cannot read the coder's data in {}: {source}; give the folder that has verbs.txt or verbs.extra.txt", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder without a data file: most likely another one is meant.
    #[error("no data file of the coder lies in {}; give the folder that has verbs.txt or verbs.extra.txt (--data-dir says where the feed is stored)", .0.display())]
    Empty(PathBuf),
    /// Files with mistakes.
    #[error("the coder's data in {} cannot be used:\n{mistakes}", path.display())]
    Mistakes {
        /// The folder.
        path: PathBuf,
        /// All of them, one a line.
        mistakes: String,
    },
    /// The files that the program carries.
    #[error("the coder's built-in data cannot be used: {0}")]
    BuiltIn(#[from] LoadError),
    /// A file that would be overwritten, or cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The coder with the files of a folder, or with the built-in ones alone.
/// # Errors
/// The folder cannot be read, or its files have mistakes: all of them.
pub fn coder(folder: Option<&Path>) -> Result<Coder, DataError> {
    let Some(folder) = folder else {
        return Ok(Coder::new()?);
    };
    let data = DataFolder::read(folder)?;
    if !data.report.errors.is_empty() {
        let mistakes: Vec<String> = data.report.errors.iter().map(|error| data.shown(error)).collect();
        return Err(DataError::Mistakes {
            path: folder.into(),
            mistakes: mistakes.join("\n"),
        });
    }
    Ok(Coder::with(&data.lexicon)?)
}

impl DataFolder {
    /// Reads and checks a folder.
    /// # Errors
    /// It is none, or cannot be read. What is wrong in it is in its report.
    pub fn read(path: &Path) -> Result<Self, DataError> {
        let mut folder = Self {
            path: path.into(),
            lexicon: Lexicon::built_in(),
            files: Vec::new(),
            report: Report::default(),
        };
        folder.read_below("").map_err(|source| DataError::Unreadable {
            path: path.into(),
            source,
        })?;
        if folder.files.is_empty() {
            return Err(DataError::Empty(path.into()));
        }
        folder.files.sort();
        let Report { errors, warnings } = folder.lexicon.check();
        folder.report.errors.extend(errors);
        let own = warnings
            .into_iter()
            .filter(|warning| folder.files.contains(&warning.file));
        folder.report.warnings.extend(own);
        Ok(folder)
    }

    /// A mistake as it is shown, with the path by which an editor finds it.
    pub fn shown(&self, error: &LoadError) -> String {
        let file = self.path.join(&error.file);
        if self.files.contains(&error.file) || self.lexicon.part(&error.file).is_none() {
            let file = file.display().to_string();
            return LoadError {
                file,
                ..error.clone()
            }
            .to_string();
        }
        format!("{error} (a built-in file, which the folder's files do not fit)")
    }

    fn read_below(&mut self, prefix: &str) -> io::Result<()> {
        let mut entries: Vec<fs::DirEntry> =
            fs::read_dir(self.path.join(prefix))?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            // What editors, file managers and version control leave behind.
            if name.starts_with(['.', '#']) || name.ends_with('~') {
                continue;
            }
            let path = entry.path();
            let name = format!("{prefix}{name}");
            if path.is_dir() {
                let folder = format!("{name}/");
                if self.lexicon.names().any(|known| known.starts_with(&folder)) {
                    self.read_below(&folder)?;
                } else {
                    self.warn(name, "no data file lies in a folder of this name; it is not read");
                }
            } else if matches!(path.extension().and_then(|end| end.to_str()), Some("txt" | "tsv")) {
                self.read_file(name, &path)?;
            } else if !name.ends_with(".md") {
                self.warn(name, "data files end in .txt or .tsv; it is not read");
            }
        }
        Ok(())
    }

    fn read_file(&mut self, name: String, path: &Path) -> io::Result<()> {
        let bytes = fs::read(path)?;
        self.files.push(name.clone());
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let before = String::from_utf8_lossy(good);
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let message = "not UTF-8; save the file in that encoding";
                self.report
                    .errors
                    .push(LoadError::new(name, place(line), place(column), message));
                return Ok(());
            }
        };
        if let Err(error) = self.lexicon.put(&name, text) {
            self.report.errors.push(error);
        }
        Ok(())
    }

    fn warn(&mut self, name: String, message: &str) {
        self.report.warnings.push(LoadError::new(name, 0, 0, message));
    }
}

/// Writes the built-in files, and what explains them, into a folder that has none of them; returns how many.
/// # Errors
/// One of them is there already, in which case nothing is written, or cannot be written.
pub fn export(folder: &Path) -> Result<usize, DataError> {
    let lexicon = Lexicon::built_in();
    let data = lexicon
        .names()
        .filter_map(|name| Some((name, lexicon.get(name)?)));
    let files: Vec<(PathBuf, &str)> = data
        .chain(READMES)
        .map(|(name, text)| (folder.join(name), text))
        .collect();
    let fails = |path: &Path, source| DataError::Unwritable {
        path: path.into(),
        source,
    };
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        let there = io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it is there already; give an empty folder or a new one",
        );
        return Err(fails(path, there));
    }
    for (path, text) in &files {
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| fails(parent, error))?;
        fs::write(path, text).map_err(|error| fails(path, error))?;
    }
    Ok(files.len())
}

/// How many of something, "1 mistake", "3 mistakes".
pub(crate) struct Count(pub(crate) usize, pub(crate) &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count(number, what) = self;
        let plural = match (number, what.strip_suffix('y')) {
            (1, _) => return write!(f, "1 {what}"),
            (_, Some(stem)) => format!("{stem}ies"),
            (_, None) => format!("{what}s"),
        };
        write!(f, "{number} {plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_english() {
        assert_eq!(Count(1, "entry").to_string(), "1 entry");
        assert_eq!(Count(0, "entry").to_string(), "0 entries");
        assert_eq!(Count(2, "mistake").to_string(), "2 mistakes");
    }
}
