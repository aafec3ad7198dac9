//! The answer of Subscribe as a server sends it: a message, or bytes that are one already.

use bytes::{Buf, BufMut, Bytes};
use prost::{
    DecodeError, Message,
    encoding::{DecodeContext, WireType},
};

use crate::v1::SubscribeResponse;

/// One [`SubscribeResponse`] on its way to the wire. Events are encoded once, when they are appended to the journal; `Encoded` lets
/// a batch be put together from those bytes and be shared by many streams. On the wire both are the same.
#[derive(Clone, Debug)]
pub enum SubscribeFrame {
    /// A message, encoded when it is sent.
    Message(Box<SubscribeResponse>),
    /// The encoding of a whole [`SubscribeResponse`].
    Encoded(Bytes),
}

impl From<SubscribeResponse> for SubscribeFrame {
    fn from(response: SubscribeResponse) -> Self {
        Self::Message(Box::new(response))
    }
}

impl Default for SubscribeFrame {
    fn default() -> Self {
        SubscribeResponse::default().into()
    }
}

impl Message for SubscribeFrame {
    fn encode_raw(&self, buf: &mut impl BufMut) {
        match self {
            Self::Message(message) => message.encode_raw(buf),
            Self::Encoded(bytes) => buf.put_slice(bytes),
        }
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buf: &mut impl Buf,
        ctx: DecodeContext,
    ) -> Result<(), DecodeError> {
        if let Self::Encoded(bytes) = self {
            *self = SubscribeResponse::decode(std::mem::take(bytes))?.into();
        }
        match self {
            Self::Message(message) => message.merge_field(tag, wire_type, buf, ctx),
            Self::Encoded(_) => unreachable!("replaced by the message above"),
        }
    }

    fn encoded_len(&self) -> usize {
        match self {
            Self::Message(message) => message.encoded_len(),
            Self::Encoded(bytes) => bytes.len(),
        }
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::{CaughtUp, subscribe_response};

    fn caught_up() -> SubscribeResponse {
        let message = CaughtUp {
            cursor: "c".into(),
            delivered_events: 7,
        };
        SubscribeResponse {
            message: Some(subscribe_response::Message::CaughtUp(message)),
        }
    }

    #[test]
    fn both_kinds_are_the_same_on_the_wire() {
        let bytes = caught_up().encode_to_vec();
        assert_eq!(SubscribeFrame::from(caught_up()).encode_to_vec(), bytes);
        assert_eq!(
            SubscribeFrame::Encoded(bytes.clone().into()).encode_to_vec(),
            bytes
        );
    }

    #[test]
    fn a_frame_decodes_to_the_message() {
        let bytes = caught_up().encode_to_vec();
        let SubscribeFrame::Message(message) = SubscribeFrame::decode(bytes.as_slice()).unwrap() else {
            panic!("a decoded frame is a message")
        };
        assert_eq!(*message, caught_up());
    }
}
