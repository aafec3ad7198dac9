//! The gate: which drafts are reported. Every draft that is not has a reason.

use crate::clause::{Clause, Clauses, Link};
use crate::date::When;
use crate::draft::Draft;
use crate::lexicon::Data;
use crate::roles::same;
use crate::trace::Abstention;
use crate::tree::Tree;
use crate::words::WordSet;
use crate::{EventType, Party, Sector};
use std::ops::Range;

/// Signs, over a whole sentence, that words of conflict are meant otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Setting {
    pub(crate) sport: bool,
    pub(crate) market: bool,
    pub(crate) weather: bool,
    pub(crate) culture: bool,
    pub(crate) question: bool,
}

impl Setting {
    /// In an article about sport (`sporting`) one hint is enough.
    pub(crate) fn read(tree: Tree<'_>, sentence: Range<usize>, data: &Data, sporting: bool) -> Self {
        let count = |strong: &WordSet, weak: &WordSet, enough: usize| {
            let mut found: Vec<String> = Vec::new();
            let mut certain = false;
            for i in sentence.clone() {
                let lemma = tree.lemma(i);
                let is = |set: &WordSet| set.contains(&lemma, |modifier| tree.has_modifier(i, modifier));
                certain |= is(strong);
                if is(weak) && !found.contains(&lemma) {
                    found.push(lemma);
                }
            }
            certain || found.len() >= enough
        };
        let score = || sentence.clone().any(|i| is_score(tree.word(i)));
        let mut setting = Setting {
            sport: count(&data.sport, &data.sport_hint, if sporting { 1 } else { 2 })
                || (sporting && score()),
            market: count(&data.market, &data.market_hint, 2),
            weather: count(&data.weather, &data.weather, 2),
            culture: count(&data.culture, &data.culture_hint, 2),
            question: false,
        };
        let last = sentence
            .rev()
            .map(|i| tree.word(i))
            .find(|word| !matches!(*word, "\"" | "”" | "'" | "’" | ")" | " "));
        setting.question = last == Some("?");
        setting
    }
}

/// Different words of sport that make an article one about sport.
const SPORTING_WORDS: usize = 3;

/// Whether an article is about sport, as its words tell without a parse.
pub(crate) fn is_sporting(text: &str, data: &Data) -> bool {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        if data.sport.has(&word) && !found.contains(&word) {
            found.push(word);
            if found.len() == SPORTING_WORDS {
                return true;
            }
        }
    }
    false
}

/// "3-1", "149–145"
fn is_score(word: &str) -> bool {
    let mut parts = word.split(['-', '–']);
    let number = |part: Option<&str>| {
        part.is_some_and(|part| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
        })
    };
    number(parts.next()) && number(parts.next()) && parts.next().is_none()
}

/// Drops what must not be reported, and drops recipients that are the actor again.
pub(crate) fn check(draft: &mut Draft, setting: Setting, clauses: &Clauses, when: &When, data: &Data) {
    if draft.dropped.is_some() {
        return;
    }
    tidy_parties(draft);
    if draft.meaning.event_type == EventType::Consult
        && draft.meaning.mode.is_none()
        && draft.actors.len() > 2
    {
        draft.meaning.mode = Some("multilateral");
    }
    let event_type = draft.meaning.event_type;
    let figurative =
        setting.sport || setting.culture || (setting.market && event_type != EventType::Sanction);
    // Police and courts act also upon footballers and film stars.
    let by_state = draft.actors.iter().any(is_state);
    let own = clauses.of(draft.verb);
    if setting.question {
        draft.drop(Abstention::Question);
    } else if own.is_some_and(|clause| clause.habitual) {
        draft.drop(Abstention::Background);
    } else if own.is_some_and(|clause| after_accident(clause, clauses, data))
        || (figurative && !by_state)
        || (setting.weather && draft.actors.iter().all(|actor| actor.code().is_empty()))
    {
        draft.drop(Abstention::Figurative);
    } else if draft.actors.is_empty() && (!draft.agentless || draft.recipients.is_empty()) {
        draft.drop(Abstention::NoActor);
    } else if draft.actors.is_empty() && is_verbal(event_type) {
        // "Was applauded", "asked who it was": what nobody in particular says is no event between parties.
        draft.drop(Abstention::NoActor);
    } else if event_type.recipient_required()
        && draft.recipients.is_empty()
        && !(draft.mutual && draft.actors.len() > 1)
    {
        draft.drop(Abstention::NoRecipient);
    } else if draft.weak && one_sided(draft) {
        draft.drop(Abstention::Weak);
    } else if draft.mutual && draft.actors.len() < 2 && !official(&draft.actors) {
        draft.drop(Abstention::NoRecipient);
    } else if !political(draft) {
        draft.drop(Abstention::NotPolitical);
    } else if draft.flags.hypothetical && (draft.nominal || !both_known(draft)) {
        draft.drop(Abstention::Hypothetical);
    }
    let clause = clauses.of(draft.verb);
    let aside = clause.is_some_and(|clause| {
        clause.past_perfect && matches!(clause.link, Link::Relative | Link::Adverbial | Link::NounModifier)
    });
    draft.flags.historical |= when.background || aside;
}

/// Types of mere words that take somebody to say them.
fn is_verbal(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Support | EventType::Request | EventType::Consult | EventType::Agree | EventType::Reject
    )
}

