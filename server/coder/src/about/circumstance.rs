//! What speaks for a topic without a word: the event's type and mode, and who takes part in it.

use super::grammar::meant;
use crate::draft::Draft;
use crate::table::Field;
use crate::{EventType, LoadError, Party, Sector};

/// Conditions on an event, all of which must hold: `ASSAULT+REB>`, `CONSULT+states`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Circumstance(Vec<Condition>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Type(EventType, Option<Box<str>>),
    /// A party of this sector.
    Party(Sector),
    Actor(Sector),
    Recipient(Sector),
    /// Parties of two countries or of bodies of states, all of them governments or named as countries.
    States,
    /// A party of this resolved name.
    Named(Box<str>),
}

impl Circumstance {
    /// Whether an entry is a circumstance and no phrase: its first letter is a capital, or it starts with a sign.
    pub(super) fn is_one(entry: &str) -> bool {
        entry.starts_with(|c: char| c.is_uppercase() || c == '>' || c == '@')
    }

    /// Reads `TYPE`, `TYPE/mode`, `SECTOR`, `SECTOR>` (acts), `>SECTOR` (acted on), `states`, `@Name`, joined by `+`.
    pub(super) fn read(entry: Field<'_>) -> Result<Self, LoadError> {
        let mut conditions = Vec::new();
        for part in entry.split(|c| c == '+') {
            if let Some(part) = part.trimmed() {
                conditions.push(condition(part)?);
            }
        }
        Ok(Circumstance(conditions))
    }

    /// Whether it says what is done, not only who is there.
    pub(super) fn has_type(&self) -> bool {
        self.0
            .iter()
            .any(|condition| matches!(condition, Condition::Type(..) | Condition::States))
    }

    /// Whether all conditions hold of an event.
    pub(super) fn holds(&self, draft: &Draft) -> bool {
        !self.0.is_empty() && self.0.iter().all(|condition| condition.holds(draft))
    }
}

fn condition(part: Field<'_>) -> Result<Condition, LoadError> {
    let text = part.text;
    if text == "states" {
        return Ok(Condition::States);
    }
    if let Some(name) = text.strip_prefix('@') {
        return Ok(Condition::Named(name.into()));
    }
    if let Some(sector) = text.strip_prefix('>') {
        return sector
            .parse()
            .map(Condition::Recipient)
            .map_err(|_| unknown(part, sector));
    }
    if let Some(sector) = text.strip_suffix('>') {
        return sector
            .parse()
            .map(Condition::Actor)
            .map_err(|_| unknown(part, sector));
    }
    if let Ok(sector) = text.parse() {
        return Ok(Condition::Party(sector));
    }
    let (name, mode) = match text.split_once('/') {
        Some((name, mode)) => (name, Some(mode)),
        None => (text, None),
    };
    let Ok(event_type) = name.parse::<EventType>() else {
        return Err(unknown(part, name));
    };
    if let Some(mode) = mode.filter(|mode| !event_type.modes().contains(mode)) {
        let hint = meant(mode, event_type.modes().iter().copied());
        return Err(part.error(format!("{event_type} has no mode \"{mode}\"; {hint}")));
    }
    Ok(Condition::Type(event_type, mode.map(Box::from)))
}

fn unknown(part: Field<'_>, name: &str) -> LoadError {
    let types = EventType::ALL.iter().map(|known| known.as_str());
    let sectors = Sector::ALL.iter().map(|known| known.as_str());
    let hint = meant(name, types.chain(sectors).chain(["states"]));
    part.error(format!("unknown event type or sector \"{name}\"; {hint}"))
}

impl Condition {
    fn holds(&self, draft: &Draft) -> bool {
        let belongs = |parties: &[Party], sector| parties.iter().any(|party| party.sectors.contains(sector));
        match self {
            Condition::Type(event_type, mode) => {
                draft.meaning.event_type == *event_type
                    && mode
                        .as_deref()
                        .is_none_or(|mode| draft.meaning.mode == Some(mode))
            }
            Condition::Party(sector) => belongs(&draft.actors, sector) || belongs(&draft.recipients, sector),
            Condition::Actor(sector) => belongs(&draft.actors, sector),
            Condition::Recipient(sector) => belongs(&draft.recipients, sector),
            Condition::States => between_states(draft),
            Condition::Named(name) => draft
                .actors
                .iter()
                .chain(&draft.recipients)
                .any(|party| *party.name == **name),
        }
    }
}

fn between_states(draft: &Draft) -> bool {
    let official = |party: &Party| {
        !party.country.is_empty()
            && !matches!(party.country.as_str(), "NGO" | "MNC" | "IMG")
            && party
                .sectors
                .first()
                .is_none_or(|first| matches!(first, Sector::Government | Sector::Legislature))
    };
    let mut countries = draft
        .actors
        .iter()
        .chain(&draft.recipients)
        .filter(|party| official(party))
        .map(|party| party.country.as_str());
    let Some(first) = countries.next() else {
        return false;
    };
    countries.any(|country| country != first)
}
