//! What an operator sees of the streams.

use std::time::{Duration, Instant};

use dateline_proto::{
    reason,
    time::Timestamp,
    v1::{ListSubscriptionsRequest, SubscribeRequest, Subscription, subscribe_response::Message},
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Client, PATIENCE, Reader, Server, Writer, earliest, topic};

async fn streams(client: &mut Client, page_size: i32) -> Vec<Subscription> {
    let mut request = ListSubscriptionsRequest {
        page_size,
        page_token: String::new(),
    };
    let mut all = Vec::new();
    loop {
        let page = client
            .list_subscriptions(request.clone())
            .await
            .unwrap()
            .into_inner();
        assert!(page_size == 0 || page.subscriptions.len() <= page_size as usize);
        all.extend(page.subscriptions);
        if page.next_page_token.is_empty() {
            return all;
        }
        request.page_token = page.next_page_token;
    }
}

/// The streams once they are as wanted; what another task of the server does shows in a moment.
async fn once(client: &mut Client, wanted: impl Fn(&[Subscription]) -> bool) -> Vec<Subscription> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let all = streams(client, 0).await;
        if wanted(&all) {
            return all;
        }
        assert!(Instant::now() < deadline, "{all:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn each_stream_is_shown_with_its_reader_filter_and_progress() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 30, "military").await;
    let mut client = server.client().await;
    assert!(streams(&mut client, 0).await.is_empty());
    let begun = Timestamp::now();
    let request = |label: &str, filter| SubscribeRequest {
        client_label: label.into(),
        filter,
        ..earliest()
    };
    let mut all = Reader::open(&mut client, request("all", None)).await.unwrap();
    let Message::Started(started) = all.message().await else {
        panic!("it comes first")
    };
    all.until_caught_up().await;
    let mut some = Reader::open(&mut client, request("some", topic("health")))
        .await
        .unwrap();
    some.until_caught_up().await;
    let head = server.journal.cursor(server.journal.head()).to_string();
    let shown = once(&mut client, |all| {
        all.len() == 2 && all.iter().all(|stream| stream.caught_up)
    })
    .await;
    let labels: Vec<&str> = shown.iter().map(|stream| stream.client_label.as_str()).collect();
    assert_eq!(labels, ["all", "some"], "the oldest first");
    assert_eq!(shown[0].canonical_filter, "");
    assert!(shown[1].canonical_filter.contains("health"));
    assert_eq!((shown[0].delivered_events, shown[1].delivered_events), (30, 0));
    for stream in &shown {
        assert_eq!((stream.cursor.as_str(), stream.lag_events), (head.as_str(), 0));
        assert_eq!(stream.lag.unwrap(), Duration::ZERO.into());
        assert!(stream.start_time.unwrap() >= begun);
        assert_eq!(stream.principal, "");
    }
    // The secret of the id is the reader's alone.
    assert!(started.subscription_id.starts_with(&shown[0].subscription_id));
    assert!(started.subscription_id.len() > shown[0].subscription_id.len() + 32);
    drop(some);
    once(&mut client, |all| all.len() == 1).await;
}

#[tokio::test]
async fn a_reader_that_does_not_read_is_seen_to_lag() {
    let server = Server::with(|config| config.journal.segment_bytes = 1 << 20).await;
    let mut client = server.client().await;
    let mut stalled_client = server.client().await;
    let mut stalled = Reader::open(&mut stalled_client, earliest()).await.unwrap();
    stalled.until_caught_up().await;
    server.fill(&mut Writer::padded(1_000), 20_000, "military").await;
    let shown = once(&mut client, |all| {
        all[0].lag_events > 0 && all[0].lag.unwrap().seconds > 0
    })
    .await;
    let stream = &shown[0];
    assert_eq!(
        stream.lag_events + stream.delivered_events,
        20_000,
        "everything matches"
    );
    // It is no further than what it was handed.
    let mut seen = 0;
    while seen < 20_000 {
        if let Message::Batch(batch) = stalled.message().await {
            seen += batch.events.len();
        }
    }
    once(&mut client, |all| {
        all[0].lag_events == 0 && all[0].delivered_events == 20_000
    })
    .await;
}

#[tokio::test]
async fn pages_show_each_stream_once_though_others_come_and_go() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let mut readers = Vec::new();
    for number in 0..7 {
        let request = SubscribeRequest {
            client_label: format!("reader {number}"),
            ..earliest()
        };
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        reader.until_caught_up().await;
        readers.push(reader);
    }
    let labels = |streams: &[Subscription]| -> Vec<String> {
        streams.iter().map(|stream| stream.client_label.clone()).collect()
    };
    let expected: Vec<String> = (0..7).map(|number| format!("reader {number}")).collect();
    assert_eq!(labels(&streams(&mut client, 2).await), expected);
    let first = ListSubscriptionsRequest {
        page_size: 3,
        page_token: String::new(),
    };
    let first = client.list_subscriptions(first).await.unwrap().into_inner();
    assert_eq!(labels(&first.subscriptions), expected[..3]);
    // One of the first page goes, and one comes.
    drop(readers.remove(1));
    once(&mut client, |all| all.len() == 6).await;
    readers.push(Reader::open(&mut client, earliest()).await.unwrap());
    let second = ListSubscriptionsRequest {
        page_size: 1_000,
        page_token: first.next_page_token.clone(),
    };
    let second = client.list_subscriptions(second).await.unwrap().into_inner();
    assert_eq!(labels(&second.subscriptions)[..4], expected[3..]);
    for (page_size, page_token, expected) in [
        (-1, String::new(), reason::FIELD_INVALID),
        (1, "x".into(), reason::PAGE_TOKEN_INVALID),
        (1, first.next_page_token[1..].into(), reason::PAGE_TOKEN_INVALID),
    ] {
        let request = ListSubscriptionsRequest {
            page_size,
            page_token,
        };
        let status = client.list_subscriptions(request).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(status.get_details_error_info().unwrap().reason, expected);
    }
}
