//! Scores of a transition system's actions: what the dependency parser and the entity recogniser share.
//!
//! Each token's contribution to each place in the state is computed once; the score of a state is then a sum of rows,
//! a maximum and one small product.

use pulp::{Arch, Simd, WithSimd};

use crate::matrix::Affine;
use crate::model::{Model, ModelError, Table, malformed};
use crate::tok2vec::{WIDTH, larger};

const HIDDEN: usize = 64;
const WIDE: usize = 2 * HIDDEN;

/// Most actions that a system may have.
pub(crate) const MAX_ACTIONS: usize = 128;
const HALF: usize = MAX_ACTIONS / 2;

/// The scores of all actions in one state; those past the number of actions mean nothing.
pub(crate) type Scores = [f32; MAX_ACTIONS];

/// The layers of a transition system whose state shows `PLACES` tokens.
pub(crate) struct Scorer<const PLACES: usize> {
    lower: Affine,
    state: Affine,
    bias: [f32; WIDE],
    padding: [[f32; WIDE]; PLACES],
    /// For each half of the actions, a row for each hidden unit and the bias last.
    upper: [Vec<[f32; HALF]>; 2],
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
            upper: [0, HALF].map(|first| half_of(&weights, &upper_bias, first)),
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
        Arch::new().dispatch(Score {
            scorer: self,
            rows,
            tokens,
            scores,
        });
    }
}

fn half_of(weights: &Table, bias: &Table, first: usize) -> Vec<[f32; HALF]> {
    let rows = weights
        .values
        .chunks_exact(weights.columns)
        .chain([&bias.values[..]]);
    let half = rows.map(|row| {
        let part = &row[first.min(row.len())..row.len().min(first + HALF)];
        let mut padded = [0.0; HALF];
        padded[..part.len()].copy_from_slice(part);
        padded
    });
    half.collect()
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
    fn with_simd<S: Simd>(self, _: S) {
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
        for (weights, scores) in self
            .scorer
            .upper
            .iter()
            .zip(self.scores.as_chunks_mut::<HALF>().0)
        {
            let mut sums = [0.0f32; HALF];
            for (value, weights) in hidden.iter().zip(weights) {
                for i in 0..HALF {
                    sums[i] += value * weights[i];
                }
            }
            for i in 0..HALF {
                scores[i] = sums[i] + weights[HIDDEN][i];
            }
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
