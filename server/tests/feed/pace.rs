//! The past at a pace.

use std::time::{Duration, Instant};

use dateline_proto::{
    time::Timestamp,
    v1::{EndReason, SubscribeRequest, UpdateSubscriptionRequest, subscribe_response::Message},
};

use crate::harness::{PATIENCE, Reader, Server, Writer, earliest, events_of, ids, topic};

/// Far more than a loaded machine needs to send an event that is due.
const TOLERANCE: Duration = Duration::from_secs(10);

/// Six events, some time apart, of two topics; when each came.
async fn spaced(server: &Server, writer: &mut Writer) -> Vec<Timestamp> {
    let mut times = Vec::new();
    for number in 0..6 {
        let revision = writer.new_event(["military", "health"][number % 2]);
        let stamps = server.append(vec![revision]).await;
        times.push(stamps[0].update_time);
        writer.stamped(&stamps);
        tokio::time::sleep(Duration::from_millis(120)).await;
    }
    times
}

fn apart(from: Timestamp, to: Timestamp) -> Duration {
    let nanos = |time: Timestamp| i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos);
    Duration::from_nanos(u64::try_from(nanos(to) - nanos(from)).unwrap())
}

#[tokio::test]
async fn no_revision_comes_before_its_turn_and_filters_do_not_change_the_pace() {
    for (speed, filter, step) in [(1.0, None, 1), (4.0, None, 1), (0.5, topic("health"), 2)] {
        let server = Server::start().await;
        let mut writer = Writer::default();
        let times = spaced(&server, &mut writer).await;
        let mut client = server.client().await;
        let request = SubscribeRequest {
            filter,
            replay_speed: speed,
            ..earliest()
        };
        let begun = Instant::now();
        let mut reader = Reader::open(&mut client, request).await.unwrap();
        let (mut seen, mut caught_up) = (0, 0);
        while caught_up == 0 {
            let message = reader.message().await;
            let came = begun.elapsed();
            for event in events_of(std::slice::from_ref(&message)) {
                seen += step;
                assert_eq!(event.event_id, format!("event-{seen:06}"));
                let turn = apart(times[0], times[seen - 1]).div_f64(speed);
                // But for the last digits of a floating-point number.
                assert!(came + Duration::from_micros(1) >= turn, "{came:?} {turn:?}");
                assert!(came < turn + TOLERANCE, "{came:?} {turn:?}");
            }
            caught_up += usize::from(matches!(message, Message::CaughtUp(_)));
        }
        assert_eq!(seen, 6);
        // What is new comes as it happens.
        let stamps = server.append(vec![writer.new_event("health")]).await;
        writer.stamped(&stamps);
        let batch = reader.batch().await;
        assert_eq!(batch.events.len(), 1);
    }
}

#[tokio::test]
async fn a_high_speed_brings_everything_in_order_and_is_caught_up_once() {
    let server = Server::start().await;
    server.fill(&mut Writer::default(), 5_000, "military").await;
    let mut client = server.client().await;
    let request = SubscribeRequest {
        replay_speed: 1e12,
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request).await.unwrap();
    let messages = reader.until_caught_up().await;
    let expected: Vec<String> = (1..=5_000).map(|number| format!("event-{number:06}")).collect();
    assert_eq!(ids(&events_of(&messages)), expected);
    let caught_up = messages
        .iter()
        .filter(|message| matches!(message, Message::CaughtUp(_)));
    assert_eq!(caught_up.count(), 1);
}

#[tokio::test]
async fn a_stream_that_waits_for_its_turn_still_says_how_far_it_is_changes_its_filter_and_ends() {
    let mut server = Server::start().await;
    let mut writer = Writer::default();
    spaced(&server, &mut writer).await;
    let mut client = server.client().await;
    // The second event is due in days.
    let request = SubscribeRequest {
        replay_speed: 1e-6,
        heartbeat_interval: Some(Duration::from_secs(1).into()),
        ..earliest()
    };
    let mut reader = Reader::open(&mut client, request.clone()).await.unwrap();
    let Message::Started(started) = reader.message().await else {
        panic!("it comes first")
    };
    assert_eq!(reader.batch().await.events.len(), 1);
    let Message::Checkpoint(checkpoint) = reader.message().await else {
        panic!("nothing else is due")
    };
    assert_eq!(checkpoint.lag_events, 5);
    let change = UpdateSubscriptionRequest {
        subscription_id: started.subscription_id,
        filter: topic("health"),
    };
    client.update_subscription(change).await.unwrap();
    loop {
        match reader.message().await {
            Message::FilterChanged(changed) => {
                assert_eq!(changed.cursor, checkpoint.cursor);
                break;
            }
            Message::Checkpoint(_) => {}
            other => panic!("nothing is due: {other:?}"),
        }
    }
    // An end in time does not wait for the pace.
    let at = std::time::SystemTime::now() + Duration::from_millis(300);
    let ending = SubscribeRequest {
        end_time: Some(at.into()),
        replay_speed: 1e9,
        ..request
    };
    let mut other = Reader::open(&mut client, ending).await.unwrap();
    let last = loop {
        if let Message::StreamEnding(ending) = other.message().await {
            break ending;
        }
    };
    assert_eq!(last.reason(), EndReason::EndTimeReached);
    server.stop();
    let drained = tokio::time::timeout(PATIENCE, async {
        loop {
            match reader.message().await {
                Message::StreamEnding(ending) => return ending,
                Message::Checkpoint(_) => {}
                other => panic!("nothing is due: {other:?}"),
            }
        }
    });
    let ending = drained.await.unwrap();
    assert_eq!(ending.reason(), EndReason::ServerDraining);
    assert_eq!(ending.cursor, checkpoint.cursor);
}
