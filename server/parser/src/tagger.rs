//! The tagger: one linear layer over the word vectors.

use crate::label::Tag;
use crate::matrix::Affine;
use crate::model::{Model, ModelError, malformed};
use crate::tok2vec::WIDTH;

/// The layer and the tags of its outputs.
pub(crate) struct Tagger {
    affine: Affine<WIDTH>,
    tags: Vec<Tag>,
}

impl Tagger {
    pub(crate) fn load(model: &Model<'_>) -> Result<Tagger, ModelError> {
        let mut section = model.reader("tags")?;
        let names = section.texts()?;
        let tags = names
            .iter()
            .map(|name| Tag::from_name(name).ok_or_else(|| section.error("unknown tag")));
        let tags = tags.collect::<Result<Vec<_>, _>>()?;
        let affine = Affine::load(model, "tagger.weights", Some("tagger.bias"))?;
        if affine.columns() != tags.len() {
            return Err(malformed("tagger.weights", "not the shape of the tagger"));
        }
        Ok(Tagger { affine, tags })
    }

    /// The tag of each vector, written to `out`; the first of equals. `scores` is overwritten.
    pub(crate) fn tag(&self, vectors: &[[f32; WIDTH]], scores: &mut Vec<f32>, out: &mut Vec<Tag>) {
        let stride = self.affine.stride();
        scores.resize(vectors.len() * stride, 0.0);
        self.affine.apply(vectors, scores);
        let best = |scores: &[f32]| {
            let scores = &scores[..self.tags.len()];
            let best = scores
                .iter()
                .enumerate()
                .fold(0, |best, (i, score)| if *score > scores[best] { i } else { best });
            self.tags[best]
        };
        out.clear();
        out.extend(scores.chunks_exact(stride).map(best));
    }
}
