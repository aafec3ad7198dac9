//! What the networks see of a word: six attributes, each hashed to four rows of an embedding table.

use crate::chars::CharClasses;
use crate::hash::murmur3_words;
use crate::lexicon::{Lexicon, prefix, shape, suffix};
use crate::tokenizer::RawToken;

/// Attributes of a word: normal form, prefix, suffix, shape, whether a space follows, whether it is white space.
pub(crate) const FEATURES: usize = 6;

/// The seed of the first attribute's hash; the others count on from it.
const FIRST_SEED: u32 = 8;

/// The hashes of one word's attributes. Both networks use the same ones; the second leaves the last two out.
pub(crate) struct Features {
    pub(crate) rows: [[u32; 4]; FEATURES],
}

impl Features {
    /// The hashes of `token`, whose text is `word` and whose lower-case form is `lower`. `buffer` is overwritten.
    pub(crate) fn of(
        token: &RawToken<'_>,
        word: &str,
        lower: &str,
        lexicon: &Lexicon,
        chars: &CharClasses,
        buffer: &mut String,
    ) -> Features {
        shape(word, chars, buffer);
        let ids = [
            lexicon.id(token.norm.unwrap_or_else(|| lexicon.norm(word, lower))),
            lexicon.id(prefix(word)),
            lexicon.id(suffix(word)),
            lexicon.id(buffer),
            u64::from(token.piece.space_after),
            u64::from(chars.is_space(word)),
        ];
        let mut seed = FIRST_SEED;
        let rows = ids.map(|id| {
            seed += 1;
            murmur3_words(id, seed - 1)
        });
        Features { rows }
    }
}
