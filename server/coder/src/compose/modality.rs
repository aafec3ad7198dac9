//! "Will", "would", "may", "must" and "not" in a clause of its own, and who says so.

use super::{direct, settle};
use crate::clause::{Clause, Clauses, Link, Modal, governing_verb};
use crate::draft::{Draft, Source};
use crate::operator::{Operator, apply, refused_mode};
use crate::roles::Roles;
use crate::trace::Abstention;
use crate::verb::Meaning;
use crate::verb::matcher::is_among;
use crate::{EventType, Party, Quad};

/// "will", "would", "must", "not" of the clause itself.
pub(super) fn own_polarity(draft: &mut Draft, clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    let (mutual, before) = (draft.mutual, draft.meaning);
    polarity(draft, clause, clauses, roles);
    draft.turned(None, clause.verb, None, before);
    if mutual && clause.modal.is_some() && draft.dropped.is_none() && draft.mutual {
        direct(draft, clause, roles);
    }
}

/// A demand by the speaker if there is one, else nothing.
pub(super) fn obliged_by_speaker(
    draft: &mut Draft,
    clause: &Clause,
    clauses: &Clauses,
    roles: &mut Roles<'_, '_>,
) {
    match speaker(clause, clauses) {
        Some(speech) => obliged(draft, speech, roles),
        None => draft.drop(Abstention::Hypothetical),
    }
}

fn polarity(draft: &mut Draft, clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    let speaker = speaker(clause, clauses);
    let hostile = draft.meaning.event_type.quad() == Quad::MaterialConflict;
    match (clause.modal, clause.negated) {
        (None, false) => {}
        // Who did not allow or did not agree has refused.
        (None, true) if matches!(draft.meaning.event_type, EventType::Concede | EventType::Agree) => {
            settle(draft, apply(Operator::Refuse, draft.meaning));
        }
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
        (Some(Modal::Will), false) if speaker.is_none() && conditional(clause, clauses) => draft.imagine(),
        (Some(Modal::Will), false) => intend(draft, clause, clauses, speaker, roles),
        (Some(Modal::Would), false) if legislates(draft, clause, clauses, roles) => {
            settle(draft, apply(Operator::Intend, draft.meaning));
        }
        (Some(Modal::Would), false) => match speaker {
            Some(_) => intend(draft, clause, clauses, speaker, roles),
            // "The two would meet on Monday": news tells the future so, unless it is a condition.
            None if draft.meaning.event_type.quad().number() <= 2 && unconditional(clause, clauses) => {
                settle(draft, apply(Operator::Announce, draft.meaning));
            }
            None => draft.imagine(),
        },
        // Who says that he may strike threatens; what others may do is only imagined.
        (Some(Modal::May), false)
            if hostile && speaker.is_some_and(|speech| same_side(speech, clause, roles)) =>
        {
            settle(draft, apply(Operator::Intend, draft.meaning));
        }
        (Some(Modal::May), _) => draft.imagine(),
        (Some(Modal::Must), _) => match speaker {
            Some(speech) => obliged(draft, speech, roles),
            None => draft.drop(Abstention::Hypothetical),
        },
    }
}

