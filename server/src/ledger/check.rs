//! The rules of a published event. What breaks one is refused by the field's name; what can be filled in is filled in.

use std::fmt::Display;

use dateline_coder::{EventType, Sector, Topic};
use dateline_journal::clear_revision;
use dateline_proto::{reason, time::Timestamp, v1};

use super::merge::{MENTIONS_SHOWN, count_mentions};
use crate::refusal::Refusal;

const PARTIES: usize = 64;
const TOPICS: usize = 37;
const SECTORS: usize = 8;
const ID_BYTES: usize = 128;
const ARTICLE_ID_BYTES: usize = 512;
const NAME_BYTES: usize = 256;
const LINE_BYTES: usize = 2048;
const SENTENCE_BYTES: usize = 16 * 1024;

/// Checks one event of a size in bytes and makes it what is stored: without what only the feed says of it, its mentions counted, its
/// parties' codes filled in.
///
/// # Errors
/// EVENT_TOO_LARGE, or EVENT_INVALID with the field.
pub(super) fn check(event: &mut v1::Event, size: usize, limit_bytes: usize) -> Result<(), Refusal> {
    if size > limit_bytes {
        let message = format!(
            "an event of {size} bytes is more than the {limit_bytes} allowed; give fewer or shorter mentions"
        );
        let refusal = Refusal::invalid(reason::EVENT_TOO_LARGE, "events", message);
        return Err(refusal.with("size_bytes", size).with("limit_bytes", limit_bytes));
    }
    clear_revision(event);

    line("event_id", &event.event_id, ID_BYTES)?;
    needed("coder", &event.coder)?;
    line("coder", &event.coder, ID_BYTES)?;
    line("summary", &event.summary, LINE_BYTES)?;
    kind(event)?;
    if event.actors.is_empty() && event.recipients.is_empty() {
        return Err(invalid(
            "actors",
            "nobody takes part; give an actor or a recipient",
        ));
    }
    parties("actors", &mut event.actors)?;
    parties("recipients", &mut event.recipients)?;
    topics(&event.topics)?;
    date(event.event_date)?;
    if let Some(place) = &event.place {
        check_place(place)?;
    }
    range("intensity", f64::from(event.intensity), -10.0, 10.0)?;
    range("confidence", f64::from(event.confidence), 0.0, 1.0)?;
    if event.quad_class > 4 {
        return Err(invalid("quad_class", "has to be from 1 to 4, or 0 for none"));
    }
    let cameo = event.cameo_code.as_bytes();
    if !matches!(cameo.len(), 0 | 2..=4) || !cameo.iter().all(u8::is_ascii_digit) {
        return Err(invalid(
            "cameo_code",
            "has to be 2 to 4 digits such as \"042\", or empty",
        ));
    }
    time("publish_time", event.publish_time)?;
    mentions(&event.mentions)?;
    count_mentions(event);
    let earliest = event
        .mentions
        .iter()
        .filter_map(|mention| mention.publish_time)
        .min();
    event.publish_time = event.publish_time.into_iter().chain(earliest).min();
    Ok(())
}

fn kind(event: &v1::Event) -> Result<(), Refusal> {
    let name = match v1::EventType::try_from(event.r#type) {
        Ok(v1::EventType::Unspecified) => return Err(invalid("type", "has to be given")),
        Ok(kind) => kind.short_name(),
        Err(_) => return Err(invalid("type", "is none of the 16 types")),
    };
    let modes = name
        .parse::<EventType>()
        .map(EventType::modes)
        .unwrap_or_default();
    if event.mode.is_empty() || modes.contains(&event.mode.as_str()) {
        return Ok(());
    }
    let allowed = match modes {
        [] => "has to be empty".to_owned(),
        modes => format!("has to be one of {}, or empty", modes.join(", ")),
    };
    Err(invalid("mode", &format!("{allowed} for {name}")))
}

fn parties(field: &str, actors: &mut [v1::Actor]) -> Result<(), Refusal> {
    at_most(field, actors.len(), PARTIES)?;
    for (n, actor) in actors.iter_mut().enumerate() {
        needed(format_args!("{field}[{n}].name"), &actor.name)?;
        line(format_args!("{field}[{n}].name"), &actor.name, NAME_BYTES)?;
        line(format_args!("{field}[{n}].text"), &actor.text, LINE_BYTES)?;
        country(format_args!("{field}[{n}].country"), &actor.country)?;
        at_most(format_args!("{field}[{n}].sectors"), actor.sectors.len(), SECTORS)?;
        for (k, sector) in actor.sectors.iter().enumerate() {
            if sector.parse::<Sector>().is_err() {
                return Err(invalid(
                    format_args!("{field}[{n}].sectors[{k}]"),
                    "is no PLOVER sector; they are three letters such as GOV or MIL",
                ));
            }
        }
        let sector = actor.sectors.first().map_or("", String::as_str);
        if actor.code.is_empty() {
            actor.code = format!("{}{sector}", actor.country);
        } else if actor.code.strip_prefix(actor.country.as_str()) != Some(sector) {
            let code = format!("{}{sector}", actor.country);
            let problem = format!("has to be country and first sector, {code:?}, or empty");
            return Err(invalid(format_args!("{field}[{n}].code"), &problem));
        }
    }
    Ok(())
}

