//! Positions in the journal: sequences, the epoch they belong to, and the cursor that names both to the outside.

use std::{fmt, str::FromStr};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

/// Position of a revision in the journal: 1 for the first, then one more for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(u64);

impl Sequence {
    /// Before the first revision.
    pub const ZERO: Self = Self(0);

    /// The `sequence`-th revision.
    pub const fn new(sequence: u64) -> Self {
        Self(sequence)
    }

    /// The number itself.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The position after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The position before this one; [`Sequence::ZERO`] before the first.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Identity of one journal's life. Sequences of different epochs have nothing to do with each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Epoch([u8; 8]);

impl Epoch {
    /// A new identity, drawn at random.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The identity that these bytes are.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The identity as it is stored.
    pub const fn to_bytes(self) -> [u8; 8] {
        self.0
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Epoch({self})")
    }
}

/// A text is not an epoch: it is not 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an epoch is 16 hexadecimal digits")]
pub struct EpochError;

impl FromStr for Epoch {
    type Err = EpochError;

    fn from_str(text: &str) -> Result<Self, EpochError> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| EpochError)?;
        Ok(Self(bytes.try_into().map_err(|_| EpochError)?))
    }
}

/// A position that a client may keep: after the revision `sequence` of the journal `epoch`.
///
/// Its text is opaque, of fixed width ([`Cursor::LEN`] ASCII bytes, letters, digits, `-` and `_`, never starting with `-`), and
/// guarded by a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Which journal.
    pub epoch: Epoch,
    /// Everything up to and including this one is behind the cursor.
    pub sequence: Sequence,
}

/// First byte of every cursor; another layout gets another number.
const CURSOR_VERSION: u8 = 1;
const CURSOR_BYTES: usize = 1 + 8 + 8 + 4;

impl Cursor {
    /// Length of the text in bytes.
    pub const LEN: usize = CURSOR_BYTES / 3 * 4;

    /// The text as bytes, without an allocation.
    pub fn to_ascii(self) -> [u8; Self::LEN] {
        let mut raw = [0; CURSOR_BYTES];
        raw[0] = CURSOR_VERSION;
        raw[1..9].copy_from_slice(&self.epoch.0);
        raw[9..17].copy_from_slice(&self.sequence.0.to_be_bytes());
        let checksum = crc32fast::hash(&raw[..17]);
        raw[17..].copy_from_slice(&checksum.to_be_bytes());
        let mut text = [0; Self::LEN];
        BASE64URL_NOPAD.encode_mut(&raw, &mut text);
        text
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.to_ascii()).expect("base64 is ASCII"))
    }
}

/// Why a text is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CursorError {
    /// Not a text that any journal gave out.
    #[error("malformed cursor; give one exactly as the feed gave it")]
    Malformed,
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        if text.len() != Self::LEN {
            return Err(CursorError::Malformed);
        }
        let mut raw = [0; CURSOR_BYTES];
        BASE64URL_NOPAD
            .decode_mut(text.as_bytes(), &mut raw)
            .map_err(|_| CursorError::Malformed)?;
        let (body, checksum) = raw.split_at(17);
        if raw[0] != CURSOR_VERSION || crc32fast::hash(body).to_be_bytes() != checksum {
            return Err(CursorError::Malformed);
        }
        let field =
            |range: std::ops::Range<usize>| -> [u8; 8] { raw[range].try_into().expect("eight bytes") };
        Ok(Self {
            epoch: Epoch(field(1..9)),
            sequence: Sequence(u64::from_be_bytes(field(9..17))),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cursors_read_back_and_have_one_width(epoch: [u8; 8], sequence: u64) {
            let cursor = Cursor { epoch: Epoch::from_bytes(epoch), sequence: Sequence::new(sequence) };
            let text = cursor.to_string();
            prop_assert_eq!(text.len(), Cursor::LEN);
            prop_assert!(!text.starts_with('-'));
            prop_assert_eq!(text.parse(), Ok(cursor));
            prop_assert_eq!(cursor.epoch.to_string().parse(), Ok(cursor.epoch));
        }

        #[test]
        fn any_other_text_is_malformed(text in "\\PC{0,40}") {
            prop_assert_eq!(text.parse::<Cursor>(), Err(CursorError::Malformed));
        }

        #[test]
        fn a_changed_byte_is_noticed(sequence: u64, at in 0..Cursor::LEN, byte in b'0'..=b'z') {
            let cursor = Cursor { epoch: Epoch::from_bytes([7; 8]), sequence: Sequence::new(sequence) };
            let mut text = cursor.to_ascii();
            prop_assume!(text[at] != byte);
            text[at] = byte;
            let text = String::from_utf8(text.to_vec()).unwrap();
            prop_assert_eq!(text.parse::<Cursor>(), Err(CursorError::Malformed));
        }
    }
}
