//! What a filter looks at in an encoded event, so that nothing else of it is decoded.

use dateline_proto::v1::{Actor, Event, Mention};
use prost::{
    DecodeError, Message,
    encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field},
};

use super::{
    field::{Field, Flag, NumberField, Side, TextField, TimeField},
    node::{Kind, Node},
    test::Test,
};

/// Fields of an event, and of its parties and mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Glance {
    event: Numbers,
    party: Numbers,
    mention: Numbers,
}

/// Bit n: the field of number n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Numbers(u32);

const ACTORS: u32 = 7;
const RECIPIENTS: u32 = 8;
const PLACE: u32 = 15;
const MENTIONS: u32 = 21;

impl Numbers {
    const fn one(number: u32) -> Self {
        Self(1 << number)
    }

    const fn has(self, number: u32) -> bool {
        number < u32::BITS && self.0 & 1 << number != 0
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Glance {
    /// What a filter in normal form looks at; none: nothing.
    pub(super) fn of(node: Option<&Node>) -> Self {
        let mut glance = Self::default();
        let mut waiting: Vec<&Node> = node.into_iter().collect();
        while let Some(node) = waiting.pop() {
            match node.kind() {
                Kind::Leaf { test, .. } => glance = glance.and(of_test(test)),
                Kind::All(parts) | Kind::Any(parts) => waiting.extend(parts),
            }
        }
        glance
    }

    /// The event as far as the filter looks at it, in memory that is used again.
    pub(super) fn read<'a>(self, mut bytes: &[u8], scratch: &'a mut Event) -> Result<&'a Event, DecodeError> {
        let mut actors = Parties::of(&mut scratch.actors);
        let mut recipients = Parties::of(&mut scratch.recipients);
        scratch.clear();
        while !bytes.is_empty() {
            let (number, wire_type) = decode_key(&mut bytes)?;
            let context = DecodeContext::default();
            match number {
                _ if !self.event.has(number) => skip_field(wire_type, number, &mut bytes, context)?,
                ACTORS if wire_type == WireType::LengthDelimited => {
                    self.party.merge(actors.next(), &mut bytes)?;
                }
                RECIPIENTS if wire_type == WireType::LengthDelimited => {
                    self.party.merge(recipients.next(), &mut bytes)?;
                }
                MENTIONS if wire_type == WireType::LengthDelimited => {
                    let mut mention = Mention::default();
                    self.mention.merge(&mut mention, &mut bytes)?;
                    scratch.mentions.push(mention);
                }
                _ => scratch.merge_field(number, wire_type, &mut bytes, context)?,
            }
        }
        scratch.actors = actors.all();
        scratch.recipients = recipients.all();
        Ok(scratch)
    }

    const fn event(number: u32) -> Self {
        Self {
            event: Numbers::one(number),
            party: Numbers(0),
            mention: Numbers(0),
        }
    }

    const fn and(self, other: Self) -> Self {
        Self {
            event: self.event.and(other.event),
            party: self.party.and(other.party),
            mention: self.mention.and(other.mention),
        }
    }

    /// Of parties these fields; all of them are there, whatever they have.
    fn parties(side: Side, fields: &[u32]) -> Self {
        let actors = Self::event(ACTORS);
        let recipients = Self::event(RECIPIENTS);
        let mut glance = match side {
            Side::Acting => actors,
            Side::Receiving => recipients,
            Side::Either => actors.and(recipients),
        };
        glance.party = numbers(fields);
        glance
    }

    fn mentions(field: u32) -> Self {
        Self {
            mention: Numbers::one(field),
            ..Self::event(MENTIONS)
        }
    }
}

fn numbers(fields: &[u32]) -> Numbers {
    fields
        .iter()
        .fold(Numbers::default(), |all, number| all.and(Numbers::one(*number)))
}

impl Numbers {
    /// Takes these fields alone of a message with its length before it.
    fn merge<M: Message + Default>(self, message: &mut M, bytes: &mut &[u8]) -> Result<(), DecodeError> {
        let length = decode_varint(bytes)?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some((mut part, rest)) = bytes.split_at_checked(length) else {
            // In the words of the decoder that reads all of it.
            return M::decode_length_delimited(&[1_u8][..]).map(drop);
        };
        *bytes = rest;
        while !part.is_empty() {
            let (number, wire_type) = decode_key(&mut part)?;
            let context = DecodeContext::default();
            if self.has(number) {
                message.merge_field(number, wire_type, &mut part, context)?;
            } else {
                skip_field(wire_type, number, &mut part, context)?;
            }
        }
        Ok(())
    }
}

