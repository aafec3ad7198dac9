//! What the world may throw at the service: each gets a typed, clear error, and nothing is lost.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use dateline_proto::v1::{
    Article, BodyFormat, EventFilter, GetFeedInfoRequest, IngestArticleRequest, ListEventsRequest,
    PublishEventsRequest, SubscribeRequest, feed_service_client::FeedServiceClient,
    ingest_service_client::IngestServiceClient, subscribe_request::Start,
};
use dateline_tests::{load::events::event, process::ServerProcess};
use tonic::{Code, Status, transport::Channel};
use tonic_types::StatusExt;

use crate::{articles, client, server};

async fn connect(server: &ServerProcess) -> Channel {
    tonic::transport::Endpoint::from_shared(server.url())
        .unwrap()
        .connect()
        .await
        .unwrap()
}

/// The error's code and reason, which every error has.
fn typed(status: &Status) -> (Code, String) {
    let info = status
        .get_details_error_info()
        .unwrap_or_else(|| panic!("{status:?} has no ErrorInfo"));
    assert_eq!(info.domain, "dateline");
    assert!(!status.message().is_empty());
    if status.code() == Code::InvalidArgument {
        assert!(
            status.get_details_bad_request().is_some(),
            "{status:?} names no field"
        );
    }
    (status.code(), info.reason)
}

async fn ingest(channel: &Channel, article: Article) -> Status {
    let mut client = IngestServiceClient::new(channel.clone());
    let request = IngestArticleRequest {
        article: Some(article),
        ..Default::default()
    };
    client
        .ingest_article(request)
        .await
        .expect_err("hostile articles are refused")
}

#[tokio::test]
async fn hostile_articles_are_refused_by_name_and_the_server_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(folder.path()).start();
    let channel = connect(&server).await;
    let text = |body: String| Article {
        body,
        ..Article::default()
    };
    let nested = format!(
        "<html><body>{}x{}</body></html>",
        "<div>".repeat(200_000),
        "</div>".repeat(200_000)
    );
    for (article, reason) in [
        (text(String::new()), "ARTICLE_EMPTY"),
        (text(" \n\t".into()), "ARTICLE_EMPTY"),
        (
            text("France accused Russia. ".repeat(50 << 20 >> 4)[..50 << 20].to_owned()),
            "ARTICLE_TOO_LARGE",
        ),
        (text("France accused\0 Russia.".into()), "ARTICLE_INVALID"),
        (
            Article {
                body: nested,
                body_format: BodyFormat::Html as i32,
                ..Article::default()
            },
            "ARTICLE_INVALID",
        ),
        (
            Article {
                language: "xx".into(),
                ..text("Bonjour.".into())
            },
            "LANGUAGE_UNSUPPORTED",
        ),
    ] {
        let bytes = article.body.len();
        assert_eq!(
            typed(&ingest(&channel, article).await),
            (Code::InvalidArgument, reason.into()),
            "{bytes} bytes"
        );
    }
    let huge = text("x".repeat(100 << 20));
    let status = ingest(&channel, huge).await;
    assert!(
        ["REQUEST_TOO_LARGE", "ARTICLE_TOO_LARGE"].contains(&typed(&status).1.as_str()),
        "{status:?}"
    );
    let file = folder.path().join("good.jsonl");
    fs::write(&file, articles::line(1)).unwrap();
    client::ok(server.address(), &["ingest", file.to_str().unwrap()]);
}

#[test]
fn a_bad_file_is_named_with_its_line_and_the_others_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data")).start();
    let input = folder.path().join("input");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.txt"), b"France accused \xff\xfe Russia.").unwrap();
    fs::write(
        input.join("b.jsonl"),
        format!(
            "{}\n{{\"text\": 3}}\nnot json\n{}\n",
            articles::line(1),
            articles::line(2)
        ),
    )
    .unwrap();
    fs::write(input.join("c.txt"), "Germany condemned China.\n").unwrap();
    let output = client::run(
        server.address(),
        &["ingest", "--output", "json", input.to_str().unwrap()],
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    for place in ["a.txt", "b.jsonl:2", "b.jsonl:3"] {
        assert!(told.contains(place), "{place} is not named in {told}");
    }
    assert_eq!(
        String::from_utf8(output.stdout).unwrap().lines().count(),
        3,
        "three good articles were taken"
    );
}

