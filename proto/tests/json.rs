//! JSON is the protobuf JSON mapping.

use dateline_proto::v1::{Event, EventType, Mention};

#[test]
fn an_event_reads_back_from_its_json() {
    let event = Event {
        event_id: "e".into(),
        r#type: EventType::Consult as i32,
        update_time: Some(dateline_proto::time::Timestamp {
            seconds: 1_694_563_200,
            nanos: 5_000,
        }),
        mentions: vec![Mention {
            start_byte: 3,
            end_byte: 9,
            ..Default::default()
        }],
        ..Default::default()
    };
    let json = serde_json::to_string(&event).unwrap();
    assert_eq!(
        json,
        r#"{"eventId":"e","type":"EVENT_TYPE_CONSULT","mentions":[{"startByte":3,"endByte":9}],"updateTime":"2023-09-13T00:00:00.000005Z"}"#
    );
    assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
}
