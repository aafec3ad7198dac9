//! A window layer: each output row sees three neighbouring input rows.
//!
//! Neighbouring windows overlap, and Winograd's minimal filtering F(4, 3) uses that: four output rows that direct
//! products would make from twelve row products are sums of six. Six sums of input rows are multiplied with six fixed
//! mixtures of the weights, and sums of these products are the output. The sums cost little beside the products, so a
//! layer takes half the work; the rounding differs from that of direct products in the last bits, but is the same
//! everywhere.

use pulp::{Simd, WithSimd};

use crate::matrix::Affine;
use crate::model::{Model, ModelError, Table};
use crate::norm::Norm;
use crate::simd::dispatch;
use crate::tok2vec::{WIDE, WIDTH};

/// Output rows that are computed from the same products.
pub(crate) const OUTPUTS: usize = 4;

/// Input rows that they depend on, and products that they need.
pub(crate) const INPUTS: usize = OUTPUTS + 2;

/// Tiles that are worked on together: enough to use the weights well while they are in the cache, few enough for the
/// products to stay there too.
const MAX_TILES: usize = 32;

/// How each product weighs the three rows of weights: the filters of F(4, 3) at the points 0, 1, -1, 2, -2 and infinity.
const FILTERS: [[f64; 3]; INPUTS] = [
    [1.0 / 4.0, 0.0, 0.0],
    [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
    [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
    [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
    [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
    [0.0, 0.0, 1.0],
];

/// Up to four neighbouring output rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    /// The first one.
    pub(crate) row: usize,
    /// How many of them are wanted.
    pub(crate) count: usize,
}

/// The weights of one layer.
pub(crate) struct Window {
    products: [Affine<WIDTH>; INPUTS],
    bias: [f32; WIDE],
    norm: Norm,
}

/// Reusable memory of [`Window::apply`].
#[derive(Default)]
pub(crate) struct Scratch {
    inputs: Vec<[f32; WIDTH]>,
    products: Vec<[f32; WIDE]>,
}

impl Window {
    /// Loads layer `layer` of the network `name`.
    pub(crate) fn load(model: &Model<'_>, name: &str, layer: usize) -> Result<Window, ModelError> {
        let weights = model.shaped(&format!("{name}.weights{layer}"), 3 * WIDTH, WIDE)?;
        let bias = model.shaped(&format!("{name}.bias{layer}"), 1, WIDE)?;
        Ok(Window {
            products: FILTERS.map(|filter| Affine::new(&filtered(&weights, filter), None)),
            bias: bias.values.try_into().expect("shaped() checked the length"),
            norm: Norm::load(model, name, layer)?,
        })
    }

    /// Writes the rows of `tiles` to `target`, each the layer's output plus the same row of `rows`.
    ///
    /// # Panics
    /// If a tile does not have one row before it and five from its first one on.
    pub(crate) fn apply(
        &self,
        rows: &[[f32; WIDTH]],
        tiles: &[Tile],
        target: &mut [[f32; WIDTH]],
        scratch: &mut Scratch,
    ) {
        let chunks = tiles.len().div_ceil(MAX_TILES).max(1);
        for tiles in tiles.chunks(tiles.len().div_ceil(chunks).max(1)) {
            let Scratch { inputs, products } = scratch;
            inputs.resize(INPUTS * tiles.len(), [0.0; WIDTH]);
            products.resize(INPUTS * tiles.len(), [0.0; WIDE]);
            dispatch(SumInputs { rows, tiles, inputs });
            for ((affine, inputs), products) in self
                .products
                .iter()
                .zip(inputs.chunks_exact(tiles.len()))
                .zip(products.chunks_exact_mut(tiles.len()))
            {
                affine.apply(inputs, products.as_flattened_mut());
            }
            dispatch(SumOutputs {
                layer: self,
                rows,
                tiles,
                products,
                target,
            });
        }
    }
}

/// The three blocks of `weights`, one for each row of the window, added as `filter` says.
fn filtered(weights: &Table, filter: [f64; 3]) -> Table {
    let block = WIDTH * weights.columns;
    let mixed = |at: usize| {
        let terms = filter
            .iter()
            .enumerate()
            .map(|(row, factor)| factor * f64::from(weights.values[row * block + at]));
        terms.fold(0.0, |sum, term| sum + term) as f32
    };
    Table {
        rows: WIDTH,
        columns: weights.columns,
        values: (0..block).map(mixed).collect(),
    }
}

/// The six sums of each tile's input rows, sum by sum.
struct SumInputs<'a> {
    rows: &'a [[f32; WIDTH]],
    tiles: &'a [Tile],
    inputs: &'a mut [[f32; WIDTH]],
}

impl WithSimd for SumInputs<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let count = self.tiles.len();
        for (t, tile) in self.tiles.iter().enumerate() {
            let [r0, r1, r2, r3, r4, r5]: &[[f32; WIDTH]; INPUTS] = self.rows[tile.row - 1..][..INPUTS]
                .try_into()
                .expect("a slice of this length is this array");
            for i in 0..WIDTH {
                let [d0, d1, d2, d3, d4, d5] = [r0[i], r1[i], r2[i], r3[i], r4[i], r5[i]];
                let (even, odd) = (d4 - 4.0 * d2, d3 - 4.0 * d1);
                let (near, far) = (d4 - d2, 2.0 * (d3 - d1));
                self.inputs[t][i] = 4.0 * d0 - 5.0 * d2 + d4;
                self.inputs[count + t][i] = even + odd;
                self.inputs[2 * count + t][i] = even - odd;
                self.inputs[3 * count + t][i] = near + far;
                self.inputs[4 * count + t][i] = near - far;
                self.inputs[5 * count + t][i] = 4.0 * d1 - 5.0 * d3 + d5;
            }
        }
    }
}

/// The output rows as sums of the products, and what follows them in the layer.
struct SumOutputs<'a> {
    layer: &'a Window,
    rows: &'a [[f32; WIDTH]],
    tiles: &'a [Tile],
    products: &'a [[f32; WIDE]],
    target: &'a mut [[f32; WIDTH]],
}

impl WithSimd for SumOutputs<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let count = self.tiles.len();
        let mut wide = [[0.0; WIDE]; OUTPUTS];
        for (t, tile) in self.tiles.iter().enumerate() {
            let m: [&[f32; WIDE]; INPUTS] = std::array::from_fn(|k| &self.products[k * count + t]);
            for i in 0..WIDE {
                let [m0, m1, m2, m3, m4, m5] = [m[0][i], m[1][i], m[2][i], m[3][i], m[4][i], m[5][i]];
                let bias = self.layer.bias[i];
                let (near, near_odd, far, far_odd) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
                wide[0][i] = bias + (m0 + near + far);
                wide[1][i] = bias + (near_odd + 2.0 * far_odd);
                wide[2][i] = bias + (near + 4.0 * far);
                wide[3][i] = bias + (near_odd + 8.0 * far_odd + m5);
            }
            for (k, wide) in wide.iter().enumerate().take(tile.count) {
                let (base, target) = (&self.rows[tile.row + k], &mut self.target[tile.row + k]);
                self.layer.norm.add_maxout(wide, base, target);
            }
        }
    }
}
