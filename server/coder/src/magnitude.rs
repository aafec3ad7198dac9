//! Numbers told of people: killed, wounded, arrested.
//!
//! Told by a verb ("killed 12 and wounded 30", "12 people were detained"), by a word behind the number ("left 10 *dead* and
//! 20 *injured*"), by a noun ("the *arrest* of 40 protesters", "the *death toll* rose to 40"). Each number belongs to the
//! event whose clause it hangs below; what others did in a clause of time ("after Hamas killed 1,200") or of a person ("a
//! man who killed three") is theirs. Only numbers count: "dozens", "scores" and "a man" are none.

mod count;
mod surface;

use crate::EventType;
use crate::clause::{Clause, Clauses, Link, governing_verb};
use crate::coding::Magnitude;
use crate::draft::Draft;
use crate::lexicon::Data;
use crate::place::is_deed;
use crate::tree::Tree;
use dateline_parser::Dep;
use std::ops::Range;

/// What happened to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Killed,
    Wounded,
    Arrested,
}

/// A number told, and the verb of the clause that tells it.
#[derive(Debug, Clone, Copy)]
struct Told {
    fate: Fate,
    people: u32,
    verb: usize,
}

/// The numbers of people that one sentence tells.
pub(crate) struct Numbers(Vec<Told>);

impl Numbers {
    /// Reads them, if one of the drafts can have any.
    pub(crate) fn read(
        drafts: &[Draft],
        clauses: &Clauses,
        tree: Tree<'_>,
        sentence: Range<usize>,
        data: &Data,
    ) -> Self {
        let mut numbers = Numbers(Vec::new());
        let wanted = drafts
            .iter()
            .any(|draft| draft.dropped.is_none() && concerns(Fate::Arrested, draft.meaning.event_type));
        if !wanted {
            return numbers;
        }
        for clause in clauses
            .list
            .iter()
            .filter(|clause| !clause.negated && clause.modal.is_none())
        {
            numbers.0.extend(by_verb(clause, clauses, tree, data));
        }
        for i in sentence.clone() {
            let told = surface::after_number(tree, i, sentence.start)
                .or_else(|| surface::by_noun(tree, data, i))
                .or_else(|| surface::toll(tree, i, sentence.end));
            let Some((fate, people)) = told else { continue };
            // "20 *injured*": what the number hangs on.
            let from = if tree.dep(i) == Dep::Acl { tree.head(i) } else { i };
            let verb = governing_verb(&tree, from).unwrap_or(from);
            let imagined = clauses
                .of(verb)
                .is_some_and(|clause| clause.negated || clause.modal.is_some());
            if !imagined {
                numbers.0.push(Told { fate, people, verb });
            }
        }
        numbers
    }

    /// The numbers that belong to one of the drafts of the sentence.
    pub(crate) fn of(&self, draft: &Draft, drafts: &[Draft], clauses: &Clauses, tree: Tree<'_>) -> Magnitude {
        let mut magnitude = Magnitude::default();
        for told in &self.0 {
            let takes =
                |draft: &Draft| draft.dropped.is_none() && concerns(told.fate, draft.meaning.event_type);
            if !takes(draft) {
                continue;
            }
            let belongs = match owner(
                told.verb,
                |verb| drafts.iter().any(|d| d.verb == verb && takes(d)),
                clauses,
                tree,
            ) {
                Owner::Verb(verb) => verb == draft.verb,
                Owner::Nobody => drafts.iter().filter(|draft| takes(draft)).count() == 1,
                Owner::Another => false,
            };
            if belongs {
                let field = match told.fate {
                    Fate::Killed => &mut magnitude.killed,
                    Fate::Wounded => &mut magnitude.wounded,
                    Fate::Arrested => &mut magnitude.arrested,
                };
                *field = told.people.max(*field);
            }
        }
        magnitude
    }
}

/// Which types of events have such a number.
fn concerns(fate: Fate, event_type: EventType) -> bool {
    match fate {
        Fate::Killed | Fate::Wounded => matches!(event_type, EventType::Assault | EventType::Protest),
        Fate::Arrested => matches!(
            event_type,
            EventType::Assault | EventType::Protest | EventType::Coerce
        ),
    }
}

enum Owner {
    Verb(usize),
    /// It hangs below no event; the only one of the sentence may have it.
    Nobody,
    /// Another deed, which is not coded.
    Another,
}

