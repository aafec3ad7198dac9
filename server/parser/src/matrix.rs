//! Matrix products whose bits do not depend on the machine.
//!
//! Every element of a product is its bias plus the products of one row and one column, added in the order of the row,
//! each product rounded before it is added (no fused multiply-add). Wider vector instructions only work on more
//! elements at a time, so the result is the same on every processor; which ones are used is found out at run time.

use pulp::{Arch, Simd, WithSimd};

use crate::model::{Model, ModelError, Table};

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
        Arch::new().dispatch(Product {
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
    fn with_simd<S: Simd>(self, _: S) {
        // As many rows at a time as keep their sums in registers: it decides the speed, never the result.
        match S::F32_LANES {
            16 => self.run::<8>(),
            4 | 8 => self.run::<3>(),
            _ => self.run::<1>(),
        }
    }
}

impl Product<'_> {
    #[inline(always)]
    fn run<const ROWS: usize>(mut self) {
        self.pack::<ROWS>();
        let inputs = self.affine.inputs;
        for panel in 0..self.affine.bias.len() {
            let mut row = 0;
            while row < self.rows {
                let count = ROWS.min(self.rows - row);
                match count {
                    8 => self.block::<8>(panel, row),
                    7 => self.block::<7>(panel, row),
                    6 => self.block::<6>(panel, row),
                    5 => self.block::<5>(panel, row),
                    4 => self.block::<4>(panel, row),
                    3 => self.block::<3>(panel, row),
                    2 => self.block::<2>(panel, row),
                    _ => self.block::<1>(panel, row),
                }
                row += count;
            }
        }
        debug_assert_eq!(self.packed.len(), self.rows * inputs);
    }

    /// Interleaves the rows of each block, so that the kernel reads them from front to back.
    #[inline(always)]
    fn pack<const ROWS: usize>(&mut self) {
        let inputs = self.affine.inputs;
        self.packed.clear();
        self.packed.resize(self.rows * inputs, 0.0);
        let blocks = self.packed.chunks_mut(ROWS * inputs);
        for (block, packed) in blocks.enumerate() {
            let count = packed.len() / inputs;
            for r in 0..count {
                let from = (block * ROWS + r) * self.step;
                let row = &self.input[from..from + inputs];
                for (value, target) in row.iter().zip(packed[r..].iter_mut().step_by(count)) {
                    *target = *value;
                }
            }
        }
    }

    #[inline(always)]
    fn block<const COUNT: usize>(&mut self, panel: usize, row: usize) {
        let inputs = self.affine.inputs;
        let weights = &self.affine.weights[panel * inputs..][..inputs];
        let values = self.packed[row * inputs..][..COUNT * inputs]
            .as_chunks::<COUNT>()
            .0;
        let mut sums = [self.affine.bias[panel]; COUNT];
        for (values, weights) in values.iter().zip(weights) {
            for r in 0..COUNT {
                for c in 0..PANEL {
                    sums[r][c] += values[r] * weights[c];
                }
            }
        }
        let stride = self.affine.bias.len() * PANEL;
        for (r, sums) in sums.iter().enumerate() {
            self.out[(row + r) * stride + panel * PANEL..][..PANEL].copy_from_slice(sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn products_have_the_bits_of_the_plain_loop() {
        for (inputs, columns, rows) in [(96, 288, 13), (64, 106, 1), (288, 50, 27), (7, 3, 8)] {
            let (weights, bias) = (table(inputs, columns), table(1, columns));
            let affine = Affine::new(&weights, Some(&bias));
            let step = inputs / 3;
            let input = table(1, inputs + rows * step).values;
            let mut out = vec![0.0; rows * affine.stride()];
            affine.apply(&input, step, rows, &mut out, &mut Vec::new());
            for r in 0..rows {
                for c in 0..columns {
                    let mut sum = bias.values[c];
                    for k in 0..inputs {
                        sum += input[r * step + k] * weights.values[k * columns + c];
                    }
                    assert_eq!(out[r * affine.stride() + c].to_bits(), sum.to_bits());
                }
            }
        }
    }
}
