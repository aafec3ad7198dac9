//! Encoding a revision once: an element of an event batch whose cursor and times have a fixed width and are filled in when it is ordered.
//!
//! The fixed part stands at the end of the element, so that its place is known without decoding:
//! `.. [create_time 15 bytes, revision 1 only] [update_time 15 bytes] [cursor 30 bytes]`.

use dateline_proto::{time::Timestamp, v1};
use prost::{
    Message,
    encoding::{encode_varint, encoded_len_varint},
};

use crate::Cursor;

/// Tag and length of `Event.create_time` (26).
const CREATE_HEADER: [u8; 3] = [0xD2, 0x01, TIME_LEN as u8];
/// Tag and length of `Event.update_time` (27).
const UPDATE_HEADER: [u8; 3] = [0xDA, 0x01, TIME_LEN as u8];
/// Tag and length of `Event.cursor` (4).
const CURSOR_HEADER: [u8; 2] = [0x22, Cursor::LEN as u8];
/// Tag of `EventBatch.events` (1).
const ELEMENT_TAG: u8 = 0x0A;
/// Two tags, each with a varint of five bytes.
const TIME_LEN: usize = 12;
const UPDATE_LEN: usize = UPDATE_HEADER.len() + TIME_LEN;
const CURSOR_LEN: usize = CURSOR_HEADER.len() + Cursor::LEN;

/// Appends the element to `data`, with blanks where [`stamp`] writes. What the event says in those fields is left out, but for
/// create_time of a later revision.
pub(crate) fn encode(event: &v1::Event, data: &mut Vec<u8>) -> usize {
    let first = event.revision == 1;
    if !event.cursor.is_empty() || event.update_time.is_some() || first && event.create_time.is_some() {
        let mut event = event.clone();
        event.cursor.clear();
        event.update_time = None;
        if first {
            event.create_time = None;
        }
        return encode(&event, data);
    }
    let length = event.encoded_len() + if first { UPDATE_LEN } else { 0 } + UPDATE_LEN + CURSOR_LEN;
    let total = 1 + encoded_len_varint(length as u64) + length;
    data.reserve(total);
    data.push(ELEMENT_TAG);
    encode_varint(length as u64, data);
    event.encode_raw(data);
    if first {
        data.extend_from_slice(&CREATE_HEADER);
        data.extend_from_slice(&[0; TIME_LEN]);
    }
    data.extend_from_slice(&UPDATE_HEADER);
    data.extend_from_slice(&[0; TIME_LEN]);
    data.extend_from_slice(&CURSOR_HEADER);
    data.extend_from_slice(&[0; Cursor::LEN]);
    total
}

/// Fills in an element that [`encode`] wrote; `first`: of an event's first revision.
pub(crate) fn stamp(element: &mut [u8], first: bool, cursor: Cursor, time: Timestamp) {
    let encoded = encode_time(time);
    let end = element.len();
    element[end - Cursor::LEN..].copy_from_slice(&cursor.to_ascii());
    let update_end = end - CURSOR_LEN;
    element[update_end - TIME_LEN..update_end].copy_from_slice(&encoded);
    if first {
        let create_end = update_end - UPDATE_LEN;
        element[create_end - TIME_LEN..create_end].copy_from_slice(&encoded);
    }
}

/// A timestamp of fixed width: its varints are padded to five bytes, which every protobuf decoder reads.
fn encode_time(time: Timestamp) -> [u8; TIME_LEN] {
    let seconds = u64::try_from(time.seconds).unwrap_or(0).min((1 << 35) - 1);
    let nanos = u64::try_from(time.nanos).unwrap_or(0);
    let mut bytes = [0; TIME_LEN];
    bytes[0] = 0x08;
    bytes[1..6].copy_from_slice(&padded(seconds));
    bytes[6] = 0x10;
    bytes[7..12].copy_from_slice(&padded(nanos));
    bytes
}

/// Whether an element of this length, ordered at this time, says that time: all that [`stamp`] wrote do.
pub(crate) fn has_time(length: usize, time: Timestamp) -> bool {
    length > UPDATE_LEN + CURSOR_LEN && (0..1 << 35).contains(&time.seconds)
}

/// update_time of an element that [`stamp`] wrote; `bytes` end where the element ends.
pub(crate) fn update_time(bytes: &[u8]) -> Timestamp {
    let end = bytes.len() - CURSOR_LEN;
    let time = &bytes[end - TIME_LEN..end];
    let number = |padded: &[u8]| {
        padded
            .iter()
            .rev()
            .fold(0_u64, |number, byte| number << 7 | u64::from(byte & 0x7F))
    };
    Timestamp {
        seconds: number(&time[1..6]).cast_signed(),
        nanos: number(&time[7..]) as i32,
    }
}

fn padded(number: u64) -> [u8; 5] {
    std::array::from_fn(|at| {
        let low = (number >> (7 * at)) as u8 & 0x7F;
        if at < 4 { low | 0x80 } else { low }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Epoch, Sequence};

    proptest! {
        #[test]
        fn a_stamped_element_decodes_to_the_stamped_event(
            revision in 1..4_u32, seconds in 0..(1_i64 << 35), nanos in 0..1_000_000_000, summary in ".{0,300}", sequence: u64,
        ) {
            let created = Some(Timestamp { seconds: 5, nanos: 6 });
            let mut event = v1::Event {
                event_id: "e".into(), revision, summary, cursor: "forged".into(), create_time: created, ..Default::default()
            };
            let time = Timestamp { seconds, nanos };
            let cursor = Cursor { epoch: Epoch::from_bytes([1; 8]), sequence: Sequence::new(sequence) };
            let mut data = vec![0xFF];
            let length = encode(&event, &mut data);
            prop_assert_eq!(data.len(), length + 1);
            stamp(&mut data[1..], revision == 1, cursor, time);
            event.cursor = cursor.to_string();
            event.update_time = Some(time);
            event.create_time = if revision == 1 { Some(time) } else { created };
            let batch = v1::EventBatch::decode(&data[1..]).unwrap();
            prop_assert_eq!(&batch.events[0], &event);
            prop_assert_eq!(&event.cursor, &cursor.to_string());
            prop_assert_eq!(event.update_time, Some(time));
            prop_assert_eq!(update_time(&data), time);
            prop_assert_eq!(event.create_time, if revision == 1 { Some(time) } else { created });
        }
    }
}
