//! Operators at work: what the words above a clause, its modality and its negation make of its event.

mod aside;
mod modality;

pub(crate) use modality::speech_acts;

use crate::clause::{Clause, Clauses, Link, Modal, governing_verb};
use crate::draft::Draft;
use crate::operator::{Carrier, Effect, Operator, apply, refused_mode};
use crate::roles::Roles;
use crate::trace::Abstention;
use crate::verb::Meaning;
use crate::{EventType, Party};
pub(crate) use aside::aside;
use aside::{nominal_context, noun_absorbed};
use dateline_parser::Tag;
use modality::own_polarity;

/// Applies modality, negation and every governing word to each draft; absorbed ones are dropped, and lend their mode.
pub(crate) fn compose(drafts: &mut [Draft], clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    let absorbing: Vec<usize> = drafts
        .iter()
        .filter(|draft| draft.absorbs)
        .map(|draft| draft.verb)
        .collect();
    let keeping: Vec<usize> = drafts
        .iter()
        .filter(|draft| draft.keeps)
        .map(|draft| draft.verb)
        .collect();
    let mut lent: Vec<(usize, Meaning)> = Vec::new();
    let mut superseded: Vec<(usize, usize)> = Vec::new();
    let mut inner: Vec<(usize, Vec<Party>)> = Vec::new();
    for (at, draft) in drafts.iter_mut().enumerate() {
        let found = draft.meaning;
        match rise(draft, clauses, &absorbing, &keeping, roles) {
            Fate::Absorbed(by) => {
                inner.push((by, draft.recipients.clone()));
                lent.push((by, found));
                draft.drop(Abstention::Speech);
            }
            Fate::Supersedes(verb) if draft.dropped.is_none() => superseded.push((verb, at)),
            Fate::Supersedes(_) | Fate::Alone => {}
        }
    }
    // "agreed to release them" is one event, told by both verbs.
    for (verb, by) in superseded {
        let Some(outer) = drafts
            .iter()
            .position(|draft| draft.trigger == verb && draft.dropped.is_none())
        else {
            continue;
        };
        if drafts[by].recipients.is_empty() && !drafts[by].mutual {
            drafts[by].recipients = drafts[outer].recipients.clone();
        }
        if drafts[by].actors.is_empty() {
            drafts[by].actors = drafts[outer].actors.clone();
        }
        drafts[outer].drop(Abstention::Speech);
    }
    // "threatened to use force against them": whom the inner event is done to is whom the outer one concerns.
    for (verb, recipients) in inner {
        for draft in drafts
            .iter_mut()
            .filter(|draft| draft.verb == verb && draft.absorbs && draft.guessed)
        {
            let others: Vec<Party> = recipients
                .iter()
                .filter(|p| !draft.actors.iter().any(|a| crate::roles::same(a, p)))
                .cloned()
                .collect();
            if !others.is_empty() && !draft.mutual {
                draft.recipients = others;
                draft.guessed = false;
            }
        }
    }
    for (verb, inner) in lent {
        let takers = drafts
            .iter_mut()
            .filter(|draft| draft.verb == verb && draft.absorbs && draft.meaning.mode.is_none());
        for draft in takers {
            draft.meaning.mode = match draft.meaning.event_type {
                EventType::Request | EventType::Reject => refused_mode(inner.event_type),
                EventType::Threaten => threatened_mode(inner),
                _ => None,
            };
        }
    }
}

/// What becomes of a draft among the others.
enum Fate {
    Alone,
    /// It belongs to the event of this verb.
    Absorbed(usize),
    /// It tells more than the event of this verb, which only promises or refuses it.
    Supersedes(usize),
}

/// Walks from a draft's clause up to the root.
fn rise(
    draft: &mut Draft,
    clauses: &Clauses,
    absorbing: &[usize],
    keeping: &[usize],
    roles: &mut Roles<'_, '_>,
) -> Fate {
    let mut outer = None;
    match absorber(draft, clauses, absorbing, keeping, roles, &mut outer) {
        Some(by) => Fate::Absorbed(by),
        None => outer.map_or(Fate::Alone, Fate::Supersedes),
    }
}

