//! A stop is told to every reader and takes no longer than promised.

use std::{
    io::Read,
    net::TcpStream,
    time::{Duration, Instant},
};

use dateline_proto::v1::{
    EndReason, SubscribeRequest, feed_service_client::FeedServiceClient, subscribe_response::Message,
};
use futures_util::StreamExt;
use tonic::{Code, transport::Endpoint};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::server;

const STREAMS: usize = 500;
const DEADLINE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn drain_ends_500_idle_streams_a_health_watch_and_a_bare_connection_in_10_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data")).start();
    let mut idle_connection = TcpStream::connect(server.address()).unwrap();

    let mut streams = Vec::new();
    for _ in 0..5 {
        let channel = Endpoint::from_shared(server.url())
            .unwrap()
            .connect()
            .await
            .unwrap();
        for _ in 0..STREAMS / 5 {
            let mut client = FeedServiceClient::new(channel.clone());
            let mut stream = client
                .subscribe(SubscribeRequest::default())
                .await
                .unwrap()
                .into_inner();
            let first = stream.next().await.unwrap().unwrap();
            assert!(matches!(first.message, Some(Message::Started(_))));
            streams.push(stream);
        }
    }
    let channel = Endpoint::from_shared(server.url())
        .unwrap()
        .connect()
        .await
        .unwrap();
    let mut watch = HealthClient::new(channel)
        .watch(HealthCheckRequest::default())
        .await
        .unwrap()
        .into_inner();
    watch.next().await.unwrap().unwrap();

    let asked = Instant::now();
    let ended = tokio::task::spawn_blocking(move || server.terminate(DEADLINE));
    for mut stream in streams {
        let mut last = None;
        let status = loop {
            match stream.next().await {
                Some(Ok(response)) => last = response.message,
                Some(Err(status)) => break status,
                None => panic!("a drained stream ends with a status"),
            }
        };
        let Some(Message::StreamEnding(ending)) = last else {
            panic!("the last message was {last:?}")
        };
        assert_eq!(ending.reason(), EndReason::ServerDraining);
        assert!(!ending.cursor.is_empty() && ending.reconnect_delay.is_some());
        assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    }
    let status = ended.await.unwrap().expect("the server ends within its deadline");
    assert!(
        status.success(),
        "a drained server ends with success, not {status}"
    );
    assert!(asked.elapsed() < DEADLINE, "it took {:?}", asked.elapsed());
    let mut rest = Vec::new();
    idle_connection.set_read_timeout(Some(DEADLINE)).unwrap();
    // Closed or reset: either way it is over.
    let _ = idle_connection.read_to_end(&mut rest);
}
