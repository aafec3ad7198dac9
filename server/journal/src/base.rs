//! The base: what is true although the segments that said so were trimmed. Written whole at each trim, before any segment goes.
//!
//! The file is a header and frames `length, checksum, encoded item`; the last frame has no item and its checksum field counts the items.

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use bytes::{Buf, BufMut, Bytes};
use prost::Message;

use crate::{
    Epoch, Sequence, TrimError,
    segment::sync_folder,
    views::{BaseItem, ViewError, Views, dump},
};

const MAGIC: [u8; 8] = *b"DTLNBAS1";
const HEADER: usize = 36;
/// No item is larger; a longer frame is damage.
const MAX_ITEM: usize = 1 << 30;

/// Through where a base holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Through {
    pub(crate) epoch: Epoch,
    pub(crate) commit: u64,
    pub(crate) head: Sequence,
}

pub(crate) fn path(journal: &Path) -> PathBuf {
    journal.join("base")
}

/// Writes what the views hold now, durable when it returns. On failure the old base stands.
pub(crate) fn save(journal: &Path, views: &Views) -> Result<(), TrimError> {
    let path = path(journal);
    let temporary = path.with_extension("new");
    let written = write(&temporary, views);
    let result = written.and_then(|()| {
        fs::rename(&temporary, &path)?;
        Ok(sync_folder(journal)?)
    });
    result.map_err(|error| {
        // What it took is room that others need.
        let _ = fs::remove_file(&temporary);
        match error {
            SaveError::Io(source) => TrimError::Io { path, source },
            SaveError::Views(error) => TrimError::Views(error),
        }
    })
}

enum SaveError {
    Io(io::Error),
    Views(ViewError),
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ViewError> for SaveError {
    fn from(error: ViewError) -> Self {
        Self::Views(error)
    }
}

fn write(path: &Path, views: &Views) -> Result<(), SaveError> {
    let out = std::cell::RefCell::new(BufWriter::with_capacity(1 << 20, File::create(path)?));
    let mut count = 0_u32;
    dump::<SaveError>(
        views,
        &mut |mark| {
            let mut header = Vec::with_capacity(HEADER);
            header.put_slice(&MAGIC);
            header.put_slice(&mark.epoch.to_bytes());
            header.put_u64_le(mark.commit);
            header.put_u64_le(mark.head.get());
            header.put_u32_le(crc32fast::hash(&header));
            Ok(out.borrow_mut().write_all(&header)?)
        },
        &mut |item| {
            count = count.wrapping_add(1);
            let body = item.encode_to_vec();
            let mut out = out.borrow_mut();
            out.write_all(&(body.len() as u32).to_le_bytes())?;
            out.write_all(&crc32fast::hash(&body).to_le_bytes())?;
            Ok(out.write_all(&body)?)
        },
    )?;
    let mut out = out.into_inner();
    out.write_all(&0_u32.to_le_bytes())?;
    out.write_all(&count.to_le_bytes())?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(file.sync_all()?)
}

/// A base being read.
pub(crate) struct Base {
    file: BufReader<File>,
    pub(crate) through: Through,
    /// Where the next frame stands.
    pub(crate) at: u64,
    count: u32,
}

/// A frame, or what stands in its place.
pub(crate) enum Frame {
    Item(Box<BaseItem>),
    /// Not readable; the byte offset. What follows may be.
    Bad(u64),
    End,
}

impl Base {
    /// None: there is no base. Fails on a damaged header with `InvalidData`.
    pub(crate) fn open(journal: &Path) -> io::Result<Option<Self>> {
        let mut file = match File::open(path(journal)) {
            Ok(file) => BufReader::with_capacity(1 << 20, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut header = [0; HEADER];
        file.read_exact(&mut header)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let (body, mut checksum) = header.split_at(HEADER - 4);
        if !body.starts_with(&MAGIC) || checksum.get_u32_le() != crc32fast::hash(body) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut rest = &body[MAGIC.len()..];
        let mut epoch = [0; 8];
        rest.copy_to_slice(&mut epoch);
        Ok(Some(Self {
            file,
            through: Through {
                epoch: Epoch::from_bytes(epoch),
                commit: rest.get_u64_le(),
                head: Sequence::new(rest.get_u64_le()),
            },
            at: HEADER as u64,
            count: 0,
        }))
    }

    pub(crate) fn next(&mut self) -> io::Result<Frame> {
        let at = self.at;
        let mut header = [0; 8];
        match self.file.read_exact(&mut header) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(Frame::Bad(at)),
            other => other?,
        }
        let mut rest = header.as_slice();
        let (length, checksum) = (rest.get_u32_le() as usize, rest.get_u32_le());
        if length == 0 {
            return Ok(if checksum == self.count {
                Frame::End
            } else {
                Frame::Bad(at)
            });
        }
        if length > MAX_ITEM {
            return Ok(Frame::Bad(at));
        }
        let mut body = Vec::new();
        (&mut self.file).take(length as u64).read_to_end(&mut body)?;
        self.at += 8 + length as u64;
        self.count = self.count.wrapping_add(1);
        if body.len() < length || crc32fast::hash(&body) != checksum {
            return Ok(Frame::Bad(at));
        }
        Ok(match BaseItem::decode(Bytes::from(body)) {
            Ok(item) => Frame::Item(Box::new(item)),
            Err(_) => Frame::Bad(at),
        })
    }
}
