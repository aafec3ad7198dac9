//! How a journal is kept: sizes, bounds and retention.

use std::time::Duration;

/// How a journal is kept. The defaults suit a feed of millions of events.
#[derive(Clone, Debug)]
pub struct Options {
    /// A segment is sealed when it holds about this many bytes. At least 4 KiB, at most 1 GiB. Default: 64 MiB.
    pub segment_bytes: u64,
    /// Newest revisions kept in memory, in bytes. Default: 32 MiB.
    pub recent_bytes: usize,
    /// Stretches of the files that several replays read at about the same time, kept in memory so that they are read and checked once,
    /// in bytes. 0: none. Default: 32 MiB.
    pub shared_read_bytes: usize,
    /// Entries that wait to become durable and to be in the views, in bytes; when they fill it, `submit` waits. Default: 16 MiB.
    pub queue_bytes: usize,
    /// The largest entry, in bytes as stored. Default: 64 MiB.
    pub max_entry_bytes: usize,
    /// What is trimmed. Default: nothing.
    pub retention: Retention,
    /// Memory for the views' cache, in bytes. Default: 64 MiB.
    pub views_cache_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            segment_bytes: 64 << 20,
            recent_bytes: 32 << 20,
            shared_read_bytes: 32 << 20,
            queue_bytes: 16 << 20,
            max_entry_bytes: 64 << 20,
            retention: Retention::default(),
            views_cache_bytes: 64 << 20,
        }
    }
}

impl Options {
    /// Every size within what the files can hold.
    pub(crate) fn bounded(mut self) -> Self {
        self.segment_bytes = self.segment_bytes.clamp(4 << 10, 1 << 30);
        self.queue_bytes = self.queue_bytes.clamp(64 << 10, 1 << 30);
        self.max_entry_bytes = self.max_entry_bytes.clamp(4 << 10, 1 << 30);
        self
    }
}

/// Which old revisions are dropped, in whole segments. The newest state of every event outlives them; the segment that is written to
/// is always kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// A segment goes when its newest revision is older than this. None: never.
    pub max_age: Option<Duration>,
    /// The oldest segments go while the segments take more bytes than this. None: never.
    pub max_bytes: Option<u64>,
}
