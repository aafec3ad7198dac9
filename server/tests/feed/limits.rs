//! What a client may ask for at most.

use dateline_proto::{
    reason,
    v1::{
        Article, GetFeedInfoRequest, IngestArticleRequest, SubscribeRequest,
        ingest_service_client::IngestServiceClient,
    },
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{PATIENCE, Reader, Server, earliest, topic};

#[tokio::test]
async fn subscriptions_beyond_the_limit_are_told_when_to_return() {
    let server = Server::with(|config| config.limits.subscriptions = 2).await;
    let mut client = server.client().await;
    let mut first = Reader::open(&mut client, earliest()).await.unwrap();
    let mut second = Reader::open(&mut client, earliest()).await.unwrap();
    first.until_caught_up().await;
    second.until_caught_up().await;
    let info = client
        .get_feed_info(GetFeedInfoRequest {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(info.subscription_count, 2);
    let status = Reader::open(&mut client, earliest())
        .await
        .err()
        .expect("there is no room");
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(
        status.get_details_error_info().unwrap().reason,
        reason::SUBSCRIPTION_LIMIT
    );
    assert!(status.get_details_retry_info().unwrap().retry_delay.is_some());
    drop(first);
    let freed = async {
        while Reader::open(&mut client, earliest()).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, freed)
        .await
        .expect("a reader that left makes room");
}

#[tokio::test]
async fn a_large_filter_is_refused_with_its_size() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic(&"x".repeat(100_000)),
        ..SubscribeRequest::default()
    };
    let status = Reader::open(&mut client, request)
        .await
        .err()
        .expect("it is refused");
    assert_eq!(status.code(), Code::InvalidArgument);
    let info = status.get_details_error_info().unwrap();
    assert_eq!(info.reason, reason::FILTER_INVALID);
    assert_eq!(info.metadata["size_bytes"], "100000");
    assert_eq!(info.metadata["limit_bytes"], "16384");
}

#[tokio::test]
async fn a_request_larger_than_the_server_reads_has_a_reason() {
    let server = Server::with(|config| config.limits.request_bytes = 1 << 20).await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        filter: topic(&"x".repeat(2 << 20)),
        ..SubscribeRequest::default()
    };
    let status = Reader::open(&mut client, request)
        .await
        .err()
        .expect("it is refused");
    assert_eq!(status.code(), Code::ResourceExhausted);
    let info = status.get_details_error_info().unwrap();
    assert_eq!(info.reason, reason::REQUEST_TOO_LARGE);
    assert_eq!(info.metadata["limit_bytes"], "1048576");
}

#[tokio::test]
async fn a_huge_article_is_refused_by_name_and_the_server_goes_on() {
    let server = Server::start().await;
    let mut client = IngestServiceClient::new(server.channel().await);
    for (megabytes, code, reason) in [
        (50, Code::InvalidArgument, reason::ARTICLE_TOO_LARGE),
        (70, Code::ResourceExhausted, reason::REQUEST_TOO_LARGE),
    ] {
        let article = Article {
            body: "Kim met Putin. ".repeat((megabytes << 20) / 15),
            ..Article::default()
        };
        let request = IngestArticleRequest {
            article: Some(article),
            recode: false,
        };
        let status = client.ingest_article(request).await.unwrap_err();
        assert_eq!(status.code(), code, "{status:?}");
        let info = status.get_details_error_info().unwrap();
        assert_eq!(info.reason, reason);
        assert!(info.metadata["size_bytes"].parse::<usize>().unwrap() > 40 << 20);
    }
    let info = server
        .client()
        .await
        .get_feed_info(GetFeedInfoRequest {})
        .await
        .unwrap();
    assert_eq!(info.into_inner().article_count, 0);
}
