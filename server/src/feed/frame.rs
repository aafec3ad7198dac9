//! Messages as they go to the wire: gRPC's length-prefixed frames, made once and shared by all who receive the same.

use std::io::{self, Write as _};

use bytes::{BufMut as _, Bytes, BytesMut};
use dateline_proto::v1::{SubscribeResponse, subscribe_response::Message};
use prost::Message as _;

/// Flag and length before each message (gRPC over HTTP/2, "Length-Prefixed-Message").
pub(crate) const PREFIX: usize = 5;
/// Messages below this are sent as they are: compressing them saves nothing.
const COMPRESSED_FROM: usize = 512;
/// As gzip itself has it by default.
const GZIP_LEVEL: u32 = 6;
/// As zstd itself has it by default.
const ZSTD_LEVEL: i32 = 3;

/// How messages are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Not at all.
    #[default]
    Identity,
    /// gzip.
    Gzip,
    /// zstd.
    Zstd,
}

impl Encoding {
    /// The first of a grpc-accept-encoding header that this server has; none: Identity.
    pub fn accepted(header: &str) -> Self {
        let mut names = header.split(',').map(str::trim);
        names.find_map(Self::compressing).unwrap_or_default()
    }

    fn compressing(name: &str) -> Option<Self> {
        match name {
            "gzip" => Some(Self::Gzip),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    /// As headers name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// A message on its own.
pub(super) fn of(message: Message) -> Bytes {
    let response = SubscribeResponse {
        message: Some(message),
    };
    let mut frame = begin(response.encoded_len());
    response.encode(&mut frame).expect("the buffer grows");
    finish(frame, Encoding::Identity)
}

/// A frame whose message is put behind its prefix; `length` is a guess.
pub(super) fn begin(length: usize) -> BytesMut {
    let mut frame = BytesMut::with_capacity(PREFIX + length);
    frame.put_bytes(0, PREFIX);
    frame
}

/// The frame, with its prefix filled in and compressed if that is wanted and worth it.
pub(super) fn finish(mut frame: BytesMut, encoding: Encoding) -> Bytes {
    if encoding != Encoding::Identity
        && frame.len() - PREFIX >= COMPRESSED_FROM
        && let Ok(compressed) = compress(&frame[PREFIX..], encoding)
    {
        return compressed;
    }
    put_length(&mut frame);
    frame.freeze()
}

/// A frame that is there in parts, its prefix in the first, as one and compressed.
pub(super) fn join(parts: &[Bytes], encoding: Encoding) -> Bytes {
    let mut frame = BytesMut::with_capacity(parts.iter().map(Bytes::len).sum());
    parts.iter().for_each(|part| frame.put_slice(part));
    finish(frame, encoding)
}

/// The prefix of a message that is not compressed.
pub(super) fn prefix(length: usize) -> [u8; PREFIX] {
    let [a, b, c, d] = u32::try_from(length)
        .expect("batches are far smaller")
        .to_be_bytes();
    [0, a, b, c, d]
}

fn put_length(frame: &mut BytesMut) {
    let prefix = prefix(frame.len() - PREFIX);
    frame[..PREFIX].copy_from_slice(&prefix);
}

fn compress(message: &[u8], encoding: Encoding) -> io::Result<Bytes> {
    let mut out = begin(message.len() / 2).writer();
    match encoding {
        Encoding::Identity => out.write_all(message)?,
        Encoding::Gzip => {
            let level = flate2::Compression::new(GZIP_LEVEL);
            let mut encoder = flate2::write::GzEncoder::new(&mut out, level);
            encoder.write_all(message)?;
            encoder.finish()?;
        }
        Encoding::Zstd => zstd::stream::copy_encode(message, &mut out, ZSTD_LEVEL)?,
    }
    let mut frame = out.into_inner();
    put_length(&mut frame);
    frame[0] = u8::from(encoding != Encoding::Identity);
    Ok(frame.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_encoding_is_taken() {
        assert_eq!(Encoding::accepted("identity, deflate, gzip"), Encoding::Gzip);
        assert_eq!(Encoding::accepted("zstd,gzip"), Encoding::Zstd);
        assert_eq!(Encoding::accepted("br"), Encoding::Identity);
        assert_eq!(Encoding::accepted(""), Encoding::Identity);
    }

    #[test]
    fn a_compressed_frame_holds_the_message() {
        let message: Vec<u8> = (0..5_000_u32)
            .flat_map(|number| (number / 7).to_le_bytes())
            .collect();
        for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Zstd] {
            let mut frame = begin(message.len());
            frame.put_slice(&message);
            let frame = finish(frame, encoding);
            let (prefix, body) = frame.split_at(PREFIX);
            assert_eq!(prefix[0] == 1, encoding != Encoding::Identity);
            assert_eq!(prefix[1..], u32::try_from(body.len()).unwrap().to_be_bytes());
            let decoded = match encoding {
                Encoding::Identity => body.to_vec(),
                Encoding::Gzip => {
                    let mut out = Vec::new();
                    io::copy(&mut flate2::read::GzDecoder::new(body), &mut out).unwrap();
                    out
                }
                Encoding::Zstd => zstd::decode_all(body).unwrap(),
            };
            assert_eq!(decoded, message);
            assert!(encoding == Encoding::Identity || body.len() < message.len() / 2);
        }
    }
}
