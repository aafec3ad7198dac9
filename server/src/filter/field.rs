//! What can be filtered on: the fields' names as written and what is compared when they are.

use super::suggest;

/// What a field's name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Flag(Flag),
    Type,
    Change,
    Topics,
    Party(Side),
    Country(Side),
    Sector(Side),
    PlaceCountry,
    Text(TextField),
    Number(NumberField),
    Time(TimeField),
    Date,
    /// Messages of which only the presence can be asked.
    Place,
    Magnitude,
}

/// Which parties of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Either,
    Acting,
    Receiving,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    Historical,
    Future,
    Hypothetical,
    Negated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextField {
    EventId,
    Mode,
    CameoCode,
    PlaceName,
    Coder,
    ReplacedBy,
    RetractionReason,
    ArticleId,
    Uri,
    Publisher,
    Language,
    ActorName(Side),
    ActorText(Side),
    ActorCode(Side),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberField {
    Revision,
    Latitude,
    Longitude,
    GeonamesId,
    Intensity,
    QuadClass,
    Confidence,
    MentionCount,
    ArticleCount,
    PublisherCount,
    Killed,
    Wounded,
    Arrested,
    Year,
    Month,
    Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeField {
    Publish,
    Create,
    Update,
}

use Side::{Acting, Either, Receiving};

/// Every name that is accepted; the first of several for the same field is its name in canonical text.
pub(super) const FIELDS: &[(&str, Field)] = &[
    ("actor", Field::Party(Either)),
    ("actor.name", Field::Text(TextField::ActorName(Either))),
    ("actor.text", Field::Text(TextField::ActorText(Either))),
    ("actor.country", Field::Country(Either)),
    ("actor.sector", Field::Sector(Either)),
    ("actor.sectors", Field::Sector(Either)),
    ("actor.code", Field::Text(TextField::ActorCode(Either))),
    ("country", Field::Country(Either)),
    ("actors", Field::Party(Acting)),
    ("actors.name", Field::Text(TextField::ActorName(Acting))),
    ("actors.text", Field::Text(TextField::ActorText(Acting))),
    ("actors.country", Field::Country(Acting)),
    ("actors.sector", Field::Sector(Acting)),
    ("actors.sectors", Field::Sector(Acting)),
    ("actors.code", Field::Text(TextField::ActorCode(Acting))),
    ("recipients", Field::Party(Receiving)),
    ("recipients.name", Field::Text(TextField::ActorName(Receiving))),
    ("recipients.text", Field::Text(TextField::ActorText(Receiving))),
    ("recipients.country", Field::Country(Receiving)),
    ("recipients.sector", Field::Sector(Receiving)),
    ("recipients.sectors", Field::Sector(Receiving)),
    ("recipients.code", Field::Text(TextField::ActorCode(Receiving))),
    ("recipient", Field::Party(Receiving)),
    ("recipient.name", Field::Text(TextField::ActorName(Receiving))),
    ("recipient.text", Field::Text(TextField::ActorText(Receiving))),
    ("recipient.country", Field::Country(Receiving)),
    ("recipient.sector", Field::Sector(Receiving)),
    ("recipient.sectors", Field::Sector(Receiving)),
    ("recipient.code", Field::Text(TextField::ActorCode(Receiving))),
    ("topic", Field::Topics),
    ("topics", Field::Topics),
    ("type", Field::Type),
    ("mode", Field::Text(TextField::Mode)),
    ("change", Field::Change),
    ("historical", Field::Flag(Flag::Historical)),
    ("future", Field::Flag(Flag::Future)),
    ("hypothetical", Field::Flag(Flag::Hypothetical)),
    ("negated", Field::Flag(Flag::Negated)),
    ("event_date", Field::Date),
    ("event_date.year", Field::Number(NumberField::Year)),
    ("event_date.month", Field::Number(NumberField::Month)),
    ("event_date.day", Field::Number(NumberField::Day)),
    ("place", Field::Place),
    ("place.name", Field::Text(TextField::PlaceName)),
    ("place.country", Field::PlaceCountry),
    ("place.latitude", Field::Number(NumberField::Latitude)),
    ("place.longitude", Field::Number(NumberField::Longitude)),
    ("place.geonames_id", Field::Number(NumberField::GeonamesId)),
    ("intensity", Field::Number(NumberField::Intensity)),
    ("quad_class", Field::Number(NumberField::QuadClass)),
    ("cameo_code", Field::Text(TextField::CameoCode)),
    ("confidence", Field::Number(NumberField::Confidence)),
    ("magnitude", Field::Magnitude),
    ("magnitude.killed", Field::Number(NumberField::Killed)),
    ("magnitude.wounded", Field::Number(NumberField::Wounded)),
    ("magnitude.arrested", Field::Number(NumberField::Arrested)),
    ("publisher", Field::Text(TextField::Publisher)),
    ("article_id", Field::Text(TextField::ArticleId)),
    ("uri", Field::Text(TextField::Uri)),
    ("language", Field::Text(TextField::Language)),
    ("mentions.publisher", Field::Text(TextField::Publisher)),
    ("mentions.article_id", Field::Text(TextField::ArticleId)),
    ("mentions.uri", Field::Text(TextField::Uri)),
    ("mentions.language", Field::Text(TextField::Language)),
    ("mention_count", Field::Number(NumberField::MentionCount)),
    ("article_count", Field::Number(NumberField::ArticleCount)),
    ("publisher_count", Field::Number(NumberField::PublisherCount)),
    ("publish_time", Field::Time(TimeField::Publish)),
    ("create_time", Field::Time(TimeField::Create)),
    ("update_time", Field::Time(TimeField::Update)),
    ("coder", Field::Text(TextField::Coder)),
    ("event_id", Field::Text(TextField::EventId)),
    ("revision", Field::Number(NumberField::Revision)),
    ("replaced_by", Field::Text(TextField::ReplacedBy)),
    ("retraction_reason", Field::Text(TextField::RetractionReason)),
];

const OF_THE_ARTICLE: &str = "it is text of the article, not of the event";

/// Fields of an event that no filter looks at, with what to do instead.
pub(super) const NOT_FILTERABLE: &[(&str, &str)] = &[
    (
        "cursor",
        "it is a position; start the subscription after it instead",
    ),
    ("summary", "it is made from the other fields; use those"),
    (
        "mentions",
        "use mentions.publisher, .article_id, .uri or .language",
    ),
    ("mentions.title", OF_THE_ARTICLE),
    ("mentions.sentence", OF_THE_ARTICLE),
    ("mentions.start_byte", OF_THE_ARTICLE),
    ("mentions.end_byte", OF_THE_ARTICLE),
    ("mentions.text_hash", OF_THE_ARTICLE),
    ("mentions.publish_time", "use publish_time, the earliest of them"),
];

impl Field {
    /// The field of a name exactly as written.
    pub(super) fn of(name: &str) -> Option<Self> {
        FIELDS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, field)| *field)
    }

    /// The name in canonical text.
    pub(super) fn name(self) -> &'static str {
        let known = FIELDS.iter().find(|(_, field)| *field == self);
        known.map(|(name, _)| *name).expect("every field is in the table")
    }

    /// A known name that may have been meant: `eventDate.year` for `event_date.year`.
    pub(super) fn suggest(name: &str) -> Option<&'static str> {
        let snake: String = name.chars().fold(String::new(), |mut snake, char| {
            if char.is_uppercase() && snake.chars().last().is_some_and(char::is_lowercase) {
                snake.push('_');
            }
            snake.extend(char.to_lowercase());
            snake
        });
        let names = || FIELDS.iter().map(|(name, _)| *name);
        let last = |path: &'static str| path.rsplit('.').next().unwrap_or(path);
        suggest::closest(&snake, names()).or_else(|| names().find(|path| last(path) == snake))
    }
}

