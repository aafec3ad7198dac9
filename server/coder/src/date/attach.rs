//! Which words of time belong to which event, by the tree.

use crate::clause::{Clause, Clauses, Link, Modal, governing_verb};
use crate::tree::Tree;
use dateline_parser::{Dep, Tag};
use std::ops::Range;

use super::resolve::Tense;

/// What words of time hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attachment {
    /// The verb of their clause; `None` in a fragment.
    pub(super) verb: Option<usize>,
    /// The noun that they stand beside.
    pub(super) noun: Option<usize>,
    /// Whether they tell when the verb happens: "met on *Monday*", not "condemned *Monday*'s attack".
    pub(super) loose: bool,
}

/// Prepositions behind which another event stands.
const OTHER_EVENT: [&str; 16] = [
    "after",
    "before",
    "following",
    "since",
    "during",
    "amid",
    "over",
    "despite",
    "about",
    "of",
    "for",
    "against",
    "regarding",
    "concerning",
    "until",
    "like",
];

/// Nouns for parts of times, which add nothing: "the end of *March*", "the night of *Monday*".
fn is_part_of_time(lemma: &str) -> bool {
    matches!(
        lemma,
        "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "beginning"
            | "end"
            | "start"
            | "half"
            | "middle"
            | "year"
            | "month"
            | "week"
            | "quarter"
            | "morning"
            | "evening"
            | "night"
            | "afternoon"
            | "day"
            | "hour"
            | "dawn"
            | "midnight"
            | "noon"
            | "weekend"
            | "course"
            | "late"
            | "early"
    )
}

/// What words of time (a token range) hang on.
pub(super) fn attach(tree: Tree<'_>, tokens: &Range<usize>) -> Attachment {
    let top = tokens
        .clone()
        .find(|&i| !tokens.contains(&tree.head(i)) || tree.head(i) == i)
        .unwrap_or(tokens.start);
    let verb = governing_verb(&tree, top);
    let mut attachment = Attachment {
        verb,
        noun: None,
        loose: true,
    };
    let mut at = top;
    for _ in 0..40 {
        let head = tree.head(at);
        if head == at || Some(head) == verb {
            break;
        }
        let is_noun = matches!(tree.tag(head), Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
        if is_noun && !is_part_of_time(&tree.lemma(head)) && !tokens.contains(&head) {
            let inside = matches!(
                tree.dep(at),
                Dep::Poss | Dep::Compound | Dep::Nummod | Dep::Nmod | Dep::Amod
            ) || (tree.dep(at) == Dep::Prep && tree.lower(at) == "of");
            if attachment.noun.is_none() {
                attachment.noun = Some(head);
                // "Sunday's attack killed five": the day of the attack is that of the killing.
                let acts = matches!(tree.dep(head), Dep::Nsubj | Dep::NsubjPass);
                attachment.loose &= !inside || acts;
            }
        } else if tree.dep(head) == Dep::Prep && attachment.noun.is_some() {
            attachment.loose &= !OTHER_EVENT.contains(&tree.lower(head).as_str());
        }
        at = head;
    }
    attachment
}

/// The tense of a clause, with that of the clauses above where its own verb has none.
pub(super) fn tense(tree: Tree<'_>, clauses: &Clauses, clause: &Clause) -> Tense {
    let mut at = clause;
    for _ in 0..20 {
        if at.modal == Some(Modal::Will) {
            return Tense::Ahead;
        }
        // "talks are scheduled for Monday"
        if at.passive
            && matches!(
                at.lemma.as_str(),
                "schedule" | "plan" | "slate" | "set" | "expect" | "book"
            )
        {
            return Tense::Ahead;
        }
        // "met", "was met", "has met"; "to be met" is told by what governs it.
        if matches!(tree.tag(at.verb), Tag::VBD | Tag::VBN) && !tree.has_to(at.verb) {
            return Tense::Past;
        }
        let above = at
            .governor
            .and_then(|governor| governing_verb(&tree, governor))
            .filter(|&verb| verb != at.verb)
            .and_then(|verb| clauses.of(verb));
        let Some(above) = above else { return Tense::Open };
        match at.link {
            // "plans to visit on Friday"; what is forced or begun has happened.
            Link::Complement | Link::NounModifier if tree.has_to(at.verb) => {
                if !is_done_by(&above.lemma) {
                    return Tense::Ahead;
                }
            }
            Link::Complement | Link::Prepositional | Link::Adverbial | Link::Conjunct => {}
            _ => return Tense::Open,
        }
        at = above;
    }
    Tense::Open
}

/// Verbs whose complement happens when they do: "was *forced* to leave on Monday".
pub(super) fn is_done_by(lemma: &str) -> bool {
    matches!(
        lemma,
        "force"
            | "manage"
            | "help"
            | "begin"
            | "start"
            | "continue"
            | "fail"
            | "use"
            | "compel"
            | "go"
            | "come"
    )
}

/// The clause above whose time a clause without one shares: "came on Monday and *met*", "said on Monday that it *met*",
/// "shelled the town on Monday, *killing* two".
pub(super) fn shared<'c>(tree: Tree<'_>, clauses: &'c Clauses, clause: &Clause) -> Option<&'c Clause> {
    match clause.link {
        Link::Conjunct | Link::Complement | Link::Adverbial | Link::Prepositional => {}
        Link::Root | Link::Relative | Link::NounModifier | Link::Other => return None,
    }
    // "after he had met": a clause with its own time.
    if clause.link == Link::Adverbial && clause.mark.is_some() {
        return None;
    }
    let verb = governing_verb(&tree, clause.governor?).filter(|&verb| verb != clause.verb)?;
    clauses.of(verb)
}
