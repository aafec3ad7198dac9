//! A subscriber that counts events without decoding them, so that a run measures the server and not its reader.

use bytes::{Buf, Bytes};
use dateline_proto::v1::SubscribeRequest;
use prost::{
    Message,
    encoding::{WireType, decode_key, decode_varint},
};
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::http::uri::PathAndQuery,
    transport::Channel,
};

const BATCH_FIELD: u32 = 2;
const CAUGHT_UP_FIELD: u32 = 4;
const EVENTS_FIELD: u32 = 1;

/// What one message of a subscription holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Events of the batch; 0 for another message.
    pub events: u64,
    /// It was `caught_up`.
    pub caught_up: bool,
}

/// Subscribes; messages arrive as counts.
///
/// # Errors
/// What the server refused with.
pub async fn subscribe(
    channel: Channel,
    request: SubscribeRequest,
) -> Result<tonic::Streaming<Count>, Status> {
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready()
        .await
        .map_err(|error| Status::unavailable(error.to_string()))?;
    let path = PathAndQuery::from_static("/dateline.v1.FeedService/Subscribe");
    let response = grpc
        .server_streaming(tonic::Request::new(request), path, CountingCodec)
        .await?;
    Ok(response.into_inner())
}

#[derive(Clone, Copy, Default)]
struct CountingCodec;

impl Codec for CountingCodec {
    type Encode = SubscribeRequest;
    type Decode = Count;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for CountingCodec {
    type Item = SubscribeRequest;
    type Error = Status;

    fn encode(&mut self, item: SubscribeRequest, out: &mut EncodeBuf<'_>) -> Result<(), Status> {
        item.encode(out)
            .map_err(|error| Status::internal(error.to_string()))
    }
}

impl Decoder for CountingCodec {
    type Item = Count;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<Count>, Status> {
        let message = source.copy_to_bytes(source.remaining());
        count(message)
            .map(Some)
            .map_err(|error| Status::internal(error.to_string()))
    }
}

fn count(message: Bytes) -> Result<Count, prost::DecodeError> {
    let mut count = Count::default();
    each_field(message, |field, content| {
        if field == BATCH_FIELD {
            each_field(content, |field, _| {
                count.events += u64::from(field == EVENTS_FIELD);
                Ok(())
            })?;
        } else if field == CAUGHT_UP_FIELD {
            count.caught_up = true;
        }
        Ok(())
    })?;
    Ok(count)
}

/// Calls `visit` with the number and content of each length-delimited field; others are passed over.
fn each_field(
    mut message: Bytes,
    mut visit: impl FnMut(u32, Bytes) -> Result<(), prost::DecodeError>,
) -> Result<(), prost::DecodeError> {
    while message.has_remaining() {
        let (field, wire_type) = decode_key(&mut message)?;
        match wire_type {
            WireType::Varint => drop(decode_varint(&mut message)?),
            WireType::ThirtyTwoBit => message.advance(4.min(message.remaining())),
            WireType::SixtyFourBit => message.advance(8.min(message.remaining())),
            _ => {
                let length = usize::try_from(decode_varint(&mut message)?).unwrap_or(usize::MAX);
                let content = message.split_to(length.min(message.remaining()));
                visit(field, content)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_proto::v1::{Event, EventBatch, SubscribeResponse, subscribe_response};

    #[test]
    fn events_of_a_batch_are_counted() {
        let events = vec![
            Event {
                confidence: 0.5,
                revision: 3,
                ..Event::default()
            };
            7
        ];
        let batch = EventBatch {
            events,
            cursor: "c".into(),
            left: vec![1, 2],
        };
        let response = SubscribeResponse {
            message: Some(subscribe_response::Message::Batch(batch)),
        };
        let count = count(response.encode_to_vec().into()).unwrap();
        assert_eq!(count.events, 7);
        assert!(!count.caught_up);
    }
}
