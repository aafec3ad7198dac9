//! Writing: the end of the segment that is open, zero-filled ahead.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{DATA_START, Header, record::EntryDraft, record::Row, sync_folder};

/// Zeros are written this far ahead at a time: overwriting them needs no new blocks, which makes a sync a third cheaper.
const AHEAD: u64 = 4 << 20;
/// In pieces of so many, that end at multiples of it: what a system's page cache takes in at once it may hold in pages as large, in which
/// readers find their way sooner.
static ZEROS: [u8; 2 << 20] = [0; 2 << 20];

/// Where the next entry goes.
#[derive(Debug)]
pub(crate) struct Tail {
    pub(crate) path: PathBuf,
    file: Arc<File>,
    data_end: u64,
    data_zeroed: u64,
    side_start: u64,
    side_end: u64,
    side_zeroed: u64,
    /// Sealed when it holds this much.
    limit: u64,
}

/// A group that was written, and is durable after a sync.
#[derive(Debug)]
pub(crate) struct Written {
    /// Rows of each entry.
    pub(crate) rows: Vec<Vec<Row>>,
    data_end: u64,
    side_end: u64,
}

impl Tail {
    /// A new segment, durable with its name. On failure nothing is left of it.
    pub(crate) fn create(path: PathBuf, header: &Header, limit: u64) -> io::Result<Self> {
        let made = Self::make(path.clone(), header, limit);
        if made.is_err() {
            let _ = fs::remove_file(&path);
        }
        made
    }

    fn make(path: PathBuf, header: &Header, limit: u64) -> io::Result<Self> {
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        file.set_len(header.side_start)?;
        header.write(&file)?;
        file.sync_all()?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))?;
        Ok(Self {
            path,
            file: Arc::new(file),
            data_end: DATA_START,
            data_zeroed: DATA_START,
            side_start: header.side_start,
            side_end: header.side_start,
            side_zeroed: header.side_start,
            limit,
        })
    }

    /// Goes on where recovery found the end.
    pub(crate) fn reopen(
        path: PathBuf,
        header: &Header,
        data_end: u64,
        side_end: u64,
        limit: u64,
    ) -> io::Result<Self> {
        let file = File::options().read(true).write(true).open(&path)?;
        let length = file.metadata()?.len();
        Ok(Self {
            path,
            file: Arc::new(file),
            data_end,
            data_zeroed: data_end,
            side_start: header.side_start,
            side_end,
            side_zeroed: length.max(side_end),
            limit,
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.side_end == self.side_start
    }

    /// Whether entries of this size still belong into this segment.
    pub(crate) fn has_room(&self, data: u64, side: u64) -> bool {
        let used = (self.data_end - DATA_START) + (self.side_end - self.side_start);
        self.data_end + data <= self.side_start && (self.is_empty() || used + data + side <= self.limit)
    }

    /// Writes entries one after the other; they are not durable before [`Tail::sync`], and not there before [`Tail::accept`].
    pub(crate) fn write(&mut self, entries: &[(&EntryDraft, &[u8])], durable: u64) -> io::Result<Written> {
        let mut data = Vec::with_capacity(entries.iter().map(|(_, data)| data.len()).sum());
        let mut side = Vec::with_capacity(entries.iter().map(|(draft, _)| draft.record_len()).sum());
        let mut rows = Vec::with_capacity(entries.len());
        for (draft, elements) in entries {
            rows.push(draft.write(
                durable,
                self.side_end + side.len() as u64,
                self.data_end + data.len() as u64,
                &mut side,
            ));
            data.extend_from_slice(elements);
        }
        let data_end = self.data_end + data.len() as u64;
        let side_end = self.side_end + side.len() as u64;
        self.data_zeroed = self.fill(self.data_zeroed, data_end, self.side_start);
        self.side_zeroed = self.fill(self.side_zeroed, side_end, u64::MAX);
        self.file.write_all_at(&data, self.data_end)?;
        // Only now: a record must not stand without what it tells of.
        self.file.write_all_at(&side, self.side_end)?;
        Ok(Written {
            rows,
            data_end,
            side_end,
        })
    }

    /// Zeros ahead of `needed`. Failing is harmless: the write itself will tell.
    fn fill(&self, zeroed: u64, needed: u64, end: u64) -> u64 {
        if needed <= zeroed {
            return zeroed;
        }
        let piece = ZEROS.len() as u64;
        let target = (needed + AHEAD.min(self.limit / 4)).min(end);
        let mut at = zeroed;
        while at < target {
            let step = (target - at).min(piece - at % piece);
            if self.file.write_all_at(&ZEROS[..step as usize], at).is_err() {
                break;
            }
            at += step;
        }
        at
    }

    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    pub(crate) fn accept(&mut self, written: &Written) {
        self.data_end = written.data_end;
        self.side_end = written.side_end;
        self.data_zeroed = self.data_zeroed.max(self.data_end);
        self.side_zeroed = self.side_zeroed.max(self.side_end);
    }

    /// Takes back what was written since the last `accept`: the records vanish, and elements without a record are nothing.
    pub(crate) fn roll_back(&mut self) -> io::Result<()> {
        self.file.set_len(self.side_end)?;
        self.file.sync_all()?;
        self.side_zeroed = self.side_end;
        self.data_zeroed = self.data_end;
        Ok(())
    }

    /// Gives back the room that was filled ahead behind the records. The segment is written to no more.
    pub(crate) fn seal(&self) -> io::Result<()> {
        self.file.set_len(self.side_end)
    }
}
