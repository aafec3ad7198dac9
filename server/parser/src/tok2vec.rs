//! Words to vectors in context: hashed embeddings, one mixing layer, four window layers with residuals.
//!
//! The first window layer sees words without their context, so what a word contributes to it, as left neighbour, in
//! the middle and as right neighbour, is the word's own: it is computed once for each word form ([`WordVectors`]) and
//! kept for the frequent ones (see [`crate::memo`]). The other three layers work on all words of a batch at once.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use crate::features::{FEATURES, Features};
use crate::matrix::Affine;
use crate::mix::Mix;
use crate::model::{Model, ModelError, Table};
use crate::norm::Norm;
use crate::simd::dispatch;
use crate::window::{self, OUTPUTS, Tile, Window};

/// Numbers in a vector.
pub(crate) const WIDTH: usize = 96;

/// Alternatives of which each unit takes the largest.
const PIECES: usize = 3;

/// Numbers in a vector before the largest are taken.
pub(crate) const WIDE: usize = WIDTH * PIECES;

/// Window layers; each sees one neighbour on either side.
const DEPTH: usize = 4;

/// One network from words to vectors.
pub(crate) struct Tok2Vec {
    mix: Mix,
    first: FirstWindow,
    windows: Vec<Window>,
}

/// The first window layer, which sees single words.
struct FirstWindow {
    /// The products of a word with its weights as left neighbour, in the middle and as right neighbour.
    roles: Affine<WIDTH>,
    bias: [f32; WIDE],
    norm: Norm,
    /// What the layer gives where all three inputs are padding.
    edge: [f32; WIDTH],
}

/// What a word form adds to the first window layer as left neighbour, in the middle and as right neighbour.
type Roles = [[f32; WIDE]; 3];

/// What a network knows of a word form without its context.
pub(crate) struct WordVectors {
    vector: [f32; WIDTH],
    roles: Roles,
}

/// The same, of word forms that are not kept: reusable memory.
#[derive(Default)]
pub(crate) struct Fresh {
    vectors: Vec<[f32; WIDTH]>,
    roles: Vec<Roles>,
}

/// What is known of one word, wherever it lies.
#[derive(Clone, Copy)]
pub(crate) struct Word<'a> {
    vector: &'a [f32; WIDTH],
    roles: &'a Roles,
}

impl WordVectors {
    pub(crate) fn word(&self) -> Word<'_> {
        Word {
            vector: &self.vector,
            roles: &self.roles,
        }
    }
}

impl Fresh {
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let both = self.vectors.iter().zip(&self.roles);
        both.map(|(vector, roles)| Word { vector, roles })
    }
}

impl Word<'_> {
    /// A copy to keep.
    pub(crate) fn to_vectors(self) -> WordVectors {
        WordVectors {
            vector: *self.vector,
            roles: *self.roles,
        }
    }
}

#[cfg(test)]
impl Default for WordVectors {
    fn default() -> WordVectors {
        WordVectors {
            vector: [0.0; WIDTH],
            roles: [[0.0; WIDE]; 3],
        }
    }
}

/// Reusable memory of a network.
#[derive(Default)]
pub(crate) struct Scratch {
    rows: Vec<[f32; WIDTH]>,
    next: Vec<[f32; WIDTH]>,
    tiles: Vec<Tile>,
    window: window::Scratch,
}

