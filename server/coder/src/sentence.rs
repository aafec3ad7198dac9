//! One sentence: clauses, drafts, operators, gate, and what the sentence tells of date, place and numbers.

use crate::about::{Theme, Told};
use crate::actor::{DocumentMemory, Gazetteer};
use crate::clause::Clauses;
use crate::coding::{CodedEvent, Magnitude};
use crate::compose::{aside, compose, speech_acts};
use crate::date::{Times, When};
use crate::draft::Draft;
use crate::gate::{self, Setting};
use crate::lexicon::Data;
use crate::magnitude::Numbers;
use crate::place::{self, Atlas, Reader};
use crate::roles::Roles;
use crate::tree::Tree;
use crate::{Abstention, EventType, Step, Topic, explain, find, summary};
use dateline_parser::Dep;
use jiff::civil::Date;
use std::ops::Range;

/// What a sentence is read with.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) data: &'a Data,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) places: &'a Atlas,
    pub(crate) published: Option<Date>,
    /// The country that the article is about as far as it was read, or was written in.
    pub(crate) home: Option<&'a str>,
    /// What the whole article is about.
    pub(crate) theme: &'a Theme,
    /// First byte of the sentence in the article and the byte after its last.
    pub(crate) bytes: (usize, usize),
    /// Whether to say why.
    pub(crate) explain: bool,
    /// The article is about sport.
    pub(crate) sporting: bool,
}

/// What a sentence gave. The events' byte ranges are left to the caller, who knows where the sentence stands.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) events: Vec<CodedEvent>,
    pub(crate) steps: Vec<Step>,
    pub(crate) abstention: Option<Abstention>,
}

/// Codes one sentence.
pub(crate) fn code(
    tree: Tree<'_>,
    tokens: Range<usize>,
    around: Surroundings<'_>,
    memory: &mut DocumentMemory<'_>,
) -> Found {
    let clauses = Clauses::read(&tree, tokens.clone(), |lemma| around.data.knows_verb(lemma));
    let mut roles = Roles::new(tree, around.data, memory);
    let mut drafts = find::drafts(&clauses, tokens.clone(), &mut roles);
    speech_acts(&mut drafts, &clauses, &mut roles);
    let mut found = events(&mut drafts, &clauses, tokens.clone(), around, &mut roles);
    if around.explain {
        let told = explain::Told {
            tokens,
            clauses: &clauses,
            drafts: &drafts,
            events: &found.events,
            abstention: found.abstention,
            notes: std::mem::take(&mut found.steps),
        };
        found.steps = explain::sentence(told, &mut roles);
    }
    found
}