fn topics(topics: &[String]) -> Result<(), Refusal> {
    at_most("topics", topics.len(), TOPICS)?;
    for (n, topic) in topics.iter().enumerate() {
        if topic.parse::<Topic>().is_err() {
            return Err(invalid(
                format_args!("topics[{n}]"),
                "is no topic; ListTopics gives them all",
            ));
        }
        if topics[..n].contains(topic) {
            return Err(invalid(format_args!("topics[{n}]"), "stands twice"));
        }
    }
    Ok(())
}

fn date(date: Option<v1::CivilDate>) -> Result<(), Refusal> {
    let Some(v1::CivilDate { year, month, day }) = date else {
        return Ok(());
    };
    if !(0..=9999).contains(&year) {
        return Err(invalid(
            "event_date.year",
            "has to be from 1 to 9999, or 0 for unknown",
        ));
    }
    if !(0..=12).contains(&month) {
        return Err(invalid(
            "event_date.month",
            "has to be from 1 to 12, or 0 for unknown",
        ));
    }
    let known = (year != 0, month != 0, day != 0);
    if !matches!(known, (_, _, false) | (_, true, true)) || known == (false, true, false) {
        return Err(invalid(
            "event_date",
            "a day needs its month, and a month its year or day",
        ));
    }
    // A leap year stands in where the year is not known: the 29th of February may be meant.
    let year = if year == 0 { 2000 } else { year };
    let exists = |day| jiff::civil::Date::new(year as i16, month.max(1) as i8, day).is_ok();
    if day != 0 && !i8::try_from(day).is_ok_and(|day| day > 0 && exists(day)) {
        return Err(invalid("event_date.day", "the month has no such day"));
    }
    Ok(())
}

fn check_place(place: &v1::Place) -> Result<(), Refusal> {
    line("place.name", &place.name, NAME_BYTES)?;
    country("place.country", &place.country)?;
    range("place.latitude", place.latitude, -90.0, 90.0)?;
    range("place.longitude", place.longitude, -180.0, 180.0)
}

fn mentions(mentions: &[v1::Mention]) -> Result<(), Refusal> {
    at_most("mentions", mentions.len(), MENTIONS_SHOWN)?;
    for (n, mention) in mentions.iter().enumerate() {
        for (part, text, most) in [
            ("article_id", &mention.article_id, ARTICLE_ID_BYTES),
            ("uri", &mention.uri, LINE_BYTES),
            ("publisher", &mention.publisher, NAME_BYTES),
            ("title", &mention.title, LINE_BYTES),
            ("language", &mention.language, ID_BYTES),
            ("text_hash", &mention.text_hash, ID_BYTES),
        ] {
            line(format_args!("mentions[{n}].{part}"), text, most)?;
        }
        at_most_bytes(
            format_args!("mentions[{n}].sentence"),
            &mention.sentence,
            SENTENCE_BYTES,
        )?;
        time(format_args!("mentions[{n}].publish_time"), mention.publish_time)?;
        let length = mention.end_byte.checked_sub(mention.start_byte);
        if length.is_none_or(|length| length != 0 && length as usize != mention.sentence.len()) {
            return Err(invalid(
                format_args!("mentions[{n}].end_byte"),
                "has to be start_byte and the bytes of the sentence, or both 0",
            ));
        }
    }
    Ok(())
}

fn country(field: impl Display, code: &str) -> Result<(), Refusal> {
    let well_formed = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if code.is_empty() || well_formed {
        return Ok(());
    }
    Err(invalid(
        field,
        "has to be an ISO 3166-1 alpha-3 code such as PRK, a PLOVER special such as IGO, or empty",
    ))
}

fn time(field: impl Display, time: Option<Timestamp>) -> Result<(), Refusal> {
    match time.map(Timestamp::to_jiff) {
        Some(None) => Err(invalid(field, "is no time between the years -9999 and 9999")),
        _ => Ok(()),
    }
}

fn range(field: impl Display, value: f64, least: f64, most: f64) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(invalid(field, &format!("has to be from {least} to {most}")))
}

fn needed(field: impl Display, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(invalid(field, "has to be given"));
    }
    Ok(())
}

