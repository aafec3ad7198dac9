//! Words to vectors in context: hashed embeddings, one mixing layer, four window layers with residuals.
//!
//! The mixing layer is linear in the embeddings before its maximum is taken, so the product of every embedding row
//! with its share of the weights is computed once, when the model is loaded: a word's mixing layer is then a sum of
//! 24 (or 16) rows instead of a matrix product.

use pulp::{Simd, WithSimd};

use crate::features::{FEATURES, Features};
use crate::matrix::Affine;
use crate::model::{Model, ModelError, malformed};
use crate::simd::dispatch;

/// Numbers in a vector.
pub(crate) const WIDTH: usize = 96;

/// Alternatives of which each unit takes the largest.
const PIECES: usize = 3;
const WIDE: usize = WIDTH * PIECES;

/// Window layers; each sees one neighbour on either side.
const DEPTH: usize = 4;

/// Added to the variance, as thinc does.
const EPSILON: f32 = 1e-8;

/// One network from words to vectors.
pub(crate) struct Tok2Vec {
    mixed: Vec<MixedTable>,
    bias: Box<[f32]>,
    norm: Norm,
    windows: Vec<(Affine, Norm)>,
    /// What the first window layer gives where all three inputs are padding.
    edge: [f32; WIDTH],
}

/// The embedding table of one feature, multiplied with the feature's share of the mixing weights.
struct MixedTable {
    rows: usize,
    products: Vec<f32>,
}

/// Scale and offset of a layer normalisation.
struct Norm {
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

/// Reusable memory of [`Tok2Vec::encode`].
#[derive(Default)]
pub(crate) struct Scratch {
    padded: Vec<f32>,
    wide: Vec<f32>,
    pub(crate) packed: Vec<f32>,
}

impl Tok2Vec {
    /// Loads the network `name`, which uses the first `features` features.
    pub(crate) fn load(model: &Model<'_>, name: &str, features: usize) -> Result<Tok2Vec, ModelError> {
        let mixing = model.shaped(&format!("{name}.weights0"), features * WIDTH, WIDE)?;
        let mut packed = Vec::new();
        let mut mixed = Vec::new();
        for feature in 0..features {
            let name = format!("{name}.embed{feature}");
            let table = model.table(&name)?;
            if table.columns != WIDTH || table.rows == 0 {
                return Err(malformed(&name, "an embedding table without rows of 96 numbers"));
            }
            let share = mixing.row_range(feature * WIDTH, (feature + 1) * WIDTH);
            let mut products = vec![0.0; table.rows * WIDE];
            Affine::new(&share, None).apply(&table.values, WIDTH, table.rows, &mut products, &mut packed);
            mixed.push(MixedTable {
                rows: table.rows,
                products,
            });
        }
        let mut windows = Vec::new();
        for layer in 1..=DEPTH {
            let (weights, bias) = (format!("{name}.weights{layer}"), format!("{name}.bias{layer}"));
            let affine = Affine::load(model, &weights, Some(&bias))?;
            if (affine.inputs(), affine.stride()) != (3 * WIDTH, WIDE) {
                return Err(malformed(&weights, "not the shape of a window layer"));
            }
            windows.push((affine, Norm::load(model, name, layer)?));
        }
        let bias = model.shaped(&format!("{name}.bias0"), 1, WIDE)?.values.into();
        let mut edge = [0.0; WIDTH];
        let (first, norm) = &windows[0];
        let mut wide = vec![0.0; WIDE];
        first.apply(&[0.0; 3 * WIDTH], 0, 1, &mut wide, &mut packed);
        norm.add_maxout(&wide, &mut edge);
        Ok(Tok2Vec {
            mixed,
            bias,
            norm: Norm::load(model, name, 0)?,
            windows,
            edge,
        })
    }

