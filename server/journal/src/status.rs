//! What the journal tells of itself: progress while it opens, what recovery found, and its size.

use crate::Sequence;

/// How far opening is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Segments looked at.
    Segments {
        /// So far.
        done: usize,
        /// In all.
        total: usize,
    },
    /// The views are brought up to the journal.
    Views {
        /// Revisions applied so far.
        done: u64,
        /// Revisions to apply in all.
        total: u64,
    },
}

/// What opening found and repaired.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovery {
    /// The end of the last segment was not whole: the place from which it was cut, and how many bytes. Nothing acknowledged was in it.
    pub truncated: Option<Truncated>,
    /// What cannot be read any more.
    pub damaged: Vec<Damage>,
    /// Segments whose index was made anew.
    pub reindexed: usize,
    /// Revisions that the views had not seen.
    pub caught_up: u64,
    /// Why the views were built anew. None: they were not.
    pub rebuilt: Option<String>,
}

/// A tail that was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truncated {
    /// File and byte offset.
    pub place: String,
    /// How many bytes held something.
    pub bytes: u64,
}

/// A place that cannot be read any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// File and byte offset.
    pub place: String,
    /// The first revision lost to it; after `last` when none was.
    pub first: Sequence,
    /// The last revision lost to it.
    pub last: Sequence,
}

/// Size of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Revisions that can be read.
    pub revision_count: u64,
    /// Bytes that its segments, indexes and base take on disk.
    pub bytes: u64,
    /// Number of segments.
    pub segments: usize,
    /// Groups of entries synced to disk since it was opened.
    pub syncs: u64,
    /// The views follow what is written.
    pub views_follow: bool,
}
