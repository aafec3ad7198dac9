//! What comes out of the coder: events with their evidence.

use crate::{EventType, Party, SentenceTrace, Topic};
use jiff::civil::Date;
use std::ops::Range;

/// The result of coding one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coding {
    /// The events, in the order of the text.
    pub events: Vec<CodedEvent>,
    /// One per sentence, heading and block of boilerplate when asked for, else empty.
    pub traces: Vec<SentenceTrace>,
    /// Byte range of the headline found in the text, if any.
    pub title: Option<Range<usize>>,
    /// The day of publication as given, or from a leading `Date:` line.
    pub published: Option<Date>,
}

/// One event as one sentence reports it.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedEvent {
    /// What was done.
    pub event_type: EventType,
    /// How it was done, one of [`EventType::modes`]; `None` where the type has none or none is known.
    pub mode: Option<&'static str>,
    /// Who did it; every party of a mutual event. Empty for a passive that names no agent.
    pub actors: Vec<Party>,
    /// To whom; empty for a mutual event.
    pub recipients: Vec<Party>,
    /// What it is about, in PLOVER's order, no topic twice.
    pub topics: Vec<Topic>,
    /// PLOVER's auxiliary modes.
    pub flags: Flags,
    /// When it happened, or will.
    pub date: PartialDate,
    /// Where it happened, if the sentence says so.
    pub place: Option<PlaceRef>,
    /// From -10 (conflict) to 10 (cooperation); the type's score, sharpened by mode and magnitude.
    pub intensity: f32,
    /// Nearest CAMEO code, "043".
    pub cameo: String,
    /// How sure the coder is, from 0 to 1.
    pub confidence: f32,
    /// Numbers told of people.
    pub magnitude: Magnitude,
    /// One line: "Kim Jong Un (PRKGOV) met Vladimir Putin (RUSGOV)".
    pub summary: String,
    /// Byte range of the sentence in the article's text, half open: `text[range]` is the sentence, verbatim, trimmed.
    pub sentence: Range<usize>,
}

/// PLOVER's auxiliary modes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Flags {
    /// Told as past background.
    pub historical: bool,
    /// Planned, promised, expected.
    pub future: bool,
    /// Would, could, might.
    pub hypothetical: bool,
    /// Said not to have happened.
    pub negated: bool,
}

/// A day of which parts may be unknown: a part that is 0 is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// Year of the common era.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, 1 to 31.
    pub day: i8,
}

impl PartialDate {
    /// A fully known day.
    pub fn full(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        }
    }

    /// The day, if all its parts are known.
    pub fn to_date(self) -> Option<Date> {
        if self.year == 0 || self.month == 0 || self.day == 0 {
            return None;
        }
        Date::new(self.year, self.month, self.day).ok()
    }
}

/// A place: as the coder's files know it, or by name alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlaceRef {
    /// The name in the files, "Kyiv" also where "Kiev" is printed; as printed if the files do not know it.
    pub name: String,
    /// ISO 3166-1 alpha-3 (PLOVER's `KOS` for Kosovo), or empty when not known or of no one country.
    pub country: String,
    /// Degrees north, WGS 84; for a country, region or area a point within it. Meaningless if both are 0.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Identifier in the GeoNames gazetteer; 0 if it has none or none is known.
    pub geonames_id: u32,
    /// How precise the place is.
    pub kind: PlaceKind,
}

/// What sort of place a [`PlaceRef`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum PlaceKind {
    /// A name that the files do not know: no coordinates, no id.
    #[default]
    Named,
    /// A city, town or village.
    City,
    /// A first-level region of a state: province, governorate, US state.
    Region,
    /// A country or dependent territory.
    Country,
    /// An area as newspapers name it: the Gaza Strip, Donbas, the Red Sea.
    Area,
}

/// Numbers told of people; 0 where not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Magnitude {
    /// People killed.
    pub killed: u32,
    /// People wounded.
    pub wounded: u32,
    /// People arrested, detained, deported or abducted.
    pub arrested: u32,
}
