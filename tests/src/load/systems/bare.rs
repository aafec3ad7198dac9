//! The floor of durable publishing: bytes appended to a file that was filled with zeros before, each time with one `fdatasync`.

use std::{
    fs::File,
    os::unix::fs::FileExt,
    path::PathBuf,
    time::{Duration, Instant},
};

use crate::load::{latency::Latencies, options::Options};

/// Name of the system.
pub(crate) const BARE: &str = "bare-append";
/// Bytes of the file; writing begins anew at its end, which costs the same: no blocks are added.
const ROOM: usize = 64 << 20;

/// A file with its blocks in place.
pub(crate) struct Bare {
    file: File,
    path: PathBuf,
    at: usize,
}

impl Bare {
    pub(crate) fn new(options: &Options) -> anyhow::Result<Self> {
        let (file, path) = tempfile::NamedTempFile::new_in(&options.scratch)?.keep()?;
        let zeros = vec![0; 1 << 20];
        for at in (0..ROOM).step_by(zeros.len()) {
            file.write_all_at(&zeros, at as u64)?;
        }
        file.sync_all()?;
        Ok(Self { file, path, at: 0 })
    }

    /// Appends and syncs.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if self.at + bytes.len() > ROOM {
            self.at = 0;
        }
        self.file.write_all_at(bytes, self.at as u64)?;
        self.at += bytes.len();
        Ok(self.file.sync_data()?)
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What a sync of one event costs on this disk now, in microseconds, 99th percentile: for latencies that hold a sync.
pub(crate) async fn fdatasync_p99(options: &Options) -> anyhow::Result<f64> {
    let options = options.clone();
    let syncs = move || {
        let mut bare = Bare::new(&options)?;
        let mut latencies = Latencies::default();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(1) {
            let before = Instant::now();
            bare.append(&[1; 400])?;
            latencies.add(before.elapsed());
        }
        anyhow::Ok(latencies.percentile(99.0).unwrap_or_default())
    };
    tokio::task::spawn_blocking(syncs).await?
}