    /// The vectors of `words`, [`WIDTH`] numbers each.
    pub(crate) fn encode<'s>(&self, words: &[Features], scratch: &'s mut Scratch) -> &'s [f32] {
        let count = words.len();
        let Scratch { padded, wide, packed } = scratch;
        wide.clear();
        wide.resize((count + 2 * DEPTH) * WIDE, 0.0);
        padded.clear();
        padded.resize((count + 2 * DEPTH) * WIDTH, 0.0);
        dispatch(Mix {
            net: self,
            words,
            wide,
        });
        self.norm
            .add_maxout(&wide[..count * WIDE], &mut padded[DEPTH * WIDTH..]);
        for (layer, (affine, norm)) in self.windows.iter().enumerate() {
            // Row 0 is the outermost padding. Of the rows that are not words, only those matter that the layers to
            // come still see; those of the first layer whose inputs are all padding are known beforehand.
            let reach = DEPTH - 1 - layer;
            let computed = if layer == 0 { 1 } else { reach };
            let (first, rows) = (DEPTH - computed, count + 2 * computed);
            affine.apply(&padded[(first - 1) * WIDTH..], WIDTH, rows, wide, packed);
            norm.add_maxout(&wide[..rows * WIDE], &mut padded[first * WIDTH..]);
            if layer == 0 {
                for row in [1, 2, count + 5, count + 6] {
                    add(&mut padded[row * WIDTH..][..WIDTH], &self.edge);
                }
            }
        }
        &padded[DEPTH * WIDTH..][..count * WIDTH]
    }
}

fn add(target: &mut [f32], values: &[f32]) {
    for (target, value) in target.iter_mut().zip(values) {
        *target += value;
    }
}

/// The mixing layer before its maximum.
struct Mix<'a> {
    net: &'a Tok2Vec,
    words: &'a [Features],
    wide: &'a mut [f32],
}

impl WithSimd for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (word, wide) in self.words.iter().zip(self.wide.as_chunks_mut::<WIDE>().0) {
            wide.copy_from_slice(&self.net.bias);
            for (table, hashes) in self.net.mixed.iter().zip(&word.rows) {
                let [a, b, c, d] = hashes.map(|hash| table.row(hash));
                for i in 0..WIDE {
                    wide[i] += (a[i] + b[i]) + (c[i] + d[i]);
                }
            }
        }
    }
}

impl MixedTable {
    #[inline(always)]
    fn row(&self, hash: u32) -> &[f32; WIDE] {
        let row = hash as usize % self.rows;
        &self.products.as_chunks::<WIDE>().0[row]
    }
}

impl Norm {
    fn load(model: &Model<'_>, name: &str, layer: usize) -> Result<Norm, ModelError> {
        let part = |part: &str| -> Result<[f32; WIDTH], ModelError> {
            let values = model.shaped(&format!("{name}.{part}{layer}"), 1, WIDTH)?.values;
            Ok(values.try_into().expect("shaped() checked the length"))
        };
        Ok(Norm {
            gain: part("gain")?,
            shift: part("shift")?,
        })
    }

    /// Adds the normalised maximum of each row of `wide` to the row of `target`.
    fn add_maxout(&self, wide: &[f32], target: &mut [f32]) {
        dispatch(AddMaxout {
            norm: self,
            wide,
            target,
        });
    }
}

struct AddMaxout<'a> {
    norm: &'a Norm,
    wide: &'a [f32],
    target: &'a mut [f32],
}

impl WithSimd for AddMaxout<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let rows = self.wide.as_chunks::<WIDE>().0.iter();
        for (wide, target) in rows.zip(self.target.as_chunks_mut::<WIDTH>().0) {
            let mut best = [0.0; WIDTH];
            for i in 0..WIDTH {
                best[i] = larger(larger(wide[i], wide[WIDTH + i]), wide[2 * WIDTH + i]);
            }
            let mean = sum(&best) / WIDTH as f32;
            let mut squares = [0.0; WIDTH];
            for i in 0..WIDTH {
                best[i] -= mean;
                squares[i] = best[i] * best[i];
            }
            let scale = 1.0 / (sum(&squares) / WIDTH as f32 + EPSILON).sqrt();
            for i in 0..WIDTH {
                target[i] += best[i] * scale * self.norm.gain[i] + self.norm.shift[i];
            }
        }
    }
}

#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The sum in a fixed order that vector instructions can follow: 16 lanes, then halves.
#[inline(always)]
fn sum(values: &[f32; WIDTH]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for part in values.as_chunks::<16>().0 {
        for i in 0..16 {
            lanes[i] += part[i];
        }
    }
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
    }
    lanes[0]
}

const _: () = assert!(FEATURES == 6);
