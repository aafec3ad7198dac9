//! Operators: what promises, refusals, attempts and ends make of the event they govern. Read from `operators.txt`.

use crate::verb::Meaning;
use crate::{EventType, LoadError, Quad, table};
use std::collections::HashMap;

/// What a governing word does to the event below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Promise,
    /// A promise that cannot be a threat: "offered to send troops" is help.
    Offer,
    /// "Will", said of oneself: no word of the file, the modal verb alone.
    Announce,
    Intend,
    Refuse,
    Fail,
    Attempt,
    Begin,
    Stop,
    Report,
    Doubt,
    Deny,
}

/// What `operators.txt` calls the kinds.
const KINDS: [(&str, Operator); 11] = [
    ("promise", Operator::Promise),
    ("offer", Operator::Offer),
    ("intend", Operator::Intend),
    ("refuse", Operator::Refuse),
    ("fail", Operator::Fail),
    ("attempt", Operator::Attempt),
    ("begin", Operator::Begin),
    ("stop", Operator::Stop),
    ("report", Operator::Report),
    ("doubt", Operator::Doubt),
    ("deny", Operator::Deny),
];

impl Operator {
    /// The word that `operators.txt` has for it; of no word of the file nothing.
    pub(crate) fn name(self) -> &'static str {
        let known = KINDS.iter().find(|(_, kind)| *kind == self);
        known.map_or("", |(name, _)| name)
    }
}

/// Which kind of word carries the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Carrier {
    Verb,
    Adjective,
    Noun,
}

/// All operators by word.
#[derive(Debug, Default)]
pub(crate) struct Operators(HashMap<(Carrier, Box<str>), (Operator, u32)>);

impl Operators {
    /// Reads `operators.txt`.
    ///
    /// # Errors
    /// A line that is not `[adj:|noun:]WORD|WORD -> KIND`, with its place.
    pub(crate) fn load(file: &str, content: &str) -> Result<Self, LoadError> {
        let mut operators = Operators::default();
        for line in table::lines(file, content) {
            let (left, right) = line.halves("->", "write `WORD|WORD -> promise`")?;
            let Some(kind) = right.split_whitespace().next() else {
                return Err(right.error("no kind follows `->`; write for example `promise`"));
            };
            let Some((_, operator)) = KINDS.iter().find(|(name, _)| *name == kind.text) else {
                let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
                let near = table::did_you_mean(kind.text, known.iter().copied());
                let (other, known) = (kind.text, known.join(" "));
                return Err(kind.error(format!("unknown operator \"{other}\"; one of: {known}{near}")));
            };
            for field in left.split_whitespace() {
                let (carrier, words) = match (field.strip_prefix("adj:"), field.strip_prefix("noun:")) {
                    (Some(words), _) => (Carrier::Adjective, words),
                    (_, Some(words)) => (Carrier::Noun, words),
                    _ => (Carrier::Verb, field),
                };
                for word in words.split(|c| c == '|') {
                    operators
                        .0
                        .entry((carrier, word.text.into()))
                        .or_insert((*operator, line.number()));
                }
            }
        }
        Ok(operators)
    }

    /// What this word does.
    pub(crate) fn get(&self, carrier: Carrier, word: &str) -> Option<Operator> {
        Some(self.0.get(&(carrier, word.into()))?.0)
    }

    /// The line that says so, for traces.
    pub(crate) fn line(&self, carrier: Carrier, word: &str) -> Option<u32> {
        Some(self.0.get(&(carrier, word.into()))?.1)
    }
}

/// What became of an event under an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The event, perhaps another one.
    Stands(Meaning),
    /// The event, flagged as said not to have happened.
    Negated(Meaning),
    /// Nothing to report.
    Dropped,
}

