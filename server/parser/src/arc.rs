//! The dependency parser: arc-eager transitions, greedily, with unshifting, as spaCy does them.

mod projective;
mod state;

use crate::label::Dep;
use crate::model::{Model, ModelError};
use crate::transition::{Contributions, MAX_ACTIONS, Scorer, best};
use crate::tree::Tree;
use projective::deprojectivize;
use state::State;

/// Tokens of the state that the network sees.
const PLACES: usize = 8;

/// The network and its actions.
pub(crate) struct ArcParser {
    scorer: Scorer<PLACES>,
    actions: Vec<Action>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

#[derive(Clone, Copy, Debug)]
struct Action {
    kind: Move,
    label: Label,
}

/// A label, and the label of the token that the arc belongs to if it was lifted to make the tree projective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    dep: Dep,
    lifted_from: Option<Dep>,
}

impl ArcParser {
    pub(crate) fn load(model: &Model<'_>) -> Result<ArcParser, ModelError> {
        let mut section = model.reader("moves")?;
        let names = section.texts()?;
        let unknown = || section.error("an action of no known kind or label");
        let actions = names
            .iter()
            .map(|name| Action::from_name(name).ok_or_else(unknown));
        let actions = actions.collect::<Result<Vec<_>, _>>()?;
        Ok(ArcParser {
            scorer: Scorer::load(model, "parser", actions.len())?,
            actions,
        })
    }

    /// The tree of the tokens with these vectors; `space` says which are white space.
    pub(crate) fn parse(
        &self,
        vectors: &[f32],
        space: &[bool],
        contributions: &mut Contributions,
        packed: &mut Vec<f32>,
    ) -> Tree {
        let count = space.len();
        self.scorer.prepare(vectors, count, contributions, packed);
        let mut state = State::new(count);
        let mut scores = [0.0; MAX_ACTIONS];
        while !state.is_final() {
            self.scorer.score(contributions, state.shown(), &mut scores);
            let allowed = state.allowed();
            let open = (0..self.actions.len()).filter(|&action| allowed.holds(self.actions[action].kind));
            // Some action is always allowed: shifting on an empty stack, reducing at the end of the text.
            let Some(action) = best(&scores, open) else { break };
            state.apply(self.actions[action]);
        }
        let (heads, labels) = state.into_arcs();
        let mut tree = Tree::new(heads, labels.iter().map(|label| label.dep).collect());
        deprojectivize(&mut tree, &labels, space);
        tree
    }
}

impl Action {
    fn from_name(name: &str) -> Option<Action> {
        let (kind, label) = name.split_once('-').unwrap_or((name, "ROOT"));
        let kind = match kind {
            "S" => Move::Shift,
            "D" => Move::Reduce,
            "L" => Move::Left,
            "R" => Move::Right,
            "B" => Move::Break,
            _ => return None,
        };
        let (dep, lifted_from) = match label.split_once("||") {
            Some((dep, from)) => (dep, Some(Dep::from_name(from)?)),
            None => (label, None),
        };
        Some(Action {
            kind,
            label: Label {
                dep: Dep::from_name(dep)?,
                lifted_from,
            },
        })
    }
}
