//! Finding events in a sentence: verbs by pattern, light verbs with a noun, nouns by themselves.

use crate::clause::{Clause, Clauses, Link, governing_verb};
use crate::coding::Flags;
use crate::draft::Draft;
use crate::noun::{Gate, Noun};
use crate::operator::{Carrier, Operator};
use crate::roles::{Roles, push_new};
use crate::tree::Tree;
use crate::verb::matcher::{best, fillers, heads_behind, is_among};
use crate::verb::{Pattern, Slot, Want};
use crate::{EventType, Party};
use dateline_parser::{Dep, Tag};
use std::ops::Range;

/// Where a recipient usually stands, the likeliest first.
fn usual_recipients() -> Vec<Slot> {
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

/// The events that the words of a sentence name, in order.
pub(crate) fn drafts(clauses: &Clauses, sentence: Range<usize>, roles: &mut Roles<'_, '_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut used = Vec::new();
    for clause in &clauses.list {
        let verbal = from_verb(clause, clauses, roles);
        // A pattern that asks for no word of its own knows less than the noun: "offered criticism".
        let exact = verbal.as_ref().is_some_and(|(score, _)| *score >= EXACT);
        let nominal = if exact {
            None
        } else {
            from_light_verb(clause, roles)
        };
        match (nominal, verbal) {
            (Some((draft, noun)), _) => {
                used.push(noun);
                drafts.push(draft);
            }
            (None, Some((_, draft))) => {
                used.extend(clause.objects.iter().copied());
                drafts.push(draft);
            }
            (None, None) => {}
        }
    }
    for token in sentence {
        let is_noun = matches!(roles.tree.tag(token), Tag::NN | Tag::NNS);
        if is_noun
            && !used.contains(&token)
            && let Some(draft) = from_noun(token, roles)
        {
            drafts.push(draft);
        }
    }
    drafts.sort_by_key(|draft| draft.trigger);
    drafts
}

/// The score of a pattern that names a word beside its verb.
const EXACT: u32 = 3;

fn from_verb(clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) -> Option<(u32, Draft)> {
    let data = roles.data;
    let (score, pattern) = best(data, clause, clauses, roles)?;
    let pattern: &Pattern = pattern;
    let mut actors = acting(&fillers(&pattern.actors, clause, clauses, roles.tree), roles);
    if actors.is_empty() && pattern.actors == Slot::Subject {
        actors = spoken(clause, clauses, roles);
    }
    if actors.is_empty() && moves_own(pattern, clause) {
        actors = acting(&clause.objects, roles);
    }
    let mut slots = pattern.recipients.clone().unwrap_or_else(usual_recipients);
    // "urged both countries to respect the treaty": who is asked stands in the object, known or not.
    let addressed = pattern.absorbs
        && clause
            .objects
            .iter()
            .any(|&head| !roles.tree.children(head).any(|i| roles.tree.dep(i) == Dep::Acl));
    slots.retain(|slot| !addressed || *slot != Slot::Complement);
    if pattern.absorbs && !addressed && !slots.contains(&Slot::Complement) {
        slots.push(Slot::Complement);
    }
    // Those that a list knows first: "inspectors to the Esfahan plant in Iran" went to Iran.
    roles.strict = true;
    let mut recipients = recipients(&slots, pattern.mutual, clause, clauses, &actors, roles);
    roles.strict = false;
    if recipients.is_empty() {
        recipients = self::recipients(&slots, pattern.mutual, clause, clauses, &actors, roles);
    }
    let outward = pattern.meaning.event_type != EventType::Mobilize;
    let mut guessed = recipients.is_empty();
    if !guessed && pattern.absorbs {
        let before: Vec<Slot> = slots
            .iter()
            .filter(|slot| **slot != Slot::Complement)
            .cloned()
            .collect();
        guessed = self::recipients(&before, pattern.mutual, clause, clauses, &actors, roles).is_empty();
    }
    if recipients.is_empty() && !pattern.mutual && outward && !slots.is_empty() {
        recipients = farther(clause.verb, &actors, roles);
    }
    let instrument = clause
        .subjects
        .iter()
        .any(|&head| is_among(data, roles.tree, head, &data.instrument));
    let agentless =
        (clause.passive && clause.subjects.is_empty()) || instrument || pattern.actors != Slot::Subject;
    let draft = Draft {
        meaning: pattern.meaning,
        trigger: clause.verb,
        verb: clause.verb,
        actors,
        recipients,
        guessed,
        mutual: pattern.mutual,
        absorbs: pattern.absorbs,
        keeps: pattern
            .wants
            .iter()
            .any(|(slot, want)| *slot == Slot::Complement && matches!(want, Want::Words(_))),
        weak: pattern.weak,
        nominal: false,
        agentless,
        attempted: false,
        reported: false,
        flags: Flags::default(),
        dropped: None,
        source: format!("verbs.txt:{}", pattern.line),
    };
    Some((score, draft))
}

fn acting(heads: &[usize], roles: &mut Roles<'_, '_>) -> Vec<Party> {
    let mut parties = Vec::new();
    for &head in heads {
        for party in roles.acting(head) {
            push_new(&mut parties, party);
        }
    }
    parties
}

/// "Syria says *it* is willing": a pronoun that nothing else explains is the speaker.
fn spoken(clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) -> Vec<Party> {
    let tree = roles.tree;
    let pronoun = |&head: &usize| matches!(tree.lower(head).as_str(), "it" | "he" | "she" | "they");
    if !clause.subjects.iter().any(pronoun) {
        return vec![];
    }
    let mut at = clause;
    for _ in 0..6 {
        let Some(above) = at
            .governor
            .and_then(|g| governing_verb(&tree, g))
            .and_then(|verb| clauses.of(verb))
        else {
            break;
        };
        let report = roles.data.operators.get(Carrier::Verb, &above.lemma) == Some(Operator::Report);
        if report && at.link == Link::Complement && !above.subjects.iter().any(pronoun) {
            return acting(&above.subjects, roles);
        }
        at = above;
    }
    vec![]
}

/// "Russian troops were deployed": who is moved also moves.
fn moves_own(pattern: &Pattern, clause: &Clause) -> bool {
    let moving = match pattern.meaning.event_type {
        EventType::Mobilize => pattern.meaning.mode == Some("troops"),
        EventType::Retreat => pattern.meaning.mode == Some("withdraw"),
        EventType::Aid => pattern.meaning.cameo == "074",
        _ => false,
    };
    moving && clause.passive && clause.subjects.is_empty()
}

/// The first place that holds somebody other than the actor.
fn recipients(
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
                    .flat_map(|name| {
                        fillers(
                            &Slot::Prepositions(vec![name.clone()]),
                            clause,
                            clauses,
                            roles.tree,
                        )
                    })
                    .collect(),
                slot => fillers(slot, clause, clauses, roles.tree),
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
            let found = others(roles.within(head), actors);
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

/// The first party below the verb that is no place, time or aside: "pressed demands for freedom from *the government*".
fn farther(verb: usize, actors: &[Party], roles: &mut Roles<'_, '_>) -> Vec<Party> {
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
        if matches!(tree.tag(at), Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS) {
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

fn others(parties: Vec<Party>, actors: &[Party]) -> Vec<Party> {
    parties
        .into_iter()
        .filter(|party| !actors.iter().any(|actor| crate::roles::same(actor, party)))
        .collect()
}

/// "launched an attack on", "held talks with", "an attack was launched", "talks began".
fn from_light_verb(clause: &Clause, roles: &mut Roles<'_, '_>) -> Option<(Draft, usize)> {
    let data = roles.data;
    let light = data.light.has(&clause.lemma);
    let happens = data.happen.has(&clause.lemma) && clause.objects.is_empty() || clause.lemma == "take";
    if light {
        for &object in &clause.objects {
            for head in heads_behind(data, roles.tree, object) {
                let Some(noun) = find_noun(head, roles) else {
                    continue;
                };
                let mut draft = roles_of_noun(&noun, head, clause.verb, &clause.preps, roles);
                let doers = acting(&clause.subjects, roles);
                if !doers.is_empty() {
                    if noun.mutual {
                        for party in doers {
                            push_new(&mut draft.actors, party);
                        }
                    } else {
                        draft.recipients = others(draft.recipients, &doers);
                        draft.actors = doers;
                    }
                }
                if draft.recipients.is_empty()
                    && !noun.mutual
                    && noun.meaning.event_type != EventType::Mobilize
                {
                    draft.recipients = farther(head, &draft.actors, roles);
                }
                draft.agentless = clause.passive && clause.subjects.is_empty();
                draft.trigger = clause.verb;
                return Some((draft, head));
            }
        }
    }
    if happens {
        for &subject in &clause.subjects {
            for head in heads_behind(data, roles.tree, subject) {
                let Some(noun) = find_noun(head, roles) else {
                    continue;
                };
                let draft = roles_of_noun(&noun, head, clause.verb, &clause.preps, roles);
                return Some((draft, head));
            }
        }
    }
    None
}

/// "talks between A and B", "A's attack on B".
fn from_noun(token: usize, roles: &mut Roles<'_, '_>) -> Option<Draft> {
    let noun = find_noun(token, roles)?;
    if noun.gate == Gate::Light || roles.tree.dep(token) == Dep::Compound {
        return None;
    }
    let verb = governing_verb(&roles.tree, token).unwrap_or(token);
    let mut draft = roles_of_noun(&noun, token, verb, &[], roles);
    let complete = if noun.mutual {
        draft.actors.len() >= 2
    } else {
        !draft.actors.is_empty() && !draft.recipients.is_empty()
    };
    let enough =
        complete || (noun.gate == Gate::One && !(draft.actors.is_empty() && draft.recipients.is_empty()));
    draft.nominal = true;
    draft.trigger = token;
    enough.then_some(draft)
}

fn find_noun(head: usize, roles: &Roles<'_, '_>) -> Option<std::sync::Arc<Noun>> {
    let tree = roles.tree;
    let lemma = tree.lemma(head);
    roles
        .data
        .nouns
        .find(&lemma, |modifier| tree.has_modifier(head, modifier))
        .cloned()
}

fn roles_of_noun(
    noun: &Noun,
    head: usize,
    verb: usize,
    more: &[(String, usize)],
    roles: &mut Roles<'_, '_>,
) -> Draft {
    let tree = roles.tree;
    let mut preps = tree.noun_preps(head);
    preps.extend(more.iter().cloned());
    let at = |slots: &[Slot], taken: &[Party], all: bool, roles: &mut Roles<'_, '_>| {
        let mut found: Vec<Party> = Vec::new();
        for slot in slots {
            for place in places_of_noun(slot, noun.mutual, head, &preps, tree) {
                for party in others(roles.within(place), taken) {
                    push_new(&mut found, party);
                }
            }
            if !found.is_empty() && !all {
                break;
            }
        }
        found
    };
    let actors = at(&noun.actors, &[], noun.mutual, roles);
    let recipients = at(&noun.recipients, &actors, noun.mutual, roles);
    let (actors, recipients) = if noun.mutual {
        let mut all = actors;
        for party in recipients {
            push_new(&mut all, party);
        }
        (all, vec![])
    } else {
        (actors, recipients)
    };
    Draft {
        meaning: noun.meaning,
        trigger: head,
        verb,
        actors,
        recipients,
        guessed: false,
        mutual: noun.mutual,
        absorbs: false,
        keeps: false,
        weak: false,
        nominal: false,
        agentless: false,
        attempted: false,
        reported: false,
        flags: Flags::default(),
        dropped: None,
        source: "nouns.txt".to_owned(),
    }
}

fn places_of_noun(
    slot: &Slot,
    mutual: bool,
    head: usize,
    preps: &[(String, usize)],
    tree: Tree<'_>,
) -> Vec<usize> {
    match slot {
        Slot::Prepositions(names) => {
            let wanted = |prep: &str| names.iter().any(|name| **name == *prep);
            preps
                .iter()
                .filter(|(prep, _)| wanted(prep))
                .map(|(_, head)| *head)
                .collect()
        }
        // "their summit" does not say whose.
        _ => tree
            .modifiers(head)
            .into_iter()
            .filter(|&i| tree.dep(i) != Dep::Det && !(mutual && tree.tag(i) == Tag::PRPS))
            .collect(),
    }
}