/// Applies an operator to an event, after the tie-breaks of PLOVER 2.0.
pub(crate) fn apply(operator: Operator, meaning: Meaning) -> Effect {
    use EventType::{
        Agree, Aid, Concede, Consult, Cooperate, Protest, Reject, Retreat, Sanction, Support, Threaten,
    };
    let stands = |event_type, mode, cameo| {
        Effect::Stands(Meaning {
            event_type,
            mode,
            cameo,
        })
    };
    match operator {
        Operator::Begin | Operator::Report | Operator::Attempt => Effect::Stands(meaning),
        Operator::Doubt => Effect::Dropped,
        Operator::Deny => Effect::Negated(meaning),
        Operator::Offer if meaning.event_type == EventType::Mobilize => stands(Agree, None, "033"),
        Operator::Promise | Operator::Offer => match meaning.event_type {
            Agree | Consult | Cooperate | Aid | Support | Concede | Retreat => {
                stands(Agree, None, promised(meaning))
            }
            _ => hostile_intent(meaning),
        },
        // Who says that he will release or allow has promised it; who will lift a measure or withdraw has announced it, which
        // PLOVER calls CONCEDE.
        Operator::Announce => match meaning.event_type {
            Retreat | Concede if !matches!(meaning.cameo, "081" | "0873") => {
                stands(Agree, None, promised(meaning))
            }
            // A boycott of talks that is announced is a threat, not yet a refusal.
            Reject if meaning.cameo == "1245" => stands(Threaten, Some("relations"), "133"),
            _ => apply(Operator::Intend, meaning),
        },
        Operator::Intend => match meaning.event_type {
            Consult | Cooperate | Aid | Support => stands(Agree, None, promised(meaning)),
            Retreat | Concede => stands(Concede, None, "080"),
            _ => hostile_intent(meaning),
        },
        Operator::Refuse => stands(Reject, refused_mode(meaning.event_type), "120"),
        Operator::Fail => match meaning.event_type {
            Agree | Support => stands(Reject, None, "120"),
            _ => Effect::Negated(meaning),
        },
        Operator::Stop => match meaning.event_type {
            EventType::Assault | EventType::Mobilize | EventType::Coerce => stands(Retreat, None, "087"),
            Protest | Sanction | Threaten => stands(Concede, None, "080"),
            Aid | Cooperate | Support | Retreat | Concede => stands(Sanction, Some("discontinue"), "162"),
            Consult | Agree => stands(Reject, None, "1246"),
            _ => Effect::Negated(meaning),
        },
    }
}

/// What refusing, or being asked for, an event of this type is called among the modes of REJECT and REQUEST.
pub(crate) fn refused_mode(event_type: EventType) -> Option<&'static str> {
    match event_type {
        EventType::Aid | EventType::Cooperate | EventType::Support => Some("assist"),
        EventType::Consult => Some("meet"),
        EventType::Concede | EventType::Retreat => Some("yield"),
        _ => Some("change"),
    }
}

fn promised(meaning: Meaning) -> &'static str {
    match meaning.event_type {
        EventType::Consult => "036",
        EventType::Cooperate => "031",
        EventType::Aid => "033",
        EventType::Concede | EventType::Retreat => "035",
        _ => "030",
    }
}

fn hostile_intent(meaning: Meaning) -> Effect {
    let mode = match (meaning.event_type, meaning.mode) {
        // CAMEO 192: to occupy land.
        (EventType::Assault | EventType::Coerce, _) if meaning.cameo == "192" => Some("territory"),
        (EventType::Assault | EventType::Mobilize, _) => Some("violence"),
        (EventType::Coerce, Some("arrest")) => Some("arrest"),
        (EventType::Coerce, Some("deport")) | (EventType::Sanction, Some("expel")) => Some("expel"),
        (EventType::Coerce, _) => Some("restrict"),
        (EventType::Sanction, _) => Some("relations"),
        (EventType::Protest, _) => None,
        _ => return Effect::Stands(meaning),
    };
    debug_assert_eq!(meaning.event_type.quad(), Quad::MaterialConflict);
    Effect::Stands(Meaning {
        event_type: EventType::Threaten,
        mode,
        cameo: "130",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn becomes(operator: Operator, from: EventType) -> Option<EventType> {
        match apply(operator, Meaning::plain(from)) {
            Effect::Stands(meaning) => Some(meaning.event_type),
            Effect::Negated(_) | Effect::Dropped => None,
        }
    }

    #[test]
    fn intended_cooperation_is_agreement_and_intended_yielding_a_concession() {
        assert_eq!(
            becomes(Operator::Intend, EventType::Consult),
            Some(EventType::Agree)
        );
        assert_eq!(becomes(Operator::Intend, EventType::Aid), Some(EventType::Agree));
        assert_eq!(
            becomes(Operator::Intend, EventType::Retreat),
            Some(EventType::Concede)
        );
        assert_eq!(
            becomes(Operator::Intend, EventType::Assault),
            Some(EventType::Threaten)
        );
    }

    #[test]
    fn refusal_of_anything_is_rejection() {
        for &event_type in EventType::ALL {
            assert_eq!(becomes(Operator::Refuse, event_type), Some(EventType::Reject));
        }
    }

    #[test]
    fn the_end_of_conflict_yields_and_the_end_of_cooperation_sanctions() {
        assert_eq!(
            becomes(Operator::Stop, EventType::Assault),
            Some(EventType::Retreat)
        );
        assert_eq!(
            becomes(Operator::Stop, EventType::Protest),
            Some(EventType::Concede)
        );
        assert_eq!(becomes(Operator::Stop, EventType::Aid), Some(EventType::Sanction));
        assert_eq!(
            becomes(Operator::Stop, EventType::Consult),
            Some(EventType::Reject)
        );
    }

    #[test]
    fn an_unknown_kind_is_refused_with_its_place() {
        let error = Operators::load("operators.txt", "plan -> intends").expect_err("unknown");
        assert!(
            error
                .to_string()
                .starts_with("operators.txt:1:9: unknown operator \"intends\"")
        );
    }
}
