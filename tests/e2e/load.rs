//! The load tool measures what it says: tiny runs with real servers, and a reader that looks into what the counting one passes over.

use std::{path::Path, process::Command};

use dateline_proto::v1::{
    StartPosition, SubscribeRequest, SubscribeResponse, ingest_service_client::IngestServiceClient,
    subscribe_request::Start, subscribe_response::Message,
};
use dateline_tests::load::{
    events::Events,
    report::{Report, Row},
    stream::{Stream, connect},
};
use prost::Message as _;

use crate::server;

/// Runs the load tool and returns its rows.
fn load(folder: &Path, arguments: &str) -> Vec<Row> {
    let json = folder.join("rows.json");
    let output = Command::new(env!("CARGO_BIN_EXE_load"))
        .args(arguments.split(' '))
        .args(["--repeat", "1", "--scratch"])
        .arg(folder)
        .arg("--json")
        .arg(&json)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "load {arguments}: {printed}");
    let report = Report::read_json(&[json]).unwrap();
    assert_eq!(report.notes, [""; 0], "nothing is missing");
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    for row in &report.rows {
        assert!(
            table.contains(&row.system) && table.contains(&row.variant),
            "{table}"
        );
    }
    report.rows
}

fn systems(rows: &[Row]) -> Vec<(&str, &str)> {
    let systems = rows.iter().map(|row| (row.system.as_str(), row.variant.as_str()));
    systems.collect()
}

fn setting(row: &Row, name: &str) -> f64 {
    row.settings[name].parse().unwrap()
}

const BOTH: &str = "--system dateline --system tonic-limit";

#[test]
fn a_replay_beside_the_limit_has_both_rows() {
    let folder = tempfile::tempdir().unwrap();
    let rows = load(
        folder.path(),
        &format!("--scenario replay {BOTH} --set events=30000"),
    );
    assert_eq!(
        systems(&rows),
        [("dateline", "filter=none"), ("tonic-limit", "filter=none")]
    );
    for row in &rows {
        assert!(row.events_per_second.unwrap() > 1_000.0, "{row:?}");
        assert!(row.server_cpu_seconds_per_million.unwrap() > 0.0, "{row:?}");
        let bytes = setting(row, "wire_bytes_per_event");
        assert!(
            (380.0..440.0).contains(&bytes),
            "an event has about 400 bytes: {row:?}"
        );
        assert!(
            row.versions
                .values()
                .all(|version| version.starts_with(char::is_numeric)),
            "{row:?}"
        );
    }
}

#[test]
fn a_fan_out_delivers_to_everybody_and_publishing_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let rows = load(
        folder.path(),
        &format!("--scenario fanout {BOTH} --set subscribers=5 --set deliveries=20000"),
    );
    assert_eq!(
        systems(&rows),
        [("dateline", "subscribers=5"), ("tonic-limit", "subscribers=5")]
    );
    assert!(
        rows.iter().all(|row| setting(row, "published_events") == 4_000.0),
        "{rows:?}"
    );
    let rows = load(
        folder.path(),
        &format!("--scenario publish {BOTH} --variant publishers=1,batch=1, --set span_seconds=0.3"),
    );
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let rate = row.events_per_second.unwrap();
        let longest = row.p99_microseconds.unwrap();
        let middle = setting(row, "p50_microseconds");
        assert!(rate > 0.0 && middle > 0.0 && middle <= longest, "{row:?}");
        // One publisher that waits: its rate is what its latency allows.
        assert!(rate <= 1.1e6 / middle * 2.0, "{row:?}");
    }
}

#[test]
fn paced_idle_stalled_and_full_runs_have_their_figures() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| load(folder.path(), arguments).remove(0);
    let row = run(
        "--scenario fanout-paced --variant filters=10 --set subscribers=20 --set span_seconds=1.0 --set rate=100",
    );
    assert_eq!(row.variant, "subscribers=20,filters=10,rate=100");
    assert!(row.p99_microseconds.unwrap() > 0.0 && setting(&row, "fdatasync_p99_microseconds") > 0.0);
    let row = run(
        "--scenario fanout-filters --variant filters=1000, --set subscriptions=1000 --set events=500 --set connections=10",
    );
    assert!(setting(&row, "cpu_ratio_to_ten") > 0.0, "{row:?}");
    // More than fit into memory that the server has already.
    let row = run("--scenario idle --set subscriptions=15000 --set connections=10 --set idle_seconds=1.0");
    assert!(row.resident_bytes_per_subscription.unwrap() > 0.0, "{row:?}");
    let row =
        run("--scenario stalled --set stalled=20 --set burst=2000 --set span_seconds=1.0 --set rate=100");
    assert!(setting(&row, "p99_microseconds_without") > 0.0 && setting(&row, "p99_ratio_of_the_pair") > 0.0);
    let row = run("--scenario journal-size --set events=3000 --variant events=3000");
    assert!(
        setting(&row, "first_event_from_the_middle_seconds") < row.seconds.unwrap(),
        "{row:?}"
    );
    let row = run("--scenario replay-sparse --variant 0.01% --set events=20000 --events samples");
    assert_eq!(row.variant, "filter=0.01%,events=samples");
    assert_eq!(setting(&row, "matching_events"), 2.0);
}

#[tokio::test]
async fn what_the_counting_reader_passes_over_is_what_was_published() {
    const EVENTS: u64 = 5_000;
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data")).start();
    let channel = connect(&server.url()).await.unwrap();
    let events = Events::made(400);
    for first in (0..EVENTS).step_by(1_000) {
        let request = events.batch(first..first + 1_000);
        let mut client = IngestServiceClient::new(channel.clone());
        client.publish_events(request).await.unwrap();
    }
    let request = SubscribeRequest {
        start: Some(Start::StartPosition(StartPosition::Earliest as i32)),
        stop_when_caught_up: true,
        ..Default::default()
    };
    let mut stream = Stream::open(channel, &request).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.chunk().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    assert_eq!(stream.seen().events, EVENTS, "as it counts");
    let mut decoded = 0;
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[1..5].try_into().unwrap()) as usize;
        let response = SubscribeResponse::decode(&rest[5..5 + length]).unwrap();
        rest = &rest[5 + length..];
        let Some(Message::Batch(batch)) = response.message else {
            continue;
        };
        for event in batch.events {
            let published = events.event(decoded);
            assert_eq!(event.event_id, published.event_id, "in the order of publishing");
            assert_eq!(event.actors, published.actors);
            assert_eq!(event.topics, published.topics);
            assert_eq!(event.mentions[0].sentence, published.mentions[0].sentence);
            assert!(!event.cursor.is_empty());
            decoded += 1;
        }
    }
    assert_eq!(decoded, EVENTS, "as it is decoded");
}
