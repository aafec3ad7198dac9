//! Identity: which reports are of the same event, and the ids and hashes that follow from it.

use data_encoding::BASE32_NOPAD;
use dateline_proto::v1;
use prost::Message as _;

/// 120 bits: a billion events meet by chance once in a quintillion feeds, and base32 needs no padding.
const ID_BYTES: usize = 15;
/// 160 bits: a text hash also has to withstand somebody who looks for two texts of the same hash.
const TEXT_BYTES: usize = 20;

/// Names one version of a text: 32 letters and digits.
pub(crate) fn text_hash(text: &str) -> String {
    short_text("text", &[text.as_bytes()], TEXT_BYTES)
}

/// The id of an event by its merge key: full date, type, the set of actors, the set of recipients, place id, the four flags. Parties
/// count by code and resolved name, and a government as its state: "Russia", "Moscow" and "the Kremlin" have one name, Russia, and only
/// the word that was printed decides between RUS and RUSGOV. None: the day is unknown, so nothing says that two reports mean the same
/// event.
pub(crate) fn merged_id(event: &v1::Event) -> Option<String> {
    let date = event
        .event_date
        .filter(|date| date.year != 0 && date.month != 0 && date.day != 0)?;
    Some(id("e", &key(event, date)))
}

/// The id of an event that is merged with nothing: of its key, its article, and its place among the events of this key in the article.
pub(crate) fn unmerged_id(event: &v1::Event, article_id: &str, ordinal: usize) -> String {
    let mut parts = key(event, event.event_date.unwrap_or_default());
    parts.push(article_id.as_bytes().to_vec());
    parts.push(ordinal.to_be_bytes().to_vec());
    id("e", &parts)
}

/// The id of a published event that was given none: of everything that it says.
pub(crate) fn content_id(content: &v1::Event) -> String {
    id("p", &[content.encode_to_vec()])
}

/// What tells apart events that are merged with nothing and say the same: see [`unmerged_id`].
pub(crate) fn same_key(event: &v1::Event) -> Vec<Vec<u8>> {
    key(event, event.event_date.unwrap_or_default())
}

fn key(event: &v1::Event, date: v1::CivilDate) -> Vec<Vec<u8>> {
    let place = event.place.as_ref().map_or(0, |place| place.geonames_id);
    let numbers = [
        date.year.to_be_bytes(),
        date.month.to_be_bytes(),
        date.day.to_be_bytes(),
        event.r#type.to_be_bytes(),
        place.to_be_bytes(),
        u32::from(event.historical).to_be_bytes(),
        u32::from(event.future).to_be_bytes(),
        u32::from(event.hypothetical).to_be_bytes(),
        u32::from(event.negated).to_be_bytes(),
    ];
    let mut parts = vec![numbers.concat()];
    for side in [&event.actors, &event.recipients] {
        let mut parties: Vec<_> = side
            .iter()
            .map(|actor| (state(&actor.code), &actor.name))
            .collect();
        parties.sort_unstable();
        parties.dedup();
        parts.push(parties.len().to_be_bytes().to_vec());
        for (code, name) in parties {
            parts.push(code.as_bytes().to_vec());
            parts.push(name.as_bytes().to_vec());
        }
    }
    parts
}

/// A code without the government's sector, where another part is left.
fn state(code: &str) -> &str {
    match code.strip_suffix("GOV") {
        Some(state) if !state.is_empty() => state,
        _ => code,
    }
}

fn id(prefix: &str, parts: &[Vec<u8>]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    format!("{prefix}{}", short_text("event", &parts, ID_BYTES))
}

/// Each part with its length, so that no two lists of parts are the same bytes.
fn short_text(purpose: &str, parts: &[&[u8]], bytes: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    BASE32_NOPAD
        .encode(&hasher.finalize().as_bytes()[..bytes])
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(code: &str, name: &str) -> v1::Actor {
        v1::Actor {
            code: code.into(),
            name: name.into(),
            ..Default::default()
        }
    }

    fn meeting() -> v1::Event {
        v1::Event {
            r#type: v1::EventType::Consult.into(),
            actors: vec![actor("PRKGOV", "Kim Jong Un"), actor("RUSGOV", "Vladimir Putin")],
            event_date: Some(v1::CivilDate {
                year: 2023,
                month: 9,
                day: 13,
            }),
            ..Default::default()
        }
    }

    #[test]
    fn parties_are_a_set_and_what_is_printed_does_not_count() {
        let mut other = meeting();
        other.actors.reverse();
        other.actors[0].text = "Mr. Putin".into();
        other.actors.push(other.actors[0].clone());
        other.topics.push("military".into());
        other.summary = "they met".into();
        assert_eq!(merged_id(&other), merged_id(&meeting()));
        assert_eq!(merged_id(&meeting()).expect("has a day").len(), 25);
    }

    #[test]
    fn every_part_of_the_key_tells_events_apart() {
        let edits: [fn(&mut v1::Event); 10] = [
            |event| event.r#type = v1::EventType::Agree.into(),
            |event| event.event_date.as_mut().expect("has a date").day = 14,
            |event| event.actors[0].name = "Kim".into(),
            |event| event.actors[0].code = "PRKMIL".into(),
            |event| event.recipients = vec![event.actors.remove(0)],
            |event| event.historical = true,
            |event| event.future = true,
            |event| event.hypothetical = true,
            |event| event.negated = true,
            |event| {
                event.place = Some(v1::Place {
                    geonames_id: 7,
                    ..Default::default()
                })
            },
        ];
        let mut ids = vec![merged_id(&meeting())];
        for edit in edits {
            let mut event = meeting();
            edit(&mut event);
            ids.push(merged_id(&event));
        }
        let distinct: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn a_government_is_its_state() {
        let of = |code: &str, name: &str| {
            let mut event = meeting();
            event.actors[0] = actor(code, name);
            merged_id(&event)
        };
        assert_eq!(of("RUS", "Russia"), of("RUSGOV", "Russia"));
        assert_ne!(of("RUSGOV", "Russia"), of("RUSMIL", "Russia"));
        assert_ne!(of("RUSGOV", "Russia"), of("RUSGOV", "Vladimir Putin"));
        assert_ne!(of("GOV", "ministry"), of("", "ministry"));
    }

    #[test]
    fn a_place_counts_by_its_id_alone() {
        let at = |geonames_id, name: &str| {
            let mut event = meeting();
            event.place = Some(v1::Place {
                geonames_id,
                name: name.into(),
                latitude: f64::from(geonames_id),
                ..Default::default()
            });
            merged_id(&event)
        };
        assert_eq!(at(0, "somewhere"), merged_id(&meeting()));
        assert_eq!(at(2_013_348, "Vladivostok"), at(2_013_348, "Wladiwostok"));
        let ids = [0, 1, 1 << 31, u32::MAX].map(|id| at(id, "x"));
        let distinct: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn without_a_day_the_article_and_the_ordinal_count() {
        let mut event = meeting();
        event.event_date = Some(v1::CivilDate {
            year: 2023,
            month: 9,
            day: 0,
        });
        assert_eq!(merged_id(&event), None);
        let ids = [("a", 0), ("a", 1), ("b", 0)].map(|(article, n)| unmerged_id(&event, article, n));
        assert!(ids[0] != ids[1] && ids[0] != ids[2] && ids[1] != ids[2]);
        assert_eq!(unmerged_id(&event, "a", 1), ids[1]);
    }
}
