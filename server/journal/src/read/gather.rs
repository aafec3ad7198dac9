//! Reading pieces that lie about in a file: those that are close in one go, all into one allocation.

use std::{fs::File, io};

use bytes::Bytes;

use super::{
    at::{Wait, read_up_to},
    buffers::{BUFFER, Buffers},
};

/// Pieces closer than this are read in one go: reading what is between costs what another call would.
const NEAR: u64 = 4 << 10;
/// From this size on memory that is used again is taken: it is larger than what is put in, and lives as long as a piece of it.
const WORTH_A_BUFFER: usize = 64 << 10;

/// Offset and length of a piece.
pub(super) type Spot = (u64, u32);

fn end(spot: &Spot) -> u64 {
    spot.0 + u64::from(spot.1)
}

/// Reads pieces in ascending order; one of length 0 is nowhere. A piece is short, or empty, where the file ends. All are slices of one
/// allocation, in which nothing else is.
pub(super) fn gather(file: &File, spots: &[Spot], buffers: &Buffers) -> io::Result<Vec<Bytes>> {
    let total: usize = spots.iter().map(|spot| spot.1 as usize).sum();
    if total == 0 {
        return Ok(vec![Bytes::new(); spots.len()]);
    }
    let mut memory = Memory::new(total, buffers);
    let mut scratch = None;
    let mut lengths = Vec::with_capacity(spots.len());
    let mut rest = memory.bytes_mut();
    for close in close(spots) {
        let length = close.iter().map(|spot| spot.1 as usize).sum();
        let (into, after) = rest.split_at_mut(length);
        rest = after;
        let start = close[0].0;
        let span = close.last().map_or(0, |last| end(last) - start) as usize;
        if span == length {
            let mut read = read_up_to(file, into, start, Wait::May)?;
            for spot in close {
                let whole = (spot.1 as usize).min(read);
                lengths.push(whole);
                read -= whole;
            }
            continue;
        }
        let scratch = scratch.get_or_insert_with(|| buffers.take(BUFFER));
        let read = read_up_to(file, &mut scratch.bytes_mut()[..span], start, Wait::May)?;
        let bytes = &scratch.as_ref()[..read];
        let mut at = 0;
        for (offset, length) in close {
            let from = ((offset - start) as usize).min(read);
            let piece = &bytes[from..(from + *length as usize).min(read)];
            into[at..at + piece.len()].copy_from_slice(piece);
            lengths.push(piece.len());
            at += *length as usize;
        }
    }
    let bytes = memory.freeze();
    let mut at = 0;
    let pieces = spots.iter().zip(lengths).map(|(spot, length)| {
        let piece = bytes.slice(at..at + length);
        at += spot.1 as usize;
        piece
    });
    Ok(pieces.collect())
}

/// Spots that are read in one go: side by side; or close to each other, and in all not more than a buffer takes.
fn close(spots: &[Spot]) -> impl Iterator<Item = &[Spot]> {
    let mut rest = spots;
    std::iter::from_fn(move || {
        let first = *rest.first()?;
        let mut gaps = false;
        let follows = |pair: &&[Spot]| {
            let (a, b) = (pair[0], pair[1]);
            if a.1 == 0 || b.1 == 0 || b.0 < end(&a) || b.0 - end(&a) > NEAR {
                return false;
            }
            let gap = b.0 > end(&a);
            let fits = end(&b) - first.0 <= BUFFER as u64;
            gaps |= gap;
            fits || !gaps
        };
        let count = 1 + rest.windows(2).take_while(follows).count();
        let (chunk, after) = rest.split_at(count);
        rest = after;
        Some(chunk)
    })
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

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn pieces_are_what_stands_in_the_file(steps in vec((prop_oneof![Just(0_u64), 0..20_000_u64], prop_oneof![Just(0_u32), 1..30_000_u32]), 1..40)) {
            let bytes: Vec<u8> = (0..300_000_u32).map(|at| ((at * 7919) >> 5) as u8).collect();
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("file");
            std::fs::write(&path, &bytes).unwrap();
            let mut at = 0;
            let spots: Vec<Spot> = steps.into_iter().map(|(gap, length)| {
                let spot = (at + gap, length);
                at = end(&spot);
                spot
            }).collect();
            let pieces = gather(&File::open(&path).unwrap(), &spots, &Buffers::default()).unwrap();
            prop_assert_eq!(pieces.len(), spots.len());
            for (piece, spot) in pieces.iter().zip(&spots) {
                let from = (spot.0 as usize).min(bytes.len());
                let to = (end(spot) as usize).min(bytes.len());
                prop_assert_eq!(piece, &bytes[from..to]);
            }
        }
    }
}
