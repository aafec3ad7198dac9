//! The dependency parser: arc-eager transitions, greedily, with unshifting, as spaCy does them.

mod projective;
mod state;

use crate::label::Dep;
use crate::model::{Model, ModelError};
use crate::tok2vec::WIDTH;
use crate::transition::{Contributions, Open, Scorer};
use crate::tree::Tree;
use projective::deprojectivize;
use state::{Allowed, State};

/// Tokens of the state that the network sees.
const PLACES: usize = 8;

/// Groups of 16 actions.
const GROUPS: usize = 7;

/// The network and its actions.
pub(crate) struct ArcParser {
    scorer: Scorer<PLACES, GROUPS>,
    actions: Vec<Action>,
    /// The actions that each [`Allowed`] allows, by its number.
    open: Vec<Open<GROUPS>>,
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
            open: Allowed::all()
                .map(|allowed| Open::new(&actions, |action| allowed.holds(action.kind)))
                .collect(),
            actions,
        })
    }

    /// Computes what the tokens of a batch contribute to states.
    pub(crate) fn prepare(&self, vectors: &[[f32; WIDTH]], contributions: &mut Contributions) {
        self.scorer.prepare(vectors, contributions);
    }

    /// The tree of a text whose first token is `base` in the batch; `space` says which are white space.
    pub(crate) fn parse(&self, contributions: &Contributions, base: usize, space: &[bool]) -> Tree {
        let mut state = State::new(space.len());
        while !state.is_final() {
            let open = &self.open[state.allowed().number()];
            // Some action is always allowed: shifting on an empty stack, reducing at the end of the text.
            let Some(action) = self.scorer.best(contributions, base, state.shown(), open) else {
                break;
            };
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
