//! The servers of the limits: what they send lies ready in memory.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use bytes::Bytes;

use super::wire::Counter;

mod server;
mod socket;

pub use server::serve;

/// Name of the limit that sends gRPC.
pub const TONIC: &str = "tonic-limit";
/// Name of the limit that writes plain TCP.
pub const TCP: &str = "tcp-limit";

const PREFIX: usize = 5;

/// gRPC frames that hold events, one after the other.
#[derive(Clone, Debug)]
pub struct Recording {
    bytes: Bytes,
    /// Where each frame ends, and how many events there are by then.
    ends: Vec<(usize, u64)>,
}

impl Recording {
    /// The frames with events of a stream's bytes.
    ///
    /// # Errors
    /// They are no whole gRPC frames of subscription messages, or hold no event.
    pub fn of(stream: &[u8]) -> anyhow::Result<Self> {
        let (mut bytes, mut ends, mut events) = (Vec::new(), Vec::new(), 0);
        let mut rest = stream;
        while !rest.is_empty() {
            let length = rest.get(1..PREFIX).context("a frame's prefix is cut off")?;
            let length = length.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
            let (frame, behind) = rest
                .split_at_checked(PREFIX + length)
                .context("a frame is cut off")?;
            let mut counter = Counter::default();
            counter.push(frame)?;
            if counter.seen().events > 0 {
                events += counter.seen().events;
                bytes.extend_from_slice(frame);
                ends.push((bytes.len(), events));
            }
            rest = behind;
        }
        ensure!(events > 0, "nothing was recorded");
        Ok(Self {
            bytes: bytes.into(),
            ends,
        })
    }

    /// Reads a file that [`Self::save`] wrote.
    ///
    /// # Errors
    /// It cannot be read or is no recording.
    pub fn load(file: &Path) -> anyhow::Result<Self> {
        Self::of(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)
    }

    /// Writes the frames to a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn save(&self, file: &Path) -> anyhow::Result<()> {
        Ok(fs::write(file, &self.bytes)?)
    }

    /// Stretches of at most `chunk` bytes with whole frames and at least so many events in all; the recording is repeated as needed.
    fn stretches(&self, events: u64, chunk: usize) -> impl Iterator<Item = Bytes> + Send + 'static {
        let whole = self.ends.last().map_or(1, |end| end.1);
        let rounds = events / whole;
        let left = events % whole;
        let last = match self.ends.iter().find(|end| end.1 >= left) {
            Some(&(end, _)) if left > 0 => end,
            _ => 0,
        };
        let bytes = self.bytes.clone();
        (0..=rounds).flat_map(move |round| {
            let stretch = if round < rounds {
                bytes.clone()
            } else {
                bytes.slice(..last)
            };
            (0..stretch.len())
                .step_by(chunk)
                .map(move |start| stretch.slice(start..stretch.len().min(start + chunk)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::events::event;
    use dateline_proto::v1::{CaughtUp, EventBatch, SubscribeResponse, subscribe_response::Message as M};
    use prost::Message;

    fn frame(message: M) -> Vec<u8> {
        let message = SubscribeResponse {
            message: Some(message),
        };
        let mut out = vec![0];
        out.extend((message.encoded_len() as u32).to_be_bytes());
        out.extend(message.encode_to_vec());
        out
    }

    fn batch(events: u64) -> Vec<u8> {
        frame(M::Batch(EventBatch {
            events: (0..events).map(|n| event(n, 400)).collect(),
            ..Default::default()
        }))
    }

    #[test]
    fn a_recording_holds_the_batches_and_is_repeated_as_needed() {
        let stream = [batch(3), frame(M::CaughtUp(CaughtUp::default())), batch(4)].concat();
        let recording = Recording::of(&stream).unwrap();
        for (events, sent) in [(1, 3), (3, 3), (4, 7), (7, 7), (8, 10), (21, 21), (26, 28)] {
            let mut counter = Counter::default();
            for stretch in recording.stretches(events, 100) {
                counter.push(&stretch).unwrap();
            }
            assert_eq!(counter.seen().events, sent, "for {events}");
        }
        assert!(Recording::of(&stream[..10]).is_err());
        assert!(Recording::of(&frame(M::CaughtUp(CaughtUp::default()))).is_err());
    }
}
