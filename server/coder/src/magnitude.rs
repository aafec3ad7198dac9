//! Numbers told of people: killed, wounded, arrested.

use crate::clause::{Clause, Clauses};
use crate::coding::Magnitude;
use crate::date::number;
use crate::tree::Tree;
use crate::{EventType, lexicon::Data};
use dateline_parser::{Dep, Tag};

/// The numbers that the clauses of a sentence tell, as far as they belong to an event of this type.
pub(crate) fn read(event_type: EventType, clauses: &Clauses, tree: Tree<'_>, data: &Data) -> Magnitude {
    let mut magnitude = Magnitude::default();
    for clause in &clauses.list {
        if clause.negated {
            continue;
        }
        let told = || people(clause, tree, data);
        match (event_type, clause.lemma.as_str()) {
            (
                EventType::Assault,
                "kill" | "murder" | "slay" | "massacre" | "execute" | "slaughter" | "behead" | "assassinate",
            ) => {
                let object = told();
                magnitude.killed = magnitude.killed.max(object);
                // "killed or wounded 50" tells neither number alone.
            }
            (EventType::Assault, "die" | "perish") => {
                let dead = clause
                    .subjects
                    .iter()
                    .map(|&head| count(tree, head))
                    .max()
                    .unwrap_or(0);
                magnitude.killed = magnitude.killed.max(dead);
            }
            (EventType::Assault, "wound" | "injure" | "hurt" | "maim") => {
                magnitude.wounded = magnitude.wounded.max(told())
            }
            (EventType::Assault, "kidnap" | "abduct" | "capture" | "seize" | "take")
            | (
                EventType::Coerce | EventType::Accuse,
                "arrest" | "detain" | "jail" | "imprison" | "deport" | "evict" | "round" | "apprehend"
                | "force",
            ) => magnitude.arrested = magnitude.arrested.max(told()),
            _ => {}
        }
    }
    magnitude
}

fn people(clause: &Clause, tree: Tree<'_>, data: &Data) -> u32 {
    let heads = clause
        .objects
        .iter()
        .flat_map(|&object| crate::verb::matcher::heads_behind(data, tree, object));
    heads.map(|head| count(tree, head)).max().unwrap_or(0)
}

/// The number before a noun, or the noun itself if it is one ("wounded *two*").
fn count(tree: Tree<'_>, head: usize) -> u32 {
    let of_people = |i: usize| {
        !matches!(
            tree.lemma(i).as_str(),
            "year" | "day" | "month" | "%" | "percent" | "dollar"
        )
    };
    if !of_people(head) {
        return 0;
    }
    let read = |i: usize| {
        number(&tree.lower(i))
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(0)
    };
    let own = if tree.tag(head) == Tag::CD { read(head) } else { 0 };
    let before = tree
        .children(head)
        .filter(|&i| tree.dep(i) == Dep::Nummod)
        .map(read)
        .max()
        .unwrap_or(0);
    own.max(before)
}