/// Parties of one event in the memory of those of another.
struct Parties {
    all: Vec<Actor>,
    used: usize,
}

impl Parties {
    fn of(before: &mut Vec<Actor>) -> Self {
        Self {
            all: std::mem::take(before),
            used: 0,
        }
    }

    /// One more, empty.
    fn next(&mut self) -> &mut Actor {
        if self.used == self.all.len() {
            self.all.push(Actor::default());
        }
        let party = &mut self.all[self.used];
        self.used += 1;
        party.clear();
        party
    }

    fn all(mut self) -> Vec<Actor> {
        self.all.truncate(self.used);
        self.all
    }
}

const NAME: u32 = 1;
const TEXT: u32 = 2;
const COUNTRY: u32 = 3;
const SECTORS: u32 = 4;
const CODE: u32 = 5;

fn of_test(test: &Test) -> Glance {
    match test {
        Test::Flag(flag) => of_field(Field::Flag(*flag)),
        Test::Type(_) => of_field(Field::Type),
        Test::Change(_) => of_field(Field::Change),
        Test::Topic(_) => of_field(Field::Topics),
        Test::Country(side, _) => of_field(Field::Country(*side)),
        Test::Sector(side, _) => of_field(Field::Sector(*side)),
        Test::Composed(side, _, _) => Glance::parties(*side, &[COUNTRY, SECTORS]),
        Test::PlaceCountry(_) => of_field(Field::PlaceCountry),
        Test::Text(field, _) => of_field(Field::Text(*field)),
        Test::Number(field, _, _) => of_field(Field::Number(*field)),
        Test::Time(field, _, _) => of_field(Field::Time(*field)),
        Test::Date(_, _) => of_field(Field::Date),
        Test::Present(field) => of_field(*field),
    }
}

fn of_field(field: Field) -> Glance {
    match field {
        Field::Flag(flag) => Glance::event(match flag {
            Flag::Historical => 10,
            Flag::Future => 11,
            Flag::Hypothetical => 12,
            Flag::Negated => 13,
        }),
        Field::Type => Glance::event(5),
        Field::Change => Glance::event(3),
        Field::Topics => Glance::event(9),
        Field::Party(side) => Glance::parties(side, &[]),
        Field::Country(side) => Glance::parties(side, &[COUNTRY]),
        Field::Sector(side) => Glance::parties(side, &[SECTORS]),
        Field::PlaceCountry | Field::Place => Glance::event(PLACE),
        Field::Text(text) => of_text(text),
        Field::Number(number) => Glance::event(match number {
            NumberField::Revision => 2,
            NumberField::Latitude | NumberField::Longitude | NumberField::GeonamesId => PLACE,
            NumberField::Intensity => 16,
            NumberField::QuadClass => 17,
            NumberField::Confidence => 19,
            NumberField::MentionCount => 22,
            NumberField::ArticleCount => 23,
            NumberField::PublisherCount => 24,
            NumberField::Killed | NumberField::Wounded | NumberField::Arrested => 29,
            NumberField::Year | NumberField::Month | NumberField::Day => 14,
        }),
        Field::Time(time) => Glance::event(match time {
            TimeField::Publish => 25,
            TimeField::Create => 26,
            TimeField::Update => 27,
        }),
        Field::Date => Glance::event(14),
        Field::Magnitude => Glance::event(29),
    }
}

fn of_text(field: TextField) -> Glance {
    match field {
        TextField::EventId => Glance::event(1),
        TextField::Mode => Glance::event(6),
        TextField::CameoCode => Glance::event(18),
        TextField::PlaceName => Glance::event(PLACE),
        TextField::Coder => Glance::event(28),
        TextField::ReplacedBy => Glance::event(30),
        TextField::RetractionReason => Glance::event(31),
        TextField::ArticleId => Glance::mentions(1),
        TextField::Uri => Glance::mentions(2),
        TextField::Publisher => Glance::mentions(3),
        TextField::Language => Glance::mentions(10),
        TextField::ActorName(side) => Glance::parties(side, &[NAME]),
        TextField::ActorText(side) => Glance::parties(side, &[TEXT]),
        TextField::ActorCode(side) => Glance::parties(side, &[CODE]),
    }
}
