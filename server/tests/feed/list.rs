//! Lists: pages of one moment, in the order of first revisions.

use dateline_proto::{
    reason,
    v1::{Change, Event, ListActorsRequest, ListEventsRequest, ListEventsResponse, ListTopicsRequest},
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Client, Reader, Server, Writer, after, events_of, ids, topic};

/// All pages, with the resume cursor that they agree on.
async fn pages(client: &mut Client, request: &ListEventsRequest) -> (Vec<Event>, String) {
    let mut events = Vec::new();
    let mut request = request.clone();
    let mut resume_cursor = None;
    loop {
        let page: ListEventsResponse = client.list_events(request.clone()).await.unwrap().into_inner();
        assert!(page.events.len() <= 1_000);
        events.extend(page.events);
        assert_eq!(
            *resume_cursor.get_or_insert(page.resume_cursor.clone()),
            page.resume_cursor
        );
        if page.next_page_token.is_empty() {
            return (events, page.resume_cursor);
        }
        request.page_token = page.next_page_token;
    }
}

#[tokio::test]
async fn pages_show_the_feed_as_it_was_at_the_first() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 250, "military").await;
    let mut client = server.client().await;
    let request = ListEventsRequest {
        page_size: 100,
        ..ListEventsRequest::default()
    };
    let first = client.list_events(request.clone()).await.unwrap().into_inner();
    assert_eq!(first.events.len(), 100);
    // After the pin: an event of a later page changes, one goes, one comes.
    for (event_id, topic, change) in [
        ("event-000150", "health", Change::Corrected),
        ("event-000151", "military", Change::Retracted),
        ("event-new", "military", Change::Created),
    ] {
        let revision = writer.state(event_id, topic, change);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    let second = ListEventsRequest {
        page_token: first.next_page_token.clone(),
        ..request.clone()
    };
    let (rest, resume_cursor) = pages(&mut client, &second).await;
    assert_eq!(resume_cursor, first.resume_cursor);
    let listed: Vec<Event> = first.events.into_iter().chain(rest).collect();
    let expected: Vec<String> = (1..=250).map(|number| format!("event-{number:06}")).collect();
    assert_eq!(ids(&listed), expected);
    assert!(
        listed
            .iter()
            .all(|event| event.revision == 1 && event.topics == ["military"])
    );
    // List, then subscribe: no gap, no overlap.
    let mut reader = Reader::open(&mut client, after(&resume_cursor)).await.unwrap();
    let news = events_of(&reader.until_caught_up().await);
    assert_eq!(ids(&news), ["event-000150", "event-000151", "event-new"]);
    let (now, _) = pages(&mut client, &request).await;
    assert_eq!(now.len(), 250, "one went and one came");
    let all = ListEventsRequest {
        show_retracted: true,
        newest_first: true,
        ..request
    };
    let (all, _) = pages(&mut client, &all).await;
    assert_eq!(all.len(), 251);
    assert_eq!(all[0].event_id, "event-new");
    assert_eq!(all[250].event_id, "event-000001");
}

#[tokio::test]
async fn lists_keep_to_their_filter_and_times() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    let mut times = Vec::new();
    for index in 0..30 {
        let revision = writer.new_event(if index % 3 == 0 { "military" } else { "health" });
        let stamps = server.append(vec![revision]).await;
        times.push(stamps[0].update_time);
        writer.stamped(&stamps);
    }
    let mut client = server.client().await;
    for newest_first in [false, true] {
        let request = ListEventsRequest {
            filter: topic("military"),
            start_time: Some(times[6]),
            end_time: Some(times[24]),
            page_size: 2,
            newest_first,
            ..ListEventsRequest::default()
        };
        let (events, _) = pages(&mut client, &request).await;
        let inside =
            (0..30).filter(|index| index % 3 == 0 && times[*index] >= times[6] && times[*index] < times[24]);
        let mut expected: Vec<String> = inside.map(|index| format!("event-{:06}", index + 1)).collect();
        if newest_first {
            expected.reverse();
        }
        assert_eq!(ids(&events), expected);
    }
}

#[tokio::test]
async fn a_page_token_serves_its_own_list_only() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 10, "military").await;
    let mut client = server.client().await;
    let request = ListEventsRequest {
        page_size: 3,
        ..ListEventsRequest::default()
    };
    let token = client
        .list_events(request.clone())
        .await
        .unwrap()
        .into_inner()
        .next_page_token;
    let with = |token: &str| ListEventsRequest {
        page_token: token.into(),
        ..request.clone()
    };
    let larger = ListEventsRequest {
        page_size: 7,
        ..with(&token)
    };
    assert_eq!(
        client
            .list_events(larger)
            .await
            .unwrap()
            .into_inner()
            .events
            .len(),
        7,
        "the size may change"
    );
    for other in [
        with("x"),
        with(&token[1..]),
        ListEventsRequest {
            filter: topic("military"),
            ..with(&token)
        },
        ListEventsRequest {
            newest_first: true,
            ..with(&token)
        },
        ListEventsRequest {
            show_retracted: true,
            ..with(&token)
        },
    ] {
        let status = client.list_events(other).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(
            status.get_details_error_info().unwrap().reason,
            reason::PAGE_TOKEN_INVALID
        );
    }
    let actors = ListActorsRequest {
        page_token: token,
        ..ListActorsRequest::default()
    };
    let status = client.list_actors(actors).await.unwrap_err();
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::PAGE_TOKEN_INVALID
    );
}

