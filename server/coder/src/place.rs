//! Where an event happened: a place named after "in", "at", "near", "outside" beside its verb or noun.

use crate::PlaceRef;
use crate::actor::{ActorRef, Gazetteer};
use crate::clause::Clause;
use crate::tree::Tree;
use dateline_parser::{Dep, EntityLabel, Tag};

/// Prepositions of place.
const WHERE: [&str; 8] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
];

/// The place of an event with this trigger in this clause.
pub(crate) fn find(
    tree: Tree<'_>,
    trigger: usize,
    clause: Option<&Clause>,
    gazetteer: &Gazetteer,
) -> Option<PlaceRef> {
    let mut candidates: Vec<(String, usize)> = clause.map(|clause| clause.preps.clone()).unwrap_or_default();
    candidates.extend(tree.noun_preps(trigger));
    for &object in clause.map_or(&[][..], |clause| clause.objects.as_slice()) {
        candidates.extend(tree.noun_preps(object));
    }
    let mut places = candidates
        .iter()
        .filter(|(prep, _)| WHERE.contains(&prep.as_str()));
    places
        .find_map(|&(_, head)| place_of(tree, head, gazetteer))
        .or_else(|| farther(tree, clause?.verb, gazetteer))
}

/// "held talks with his counterpart *in Malta*": a place that the grammar hangs on another phrase of the clause.
fn farther(tree: Tree<'_>, verb: usize, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    let elsewhere = |i: usize| {
        let dep = tree.dep(i);
        matches!(
            dep,
            Dep::Relcl
                | Dep::Acl
                | Dep::Advcl
                | Dep::Ccomp
                | Dep::Xcomp
                | Dep::Conj
                | Dep::Nsubj
                | Dep::NsubjPass
        )
    };
    let mut pending: Vec<usize> = tree
        .children(verb)
        .filter(|&i| i > verb && !elsewhere(i))
        .collect();
    let mut steps = 0;
    while let Some(at) = pending.pop() {
        steps += 1;
        if steps > 80 {
            break;
        }
        if tree.dep(at) == Dep::Prep && WHERE.contains(&tree.lower(at).as_str()) {
            let named = tree.children(at).filter(|&i| tree.dep(i) == Dep::Pobj);
            let place = named
                .filter_map(|head| place_of(tree, head, gazetteer))
                .find(|place| !place.country.is_empty());
            if place.is_some() {
                return place;
            }
        }
        pending.extend(tree.children(at).filter(|&i| !elsewhere(i)));
    }
    None
}

fn place_of(tree: Tree<'_>, head: usize, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    if let Some(name) = place_name(tree, head) {
        let country = country_of(&name, gazetteer)
            .or_else(|| nearby_country(tree, head, gazetteer))
            .unwrap_or_default();
        return Some(PlaceRef { name, country });
    }
    // "the northern city of Kirkuk", "a suburb of Damascus"
    let inner = tree.noun_preps(head).into_iter().find_map(|(prep, object)| {
        (prep == "of")
            .then(|| place_name(tree, object))
            .flatten()
            .map(|name| (name, object))
    });
    let apposition = || {
        let found = tree.children(head).find(|&i| {
            tree.dep(i) == Dep::Appos || (tree.dep(i) == Dep::Compound && tree.tag(i) == Tag::NNP)
        });
        found.and_then(|i| place_name(tree, i).map(|name| (name, i)))
    };
    let (name, at) = inner.or_else(apposition)?;
    let country = country_of(&name, gazetteer)
        .or_else(|| nearby_country(tree, head, gazetteer))
        .or_else(|| nearby_country(tree, at, gazetteer))
        .unwrap_or_default();
    Some(PlaceRef { name, country })
}

/// The name of the place entity that holds a token.
fn place_name(tree: Tree<'_>, head: usize) -> Option<String> {
    let entity = tree
        .doc
        .entities
        .iter()
        .find(|entity| (entity.start..entity.end).contains(&head))?;
    if !matches!(
        entity.label,
        EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac
    ) {
        return None;
    }
    let text = tree
        .text
        .get(tree.doc.tokens[entity.start].start..tree.doc.tokens[entity.end - 1].end)?;
    let bare = text.strip_prefix("the ").unwrap_or(text);
    Some(
        bare.strip_suffix("'s")
            .or_else(|| bare.strip_suffix("’s"))
            .unwrap_or(bare)
            .to_owned(),
    )
}

fn country_of(name: &str, gazetteer: &Gazetteer) -> Option<String> {
    match gazetteer.resolve(name)? {
        ActorRef::Country { code, .. } => Some(code),
        ActorRef::Named { .. } => None,
    }
}

/// "the *Iraqi* city", "Kirkuk, *Iraq*", "*Iraq*'s north".
fn nearby_country(tree: Tree<'_>, head: usize, gazetteer: &Gazetteer) -> Option<String> {
    let beside = tree.children(head).filter(|&i| {
        matches!(
            tree.dep(i),
            Dep::Appos | Dep::Amod | Dep::Poss | Dep::Compound | Dep::Npadvmod | Dep::Conj
        )
    });
    let mut found = beside.filter_map(|i| {
        let name = place_name(tree, i).unwrap_or_else(|| tree.word(i).to_owned());
        name.chars()
            .next()
            .is_some_and(char::is_uppercase)
            .then_some(name)
    });
    let direct = found.find_map(|name| country_of(&name, gazetteer));
    direct.or_else(|| {
        let mut within = tree
            .noun_preps(head)
            .into_iter()
            .filter(|(prep, _)| prep == "in" || prep == "of");
        within.find_map(|(_, object)| place_name(tree, object).and_then(|name| country_of(&name, gazetteer)))
    })
}
