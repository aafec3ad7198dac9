//! What is asked of one event, resolved: no text is left to interpret.

use std::cmp::Ordering;

use dateline_proto::time::Timestamp;
use dateline_proto::v1::{Actor, Change, Event, EventType};

use super::field::{Field, Flag, NumberField, Side, TextField, TimeField};
use super::pattern::{Pattern, Shape, quoted};
use super::value::{Days, days_text, number_text, time_text};

/// One question that an event answers with yes or no; what is not known answers no.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Flag(Flag),
    Type(EventType),
    Change(Change),
    Topic(&'static str),
    Country(Side, Box<str>),
    Sector(Side, &'static str),
    /// One party of the country and the sector.
    Composed(Side, Box<str>, &'static str),
    PlaceCountry(Box<str>),
    Text(TextField, Pattern),
    Number(NumberField, Order, f64),
    Time(TimeField, Order, Timestamp),
    Date(Order, Days),
    Present(Field),
}

/// How ordered values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    fn holds(self, ordering: Option<Ordering>) -> bool {
        ordering.is_some_and(|ordering| match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        })
    }
}

impl Test {
    /// The event's answer. Nothing is allocated.
    pub(super) fn holds(&self, event: &Event) -> bool {
        match self {
            Self::Flag(flag) => flag_of(*flag, event),
            Self::Type(wanted) => event.r#type == *wanted as i32,
            Self::Change(wanted) => event.change == *wanted as i32,
            Self::Topic(wanted) => event.topics.iter().any(|topic| topic == wanted),
            Self::Country(side, code) => any_party(*side, event, |party| *party.country == **code),
            Self::Sector(side, sector) => any_party(*side, event, |party| has_sector(party, sector)),
            Self::Composed(side, code, sector) => any_party(*side, event, |party| {
                *party.country == **code && has_sector(party, sector)
            }),
            Self::PlaceCountry(code) => event.place.as_ref().is_some_and(|place| *place.country == **code),
            Self::Text(field, pattern) => {
                any_text(*field, event, |text| !text.is_empty() && pattern.matches(text))
            }
            Self::Number(field, order, wanted) => {
                order.holds(number_of(*field, event).and_then(|number| number.partial_cmp(wanted)))
            }
            Self::Time(field, order, wanted) => {
                order.holds(time_of(*field, event).map(|time| time.cmp(wanted)))
            }
            Self::Date(order, wanted) => date_holds(*order, *wanted, event),
            Self::Present(field) => is_present(*field, event),
        }
    }

    /// The test as canonical text writes it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Flag(flag) => Field::Flag(*flag).name().to_owned(),
            Self::Type(wanted) => format!("type = {}", wanted.short_name()),
            Self::Change(wanted) => format!("change = {}", wanted.short_name()),
            Self::Topic(wanted) => format!("topic:{wanted}"),
            Self::Country(side, code) => format!("{}:{}", Field::Party(*side).name(), bare(code)),
            Self::Sector(side, sector) => format!("{} = {sector}", Field::Sector(*side).name()),
            Self::Composed(side, code, sector) => format!("{}:{code}{sector}", Field::Party(*side).name()),
            Self::PlaceCountry(code) => format!("place.country = {}", bare(code)),
            Self::Text(field, pattern) => {
                let name = Field::Text(*field).name();
                match pattern.shape() {
                    Shape::Part if field.has_parts() => format!("{name}:{}", quoted(pattern.text())),
                    Shape::Part => {
                        let inner = quoted(pattern.text());
                        format!("{name} = \"*{}*\"", &inner[1..inner.len() - 1])
                    }
                    _ => format!("{name} = {}", pattern.quoted()),
                }
            }
            Self::Number(field, order, wanted) => {
                let number = number_text(*wanted, *field);
                format!("{} {} {number}", Field::Number(*field).name(), order.as_str())
            }
            Self::Time(field, order, wanted) => {
                let time = time_text(*wanted);
                format!("{} {} {time}", Field::Time(*field).name(), order.as_str())
            }
            Self::Date(order, wanted) => format!("event_date {} {}", order.as_str(), days_text(*wanted)),
            Self::Present(field) => format!("{}:*", field.name()),
        }
    }
}

/// A code as a value: Andorra's is a word of the language.
fn bare(code: &str) -> String {
    match code {
        "AND" => quoted(code),
        code => code.to_owned(),
    }
}

fn flag_of(flag: Flag, event: &Event) -> bool {
    match flag {
        Flag::Historical => event.historical,
        Flag::Future => event.future,
        Flag::Hypothetical => event.hypothetical,
        Flag::Negated => event.negated,
    }
}

pub(super) fn any_party(side: Side, event: &Event, holds: impl Fn(&Actor) -> bool) -> bool {
    side != Side::Receiving && event.actors.iter().any(&holds)
        || side != Side::Acting && event.recipients.iter().any(&holds)
}

fn has_sector(party: &Actor, wanted: &str) -> bool {
    party.sectors.iter().any(|sector| sector == wanted)
}

