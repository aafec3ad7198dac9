//! Whose words are whose: how a word of the sentence stands to one of its events.
//!
//! What hangs below the event's verb is the event's: its parties, its object, its purpose, what is demanded or agreed. So is
//! the verb that only carries it ("*agreed* to ..."). Aside is what describes a party (appositions, relative clauses), tells when
//! ("after ...", "while ..."), or belongs to another event. Who merely says so ("the army said") has no part in it.

use crate::clause::{Clauses, Link, governing_verb};
use crate::operator::{Carrier, Operator, Operators};
use crate::tree::Tree;
use dateline_parser::{Dep, Tag};

/// How a word stands to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Belongs to who says so.
    Outside,
    /// Told in passing, or another event's.
    Aside,
    /// The event's own.
    Own,
}

/// One event among those of its sentence.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) tree: Tree<'a>,
    pub(super) clauses: &'a Clauses,
    pub(super) operators: &'a Operators,
    /// The event's verb.
    pub(super) verb: usize,
    /// The verbs of the sentence's events, this one's among them.
    pub(super) events: &'a [usize],
}

/// Nothing in prose nests deeper; a damaged tree must not hang.
const DEEPEST: usize = 100;

impl View<'_> {
    /// How the word at a token stands to the event.
    pub(super) fn standing(&self, token: usize) -> Standing {
        let tree = self.tree;
        let mut at = token;
        let mut aside = false;
        for _ in 0..DEEPEST {
            if at == self.verb {
                return if aside { Standing::Aside } else { Standing::Own };
            }
            if self.is_source(at) {
                return Standing::Outside;
            }
            if at != token && self.is_above(at) {
                return self.hung_above(token, at, aside);
            }
            aside |= self.steps_aside(at);
            let head = tree.head(at);
            if head == at {
                break;
            }
            at = head;
        }
        self.hung_above(token, at, true)
    }

    /// "according to", "as ... said".
    fn is_source(&self, at: usize) -> bool {
        let tree = self.tree;
        match tree.dep(at) {
            Dep::Prep => tree.word(at).eq_ignore_ascii_case("according"),
            Dep::Parataxis => self.reports(at),
            Dep::Advcl => {
                self.reports(at) && tree.children(at).any(|i| tree.word(i).eq_ignore_ascii_case("as"))
            }
            _ => false,
        }
    }

    fn reports(&self, verb: usize) -> bool {
        self.clauses
            .of(verb)
            .is_some_and(|clause| self.operators.get(Carrier::Verb, &clause.lemma) == Some(Operator::Report))
    }

    /// Whether what hangs at this edge describes, dates, or is another event beside this one.
    fn steps_aside(&self, at: usize) -> bool {
        let tree = self.tree;
        match tree.dep(at) {
            Dep::Appos | Dep::Parataxis => true,
            // "Pakistan, which ..." describes; "a resolution that imposes ..." tells what it is about.
            Dep::Relcl => {
                let noun = tree.head(at);
                matches!(tree.tag(noun), Tag::NNP | Tag::NNPS)
                    || matches!(tree.dep(noun), Dep::Nsubj | Dep::NsubjPass)
            }
            Dep::Conj => self.events.contains(&at),
            Dep::Advcl => self
                .clauses
                .of(at)
                .and_then(|clause| clause.mark.as_deref())
                .map_or_else(|| tree.children(at).any(|i| is_time(tree.word(i))), is_time),
            Dep::Prep => is_time(tree.word(at)),
            _ => false,
        }
    }

    /// Whether a token is a verb above the event's.
    fn is_above(&self, at: usize) -> bool {
        let tree = self.tree;
        let mut up = self.verb;
        for _ in 0..DEEPEST {
            let head = tree.head(up);
            if head == up {
                return false;
            }
            if head == at {
                return governing_verb(&tree, at) == Some(at);
            }
            up = head;
        }
        false
    }

    /// The standing of a word that hangs at the verb `above` the event's, not below the event's own.
    fn hung_above(&self, token: usize, above: usize, aside: bool) -> Standing {
        if above != self.verb && self.events.contains(&above) {
            return Standing::Aside;
        }
        if self.reports(above) && token != above {
            return Standing::Outside;
        }
        if aside || !self.carried(above) {
            return Standing::Aside;
        }
        Standing::Own
    }

    /// Whether the verbs from the event's up to `above` only carry it: "agreed to ...", "came and ...".
    fn carried(&self, above: usize) -> bool {
        let mut at = self.verb;
        for _ in 0..DEEPEST {
            let Some(clause) = self.clauses.of(at) else {
                return false;
            };
            let carries = match clause.link {
                Link::Complement | Link::Prepositional => true,
                Link::Conjunct => !clause.own_subject,
                _ => false,
            };
            let next = clause
                .governor
                .and_then(|governor| governing_verb(&self.tree, governor));
            match next {
                Some(next) if carries && next == above => return true,
                Some(next) if carries && next != at => at = next,
                _ => return false,
            }
        }
        false
    }
}

fn is_time(word: &str) -> bool {
    [
        "after",
        "before",
        "since",
        "while",
        "when",
        "during",
        "following",
        "until",
        "amid",
        "as",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}
