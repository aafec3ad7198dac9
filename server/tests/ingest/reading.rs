//! Who was answered finds what the answer told of, however much else goes in.

use dateline_proto::v1::{
    Actor, Event, EventType, GetArticleRequest, GetEventRequest, ListEventsRequest, Mention,
    PublishEventsRequest, PublishOutcome,
};
use tokio_util::sync::CancellationToken;

use crate::harness::{MEETING, Server, article};

const CHECKERS: usize = 4;
const ROUNDS: usize = 25;

fn event(id: &str, name: &str) -> Event {
    Event {
        event_id: id.into(),
        r#type: EventType::Protest.into(),
        actors: vec![Actor {
            name: name.into(),
            ..Default::default()
        }],
        mentions: vec![Mention {
            sentence: "They came with flags. ".repeat(20),
            ..Default::default()
        }],
        coder: "by hand".into(),
        ..Default::default()
    }
}

/// Publishes and edits events, and looks each of them up as soon as it is acknowledged.
async fn check(server: &Server, checker: usize) {
    let (mut ingest, mut feed) = (server.ingest.clone(), server.feed.clone());
    for round in 0..ROUNDS {
        let id = format!("checked {checker} {round}");
        for revision in 1..=2 {
            let request = PublishEventsRequest {
                events: vec![event(&id, &format!("crowd {checker} {revision}"))],
                ..Default::default()
            };
            let answer = ingest.publish_events(request).await.unwrap().into_inner();
            assert_eq!(answer.results[0].revision, revision);
            let request = GetEventRequest {
                event_id: id.clone(),
                ..Default::default()
            };
            let found = feed.get_event(request).await.unwrap().into_inner().event.unwrap();
            assert_eq!(found.revision, revision);
            assert_eq!(found.cursor, answer.results[0].cursor);
        }
        let request = ListEventsRequest {
            page_size: 1000,
            newest_first: true,
            ..Default::default()
        };
        let page = feed.list_events(request).await.unwrap().into_inner();
        let listed = page.events.iter().find(|event| event.event_id == id);
        // Others may have filled the page since.
        assert!(listed.map_or(
            page.events.len() >= 1000 || !page.next_page_token.is_empty(),
            |event| { event.revision == 2 }
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_found_at_once_under_load() {
    let mut server = Server::start().await;
    let stop = CancellationToken::new();
    let load = (0..4).map(|publisher| {
        let (mut client, stop) = (server.ingest.clone(), stop.clone());
        tokio::spawn(async move {
            let mut count = 0;
            while !stop.is_cancelled() {
                let ids = (0..200).map(|n| format!("load {publisher} {}", count + n));
                let events = ids.map(|id| event(&id, &format!("crowd {publisher}"))).collect();
                let request = PublishEventsRequest {
                    events,
                    ..Default::default()
                };
                let answer = client.publish_events(request).await.unwrap().into_inner();
                assert!((answer.results.iter()).all(|result| result.outcome() == PublishOutcome::Created));
                count += 200;
            }
            count
        })
    });
    let load: Vec<_> = load.collect();
    let checkers = (0..CHECKERS).map(|checker| check(&server, checker));
    futures_util::future::join_all(checkers).await;
    for n in 0..5 {
        let id = format!("article {n}");
        server.put(article(&id, &[MEETING])).await;
        let request = GetArticleRequest {
            article_id: id,
            ..Default::default()
        };
        let found = server.feed.get_article(request).await.unwrap().into_inner();
        assert_eq!(found.article.unwrap().body, MEETING);
    }
    stop.cancel();
    let mut published = 0;
    for publisher in load {
        published += publisher.await.unwrap();
    }
    assert!(published > 0, "there was load");
}
