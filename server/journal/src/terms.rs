//! What the indexes know of an event: its terms, and queries over them.

use dateline_proto::v1;

/// Something that an event is about, as a stable 64-bit hash. Two terms may collide: an index answers with a superset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub u64);

/// Kinds of terms. Stored within hashes: never renumber.
#[derive(Clone, Copy)]
enum Kind {
    Country = 1,
    Code = 2,
    Name = 3,
    Topic = 4,
    EventType = 5,
    PlaceCountry = 6,
}

impl Term {
    /// Country of a party, on either side. Example: `PRK`.
    pub fn country(country: &str) -> Self {
        Self::hash(Kind::Country, country.as_bytes())
    }

    /// Composed code of a party, on either side. Example: `PRKGOV`.
    pub fn code(code: &str) -> Self {
        Self::hash(Kind::Code, code.as_bytes())
    }

    /// Resolved name of a party, on either side, in any letter case. Example: `Kim Jong Un`.
    pub fn name(name: &str) -> Self {
        if name.is_ascii() {
            return Self::hash_all(Kind::Name, name.bytes().map(|byte| byte.to_ascii_lowercase()));
        }
        Self::hash(Kind::Name, fold(name).as_bytes())
    }

    /// Topic. Example: `military`.
    pub fn topic(topic: &str) -> Self {
        Self::hash(Kind::Topic, topic.as_bytes())
    }

    /// Type of the event.
    pub fn event_type(event_type: v1::EventType) -> Self {
        Self::hash(Kind::EventType, &(event_type as i32).to_le_bytes())
    }

    /// Country of the place. Example: `RUS`.
    pub fn place_country(country: &str) -> Self {
        Self::hash(Kind::PlaceCountry, country.as_bytes())
    }

    fn hash(kind: Kind, text: &[u8]) -> Self {
        Self::hash_all(kind, text.iter().copied())
    }

    /// FNV-1a with a finishing mix, so that close texts differ in all bits.
    fn hash_all(kind: Kind, text: impl Iterator<Item = u8>) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        take(kind as u8);
        text.for_each(take);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Self(hash ^ (hash >> 33))
    }
}

/// A name as the indexes and filters compare it: in lower case, letter by letter, so that no letter depends on its neighbours.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.chars().flat_map(char::to_lowercase).collect()
}

/// All terms of an event, sorted, each once. Fields that are empty have none.
pub fn terms_of(event: &v1::Event) -> Vec<Term> {
    let mut terms =
        Vec::with_capacity(3 * (event.actors.len() + event.recipients.len()) + event.topics.len() + 2);
    for party in event.actors.iter().chain(&event.recipients) {
        if !party.country.is_empty() {
            terms.push(Term::country(&party.country));
        }
        if !party.code.is_empty() {
            terms.push(Term::code(&party.code));
        }
        if !party.name.is_empty() {
            terms.push(Term::name(&party.name));
        }
    }
    terms.extend(event.topics.iter().map(|topic| Term::topic(topic)));
    terms.push(Term::event_type(event.r#type()));
    if let Some(place) = event.place.as_ref().filter(|place| !place.country.is_empty()) {
        terms.push(Term::place_country(&place.country));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What an index can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermQuery {
    /// Everything.
    All,
    /// Events that have the term.
    Term(Term),
    /// Events that satisfy every part; with no part, everything.
    And(Vec<TermQuery>),
    /// Events that satisfy a part; with no part, nothing.
    Or(Vec<TermQuery>),
}

impl TermQuery {
    /// Whether an event with these terms (sorted) satisfies the query.
    pub fn holds(&self, terms: &[Term]) -> bool {
        match self {
            Self::All => true,
            Self::Term(term) => terms.binary_search(term).is_ok(),
            Self::And(parts) => parts.iter().all(|part| part.holds(terms)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(terms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_the_terms_of_both_sides() {
        let party = |name: &str, country: &str, code: &str| v1::Actor {
            name: name.into(),
            country: country.into(),
            code: code.into(),
            ..Default::default()
        };
        let event = v1::Event {
            actors: vec![party("Kim Jong Un", "PRK", "PRKGOV")],
            recipients: vec![party("Moscow", "RUS", "RUS"), party("RUS", "", "")],
            topics: vec!["military".into()],
            r#type: v1::EventType::Consult.into(),
            ..Default::default()
        };
        let terms = terms_of(&event);
        for term in [
            Term::country("PRK"),
            Term::country("RUS"),
            Term::code("PRKGOV"),
            Term::name("KIM JONG UN"),
            Term::name("rus"),
            Term::topic("military"),
            Term::event_type(v1::EventType::Consult),
        ] {
            assert!(TermQuery::Term(term).holds(&terms));
        }
        assert!(!TermQuery::Term(Term::place_country("RUS")).holds(&terms));
        assert!(!TermQuery::Term(Term::code("MIL")).holds(&terms));
        assert_ne!(Term::country("RUS"), Term::code("RUS"));
    }

    #[test]
    fn hashes_are_stored_and_never_change() {
        assert_eq!(Term::country("PRK"), Term(11_020_470_082_534_072_563));
        assert_eq!(Term::name("Kim JONG Un"), Term::hash(Kind::Name, b"kim jong un"));
    }
}
