//! What the pipeline asks about a character, answered as Python and spaCy's tokeniser expressions answer.
//!
//! The model file holds the answers for every code point, so that neither a regular expression nor the Unicode version
//! of this program's standard library decides.

use crate::model::{Model, ModelError};

/// A set of questions that a character answers with yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u16);

impl Class {
    /// Python's `isalpha`.
    pub(crate) const ALPHA: Class = Class(1 << 0);
    /// Python's `isdigit`.
    pub(crate) const DIGIT: Class = Class(1 << 1);
    /// Python's `isupper`.
    pub(crate) const UPPER: Class = Class(1 << 2);
    /// Python's `isspace`.
    pub(crate) const SPACE: Class = Class(1 << 3);
    /// `\w`.
    pub(crate) const WORD: Class = Class(1 << 4);
    /// Splits off the front of a chunk.
    pub(crate) const PREFIX: Class = Class(1 << 5);
    /// Splits off the end of a chunk.
    pub(crate) const SUFFIX: Class = Class(1 << 6);
    /// A period after it at the end of a chunk splits off.
    pub(crate) const BEFORE_FINAL_PERIOD: Class = Class(1 << 7);
    /// A period after two of these at the end of a chunk splits off.
    pub(crate) const INITIALS: Class = Class(1 << 8);
    /// Splits a chunk by itself.
    pub(crate) const INFIX: Class = Class(1 << 9);
    /// A period after it may split a chunk.
    pub(crate) const BEFORE_INFIX_PERIOD: Class = Class(1 << 10);
    /// A period before it may split a chunk.
    pub(crate) const AFTER_INFIX_PERIOD: Class = Class(1 << 11);
    /// A letter, as spaCy's infix patterns see it.
    pub(crate) const INFIX_ALPHA: Class = Class(1 << 12);
    /// A hyphen or sign after it may split a chunk.
    pub(crate) const BEFORE_INFIX_SIGN: Class = Class(1 << 13);
    /// May stand in a top-level domain.
    pub(crate) const TLD: Class = Class(1 << 14);
}

/// The class of every code point, in pages of 256 that are stored once.
pub(crate) struct CharClasses {
    pages: Vec<u16>,
    cells: Vec<[u16; 256]>,
}

const PAGES: usize = 0x11_0000 / 256;

impl CharClasses {
    pub(crate) fn load(model: &Model<'_>) -> Result<CharClasses, ModelError> {
        let mut section = model.reader("chars")?;
        let mut bits = vec![0; PAGES * 256];
        for _ in 0..section.u32()? {
            let (first, end, class) = (section.u32()? as usize, section.u32()? as usize, section.u16()?);
            let run = bits
                .get_mut(first..end)
                .ok_or_else(|| section.error("a run ends outside Unicode"))?;
            run.fill(class);
        }
        let mut cells: Vec<[u16; 256]> = Vec::new();
        let mut pages = Vec::with_capacity(PAGES);
        for page in bits.as_chunks::<256>().0 {
            let known = cells.iter().rposition(|cell| cell == page);
            let index = known.unwrap_or_else(|| {
                cells.push(*page);
                cells.len() - 1
            });
            pages.push(index as u16);
        }
        Ok(CharClasses { pages, cells })
    }

    /// Whether `c` answers any question of `class` with yes.
    pub(crate) fn is(&self, c: char, class: Class) -> bool {
        let code = c as usize;
        self.cells[usize::from(self.pages[code >> 8])][code & 255] & class.0 != 0
    }

    /// Like [`is`](Self::is); no character is in no class.
    pub(crate) fn has(&self, c: Option<char>, class: Class) -> bool {
        c.is_some_and(|c| self.is(c, class))
    }

    /// Whether every character of `text` is white space; false for the empty text, as in Python.
    pub(crate) fn is_space(&self, text: &str) -> bool {
        !text.is_empty() && text.chars().all(|c| self.is(c, Class::SPACE))
    }

    /// Whether every character of `text` is a letter; false for the empty text, as in Python.
    pub(crate) fn is_alpha(&self, text: &str) -> bool {
        !text.is_empty() && text.chars().all(|c| self.is(c, Class::ALPHA))
    }
}
