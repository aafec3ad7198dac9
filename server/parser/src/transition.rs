//! Scores of a transition system's actions: what the dependency parser and the entity recogniser share.
//!
//! Each token's contribution to each place in the state is computed once; the score of a state is then a sum of rows,
//! a maximum and one small product.

use pulp::{Simd, WithSimd};

use crate::matrix::{Affine, vectors};
use crate::model::{Model, ModelError, Table, malformed};
use crate::simd::dispatch;
use crate::tok2vec::{WIDTH, larger};

const HIDDEN: usize = 64;
const WIDE: usize = 2 * HIDDEN;

/// Most actions that a system may have.
pub(crate) const MAX_ACTIONS: usize = 128;

/// The scores of all actions in one state; those past the number of actions mean nothing.
pub(crate) type Scores = [f32; MAX_ACTIONS];

/// The layers of a transition system whose state shows `PLACES` tokens.
pub(crate) struct Scorer<const PLACES: usize> {
    lower: Affine,
    state: Affine,
    bias: [f32; WIDE],
    padding: [[f32; WIDE]; PLACES],
    /// A row for each hidden unit and the bias last.
    upper: Vec<Scores>,
}

/// The contributions of a text's tokens: reusable memory.
#[derive(Default)]
pub(crate) struct Contributions {
    hidden: Vec<f32>,
    places: Vec<f32>,
}

impl<const PLACES: usize> Scorer<PLACES> {
    /// Loads the layers of the system `name`, which has `actions` actions.
    pub(crate) fn load(model: &Model<'_>, name: &str, actions: usize) -> Result<Self, ModelError> {
        let part = |part: &str| format!("{name}.{part}");
        let lower = Affine::load(model, &part("lower"), Some(&part("lower_bias")))?;
        let state = Affine::load(model, &part("state"), None)?;
        let shapes = [lower.inputs(), lower.stride(), state.inputs(), state.stride()];
        if shapes != [WIDTH, HIDDEN, HIDDEN, PLACES * WIDE] || actions > MAX_ACTIONS {
            return Err(malformed(&part("state"), "not the shape of a transition system"));
        }
        let bias = model.shaped(&part("state_bias"), 1, WIDE)?;
        let padding = model.shaped(&part("padding"), PLACES, WIDE)?;
        let weights = model.shaped(&part("upper"), HIDDEN, actions)?;
        let upper_bias = model.shaped(&part("upper_bias"), 1, actions)?;
        Ok(Scorer {
            lower,
            state,
            bias: bias.values.try_into().expect("shaped() checked the length"),
            padding: std::array::from_fn(|place| padding.values.as_chunks::<WIDE>().0[place]),
            upper: padded_rows(&weights, &upper_bias),
        })
    }

    /// Computes what each of `count` tokens contributes to a state.
    pub(crate) fn prepare(
        &self,
        vectors: &[f32],
        count: usize,
        contributions: &mut Contributions,
        packed: &mut Vec<f32>,
    ) {
        let Contributions { hidden, places } = contributions;
        hidden.resize(count * HIDDEN, 0.0);
        places.resize(count * PLACES * WIDE, 0.0);
        self.lower.apply(vectors, WIDTH, count, hidden, packed);
        self.state.apply(hidden, HIDDEN, count, places, packed);
    }

    /// Scores the actions of the state that shows `tokens`.
    pub(crate) fn score(
        &self,
        contributions: &Contributions,
        tokens: [Option<usize>; PLACES],
        scores: &mut Scores,
    ) {
        let rows = contributions.places.as_chunks::<WIDE>().0;
        dispatch(Score {
            scorer: self,
            rows,
            tokens,
            scores,
        });
    }
}

fn padded_rows(weights: &Table, bias: &Table) -> Vec<Scores> {
    let rows = weights
        .values
        .chunks_exact(weights.columns)
        .chain([&bias.values[..]]);
    let padded = rows.map(|row| {
        let mut padded = [0.0; MAX_ACTIONS];
        padded[..row.len()].copy_from_slice(row);
        padded
    });
    padded.collect()
}

struct Score<'a, const PLACES: usize> {
    scorer: &'a Scorer<PLACES>,
    rows: &'a [[f32; WIDE]],
    tokens: [Option<usize>; PLACES],
    scores: &'a mut Scores,
}

impl<const PLACES: usize> WithSimd for Score<'_, PLACES> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let mut wide = [0.0f32; WIDE];
        for (place, token) in self.tokens.iter().enumerate() {
            let row = match token {
                Some(token) => &self.rows[token * PLACES + place],
                None => &self.scorer.padding[place],
            };
            for i in 0..WIDE {
                wide[i] += row[i];
            }
        }
        let mut hidden = [0.0f32; HIDDEN];
        for i in 0..HIDDEN {
            let (a, b) = (
                wide[i] + self.scorer.bias[i],
                wide[HIDDEN + i] + self.scorer.bias[HIDDEN + i],
            );
            hidden[i] = larger(a, b);
        }
        match S::F32_LANES {
            1 => upper::<S, MAX_ACTIONS>(simd, &self.scorer.upper, &hidden, self.scores),
            _ => upper::<S, 8>(simd, &self.scorer.upper, &hidden, self.scores),
        }
    }
}

/// The last layer, `VECTORS` vectors of actions at a time.
#[inline(always)]
fn upper<S: Simd, const VECTORS: usize>(
    simd: S,
    rows: &[Scores],
    hidden: &[f32; HIDDEN],
    scores: &mut Scores,
) {
    for part in 0..MAX_ACTIONS / (VECTORS * S::F32_LANES) {
        let mut sums = [simd.splat_f32s(0.0); VECTORS];
        for (value, row) in hidden.iter().zip(rows) {
            let (value, weights) = (simd.splat_f32s(*value), vectors::<S, VECTORS>(row, part));
            for v in 0..VECTORS {
                sums[v] = simd.add_f32s(sums[v], simd.mul_f32s(value, weights[v]));
            }
        }
        let bias = vectors::<S, VECTORS>(&rows[HIDDEN], part);
        let scores = &mut S::as_mut_simd_f32s(scores).0[part * VECTORS..][..VECTORS];
        for v in 0..VECTORS {
            scores[v] = simd.add_f32s(sums[v], bias[v]);
        }
    }
}

/// The best of the actions in `allowed`, the first of equals.
pub(crate) fn best(scores: &Scores, allowed: impl IntoIterator<Item = usize>) -> Option<usize> {
    let mut allowed = allowed.into_iter();
    let first = allowed.next()?;
    Some(allowed.fold(first, |best, action| {
        if scores[action] > scores[best] {
            action
        } else {
            best
        }
    }))
}
