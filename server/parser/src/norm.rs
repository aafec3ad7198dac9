//! What ends every layer of the word networks: the largest of three alternatives, normalised.

use crate::model::{Model, ModelError};
use crate::tok2vec::{WIDE, WIDTH};

/// Added to the variance, as thinc does.
const EPSILON: f32 = 1e-8;

/// Scale and offset of a layer normalisation.
pub(crate) struct Norm {
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl Norm {
    pub(crate) fn load(model: &Model<'_>, name: &str, layer: usize) -> Result<Norm, ModelError> {
        let part = |part: &str| -> Result<[f32; WIDTH], ModelError> {
            let values = model.shaped(&format!("{name}.{part}{layer}"), 1, WIDTH)?.values;
            Ok(values.try_into().expect("shaped() checked the length"))
        };
        Ok(Norm {
            gain: part("gain")?,
            shift: part("shift")?,
        })
    }

    /// Writes `base` plus the normalised maximum of `wide` to `target`.
    ///
    /// To be inlined where vector instructions were chosen.
    #[inline(always)]
    pub(crate) fn add_maxout(&self, wide: &[f32; WIDE], base: &[f32; WIDTH], target: &mut [f32; WIDTH]) {
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
            target[i] = base[i] + (best[i] * scale * self.gain[i] + self.shift[i]);
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
