//! How verbs hang together: which of them head clauses, and on what.

use super::Link;
use crate::tree::{Tree, is_verb};
use dateline_parser::{Dep, Tag};

/// Whether a verb heads a clause of its own: not an auxiliary, and not an adjective in disguise.
pub(super) fn heads_clause(tree: &Tree<'_>, token: usize) -> bool {
    let verbal = is_verb(tree.tag(token));
    verbal
        && !matches!(
            tree.dep(token),
            Dep::Aux | Dep::AuxPass | Dep::Amod | Dep::Compound | Dep::Punct | Dep::Case
        )
        && !(tree.dep(token) == Dep::Prep
            && tree.tag(token) == Tag::VBG
            && tree.children(token).all(|i| tree.dep(i) != Dep::Dobj))
}

/// Whether a verb form has a tense of its own.
fn is_finite(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.tag(verb), Tag::VBD | Tag::VBZ | Tag::VBP)
}

/// How a verb hangs on the word above it, and which that is.
pub(super) fn link_of(tree: &Tree<'_>, verb: usize) -> (Link, Option<usize>) {
    let mut head = tree.head(verb);
    // "refused to recognise the result and *withdrew* its envoy": what has a tense is not joined to the infinitive.
    if tree.dep(verb) == Dep::Conj && is_finite(tree, verb) {
        while tree.tag(head) == Tag::VB
            && tree.has_to(head)
            && matches!(tree.dep(head), Dep::Xcomp | Dep::Advcl)
        {
            head = tree.head(head);
        }
    }
    let link = match tree.dep(verb) {
        Dep::Root => return (Link::Root, None),
        Dep::Xcomp | Dep::Ccomp => Link::Complement,
        Dep::Conj => Link::Conjunct,
        Dep::Relcl => Link::Relative,
        Dep::Acl => Link::NounModifier,
        Dep::Advcl | Dep::Prep => Link::Adverbial,
        Dep::Pcomp => Link::Prepositional,
        _ => Link::Other,
    };
    (link, Some(head))
}

/// Whether a complement clause has no tense of its own.
pub(super) fn is_small(tree: &Tree<'_>, verb: usize) -> bool {
    let finite = |i: usize| tree.dep(i) == Dep::Mark || (tree.dep(i) == Dep::Aux && tree.tag(i) != Tag::TO);
    let tenseless = tree.has_to(verb) || matches!(tree.tag(verb), Tag::VBG | Tag::VBN);
    tenseless
        && !tree
            .children(verb)
            .any(|i| finite(i) || tree.dep(i) == Dep::AuxPass)
}

/// The nearest verb at or above a token.
pub(crate) fn governing_verb(tree: &Tree<'_>, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..100 {
        if heads_clause(tree, at) {
            return Some(at);
        }
        let head = tree.head(at);
        if head == at {
            return None;
        }
        at = head;
    }
    None
}
