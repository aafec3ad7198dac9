//! Reading pieces that lie about in a file: those that are close in one go, all into one allocation.

use std::{fs::File, io, os::unix::fs::FileExt};

use bytes::Bytes;

use super::buffers::Buffers;

/// Pieces closer than this are read in one go: copying what is between costs what another call would.
const NEAR: u64 = 2 << 10;
/// From this size on memory that is used again is taken: it is larger than what is put in, and lives as long as a piece of it.
const WORTH_A_BUFFER: usize = 64 << 10;

/// Offset and length of a piece.
pub(super) type Spot = (u64, u32);

/// Reads pieces in ascending order; one of length 0 is nowhere. A piece is short, or empty, where the file ends.
pub(super) fn gather(file: &File, spots: &[Spot], buffers: &Buffers) -> io::Result<Vec<Bytes>> {
    let near = |a: &Spot, b: &Spot| {
        let end = a.0 + u64::from(a.1);
        a.1 > 0 && b.1 > 0 && b.0 >= end && b.0 - end <= NEAR
    };
    let span = |close: &[Spot]| match close {
        [first, .., last] => (last.0 + u64::from(last.1) - first.0) as usize,
        [only] => only.1 as usize,
        [] => 0,
    };
    let total: usize = spots.chunk_by(near).map(span).sum();
    let mut memory = Memory::new(total, buffers);
    let mut ranges = Vec::with_capacity(spots.len());
    let mut at = 0;
    for close in spots.chunk_by(near) {
        let length = span(close);
        let start = close[0].0;
        let read = match length {
            0 => 0,
            _ => read_up_to(file, &mut memory.bytes_mut()[at..at + length], start)?,
        };
        for (offset, length) in close {
            let from = ((offset - start) as usize).min(read);
            let to = (from + *length as usize).min(read);
            ranges.push(at + from..at + to);
        }
        at += length;
    }
    let bytes = memory.freeze();
    Ok(ranges.into_iter().map(|range| bytes.slice(range)).collect())
}

/// Reads what there is at a place; returns how much, less than asked for where the file ends.
pub(crate) fn read_up_to(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        match file.read_at(&mut bytes[done..], offset + done as u64) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Where pieces are read into.
enum Memory {
    Own(Vec<u8>),
    Shared(super::buffers::Buffer),
}

impl Memory {
    fn new(length: usize, buffers: &Buffers) -> Self {
        if length < WORTH_A_BUFFER {
            Self::Own(vec![0; length])
        } else {
            Self::Shared(buffers.take(length))
        }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(buffer) => buffer.bytes_mut(),
        }
    }

    fn freeze(self) -> Bytes {
        match self {
            Self::Own(bytes) => bytes.into(),
            Self::Shared(buffer) => buffer.freeze(),
        }
    }
}