/// What comes of the drafts: changed by the words around them, through the gate, with date, place and numbers.
fn events(
    drafts: &mut [Draft],
    clauses: &Clauses,
    tokens: Range<usize>,
    around: Surroundings<'_>,
    roles: &mut Roles<'_, '_>,
) -> Found {
    let tree = roles.tree;
    let mut found = Found::default();
    if drafts.is_empty() {
        found.abstention = Some(if clauses.list.iter().any(|clause| clause.lemma == "say") {
            Abstention::Speech
        } else {
            Abstention::NoTrigger
        });
        return found;
    }
    compose(drafts, clauses, roles);
    let setting = Setting::read(tree, tokens.clone(), around.data, around.sporting);
    let times = Times::read(tree, tokens.clone(), around.published);
    let mut whens = Vec::with_capacity(drafts.len());
    for draft in &mut *drafts {
        let mut when = times.of(draft, clauses, tree);
        // A promise, threat or refusal is made now, whenever what it speaks of is to be.
        let speaks = draft.meaning.event_type.quad().number() % 2 == 1;
        draft.flags.future |= when.later && (!speaks || draft.meaning.event_type == EventType::Consult);
        // "Tehran has long backed Hamas": how things have been, not what happened.
        draft.flags.historical |= tree
            .children(draft.verb)
            .any(|i| tree.lower(i) == "long" && tree.dep(i) == Dep::Advmod);
        // "Soviet troops invaded Afghanistan" in an article of this century is history.
        draft.flags.historical |= draft
            .actors
            .iter()
            .chain(&draft.recipients)
            .any(|party| around.gazetteer.names_a_gone_state(&party.text, around.published));
        gate::check(draft, setting, clauses, &when, around.data);
        if draft.flags.historical && !when.told {
            when = times.of(draft, clauses, tree);
        }
        whens.push(when);
    }
    aside(drafts, clauses, tree);
    gate::thin(drafts);
    let reader = Reader {
        tree,
        sentence: tokens.clone(),
        atlas: around.places,
        gazetteer: around.gazetteer,
        home: around.home,
    };
    let numbers = Numbers::read(drafts, clauses, tree, tokens.clone(), around.data);
    let events = drafts.iter().filter(|draft| draft.dropped.is_none());
    let verbs: Vec<usize> = events.map(|draft| draft.verb).collect();
    let heard = (!verbs.is_empty()).then(|| {
        around
            .data
            .topics
            .hear(tree, tokens.clone(), clauses, &around.data.operators)
    });
    for (draft, when) in drafts.iter().zip(&whens) {
        if let Some(heard) = heard.as_ref().filter(|_| draft.dropped.is_none()) {
            let told = Told {
                draft,
                verbs: &verbs,
                theme: around.theme,
                sentence: around.bytes.0..around.bytes.1,
            };
            let notes = around.explain.then_some(explain::Notes {
                steps: &mut found.steps,
                sources: &around.data.sources,
            });
            let topics = heard.topics(&told, notes);
            let magnitude = numbers.of(draft, drafts, clauses, tree);
            found
                .events
                .push(event(draft, when, magnitude, topics, clauses, &reader));
        }
    }
    if found.events.is_empty() {
        found.abstention = drafts.iter().filter_map(|draft| draft.dropped).next();
    }
    found
}

fn event(
    draft: &Draft,
    when: &When,
    magnitude: Magnitude,
    topics: Vec<Topic>,
    clauses: &Clauses,
    reader: &Reader<'_>,
) -> CodedEvent {
    CodedEvent {
        event_type: draft.meaning.event_type,
        mode: draft.meaning.mode,
        actors: draft.actors.clone(),
        recipients: draft.recipients.clone(),
        topics,
        flags: draft.flags,
        date: when.date,
        place: place::find(reader, draft, clauses),
        intensity: intensity(draft.meaning.event_type, magnitude),
        cameo: draft.meaning.cameo.to_owned(),
        confidence: confidence(draft),
        magnitude,
        summary: summary::line(
            draft.meaning,
            &draft.actors,
            &draft.recipients,
            draft.mutual,
            draft.flags,
        ),
        sentence: 0..0,
    }
}

/// The type's score; killing sharpens ASSAULT towards -10.
fn intensity(event_type: EventType, magnitude: Magnitude) -> f32 {
    match (event_type, magnitude.killed) {
        (EventType::Assault, 10..) => -10.0,
        (EventType::Assault, 1..) => -9.5,
        _ => event_type.score(),
    }
}

/// How sure: what was inferred, hedged or incomplete costs.
fn confidence(draft: &Draft) -> f32 {
    let known = |parties: &[crate::Party]| parties.iter().any(|party| !party.country.is_empty());
    let two_sided = if draft.mutual {
        draft.actors.len() > 1
    } else {
        !draft.actors.is_empty() && !draft.recipients.is_empty()
    };
    let costs = [
        (draft.nominal, 20),
        (draft.weak, 10),
        (draft.attempted, 10),
        (draft.reported, 5),
        (draft.agentless, 10),
        (!two_sided, 10),
        (!known(&draft.actors), 10),
        (
            draft.flags.historical || draft.flags.hypothetical || draft.flags.negated,
            5,
        ),
    ];
    let cost: u8 = costs
        .into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, cost)| cost)
        .sum();
    f32::from(95 - cost.min(75)) / 100.0
}