impl Tok2Vec {
    /// Loads the network `name`, which uses the first `features` features.
    pub(crate) fn load(model: &Model<'_>, name: &str, features: usize) -> Result<Tok2Vec, ModelError> {
        Ok(Tok2Vec {
            mix: Mix::load(model, name, features)?,
            first: FirstWindow::load(model, name)?,
            windows: (2..=DEPTH)
                .map(|layer| Window::load(model, name, layer))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Writes what is known of `words` without context to `out`.
    pub(crate) fn know(&self, words: &[Features], out: &mut Fresh) {
        let Fresh { vectors, roles } = out;
        vectors.resize(words.len(), [0.0; WIDTH]);
        roles.resize(words.len(), [[0.0; WIDE]; 3]);
        self.mix.apply(words, vectors);
        let roles = roles.as_flattened_mut().as_flattened_mut();
        self.first.roles.apply(vectors, roles);
    }

    /// Writes the vectors in context of the words of `texts`, ranges of `words` in order, to `out`.
    pub(crate) fn encode(
        &self,
        words: &[Word<'_>],
        texts: &[Range<usize>],
        scratch: &mut Scratch,
        out: &mut Vec<[f32; WIDTH]>,
    ) {
        let Scratch {
            rows,
            next,
            tiles,
            window,
        } = scratch;
        // Each text has `DEPTH` rows of padding on either side; the last tile may reach beyond the last row. What an
        // earlier call left in rows that no layer fills is only read for output that nobody wants.
        let count: usize = texts.iter().map(|text| text.len() + 2 * DEPTH).sum();
        rows.resize(count + OUTPUTS, [0.0; WIDTH]);
        next.resize(count + OUTPUTS, [0.0; WIDTH]);
        let mut base = 0;
        for text in texts {
            self.first
                .apply(&words[text.clone()], &mut rows[base..][..text.len() + 2 * DEPTH]);
            base += text.len() + 2 * DEPTH;
        }
        for (layer, net) in self.windows.iter().enumerate() {
            // Of the rows that are not words, only those matter that the layers to come still see.
            let reach = DEPTH - 2 - layer;
            tiles.clear();
            let mut base = 0;
            for text in texts {
                let wanted = base + DEPTH - reach..base + DEPTH + text.len() + reach;
                tiles.extend(wanted.clone().step_by(OUTPUTS).map(|row| Tile {
                    row,
                    count: OUTPUTS.min(wanted.end - row),
                }));
                base += text.len() + 2 * DEPTH;
            }
            net.apply(rows, tiles, next, window);
            std::mem::swap(rows, next);
        }
        let mut base = DEPTH;
        out.clear();
        for text in texts {
            out.extend_from_slice(&rows[base..][..text.len()]);
            base += text.len() + 2 * DEPTH;
        }
    }
}

impl FirstWindow {
    fn load(model: &Model<'_>, name: &str) -> Result<FirstWindow, ModelError> {
        let weights = model.shaped(&format!("{name}.weights1"), 3 * WIDTH, WIDE)?;
        let bias = model.shaped(&format!("{name}.bias1"), 1, WIDE)?;
        let mut layer = FirstWindow {
            roles: Affine::new(&side_by_side(&weights), None),
            bias: bias.values.try_into().expect("shaped() checked the length"),
            norm: Norm::load(model, name, 1)?,
            edge: [0.0; WIDTH],
        };
        let mut edge = [0.0; WIDTH];
        layer.norm.add_maxout(&layer.bias, &[0.0; WIDTH], &mut edge);
        layer.edge = edge;
        Ok(layer)
    }

    /// Fills the rows of a text with padding: those that the next layer sees.
    fn apply(&self, words: &[Word<'_>], rows: &mut [[f32; WIDTH]]) {
        let count = rows.len();
        for row in [1, 2, count - 3, count - 2] {
            rows[row] = self.edge;
        }
        dispatch(First {
            layer: self,
            words,
            rows: &mut rows[DEPTH - 1..count - DEPTH + 1],
        });
    }
}

/// The three blocks of rows of `weights` as three blocks of columns.
fn side_by_side(weights: &Table) -> Table {
    let row = |input: usize| {
        let block = |role: usize| &weights.values[(role * WIDTH + input) * WIDE..][..WIDE];
        [block(0), block(1), block(2)].concat()
    };
    Table {
        rows: WIDTH,
        columns: 3 * WIDE,
        values: (0..WIDTH).flat_map(row).collect(),
    }
}

/// The first window layer over the words and one row of padding on either side.
struct First<'a> {
    layer: &'a FirstWindow,
    words: &'a [Word<'a>],
    rows: &'a mut [[f32; WIDTH]],
}

impl WithSimd for First<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let nothing = [0.0; WIDE];
        let word = |at: Option<usize>| at.and_then(|at| self.words.get(at)).copied();
        for (at, row) in self.rows.iter_mut().enumerate() {
            // The first row is the padding before the first word.
            let (left, middle, right) = (word(at.checked_sub(2)), word(at.checked_sub(1)), word(Some(at)));
            let (a, b, c) = (
                left.map_or(&nothing, |word| &word.roles[0]),
                middle.map_or(&nothing, |word| &word.roles[1]),
                right.map_or(&nothing, |word| &word.roles[2]),
            );
            let mut wide = self.layer.bias;
            for i in 0..WIDE {
                wide[i] = ((wide[i] + a[i]) + b[i]) + c[i];
            }
            let base = middle.map_or(&[0.0; WIDTH], |word| word.vector);
            self.layer.norm.add_maxout(&wide, base, row);
        }
    }
}

const _: () = assert!(FEATURES == 6);
