//! Where an event happened: a place named beside its verb or noun.
//!
//! Looked for in this order: prepositional phrases of the verb, of the noun that names the event and of what is acted on
//! ("in", "near", ...; "to" with verbs of travel, "from" with withdrawals, "on" with attacks), and a place that is itself
//! acted on ("shelled *Kherson*", "visited *Paris*"); phrases farther down in the clause; where those who acted were
//! ("protesters *in Tehran*"). Of several in one step the most precise counts, and a farther step may make a country or
//! region more precise. A place that only the dateline names is never an event's place: it helps to tell places of one
//! name apart. What acts is no place: "Moscow said" has none.

mod atlas;
mod choose;
mod name;
mod nouns;
mod phrase;
mod rows;

pub(crate) use atlas::Atlas;
pub(crate) use nouns::is_deed;
pub(crate) use phrase::Reader;

use crate::clause::{Clause, Clauses, Link, governing_verb};
use crate::draft::Draft;
use crate::tree::Tree;
use crate::{EventType, PlaceKind, PlaceRef};
use dateline_parser::{Dep, Tag};
use phrase::{most_precise, precision};

impl Atlas {
    fn place(&self, row: &rows::Row) -> PlaceRef {
        PlaceRef {
            name: self.name(row).to_owned(),
            country: self.country_of(row).to_owned(),
            latitude: row.latitude,
            longitude: row.longitude,
            geonames_id: row.id,
            kind: row.kind,
        }
    }
}

/// Prepositions that tell where, whatever happens.
const WHERE: [&str; 12] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "within",
    "along",
    "off",
    "under",
];

/// The place of an event.
pub(crate) fn find(reader: &Reader<'_>, draft: &Draft, clauses: &Clauses) -> Option<PlaceRef> {
    let clause = clauses.of(draft.verb);
    let own = beside(reader, draft, clause);
    if own.is_some() {
        return own;
    }
    // "met in Paris and signed": one place for both. "shelled Kherson, killing two": the same.
    let clause = clause?;
    let shares = clause.link == Link::Conjunct || (clause.link == Link::Adverbial && !clause.own_subject);
    let above = shares
        .then(|| governing_verb(&reader.tree, clause.governor?))
        .flatten()
        .and_then(|verb| clauses.of(verb))?;
    let event = Event {
        event_type: draft.meaning.event_type,
        trigger: above.verb,
    };
    refined(near(reader, &event, Some(above)), || farther(reader, above.verb))
}

/// The event that a place is looked for.
struct Event {
    event_type: EventType,
    trigger: usize,
}

fn beside(reader: &Reader<'_>, draft: &Draft, clause: Option<&Clause>) -> Option<PlaceRef> {
    let event = Event {
        event_type: draft.meaning.event_type,
        trigger: draft.trigger,
    };
    let found = refined(near(reader, &event, clause), || farther(reader, clause?.verb));
    let bodily = matches!(
        event.event_type,
        EventType::Assault
            | EventType::Protest
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Retreat
            | EventType::Sanction
    );
    if found.is_some() || !bodily {
        return found;
    }
    let subjects = clause.map_or(&[][..], |clause| clause.subjects.as_slice());
    // "the *Kabul* bombing killed", "the siege *of Aleppo* killed"
    let deed = subjects
        .iter()
        .filter(|&&subject| is_deed(&reader.tree.lemma(subject)))
        .find_map(|&subject| {
            let event = Event {
                event_type: EventType::Assault,
                trigger: subject,
            };
            near(reader, &event, None)
        });
    if deed.is_some() {
        return deed;
    }
    // "Rebels *in Chad* kidnapped four doctors": deeds are done where those are who do them.
    let preps = subjects
        .iter()
        .flat_map(|&subject| reader.tree.noun_preps(subject));
    most_precise(
        preps
            .filter(|(prep, _)| WHERE.contains(&prep.as_str()))
            .filter_map(|(_, head)| reader.place(head)),
    )
}

