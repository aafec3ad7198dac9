//! The embedded store under the views, and a set of changes that is written in one step.

use std::{
    collections::HashMap,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use fjall::{Database, Keyspace, KeyspaceCreateOptions, OwnedWriteBatch as WriteBatch, PersistMode, Slice};
use foldhash::fast::RandomState;

use super::{
    ViewError,
    rows::{Mark, Table},
};
use crate::{Epoch, calm};

/// Bytes of rows after which all tables in memory are closed, to be written out. What is not written out is read back from the store's own
/// journal at the next start, some 100 MB a second, and is in memory until then.
const CHECKPOINT: u64 = 32 << 20;
/// So much may wait to be written out. The store would let tables grow for as long as its one thread merges older ones.
const UNWRITTEN: u64 = 96 << 20;
/// How often it is looked whether there is room.
const LOOK: Duration = Duration::from_millis(2);
/// When so long nothing is written out, the next step goes on: if the store has failed, it says so then.
const PATIENCE: Duration = Duration::from_secs(10);

/// The store, open.
pub(super) struct Store {
    database: Database,
    tables: [Keyspace; Table::ALL.len()],
    /// Bytes of rows since the last checkpoint.
    since_checkpoint: AtomicU64,
}

const MARK: &[u8] = b"mark";

impl Store {
    pub(super) fn open(folder: &Path, cache_bytes: u64) -> Result<Self, ViewError> {
        let builder = Database::builder(folder)
            .cache_size(cache_bytes)
            .worker_threads(1)
            .max_journaling_size(128 << 20);
        // Its threads are as calm as the one that starts them.
        let opened = thread::scope(|scope| {
            let opening = scope.spawn(|| {
                calm::down();
                builder.open()
            });
            opening.join()
        });
        let database = opened.map_err(|_| ViewError::Away)??;
        let tables = Table::ALL.map(|table| {
            database.keyspace(table.name(), || {
                KeyspaceCreateOptions::default().max_memtable_size(16 << 20)
            })
        });
        let mut opened = Vec::with_capacity(tables.len());
        for table in tables {
            opened.push(table?);
        }
        Ok(Self {
            database,
            tables: opened.try_into().map_err(|_| ViewError::Row)?,
            since_checkpoint: AtomicU64::new(0),
        })
    }

    /// Waits until little enough waits to be written out.
    fn wait_for_room(&self) {
        let mut least = u64::MAX;
        let mut since = Instant::now();
        loop {
            let unwritten = self.database.write_buffer_size();
            if unwritten <= UNWRITTEN {
                return;
            }
            if unwritten < least {
                least = unwritten;
                since = Instant::now();
            } else if since.elapsed() >= PATIENCE {
                return;
            }
            thread::sleep(LOOK);
        }
    }

    /// Closes the tables in memory when enough was written to them: all of them, so that the store's journal is not kept for the sake of
    /// those that hardly grow.
    fn wrote(&self, bytes: u64) -> Result<(), ViewError> {
        if self.since_checkpoint.fetch_add(bytes, Ordering::Relaxed) + bytes < CHECKPOINT {
            return Ok(());
        }
        self.since_checkpoint.store(0, Ordering::Relaxed);
        for table in &self.tables {
            table.rotate_memtable()?;
        }
        Ok(())
    }

    pub(super) fn table(&self, table: Table) -> &Keyspace {
        &self.tables[table as usize]
    }

    pub(super) fn get(&self, table: Table, key: &[u8]) -> Result<Option<fjall::Slice>, ViewError> {
        Ok(self.table(table).get(key)?)
    }

    /// None: nothing was ever applied, or by a program with other tables.
    pub(super) fn mark(&self) -> Result<Option<Mark>, ViewError> {
        Ok(self
            .get(Table::Meta, MARK)?
            .and_then(|bytes| Mark::decode(&bytes)))
    }

    /// Makes everything written so far outlive a power failure.
    pub(super) fn persist(&self) -> Result<(), ViewError> {
        Ok(self.database.persist(PersistMode::SyncAll)?)
    }

    pub(super) fn snapshot(&self) -> fjall::Snapshot {
        self.database.snapshot()
    }
}

/// Changes on top of a store, read as if they were written already.
pub(super) struct Changes<'a> {
    store: &'a Store,
    /// By table.
    pending: [HashMap<Slice, Option<Slice>, RandomState>; Table::ALL.len()],
    /// Rows that nobody looks up before they are written.
    once: Vec<(Table, Slice, Slice)>,
    pub(super) mark: Mark,
    /// Memory that is used again.
    scratch: Vec<u8>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(store: &'a Store, epoch: Epoch) -> Result<Self, ViewError> {
        let mark = store.mark()?.unwrap_or(Mark::new(epoch));
        Ok(Self {
            store,
            pending: std::array::from_fn(|_| HashMap::default()),
            once: Vec::new(),
            mark,
            scratch: Vec::new(),
        })
    }

    /// What a key holds, read by `read`.
    pub(super) fn get<T>(
        &self,
        table: Table,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, ViewError>,
    ) -> Result<Option<T>, ViewError> {
        match self.pending[table as usize].get(key) {
            Some(value) => value.as_deref().map(read).transpose(),
            None => self.store.get(table, key)?.map(|value| read(&value)).transpose(),
        }
    }

    pub(super) fn put(&mut self, table: Table, key: &[u8], value: &[u8]) {
        self.pending[table as usize].insert(key.into(), Some(value.into()));
    }

    /// The same, with a value that `write` appends to what it is given.
    pub(super) fn put_with(&mut self, table: Table, key: &[u8], write: impl FnOnce(&mut Vec<u8>)) {
        self.scratch.clear();
        write(&mut self.scratch);
        let value = Slice::from(self.scratch.as_slice());
        self.pending[table as usize].insert(key.into(), Some(value));
    }

    /// The same for a key that is new and is not asked for among these changes.
    pub(super) fn put_once(&mut self, table: Table, key: &[u8], value: &[u8]) {
        self.once.push((table, key.into(), value.into()));
    }

    pub(super) fn delete(&mut self, table: Table, key: &[u8]) {
        self.pending[table as usize].insert(key.into(), None);
    }

    /// Writes all of it in one step; waits while the store is behind with writing out what it was given.
    pub(super) fn commit(mut self) -> Result<Mark, ViewError> {
        let mark = self.mark.encode();
        self.put(Table::Meta, MARK, &mark);
        self.store.wait_for_room();
        let rows = self.once.len() + self.pending.iter().map(HashMap::len).sum::<usize>();
        let mut batch = WriteBatch::with_capacity(self.store.database.clone(), rows)
            .durability(Some(PersistMode::Buffer));
        let mut bytes = 0;
        for (table, key, value) in self.once {
            bytes += key.len() + value.len();
            batch.insert(self.store.table(table), key, value);
        }
        for (table, pending) in Table::ALL.into_iter().zip(self.pending) {
            let place = self.store.table(table);
            for (key, value) in pending {
                bytes += key.len() + value.as_ref().map_or(0, |value| value.len());
                match value {
                    Some(value) => batch.insert(place, key, value),
                    None => batch.remove(place, key),
                }
            }
        }
        batch.commit()?;
        self.store.wrote(bytes as u64)?;
        Ok(self.mark)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// At the next start all of it is read.
    #[test]
    fn what_the_store_has_yet_to_write_out_is_bounded_and_the_rest_leaves_its_journal() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), 8 << 20).unwrap();
        // It compresses what it can.
        let value: Vec<u8> = (0..1 << 20).map(|_| rand::random()).collect();
        let fill = |steps: std::ops::Range<u64>| {
            for step in steps {
                let mut changes = Changes::new(&store, Epoch::random()).unwrap();
                changes.put(Table::Texts, &step.to_be_bytes(), &value);
                changes.commit().unwrap();
                assert!(store.database.write_buffer_size() <= UNWRITTEN + (2 << 20));
            }
        };
        let checkpoint = CHECKPOINT >> 20;
        // The store begins another file of its journal after 64 MB; by itself it gets rid of old ones after 128.
        fill(0..3 * checkpoint);
        let files = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path());
            paths
                .filter(|path| path.extension().is_some_and(|end| end == "jnl"))
                .count()
        };
        // Its thread may still be at it.
        let start = Instant::now();
        while files() > 1 {
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "an old file of the journal is kept"
            );
            thread::sleep(LOOK);
        }
        // More than may wait, as fast as it goes.
        fill(3 * checkpoint..10 * checkpoint);
        assert_eq!(
            store.get(Table::Texts, &0_u64.to_be_bytes()).unwrap().as_deref(),
            Some(&*value)
        );
    }
}