fn any_text(field: TextField, event: &Event, holds: impl Fn(&str) -> bool) -> bool {
    let mentions = &event.mentions;
    match field {
        TextField::EventId => holds(&event.event_id),
        TextField::Mode => holds(&event.mode),
        TextField::CameoCode => holds(&event.cameo_code),
        TextField::PlaceName => event.place.as_ref().is_some_and(|place| holds(&place.name)),
        TextField::Coder => holds(&event.coder),
        TextField::ReplacedBy => holds(&event.replaced_by),
        TextField::RetractionReason => holds(&event.retraction_reason),
        TextField::ArticleId => mentions.iter().any(|mention| holds(&mention.article_id)),
        TextField::Uri => mentions.iter().any(|mention| holds(&mention.uri)),
        TextField::Publisher => mentions.iter().any(|mention| holds(&mention.publisher)),
        TextField::Language => mentions.iter().any(|mention| holds(&mention.language)),
        TextField::ActorName(side) => any_party(side, event, |party| holds(&party.name)),
        TextField::ActorText(side) => any_party(side, event, |party| holds(&party.text)),
        TextField::ActorCode(side) => any_party(side, event, |party| holds(&party.code)),
    }
}

/// None: not known. Numbers of which 0 says "none" or "not given" are 0.
fn number_of(field: NumberField, event: &Event) -> Option<f64> {
    let date = |part: fn(&dateline_proto::v1::CivilDate) -> i32| {
        let part = event.event_date.as_ref().map(part);
        part.filter(|part| *part != 0).map(f64::from)
    };
    let degrees = |part: fn(&dateline_proto::v1::Place) -> f64| {
        let place = event.place.as_ref();
        place
            .filter(|place| place.latitude != 0.0 || place.longitude != 0.0)
            .map(part)
    };
    let people = |part: fn(&dateline_proto::v1::Magnitude) -> u32| {
        Some(
            event
                .magnitude
                .as_ref()
                .map_or(0.0, |magnitude| f64::from(part(magnitude))),
        )
    };
    match field {
        NumberField::Revision => Some(f64::from(event.revision)),
        NumberField::Latitude => degrees(|place| place.latitude),
        NumberField::Longitude => degrees(|place| place.longitude),
        NumberField::GeonamesId => Some(
            event
                .place
                .as_ref()
                .map_or(0.0, |place| f64::from(place.geonames_id)),
        ),
        NumberField::Intensity => Some(f64::from(event.intensity)),
        NumberField::QuadClass => Some(f64::from(event.quad_class)),
        NumberField::Confidence => Some(f64::from(event.confidence)),
        NumberField::MentionCount => Some(f64::from(event.mention_count)),
        NumberField::ArticleCount => Some(f64::from(event.article_count)),
        NumberField::PublisherCount => Some(f64::from(event.publisher_count)),
        NumberField::Killed => people(|magnitude| magnitude.killed),
        NumberField::Wounded => people(|magnitude| magnitude.wounded),
        NumberField::Arrested => people(|magnitude| magnitude.arrested),
        NumberField::Year => date(|date| date.year),
        NumberField::Month => date(|date| date.month),
        NumberField::Day => date(|date| date.day),
    }
}

fn time_of(field: TimeField, event: &Event) -> Option<Timestamp> {
    match field {
        TimeField::Publish => event.publish_time,
        TimeField::Create => event.create_time,
        TimeField::Update => event.update_time,
    }
}

fn days_of(event: &Event) -> Option<Days> {
    let date = event.event_date.as_ref()?;
    Days::new(date.year, date.month, date.day)
}

/// Of a date known in part, what holds for every day that it may be.
fn date_holds(order: Order, wanted: Days, event: &Event) -> bool {
    let Some(date) = days_of(event) else {
        return false;
    };
    match order {
        Order::Equal => date.first >= wanted.first && date.last <= wanted.last,
        Order::Less => date.last < wanted.first,
        Order::LessOrEqual => date.last <= wanted.last,
        Order::Greater => date.first > wanted.last,
        Order::GreaterOrEqual => date.first >= wanted.first,
    }
}

fn is_present(field: Field, event: &Event) -> bool {
    match field {
        Field::Flag(flag) => flag_of(flag, event),
        Field::Type => event.r#type != 0,
        Field::Change => event.change != 0,
        Field::Topics => !event.topics.is_empty(),
        Field::Party(side) => any_party(side, event, |_| true),
        Field::Country(side) => any_party(side, event, |party| !party.country.is_empty()),
        Field::Sector(side) => any_party(side, event, |party| !party.sectors.is_empty()),
        Field::PlaceCountry => event
            .place
            .as_ref()
            .is_some_and(|place| !place.country.is_empty()),
        Field::Text(text) => any_text(text, event, |text| !text.is_empty()),
        Field::Number(number) => {
            number_of(number, event).is_some_and(|number| number != 0.0 && !number.is_nan())
        }
        Field::Time(time) => time_of(time, event).is_some(),
        Field::Date => days_of(event).is_some(),
        Field::Place => event.place.is_some(),
        Field::Magnitude => event.magnitude.is_some(),
    }
}
