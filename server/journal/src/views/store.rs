//! The embedded store under the views, and a set of changes that is written in one step.

use std::{collections::HashMap, path::Path};

use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};

use super::{
    ViewError,
    rows::{Mark, Table},
};
use crate::Epoch;

/// The store, open.
pub(super) struct Store {
    database: Database,
    tables: [Keyspace; Table::ALL.len()],
}

const MARK: &[u8] = b"mark";

impl Store {
    pub(super) fn open(folder: &Path, cache_bytes: u64) -> Result<Self, ViewError> {
        let database = Database::builder(folder)
            .cache_size(cache_bytes)
            .worker_threads(1)
            .max_journaling_size(128 << 20)
            .open()?;
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
    pending: HashMap<(Table, Vec<u8>), Option<Vec<u8>>>,
    pub(super) mark: Mark,
}

impl<'a> Changes<'a> {
    pub(super) fn new(store: &'a Store, epoch: Epoch) -> Result<Self, ViewError> {
        let mark = store.mark()?.unwrap_or(Mark::new(epoch));
        Ok(Self {
            store,
            pending: HashMap::new(),
            mark,
        })
    }

    /// What a key holds, read by `read`.
    pub(super) fn get<T>(
        &self,
        table: Table,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, ViewError>,
    ) -> Result<Option<T>, ViewError> {
        match self.pending.get(&(table, key.to_vec())) {
            Some(value) => value.as_deref().map(read).transpose(),
            None => self.store.get(table, key)?.map(|value| read(&value)).transpose(),
        }
    }

    pub(super) fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.pending.insert((table, key), Some(value));
    }

    pub(super) fn delete(&mut self, table: Table, key: Vec<u8>) {
        self.pending.insert((table, key), None);
    }

    /// Writes all of it in one step.
    pub(super) fn commit(mut self) -> Result<Mark, ViewError> {
        self.put(Table::Meta, MARK.to_vec(), self.mark.encode());
        let mut batch = self.store.database.batch().durability(Some(PersistMode::Buffer));
        for ((table, key), value) in self.pending {
            match value {
                Some(value) => batch.insert(self.store.table(table), key, value),
                None => batch.remove(self.store.table(table), key),
            }
        }
        batch.commit()?;
        Ok(self.mark)
    }
}
