//! Events that were coded elsewhere, and editors' decisions.

use dateline_proto::v1::{
    Actor, Change, CivilDate, Event, EventType, GetEventRequest, PublishEventsRequest, PublishOutcome,
    PublishResult, RestoreEventRequest, RetractEventRequest,
};
use tonic::Code;

use crate::harness::{MEETING, Server, article, reason};
use PublishOutcome::{Created, Duplicate, Rejected, Revised};

fn event(id: &str, name: &str) -> Event {
    Event {
        event_id: id.into(),
        r#type: EventType::Protest.into(),
        actors: vec![Actor {
            name: name.into(),
            country: "FRA".into(),
            ..Default::default()
        }],
        event_date: Some(CivilDate {
            year: 2023,
            month: 9,
            day: 13,
        }),
        coder: "by hand".into(),
        ..Default::default()
    }
}

impl Server {
    async fn publish(&mut self, events: Vec<Event>, merge: bool) -> Vec<PublishResult> {
        let request = PublishEventsRequest {
            events,
            validate_only: false,
            merge,
        };
        self.ingest
            .publish_events(request)
            .await
            .unwrap()
            .into_inner()
            .results
    }
}

fn outcomes(results: &[PublishResult]) -> Vec<(PublishOutcome, u32)> {
    results
        .iter()
        .map(|result| (result.outcome(), result.revision))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_event_is_its_publishers_alone() {
    let mut server = Server::start().await;
    let results = server
        .publish(
            vec![
                event("x", "students"),
                event("x", "students"),
                event("x", "workers"),
            ],
            false,
        )
        .await;
    assert_eq!(outcomes(&results), [(Created, 1), (Duplicate, 1), (Revised, 2)]);
    assert_eq!(results[0].cursor, results[1].cursor);
    let mut foreign = event("x", "students");
    foreign.coder = "somebody else".into();
    let mut broken = event("y", "students");
    broken.topics = vec!["militray".into()];
    let results = server
        .publish(vec![foreign, broken, event("x", "workers")], false)
        .await;
    assert_eq!(outcomes(&results), [(Rejected, 2), (Rejected, 0), (Duplicate, 2)]);
    assert_eq!(results[0].error_reason, "EVENT_CODER_MISMATCH");
    assert_eq!(results[1].error_reason, "EVENT_INVALID");
    assert!(
        results[1].error_message.starts_with("topics[0]"),
        "{}",
        results[1].error_message
    );

    let revisions = server.revisions().await;
    let changes: Vec<_> = revisions
        .iter()
        .map(|event| (event.change(), event.actors[0].name.as_str()))
        .collect();
    assert_eq!(
        changes,
        [(Change::Created, "students"), (Change::Corrected, "workers")]
    );
    assert_eq!(revisions[0].actors[0].code, "FRA");
}

/// Calls of one event each become one entry of the journal where they come together; nobody sees that.
#[tokio::test(flavor = "multi_thread")]
async fn calls_that_come_together_are_each_answered_with_their_own() {
    const CALLS: usize = 400;
    let server = Server::start().await;
    let calls = (0..CALLS).map(|n| {
        let (mut ingest, mut feed) = (server.ingest.clone(), server.feed.clone());
        tokio::spawn(async move {
            // Ten say something about each event; every seventh call is refused.
            let mut said = event(&format!("x{}", n % (CALLS / 10)), &format!("crowd {n}"));
            if n % 7 == 0 {
                said.coder.clear();
            }
            let request = PublishEventsRequest {
                events: vec![said.clone()],
                ..Default::default()
            };
            let answer = ingest.publish_events(request).await.unwrap().into_inner();
            let [result] = answer.results.try_into().unwrap();
            assert_eq!(result.event_id, said.event_id);
            if n % 7 == 0 {
                assert_eq!(result.error_reason, "EVENT_INVALID");
                return None;
            }
            let request = GetEventRequest {
                event_id: said.event_id.clone(),
                revision: result.revision,
            };
            let stored = feed.get_event(request).await.unwrap().into_inner().event.unwrap();
            assert_eq!(
                (&stored.cursor, &stored.actors[0].name),
                (&result.cursor, &said.actors[0].name)
            );
            Some((result.event_id, result.revision))
        })
    });
    let mut answered = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answered.extend(call.await.unwrap());
    }
    answered.sort();
    let mut server = server.restart().await;
    let mut stored: Vec<_> = (server.revisions().await.into_iter())
        .map(|event| (event.event_id, event.revision))
        .collect();
    stored.sort();
    assert_eq!(stored, answered);
}

