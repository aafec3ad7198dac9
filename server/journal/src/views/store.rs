//! The embedded store under the views, and a set of changes that is written in one step.

use std::{collections::HashMap, path::Path, thread};

use fjall::{Database, Keyspace, KeyspaceCreateOptions, OwnedWriteBatch as WriteBatch, PersistMode, Slice};
use foldhash::fast::RandomState;

use super::{
    ViewError,
    rows::{Mark, Table},
};
use crate::{Epoch, calm};

/// The store, open.
pub(super) struct Store {
    database: Database,
    tables: [Keyspace; Table::ALL.len()],
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
        })
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

    /// Writes all of it in one step.
    pub(super) fn commit(mut self) -> Result<Mark, ViewError> {
        let mark = self.mark.encode();
        self.put(Table::Meta, MARK, &mark);
        let rows = self.once.len() + self.pending.iter().map(HashMap::len).sum::<usize>();
        let mut batch = WriteBatch::with_capacity(self.store.database.clone(), rows)
            .durability(Some(PersistMode::Buffer));
        for (table, key, value) in self.once {
            batch.insert(self.store.table(table), key, value);
        }
        for (table, pending) in Table::ALL.into_iter().zip(self.pending) {
            let place = self.store.table(table);
            for (key, value) in pending {
                match value {
                    Some(value) => batch.insert(place, key, value),
                    None => batch.remove(place, key),
                }
            }
        }
        batch.commit()?;
        Ok(self.mark)
    }
}
