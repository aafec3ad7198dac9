//! Reading at an offset of a file, from the disk or only what the system's page cache holds.

use std::{fs::File, io, os::unix::fs::FileExt};

/// Whether a read may wait: for the disk, or for another thread that reads the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    May,
    /// It fails with `WouldBlock` instead.
    MayNot,
}

impl Wait {
    /// What a read that may not wait fails with.
    pub(crate) fn refusal() -> io::Error {
        io::ErrorKind::WouldBlock.into()
    }
}

/// Reads what there is at a place; returns how much, less than asked for where the file ends.
pub(crate) fn read_up_to(file: &File, bytes: &mut [u8], offset: u64, wait: Wait) -> io::Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        let (rest, at) = (&mut bytes[done..], offset + done as u64);
        let read = match wait {
            Wait::May => file.read_at(rest, at),
            Wait::MayNot => read_cached(file, rest, at),
        };
        match read {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Reads all that is asked for.
pub(crate) fn read_exact(file: &File, bytes: &mut [u8], offset: u64, wait: Wait) -> io::Result<()> {
    if read_up_to(file, bytes, offset, wait)? < bytes.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// Reads what the page cache holds from the offset on; `WouldBlock` where it holds nothing, or cannot tell.
#[cfg(target_os = "linux")]
fn read_cached(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    use rustix::io::{Errno, ReadWriteFlags, preadv2};

    let read = preadv2(
        file,
        &mut [io::IoSliceMut::new(bytes)],
        offset,
        ReadWriteFlags::NOWAIT,
    );
    read.map_err(|error| match error {
        // Of an old system, a sandbox, or a file system that cannot.
        Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL | Errno::PERM => Wait::refusal(),
        error => error.into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn read_cached(_: &File, _: &mut [u8], _: u64) -> io::Result<usize> {
    Err(Wait::refusal())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::fs::{Advice, fadvise};

    use super::*;

    #[test]
    fn what_the_page_cache_does_not_hold_is_not_waited_for() {
        let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..1 << 20).map(|at: u32| (at >> 7) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let file = File::open(&path).unwrap();
        file.sync_all().unwrap();
        let mut into = vec![0; bytes.len()];
        // Whatever the file system: it is read, or it is told that it would be waited for.
        match read_up_to(&file, &mut into, 0, Wait::MayNot) {
            Ok(read) => assert_eq!((read, &into), (bytes.len(), &bytes)),
            Err(error) => return assert_eq!(error.kind(), io::ErrorKind::WouldBlock),
        }
        let short = read_up_to(&file, &mut into, bytes.len() as u64 - 7, Wait::MayNot).unwrap();
        assert_eq!(short, 7);
        fadvise(&file, 0, None, Advice::DontNeed).unwrap();
        let error = read_up_to(&file, &mut into, 0, Wait::MayNot).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        assert_eq!(read_up_to(&file, &mut into, 0, Wait::May).unwrap(), bytes.len());
        assert_eq!(
            read_up_to(&file, &mut into, 0, Wait::MayNot).unwrap(),
            bytes.len()
        );
    }
}