/// Phrases of the verb, of the event's noun, and of what is acted on; and places that are acted on.
fn near(reader: &Reader<'_>, event: &Event, clause: Option<&Clause>) -> Option<PlaceRef> {
    let tree = reader.tree;
    let objects = clause.map_or(&[][..], |clause| clause.objects.as_slice());
    let mut phrases: Vec<(String, usize, usize)> = Vec::new();
    let mut add = |owner: usize, preps: &[(String, usize)]| {
        phrases.extend(preps.iter().map(|(prep, head)| (prep.clone(), *head, owner)));
    };
    if let Some(clause) = clause {
        add(clause.verb, &clause.preps);
    }
    if clause.is_none_or(|clause| clause.verb != event.trigger) {
        add(event.trigger, &tree.noun_preps(event.trigger));
    }
    for &object in objects.iter().filter(|&&object| object != event.trigger) {
        add(object, &tree.noun_preps(object));
    }
    let told = phrases
        .iter()
        .filter(|(prep, head, owner)| leads_to_place(tree, event, prep, *owner, *head))
        .filter_map(|(prep, head, _)| {
            let place = reader.place(*head)?;
            let narrow = matches!(prep.as_str(), "against" | "of") && place.kind == PlaceKind::Country;
            (!narrow).then_some(place)
        });
    let acted_on = objects
        .iter()
        .filter_map(|&object| acted_on(reader, event, clause, object));
    let modifying = (!crate::tree::is_verb(tree.tag(event.trigger)))
        .then(|| modifier(reader, event.trigger))
        .flatten();
    let all: Vec<PlaceRef> = told.chain(acted_on).chain(modifying).collect();
    let country = all
        .iter()
        .find(|place| place.kind == PlaceKind::Country)
        .map(|place| place.country.clone());
    most_precise(all).map(|place| match country {
        // "seized the town of Sake in Congo": a town on no map, but in that country.
        Some(country) if place.kind == PlaceKind::Named && place.country.is_empty() => {
            PlaceRef { country, ..place }
        }
        _ => place,
    })
}

/// Whether a preposition tells where an event of this kind happened.
fn leads_to_place(tree: Tree<'_>, event: &Event, prep: &str, owner: usize, head: usize) -> bool {
    if WHERE.contains(&prep) {
        // "attacked under fire", "at war", "in March": nothing that a reader would call a place comes of them.
        return true;
    }
    let assault = event.event_type == EventType::Assault;
    let lemma = || tree.lemma(owner);
    match prep {
        "on" => {
            assault
                || matches!(
                    tree.lemma(head).as_str(),
                    "island"
                        | "border"
                        | "street"
                        | "square"
                        | "road"
                        | "heights"
                        | "peninsula"
                        | "coast"
                        | "outskirts"
                        | "territory"
                        | "soil"
                )
        }
        "against" => assault,
        "of" => {
            owner == event.trigger
                && matches!(
                    event.event_type,
                    EventType::Assault | EventType::Coerce | EventType::Mobilize
                )
        }
        "over" => matches!(event.event_type, EventType::Assault | EventType::Mobilize),
        "to" | "into" | "for" => {
            let lemma = lemma();
            let travels = matches!(
                lemma.as_str(),
                "visit"
                    | "trip"
                    | "travel"
                    | "fly"
                    | "go"
                    | "come"
                    | "arrive"
                    | "return"
                    | "journey"
                    | "pay"
                    | "tour"
                    | "pilgrimage"
            );
            let moves = matches!(
                lemma.as_str(),
                "send"
                    | "deploy"
                    | "dispatch"
                    | "move"
                    | "march"
                    | "advance"
                    | "push"
                    | "cross"
                    | "incursion"
                    | "raid"
                    | "offensive"
                    | "deployment"
                    | "fire"
                    | "launch"
                    | "troop"
                    | "soldier"
                    | "force"
                    | "warship"
                    | "tank"
                    | "warplane"
            );
            prep != "for"
                && (travels && event.event_type == EventType::Consult
                    || moves && matches!(event.event_type, EventType::Mobilize | EventType::Assault))
        }
        "from" => {
            event.event_type == EventType::Retreat
                && matches!(
                    lemma().as_str(),
                    "withdraw"
                        | "pull"
                        | "retreat"
                        | "leave"
                        | "evacuate"
                        | "withdrawal"
                        | "troop"
                        | "soldier"
                        | "force"
                        | "flee"
                        | "pullout"
                )
        }
        _ => false,
    }
}

