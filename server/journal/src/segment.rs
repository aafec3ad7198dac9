//! A segment: one file with a data area of batch elements, side by side, and after it a side area of records. `index` tells what is in
//! it, `record` what a record looks like, `tail` writes, `scan` reads back after a crash.

pub(crate) mod index;
pub(crate) mod record;
pub(crate) mod scan;
pub(crate) mod tail;

use std::{
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::{Buf, BufMut};
use dateline_proto::time::Timestamp;

use self::index::{FileIndex, Located, MemoryIndex, Place, Span};
use crate::{
    Epoch, Sequence, lock,
    read::{at::Wait, buffers::Buffers},
};

/// Format of segments, written into each.
pub(crate) const FORMAT: u32 = 1;
const MAGIC: [u8; 8] = *b"DTLNSEG1";
/// The data area starts here; before it stands the header.
pub(crate) const DATA_START: u64 = 4096;
const HEADER: usize = 68;
/// Of so many elements the mean length is what that of the segment will be, about.
const ENOUGH: u64 = 256;
/// Where the header stands a second time: a flipped bit in one does not hide the segment.
const HEADER_COPY: u64 = 2048;

/// First bytes of a segment file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) format: u32,
    pub(crate) epoch: Epoch,
    pub(crate) number: u64,
    /// Sequence of the first revision that it may hold.
    pub(crate) first: Sequence,
    pub(crate) first_commit: u64,
    /// The side area starts here.
    pub(crate) side_start: u64,
    /// update_time of the last entry before it.
    pub(crate) time: Timestamp,
}

impl Header {
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER);
        out.put_slice(&MAGIC);
        out.put_u32_le(self.format);
        out.put_slice(&self.epoch.to_bytes());
        out.put_u64_le(self.number);
        out.put_u64_le(self.first.get());
        out.put_u64_le(self.first_commit);
        out.put_u64_le(self.side_start);
        out.put_i64_le(self.time.seconds);
        out.put_u32_le(self.time.nanos.unsigned_abs());
        out.put_u32_le(crc32fast::hash(&out));
        out
    }

    /// Reads the header of a file. None: there is none that is whole.
    pub(crate) fn read(file: &File) -> io::Result<Option<Self>> {
        Ok(match Self::read_at(file, 0)? {
            None => Self::read_at(file, HEADER_COPY)?,
            first => first,
        })
    }

    fn write(&self, file: &File) -> io::Result<()> {
        let bytes = self.encode();
        file.write_all_at(&bytes, 0)?;
        file.write_all_at(&bytes, HEADER_COPY)
    }

    fn read_at(file: &File, offset: u64) -> io::Result<Option<Self>> {
        let mut bytes = [0; HEADER];
        match file.read_exact_at(&mut bytes, offset) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let (body, mut checksum) = bytes.split_at(HEADER - 4);
        if !body.starts_with(&MAGIC) || checksum.get_u32_le() != crc32fast::hash(body) {
            return Ok(None);
        }
        let mut rest = &body[MAGIC.len()..];
        let format = rest.get_u32_le();
        let mut epoch = [0; 8];
        rest.copy_to_slice(&mut epoch);
        Ok(Some(Self {
            format,
            epoch: Epoch::from_bytes(epoch),
            number: rest.get_u64_le(),
            first: Sequence::new(rest.get_u64_le()),
            first_commit: rest.get_u64_le(),
            side_start: rest.get_u64_le(),
            time: Timestamp {
                seconds: rest.get_i64_le(),
                nanos: rest.get_u32_le().cast_signed(),
            },
        }))
    }
}

/// A segment as readers see it.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) number: u64,
    pub(crate) first: Sequence,
    pub(crate) first_commit: u64,
    pub(crate) path: PathBuf,
    index: RwLock<Index>,
    /// Open files, until [`Segment::release`].
    files: Mutex<Files>,
    /// A file was opened since [`Segment::was_opened`] asked.
    opened: AtomicBool,
    /// Revisions in a block of this segment, once settled.
    stride: OnceLock<u64>,
}

#[derive(Debug)]
enum Index {
    /// Written to, or sealed and its index not saved yet.
    Memory(MemoryIndex),
    /// Saved.
    File(Span),
}

