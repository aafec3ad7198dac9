//! Which event took over when an edit altered what an event's identity hangs on.

use std::collections::HashSet;

use dateline_proto::v1;

/// Events of one edit that are compared; an edit of more is no edit that pairing could explain.
const MOST_COMPARED: usize = 256;
/// Words that two sentences have to share, of all their words, to be versions of one sentence.
const SAME_SENTENCE: f32 = 0.5;

/// Pairs of a vanished event and the one that took its place, as indexes. Each is in one pair at most; the likeliest pairs come first,
/// and of equal ones those that stand first in the text.
pub(crate) fn successors(vanished: &[&v1::Event], appeared: &[&v1::Event]) -> Vec<(usize, usize)> {
    let words = |events: &[&v1::Event]| -> Vec<HashSet<String>> {
        events
            .iter()
            .take(MOST_COMPARED)
            .map(|event| words_of(event))
            .collect()
    };
    let (vanished_words, appeared_words) = (words(vanished), words(appeared));
    let mut pairs = Vec::new();
    for (old, old_words) in vanished_words.iter().enumerate() {
        for (new, new_words) in appeared_words.iter().enumerate() {
            if let Some(likeness) = likeness(vanished[old], appeared[new], overlap(old_words, new_words)) {
                pairs.push((likeness, old, new));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut old_taken, mut new_taken) = (HashSet::new(), HashSet::new());
    pairs.retain(|(_, old, new)| {
        let free = !old_taken.contains(old) && !new_taken.contains(new);
        if free {
            old_taken.insert(*old);
            new_taken.insert(*new);
        }
        free
    });
    pairs.into_iter().map(|(_, old, new)| (old, new)).collect()
}

/// None: they have nothing to do with each other.
fn likeness(old: &v1::Event, new: &v1::Event, overlap: f32) -> Option<f32> {
    let same_type = old.r#type == new.r#type;
    let shared = shared_parties(old, new);
    let related = if overlap >= SAME_SENTENCE {
        same_type || shared > 0
    } else {
        same_type && shared > 0
    };
    related.then(|| 3.0 * overlap + 2.0 * f32::from(u8::from(same_type)) + shared.min(4) as f32)
}

fn shared_parties(old: &v1::Event, new: &v1::Event) -> usize {
    let names: HashSet<&str> = parties(new).map(|actor| actor.name.as_str()).collect();
    parties(old)
        .filter(|actor| names.contains(actor.name.as_str()))
        .count()
}

fn parties(event: &v1::Event) -> impl Iterator<Item = &v1::Actor> {
    event.actors.iter().chain(&event.recipients)
}

fn words_of(event: &v1::Event) -> HashSet<String> {
    let sentences = event.mentions.iter().map(|mention| mention.sentence.as_str());
    sentences
        .flat_map(|sentence| sentence.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn overlap(a: &HashSet<String>, b: &HashSet<String>) -> f32 {
    let both = a.intersection(b).count();
    match a.len() + b.len() - both {
        0 => 0.0,
        either => both as f32 / either as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: v1::EventType, names: &[&str], sentence: &str) -> v1::Event {
        let actor = |name: &&str| v1::Actor {
            name: (*name).into(),
            ..Default::default()
        };
        v1::Event {
            r#type: kind.into(),
            actors: names.iter().map(actor).collect(),
            mentions: vec![v1::Mention {
                sentence: sentence.into(),
                ..Default::default()
            }],
            ..Default::default()
        }
    }

    #[test]
    fn an_edited_sentence_finds_its_successor_among_the_others() {
        use v1::EventType::{Accuse, Consult};
        let old_meeting = event(
            Consult,
            &["Kim", "Putin"],
            "Kim met Putin on Tuesday at the spaceport.",
        );
        let old_charge = event(Accuse, &["Japan"], "Japan condemned the launch.");
        let new_meeting = event(
            Consult,
            &["Kim", "Putin"],
            "Kim met Putin on Wednesday at the spaceport.",
        );
        let other = event(Consult, &["Kim", "Xi"], "Kim will see Xi next year.");
        let pairs = successors(&[&old_charge, &old_meeting], &[&other, &new_meeting]);
        assert_eq!(pairs, [(1, 1)]);
    }

    #[test]
    fn one_successor_takes_over_from_one_event() {
        use v1::EventType::Consult;
        let old = event(Consult, &["Kim"], "Kim met Putin.");
        let new = event(Consult, &["Kim"], "Kim met Putin today.");
        assert_eq!(successors(&[&old, &old], &[&new]), [(0, 0)]);
        assert_eq!(successors(&[], &[&new]), []);
    }
}
