//! Operators at work: what the words above a clause, its modality and its negation make of its event.

use crate::clause::{Clause, Clauses, Link, Modal, governing_verb};
use crate::draft::Draft;
use crate::operator::{Carrier, Effect, Operator, apply, refused_mode};
use crate::roles::Roles;
use crate::trace::Abstention;
use crate::verb::Meaning;
use crate::{EventType, Party, Quad};
use dateline_parser::{Dep, Tag};

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
    let protesting: Vec<usize> = drafts
        .iter()
        .filter(|draft| draft.meaning.event_type == EventType::Protest)
        .map(|draft| draft.verb)
        .collect();
    let mut lent: Vec<(usize, EventType)> = Vec::new();
    let mut superseded: Vec<(usize, usize)> = Vec::new();
    let mut inner: Vec<(usize, Vec<Party>)> = Vec::new();
    for (at, draft) in drafts.iter_mut().enumerate() {
        let found = draft.meaning.event_type;
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
    aside(drafts, clauses, &protesting, roles);
    for (verb, inner) in lent {
        let takers = drafts
            .iter_mut()
            .filter(|draft| draft.verb == verb && draft.absorbs && draft.meaning.mode.is_none());
        for draft in takers {
            draft.meaning.mode = match draft.meaning.event_type {
                EventType::Request | EventType::Reject => refused_mode(inner),
                EventType::Threaten => threatened_mode(inner),
                _ => None,
            };
        }
    }
}

