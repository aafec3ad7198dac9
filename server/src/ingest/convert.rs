//! What the coder finds, as messages of the contract. The only place that knows both.

use std::ops::Range;

use dateline_coder::{CodedEvent, Party, SentenceTrace};
use dateline_journal::ArticleRecord;
use dateline_proto::{time::Timestamp, v1};
use jiff::{civil::Date, tz::Offset};

use crate::article::Prepared;

/// The day in UTC, the anchor of "on Wednesday".
pub(super) fn day(time: Timestamp) -> Option<Date> {
    time.to_jiff().map(|time| Offset::UTC.to_datetime(time).date())
}

/// The first moment of a day in UTC.
pub(super) fn start_of(day: Date) -> Option<Timestamp> {
    Offset::UTC
        .to_timestamp(day.at(0, 0, 0, 0))
        .ok()
        .map(Timestamp::from)
}

/// What the journal keeps of an article, its text included.
pub(super) fn record(article: &Prepared, text_hash: String, coder: &str) -> ArticleRecord {
    ArticleRecord {
        article_id: article.article_id.clone(),
        uri: article.uri.clone(),
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        language: article.language.clone(),
        publish_time: article.publish_time,
        text_hash,
        text: Some(article.text.clone()),
        coder: coder.to_owned(),
        event_ids: Vec::new(),
        withdrawn: false,
        html: article.html,
    }
}

/// One event with its sentence. None where the coder's range is no sentence of the text: an event without evidence is none.
pub(super) fn event(coded: CodedEvent, text: &str, record: &ArticleRecord) -> Option<v1::Event> {
    let mention = mention(&coded.sentence, text, record)?;
    let place = coded.place.map(|place| v1::Place {
        name: place.name,
        country: place.country,
        latitude: place.latitude,
        longitude: place.longitude,
        geonames_id: place.geonames_id,
    });
    let date = v1::CivilDate {
        year: coded.date.year.into(),
        month: coded.date.month.into(),
        day: coded.date.day.into(),
    };
    let magnitude = v1::Magnitude {
        killed: coded.magnitude.killed,
        wounded: coded.magnitude.wounded,
        arrested: coded.magnitude.arrested,
    };
    let kind = v1::EventType::from_name(coded.event_type.as_str()).unwrap_or_default();
    let mut event = v1::Event {
        mode: coded.mode.unwrap_or_default().to_owned(),
        actors: coded.actors.into_iter().map(actor).collect(),
        recipients: coded.recipients.into_iter().map(actor).collect(),
        topics: coded
            .topics
            .iter()
            .map(|topic| topic.as_str().to_owned())
            .collect(),
        historical: coded.flags.historical,
        future: coded.flags.future,
        hypothetical: coded.flags.hypothetical,
        negated: coded.flags.negated,
        event_date: (date != v1::CivilDate::default()).then_some(date),
        place,
        intensity: coded.intensity,
        quad_class: coded.event_type.quad().number().into(),
        cameo_code: coded.cameo,
        confidence: coded.confidence,
        summary: coded.summary,
        publisher_count: u32::from(!mention.publisher.is_empty()),
        mentions: vec![mention],
        mention_count: 1,
        article_count: 1,
        publish_time: record.publish_time,
        coder: record.coder.clone(),
        magnitude: (magnitude != v1::Magnitude::default()).then_some(magnitude),
        ..Default::default()
    };
    event.set_type(kind);
    Some(event)
}

fn mention(sentence: &Range<usize>, text: &str, record: &ArticleRecord) -> Option<v1::Mention> {
    let words = text.get(sentence.clone()).filter(|words| !words.is_empty());
    let (Some(words), Ok(start), Ok(end)) =
        (words, u32::try_from(sentence.start), u32::try_from(sentence.end))
    else {
        let article = &record.article_id;
        tracing::error!(%article, ?sentence, "the coder gave an event without a sentence; it is left out");
        return None;
    };
    Some(v1::Mention {
        article_id: record.article_id.clone(),
        uri: record.uri.clone(),
        publisher: record.publisher.clone(),
        title: record.title.clone(),
        sentence: words.to_owned(),
        start_byte: start,
        end_byte: end,
        publish_time: record.publish_time,
        text_hash: record.text_hash.clone(),
        language: record.language.clone(),
    })
}

fn actor(party: Party) -> v1::Actor {
    v1::Actor {
        code: party.code(),
        name: party.name,
        text: party.text,
        country: party.country,
        sectors: party
            .sectors
            .iter()
            .map(|sector| sector.as_str().to_owned())
            .collect(),
    }
}

