//! Page tokens: opaque to clients, useless for any other method, request or feed, and checked before they are believed.

use data_encoding::BASE64URL_NOPAD;
use dateline_proto::{reason, time::Timestamp, v1};
use prost::Message as _;

use super::request::invalid;
use crate::refusal::Refusal;

const CHECKSUM_BYTES: usize = 8;
const PAGE_DEFAULT: usize = 100;

/// Where a list goes on.
#[derive(Clone, PartialEq, ::prost::Message)]
pub(super) struct PageToken {
    /// Hash of the method and of all that the pages of one list have in common.
    #[prost(bytes = "vec", tag = "1")]
    list: Vec<u8>,
    /// The head that the list is pinned to; 0 where it is not.
    #[prost(uint64, tag = "2")]
    pub(super) pin: u64,
    /// The number of the last item, as the list counts.
    #[prost(uint64, tag = "3")]
    pub(super) after: u64,
    /// The last item, where the number alone does not tell.
    #[prost(message, optional, tag = "4")]
    pub(super) actor: Option<v1::Actor>,
}

/// What the pages of one list have in common.
pub(super) struct List(blake3::Hash);

impl List {
    /// `parts`: the method, the feed's epoch, and each field that has to stay the same.
    pub(super) fn new(parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part.as_bytes());
        }
        Self(hasher.finalize())
    }

    /// All that the pages have in common, as a hash.
    pub(super) fn identity(&self) -> [u8; 32] {
        *self.0.as_bytes()
    }

    /// The token that goes on after an item.
    pub(super) fn token(&self, pin: u64, after: u64, actor: Option<v1::Actor>) -> String {
        let list = self.0.as_bytes()[..CHECKSUM_BYTES].to_vec();
        let mut bytes = PageToken {
            list,
            pin,
            after,
            actor,
        }
        .encode_to_vec();
        let checksum = blake3::hash(&bytes);
        bytes.extend_from_slice(&checksum.as_bytes()[..CHECKSUM_BYTES]);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// The token of a request; none asks for the first page.
    /// # Errors
    /// Not a token of this list.
    pub(super) fn read(&self, token: &str) -> Result<Option<PageToken>, Refusal> {
        if token.is_empty() {
            return Ok(None);
        }
        let token = decode(token).filter(|token| token.list == self.0.as_bytes()[..CHECKSUM_BYTES]);
        token.map(Some).ok_or_else(|| {
            let message = "page_token is not of this list: hand on next_page_token as it came, with the same method and fields";
            Refusal::invalid(reason::PAGE_TOKEN_INVALID, "page_token", message)
        })
    }
}

fn decode(token: &str) -> Option<PageToken> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (body, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM_BYTES)?)?;
    if blake3::hash(body).as_bytes()[..CHECKSUM_BYTES] != *checksum {
        return None;
    }
    PageToken::decode(body).ok()
}

/// A time as a part of a list's identity.
pub(super) fn time_text(time: Option<Timestamp>) -> String {
    time.map_or_else(String::new, |time| format!("{}.{}", time.seconds, time.nanos))
}

/// The size of a page: 0 is the usual one, more than `most` is `most`.
/// # Errors
/// A negative size.
pub(super) fn size(asked: i32, most: usize) -> Result<usize, Refusal> {
    match usize::try_from(asked) {
        Ok(0) => Ok(PAGE_DEFAULT.min(most)),
        Ok(size) => Ok(size.min(most)),
        Err(_) => Err(invalid("page_size", "is negative")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_place_in_its_list_only() {
        let list = List::new(&["ListEvents", "epoch", "type = CONSULT"]);
        let token = list.token(7, 3, None);
        let read = list.read(&token).unwrap().unwrap();
        assert_eq!((read.pin, read.after), (7, 3));
        assert_eq!(list.read("").unwrap(), None);
        for other in [
            List::new(&["ListActors", "epoch", "type = CONSULT"]),
            List::new(&["ListEvents", "epochtype = CONSULT"]),
        ] {
            assert_eq!(
                other.read(&token).unwrap_err().reason(),
                reason::PAGE_TOKEN_INVALID
            );
        }
    }

    #[test]
    fn a_token_with_any_byte_changed_is_refused() {
        let list = List::new(&["ListEvents"]);
        let token = list.token(7, 3, None);
        for index in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(list.read(&changed).is_err(), "{changed}");
            assert!(list.read(&token[..index.max(1)]).is_err());
        }
        assert!(list.read("no token, and not even base64").is_err());
    }

    #[test]
    fn page_sizes_have_a_default_and_a_most() {
        assert_eq!(size(0, 1_000).unwrap(), 100);
        assert_eq!(size(0, 10).unwrap(), 10);
        assert_eq!(size(i32::MAX, 1_000).unwrap(), 1_000);
        assert_eq!(size(-1, 1_000).unwrap_err().field(), Some("page_size"));
    }
}
