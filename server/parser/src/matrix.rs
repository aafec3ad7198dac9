//! Matrix products whose bits do not depend on the machine.
//!
//! Every element of a product is its bias plus the products of one row and one column, added in the order of the row
//! with the fused multiply-add of IEEE 754, which every processor with vectors of 256 bits has, and all ARM ones of 64
//! bits; on others it is computed from exact operations. Wider vector instructions only work on more elements at a time,
//! so the result is the same on every processor; which ones are used is found out at run time.

use pulp::{Simd, WithSimd};

use crate::fused::multiply_add;
use crate::model::{Model, ModelError, Table, malformed};
use crate::simd::dispatch;

/// Columns that are computed together.
const PANEL: usize = 32;

type Panel = [f32; PANEL];

/// A weight matrix of `INPUTS` rows with a bias, laid out for products. The number of rows is known to the compiler,
/// so that the kernel reads several rows of input through one address, with neither copies nor checks.
pub(crate) struct Affine<const INPUTS: usize> {
    columns: usize,
    /// Panel by panel, one row of `PANEL` columns for each input; missing columns are 0.
    weights: Vec<[Panel; INPUTS]>,
    bias: Vec<Panel>,
}

impl<const INPUTS: usize> Affine<INPUTS> {
    /// `weights` (input by output) with the one row `bias`, or no bias.
    ///
    /// # Panics
    /// If `weights` has not `INPUTS` rows.
    pub(crate) fn new(weights: &Table, bias: Option<&Table>) -> Self {
        assert_eq!(weights.rows, INPUTS, "one row of weights for each input");
        let panels = weights.columns.div_ceil(PANEL);
        let mut packed = vec![[[0.0; PANEL]; INPUTS]; panels];
        for (input, row) in weights.values.chunks_exact(weights.columns).enumerate() {
            for (panel, part) in row.chunks(PANEL).enumerate() {
                packed[panel][input][..part.len()].copy_from_slice(part);
            }
        }
        let mut bias_panels = vec![[0.0; PANEL]; panels];
        for (panel, part) in bias.iter().flat_map(|bias| bias.values.chunks(PANEL)).enumerate() {
            bias_panels[panel][..part.len()].copy_from_slice(part);
        }
        Affine {
            columns: weights.columns,
            weights: packed,
            bias: bias_panels,
        }
    }

    /// The array `name` of the model with the bias `bias`, if one is named.
    ///
    /// # Errors
    /// An array is missing, has not `INPUTS` rows, or the bias does not fit.
    pub(crate) fn load(model: &Model<'_>, name: &str, bias: Option<&str>) -> Result<Self, ModelError> {
        let weights = model.table(name)?;
        if weights.rows != INPUTS {
            return Err(malformed(name, format!("not {INPUTS} rows")));
        }
        let bias = bias
            .map(|bias| model.shaped(bias, 1, weights.columns))
            .transpose()?;
        Ok(Affine::new(&weights, bias.as_ref()))
    }

    /// Numbers in a row of output that carry meaning.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// Numbers in a row of output, padding included.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len() * PANEL
    }

    /// Writes the products of the rows `input` to `out`, [`stride`](Self::stride) numbers a row.
    ///
    /// # Panics
    /// If `out` is too short.
    pub(crate) fn apply(&self, input: &[[f32; INPUTS]], out: &mut [f32]) {
        dispatch(Product {
            affine: self,
            input,
            out,
        });
    }
}

struct Product<'a, const INPUTS: usize> {
    affine: &'a Affine<INPUTS>,
    input: &'a [[f32; INPUTS]],
    out: &'a mut [f32],
}

impl<const INPUTS: usize> WithSimd for Product<'_, INPUTS> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // As many sums at a time as fit the registers: it decides the speed, never the result. Several vectors a row
        // keep the adders busy; the compiler does not find this by itself.
        match S::F32_LANES {
            16 => self.run::<S, 8, 2>(simd),
            8 => self.run::<S, 6, 2>(simd),
            4 if cfg!(target_arch = "aarch64") => self.run::<S, 6, 4>(simd),
            _ => self.run_without_fused(),
        }
    }
}

