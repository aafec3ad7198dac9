//! Who an event is done to: the places a pattern names, the clause below, and what lies farther off.

use crate::Party;
use crate::clause::{Clause, Clauses};
use crate::roles::{Roles, push_new};
use crate::verb::Slot;
use crate::verb::matcher::fillers;
use dateline_parser::{Dep, Tag};

/// Where a recipient usually stands, the likeliest first.
pub(super) fn usual_recipients() -> Vec<Slot> {
    let prepositions = |names: &[&str]| Slot::Prepositions(names.iter().map(|&name| name.into()).collect());
    vec![
        Slot::IndirectObject,
        Slot::Object,
        prepositions(&[
            "against", "to", "with", "on", "from", "of", "over", "at", "toward", "towards",
        ]),
        Slot::ObjectModifier,
    ]
}

/// The first place that holds somebody other than the actor.
pub(super) fn recipients_in(
    slots: &[Slot],
    mutual: bool,
    clause: &Clause,
    clauses: &Clauses,
    actors: &[Party],
    roles: &mut Roles<'_, '_>,
) -> Vec<Party> {
    let in_place = slots
        .iter()
        .any(|slot| matches!(slot, Slot::Prepositions(names) if names.iter().any(|n| &**n == "in")));
    for slot in slots {
        let mut found: Vec<Party> = Vec::new();
        if *slot == Slot::Complement
            || matches!(slot, Slot::Prepositions(names) if names.iter().any(|n| &**n == "that"))
        {
            found = in_complement(clause, clauses, actors, roles, 0);
        } else {
            let heads = match slot {
                Slot::Prepositions(names) => names
                    .iter()
                    .flat_map(|name| fillers(&Slot::Prepositions(vec![name.clone()]), clause, roles.tree))
                    .collect(),
                slot => fillers(slot, clause, roles.tree),
            };
            for head in heads {
                let inside = if mutual {
                    roles.within_mutual(head)
                } else if in_place {
                    roles.within_place(head)
                } else {
                    roles.within(head)
                };
                for party in others(inside, actors) {
                    push_new(&mut found, party);
                }
                if !found.is_empty() && matches!(slot, Slot::Prepositions(_) | Slot::ObjectModifier) {
                    break;
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    vec![]
}

/// The party that the complement clause is about: "demanded that *Iran* stop", "refused to meet *the envoy*".
fn in_complement(
    clause: &Clause,
    clauses: &Clauses,
    actors: &[Party],
    roles: &mut Roles<'_, '_>,
    depth: usize,
) -> Vec<Party> {
    // "assistance to help people": what a noun is for counts too.
    let tree = roles.tree;
    let of_objects = clause.objects.iter().flat_map(|&object| tree.children(object));
    let purposes: Vec<usize> = of_objects
        .filter(|&i| tree.dep(i) == Dep::Acl && tree.has_to(i))
        .collect();
    for complement in clause
        .complements
        .iter()
        .chain(&purposes)
        .filter_map(|&verb| clauses.of(verb))
    {
        let own = if complement.own_subject {
            complement.subjects.clone()
        } else {
            vec![]
        };
        let passive_subject = if complement.passive {
            complement.objects.clone()
        } else {
            vec![]
        };
        let prepositions = complement.preps.iter().map(|(_, head)| *head);
        let heads: Vec<usize> = own
            .into_iter()
            .chain(passive_subject)
            .chain(complement.indirect.iter().copied())
            .chain(complement.objects.iter().copied())
            .chain(prepositions)
            .collect();
        for head in heads {
            let mut found = others(roles.within(head), actors);
            // A bare role may as well be the actor's own: "offered to lead a police force".
            found.retain(|party| !party.country.is_empty() || roles.tree.tag(head) == Tag::NNP);
            if !found.is_empty() {
                return found;
            }
        }
        if depth < 3 {
            let found = in_complement(complement, clauses, actors, roles, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
    }
    vec![]
}

/// The first country or group anywhere below the verb, places included.
pub(super) fn beneficiaries(verb: usize, actors: &[Party], roles: &mut Roles<'_, '_>) -> Vec<Party> {
    let tree = roles.tree;
    let aside = |i: usize| match tree.dep(i) {
        Dep::Nsubj | Dep::NsubjPass | Dep::Agent | Dep::Conj | Dep::Ccomp | Dep::Relcl => true,
        Dep::Acl | Dep::Advcl => !tree.has_to(i),
        Dep::Prep => !matches!(
            tree.lower(i).as_str(),
            "in" | "for"
                | "of"
                | "to"
                | "at"
                | "across"
                | "among"
                | "between"
                | "along"
                | "on"
                | "throughout"
        ),
        _ => false,
    };
    let mut pending: Vec<usize> = tree
        .children(verb)
        .filter(|&i| i > verb && !aside(i))
        .rev()
        .collect();
    for _ in 0..80 {
        let Some(at) = pending.pop() else { break };
        if matches!(tree.tag(at), Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS) {
            let mut found = others(roles.within_place(at), actors);
            found.retain(|party| !party.country.is_empty());
            if !found.is_empty() {
                return found;
            }
        }
        let mut below: Vec<usize> = tree.children(at).filter(|&i| !aside(i)).collect();
        below.reverse();
        pending.extend(below);
    }
    vec![]
}

/// The first party below the verb that is no place, time or aside: "pressed demands for freedom from *the government*".
pub(super) fn farther(verb: usize, actors: &[Party], roles: &mut Roles<'_, '_>) -> Vec<Party> {
    let tree = roles.tree;
    let aside = |i: usize| match tree.dep(i) {
        Dep::Nsubj
        | Dep::NsubjPass
        | Dep::Agent
        | Dep::Relcl
        | Dep::Conj
        | Dep::Ccomp
        | Dep::Npadvmod
        | Dep::Parataxis => true,
        Dep::Advcl => !tree.has_to(i) && tree.tag(i) != Tag::VBG,
        Dep::Prep => !matches!(
            tree.lower(i).as_str(),
            "against" | "of" | "to" | "from" | "over" | "on" | "with" | "for" | "about" | "by"
        ),
        _ => false,
    };
    let mut pending: Vec<usize> = tree
        .children(verb)
        .filter(|&i| i > verb && !aside(i))
        .rev()
        .collect();
    let mut steps = 0;
    roles.strict = true;
    let mut found = Vec::new();
    while let Some(at) = pending.pop() {
        steps += 1;
        if steps > 60 {
            break;
        }
        // The object itself was looked at where the pattern says so.
        let object = tree.head(at) == verb && tree.dep(at) == Dep::Dobj;
        if !object && matches!(tree.tag(at), Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS) {
            found = others(roles.parties(at), actors);
            // A bare role ("troops") far from the verb is as likely the actor's own.
            found.retain(|party| !party.country.is_empty());
            if !found.is_empty() {
                break;
            }
        }
        let mut below: Vec<usize> = tree.children(at).filter(|&i| !aside(i)).collect();
        below.reverse();
        pending.extend(below);
    }
    roles.strict = false;
    found
}

pub(super) fn others(parties: Vec<Party>, actors: &[Party]) -> Vec<Party> {
    parties
        .into_iter()
        .filter(|party| !actors.iter().any(|actor| crate::roles::same(actor, party)))
        .collect()
}
