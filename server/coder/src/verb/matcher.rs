//! Which pattern fits a clause best, and which noun phrases fill its places.

use super::{Pattern, Slot, Want};
use crate::clause::Clause;
use crate::lexicon::Data;
use crate::roles::Roles;
use crate::tree::{Tree, is_noun};
use crate::words::WordSet;
use dateline_parser::{Dep, Tag};
use std::sync::Arc;

/// The pattern that asks for most and gets it; of equals the first.
pub(crate) fn best<'d>(
    data: &'d Data,
    clause: &Clause,
    roles: &mut Roles<'_, '_>,
) -> Option<(u32, &'d Arc<Pattern>)> {
    let mut best: Option<(u32, &Arc<Pattern>)> = None;
    for pattern in data.verbs.patterns(&clause.lemma) {
        let Some(score) = score(data, pattern, clause, roles) else {
            continue;
        };
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, pattern));
        }
    }
    best
}

fn score(data: &Data, pattern: &Pattern, clause: &Clause, roles: &mut Roles<'_, '_>) -> Option<u32> {
    let mut total = 0;
    let mut turned = None;
    match (&pattern.particle, &clause.particle) {
        (Some(wanted), Some(found)) if **wanted == **found => total += 3,
        // "walked out of the talks": the parser may call "out" a preposition.
        (Some(wanted), _) if clause.preps.iter().any(|(prep, _)| *prep == **wanted) => {
            total += 2;
            turned = with_particle(clause, wanted);
        }
        (Some(_), _) => return None,
        (None, Some(_)) if clause.phrasal => return None,
        (None, _) => {}
    }
    let clause = turned.as_ref().unwrap_or(clause);
    for (slot, want) in &pattern.wants {
        total += satisfied(data, slot, want, clause, roles)?;
    }
    Some(total)
}

/// "voted down the offer", with "down" taken for a preposition: what follows it is the object. `None` if there is one already.
fn with_particle(clause: &Clause, particle: &str) -> Option<Clause> {
    if !clause.objects.is_empty() {
        return None;
    }
    let mut turned = clause.clone();
    let followers = turned.preps.extract_if(.., |(prep, _)| prep == particle);
    let objects: Vec<usize> = followers.map(|(_, head)| head).collect();
    turned.objects = objects;
    Some(turned)
}

fn satisfied(
    data: &Data,
    slot: &Slot,
    want: &Want,
    clause: &Clause,
    roles: &mut Roles<'_, '_>,
) -> Option<u32> {
    let tree = roles.tree;
    let heads = fillers(slot, clause, tree);
    match want {
        Want::Anything => (!heads.is_empty()).then_some(1),
        Want::Nothing => heads.is_empty().then_some(1),
        Want::Party => heads.iter().any(|&head| roles.names_party(head)).then_some(2),
        Want::Words(set) => heads
            .iter()
            .filter_map(|&head| closeness(data, tree, head, set))
            .max(),
        Want::NotWords(set) => (!heads.iter().any(|&head| is_among(data, tree, head, set))).then_some(1),
    }
}

/// Whether a noun phrase, or the one behind "a series of", or one joined to it by "and", is headed by a word of the set.
pub(crate) fn is_among(data: &Data, tree: Tree<'_>, head: usize, set: &WordSet) -> bool {
    heads_behind(data, tree, head).into_iter().any(|head| {
        set.contains(&tree.lemma(head), |modifier| tree.has_modifier(head, modifier))
            || set.has(&tree.lower(head))
            || tree
                .capital_plural(head)
                .is_some_and(|singular| set.has(&singular))
    })
}

/// How exactly a noun phrase is named by a set: 3 by its head, 4 by head and modifier.
fn closeness(data: &Data, tree: Tree<'_>, head: usize, set: &WordSet) -> Option<u32> {
    let modified = heads_behind(data, tree, head)
        .into_iter()
        .any(|head| set.contains_modified(&tree.lemma(head), |modifier| tree.has_modifier(head, modifier)));
    if modified {
        Some(4)
    } else {
        is_among(data, tree, head, set).then_some(3)
    }
}

/// The head itself, what stands behind it if it is a mere measure ("dozens of people"), and what is joined to it.
pub(crate) fn heads_behind(data: &Data, tree: Tree<'_>, head: usize) -> Vec<usize> {
    let mut heads = vec![head];
    let mut at = 0;
    while at < heads.len() && heads.len() < 16 {
        let here = heads[at];
        for child in tree.children(here) {
            match tree.dep(child) {
                Dep::Conj if is_noun(tree.tag(child)) => heads.push(child),
                Dep::Prep if tree.lower(child) == "of" && is_transparent(data, tree, here) => {
                    heads.extend(tree.children(child).filter(|&i| tree.dep(i) == Dep::Pobj));
                }
                _ => {}
            }
        }
        at += 1;
    }
    heads
}

/// Whether a noun only counts or measures what follows "of".
pub(crate) fn is_transparent(data: &Data, tree: Tree<'_>, head: usize) -> bool {
    matches!(tree.tag(head), Tag::CD | Tag::DT) || data.transparent.has(&tree.lemma(head))
}

/// The heads of the noun phrases (or verbs) that stand in a place of a clause.
pub(crate) fn fillers(slot: &Slot, clause: &Clause, tree: Tree<'_>) -> Vec<usize> {
    match slot {
        Slot::Subject => clause.subjects.clone(),
        Slot::Object => clause.objects.clone(),
        Slot::IndirectObject => clause.indirect.clone(),
        Slot::Predicate => clause.predicates.clone(),
        Slot::Complement => clause.complements.clone(),
        Slot::Infinitive => clause
            .complements
            .iter()
            .copied()
            .filter(|&verb| tree.has_to(verb))
            .collect(),
        Slot::ObjectModifier => clause
            .objects
            .iter()
            .flat_map(|&object| tree.modifiers(object))
            .collect(),
        Slot::Prepositions(names) => {
            let mut heads = Vec::new();
            let mut add = |preps: &[(String, usize)]| {
                heads.extend(
                    preps
                        .iter()
                        .filter(|(prep, _)| names.iter().any(|n| **n == **prep))
                        .map(|(_, head)| *head),
                );
            };
            add(&clause.preps);
            for &object in &clause.objects {
                add(&tree.noun_preps(object));
            }
            // "asked for help to ...": prepositions of a predicate ("critical of", "opposed to").
            for &predicate in &clause.predicates {
                add(&tree.noun_preps(predicate));
            }
            // "travelled in a train to Russia": the parser may hang the second phrase on the first.
            if heads.is_empty() {
                for (_, head) in &clause.preps {
                    let nested = tree.noun_preps(*head);
                    heads.extend(
                        nested
                            .iter()
                            .filter(|(prep, _)| names.iter().any(|n| **n == **prep))
                            .map(|(_, head)| *head),
                    );
                }
            }
            heads
        }
    }
}