/// "shelled *Kherson*", "visited *Paris*", "captured the town of *Sake*". A country that is acted on is a party, unless
/// the verb takes only places.
fn acted_on(reader: &Reader<'_>, event: &Event, clause: Option<&Clause>, object: usize) -> Option<PlaceRef> {
    let lemma = clause?.lemma.as_str();
    let enters = matches!(
        lemma,
        "visit"
            | "tour"
            | "enter"
            | "invade"
            | "occupy"
            | "bomb"
            | "bombard"
            | "shell"
            | "raid"
            | "leave"
            | "cross"
    );
    let takes = enters
        || event.event_type == EventType::Assault
        || matches!(
            lemma,
            "capture"
                | "seize"
                | "retake"
                | "recapture"
                | "besiege"
                | "storm"
                | "overrun"
                | "blockade"
                | "surround"
                | "liberate"
                | "control"
                | "evacuate"
                | "annex"
                | "encircle"
        );
    if !takes {
        return None;
    }
    let tree = reader.tree;
    let named = matches!(tree.tag(object), Tag::NNP | Tag::NNPS);
    // "a Syrian *village*", but "Syrian soldiers"
    let spelled_out = named || nouns::kind_word(&tree.lemma(object)).is_some();
    let place = reader
        .place(object)
        .filter(|place| spelled_out || place.kind != PlaceKind::Country)?;
    match place.kind {
        PlaceKind::Named => (!named).then_some(place),
        PlaceKind::Country => (enters || !named).then_some(place),
        _ => Some(place),
    }
}

/// "the *Kabul* bombing", "*Aleppo*'s siege": a country before the noun is a party.
fn modifier(reader: &Reader<'_>, noun: usize) -> Option<PlaceRef> {
    let tree = reader.tree;
    let before = tree
        .children(noun)
        .filter(|&i| i < noun && matches!(tree.dep(i), Dep::Compound | Dep::Poss | Dep::Nmod));
    before
        .filter_map(|i| reader.place(i))
        .find(|place| matches!(place.kind, PlaceKind::City | PlaceKind::Area))
}

/// A country or region that is told nearby, made more precise by what is told farther away and lies within it.
fn refined(near: Option<PlaceRef>, farther: impl FnOnce() -> Option<PlaceRef>) -> Option<PlaceRef> {
    let coarse = |place: &PlaceRef| precision(place.kind) < precision(PlaceKind::City);
    match near {
        Some(near) if coarse(&near) => match farther() {
            Some(far)
                if far.country == near.country
                    && !far.country.is_empty()
                    && precision(far.kind) > precision(near.kind) =>
            {
                Some(far)
            }
            _ => Some(near),
        },
        Some(near) => Some(near),
        None => farther(),
    }
}

/// "held talks with his counterpart *in Malta*": a place that the grammar hangs on another phrase of the clause.
fn farther(reader: &Reader<'_>, verb: usize) -> Option<PlaceRef> {
    let tree = reader.tree;
    let elsewhere = |i: usize| {
        matches!(
            tree.dep(i),
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
    let mut found = Vec::new();
    let mut steps = 0;
    while let Some(at) = pending.pop() {
        steps += 1;
        if steps > 80 {
            break;
        }
        if tree.dep(at) == Dep::Prep {
            let prep = tree.lower(at);
            // "over the war *in Syria*", "after an attack *in Kabul*": a topic, another event.
            if matches!(
                prep.as_str(),
                "over"
                    | "about"
                    | "after"
                    | "before"
                    | "following"
                    | "despite"
                    | "on"
                    | "regarding"
                    | "concerning"
                    | "since"
                    | "during"
                    | "amid"
                    | "for"
                    | "of"
                    | "because"
            ) && at > verb
            {
                continue;
            }
            if WHERE.contains(&prep.as_str()) {
                let named = tree.children(at).filter(|&i| tree.dep(i) == Dep::Pobj);
                found.extend(named.filter_map(|head| reader.place(head)).filter(|place| {
                    place.geonames_id != 0 || !place.country.is_empty() || place.kind == PlaceKind::Area
                }));
            }
        }
        pending.extend(tree.children(at).filter(|&i| !elsewhere(i)));
    }
    most_precise(found)
}