/// The verb of the event that absorbs a draft, if one does; `outer` becomes the verb it supersedes.
fn absorber(
    draft: &mut Draft,
    clauses: &Clauses,
    absorbing: &[usize],
    keeping: &[usize],
    roles: &mut Roles<'_, '_>,
    outer: &mut Option<usize>,
) -> Option<usize> {
    let tree = roles.tree;
    if draft.nominal
        && let Some(by) = noun_absorbed(draft, absorbing, roles)
    {
        return Some(by);
    }
    let mut at = clauses.of(draft.verb)?;
    if draft.nominal {
        nominal_context(draft, at, roles);
    } else {
        own_polarity(draft, at, clauses, roles);
    }
    let mut seen = 0;
    while draft.dropped.is_none() && seen < 40 {
        seen += 1;
        let governor = at.governor?;
        let above = governing_verb(&tree, governor)
            .filter(|&verb| verb != at.verb)
            .and_then(|verb| clauses.of(verb))?;
        match at.link {
            Link::Complement => {
                if matches!(at.mark.as_deref(), Some("whether" | "if")) {
                    draft.drop(Abstention::Hypothetical);
                }
                let verbal = roles.data.operators.get(Carrier::Verb, &above.lemma);
                let told = matches!(
                    verbal,
                    Some(
                        Operator::Promise
                            | Operator::Offer
                            | Operator::Refuse
                            | Operator::Intend
                            | Operator::Stop
                    )
                );
                if told
                    && governor == above.verb
                    && outer.is_none()
                    && !draft.nominal
                    && !keeping.contains(&above.verb)
                {
                    *outer = Some(above.verb);
                } else if absorbing.contains(&above.verb) {
                    return Some(above.verb);
                }
                let adjective = (governor != above.verb).then(|| tree.lemma(governor));
                let operator = match adjective {
                    Some(word) => roles.data.operators.get(Carrier::Adjective, &word),
                    None => roles.data.operators.get(Carrier::Verb, &above.lemma),
                };
                let was_mutual = draft.mutual;
                govern(draft, operator, above, at);
                if was_mutual
                    && matches!(
                        operator,
                        Some(Operator::Promise | Operator::Offer | Operator::Refuse | Operator::Intend)
                    )
                {
                    direct(draft, above, roles);
                }
                // "The US must be ready to mediate", said by another, is a demand.
                if above.modal == Some(Modal::Must)
                    && operator != Some(Operator::Report)
                    && draft.dropped.is_none()
                {
                    modality::obliged_by_speaker(draft, above, clauses, roles);
                }
            }
            Link::NounModifier if tree.tag(at.verb) == Tag::VB || tree.has_to(at.verb) => {
                if absorbing.contains(&above.verb) {
                    return Some(above.verb);
                }
                if let Some(operator) = roles.data.operators.get(Carrier::Noun, &tree.lemma(governor)) {
                    govern(draft, Some(operator), above, at);
                    if let Some(over) = roles.data.operators.get(Carrier::Verb, &above.lemma)
                        && matches!(over, Operator::Refuse | Operator::Stop | Operator::Deny)
                    {
                        govern(draft, Some(over), above, at);
                    }
                } else {
                    draft.drop(Abstention::Hypothetical);
                }
            }
            Link::Conjunct => {
                if at.modal.is_none() && tree.tag(at.verb) == Tag::VB && !at.own_subject && !draft.nominal {
                    let borrowed = Clause {
                        modal: above.modal,
                        negated: above.negated,
                        ..at.clone()
                    };
                    own_polarity(draft, &borrowed, clauses, roles);
                }
            }
            Link::Prepositional => {
                let prep = tree.lower(tree.head(at.verb));
                if absorbing.contains(&above.verb)
                    && !matches!(prep.as_str(), "by" | "after" | "before" | "while")
                {
                    return Some(above.verb);
                }
                if matches!(prep.as_str(), "without" | "instead" | "against" | "from") {
                    draft.drop(Abstention::Hypothetical);
                }
                // "agreed on sending", "insisted on leaving"
                let operator = roles.data.operators.get(Carrier::Verb, &above.lemma);
                if matches!(
                    operator,
                    Some(
                        Operator::Promise
                            | Operator::Offer
                            | Operator::Intend
                            | Operator::Refuse
                            | Operator::Deny
                    )
                ) {
                    govern(draft, operator, above, at);
                }
                if !matches!(
                    prep.as_str(),
                    "of" | "for" | "on" | "about" | "over" | "to" | "into" | "at" | "with"
                ) {
                    return None;
                }
            }
            Link::Adverbial => {
                let imagined = ["if", "unless", "whether", "lest", "should", "until", "before"];
                if at.mark.as_deref().is_some_and(|mark| imagined.contains(&mark)) {
                    draft.drop(Abstention::Hypothetical);
                }
                if tree.has_to(at.verb) {
                    // A purpose is not yet an act.
                    if absorbing.contains(&above.verb) {
                        return Some(above.verb);
                    }
                    draft.drop(Abstention::Hypothetical);
                }
                return None;
            }
            Link::Root | Link::Relative | Link::NounModifier | Link::Other => return None,
        }
        at = above;
    }
    None
}

