//! What is told in passing, and nouns in clauses that deny, imagine or ask for what they name.

use crate::EventType;
use crate::clause::{Clause, Clauses, Link, Modal, governing_verb};
use crate::draft::Draft;
use crate::gate::both_known;
use crate::operator::{Carrier, Operator};
use crate::roles::Roles;
use crate::trace::Abstention;
use crate::tree::Tree;
use dateline_parser::Dep;

/// Drops what is told in passing, below an event that is reported: relative clauses, participles after a noun, clauses of
/// time and cause, nouns; and what protesters shout, which PLOVER counts to the protest. An event of another type that names
/// both sides in a clause of its own stands beside it: "lifted the ban a day after police *had shot* 19 protesters".
pub(crate) fn aside(drafts: &mut [Draft], clauses: &Clauses, tree: Tree<'_>) {
    let protesting: Vec<usize> = drafts
        .iter()
        .filter(|draft| draft.meaning.event_type == EventType::Protest)
        .map(|draft| draft.verb)
        .collect();
    let alive: Vec<usize> = drafts
        .iter()
        .filter(|d| d.is_real() && !d.nominal)
        .map(|d| d.verb)
        .collect();
    let types: Vec<(usize, EventType)> = drafts
        .iter()
        .filter(|d| d.is_real() && !d.nominal)
        .map(|d| (d.verb, d.meaning.event_type))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| draft.dropped.is_none()) {
        let mut below = draft.nominal;
        if below && alive.contains(&draft.verb) {
            draft.drop(Abstention::Background);
            continue;
        }
        let mut at = clauses.of(draft.verb);
        for _ in 0..40 {
            let Some(clause) = at else { break };
            let Some(above) = clause.governor.and_then(|g| governing_verb(&tree, g)) else {
                break;
            };
            if above == clause.verb || (clause.link == Link::Conjunct && clause.own_subject) {
                break;
            }
            below |= match clause.link {
                Link::Relative | Link::NounModifier => true,
                Link::Adverbial => {
                    // "shelled the town, killing five": one event.
                    let same = types.contains(&(above, draft.meaning.event_type));
                    clause.mark.is_some() || clause.own_subject || protesting.contains(&above) || same
                }
                Link::Prepositional => true,
                _ => false,
            };
            if below && stands_alone(draft, clauses) && !types.contains(&(above, draft.meaning.event_type)) {
                break;
            }
            if below && alive.contains(&above) {
                draft.drop(Abstention::Background);
                break;
            }
            at = clauses.of(above);
        }
    }
}

/// Whether a subordinate clause tells an event in full: finite, of time, cause or relative, with known parties on both sides.
fn stands_alone(draft: &Draft, clauses: &Clauses) -> bool {
    let full_clause = clauses.of(draft.verb).is_some_and(|clause| match clause.link {
        Link::Relative => true,
        Link::Adverbial => {
            let mark = clause.mark.as_deref();
            clause.own_subject
                && matches!(
                    mark,
                    Some("after" | "as" | "when" | "while" | "since" | "because")
                )
        }
        _ => false,
    });
    both_known(draft) && !draft.nominal && full_clause
}

/// A noun under an absorbing event belongs to it: "condemned the attack on", "called for talks between".
pub(super) fn noun_absorbed(draft: &Draft, absorbing: &[usize], roles: &Roles<'_, '_>) -> Option<usize> {
    let tree = roles.tree;
    let mut at = draft.trigger;
    for _ in 0..60 {
        let head = tree.head(at);
        if head == at
            || matches!(
                tree.dep(at),
                Dep::Nsubj | Dep::NsubjPass | Dep::Relcl | Dep::Advcl | Dep::Conj
            )
        {
            return None;
        }
        // "met the president after an attack": a time is not what the event is about.
        let time = tree.dep(head) == Dep::Prep
            && matches!(
                tree.lower(head).as_str(),
                "after" | "before" | "during" | "following" | "since" | "amid"
            );
        if time {
            return None;
        }
        if absorbing.contains(&head) {
            return Some(head);
        }
        at = head;
    }
    None
}

/// A noun in a clause that denies, imagines or asks for it is no event.
pub(super) fn nominal_context(draft: &mut Draft, clause: &Clause, roles: &Roles<'_, '_>) {
    let tree = roles.tree;
    if tree.is_negative_phrase(draft.trigger) {
        draft.flags.negated = true;
    }
    let imagined = [
        "possible",
        "potential",
        "planned",
        "prospective",
        "proposed",
        "future",
        "alleged",
        "upcoming",
        "any",
        "likely",
        "next",
        "further",
        "possibility",
        "imminent",
        "new",
        "no",
    ];
    let before = tree
        .children(draft.trigger)
        .any(|i| imagined.contains(&tree.lower(i).as_str()));
    let holds = [
        "fear",
        "risk",
        "threat",
        "possibility",
        "prospect",
        "chance",
        "hope",
        "likelihood",
        "plan",
        "demand",
        "call",
        "proposal",
        "danger",
    ];
    let under = tree.dep(tree.head(draft.trigger)) == Dep::Prep
        && holds.contains(&tree.lemma(tree.head(tree.head(draft.trigger))).as_str());
    let modal = matches!(
        clause.modal,
        Some(Modal::May | Modal::Would | Modal::Must | Modal::Will)
    );
    let wished = roles.data.operators.get(Carrier::Verb, &clause.lemma) == Some(Operator::Doubt);
    if before || under || modal || wished || clause.negated {
        draft.drop(Abstention::Hypothetical);
    }
}