/// "Introduced a bill that would ban the party": what a draft law would do is what those intend who bring it. Gives the event its
/// actors; false if no text of law is spoken of or nobody brings it.
fn legislates(draft: &mut Draft, clause: &Clause, clauses: &Clauses, roles: &mut Roles<'_, '_>) -> bool {
    const TEXTS: [&str; 11] = [
        "bill",
        "legislation",
        "resolution",
        "measure",
        "proposal",
        "law",
        "amendment",
        "decree",
        "order",
        "motion",
        "plan",
    ];
    const BRINGS: [&str; 15] = [
        "introduce",
        "pass",
        "approve",
        "adopt",
        "propose",
        "table",
        "submit",
        "draft",
        "sign",
        "announce",
        "unveil",
        "present",
        "issue",
        "circulate",
        "endorse",
    ];
    let Some(text) = clause.governor.filter(|_| clause.link == Link::Relative) else {
        return false;
    };
    let tree = roles.tree;
    if !TEXTS.contains(&tree.lemma(text).as_str()) {
        return false;
    }
    let above = governing_verb(&tree, tree.head(text)).and_then(|verb| clauses.of(verb));
    let Some(above) = above.filter(|above| {
        BRINGS.contains(&above.lemma.as_str())
            && above.modal.is_none()
            && !above.negated
            && above.objects.contains(&text)
    }) else {
        return false;
    };
    let mut actors = Vec::new();
    for &head in &above.subjects {
        for party in roles.acting(head) {
            crate::roles::push_new(&mut actors, party);
        }
    }
    if actors.is_empty() {
        return false;
    }
    draft.actors = actors;
    true
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

/// Whether who speaks and who acts belong to one country.
fn same_side(speech: &Clause, clause: &Clause, roles: &mut Roles<'_, '_>) -> bool {
    let mut countries = |heads: &[usize]| -> Vec<String> {
        let parties = heads.iter().flat_map(|&head| roles.parties(head));
        parties
            .map(|party| party.country)
            .filter(|country| !country.is_empty())
            .collect()
    };
    let (said_by, done_by) = (countries(&speech.subjects), countries(&clause.subjects));
    said_by.iter().any(|country| done_by.contains(country))
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
    let boycott = draft.meaning.event_type == EventType::Reject && draft.meaning.cameo == "1245";
    if foreign || !conflict || boycott || draft.meaning.event_type.quad() == Quad::MaterialConflict {
        settle(draft, apply(Operator::Announce, draft.meaning));
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

/// What saying something amounts to, whatever the verb below: "France said that Iraq must take care" is a demand, "officials said that
/// militias were behind the raid" an accusation.
pub(crate) fn speech_acts(drafts: &mut Vec<Draft>, clauses: &Clauses, roles: &mut Roles<'_, '_>) {
    for clause in &clauses.list {
        let Some(speech) = speaker(clause, clauses) else {
            continue;
        };
        let told = drafts
            .iter()
            .any(|draft| draft.verb == clause.verb && !draft.nominal);
        let demand = clause.modal == Some(Modal::Must) && !told && clause.own_subject;
        let blame = clause.modal.is_none() && !clause.negated && blames(clause, roles);
        let (meaning, rule) = match (demand, blame) {
            (true, _) => (DEMAND, "what somebody says that others must do is a demand"),
            (_, true) => (BLAME, "who is said to be behind a deed is accused"),
            _ => continue,
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
                meaning,
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
                source: Source::Rule(rule),
                turns: vec![],
            });
        }
    }
}

const DEMAND: Meaning = Meaning {
    event_type: EventType::Request,
    mode: Some("change"),
    cameo: "100",
};

const BLAME: Meaning = Meaning {
    event_type: EventType::Accuse,
    mode: Some("allege"),
    cameo: "112",
};

/// "Was behind the raid", "were responsible for the blast".
fn blames(clause: &Clause, roles: &Roles<'_, '_>) -> bool {
    let tree = roles.tree;
    if clause.lemma != "be" {
        return false;
    }
    let deed = |head: usize| is_among(roles.data, tree, head, &roles.data.deeds);
    let behind = clause
        .preps
        .iter()
        .any(|(prep, head)| prep == "behind" && deed(*head));
    let responsible = clause.predicates.iter().any(|&predicate| {
        tree.lower(predicate) == "responsible"
            && tree
                .noun_preps(predicate)
                .iter()
                .any(|(prep, head)| prep == "for" && deed(*head))
    });
    behind || responsible
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
        "promise",
        "pledge",
        "swear",
        "guarantee",
        "agree",
        "signal",
        "boast",
        "roar",
        "thunder",
        "caution",
        "retort",
        "counter",
        "reply",
        "repeat",
        "reveal",
        "disclose",
        "hint",
        "allege",
        "suspect",
        "believe",
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
