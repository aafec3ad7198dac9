//! Matrix products whose bits do not depend on the machine.
//!
//! Every element of a product is its bias plus the products of one row and one column, added in the order of the row,
//! each product rounded before it is added (no fused multiply-add). Wider vector instructions only work on more
//! elements at a time, so the result is the same on every processor; which ones are used is found out at run time.

use pulp::{Simd, WithSimd};

use crate::model::{Model, ModelError, Table};
use crate::simd::dispatch;

/// Columns that are computed together.
const PANEL: usize = 32;

type Panel = [f32; PANEL];

/// A weight matrix with a bias, laid out for products.
pub(crate) struct Affine {
    inputs: usize,
    columns: usize,
    /// Panel by panel, one row of `PANEL` columns for each input; missing columns are 0.
    weights: Vec<Panel>,
    bias: Vec<Panel>,
}

impl Affine {
    /// `weights` (input by output) with the one row `bias`, or no bias.
    pub(crate) fn new(weights: &Table, bias: Option<&Table>) -> Affine {
        let panels = weights.columns.div_ceil(PANEL);
        let mut packed = vec![[0.0; PANEL]; panels * weights.rows];
        for (input, row) in weights.values.chunks_exact(weights.columns).enumerate() {
            for (panel, part) in row.chunks(PANEL).enumerate() {
                packed[panel * weights.rows + input][..part.len()].copy_from_slice(part);
            }
        }
        let mut bias_panels = vec![[0.0; PANEL]; panels];
        for (panel, part) in bias.iter().flat_map(|bias| bias.values.chunks(PANEL)).enumerate() {
            bias_panels[panel][..part.len()].copy_from_slice(part);
        }
        Affine {
            inputs: weights.rows,
            columns: weights.columns,
            weights: packed,
            bias: bias_panels,
        }
    }

    /// The array `name` of the model with the bias `bias`, if one is named.
    ///
    /// # Errors
    /// An array is missing or the bias does not fit.
    pub(crate) fn load(model: &Model<'_>, name: &str, bias: Option<&str>) -> Result<Affine, ModelError> {
        let weights = model.table(name)?;
        let bias = bias
            .map(|bias| model.shaped(bias, 1, weights.columns))
            .transpose()?;
        Ok(Affine::new(&weights, bias.as_ref()))
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers in a row of output that carry meaning.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// Numbers in a row of output, padding included.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len() * PANEL
    }

    /// Writes the product of `rows` rows to `out`, [`stride`](Self::stride) numbers a row. Row `r` of the input is the
    /// [`inputs`](Self::inputs) numbers from `r * step` on; rows may overlap.
    ///
    /// # Panics
    /// If `input` or `out` is too short.
    pub(crate) fn apply(
        &self,
        input: &[f32],
        step: usize,
        rows: usize,
        out: &mut [f32],
        packed: &mut Vec<f32>,
    ) {
        dispatch(Product {
            affine: self,
            input,
            step,
            rows,
            out,
            packed,
        });
    }
}

struct Product<'a> {
    affine: &'a Affine,
    input: &'a [f32],
    step: usize,
    rows: usize,
    out: &'a mut [f32],
    packed: &'a mut Vec<f32>,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // As many sums at a time as fit the registers: it decides the speed, never the result. Several vectors a row
        // keep the adders busy; the compiler does not find this by itself.
        match S::F32_LANES {
            16 => self.run::<S, 8, 2>(simd),
            8 => self.run::<S, 6, 2>(simd),
            4 => self.run::<S, 6, 4>(simd),
            _ => self.run::<S, 1, PANEL>(simd),
        }
    }
}

impl Product<'_> {
    /// Works on blocks of `ROWS` rows by `VECTORS` vectors.
    #[inline(always)]
    fn run<S: Simd, const ROWS: usize, const VECTORS: usize>(mut self, simd: S) {
        self.pack(ROWS);
        for panel in 0..self.affine.bias.len() {
            for part in 0..PANEL / (VECTORS * S::F32_LANES) {
                let mut row = 0;
                while row < self.rows {
                    let count = ROWS.min(self.rows - row);
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

    /// Interleaves the rows of each block of `size` rows, so that the kernel reads them from front to back.
    #[inline(always)]
    fn pack(&mut self, size: usize) {
        let inputs = self.affine.inputs;
        self.packed.resize(self.rows * inputs, 0.0);
        let blocks = self.packed.chunks_mut(size * inputs);
        for (block, packed) in blocks.enumerate() {
            let count = packed.len() / inputs;
            for r in 0..count {
                let from = (block * size + r) * self.step;
                let row = &self.input[from..from + inputs];
                for (value, target) in row.iter().zip(packed[r..].iter_mut().step_by(count)) {
                    *target = *value;
                }
            }
        }
    }

    #[inline(always)]
    fn block<S: Simd, const COUNT: usize, const VECTORS: usize>(&mut self, simd: S, at: Place) {
        let Place { panel, part, row } = at;
        let inputs = self.affine.inputs;
        let weights = &self.affine.weights[panel * inputs..][..inputs];
        let values = self.packed[row * inputs..][..COUNT * inputs]
            .as_chunks::<COUNT>()
            .0;
        let mut sums = [vectors::<S, VECTORS>(&self.affine.bias[panel], part); COUNT];
        for (values, weights) in values.iter().zip(weights) {
            let weights = vectors::<S, VECTORS>(weights, part);
            for r in 0..COUNT {
                let value = simd.splat_f32s(values[r]);
                for v in 0..VECTORS {
                    sums[r][v] = simd.add_f32s(sums[r][v], simd.mul_f32s(value, weights[v]));
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

    #[test]
    fn products_have_the_bits_of_the_plain_loop_with_every_instruction_set() {
        for (inputs, columns, rows) in [(96, 288, 13), (64, 106, 1), (288, 50, 27), (7, 3, 8)] {
            let (weights, bias) = (table(inputs, columns), table(1, columns));
            let affine = Affine::new(&weights, Some(&bias));
            let (step, stride) = (inputs / 3, affine.stride());
            let input = table(1, inputs + rows * step).values;
            let mut expected = vec![0.0; rows * stride];
            for (r, row) in expected.chunks_exact_mut(stride).enumerate() {
                for (c, sum) in row[..columns].iter_mut().enumerate() {
                    *sum = bias.values[c];
                    for k in 0..inputs {
                        *sum += input[r * step + k] * weights.values[k * columns + c];
                    }
                }
            }
            let products = with_each(|| {
                let mut out = vec![f32::NAN; rows * stride];
                affine.apply(&input, step, rows, &mut out, &mut Vec::new());
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
    }
}
