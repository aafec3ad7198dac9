//! A file that remembers how far a reader is, replaced atomically.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// What stands before the cursor; the number counts the layouts of the file.
const PREFIX: &str = "dateline-cursor 1 ";

/// No state file of this size was written by this program; refusing spares reading a wrong file whole.
const MAX_BYTES: u64 = 4096;

/// The file. Its one line holds the cursor of the last event that was processed.
#[derive(Clone, Debug)]
pub struct CursorFile {
    path: PathBuf,
}

/// A cursor file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CursorFileError {
    /// There is a file, but it holds no cursor.
    #[error("{} holds no cursor: it is damaged or another file; delete it to start anew, or name another", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be written; the one that was there before, if any, is as it was.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl CursorFile {
    /// The file at a path; a symbolic link means the file that it leads to. Nothing is read or written yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            path: fs::canonicalize(&path).unwrap_or(path),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The cursor; none when there is no file.
    ///
    /// # Errors
    /// The file cannot be read, or holds no cursor.
    pub fn load(&self) -> Result<Option<String>, CursorFileError> {
        let read = |source| CursorFileError::Read {
            path: self.path.clone(),
            source,
        };
        let damaged = || CursorFileError::Damaged {
            path: self.path.clone(),
        };
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(read(error)),
            Ok(metadata) if !metadata.is_file() || metadata.len() > MAX_BYTES => return Err(damaged()),
            Ok(_) => {}
        }
        let bytes = fs::read(&self.path).map_err(read)?;
        // The final line feed shows that the line is whole.
        let cursor = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| text.strip_prefix(PREFIX)?.strip_suffix('\n'))
            .filter(|cursor| !cursor.is_empty() && cursor.bytes().all(|byte| byte.is_ascii_graphic()))
            .ok_or_else(damaged)?;
        Ok(Some(cursor.to_owned()))
    }

    /// Makes sure that the file can be written, without touching it.
    ///
    /// # Errors
    /// Its folder is missing or read-only, or the disk is full.
    pub fn check_writable(&self) -> Result<(), CursorFileError> {
        let write = |source| self.write_error(source);
        let new = self.new_path();
        File::create(&new).map_err(write)?;
        fs::remove_file(&new).map_err(write)
    }

    /// Replaces the cursor: after a crash at any moment the file holds this one or the one before, whole.
    ///
    /// # Errors
    /// The disk is full, the folder went away or became read-only.
    pub fn save(&self, cursor: &str) -> Result<(), CursorFileError> {
        let write = |source| self.write_error(source);
        let new = self.new_path();
        let mut file = File::create(&new).map_err(write)?;
        file.write_all(format!("{PREFIX}{cursor}\n").as_bytes())
            .map_err(write)?;
        file.sync_all().map_err(write)?;
        fs::rename(&new, &self.path).map_err(write)?;
        // The rename itself is durable only with the folder; where folders cannot be opened, it need not be.
        if let Ok(folder) = File::open(self.folder()) {
            folder.sync_all().ok();
        }
        Ok(())
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    fn new_path(&self) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        self.path.with_file_name(name)
    }

    fn write_error(&self, source: io::Error) -> CursorFileError {
        CursorFileError::Write {
            path: self.path.clone(),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_cursor_is_loaded_again_and_nothing_else_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = CursorFile::new(folder.path().join("state"));
        assert_eq!(file.load().unwrap(), None);
        file.check_writable().unwrap();
        assert_eq!(file.load().unwrap(), None);
        for cursor in ["d1abc", "d1abcd"] {
            file.save(cursor).unwrap();
            assert_eq!(file.load().unwrap().as_deref(), Some(cursor));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_file_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let file = CursorFile::new(&path);
        let long = format!("{PREFIX}{}\n", "x".repeat(5_000));
        for text in [
            "",
            "d1abc\n",
            PREFIX,
            "dateline-cursor 1 \n",
            "dateline-cursor 1 d1abc",
            "dateline-cursor 1 a b\n",
            &long,
        ] {
            fs::write(&path, text).unwrap();
            assert!(
                matches!(file.load(), Err(CursorFileError::Damaged { .. })),
                "{text:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(matches!(file.load(), Err(CursorFileError::Damaged { .. })));
        assert!(matches!(
            CursorFile::new(folder.path()).load(),
            Err(CursorFileError::Damaged { .. })
        ));
    }

    #[test]
    fn a_folder_that_is_missing_is_told_before_anything_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = CursorFile::new(folder.path().join("missing/state"));
        assert!(matches!(
            file.check_writable(),
            Err(CursorFileError::Write { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        CursorFile::new(&target).save("a").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        CursorFile::new(&link).save("b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(CursorFile::new(&target).load().unwrap().as_deref(), Some("b"));
    }
}
