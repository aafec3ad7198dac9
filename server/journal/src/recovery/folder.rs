//! The data folder: made, locked, and looked through.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{Epoch, OpenError, segment::write_whole};

/// First line of the epoch file, with the number of its format.
const TITLE: &str = "dateline journal 1";

/// Makes a folder and those above it.
pub(super) fn make(folder: &Path) -> Result<(), OpenError> {
    fs::create_dir_all(folder).map_err(|error| OpenError::io(folder, error))
}

/// Locks the data folder for as long as the file is open.
pub(super) fn lock(data: &Path) -> Result<File, OpenError> {
    if data.exists() && !data.is_dir() {
        return Err(OpenError::NotAFolder {
            path: data.to_owned(),
        });
    }
    make(data)?;
    let path = data.join("lock");
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| OpenError::io(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked {
            folder: data.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(OpenError::io(path, error)),
    }
}

/// The segment files, by number. Leftovers of files that were being written are removed.
pub(super) fn segments(folder: &Path) -> Result<Vec<PathBuf>, OpenError> {
    let failed = |error| OpenError::io(folder, error);
    let mut segments = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("segment") => segments.push(path),
            Some("new") => fs::remove_file(&path).map_err(failed)?,
            _ => {}
        }
    }
    segments.sort();
    Ok(segments)
}

/// The journal's identity: as the epoch file says, else as the segments say, else a new one.
pub(super) fn epoch(folder: &Path, of_segments: Option<Epoch>) -> Result<Epoch, OpenError> {
    let path = folder.join("epoch");
    match fs::read_to_string(&path) {
        Ok(text) => {
            let epoch = text.strip_prefix(TITLE).and_then(|rest| rest.trim().parse().ok());
            epoch
                .or(of_segments)
                .ok_or(OpenError::Damaged { path, offset: 0 })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let epoch = of_segments.unwrap_or_else(Epoch::random);
            write_whole(&path, format!("{TITLE}\n{epoch}\n").as_bytes())
                .map_err(|error| OpenError::io(&path, error))?;
            Ok(epoch)
        }
        Err(error) => Err(OpenError::io(path, error)),
    }
}

/// Whether a file's first page is empty: it was being made.
pub(super) fn is_blank(file: &File) -> io::Result<bool> {
    let mut page = Vec::new();
    file.take(4096).read_to_end(&mut page)?;
    Ok(page.iter().all(|byte| *byte == 0))
}
