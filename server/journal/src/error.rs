//! Why the journal refuses: opening, appending, reading, trimming.

use std::{io, path::PathBuf, sync::Arc};

use crate::{Sequence, views::ViewError};

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another process has it open.
    #[error("{} is in use by another process; stop it, or give this one another folder", folder.display())]
    Locked {
        /// The data folder.
        folder: PathBuf,
    },
    /// The data folder is something else.
    #[error("{} is not a folder; give the path of a folder, or of one that can be made", path.display())]
    NotAFolder {
        /// What was given, or the part of it that is no folder.
        path: PathBuf,
    },
    /// The file system can only be read.
    #[error("{} is on a file system that can only be read; mount it for writing, or give another folder", path.display())]
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// This user may not read or write there.
    #[error("no permission for {}; give this user the right to read and write there, or give another folder", path.display())]
    Permission {
        /// What could not be opened.
        path: PathBuf,
    },
    /// No room.
    #[error("no room left to write {}; free some, or give a folder on another disk", path.display())]
    Full {
        /// What could not be written.
        path: PathBuf,
    },
    /// Any other failure of the file system.
    #[error("cannot use {}", path.display())]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The folder was written by a version of the program with another layout.
    #[error("{} has format {found}, this program reads format {known}; use the version that wrote it", path.display())]
    Format {
        /// The file that says so.
        path: PathBuf,
        /// What it says.
        found: u32,
        /// What this program knows.
        known: u32,
    },
    /// Something that must be readable is not.
    #[error("{} is damaged at byte {offset}; restore the folder from a backup, or move it away to start anew", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
    },
    /// The views cannot be kept.
    #[error("cannot keep the views")]
    Views(#[source] ViewError),
}

impl OpenError {
    pub(crate) fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Self::NotAFolder { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied => Self::Permission { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Io { path, source },
        }
    }
}

/// Why an entry was not appended. Nothing of it is in the journal.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// It was planned before a write failed; plan it anew from the views.
    #[error("planned on a state that was not kept; plan the entry anew")]
    Stale,
    /// It could not be written. The journal goes on: later entries may succeed.
    #[error("cannot write to {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Arc<io::Error>,
    },
    /// A failed write could not be taken back either: no entry is accepted until the journal is opened again.
    #[error("the journal stopped writing after a failure of its disk; check the disk and start again")]
    Stopped,
    /// The views do not follow, their disk is full or broken: no entry is accepted until they do.
    #[error("the views cannot be written: {why}; make room or check their disk")]
    ViewsBehind {
        /// What the store said.
        why: String,
    },
    /// Larger than an entry may be.
    #[error("an entry of {bytes} bytes is larger than the {limit} allowed; split it")]
    TooLarge {
        /// Its size as stored.
        bytes: usize,
        /// The most allowed.
        limit: usize,
    },
    /// Not a valid entry.
    #[error("not a valid entry: {why}")]
    Invalid {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The journal is closed.
    #[error("the journal is closed")]
    Closed,
}

impl AppendError {
    /// Whether the same request may succeed later, planned anew.
    pub fn is_retryable(&self) -> bool {
        !matches!(self, Self::TooLarge { .. } | Self::Invalid { .. })
    }

    /// Whether it failed for want of room on the disk.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Write { source, .. }
            if matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge))
    }
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Retention dropped it.
    #[error("trimmed; the oldest revision kept is {oldest}")]
    Trimmed {
        /// The oldest revision that can be read.
        oldest: Sequence,
    },
    /// The revision cannot be read any more.
    #[error("damaged at {place}")]
    Damaged {
        /// File and byte offset.
        place: String,
    },
    /// The file system failed.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The views failed.
    #[error("cannot read the views")]
    Views(#[from] ViewError),
}

/// Why nothing was trimmed, or not all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrimError {
    /// The base could not be written; all is as it was.
    #[error("cannot write {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The views failed; all is as it was.
    #[error("cannot read the views")]
    Views(#[from] ViewError),
}
