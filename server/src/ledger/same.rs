//! Whether two reports say the same. What tells of a revision rather than of the event is no part of it.

use dateline_proto::v1;

/// Whether they agree in every field.
pub(crate) fn say_the_same(a: &v1::Event, b: &v1::Event) -> bool {
    agree(a, b, |a, b| a == b) && a.coder == b.coder
}

/// Whether they tell the same. Where a sentence stands in which version of a text is no part of it, nor is the coder's version.
pub(crate) fn tell_the_same(a: &v1::Event, b: &v1::Event) -> bool {
    agree(a, b, mentions_agree)
}

/// Every field but the coder is named, so that one that is added cannot be forgotten.
fn agree(a: &v1::Event, b: &v1::Event, mentions_agree: fn(&v1::Mention, &v1::Mention) -> bool) -> bool {
    let v1::Event {
        event_id,
        revision: _,
        change: _,
        cursor: _,
        r#type,
        mode,
        actors,
        recipients,
        topics,
        historical,
        future,
        hypothetical,
        negated,
        event_date,
        place,
        intensity,
        quad_class,
        cameo_code,
        confidence,
        summary,
        mentions,
        mention_count,
        article_count,
        publisher_count,
        publish_time,
        create_time: _,
        update_time: _,
        coder: _,
        magnitude,
        replaced_by: _,
        retraction_reason: _,
    } = a;
    *event_id == b.event_id
        && *r#type == b.r#type
        && *mode == b.mode
        && *actors == b.actors
        && *recipients == b.recipients
        && *topics == b.topics
        && (*historical, *future, *hypothetical, *negated)
            == (b.historical, b.future, b.hypothetical, b.negated)
        && *event_date == b.event_date
        && *place == b.place
        && *intensity == b.intensity
        && *quad_class == b.quad_class
        && *cameo_code == b.cameo_code
        && *confidence == b.confidence
        && *summary == b.summary
        && (*mention_count, *article_count, *publisher_count)
            == (b.mention_count, b.article_count, b.publisher_count)
        && *publish_time == b.publish_time
        && *magnitude == b.magnitude
        && mentions.len() == b.mentions.len()
        && mentions
            .iter()
            .zip(&b.mentions)
            .all(|(a, b)| mentions_agree(a, b))
}

fn mentions_agree(a: &v1::Mention, b: &v1::Mention) -> bool {
    let v1::Mention {
        article_id,
        uri,
        publisher,
        title,
        sentence,
        start_byte: _,
        end_byte: _,
        publish_time,
        text_hash: _,
        language,
    } = a;
    *article_id == b.article_id
        && *uri == b.uri
        && *publisher == b.publisher
        && *title == b.title
        && *sentence == b.sentence
        && *publish_time == b.publish_time
        && *language == b.language
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_revision_or_of_a_place_in_a_text_does_not_count() {
        let event = v1::Event {
            event_id: "e".into(),
            coder: "coder 1".into(),
            mentions: vec![v1::Mention {
                sentence: "They met.".into(),
                ..Default::default()
            }],
            ..Default::default()
        };
        let mut revised = event.clone();
        revised.revision = 3;
        revised.cursor = "c".into();
        revised.set_change(v1::Change::Corrected);
        revised.replaced_by = "f".into();
        assert!(say_the_same(&event, &revised) && tell_the_same(&event, &revised));

        let mut moved = event.clone();
        moved.mentions[0].start_byte = 7;
        moved.coder = "coder 2".into();
        assert!(!say_the_same(&event, &moved) && tell_the_same(&event, &moved));

        let edits: [fn(&mut v1::Event); 4] = [
            |event| event.summary = "s".into(),
            |event| event.mentions[0].sentence.push('!'),
            |event| event.mentions.clear(),
            |event| event.negated = true,
        ];
        for edit in edits {
            let mut other = event.clone();
            edit(&mut other);
            assert!(!say_the_same(&event, &other) && !tell_the_same(&event, &other));
        }
    }
}