/// What is on its way to the views is known as it will be there.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_just_now_is_known_at_once() {
    let mut server = Server::start().await;
    for round in 0..20 {
        let id = format!("x{round}");
        let first = server.publish(vec![event(&id, "students")], false).await;
        let again = server.publish(vec![event(&id, "students")], false).await;
        let other = server.publish(vec![event(&id, "workers")], false).await;
        let last = server.publish(vec![event(&id, "workers")], false).await;
        let all = [&first[0], &again[0], &other[0], &last[0]];
        assert_eq!(
            all.map(|result| (result.outcome(), result.revision)),
            [(Created, 1), (Duplicate, 1), (Revised, 2), (Duplicate, 2)]
        );
        assert!(first[0].cursor == again[0].cursor && other[0].cursor == last[0].cursor);
        let stored = server.event(&id).await;
        assert_eq!((stored.cursor, stored.revision), (other[0].cursor.clone(), 2));
        assert!(stored.create_time < stored.update_time);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_without_a_name_is_known_by_its_content() {
    let mut server = Server::start().await;
    let first = server
        .publish(vec![event("", "students"), event("", "workers")], false)
        .await;
    assert_eq!(outcomes(&first), [(Created, 1), (Created, 1)]);
    let mut server = server.restart().await;
    let again = server
        .publish(vec![event("", "workers"), event("", "students")], false)
        .await;
    assert_eq!(outcomes(&again), [(Duplicate, 1), (Duplicate, 1)]);
    assert_eq!(
        (&again[0].event_id, &again[0].cursor),
        (&first[1].event_id, &first[1].cursor)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_merges_only_if_asked_to() {
    let mut server = Server::start().await;
    server.put(article("a", &[MEETING])).await;
    let told = server.revisions().await.remove(0);
    let published = Event {
        event_id: String::new(),
        coder: "by hand".into(),
        mentions: Vec::new(),
        summary: "They met.".into(),
        publish_time: None,
        ..told.clone()
    };
    let alone = server.publish(vec![published.clone()], false).await;
    assert_eq!(outcomes(&alone), [(Created, 1)]);
    assert_ne!(alone[0].event_id, told.event_id);
    let merged = server.publish(vec![published.clone(), published], true).await;
    assert_eq!(outcomes(&merged), [(Revised, 2), (Duplicate, 2)]);
    assert_eq!(merged[0].event_id, told.event_id);
    let event = server.event(&told.event_id).await;
    assert_eq!(
        (event.change(), event.summary),
        (Change::Corroborated, told.summary)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn validating_stores_nothing() {
    let mut server = Server::start().await;
    let request = PublishEventsRequest {
        events: vec![event("x", "students"), event("x", "workers"), event("x", "")],
        validate_only: true,
        merge: false,
    };
    let results = server
        .ingest
        .publish_events(request)
        .await
        .unwrap()
        .into_inner()
        .results;
    assert_eq!(outcomes(&results), [(Created, 1), (Revised, 2), (Rejected, 0)]);
    assert!(results.iter().all(|result| result.cursor.is_empty()));
    assert_eq!(server.revisions().await, []);
    let none = server
        .ingest
        .publish_events(PublishEventsRequest::default())
        .await
        .unwrap_err();
    assert_eq!(reason(&none), (Code::InvalidArgument, "FIELD_INVALID".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_event_stays_so_until_it_is_restored() {
    let mut server = Server::start().await;
    server.put(article("a", &[MEETING])).await;
    let event_id = server.revisions().await.remove(0).event_id;
    let retract = RetractEventRequest {
        event_id: event_id.clone(),
        reason: "a hoax".into(),
    };
    let restore = RestoreEventRequest {
        event_id: event_id.clone(),
    };
    let status = server.ingest.restore_event(restore.clone()).await.unwrap_err();
    assert_eq!(
        reason(&status),
        (Code::FailedPrecondition, "EVENT_NOT_RETRACTED".into())
    );
    let retracted = server
        .ingest
        .retract_event(retract.clone())
        .await
        .unwrap()
        .into_inner()
        .event
        .unwrap();
    assert_eq!(
        (retracted.change(), retracted.retraction_reason.as_str()),
        (Change::Retracted, "a hoax")
    );
    let status = server.ingest.retract_event(retract).await.unwrap_err();
    assert_eq!(
        reason(&status),
        (Code::FailedPrecondition, "EVENT_RETRACTED".into())
    );

    let mut server = server.restart().await;
    let silent = server.put(article("b", &[MEETING])).await;
    assert_eq!((silent.created, silent.corroborated, silent.unchanged), (0, 0, 1));
    assert_eq!(server.event(&event_id).await, retracted);
    let restored = server
        .ingest
        .restore_event(restore)
        .await
        .unwrap()
        .into_inner()
        .event
        .unwrap();
    assert_eq!(
        (restored.change(), restored.revision, restored.article_count),
        (Change::Created, 3, 2)
    );
    assert_eq!(server.event(&event_id).await, restored);
    let missing = RetractEventRequest {
        event_id: "none".into(),
        ..Default::default()
    };
    let status = server.ingest.retract_event(missing).await.unwrap_err();
    assert_eq!(reason(&status), (Code::NotFound, "EVENT_NOT_FOUND".into()));
}