impl<const INPUTS: usize> Product<'_, INPUTS> {
    /// Works on blocks of at most `ROWS` rows by `VECTORS` vectors.
    #[inline(always)]
    fn run<S: Simd, const ROWS: usize, const VECTORS: usize>(mut self, simd: S) {
        let rows = self.input.len();
        // Blocks of equal size: one row alone would wait for its own sums.
        let size = rows.div_ceil(rows.div_ceil(ROWS).max(1));
        for panel in 0..self.affine.bias.len() {
            for part in 0..PANEL / (VECTORS * S::F32_LANES) {
                let mut row = 0;
                while row < rows {
                    let count = size.min(rows - row);
                    let at = Place { panel, part, row };
                    match count {
                        8 => self.block::<S, 8, VECTORS>(simd, at),
                        7 => self.block::<S, 7, VECTORS>(simd, at),
                        6 => self.block::<S, 6, VECTORS>(simd, at),
                        5 => self.block::<S, 5, VECTORS>(simd, at),
                        4 => self.block::<S, 4, VECTORS>(simd, at),
                        3 => self.block::<S, 3, VECTORS>(simd, at),
                        2 => self.block::<S, 2, VECTORS>(simd, at),
                        _ => self.block::<S, 1, VECTORS>(simd, at),
                    }
                    row += count;
                }
            }
        }
    }

    /// The same sums where no instruction multiplies and adds at once.
    #[inline(always)]
    fn run_without_fused(self) {
        let stride = self.affine.stride();
        for (row, out) in self.input.iter().zip(self.out.chunks_exact_mut(stride)) {
            let panels = self.affine.weights.iter().zip(&self.affine.bias);
            for ((weights, bias), out) in panels.zip(out.as_chunks_mut::<PANEL>().0) {
                *out = *bias;
                for (value, weights) in row.iter().zip(weights) {
                    for (sum, weight) in out.iter_mut().zip(weights) {
                        *sum = multiply_add(*value, *weight, *sum);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn block<S: Simd, const COUNT: usize, const VECTORS: usize>(&mut self, simd: S, at: Place) {
        let Place { panel, part, row } = at;
        let weights = &self.affine.weights[panel];
        let values: &[[f32; INPUTS]; COUNT] = self.input[row..][..COUNT]
            .try_into()
            .expect("a slice of this length is this array");
        let mut sums = [vectors::<S, VECTORS>(&self.affine.bias[panel], part); COUNT];
        for k in 0..INPUTS {
            let weights = vectors::<S, VECTORS>(&weights[k], part);
            for r in 0..COUNT {
                let value = simd.splat_f32s(values[r][k]);
                for v in 0..VECTORS {
                    sums[r][v] = simd.mul_add_f32s(value, weights[v], sums[r][v]);
                }
            }
        }
        let stride = self.affine.bias.len() * PANEL;
        for (r, sums) in sums.iter().enumerate() {
            let out = &mut self.out[(row + r) * stride + panel * PANEL..][..PANEL];
            S::as_mut_simd_f32s(out).0[part * VECTORS..][..VECTORS].copy_from_slice(sums);
        }
    }
}

/// Where a block lies in the output.
#[derive(Clone, Copy)]
struct Place {
    panel: usize,
    part: usize,
    row: usize,
}

/// The `part`th group of `VECTORS` vectors of `values`.
#[inline(always)]
pub(crate) fn vectors<S: Simd, const VECTORS: usize>(values: &[f32], part: usize) -> [S::f32s; VECTORS] {
    let vectors = &S::as_simd_f32s(values).0[part * VECTORS..][..VECTORS];
    vectors.try_into().expect("a slice of this length is this array")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::forced::with_each;

    fn table(rows: usize, columns: usize) -> Table {
        let values = (0..rows * columns)
            .map(|i| ((i * 37 + 11) % 101) as f32 / 7.3 - 6.1)
            .collect();
        Table {
            rows,
            columns,
            values,
        }
    }

    fn assert_plain<const INPUTS: usize>(columns: usize, rows: usize) {
        let (weights, bias) = (table(INPUTS, columns), table(1, columns));
        let affine = Affine::<INPUTS>::new(&weights, Some(&bias));
        let stride = affine.stride();
        let input = table(rows, INPUTS).values;
        let input = input.as_chunks::<INPUTS>().0;
        let mut expected = vec![0.0; rows * stride];
        for (r, row) in expected.chunks_exact_mut(stride).enumerate() {
            for (c, sum) in row[..columns].iter_mut().enumerate() {
                *sum = bias.values[c];
                for (k, value) in input[r].iter().enumerate() {
                    *sum = value.mul_add(weights.values[k * columns + c], *sum);
                }
            }
        }
        let products = with_each(|| {
            let mut out = vec![f32::NAN; rows * stride];
            affine.apply(input, &mut out);
            out
        });
        for product in products {
            assert!(
                product
                    .iter()
                    .zip(&expected)
                    .all(|(ours, plain)| ours.to_bits() == plain.to_bits())
            );
        }
    }

    #[test]
    fn products_have_the_bits_of_the_plain_loop_with_every_instruction_set() {
        assert_plain::<96>(288, 13);
        assert_plain::<64>(106, 1);
        assert_plain::<96>(50, 27);
        assert_plain::<7>(3, 8);
        assert_plain::<64>(1024, 0);
    }
}