/// The lists of a segment's terms.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lists<'a> {
    Memory(&'a MemoryIndex),
    File(&'a FileIndex),
}

#[derive(Debug, Default)]
struct Files {
    data: Option<Arc<File>>,
    index: Option<Arc<FileIndex>>,
}

impl Segment {
    pub(crate) fn open(header: &Header, path: PathBuf, index: MemoryIndex) -> Self {
        Self::with(header, path, Index::Memory(index))
    }

    pub(crate) fn sealed(header: &Header, path: PathBuf, span: Span) -> Self {
        Self::with(header, path, Index::File(span))
    }

    fn with(header: &Header, path: PathBuf, index: Index) -> Self {
        Self {
            number: header.number,
            first: header.first,
            first_commit: header.first_commit,
            path,
            index: RwLock::new(index),
            files: Mutex::default(),
            opened: AtomicBool::new(false),
            stride: OnceLock::new(),
        }
    }

    pub(crate) fn index_path(&self) -> PathBuf {
        self.path.with_extension("index")
    }

    pub(crate) fn span(&self) -> Span {
        match &*lock::read(&self.index) {
            Index::Memory(index) => index.span,
            Index::File(span) => *span,
        }
    }

    /// For people: the file's name and a byte offset.
    pub(crate) fn place(&self, offset: u64) -> String {
        place(&self.path, offset)
    }

    /// Changes the index of the segment that is written to.
    pub(crate) fn update(&self, change: impl FnOnce(&mut MemoryIndex)) {
        if let Index::Memory(index) = &mut *lock::write(&self.index) {
            change(index);
        }
    }

    /// Saves the index of a segment that is written to no more, and lets go of the one in memory.
    pub(crate) fn save_index(&self) -> io::Result<()> {
        let span = match &*lock::read(&self.index) {
            Index::Memory(index) => {
                index.save(&self.index_path())?;
                index.span
            }
            Index::File(_) => return Ok(()),
        };
        *lock::write(&self.index) = Index::File(span);
        Ok(())
    }

    /// Places of elements by number within the segment, half open.
    pub(crate) fn places(
        &self,
        start: u64,
        end: u64,
        buffers: &Buffers,
        wait: Wait,
    ) -> io::Result<Vec<Place>> {
        if let Index::Memory(index) = &*lock::read(&self.index) {
            let rows = &index.rows[start as usize..end as usize];
            return Ok(rows.iter().map(Place::from).collect());
        }
        self.with_file_index(wait, &mut |index| index.places(start, end, buffers, wait))
    }

    /// Revisions of these numbers within the segment, ascending.
    pub(crate) fn locate(&self, numbers: &[u32], buffers: &Buffers) -> io::Result<Vec<Located>> {
        if let Index::Memory(index) = &*lock::read(&self.index) {
            let located = numbers
                .iter()
                .map(|number| Located::of(*number, &index.rows[*number as usize]));
            return Ok(located.collect());
        }
        self.with_file_index(Wait::May, &mut |index| index.locate(numbers, buffers))
    }

    /// When a revision was ordered, by number within the segment.
    pub(crate) fn time_of(&self, number: u64, buffers: &Buffers) -> io::Result<Timestamp> {
        if let Index::Memory(index) = &*lock::read(&self.index) {
            return Ok(index.rows[number as usize].time());
        }
        self.with_file_index(Wait::May, &mut |index| Ok(index.details(number, buffers)?.time))
    }

    /// How many revisions a block of this segment has: what `stride` makes of the mean length of its elements. Settled once there are
    /// some, so that blocks start at the same revisions.
    pub(crate) fn stride(
        &self,
        buffers: &Buffers,
        wait: Wait,
        stride: impl FnOnce(u64) -> u64,
    ) -> io::Result<u64> {
        if let Some(settled) = self.stride.get() {
            return Ok(*settled);
        }
        let count = self.span().count;
        let first = self.places(0, 1, buffers, wait)?[0];
        let last = self.places(count - 1, count, buffers, wait)?[0];
        // Where rows are lost, elements of the usual size are assumed.
        let mean = if first.is_lost() || last.is_lost() {
            512
        } else {
            last.end().saturating_sub(u64::from(first.offset)) / count
        };
        Ok(match count {
            ..ENOUGH if !self.is_sealed() => stride(mean),
            _ => *self.stride.get_or_init(|| stride(mean)),
        })
    }

    /// Whether it is written to no more, and its index is saved.
    pub(crate) fn is_sealed(&self) -> bool {
        matches!(&*lock::read(&self.index), Index::File(_))
    }

    /// Does something with the lists of its terms.
    pub(crate) fn with_lists<T>(&self, work: &mut dyn FnMut(Lists<'_>) -> io::Result<T>) -> io::Result<T> {
        if let Index::Memory(index) = &*lock::read(&self.index) {
            return work(Lists::Memory(index));
        }
        self.with_file_index(Wait::May, &mut |index| work(Lists::File(index)))
    }

    /// The file, opened if it may be waited for.
    pub(crate) fn data(&self, wait: Wait) -> io::Result<Arc<File>> {
        let mut files = self.files(wait)?;
        if files.data.is_none() {
            if wait == Wait::MayNot {
                return Err(Wait::refusal());
            }
            files.data = Some(Arc::new(File::open(&self.path)?));
            self.opened.store(true, Ordering::Relaxed);
        }
        Ok(files.data.clone().expect("opened above"))
    }

    fn files(&self, wait: Wait) -> io::Result<MutexGuard<'_, Files>> {
        match wait {
            Wait::May => Ok(lock::lock(&self.files)),
            Wait::MayNot => lock::try_lock(&self.files).ok_or_else(Wait::refusal),
        }
    }

    /// Closes its files; they are opened again when they are needed.
    pub(crate) fn release(&self) {
        *lock::lock(&self.files) = Files::default();
    }

    /// Whether a file was opened since this was last asked.
    pub(crate) fn was_opened(&self) -> bool {
        self.opened.load(Ordering::Relaxed) && self.opened.swap(false, Ordering::Relaxed)
    }

    pub(crate) fn has_open_files(&self) -> bool {
        let files = lock::lock(&self.files);
        files.data.is_some() || files.index.is_some()
    }

    /// Does something with the index file; one that is missing or turns out to be damaged is made anew from the segment, if that may
    /// be waited for.
    fn with_file_index<T>(
        &self,
        wait: Wait,
        work: &mut dyn FnMut(&FileIndex) -> io::Result<T>,
    ) -> io::Result<T> {
        if wait == Wait::MayNot {
            let index = self.files(wait)?.index.clone();
            return match work(&*index.ok_or_else(Wait::refusal)?) {
                Err(error) if is_damage(&error) => Err(Wait::refusal()),
                done => done,
            };
        }
        match work(&*self.file_index(None)?) {
            Err(error) if is_damage(&error) => {
                let broken = self.file_index(None)?;
                work(&*self.file_index(Some(&broken))?)
            }
            done => done,
        }
    }

    /// The index file; made anew if it cannot be used, or is the one that is known to be broken.
    fn file_index(&self, broken: Option<&Arc<FileIndex>>) -> io::Result<Arc<FileIndex>> {
        let mut files = lock::lock(&self.files);
        if let Some(index) = &files.index
            && broken.is_none_or(|broken| !Arc::ptr_eq(index, broken))
        {
            return Ok(index.clone());
        }
        let path = self.index_path();
        let mut opened = if broken.is_some() {
            None
        } else {
            FileIndex::open(&path)?
        };
        if opened.is_none() {
            tracing::warn!(path = %path.display(), "index damaged, old or missing; it is made anew");
            scan::rebuild(&self.path, self.span().last())?.save(&path)?;
            opened = FileIndex::open(&path)?;
        }
        let index = Arc::new(opened.ok_or_else(|| io::Error::other("the index vanished"))?);
        files.index = Some(index.clone());
        self.opened.store(true, Ordering::Relaxed);
        Ok(index)
    }
}

fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
    )
}

pub(crate) fn place(path: &Path, offset: u64) -> String {
    format!(
        "{}:{offset}",
        path.file_name().unwrap_or_default().to_string_lossy()
    )
}

/// Writes a file so that after a crash it is there whole or as it was.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        // What it took is room that others need.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    fs::rename(&temporary, path)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