/// The event that a number belongs to: the nearest at or above the verb that tells it.
fn owner(verb: usize, is_event: impl Fn(usize) -> bool, clauses: &Clauses, tree: Tree<'_>) -> Owner {
    let mut at = verb;
    for _ in 0..40 {
        if is_event(at) {
            return Owner::Verb(at);
        }
        let Some(clause) = clauses.of(at) else {
            return Owner::Nobody;
        };
        let Some(governor) = clause.governor else {
            return Owner::Nobody;
        };
        let timed = |prep: &str| {
            matches!(
                prep,
                "after" | "before" | "since" | "as" | "because" | "when" | "while"
            )
        };
        let apart = match clause.link {
            Link::Adverbial => clause.own_subject && clause.mark.as_deref().is_some_and(timed),
            Link::Prepositional => timed(&tree.lower(tree.head(at))),
            // "a blast that killed 12" is the event; "a man who killed 12" is not.
            Link::Relative if tree.children(at).any(|i| tree.lower(i) == "where") => false,
            Link::Relative | Link::NounModifier => !is_deed(&tree.lemma(governor)),
            _ => false,
        };
        if apart {
            return Owner::Another;
        }
        match governing_verb(&tree, governor) {
            Some(above) if above != at => at = above,
            _ => return Owner::Nobody,
        }
    }
    Owner::Nobody
}

/// "killed 12", "12 were wounded", "claimed 50 lives", "shot dead three", "12 died".
fn by_verb(clause: &Clause, clauses: &Clauses, tree: Tree<'_>, data: &Data) -> Option<Told> {
    let told = |fate, heads: &[usize]| {
        let people = count::people(data, tree, heads)?;
        Some(Told {
            fate,
            people,
            verb: clause.verb,
        })
    };
    let object_is = |word: &str| clause.objects.iter().any(|&object| tree.lemma(object) == word);
    // "shot dead three men": the parser hangs "dead" on the men.
    let beside = |word: &str| {
        let heads = std::iter::once(clause.verb).chain(clause.objects.iter().copied());
        heads
            .flat_map(|head| tree.children(head))
            .any(|i| tree.lower(i) == word)
    };
    let fate = match clause.lemma.as_str() {
        "kill" | "murder" | "slay" | "massacre" | "execute" | "slaughter" | "behead" | "assassinate"
        | "lynch" | "martyr" => Fate::Killed,
        "shoot" | "beat" | "stab"
            if beside("dead") || clause.predicates.iter().any(|&i| tree.lower(i) == "dead") =>
        {
            Fate::Killed
        }
        "gun" | "mow" if clause.particle.as_deref() == Some("down") => Fate::Killed,
        "wound" | "injure" | "hurt" | "maim" => Fate::Wounded,
        "arrest" | "detain" | "jail" | "imprison" | "deport" | "evict" | "apprehend" | "kidnap"
        | "abduct" | "capture" | "intern" | "incarcerate" => Fate::Arrested,
        "round" if clause.particle.as_deref() == Some("up") => Fate::Arrested,
        "seize" | "take" | "hold" | "force" | "remand" if !object_is("life") => Fate::Arrested,
        "claim" | "take" | "cost" if object_is("life") => {
            let lives: Vec<usize> = clause
                .objects
                .iter()
                .copied()
                .filter(|&i| tree.lemma(i) == "life")
                .collect();
            let people = lives.iter().find_map(|&life| count::of_noun(tree, life))?;
            return Some(Told {
                fate: Fate::Killed,
                people,
                verb: clause.verb,
            });
        }
        "die" | "perish" | "drown" => return told(Fate::Killed, &clause.subjects),
        "suffer" | "sustain"
            if clause
                .objects
                .iter()
                .any(|&i| matches!(tree.lemma(i).as_str(), "injury" | "wound")) =>
        {
            return told(Fate::Wounded, &clause.subjects);
        }
        _ => return None,
    };
    // "killed or wounded 50" tells neither number.
    if fate != Fate::Arrested && has_alternative(tree, clause, clauses) {
        return None;
    }
    told(fate, &clause.objects)
}

fn has_alternative(tree: Tree<'_>, clause: &Clause, clauses: &Clauses) -> bool {
    let or = |verb: usize| {
        tree.children(verb)
            .any(|i| tree.dep(i) == Dep::Cc && tree.lower(i) == "or")
    };
    let harms = |verb: usize| {
        let lemma = clauses.of(verb).map(|clause| clause.lemma.as_str());
        matches!(lemma, Some("kill" | "wound" | "injure" | "hurt"))
    };
    let below = tree
        .children(clause.verb)
        .any(|i| tree.dep(i) == Dep::Conj && harms(i));
    let above = clause.link == Link::Conjunct && clause.governor.is_some_and(|verb| or(verb) && harms(verb));
    (or(clause.verb) && below) || above
}
