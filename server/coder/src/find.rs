//! Finding events in a sentence: verbs by pattern, light verbs with a noun, nouns by themselves.

mod nominal;
mod recipients;

use crate::clause::{Clause, Clauses, Link, governing_verb};
use crate::coding::Flags;
use crate::draft::{Draft, Source};
use crate::operator::{Carrier, Operator};
use crate::roles::{Roles, push_new};
use crate::verb::matcher::{best, fillers, is_among};
use crate::verb::{Meaning, Pattern, Slot, Want};
use crate::{EventType, Party};
use dateline_parser::{Dep, Tag};
use nominal::{from_light_verb, from_noun};
use recipients::{beneficiaries, farther, recipients_in, usual_recipients};
use std::ops::Range;

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
                drafts.extend(draft);
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

const SHOW_OF_FORCE: Meaning = Meaning {
    event_type: EventType::Mobilize,
    mode: Some("troops"),
    cameo: "150",
};

/// The score of a pattern that names a word beside its verb.
const EXACT: u32 = 3;

/// The event of the best pattern with the pattern's score; no event where the pattern says that there is none.
fn from_verb(clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) -> Option<(u32, Option<Draft>)> {
    let data = roles.data;
    let (score, pattern) = best(data, clause, roles)?;
    let pattern: &Pattern = pattern;
    let Some(meaning) = pattern.meaning else {
        return Some((score.max(EXACT), None));
    };
    let mut actors = acting(&fillers(&pattern.actors, clause, roles.tree), roles);
    if actors.is_empty() && pattern.actors == Slot::Subject {
        actors = spoken(clause, clauses, roles);
    }
    if actors.is_empty() && moves_own(meaning, clause) {
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
    let mut recipients = recipients_in(&slots, pattern.mutual, clause, clauses, &actors, roles);
    roles.strict = false;
    if recipients.is_empty() {
        recipients = recipients_in(&slots, pattern.mutual, clause, clauses, &actors, roles);
    }
    let outward = meaning.event_type != EventType::Mobilize;
    let mut guessed = recipients.is_empty();
    if !guessed && pattern.absorbs {
        let before: Vec<Slot> = slots
            .iter()
            .filter(|slot| **slot != Slot::Complement)
            .cloned()
            .collect();
        guessed = recipients_in(&before, pattern.mutual, clause, clauses, &actors, roles).is_empty();
    }
    if recipients.is_empty() && !pattern.mutual && outward && !slots.is_empty() {
        recipients = farther(clause.verb, &actors, roles);
        // Help goes where it is used: "gave 350 million euros to promote investment *in Ethiopia*".
        if recipients.is_empty() && meaning.event_type == EventType::Aid {
            recipients = beneficiaries(clause.verb, &actors, roles);
        }
    }
    // Manoeuvres of one alone are a show of force and no cooperation.
    let alone = pattern.mutual && meaning.cameo == "062" && actors.len() + recipients.len() < 2;
    let meaning = if alone { SHOW_OF_FORCE } else { meaning };
    let instrument = clause
        .subjects
        .iter()
        .any(|&head| is_among(data, roles.tree, head, &data.instrument));
    let agentless =
        (clause.passive && clause.subjects.is_empty()) || instrument || pattern.actors != Slot::Subject;
    let draft = Draft {
        meaning,
        trigger: clause.verb,
        verb: clause.verb,
        actors,
        recipients,
        guessed,
        mutual: pattern.mutual && !alone,
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
        source: Source::Line("verbs.txt", pattern.line),
        turns: vec![],
    };
    Some((score, Some(draft)))
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
fn moves_own(meaning: Meaning, clause: &Clause) -> bool {
    let moving = match meaning.event_type {
        EventType::Mobilize => matches!(meaning.mode, Some("troops" | "police")),
        EventType::Retreat => meaning.mode == Some("withdraw"),
        EventType::Aid => meaning.cameo == "074",
        _ => false,
    };
    moving && clause.passive && clause.subjects.is_empty()
}
