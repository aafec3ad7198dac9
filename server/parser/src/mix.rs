//! From a word's attributes to its vector, which does not depend on the words around it.
//!
//! The mixing layer is linear in the embeddings before its maximum is taken, so the product of every embedding row
//! with its share of the weights is computed once, when the model is loaded: a word's mixing layer is then a sum of
//! 24 (or 16) rows instead of a matrix product.

use pulp::{Simd, WithSimd};

use crate::features::Features;
use crate::matrix::Affine;
use crate::model::{Model, ModelError, malformed};
use crate::norm::Norm;
use crate::simd::dispatch;
use crate::tok2vec::{WIDE, WIDTH};

/// The embedding tables and the mixing layer of one network.
pub(crate) struct Mix {
    tables: Vec<MixedTable>,
    bias: [f32; WIDE],
    norm: Norm,
}

/// The embedding table of one feature, multiplied with the feature's share of the mixing weights.
struct MixedTable {
    products: Vec<[f32; WIDE]>,
}

impl Mix {
    /// Loads the layer of the network `name`, which uses the first `features` features.
    pub(crate) fn load(model: &Model<'_>, name: &str, features: usize) -> Result<Mix, ModelError> {
        let mixing = model.shaped(&format!("{name}.weights0"), features * WIDTH, WIDE)?;
        let bias = model.shaped(&format!("{name}.bias0"), 1, WIDE)?;
        let mut tables = Vec::new();
        for feature in 0..features {
            let name = format!("{name}.embed{feature}");
            let table = model.table(&name)?;
            if table.columns != WIDTH || table.rows == 0 {
                return Err(malformed(&name, "an embedding table without rows of 96 numbers"));
            }
            let share = mixing.row_range(feature * WIDTH, (feature + 1) * WIDTH);
            let mut products = vec![[0.0; WIDE]; table.rows];
            Affine::<WIDTH>::new(&share, None)
                .apply(table.values.as_chunks::<WIDTH>().0, products.as_flattened_mut());
            tables.push(MixedTable { products });
        }
        Ok(Mix {
            tables,
            bias: bias.values.try_into().expect("shaped() checked the length"),
            norm: Norm::load(model, name, 0)?,
        })
    }

    /// Writes the vectors of `words` to `out`.
    pub(crate) fn apply(&self, words: &[Features], out: &mut [[f32; WIDTH]]) {
        dispatch(Apply {
            mix: self,
            words,
            out,
        });
    }
}

struct Apply<'a> {
    mix: &'a Mix,
    words: &'a [Features],
    out: &'a mut [[f32; WIDTH]],
}

impl WithSimd for Apply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (word, out) in self.words.iter().zip(self.out) {
            let mut wide = self.mix.bias;
            for (table, hashes) in self.mix.tables.iter().zip(&word.rows) {
                let [a, b, c, d] = hashes.map(|hash| table.row(hash));
                for i in 0..WIDE {
                    wide[i] += (a[i] + b[i]) + (c[i] + d[i]);
                }
            }
            self.mix.norm.add_maxout(&wide, &[0.0; WIDTH], out);
        }
    }
}

impl MixedTable {
    #[inline(always)]
    fn row(&self, hash: u32) -> &[f32; WIDE] {
        &self.products[hash as usize % self.products.len()]
    }
}
