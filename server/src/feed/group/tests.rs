use std::{collections::HashMap, sync::LazyLock};

use dateline_coder::{Coder, actor::Gazetteer};
use dateline_journal::Options;
use dateline_proto::v1::{Event, EventBatch, EventFilter, SubscribeResponse, subscribe_response::Message};
use proptest::{collection::vec, prelude::*};
use prost::Message as _;

use super::*;

const BATCH: u32 = 4;

/// One for all: it takes a while to load.
static EVERYTHING: LazyLock<Filter> = LazyLock::new(|| {
    let gazetteer: Arc<Gazetteer> = Coder::new().unwrap().gazetteer().clone();
    Filter::parse(&EventFilter::default(), &gazetteer).unwrap()
});
/// For its cursors alone.
static JOURNAL: LazyLock<(tempfile::TempDir, Journal)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(folder.path(), Options::default(), &|_| {}).unwrap();
    (folder, journal)
});

fn group(from: u64) -> Group {
    let key = Key {
        canonical: String::new(),
        batch_size: BATCH,
        encoding: Encoding::Identity,
    };
    Group::new(EVERYTHING.clone(), &key, Sequence::new(from))
}

fn matched(sequence: u64) -> Match {
    let event = Event {
        event_id: sequence.to_string(),
        ..Event::default()
    };
    let batch = EventBatch {
        events: vec![event],
        ..EventBatch::default()
    };
    Match {
        sequence: Sequence::new(sequence),
        update_time: Timestamp::default(),
        element: batch.encode_to_vec().into(),
        left: false,
    }
}

fn ids(frame: &Bytes) -> Vec<u64> {
    let response = SubscribeResponse::decode(&frame[5..]).unwrap();
    let Some(Message::Batch(batch)) = response.message else {
        panic!("not a batch")
    };
    batch
        .events
        .iter()
        .map(|event| event.event_id.parse().unwrap())
        .collect()
}

#[derive(Clone, Copy, Debug)]
enum Act {
    /// The hub passes so many revisions, of which the last matches or not.
    Pass(u64, bool),
    /// A member reads once.
    Read(usize),
    /// What was matched up to so long ago is forgotten.
    Forget(u64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (1..4_u64, any::<bool>()).prop_map(|(count, matches)| Act::Pass(count, matches)),
        4 => (0..3_usize).prop_map(Act::Read),
        1 => (0..20_u64).prop_map(Act::Forget),
    ];
    vec(act, 0..200)
}

/// A member that goes to its own record of the journal where the group has forgotten.
struct Member {
    position: Sequence,
    got: Vec<u64>,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_member_gets_every_match_once_in_order(acts in acts(), starts in vec(0..10_u64, 3)) {
        let journal = &JOURNAL.1;
        let group = group(0);
        let mut members: Vec<_> = starts.iter().map(|start| Member { position: Sequence::new(*start), got: Vec::new() }).collect();
        let (mut through, mut round, mut all) = (0_u64, 0, Vec::new());
        let end = [Act::Read(0), Act::Read(1), Act::Read(2)].into_iter().cycle().take(600);
        for act in acts.into_iter().chain(end) {
            match act {
                Act::Pass(count, matches) => {
                    through += count;
                    round += 1;
                    if matches {
                        all.push(through);
                        group.push(matched(through), round);
                    }
                }
                Act::Forget(ago) => group.forget_through(Sequence::new(through.saturating_sub(ago))),
                Act::Read(number) => {
                    let member = &mut members[number];
                    match group.next(member.position, Sequence::new(through), journal) {
                        Next::Frame(frame) | Next::Made(frame) => {
                            let got = ids(&frame.bytes);
                            prop_assert_eq!(got.len() as u64, frame.events);
                            prop_assert!(got.len() <= BATCH as usize);
                            member.got.extend(got);
                            member.position = frame.through;
                        }
                        Next::Within => {
                            let matches = group.matches(member.position, 2).unwrap();
                            prop_assert!(!matches.is_empty());
                            for matched in matches {
                                member.got.push(matched.sequence.get());
                                member.position = matched.sequence;
                            }
                        }
                        Next::Behind => {
                            let position = member.position.get();
                            prop_assert!(all.iter().any(|matched| *matched > position), "behind, though nothing is missing");
                            member.got.extend(all.iter().filter(|matched| **matched > position));
                            member.position = Sequence::new(through);
                        }
                        Next::Nothing => {
                            prop_assert!(!group.has_news(member.position));
                            member.position = member.position.max(Sequence::new(through));
                        }
                    }
                }
            }
        }
        for (member, start) in members.iter().zip(starts) {
            let expected: Vec<u64> = all.iter().copied().filter(|matched| *matched > start).collect();
            prop_assert_eq!(&member.got, &expected);
        }
    }
}

#[test]
fn members_at_one_place_share_one_frame() {
    let journal = &JOURNAL.1;
    let group = group(0);
    for sequence in 1..=10 {
        group.push(matched(sequence), 1);
    }
    assert_eq!(group.of_round(), 10);
    let mut frames = HashMap::new();
    for _ in 0..3 {
        let mut position = Sequence::ZERO;
        while let Next::Frame(frame) | Next::Made(frame) = group.next(position, Sequence::new(12), journal) {
            position = frame.through;
            let address = frames.entry(frame.first).or_insert(frame.bytes.as_ptr());
            assert_eq!(*address, frame.bytes.as_ptr());
        }
        assert_eq!(
            position,
            Sequence::new(12),
            "the last frame goes as far as the hub was"
        );
    }
    assert_eq!(frames.len(), 3, "of four, four and two");
}