/// One line of text: control characters in it could only mislead who prints it.
fn line(field: impl Display, text: &str, most: usize) -> Result<(), Refusal> {
    // Most are plain ASCII, which one look at the bytes tells.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !plain && text.chars().any(char::is_control) {
        return Err(invalid(field, "holds control characters"));
    }
    at_most_bytes(field, text, most)
}

fn at_most_bytes(field: impl Display, text: &str, most: usize) -> Result<(), Refusal> {
    if text.len() > most {
        return Err(invalid(
            field,
            &format!("has {} bytes, more than the {most} allowed", text.len()),
        ));
    }
    Ok(())
}

fn at_most(field: impl Display, count: usize, most: usize) -> Result<(), Refusal> {
    if count > most {
        return Err(invalid(
            field,
            &format!("has {count} elements, more than the {most} allowed"),
        ));
    }
    Ok(())
}

fn invalid(field: impl Display, problem: &str) -> Refusal {
    let field = field.to_string();
    let message = format!("{field}: {problem}");
    Refusal::invalid(reason::EVENT_INVALID, &field, message).with("field", field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(mut event: v1::Event, size: usize, limit_bytes: usize) -> Result<v1::Event, Refusal> {
        check(&mut event, size, limit_bytes).map(|()| event)
    }

    fn event() -> v1::Event {
        v1::Event {
            r#type: v1::EventType::Consult.into(),
            coder: "test 1".into(),
            actors: vec![v1::Actor {
                name: "Kim Jong Un".into(),
                country: "PRK".into(),
                sectors: vec!["GOV".into()],
                ..Default::default()
            }],
            ..Default::default()
        }
    }

    #[test]
    fn what_is_left_out_is_filled_in_and_what_the_feed_says_is_ignored() {
        let mut given = event();
        given.revision = 7;
        given.cursor = "of another feed".into();
        let stored = checked(given, 100, 1_000).expect("well-formed");
        assert_eq!((stored.revision, stored.cursor.as_str()), (0, ""));
        assert_eq!(stored.actors[0].code, "PRKGOV");
    }

    #[test]
    fn every_broken_rule_is_told_by_its_field() {
        type Edit = fn(&mut v1::Event);
        let edits: [(&str, Edit); 22] = [
            ("type", |event| event.r#type = 0),
            ("type", |event| event.r#type = 99),
            ("mode", |event| event.mode = "dance".into()),
            ("coder", |event| event.coder.clear()),
            ("actors", |event| event.actors.clear()),
            ("actors[0].name", |event| event.actors[0].name = " ".into()),
            ("actors[0].name", |event| {
                event.actors[0].name = "a\u{1b}[2J".into()
            }),
            ("actors[0].country", |event| {
                event.actors[0].country = "prk".into()
            }),
            ("actors[0].sectors[0]", |event| {
                event.actors[0].sectors[0] = "GVT".into()
            }),
            ("actors[0].code", |event| event.actors[0].code = "PRK".into()),
            ("topics[0]", |event| event.topics = vec!["militray".into()]),
            ("topics[1]", |event| {
                event.topics = vec!["military".into(), "military".into()]
            }),
            ("event_date.month", |event| {
                event.event_date = Some(v1::CivilDate {
                    year: 2023,
                    month: 13,
                    day: 1,
                })
            }),
            ("event_date.day", |event| {
                event.event_date = Some(v1::CivilDate {
                    year: 2023,
                    month: 2,
                    day: 29,
                })
            }),
            ("event_date", |event| {
                event.event_date = Some(v1::CivilDate {
                    year: 2023,
                    month: 0,
                    day: 2,
                })
            }),
            ("intensity", |event| event.intensity = f32::NAN),
            ("confidence", |event| event.confidence = 1.5),
            ("quad_class", |event| event.quad_class = 5),
            ("cameo_code", |event| event.cameo_code = "visit".into()),
            ("place.latitude", |event| {
                event.place = Some(v1::Place {
                    latitude: 91.0,
                    ..Default::default()
                })
            }),
            ("publish_time", |event| {
                event.publish_time = Some(Timestamp {
                    seconds: 0,
                    nanos: -1,
                })
            }),
            ("mentions[0].end_byte", |event| {
                event.mentions = vec![v1::Mention {
                    sentence: "ab".into(),
                    end_byte: 3,
                    ..Default::default()
                }];
            }),
        ];
        for (field, edit) in edits {
            let mut broken = event();
            edit(&mut broken);
            let refusal = checked(broken, 100, 10_000).expect_err(field);
            assert_eq!(
                (refusal.reason(), refusal.field()),
                (reason::EVENT_INVALID, Some(field))
            );
            assert!(refusal.message().starts_with(field), "{}", refusal.message());
        }
        let refusal = checked(event(), 100, 10).expect_err("too large");
        assert_eq!(refusal.reason(), reason::EVENT_TOO_LARGE);
    }
}
