//! The tagger: one linear layer over the word vectors.

use crate::label::Tag;
use crate::matrix::Affine;
use crate::model::{Model, ModelError, malformed};
use crate::tok2vec::WIDTH;

/// The layer and the tags of its outputs.
pub(crate) struct Tagger {
    affine: Affine,
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
        if (affine.inputs(), affine.columns()) != (WIDTH, tags.len()) {
            return Err(malformed("tagger.weights", "not the shape of the tagger"));
        }
        Ok(Tagger { affine, tags })
    }

    /// The tag of each vector; the first of equals.
    pub(crate) fn tag(&self, vectors: &[f32], packed: &mut Vec<f32>) -> Vec<Tag> {
        let stride = self.affine.stride();
        let mut scores = vec![0.0; vectors.len() / WIDTH * stride];
        self.affine
            .apply(vectors, WIDTH, vectors.len() / WIDTH, &mut scores, packed);
        let best = |scores: &[f32]| {
            let scores = &scores[..self.tags.len()];
            let best = scores
                .iter()
                .enumerate()
                .fold(0, |best, (i, score)| if *score > scores[best] { i } else { best });
            self.tags[best]
        };
        scores.chunks_exact(stride).map(best).collect()
    }
}
