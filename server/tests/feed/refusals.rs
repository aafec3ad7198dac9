//! What a subscription or a look-up is refused for, each with a reason that a program can act on.

use std::time::Duration;

use dateline_journal::{Cursor, Epoch, Sequence};
use dateline_proto::{
    reason,
    time::Timestamp,
    v1::{EventFilter, SubscribeRequest, subscribe_request::Start},
};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::harness::{Client, Reader, Server, Writer, after};

async fn refused(client: &mut Client, request: SubscribeRequest) -> Status {
    Reader::open(client, request).await.err().expect("it is refused")
}

fn reason_of(status: &Status) -> String {
    let info = status
        .get_details_error_info()
        .expect("every error has ErrorInfo");
    assert_eq!(info.domain, reason::DOMAIN);
    info.reason
}

#[tokio::test]
async fn values_out_of_range_are_refused_with_their_field() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let empty = SubscribeRequest::default;
    let heartbeat = |span: dateline_proto::time::Duration| SubscribeRequest {
        heartbeat_interval: Some(span),
        ..empty()
    };
    let speed = |replay_speed| SubscribeRequest {
        replay_speed,
        ..empty()
    };
    let bad_time = Timestamp {
        seconds: 0,
        nanos: -1,
    };
    for (field, request) in [
        ("heartbeat_interval", heartbeat(Duration::from_millis(999).into())),
        (
            "heartbeat_interval",
            heartbeat(Duration::from_millis(60_001).into()),
        ),
        (
            "heartbeat_interval",
            heartbeat(dateline_proto::time::Duration {
                seconds: -15,
                nanos: 0,
            }),
        ),
        (
            "max_batch_size",
            SubscribeRequest {
                max_batch_size: 1_001,
                ..empty()
            },
        ),
        (
            "backlog_count",
            SubscribeRequest {
                start: Some(Start::BacklogCount(100_001)),
                ..empty()
            },
        ),
        (
            "start_position",
            SubscribeRequest {
                start: Some(Start::StartPosition(9)),
                ..empty()
            },
        ),
        (
            "start_time",
            SubscribeRequest {
                start: Some(Start::StartTime(bad_time)),
                ..empty()
            },
        ),
        (
            "expired_cursor_policy",
            SubscribeRequest {
                expired_cursor_policy: 9,
                ..empty()
            },
        ),
        ("replay_speed", speed(-1.0)),
        ("replay_speed", speed(f64::NAN)),
        ("replay_speed", speed(f64::INFINITY)),
        (
            "end_time",
            SubscribeRequest {
                end_time: Some(bad_time),
                ..empty()
            },
        ),
        (
            "lag_policy",
            SubscribeRequest {
                lag_policy: 77,
                ..empty()
            },
        ),
        (
            "client_label",
            SubscribeRequest {
                client_label: "x".repeat(129),
                ..empty()
            },
        ),
    ] {
        let status = refused(&mut client, request).await;
        assert_eq!(status.code(), Code::InvalidArgument, "{field}");
        assert_eq!(reason_of(&status), reason::FIELD_INVALID);
        assert_eq!(
            status.get_details_bad_request().unwrap().field_violations[0].field,
            field
        );
    }
    for span in [Duration::from_secs(1), Duration::from_secs(60)] {
        Reader::open(&mut client, heartbeat(span.into())).await.unwrap();
    }
}

#[tokio::test]
async fn cursors_that_lead_nowhere_are_told_apart() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 3, "military").await;
    let mut client = server.client().await;
    let head = server.journal.cursor(server.journal.head()).to_string();
    let mut damaged = head.clone().into_bytes();
    damaged[10] ^= 1;
    for text in [
        "",
        "x",
        "not a cursor at all, and long",
        &String::from_utf8(damaged).unwrap(),
        &format!("{head}A"),
    ] {
        let status = refused(&mut client, after(text)).await;
        assert_eq!(status.code(), Code::InvalidArgument, "{text:?}");
        assert_eq!(reason_of(&status), reason::CURSOR_MALFORMED);
    }
    let ahead = server.journal.cursor(server.journal.head().next()).to_string();
    let status = refused(&mut client, after(&ahead)).await;
    assert_eq!(
        (status.code(), reason_of(&status).as_str()),
        (Code::OutOfRange, reason::CURSOR_AHEAD)
    );
    assert_eq!(
        status.get_details_error_info().unwrap().metadata["head_cursor"],
        head
    );
    let foreign = Cursor {
        epoch: Epoch::random(),
        sequence: Sequence::new(1),
    }
    .to_string();
    let status = refused(&mut client, after(&foreign)).await;
    assert_eq!(
        (status.code(), reason_of(&status).as_str()),
        (Code::FailedPrecondition, reason::CURSOR_EPOCH_MISMATCH)
    );
    assert_eq!(
        status.get_details_error_info().unwrap().metadata["epoch"],
        server.journal.epoch().to_string()
    );
    Reader::open(
        &mut client,
        after(&server.journal.cursor(Sequence::ZERO).to_string()),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_filter_that_is_not_understood_is_refused_with_its_place() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let filter = EventFilter {
        expression: "topic:militray".into(),
        ..EventFilter::default()
    };
    let status = refused(
        &mut client,
        SubscribeRequest {
            filter: Some(filter),
            ..SubscribeRequest::default()
        },
    )
    .await;
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(reason_of(&status), reason::FILTER_INVALID);
    assert!(status.message().contains("military"), "{}", status.message());
}
