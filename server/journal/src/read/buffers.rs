//! Memory that reads go into, used again and again: a replay that has sent a stretch reads the next one into the same memory, which is
//! warm in the processor's cache, is not zeroed anew and costs no page faults.

use std::sync::{Arc, Mutex};

use bytes::Bytes;

use crate::lock;

/// Size of a buffer. Reads of 64 KiB to 1 MiB cost the same for a byte; this much fits into the processor's second cache with room to spare.
pub(crate) const BUFFER: usize = 256 << 10;
/// Buffers kept when nobody uses them. More are made when more are needed.
const IDLE: usize = 16;

/// Buffers that wait to be used. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers {
    idle: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// A buffer in use. Dropped, it waits for the next one.
#[derive(Debug)]
pub(crate) struct Buffer {
    memory: Vec<u8>,
    length: usize,
    home: Buffers,
}

impl Buffers {
    /// Memory for `length` bytes; what stands in it is of no meaning. More than [`BUFFER`] is made for this use alone.
    pub(crate) fn take(&self, length: usize) -> Buffer {
        let memory = if length > BUFFER {
            vec![0; length]
        } else {
            lock::lock(&self.idle).pop().unwrap_or_else(|| vec![0; BUFFER])
        };
        Buffer {
            memory,
            length,
            home: self.clone(),
        }
    }
}

impl Buffer {
    /// All of it.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.memory[..self.length]
    }

    /// Keeps the first bytes only.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// To be shared and sliced; the memory comes back when the last slice goes.
    pub(crate) fn freeze(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.memory[..self.length]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        if memory.len() == BUFFER {
            let mut idle = lock::lock(&self.home.idle);
            if idle.len() < IDLE {
                idle.push(memory);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_when_its_last_slice_goes_and_few_are_kept() {
        let buffers = Buffers::default();
        let idle = || lock::lock(&buffers.idle).len();
        let mut buffer = buffers.take(1000);
        buffer.bytes_mut().fill(7);
        buffer.truncate(10);
        let bytes = buffer.freeze();
        let slice = bytes.slice(3..5);
        assert_eq!((bytes.len(), slice.as_ref()), (10, [7, 7].as_slice()));
        drop(bytes);
        assert_eq!(idle(), 0);
        drop(slice);
        assert_eq!(idle(), 1);
        let many: Vec<_> = (0..2 * IDLE).map(|_| buffers.take(BUFFER)).collect();
        assert_eq!(idle(), 0);
        drop(many);
        assert_eq!(idle(), IDLE);
        let large = buffers.take(BUFFER + 1);
        assert_eq!((large.as_ref().len(), idle()), (BUFFER + 1, IDLE));
    }
}
