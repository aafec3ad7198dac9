//! Reading the fields of one section: little-endian numbers and length-prefixed text.

use super::{ModelError, malformed};

/// A cursor over a section's bytes; every read past its end is an error that names the section.
pub(crate) struct Reader<'a> {
    section: &'a str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(section: &'a str, data: &'a [u8]) -> Reader<'a> {
        Reader { section, rest: data }
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or_else(|| self.error("ends early"))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.array::<1>()?[0])
    }

    pub(crate) fn u16(&mut self) -> Result<u16, ModelError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// Text after its length in bytes.
    pub(crate) fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.u16()?;
        let bytes = self.bytes(length.into())?;
        str::from_utf8(bytes).map_err(|_| self.error("text is not UTF-8"))
    }

    /// A number, and that many texts.
    pub(crate) fn texts(&mut self) -> Result<Vec<&'a str>, ModelError> {
        let count = self.u32()?;
        (0..count).map(|_| self.text()).collect()
    }

    /// Front-coded words, as `front_coded` of `make_model.py` writes them, handed to `each` one by one.
    pub(crate) fn words(&mut self, mut each: impl FnMut(&[u8])) -> Result<(), ModelError> {
        let mut word = Vec::new();
        for _ in 0..self.u32()? {
            let (shared, length) = (self.u8()?, self.u8()?);
            word.truncate(shared.into());
            word.extend_from_slice(self.bytes(length.into())?);
            each(&word);
        }
        Ok(())
    }

    /// An error that names this section.
    pub(crate) fn error(&self, problem: impl Into<String>) -> ModelError {
        malformed(self.section, problem)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let bytes = self.bytes(N)?;
        Ok(bytes.try_into().expect("bytes() gives the length asked for"))
    }
}
