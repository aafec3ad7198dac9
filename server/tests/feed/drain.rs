//! How the server stops: every reader is told where it is, and nobody holds it up.

use std::time::{Duration, Instant};

use dateline_proto::{
    reason,
    v1::{EndReason, SubscribeRequest, subscribe_response::Message},
};
use tokio::{io::AsyncReadExt as _, net::TcpStream};
use tonic::Code;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_types::StatusExt as _;

use crate::harness::{Reader, Server, Writer, after, earliest, ids};

#[tokio::test]
async fn a_drain_tells_every_stream_its_cursor_then_unavailable() {
    let mut server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 10, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    reader.until_caught_up().await;
    server.stop();
    let Message::StreamEnding(ending) = reader.message().await else {
        panic!("the end is told")
    };
    assert_eq!(ending.reason(), EndReason::ServerDraining);
    assert!(ending.reconnect_delay.unwrap().to_std().unwrap() > Duration::ZERO);
    let status = reader.next().await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::SERVER_DRAINING
    );
    assert!(status.get_details_retry_info().unwrap().retry_delay.unwrap() > Duration::ZERO);
    server.gone().await;
}

#[tokio::test]
async fn the_cursor_of_a_drain_resumes_on_the_next_start() {
    let mut server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 10, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, earliest()).await.unwrap();
    reader.until_caught_up().await;
    server.stop();
    reader.message().await;
    let cursor = reader.cursor.clone();
    drop((reader, client));
    let server = server.restart(|_| ()).await;
    server.fill(&mut writer, 2, "military").await;
    let mut client = server.client().await;
    let mut reader = Reader::open(&mut client, after(&cursor)).await.unwrap();
    let events = crate::harness::events_of(&reader.until_caught_up().await);
    assert_eq!(ids(&events), ["event-000011", "event-000012"]);
}

#[tokio::test]
async fn the_drain_ends_in_time_whatever_clients_do() {
    let mut server = Server::start().await;
    // Far more than flow control holds, for a reader that never reads it.
    server.fill(&mut Writer::padded(1_000), 5_000, "military").await;
    let mut stuck_client = server.client().await;
    let _stuck = Reader::open(&mut stuck_client, earliest()).await.unwrap();
    let mut clients = Vec::new();
    let mut readers = Vec::new();
    for _ in 0..5 {
        let mut client = server.client().await;
        for _ in 0..100 {
            let mut reader = Reader::open(&mut client, SubscribeRequest::default())
                .await
                .unwrap();
            reader.until_caught_up().await;
            readers.push(reader);
        }
        clients.push(client);
    }
    let mut health = HealthClient::new(server.channel().await);
    let request = HealthCheckRequest {
        service: "dateline.v1.FeedService".into(),
    };
    let mut watch = health.watch(request).await.unwrap().into_inner();
    assert_eq!(
        watch.message().await.unwrap().unwrap().status(),
        ServingStatus::Serving
    );
    let mut bare = TcpStream::connect(server.address).await.unwrap();

    let begun = Instant::now();
    server.stop();
    assert_eq!(
        watch.message().await.unwrap().unwrap().status(),
        ServingStatus::NotServing
    );
    for reader in &mut readers {
        let Message::StreamEnding(ending) = reader.message().await else {
            panic!("the end is told")
        };
        assert_eq!(ending.reason(), EndReason::ServerDraining);
    }
    server.gone().await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(watch.message().await.unwrap_err().code(), Code::Unavailable);
    // The bare connection was open all the time.
    drop(server);
    let _ = bare.read(&mut [0; 64]).await;
}
