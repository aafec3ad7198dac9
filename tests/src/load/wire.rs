//! Counts the events of a subscription in the bytes as they arrive, without copying or decoding an event.

use anyhow::ensure;

/// Fields of `SubscribeResponse` and `EventBatch`.
const BATCH: u64 = 2;
const CAUGHT_UP: u64 = 4;
const EVENTS: u64 = 1;

/// What has arrived of a stream so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Bytes of messages, with gRPC's prefixes.
    pub bytes: u64,
    /// Messages that began.
    pub messages: u64,
    /// Messages with events.
    pub batches: u64,
    /// Events of batches; an event counts when its length has arrived.
    pub events: u64,
    /// `caught_up` messages.
    pub caught_up: u64,
}

/// Reads gRPC frames of `SubscribeResponse` from chunks that may end anywhere.
#[derive(Debug, Default)]
pub struct Counter {
    seen: Seen,
    /// Bytes to pass over, of a field that nobody asks about.
    skip: u64,
    /// Bytes left of the batch, and of the message behind it.
    batch_left: u64,
    message_left: u64,
    /// A prefix or a field's key and length, while they are incomplete.
    head: Vec<u8>,
}

impl Counter {
    /// What has arrived.
    pub fn seen(&self) -> Seen {
        self.seen
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// They are no uncompressed gRPC frames of protobuf messages.
    pub fn push(&mut self, mut data: &[u8]) -> anyhow::Result<()> {
        self.seen.bytes += data.len() as u64;
        loop {
            if self.skip > 0 {
                let step = self.skip.min(data.len() as u64);
                data = &data[step as usize..];
                self.skip -= step;
            }
            let Some((&byte, rest)) = data.split_first() else {
                return Ok(());
            };
            data = rest;
            self.head.push(byte);
            if self.batch_left == 0 && self.message_left == 0 {
                self.prefix()?;
            } else {
                self.field()?;
            }
        }
    }

    /// Looks at the bytes of a frame's prefix so far.
    fn prefix(&mut self) -> anyhow::Result<()> {
        let &[compressed, a, b, c, d] = self.head.as_slice() else {
            return Ok(());
        };
        ensure!(compressed == 0, "a compressed message arrived");
        self.message_left = u64::from(u32::from_be_bytes([a, b, c, d]));
        self.seen.messages += 1;
        self.head.clear();
        Ok(())
    }

    /// Looks at the bytes of a field's key and length so far.
    fn field(&mut self) -> anyhow::Result<()> {
        ensure!(self.head.len() <= 20, "a field's head has no end");
        let Some((key, used)) = varint(&self.head) else {
            return Ok(());
        };
        let (number, content) = match key & 7 {
            0 => match varint(&self.head[used..]) {
                Some(_) => (0, 0),
                None => return Ok(()),
            },
            1 => (0, 8),
            5 => (0, 4),
            2 => match varint(&self.head[used..]) {
                Some((length, _)) => (key >> 3, length),
                None => return Ok(()),
            },
            other => anyhow::bail!("wire type {other} arrived"),
        };
        let in_batch = self.batch_left > 0;
        let left = if in_batch {
            &mut self.batch_left
        } else {
            &mut self.message_left
        };
        let whole = self.head.len() as u64 + content;
        ensure!(whole <= *left, "a field is longer than what holds it");
        *left -= whole;
        self.head.clear();
        match (in_batch, number) {
            (false, BATCH) => {
                self.seen.batches += 1;
                self.batch_left = content;
            }
            (in_batch, number) => {
                self.seen.events += u64::from(in_batch && number == EVENTS);
                self.seen.caught_up += u64::from(!in_batch && number == CAUGHT_UP);
                self.skip = content;
            }
        }
        Ok(())
    }
}

/// The number at the beginning of the bytes and its length; none while it is incomplete.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (n, byte) in bytes.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            return Some((value, n + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::events::event;
    use dateline_proto::v1::{
        CaughtUp, Checkpoint, EventBatch, SubscribeResponse, SubscriptionStarted,
        subscribe_response::Message as M,
    };
    use prost::Message;

    fn frames() -> Vec<u8> {
        let batch = |events: std::ops::Range<u64>| {
            M::Batch(EventBatch {
                events: events.map(|n| event(n, 400)).collect(),
                cursor: "cursor".into(),
                left: vec![1, 300, 2],
            })
        };
        let started = SubscriptionStarted {
            max_batch_size: 1000,
            warnings: vec!["one".into()],
            ..Default::default()
        };
        let messages = [
            M::Started(started),
            batch(0..1),
            M::Checkpoint(Checkpoint::default()),
            batch(1..300),
            M::Batch(EventBatch::default()),
            M::CaughtUp(CaughtUp::default()),
        ];
        let mut out = Vec::new();
        for message in messages {
            let message = SubscribeResponse {
                message: Some(message),
            };
            out.push(0);
            out.extend((message.encoded_len() as u32).to_be_bytes());
            message.encode(&mut out).unwrap();
        }
        out
    }

    #[test]
    fn events_are_counted_wherever_chunks_end() {
        let frames = frames();
        let expected = Seen {
            bytes: frames.len() as u64,
            messages: 6,
            batches: 3,
            events: 300,
            caught_up: 1,
        };
        for size in [1, 2, 3, 7, 64, 4096, frames.len()] {
            let mut counter = Counter::default();
            for chunk in frames.chunks(size) {
                counter.push(chunk).unwrap();
            }
            assert_eq!(counter.seen(), expected, "in chunks of {size}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for bytes in [&[1u8, 0, 0, 0, 0][..], &[0, 0, 0, 0, 4, 0x12, 200, 1, 0]] {
            assert!(Counter::default().push(bytes).is_err(), "{bytes:?}");
        }
    }
}