impl TextField {
    /// Identifiers are compared letter by letter, everything else without regard to capitals.
    pub(super) const fn is_identifier(self) -> bool {
        matches!(
            self,
            Self::EventId | Self::ReplacedBy | Self::ArticleId | Self::Uri
        )
    }

    /// Whether `:` looks for a part of the value; of names, codes and identifiers it means the whole.
    pub(super) const fn has_parts(self) -> bool {
        matches!(
            self,
            Self::ActorName(_)
                | Self::ActorText(_)
                | Self::PlaceName
                | Self::Publisher
                | Self::Uri
                | Self::Coder
                | Self::RetractionReason
        )
    }
}

impl NumberField {
    /// Whether the field only has whole numbers.
    pub(super) const fn is_whole(self) -> bool {
        !matches!(
            self,
            Self::Latitude | Self::Longitude | Self::Intensity | Self::Confidence
        )
    }

    /// Whether the field has numbers of single precision.
    pub(super) const fn is_single(self) -> bool {
        matches!(self, Self::Intensity | Self::Confidence)
    }

    /// Least and greatest value that an event can have.
    pub(super) const fn range(self) -> (f64, f64) {
        match self {
            Self::Latitude => (-90.0, 90.0),
            Self::Longitude => (-180.0, 180.0),
            Self::Intensity => (-10.0, 10.0),
            Self::Confidence => (0.0, 1.0),
            Self::QuadClass => (0.0, 4.0),
            Self::Year => (1.0, 9999.0),
            Self::Month => (1.0, 12.0),
            Self::Day => (1.0, 31.0),
            _ => (0.0, u32::MAX as f64),
        }
    }
}
