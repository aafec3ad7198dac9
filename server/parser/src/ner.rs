//! The entity recogniser: one pass over the tokens with begin, inside, last, unit and out actions.

use crate::doc::Entity;
use crate::label::EntityLabel;
use crate::model::{Model, ModelError};
use crate::tok2vec::{Tok2Vec, WIDTH};
use crate::transition::{Contributions, Open, Scorer};

/// Tokens of the state that the network sees.
const PLACES: usize = 3;

/// Attributes of a word that the network uses.
const FEATURES: usize = 4;

/// Groups of 16 actions.
const GROUPS: usize = 5;

/// The network and its actions.
pub(crate) struct EntityRecognizer {
    pub(crate) tok2vec: Tok2Vec,
    scorer: Scorer<PLACES, GROUPS>,
    /// The actions open outside an entity: at the last or another word of a sentence, which is or is not white space.
    outside: [[Open<GROUPS>; 2]; 2],
    /// The actions open inside an entity of each label, at the last or another word of a sentence.
    inside: Vec<[Open<GROUPS>; 2]>,
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
        let allows = |open: Option<EntityLabel>, goes_on: bool, is_space: bool| {
            Open::new(&actions, |action: &Option<Action>| match (*action, open) {
                (Some(Action::Begin(_)), None) => goes_on && !is_space,
                (Some(Action::Unit(_)), None) => !is_space,
                (Some(Action::Out), None) => true,
                (Some(Action::Inside(label)), Some(open)) => label == open && goes_on,
                (Some(Action::Last(label)), Some(open)) => label == open,
                _ => false,
            })
        };
        let both = [false, true];
        let inside = EntityLabel::ALL
            .iter()
            .map(|&label| both.map(|goes_on| allows(Some(label), goes_on, false)));
        Ok(EntityRecognizer {
            tok2vec: Tok2Vec::load(model, "ner", FEATURES)?,
            scorer: Scorer::load(model, "ner", actions.len())?,
            outside: both.map(|goes_on| both.map(|is_space| allows(None, goes_on, is_space))),
            inside: inside.collect(),
            actions,
        })
    }

    /// Computes what the tokens of a batch contribute to states.
    pub(crate) fn prepare(&self, vectors: &[[f32; WIDTH]], contributions: &mut Contributions) {
        self.scorer.prepare(vectors, contributions);
    }

    /// The entities of a text whose first token is `base` in the batch; `space` says which tokens are white space,
    /// `starts` which start a sentence.
    pub(crate) fn find(
        &self,
        contributions: &Contributions,
        base: usize,
        space: &[bool],
        starts: &[bool],
    ) -> Vec<Entity> {
        let mut entities = Vec::new();
        let mut open: Option<(usize, EntityLabel)> = None;
        for (token, &is_space) in space.iter().enumerate() {
            let shown = [
                Some(token),
                open.map(|(start, _)| start),
                open.and(token.checked_sub(1)),
            ];
            let goes_on = usize::from(starts.get(token + 1) == Some(&false));
            let allowed = match open {
                None => &self.outside[goes_on][usize::from(is_space)],
                Some((_, label)) => &self.inside[label as usize][goes_on],
            };
            let choice = self.scorer.best(contributions, base, shown, allowed);
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
