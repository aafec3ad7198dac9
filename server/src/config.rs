//! Settings: their names, defaults, bounds, and what each means. Each comes from the defaults, a file, the environment or flags.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use serde::{Deserialize, Serialize};

mod load;

pub use load::ConfigError;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Everything that can be set. Unknown keys are refused, so that a mistyped limit is never silently absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The folder that holds everything stored. None: `dateline` in the user's data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// A folder of data files of the coder, read over the built-in ones. None: these alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Listen on an address that other machines reach, without encryption or authentication.
    pub insecure: bool,
    /// Files and folders of articles to ingest at the start.
    pub ingest: Vec<PathBuf>,
    /// Events of different articles with the same key become one.
    pub merging: bool,
    /// What is logged, in the syntax of `RUST_LOG`.
    pub log: String,
    /// Seconds from the signal to stop until the process is gone, whatever its clients do.
    pub drain_deadline_seconds: u64,
    /// Threads that serve connections. Few are better: streams of one thread share writes, and coding, storing and reading the past have
    /// threads of their own. 0: one for every two cores.
    pub io_threads: usize,
    /// What one client may ask for.
    pub limits: Limits,
    /// How the feed is stored.
    pub journal: Store,
}

/// Bounds; what exceeds one is refused with a typed error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Subscriptions at one time.
    pub subscriptions: usize,
    /// Bytes of what live subscriptions share: the newest matches of each group, and the messages made of them. A reader that falls
    /// out of it reads the journal.
    pub live_bytes: usize,
    /// Calls in flight on one connection.
    pub streams_per_connection: u32,
    /// Bytes of one request message. Above `article_bytes`, so that a large article is refused by name.
    pub request_bytes: usize,
    /// Bytes of an article's body.
    pub article_bytes: usize,
    /// Bytes of a published event.
    pub event_bytes: usize,
    /// Bytes of a filter, all its fields together.
    pub filter_bytes: usize,
    /// Items of one page.
    pub page_size: usize,
}

/// How the feed is stored, and how much of its past is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    /// Bytes after which a journal file is sealed and the next begun.
    pub segment_bytes: u64,
    /// Bytes of the newest revisions held in memory, for live subscriptions.
    pub recent_bytes: usize,
    /// Revisions older than this many seconds may go, whole files at a time. 0: age is no reason.
    pub keep_seconds: u64,
    /// When the journal is larger than this many bytes its oldest files may go. 0: size is no reason.
    pub keep_bytes: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7447),
            data_dir: None,
            data: None,
            insecure: false,
            ingest: Vec::new(),
            merging: true,
            log: "info,fjall=warn,lsm_tree=warn".into(),
            drain_deadline_seconds: 8,
            io_threads: 0,
            limits: Limits::default(),
            journal: Store::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            subscriptions: 10_000,
            live_bytes: (64 * MIB) as usize,
            streams_per_connection: 1_000,
            request_bytes: (64 * MIB) as usize,
            article_bytes: (4 * MIB) as usize,
            event_bytes: (256 * KIB) as usize,
            filter_bytes: (16 * KIB) as usize,
            page_size: 1_000,
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            segment_bytes: 64 * MIB,
            recent_bytes: (32 * MIB) as usize,
            keep_seconds: 0,
            keep_bytes: 0,
        }
    }
}

impl Config {
    /// The data folder in force.
    /// # Errors
    /// None is set and the user has no home folder.
    pub fn data_dir(&self) -> Result<PathBuf, ConfigError> {
        use etcetera::BaseStrategy as _;

        match &self.data_dir {
            Some(folder) => Ok(folder.clone()),
            None => etcetera::choose_base_strategy()
                .map(|strategy| strategy.data_dir().join("dateline"))
                .map_err(|_| ConfigError::NoDataFolder),
        }
    }

    /// Time from the signal to stop until the process is gone.
    pub fn drain_deadline(&self) -> Duration {
        Duration::from_secs(self.drain_deadline_seconds)
    }

    /// Threads that serve connections, as a number.
    pub fn io_threads(&self) -> usize {
        match self.io_threads {
            0 => std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2)),
            threads => threads,
        }
    }

    /// Checks what no single value shows.
    fn validate(&self) -> Result<(), ConfigError> {
        let out_of_bounds =
            |key: &'static str, problem: &'static str| Err(ConfigError::OutOfBounds { key, problem });
        if !self.listen.ip().is_loopback() && !self.insecure {
            return Err(ConfigError::Exposed(self.listen));
        }
        if !(1..=3_600).contains(&self.drain_deadline_seconds) {
            return out_of_bounds("drain_deadline_seconds", "has to be between 1 and 3600");
        }
        if self.io_threads > 1_024 {
            return out_of_bounds("io_threads", "has to be at most 1024");
        }
        let limits = &self.limits;
        if limits.article_bytes == 0 || limits.article_bytes as u64 > u64::from(u32::MAX) {
            return out_of_bounds("limits.article_bytes", "has to be between 1 and 4294967295");
        }
        if limits.request_bytes < limits.article_bytes {
            return out_of_bounds("limits.request_bytes", "has to be at least limits.article_bytes");
        }
        if !(1..=1_000).contains(&limits.page_size) {
            return out_of_bounds("limits.page_size", "has to be between 1 and 1000");
        }
        if limits.subscriptions > 1_000_000 {
            return out_of_bounds("limits.subscriptions", "has to be at most 1000000");
        }
        if limits.streams_per_connection == 0 {
            return out_of_bounds("limits.streams_per_connection", "has to be at least 1");
        }
        if self.journal.segment_bytes < MIB || self.journal.segment_bytes > 1024 * MIB {
            return out_of_bounds("journal.segment_bytes", "has to be between 1 MiB and 1 GiB");
        }
        Ok(())
    }
}
