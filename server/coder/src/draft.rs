//! An event on its way through the coder.

use crate::Party;
use crate::coding::Flags;
use crate::operator::Operator;
use crate::trace::Abstention;
use crate::verb::Meaning;

/// An event as found, before operators and gate have had their say.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) meaning: Meaning,
    /// The token that says it: a verb or a noun.
    pub(crate) trigger: usize,
    /// The verb of the clause it stands in.
    pub(crate) verb: usize,
    pub(crate) actors: Vec<Party>,
    pub(crate) recipients: Vec<Party>,
    /// The recipients stand in the clause below, whose own event knows them better.
    pub(crate) guessed: bool,
    pub(crate) mutual: bool,
    pub(crate) absorbs: bool,
    /// It names the verbs of its complement itself, and so is not superseded by them.
    pub(crate) keeps: bool,
    pub(crate) weak: bool,
    /// Found in a noun by itself.
    pub(crate) nominal: bool,
    /// A passive without agent, or a thing that acts: no actor can be named.
    pub(crate) agentless: bool,
    pub(crate) attempted: bool,
    /// Somebody is quoted as saying so.
    pub(crate) reported: bool,
    pub(crate) flags: Flags,
    /// Why it will not be reported.
    pub(crate) dropped: Option<Abstention>,
    /// The pattern's line, for traces.
    pub(crate) source: Source,
    /// What the words around it made of it, in order, for traces.
    pub(crate) turns: Vec<Turn>,
}

/// Where a draft comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A line of a data file, as it is loaded.
    Line(&'static str, u32),
    /// A rule of the program, in a few words.
    Rule(&'static str),
}

/// What a governing word, or the clause's own modal verb and negation, made of a draft.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// The operator; none for modal verb and negation.
    pub(crate) operator: Option<Operator>,
    /// The verb of the clause that carries it.
    pub(crate) verb: usize,
    /// The word that carries it, if it is not the verb.
    pub(crate) governor: Option<usize>,
    pub(crate) before: Meaning,
    /// Nothing: it is not reported.
    pub(crate) after: Option<Meaning>,
}

impl Draft {
    /// It may or might happen, or would under a condition: reported with that flag where it names both sides.
    pub(crate) fn imagine(&mut self) {
        self.flags.hypothetical = true;
    }

    /// Whether it is told as something done, said or planned.
    pub(crate) fn is_real(&self) -> bool {
        self.dropped.is_none() && !self.flags.hypothetical
    }

    /// Remembers what a word made of the draft, which meant `before` until then.
    pub(crate) fn turned(
        &mut self,
        operator: Option<Operator>,
        verb: usize,
        governor: Option<usize>,
        before: Meaning,
    ) {
        let after = self.dropped.is_none().then_some(self.meaning);
        if operator.is_some() || after != Some(before) {
            self.turns.push(Turn {
                operator,
                verb,
                governor,
                before,
                after,
            });
        }
    }

    pub(crate) fn drop(&mut self, reason: Abstention) {
        self.dropped.get_or_insert(reason);
    }
}
