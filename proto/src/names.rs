//! Short names of enum values, as people and the filter language write them: `CONSULT` for `EVENT_TYPE_CONSULT`.

use crate::v1::{Change, EventType};

/// All event types, in the ontology's order.
pub const EVENT_TYPES: [EventType; 16] = [
    EventType::Agree,
    EventType::Consult,
    EventType::Support,
    EventType::Concede,
    EventType::Cooperate,
    EventType::Aid,
    EventType::Retreat,
    EventType::Request,
    EventType::Accuse,
    EventType::Reject,
    EventType::Threaten,
    EventType::Protest,
    EventType::Sanction,
    EventType::Mobilize,
    EventType::Coerce,
    EventType::Assault,
];

/// All changes, in the order of an event's life.
pub const CHANGES: [Change; 4] = [
    Change::Created,
    Change::Corroborated,
    Change::Corrected,
    Change::Retracted,
];

impl EventType {
    /// The name without its prefix: `CONSULT`; `UNSPECIFIED` for the zero value.
    pub fn short_name(self) -> &'static str {
        short(self.as_str_name(), "EVENT_TYPE_")
    }

    /// The type of a name with or without its prefix, in any case. Never the zero value.
    pub fn from_name(name: &str) -> Option<Self> {
        EVENT_TYPES
            .into_iter()
            .find(|value| same(name, value.as_str_name(), value.short_name()))
    }
}

impl Change {
    /// The name without its prefix: `CREATED`; `UNSPECIFIED` for the zero value.
    pub fn short_name(self) -> &'static str {
        short(self.as_str_name(), "CHANGE_")
    }

    /// The change of a name with or without its prefix, in any case. Never the zero value.
    pub fn from_name(name: &str) -> Option<Self> {
        CHANGES
            .into_iter()
            .find(|value| same(name, value.as_str_name(), value.short_name()))
    }
}

fn short(full: &'static str, prefix: &str) -> &'static str {
    full.strip_prefix(prefix).unwrap_or(full)
}

fn same(name: &str, full: &str, short: &str) -> bool {
    name.eq_ignore_ascii_case(short) || name.eq_ignore_ascii_case(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_values() {
        for value in EVENT_TYPES {
            assert_eq!(EventType::from_name(value.short_name()), Some(value));
            assert_eq!(
                EventType::from_name(&value.as_str_name().to_lowercase()),
                Some(value)
            );
        }
        for value in CHANGES {
            assert_eq!(Change::from_name(value.short_name()), Some(value));
        }
        assert_eq!(EventType::from_name("UNSPECIFIED"), None);
    }
}
