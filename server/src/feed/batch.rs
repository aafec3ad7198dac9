//! A batch of events, put together from the bytes that are stored: nothing is decoded or encoded again.

use bytes::{BufMut as _, Bytes, BytesMut};
use prost::encoding::{encode_varint, encoded_len_varint};

use super::frame::{self, Encoding};

/// A batch is sent at this size; one event alone may be larger.
pub(super) const BATCH_BYTES: usize = 64 * 1024;

/// Field 2 of SubscribeResponse, and of EventBatch: both length-delimited.
const BATCH_TAG: u8 = 2 << 3 | 2;
const CURSOR_TAG: u8 = 2 << 3 | 2;
const LEFT_TAG: u8 = 3 << 3 | 2;
/// A tag and a length.
const HEAD_BYTES: usize = 11;

/// Events on their way into one message.
#[derive(Debug)]
pub(super) struct Batch {
    elements: Vec<Bytes>,
    left: Vec<u32>,
    bytes: usize,
    most_events: usize,
}

impl Batch {
    /// An empty batch of at most so many events.
    pub(super) fn new(most_events: usize) -> Self {
        Self {
            elements: Vec::new(),
            left: Vec::new(),
            bytes: 0,
            most_events,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Whether this element belongs into the next batch.
    pub(super) fn is_full_for(&self, element: &Bytes) -> bool {
        !self.is_empty()
            && (self.elements.len() >= self.most_events || self.bytes + element.len() > BATCH_BYTES)
    }

    /// Adds field 1 of EventBatch, with tag and length; `left`: its new state no longer matches.
    pub(super) fn push(&mut self, element: Bytes, left: bool) {
        if left {
            self.left
                .push(u32::try_from(self.elements.len()).expect("a batch has few events"));
        }
        self.bytes += element.len();
        self.elements.push(element);
    }

    /// The frame of the message, whole, with the cursor up to which it delivers everything; the batch is empty again.
    pub(super) fn finish(&mut self, cursor: &str, encoding: Encoding) -> Bytes {
        let tail = tail(cursor, &self.left);
        let length = self.bytes + tail.len();
        let mut out = frame::begin(length + HEAD_BYTES);
        head(length, &mut out);
        for element in self.elements.drain(..) {
            out.put_slice(&element);
        }
        out.put_slice(&tail);
        self.left.clear();
        self.bytes = 0;
        frame::finish(out, encoding)
    }
}

/// The frame of elements that lie side by side already, so many bytes, as what comes before them and after them, so that they are not
/// copied. `start`: what is to be sent in one piece with the first.
pub(super) fn around(mut start: BytesMut, elements: usize, cursor: &str) -> (Bytes, BytesMut) {
    let tail = tail(cursor, &[]);
    let length = elements + tail.len();
    let total = 1 + encoded_len_varint(length as u64) + length;
    start.reserve(frame::PREFIX + HEAD_BYTES);
    start.put_slice(&frame::prefix(total));
    head(length, &mut start);
    (start.freeze(), tail)
}

/// What comes before the elements.
fn head(length: usize, out: &mut BytesMut) {
    out.put_u8(BATCH_TAG);
    encode_varint(length as u64, out);
}

/// What comes after them.
fn tail(cursor: &str, left: &[u32]) -> BytesMut {
    let left_bytes: usize = left
        .iter()
        .map(|index| encoded_len_varint(u64::from(*index)))
        .sum();
    let room = cursor.len() + left_bytes + 3 * HEAD_BYTES + frame::PREFIX;
    let mut out = BytesMut::with_capacity(room);
    out.put_u8(CURSOR_TAG);
    encode_varint(cursor.len() as u64, &mut out);
    out.put_slice(cursor.as_bytes());
    if left_bytes > 0 {
        out.put_u8(LEFT_TAG);
        encode_varint(left_bytes as u64, &mut out);
        for index in left {
            encode_varint(u64::from(*index), &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use dateline_proto::v1::{Event, EventBatch, SubscribeResponse, subscribe_response::Message as Body};
    use prost::Message as _;

    use super::*;

    fn element(event: &Event) -> Bytes {
        EventBatch {
            events: vec![event.clone()],
            ..EventBatch::default()
        }
        .encode_to_vec()
        .into()
    }

    fn event(id: usize) -> Event {
        Event {
            event_id: format!("event-{id}"),
            summary: "x".repeat(id * 7 % 300),
            ..Event::default()
        }
    }

    #[test]
    fn a_spliced_batch_is_the_generated_message_on_the_wire() {
        for count in [1, 2, 129, 300] {
            let events: Vec<Event> = (0..count).map(event).collect();
            let left: Vec<u32> = (0..count as u32).filter(|index| index % 3 == 1).collect();
            let mut batch = Batch::new(1_000);
            for (index, event) in events.iter().enumerate() {
                batch.push(element(event), index % 3 == 1);
            }
            let side_by_side: Vec<u8> = events.iter().flat_map(element).collect();
            let frame = batch.finish("cursor", Encoding::Identity);
            let expected = SubscribeResponse {
                message: Some(Body::Batch(EventBatch {
                    events,
                    cursor: "cursor".into(),
                    left,
                })),
            };
            assert_eq!(frame[..5], frame::prefix(frame.len() - 5));
            assert_eq!(frame[5..], expected.encode_to_vec());
            assert!(batch.is_empty());

            let (head, tail) = around(BytesMut::from("before"), side_by_side.len(), "cursor");
            let parts = [&head["before".len()..], &side_by_side, &tail].concat();
            let Some(Body::Batch(batch)) = expected.message else {
                unreachable!("made above")
            };
            let expected = SubscribeResponse {
                message: Some(Body::Batch(EventBatch {
                    left: Vec::new(),
                    ..batch
                })),
            };
            assert_eq!(parts[..5], frame::prefix(parts.len() - 5));
            assert_eq!(parts[5..], expected.encode_to_vec());
        }
    }

    #[test]
    fn a_batch_is_full_at_its_events_or_its_bytes() {
        let small = element(&event(1));
        let mut batch = Batch::new(2);
        assert!(!batch.is_full_for(&small));
        batch.push(small.clone(), false);
        assert!(!batch.is_full_for(&small));
        batch.push(small.clone(), false);
        assert!(batch.is_full_for(&small));
        let large = Bytes::from(vec![0; BATCH_BYTES + 1]);
        let mut batch = Batch::new(1_000);
        assert!(
            !batch.is_full_for(&large),
            "one event alone may be larger than a batch"
        );
        batch.push(large, false);
        assert!(batch.is_full_for(&small));
    }
}
