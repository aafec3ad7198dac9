//! Events in nouns: "held talks", "talks began", "A's attack on B".

use super::acting;
use super::recipients::{beneficiaries, farther, others};
use crate::clause::{Clause, governing_verb};
use crate::coding::Flags;
use crate::draft::{Draft, Source};
use crate::noun::{Gate, Noun};
use crate::roles::{Roles, push_new};
use crate::tree::Tree;
use crate::verb::Slot;
use crate::verb::matcher::heads_behind;
use crate::{EventType, Party};
use dateline_parser::{Dep, Tag};

/// "launched an attack on", "held talks with", "an attack was launched", "talks began".
pub(super) fn from_light_verb(clause: &Clause, roles: &mut Roles<'_, '_>) -> Option<(Draft, usize)> {
    let data = roles.data;
    let light = data.light.has(&clause.lemma);
    let intransitive = clause.objects.is_empty() && clause.complements.is_empty();
    let happens = data.happen.has(&clause.lemma) && intransitive || clause.lemma == "take";
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
                    if draft.recipients.is_empty() && noun.meaning.event_type == EventType::Aid {
                        draft.recipients = beneficiaries(clause.verb, &draft.actors, roles);
                    }
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
pub(super) fn from_noun(token: usize, roles: &mut Roles<'_, '_>) -> Option<Draft> {
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
        source: Source::Line("nouns.txt", noun.line),
        turns: vec![],
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