#[tokio::test]
async fn hostile_requests_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(folder.path()).start();
    let mut feed = FeedServiceClient::new(connect(&server).await);
    let filter = |expression: String| {
        Some(EventFilter {
            expression,
            ..EventFilter::default()
        })
    };
    for expression in [
        "a".repeat(100_000),
        "(".repeat(100_000),
        "NOT ".repeat(25_000) + "type = AID",
        "\0".into(),
    ] {
        let request = SubscribeRequest {
            filter: filter(expression),
            ..SubscribeRequest::default()
        };
        let status = feed.subscribe(request).await.unwrap_err();
        assert_eq!(typed(&status), (Code::InvalidArgument, "FILTER_INVALID".into()));
        assert!(status.message().len() < 2_000, "the message repeats the filter");
    }
    let request = ListEventsRequest {
        page_size: -1,
        ..ListEventsRequest::default()
    };
    let status = feed.list_events(request).await.unwrap_err();
    assert_eq!(typed(&status), (Code::InvalidArgument, "FIELD_INVALID".into()));
    let request = ListEventsRequest {
        page_token: "x".into(),
        ..ListEventsRequest::default()
    };
    let status = feed.list_events(request).await.unwrap_err();
    assert_eq!(
        typed(&status),
        (Code::InvalidArgument, "PAGE_TOKEN_INVALID".into())
    );
    let request = SubscribeRequest {
        replay_speed: f64::NAN,
        ..SubscribeRequest::default()
    };
    let status = feed.subscribe(request).await.unwrap_err();
    assert_eq!(typed(&status), (Code::InvalidArgument, "FIELD_INVALID".into()));

    let mut grpc = tonic::client::Grpc::new(connect(&server).await);
    grpc.ready().await.unwrap();
    let codec = tonic_prost::ProstCodec::<GetFeedInfoRequest, GetFeedInfoRequest>::default();
    let path = http::uri::PathAndQuery::from_static("/dateline.v1.FeedService/NoSuchMethod");
    let status = grpc
        .unary(tonic::Request::new(GetFeedInfoRequest {}), path, codec)
        .await
        .unwrap_err();
    assert_eq!(typed(&status), (Code::Unimplemented, "METHOD_UNKNOWN".into()));

    let other_folder = tempfile::tempdir().unwrap();
    let other = server::command(other_folder.path()).start();
    let mut other_feed = FeedServiceClient::new(connect(&other).await);
    let info = other_feed
        .get_feed_info(GetFeedInfoRequest {})
        .await
        .unwrap()
        .into_inner();
    let foreign = info.head_cursor;
    for (cursor, expected) in [
        (foreign, (Code::FailedPrecondition, "CURSOR_EPOCH_MISMATCH")),
        ("garbage".into(), (Code::InvalidArgument, "CURSOR_MALFORMED")),
    ] {
        let request = SubscribeRequest {
            start: Some(Start::AfterCursor(cursor)),
            ..SubscribeRequest::default()
        };
        let status = feed.subscribe(request).await.unwrap_err();
        assert_eq!(typed(&status), (expected.0, expected.1.to_owned()));
    }
}

/// Runs the server in a mount namespace of its own with a small file system as its data folder, which needs no rights on most
/// systems; a file beside the data takes up room until it is removed.
const SMALL_DISK: &str =
    r#"mount -t tmpfs -o size=24m tmpfs "$0" && head -c 8m /dev/zero > "$0/filler" && exec "$@""#;

#[tokio::test]
async fn a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let disk = folder.path().to_str().unwrap();
    let server = server::command(&data)
        .wrapped([
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            SMALL_DISK,
            disk,
        ])
        .env("DATELINE_JOURNAL_SEGMENT_BYTES", "1048576")
        .start();
    let mut client = IngestServiceClient::new(connect(&server).await);
    let mut acknowledged = 0;
    let status = loop {
        let events = (acknowledged..acknowledged + 100)
            .map(|n| event(n, 1_000))
            .collect();
        match client
            .publish_events(PublishEventsRequest {
                events,
                ..Default::default()
            })
            .await
        {
            Ok(_) => acknowledged += 100,
            Err(status) => break status,
        }
        assert!(acknowledged < 100_000, "the disk never filled up");
    };
    assert_eq!(typed(&status), (Code::Unavailable, "STORE_NOT_READY".into()));
    assert!(acknowledged > 0);

    let inside = Path::new("/proc")
        .join(server.pid().to_string())
        .join("root")
        .join(disk.trim_start_matches('/'));
    fs::remove_file(inside.join("filler")).unwrap();
    // What was refused is sent again: it is a duplicate if it had been stored, and is there once either way.
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let events = (acknowledged..acknowledged + 100)
            .map(|n| event(n, 1_000))
            .collect();
        match client
            .publish_events(PublishEventsRequest {
                events,
                ..Default::default()
            })
            .await
        {
            Ok(_) => break,
            Err(status) => assert!(
                Instant::now() < deadline,
                "with room again it still refuses: {status:?}"
            ),
        }
    }
    let events = client::events(
        server.address(),
        &["watch", "--since", "earliest", "--until-caught-up"],
    );
    let ids: Vec<&str> = events.iter().map(|event| event.event_id.as_str()).collect();
    let expected: Vec<String> = (0..acknowledged + 100).map(|n| format!("load-{n}")).collect();
    assert!(
        ids == expected,
        "{} of {} acknowledged events are there",
        ids.len(),
        expected.len()
    );
}