#[tokio::test]
async fn a_page_that_needs_a_trimmed_revision_says_so() {
    let server = Server::with(|config| {
        config.journal.segment_bytes = 64 << 10;
        config.journal.recent_bytes = 16 << 10;
        config.journal.keep_bytes = 128 << 10;
    })
    .await;
    let mut writer = Writer::padded(500);
    server.fill(&mut writer, 20, "military").await;
    let mut client = server.client().await;
    let request = ListEventsRequest {
        page_size: 10,
        ..ListEventsRequest::default()
    };
    let token = client
        .list_events(request.clone())
        .await
        .unwrap()
        .into_inner()
        .next_page_token;
    // The revision at the pin goes with its file; the newest state stays.
    let revision = writer.state("event-000015", "health", Change::Corrected);
    let stamps = server.append(vec![revision]).await;
    writer.stamped(&stamps);
    server.fill(&mut writer, 2_000, "military").await;
    let journal = server.journal.clone();
    tokio::task::spawn_blocking(move || journal.trim_now())
        .await
        .unwrap()
        .unwrap();
    let status = client
        .list_events(ListEventsRequest {
            page_token: token,
            ..request.clone()
        })
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::OutOfRange);
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::PAGE_TOKEN_EXPIRED
    );
    let (events, _) = pages(
        &mut client,
        &ListEventsRequest {
            page_size: 1_000,
            ..request
        },
    )
    .await;
    assert_eq!(events.len(), 2_020, "current events outlive the trim");
}

#[tokio::test]
async fn a_negative_page_size_is_refused() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let events = ListEventsRequest {
        page_size: -1,
        ..ListEventsRequest::default()
    };
    let actors = ListActorsRequest {
        page_size: -1,
        ..ListActorsRequest::default()
    };
    for status in [
        client.list_events(events).await.unwrap_err(),
        client.list_actors(actors).await.unwrap_err(),
    ] {
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(
            status.get_details_error_info().unwrap().reason,
            reason::FIELD_INVALID
        );
        assert_eq!(
            status.get_details_bad_request().unwrap().field_violations[0].field,
            "page_size"
        );
    }
}

#[tokio::test]
async fn actors_and_topics_count_the_events_that_are_not_retracted() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 5, "military").await;
    let revision = writer.state("event-000003", "military", Change::Retracted);
    let stamps = server.append(vec![revision]).await;
    writer.stamped(&stamps);
    let mut client = server.client().await;
    let topics = client
        .list_topics(ListTopicsRequest {})
        .await
        .unwrap()
        .into_inner()
        .topics;
    assert_eq!(topics.len(), 37);
    let counted: Vec<_> = topics.iter().filter(|topic| topic.event_count > 0).collect();
    assert_eq!(
        (counted.len(), counted[0].topic.as_str(), counted[0].event_count),
        (1, "military", 4)
    );
    for query in ["", "kim", "PRKGOV"] {
        let request = ListActorsRequest {
            query: query.into(),
            ..ListActorsRequest::default()
        };
        let actors = client.list_actors(request).await.unwrap().into_inner().actors;
        assert_eq!(actors.len(), 1, "{query:?}");
        let actor = actors[0].actor.as_ref().unwrap();
        assert_eq!((actor.name.as_str(), actors[0].event_count), ("Kim Jong Un", 4));
    }
    let request = ListActorsRequest {
        query: "nobody".into(),
        ..ListActorsRequest::default()
    };
    assert!(
        client
            .list_actors(request)
            .await
            .unwrap()
            .into_inner()
            .actors
            .is_empty()
    );
}

#[tokio::test]
async fn a_rare_filter_fills_its_page_at_once_however_far_its_events_lie_apart() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    // Far more events than one page may look at one by one.
    for part in 0..3 {
        server.fill(&mut writer, 12_000, "military").await;
        server.fill(&mut writer, 2, "health").await;
        let revision = writer.state(
            &format!("event-{:06}", part * 1_000 + 7),
            "health",
            Change::Corrected,
        );
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    let mut client = server.client().await;
    let mut expected = [7, 1_007, 2_007, 12_001, 12_002, 24_003, 24_004, 36_005, 36_006]
        .map(|number| format!("event-{number:06}"))
        .to_vec();
    for newest_first in [false, true] {
        let request = ListEventsRequest {
            filter: topic("health"),
            newest_first,
            page_size: 5,
            ..ListEventsRequest::default()
        };
        let first = client.list_events(request.clone()).await.unwrap().into_inner();
        assert_eq!(ids(&first.events), expected[..5]);
        let second = ListEventsRequest {
            page_token: first.next_page_token,
            ..request
        };
        let second = client.list_events(second).await.unwrap().into_inner();
        assert_eq!(ids(&second.events), expected[5..]);
        assert_eq!(
            second.next_page_token, "",
            "the indexes know that nothing follows"
        );
        expected.reverse();
    }
}
