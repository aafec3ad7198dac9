//! The entity recogniser: one pass over the tokens with begin, inside, last, unit and out actions.

use crate::doc::Entity;
use crate::features::Features;
use crate::label::EntityLabel;
use crate::model::{Model, ModelError};
use crate::tok2vec::{Scratch, Tok2Vec};
use crate::transition::{Contributions, MAX_ACTIONS, Scorer, best};

/// Tokens of the state that the network sees.
const PLACES: usize = 3;

/// Attributes of a word that the network uses.
const FEATURES: usize = 4;

/// The network and its actions.
pub(crate) struct EntityRecognizer {
    tok2vec: Tok2Vec,
    scorer: Scorer<PLACES>,
    /// `None` is the action without a label that spaCy keeps for preset annotations; it never applies here.
    actions: Vec<Option<Action>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Begin(EntityLabel),
    Inside(EntityLabel),
    Last(EntityLabel),
    Unit(EntityLabel),
    Out,
}

impl EntityRecognizer {
    pub(crate) fn load(model: &Model<'_>) -> Result<EntityRecognizer, ModelError> {
        let mut section = model.reader("ner_moves")?;
        let names = section.texts()?;
        let unknown = || section.error("an action of no known kind or label");
        let actions = names.iter().map(|name| match *name {
            "U-" => Ok(None),
            name => Action::from_name(name).map(Some).ok_or_else(unknown),
        });
        let actions = actions.collect::<Result<Vec<_>, _>>()?;
        let scorer = Scorer::load(model, "ner", actions.len())?;
        Ok(EntityRecognizer {
            tok2vec: Tok2Vec::load(model, "ner", FEATURES)?,
            scorer,
            actions,
        })
    }

    /// The entities of `words`; `space` says which are white space, `starts` which start a sentence.
    pub(crate) fn find(
        &self,
        words: &[Features],
        space: &[bool],
        starts: &[bool],
        scratch: &mut Scratch,
        contributions: &mut Contributions,
    ) -> Vec<Entity> {
        let count = words.len();
        let vectors = self.tok2vec.encode(words, scratch).to_vec();
        self.scorer
            .prepare(&vectors, count, contributions, &mut scratch.packed);
        let mut entities = Vec::new();
        let mut open: Option<(usize, EntityLabel)> = None;
        let mut scores = [0.0; MAX_ACTIONS];
        for (token, &is_space) in space.iter().enumerate() {
            let shown = [
                Some(token),
                open.map(|(start, _)| start),
                open.and(token.checked_sub(1)),
            ];
            self.scorer.score(contributions, shown, &mut scores);
            let goes_on = starts.get(token + 1) == Some(&false);
            let allowed = |action: &Option<Action>| match (action, open) {
                (Some(Action::Begin(_)), None) => goes_on && !is_space,
                (Some(Action::Unit(_)), None) => !is_space,
                (Some(Action::Out), None) => true,
                (Some(Action::Inside(label)), Some((_, open))) => *label == open && goes_on,
                (Some(Action::Last(label)), Some((_, open))) => *label == open,
                _ => false,
            };
            let choice = best(
                &scores,
                (0..self.actions.len()).filter(|&i| allowed(&self.actions[i])),
            );
            match (choice.and_then(|choice| self.actions[choice]), open) {
                (Some(Action::Begin(label)), _) => open = Some((token, label)),
                (Some(Action::Unit(label)), _) => entities.push(Entity {
                    start: token,
                    end: token + 1,
                    label,
                }),
                (Some(Action::Last(label)), Some((start, _))) => {
                    entities.push(Entity {
                        start,
                        end: token + 1,
                        label,
                    });
                    open = None;
                }
                _ => {}
            }
        }
        entities
    }
}

impl Action {
    fn from_name(name: &str) -> Option<Action> {
        let Some((kind, label)) = name.split_once('-') else {
            return (name == "O").then_some(Action::Out);
        };
        let label = EntityLabel::from_name(label)?;
        match kind {
            "B" => Some(Action::Begin(label)),
            "I" => Some(Action::Inside(label)),
            "L" => Some(Action::Last(label)),
            "U" => Some(Action::Unit(label)),
            _ => None,
        }
    }
}