/// Drops what is told in passing, below an event that is reported: relative clauses, participles after a noun, clauses of
/// time and cause, nouns; and what protesters shout, which PLOVER counts to the protest.
fn aside(drafts: &mut [Draft], clauses: &Clauses, protesting: &[usize], roles: &Roles<'_, '_>) {
    let tree = roles.tree;
    let alive: Vec<usize> = drafts
        .iter()
        .filter(|d| d.dropped.is_none() && !d.nominal)
        .map(|d| d.verb)
        .collect();
    let types: Vec<(usize, EventType)> = drafts
        .iter()
        .filter(|d| d.dropped.is_none() && !d.nominal)
        .map(|d| (d.verb, d.meaning.event_type))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| draft.dropped.is_none()) {
        let mut below = draft.nominal;
        if below && alive.contains(&draft.verb) {
            draft.drop(Abstention::Background);
            continue;
        }
        let mut at = clauses.of(draft.verb);
        for _ in 0..40 {
            let Some(clause) = at else { break };
            let Some(above) = clause.governor.and_then(|g| governing_verb(&tree, g)) else {
                break;
            };
            if above == clause.verb || (clause.link == Link::Conjunct && clause.own_subject) {
                break;
            }
            below |= match clause.link {
                Link::Relative | Link::NounModifier => true,
                Link::Adverbial => {
                    // "shelled the town, killing five": one event.
                    let same = types.contains(&(above, draft.meaning.event_type));
                    clause.mark.is_some() || clause.own_subject || protesting.contains(&above) || same
                }
                Link::Prepositional => true,
                _ => false,
            };
            if below && alive.contains(&above) {
                draft.drop(Abstention::Background);
                break;
            }
            at = clauses.of(above);
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
                let verbal = roles.data.operators.get(Carrier::Verb, &above.lemma);
                let told = matches!(
                    verbal,
                    Some(Operator::Promise | Operator::Refuse | Operator::Intend | Operator::Stop)
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
                govern(draft, operator, above, at);
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
                    Some(Operator::Promise | Operator::Intend | Operator::Refuse | Operator::Deny)
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
    draft.attempted |= operator == Operator::Attempt;
    draft.reported |= operator == Operator::Report;
    let operator = match (operator, above.negated) {
        (Operator::Promise | Operator::Begin | Operator::Attempt, true) => Operator::Refuse,
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

/// "will", "would", "must", "not" of the clause itself.
fn own_polarity(draft: &mut Draft, clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    let speaker = speaker(clause, clauses);
    let hostile = draft.meaning.event_type.quad() == Quad::MaterialConflict;
    match (clause.modal, clause.negated) {
        (None, false) => {}
        (None, true) => draft.flags.negated = true,
        (Some(Modal::Will | Modal::Would), true) => {
            if hostile || (clause.modal == Some(Modal::Would) && speaker.is_none()) {
                draft.drop(Abstention::Hypothetical);
            } else if draft.meaning.event_type == EventType::Concede && draft.meaning.cameo == "080" {
                draft.meaning = Meaning {
                    event_type: EventType::Threaten,
                    mode: Some("restrict"),
                    cameo: "131",
                };
            } else {
                settle(draft, apply(Operator::Refuse, draft.meaning));
            }
        }
        // "If they attack, Japan will send ships": a forecast, unless somebody announces it.
        (Some(Modal::Will), false) if speaker.is_none() && conditional(clause, clauses) => {
            draft.drop(Abstention::Hypothetical);
        }
        (Some(Modal::Will), false) => intend(draft, clause, clauses, speaker, roles),
        (Some(Modal::Would), false) => match speaker {
            Some(_) => intend(draft, clause, clauses, speaker, roles),
            // "The two would meet on Monday": news tells the future so, unless it is a condition.
            None if draft.meaning.event_type.quad().number() <= 2 && unconditional(clause, clauses) => {
                settle(draft, apply(Operator::Intend, draft.meaning));
            }
            None => draft.drop(Abstention::Hypothetical),
        },
        (Some(Modal::May), _) => {
            draft.flags.hypothetical = true;
            draft.drop(Abstention::Hypothetical);
        }
        (Some(Modal::Must), _) => match speaker {
            Some(speech) => obliged(draft, speech, roles),
            None => draft.drop(Abstention::Hypothetical),
        },
    }
}

/// Whether an "if" hangs on the clause.
fn conditional(clause: &Clause, clauses: &Clauses) -> bool {
    let on_it = |other: &Clause| other.governor == Some(clause.verb) && other.mark.as_deref() == Some("if");
    clauses.list.iter().any(on_it)
}

/// A main clause in a sentence without "if".
fn unconditional(clause: &Clause, clauses: &Clauses) -> bool {
    let condition = |other: &Clause| matches!(other.mark.as_deref(), Some("if" | "unless" | "should"));
    matches!(clause.link, Link::Root | Link::Conjunct) && !clauses.list.iter().any(condition)
}

/// What somebody will do is a promise or a threat, unless it is another who says so.
fn intend(
    draft: &mut Draft,
    clause: &Clause,
    clauses: &Clauses,
    speaker: Option<&Clause>,
    roles: &mut Roles<'_, '_>,
) {
    let foreign = speaker.is_some_and(|speech| {
        let said_by: Vec<_> = speech
            .subjects
            .iter()
            .flat_map(|&head| roles.parties(head))
            .collect();
        let done_by: Vec<_> = clause
            .subjects
            .iter()
            .flat_map(|&head| roles.parties(head))
            .collect();
        let told = |p: &crate::Party| !p.country.is_empty();
        said_by.iter().any(told)
            && done_by.iter().any(told)
            && !said_by
                .iter()
                .any(|s| done_by.iter().any(|d| d.country == s.country))
    });
    let conflict = draft.meaning.event_type.quad().number() >= 3;
    let ultimatum = clauses
        .list
        .iter()
        .any(|other| other.governor == Some(clause.verb) && other.mark.as_deref() == Some("unless"));
    if ultimatum && !foreign {
        draft.meaning = Meaning {
            event_type: EventType::Threaten,
            mode: None,
            cameo: "130",
        };
        return;
    }
    if foreign && conflict {
        draft.drop(Abstention::Hypothetical);
        return;
    }
    if foreign || !conflict || draft.meaning.event_type.quad() == Quad::MaterialConflict {
        settle(draft, apply(Operator::Intend, draft.meaning));
    } else {
        draft.flags.future = true;
    }
}

/// "France said that Iraq must disarm": a demand by the speaker.
fn obliged(draft: &mut Draft, speech: &Clause, roles: &mut Roles<'_, '_>) {
    let mut speakers = Vec::new();
    for &head in &speech.subjects {
        speakers.extend(roles.acting(head));
    }
    let addressed = if draft.agentless {
        draft.recipients.clone()
    } else {
        draft.actors.clone()
    };
    let self_addressed = addressed
        .iter()
        .all(|party| speakers.iter().any(|s| crate::roles::same(s, party)));
    if speakers.is_empty() || addressed.is_empty() || self_addressed {
        draft.drop(Abstention::Hypothetical);
        return;
    }
    let mode = refused_mode(draft.meaning.event_type);
    draft.meaning = Meaning {
        event_type: EventType::Request,
        mode,
        cameo: "100",
    };
    draft.actors = speakers;
    draft.recipients = addressed;
    draft.mutual = false;
}

/// "France said that Iraq must take care": a demand, whatever the verb.
pub(crate) fn demands(drafts: &mut Vec<Draft>, clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    for clause in &clauses.list {
        let told = drafts
            .iter()
            .any(|draft| draft.verb == clause.verb && !draft.nominal);
        if clause.modal != Some(Modal::Must) || told || !clause.own_subject {
            continue;
        }
        let Some(speech) = speaker(clause, clauses) else {
            continue;
        };
        let addressed = if clause.passive {
            &clause.objects
        } else {
            &clause.subjects
        };
        let recipients: Vec<Party> = addressed.iter().flat_map(|&head| roles.within(head)).collect();
        let actors: Vec<Party> = speech
            .subjects
            .iter()
            .flat_map(|&head| roles.acting(head))
            .collect();
        let apart = !recipients
            .iter()
            .any(|party| actors.iter().any(|actor| crate::roles::same(actor, party)));
        if !recipients.is_empty() && !actors.is_empty() && apart {
            drafts.push(Draft {
                meaning: Meaning {
                    event_type: EventType::Request,
                    mode: Some("change"),
                    cameo: "100",
                },
                trigger: clause.verb,
                verb: speech.verb,
                actors,
                recipients,
                guessed: false,
                mutual: false,
                absorbs: false,
                keeps: false,
                weak: false,
                nominal: false,
                agentless: false,
                attempted: false,
                reported: false,
                flags: crate::Flags::default(),
                dropped: None,
                source: "must".to_owned(),
            });
        }
    }
}

/// The clause of saying that a clause is the content of.
fn speaker<'c>(clause: &Clause, clauses: &'c Clauses) -> Option<&'c Clause> {
    if clause.link != Link::Complement {
        return None;
    }
    let above = clauses.of(clause.governor?)?;
    let speech = [
        "say",
        "announce",
        "tell",
        "declare",
        "add",
        "state",
        "insist",
        "report",
        "stress",
        "confirm",
        "warn",
        "reiterate",
        "vow",
        "write",
        "claim",
        "tweet",
        "explain",
        "note",
        "emphasize",
        "conclude",
        "maintain",
        "argue",
        "indicate",
    ];
    speech.contains(&above.lemma.as_str()).then_some(above)
}

/// A noun under an absorbing event belongs to it: "condemned the attack on", "called for talks between".
fn noun_absorbed(draft: &Draft, absorbing: &[usize], roles: &Roles<'_, '_>) -> Option<usize> {
    let tree = roles.tree;
    let mut at = draft.trigger;
    for _ in 0..60 {
        let head = tree.head(at);
        if head == at
            || matches!(
                tree.dep(at),
                Dep::Nsubj | Dep::NsubjPass | Dep::Relcl | Dep::Advcl | Dep::Conj
            )
        {
            return None;
        }
        // "met the president after an attack": a time is not what the event is about.
        let time = tree.dep(head) == Dep::Prep
            && matches!(
                tree.lower(head).as_str(),
                "after" | "before" | "during" | "following" | "since" | "amid"
            );
        if time {
            return None;
        }
        if absorbing.contains(&head) {
            return Some(head);
        }
        at = head;
    }
    None
}

/// A noun in a clause that denies, imagines or asks for it is no event.
fn nominal_context(draft: &mut Draft, clause: &Clause, roles: &Roles<'_, '_>) {
    let tree = roles.tree;
    if tree.is_negative_phrase(draft.trigger) {
        draft.flags.negated = true;
    }
    let imagined = [
        "possible",
        "potential",
        "planned",
        "prospective",
        "proposed",
        "future",
        "alleged",
        "upcoming",
        "any",
        "likely",
        "next",
        "further",
        "possibility",
        "imminent",
        "new",
        "no",
    ];
    let before = tree
        .children(draft.trigger)
        .any(|i| imagined.contains(&tree.lower(i).as_str()));
    let holds = [
        "fear",
        "risk",
        "threat",
        "possibility",
        "prospect",
        "chance",
        "hope",
        "likelihood",
        "plan",
        "demand",
        "call",
        "proposal",
        "danger",
    ];
    let under = tree.dep(tree.head(draft.trigger)) == Dep::Prep
        && holds.contains(&tree.lemma(tree.head(tree.head(draft.trigger))).as_str());
    let modal = matches!(
        clause.modal,
        Some(Modal::May | Modal::Would | Modal::Must | Modal::Will)
    );
    let wished = roles.data.operators.get(Carrier::Verb, &clause.lemma) == Some(Operator::Doubt);
    if before || under || modal || wished || clause.negated {
        draft.drop(Abstention::Hypothetical);
    }
}

fn threatened_mode(inner: EventType) -> Option<&'static str> {
    match inner {
        EventType::Assault | EventType::Mobilize => Some("violence"),
        EventType::Coerce => Some("restrict"),
        EventType::Sanction => Some("relations"),
        _ => None,
    }
}
