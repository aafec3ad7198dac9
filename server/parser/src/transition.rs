//! Scores of a transition system's actions: what the dependency parser and the entity recogniser share.
//!
//! Each token's contribution to each place in the state is computed once; the score of a state is then a sum of rows,
//! a maximum and one small product.

use pulp::{Simd, WithSimd};

use crate::matrix::{Affine, vectors};
use crate::model::{Model, ModelError, Table, malformed};
use crate::norm::larger;
use crate::simd::dispatch;
use crate::tok2vec::WIDTH;

const HIDDEN: usize = 64;
const WIDE: usize = 2 * HIDDEN;

/// Lanes of the widest vectors: scores come in as many `GROUPS` of them as the actions need.
const LANES: usize = 16;

/// The layers of a transition system whose state shows `PLACES` tokens and which has 16 times
/// `GROUPS` actions at most.
pub(crate) struct Scorer<const PLACES: usize, const GROUPS: usize> {
    lower: Affine<WIDTH>,
    state: Affine<HIDDEN>,
    bias: [f32; WIDE],
    padding: [[f32; WIDE]; PLACES],
    /// A row for each hidden unit.
    upper: Box<[Actions<GROUPS>; HIDDEN]>,
    upper_bias: Actions<GROUPS>,
}

/// A number for each action, in groups of 16; those past the number of actions mean nothing.
pub(crate) type Actions<const GROUPS: usize> = [[f32; LANES]; GROUPS];

/// Which actions a state allows: 0 for those, negative infinity for all others.
pub(crate) struct Open<const GROUPS: usize>(Actions<GROUPS>);

/// The contributions of a batch's tokens: reusable memory.
#[derive(Default)]
pub(crate) struct Contributions {
    hidden: Vec<[f32; HIDDEN]>,
    places: Vec<[f32; WIDE]>,
}

impl<const GROUPS: usize> Open<GROUPS> {
    /// The set of those of `actions` for which `allowed` holds.
    pub(crate) fn new<A>(actions: &[A], allowed: impl Fn(&A) -> bool) -> Self {
        let mut open = [[f32::NEG_INFINITY; LANES]; GROUPS];
        for (open, action) in open.as_flattened_mut().iter_mut().zip(actions) {
            if allowed(action) {
                *open = 0.0;
            }
        }
        Open(open)
    }
}

impl<const PLACES: usize, const GROUPS: usize> Scorer<PLACES, GROUPS> {
    /// Loads the layers of the system `name`, which has `actions` actions.
    pub(crate) fn load(model: &Model<'_>, name: &str, actions: usize) -> Result<Self, ModelError> {
        let part = |part: &str| format!("{name}.{part}");
        let lower = Affine::load(model, &part("lower"), Some(&part("lower_bias")))?;
        let state = Affine::load(model, &part("state"), None)?;
        if (lower.stride(), state.stride()) != (HIDDEN, PLACES * WIDE) || actions > GROUPS * LANES {
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
            upper: Box::new(std::array::from_fn(|unit| padded_row(&weights, unit))),
            upper_bias: padded_row(&upper_bias, 0),
        })
    }

    /// Computes what each of the tokens with these `vectors` contributes to a state.
    pub(crate) fn prepare(&self, vectors: &[[f32; WIDTH]], contributions: &mut Contributions) {
        let Contributions { hidden, places } = contributions;
        hidden.resize(vectors.len(), [0.0; HIDDEN]);
        places.resize(vectors.len() * PLACES, [0.0; WIDE]);
        self.lower.apply(vectors, hidden.as_flattened_mut());
        self.state.apply(hidden, places.as_flattened_mut());
    }

    /// The best of the actions `open` in the state that shows `tokens`, counted from `base`; the first of equals.
    pub(crate) fn best(
        &self,
        contributions: &Contributions,
        base: usize,
        tokens: [Option<usize>; PLACES],
        open: &Open<GROUPS>,
    ) -> Option<usize> {
        dispatch(Best {
            scorer: self,
            rows: &contributions.places[base * PLACES..],
            tokens,
            open: &open.0,
        })
    }
}

fn padded_row<const GROUPS: usize>(table: &Table, row: usize) -> Actions<GROUPS> {
    let mut padded = [[0.0; LANES]; GROUPS];
    padded.as_flattened_mut()[..table.columns]
        .copy_from_slice(&table.values[row * table.columns..][..table.columns]);
    padded
}

struct Best<'a, const PLACES: usize, const GROUPS: usize> {
    scorer: &'a Scorer<PLACES, GROUPS>,
    rows: &'a [[f32; WIDE]],
    tokens: [Option<usize>; PLACES],
    open: &'a Actions<GROUPS>,
}

impl<const PLACES: usize, const GROUPS: usize> WithSimd for Best<'_, PLACES, GROUPS> {
    type Output = Option<usize>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Option<usize> {
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
        let mut scores = [[0.0; LANES]; GROUPS];
        self.scorer.upper(simd, &hidden, &mut scores);
        first_largest(&mut scores, self.open)
    }
}

impl<const PLACES: usize, const GROUPS: usize> Scorer<PLACES, GROUPS> {
    /// The last layer, one lane of every group at a time if vectors are narrow: `GROUPS` sums keep the adders busy.
    #[inline(always)]
    fn upper<S: Simd>(&self, simd: S, hidden: &[f32; HIDDEN], scores: &mut Actions<GROUPS>) {
        for part in 0..LANES / S::F32_LANES {
            let mut sums = [simd.splat_f32s(0.0); GROUPS];
            for (value, row) in hidden.iter().zip(&*self.upper) {
                let value = simd.splat_f32s(*value);
                for (sum, weights) in sums.iter_mut().zip(row) {
                    let [weights] = vectors::<S, 1>(weights, part);
                    *sum = simd.add_f32s(*sum, simd.mul_f32s(value, weights));
                }
            }
            for ((sum, bias), scores) in sums.iter().zip(&self.upper_bias).zip(&mut *scores) {
                let [bias] = vectors::<S, 1>(bias, part);
                S::as_mut_simd_f32s(scores).0[part] = simd.add_f32s(*sum, bias);
            }
        }
    }
}

/// The first of the largest scores that are `open`, if there is one.
#[inline(always)]
fn first_largest<const GROUPS: usize>(scores: &mut Actions<GROUPS>, open: &Actions<GROUPS>) -> Option<usize> {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for (scores, open) in scores.iter_mut().zip(open) {
        for i in 0..LANES {
            scores[i] += open[i];
            lanes[i] = larger(scores[i], lanes[i]);
        }
    }
    let largest = lanes.into_iter().fold(f32::NEG_INFINITY, larger);
    let mut places = [u32::MAX; LANES];
    for (group, scores) in scores.iter().enumerate() {
        for i in 0..LANES {
            let place = if scores[i] == largest {
                (group * LANES + i) as u32
            } else {
                u32::MAX
            };
            places[i] = places[i].min(place);
        }
    }
    let first = places.into_iter().fold(u32::MAX, u32::min) as usize;
    (largest > f32::NEG_INFINITY && first < GROUPS * LANES).then_some(first)
}