/// How a sentence was coded. None where the range is no part of the text.
pub(super) fn trace(trace: SentenceTrace, text: &str) -> Option<v1::SentenceTrace> {
    let sentence = text.get(trace.range.clone())?.to_owned();
    Some(v1::SentenceTrace {
        sentence,
        start_byte: u32::try_from(trace.range.start).ok()?,
        end_byte: u32::try_from(trace.range.end).ok()?,
        steps: trace.steps.iter().map(ToString::to_string).collect(),
        abstention: trace
            .abstention
            .map(|reason| reason.as_str().to_owned())
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use dateline_coder::{EventType, Flags, Magnitude, PartialDate, PlaceKind, PlaceRef, Sector, Topic};

    use super::*;

    const TEXT: &str = "Headline\n\nKim met Putin.";

    fn coded(sentence: Range<usize>) -> CodedEvent {
        let party = |name: &str, country: &str| Party {
            name: name.into(),
            text: name.into(),
            country: country.into(),
            sectors: vec![Sector::Government],
        };
        CodedEvent {
            event_type: EventType::Consult,
            mode: Some("visit"),
            actors: vec![party("Kim Jong Un", "PRK"), party("Vladimir Putin", "RUS")],
            recipients: vec![],
            topics: vec![Topic::ALL[0]],
            flags: Flags {
                future: true,
                ..Flags::default()
            },
            date: PartialDate {
                year: 2023,
                month: 9,
                day: 0,
            },
            place: None,
            intensity: 4.0,
            cameo: "042".into(),
            confidence: 0.5,
            magnitude: Magnitude::default(),
            summary: "Kim met Putin".into(),
            sentence,
        }
    }

    #[test]
    fn the_sentence_is_the_bytes_of_its_range() {
        let article = Prepared {
            article_id: "a".into(),
            publisher: "Wire".into(),
            text: TEXT.into(),
            ..Prepared::default()
        };
        let record = record(&article, "hash".into(), "coder 1");
        let event = event(coded(10..24), TEXT, &record).expect("has a sentence");
        let mention = &event.mentions[0];
        assert_eq!(
            &TEXT[mention.start_byte as usize..mention.end_byte as usize],
            mention.sentence
        );
        assert_eq!(
            (mention.text_hash.as_str(), event.coder.as_str()),
            ("hash", "coder 1")
        );
        assert_eq!((event.r#type(), event.quad_class), (v1::EventType::Consult, 1));
        assert_eq!(
            (event.actors[0].code.as_str(), event.publisher_count),
            ("PRKGOV", 1)
        );
        assert_eq!(
            event.event_date.map(|date| (date.year, date.month, date.day)),
            Some((2023, 9, 0))
        );
        assert!(event.future && !event.historical && event.magnitude.is_none());
    }

    #[test]
    fn a_place_keeps_its_coordinates_and_its_id() {
        let kyiv = PlaceRef {
            name: "Kyiv".into(),
            country: "UKR".into(),
            latitude: 50.4547,
            longitude: 30.5238,
            geonames_id: 703_448,
            kind: PlaceKind::City,
        };
        let coded = CodedEvent {
            place: Some(kyiv),
            ..coded(10..24)
        };
        let event = event(coded, TEXT, &ArticleRecord::default()).expect("has a sentence");
        let place = event.place.expect("has a place");
        assert_eq!((place.name.as_str(), place.country.as_str()), ("Kyiv", "UKR"));
        assert_eq!(
            (place.latitude, place.longitude, place.geonames_id),
            (50.4547, 30.5238, 703_448)
        );
    }

    #[test]
    fn an_event_without_its_sentence_is_left_out() {
        let record = ArticleRecord::default();
        for range in [10..99, 5..5, 24..25] {
            assert_eq!(event(coded(range), TEXT, &record), None);
        }
        assert_eq!(event(coded(1..2), "é", &record), None);
    }

    #[test]
    fn all_types_have_a_name_in_the_contract() {
        for kind in EventType::ALL {
            assert!(
                v1::EventType::from_name(kind.as_str()).is_some(),
                "{}",
                kind.as_str()
            );
        }
    }

    #[test]
    fn days_and_times_agree() {
        let day_of = |seconds| day(Timestamp { seconds, nanos: 0 });
        assert_eq!(day_of(1_694_606_400), Date::new(2023, 9, 13).ok());
        assert_eq!(
            start_of(Date::constant(2023, 9, 13)).map(|time| time.seconds),
            Some(1_694_563_200)
        );
    }
}