/// Applies one governing word, and the negation and modality of its clause.
fn govern(draft: &mut Draft, operator: Option<Operator>, above: &Clause, below: &Clause) {
    let Some(operator) = operator else {
        // An event in its own right, or a verb that says nothing: what it governs may be a mere wish.
        if !below.own_subject && below.link == Link::Complement && below.mark.is_none() {
            draft.drop(Abstention::Hypothetical);
        }
        return;
    };
    // "Is said to have ordered the killing": hearsay.
    if operator == Operator::Report && above.passive && above.subjects.is_empty() && !below.own_subject {
        draft.imagine();
    }
    draft.attempted |= operator == Operator::Attempt;
    draft.reported |= operator == Operator::Report;
    let (word, before) = (operator, draft.meaning);
    let operator = match (operator, above.negated) {
        (Operator::Promise | Operator::Offer | Operator::Begin | Operator::Attempt, true) => Operator::Refuse,
        (Operator::Report | Operator::Intend | Operator::Fail, true) => Operator::Doubt,
        (Operator::Doubt, true) => Operator::Doubt,
        (operator, _) => operator,
    };
    settle(draft, apply(operator, draft.meaning));
    if operator == Operator::Begin || operator == Operator::Attempt || operator == Operator::Stop {
        match above.modal {
            Some(Modal::Will) => settle(draft, apply(Operator::Intend, draft.meaning)),
            Some(Modal::May | Modal::Would | Modal::Must) => draft.drop(Abstention::Hypothetical),
            None => {}
        }
    }
    draft.turned(Some(word), above.verb, below.governor, before);
}

/// "Refused to meet the envoy": who speaks acts, whom they would meet is the recipient.
fn direct(draft: &mut Draft, clause: &Clause, roles: &mut Roles<'_, '_>) {
    if !draft.actors.is_empty() && !draft.recipients.is_empty() {
        draft.mutual = false;
        return;
    }
    let mut speaking = Vec::new();
    for &head in if clause.passive {
        &clause.objects
    } else {
        &clause.subjects
    } {
        for party in roles.acting(head) {
            crate::roles::push_new(&mut speaking, party);
        }
    }
    let (actors, others): (Vec<Party>, Vec<Party>) = draft
        .actors
        .drain(..)
        .partition(|party| speaking.iter().any(|s| crate::roles::same(s, party)));
    if actors.is_empty() || others.is_empty() {
        draft.actors = actors.into_iter().chain(others).collect();
        return;
    }
    draft.actors = actors;
    draft.recipients = others;
    draft.mutual = false;
}

fn settle(draft: &mut Draft, effect: Effect) {
    match effect {
        Effect::Stands(meaning) => draft.meaning = meaning,
        Effect::Negated(meaning) => {
            draft.meaning = meaning;
            draft.flags.negated = true;
        }
        Effect::Dropped => draft.drop(Abstention::Hypothetical),
    }
}

fn threatened_mode(inner: Meaning) -> Option<&'static str> {
    match inner.event_type {
        // CAMEO 192: to occupy land.
        EventType::Assault | EventType::Coerce if inner.cameo == "192" => Some("territory"),
        EventType::Assault | EventType::Mobilize => Some("violence"),
        EventType::Coerce => Some("restrict"),
        EventType::Sanction => Some("relations"),
        _ => None,
    }
}