fn tidy_parties(draft: &mut Draft) {
    // A name of which only titles are left is shown as printed.
    for party in draft.actors.iter_mut().chain(&mut draft.recipients) {
        if party.name.is_empty() {
            party.name.clone_from(&party.text);
        }
    }
    if draft.mutual {
        let recipients = std::mem::take(&mut draft.recipients);
        for party in recipients {
            crate::roles::push_new(&mut draft.actors, party);
        }
        return;
    }
    let actors = draft.actors.clone();
    draft
        .recipients
        .retain(|party| !actors.iter().any(|actor| same(actor, party)));
}

fn one_sided(draft: &Draft) -> bool {
    if draft.mutual {
        draft.actors.len() < 2
    } else {
        draft.actors.is_empty() || draft.recipients.is_empty()
    }
}

/// Whether the country of a party on either side is known.
pub(crate) fn both_known(draft: &Draft) -> bool {
    let known = |parties: &[Party]| parties.iter().any(|party| !party.country.is_empty());
    if draft.mutual {
        draft.actors.len() > 1 && known(&draft.actors)
    } else {
        known(&draft.actors) && known(&draft.recipients)
    }
}

/// A party that belongs to politics: a country or body of states, or an arm, opponent or part of a state.
fn is_political(party: &Party) -> bool {
    let sector = |sector: &Sector| {
        matches!(
            sector,
            Sector::Police
                | Sector::Government
                | Sector::Judiciary
                | Sector::Legislature
                | Sector::Military
                | Sector::Paramilitary
                | Sector::Party
                | Sector::Rebel
                | Sector::Intelligence
                | Sector::UnidentifiedForce
        )
    };
    !party.country.is_empty() || party.sectors.iter().any(sector)
}

fn official(parties: &[Party]) -> bool {
    parties
        .iter()
        .any(|party| !party.country.is_empty() && (party.sectors.is_empty() || is_state(party)))
}

fn is_state(party: &Party) -> bool {
    party.sectors.iter().any(|s| {
        matches!(
            s,
            Sector::Government | Sector::Military | Sector::Legislature | Sector::Police | Sector::Judiciary
        )
    })
}

/// "The helicopter crashed, *killing* its crew": what an accident did nobody did.
fn after_accident(clause: &Clause, clauses: &Clauses, data: &Data) -> bool {
    let above = clause.governor.and_then(|verb| clauses.of(verb));
    clause.link == Link::Adverbial
        && !clause.own_subject
        && above.is_some_and(|above| data.weather.has(&above.lemma))
}

/// Ordinary people on a journey or in talks among themselves.
fn private(party: &Party) -> bool {
    let own = |sector: &Sector| {
        matches!(
            sector,
            Sector::Civilian | Sector::Refugee | Sector::Labor | Sector::Education
        )
    };
    !party.sectors.is_empty() && party.sectors.iter().all(own)
}

fn political(draft: &Draft) -> bool {
    if draft.meaning.event_type == EventType::Consult
        && !draft.actors.is_empty()
        && draft.actors.iter().all(private)
    {
        return false;
    }
    let parties = || draft.actors.iter().chain(&draft.recipients);
    // Strangers to politics on both sides make news of another kind; one known side is enough. Protests, strikes and their end are
    // politics whoever acts.
    let organised = |party: &Party| {
        party
            .sectors
            .iter()
            .any(|sector| matches!(sector, Sector::Labor | Sector::Opposition))
    };
    let domestic = (draft.meaning.event_type == EventType::Protest
        && parties().any(|party| !party.sectors.is_empty()))
        || draft.actors.iter().any(organised);
    domestic || parties().any(is_political)
}

/// Removes doubles, and MOBILIZE beside ASSAULT.
pub(crate) fn thin(drafts: &mut [Draft]) {
    let codes = |parties: &[Party]| {
        let mut codes: Vec<(String, String)> = parties.iter().map(|p| (p.code(), p.name.clone())).collect();
        codes.sort();
        codes
    };
    let assault = drafts
        .iter()
        .any(|d| d.is_real() && d.meaning.event_type == EventType::Assault);
    for at in 0..drafts.len() {
        if drafts[at].dropped.is_some() {
            continue;
        }
        if assault && drafts[at].meaning.event_type == EventType::Mobilize {
            drafts[at].drop(Abstention::Weak);
            continue;
        }
        let double = drafts[..at].iter().any(|known| {
            let draft = &drafts[at];
            known.dropped.is_none()
                && known.meaning.event_type == draft.meaning.event_type
                && known.flags == draft.flags
                && codes(&known.actors) == codes(&draft.actors)
                && codes(&known.recipients) == codes(&draft.recipients)
        });
        // "killed three soldiers and wounded five others": the same attack, told with less.
        let lesser = drafts[at].recipients.is_empty()
            && drafts.iter().any(|other| {
                let draft = &drafts[at];
                other.dropped.is_none()
                    && !other.recipients.is_empty()
                    && other.meaning.event_type == draft.meaning.event_type
                    && other.flags == draft.flags
                    && !draft.mutual
                    && codes(&other.actors) == codes(&draft.actors)
            });
        // "Rebels shelled the town and ten people were killed": what befell them is the attack that was told.
        let agentless = drafts[at].actors.is_empty()
            && drafts.iter().enumerate().any(|(other_at, other)| {
                let draft = &drafts[at];
                other_at != at
                    && (other_at < at || !other.actors.is_empty())
                    && other.dropped.is_none()
                    && other.meaning.event_type == draft.meaning.event_type
                    && other.flags == draft.flags
            });
        if double || lesser || agentless {
            drafts[at].drop(Abstention::Weak);
        }
    }
}
