//! An edited article sends its difference and nothing else.

use std::{collections::BTreeMap, fs};

use dateline_proto::v1::{Change, Event, EventType};

use crate::{
    client::{self, Running},
    server,
};

const BEFORE: &str = "France accused Russia of spying. Germany condemned China. Japan praised Canada.\n";
/// One sentence removed, one changed, one added, one moved.
const AFTER: &str = "France accused Russia of spying on its ministries. Turkey threatened Greece with war. Japan praised Canada.\n";

#[test]
fn an_edit_sends_exactly_the_difference_and_the_same_text_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::command(&folder.path().join("data")).start();
    let address = server.address();
    let article = folder.path().join("report.txt");
    let ingest = |text: &str| {
        fs::write(&article, text).unwrap();
        let args = [
            "ingest",
            "--published",
            "2024-05-06",
            "--output",
            "json",
            article.to_str().unwrap(),
        ];
        let line = client::ok(address, &args);
        serde_json::from_str::<serde_json::Value>(&line).unwrap()
    };

    let args = ["watch", "--since", "earliest", "--output", "json"];
    let watch = Running::start(address, &args, folder.path(), "watch");
    assert_eq!(ingest(BEFORE)["created"], 3);
    watch.wait_until("the article's three events", |lines| lines.lines().count() == 3);

    let edited = ingest(AFTER);
    assert_eq!(edited["outcome"], "INGEST_OUTCOME_UPDATED");
    for (outcome, count) in [
        ("created", 1),
        ("corrected", 1),
        ("retracted", 1),
        ("unchanged", 1),
    ] {
        assert_eq!(edited[outcome], count, "{outcome} of {edited}");
    }
    assert_eq!(ingest(AFTER)["outcome"], "INGEST_OUTCOME_DUPLICATE");
    // What comes after the duplicate shows that the duplicate itself sent nothing.
    let other = folder.path().join("other.txt");
    fs::write(&other, "Egypt condemned Israel.\n").unwrap();
    client::ok(
        address,
        &["ingest", "--published", "2024-05-07", other.to_str().unwrap()],
    );
    watch.wait_until("the other article's event", |lines| lines.lines().count() >= 7);

    let seen = watch.events();
    let changes: BTreeMap<EventType, Change> = seen[3..6]
        .iter()
        .map(|event| (event.r#type(), event.change()))
        .collect();
    let expected = [
        (EventType::Accuse, Change::Retracted),
        (EventType::Accuse, Change::Corrected),
        (EventType::Threaten, Change::Created),
    ];
    let mut got: Vec<_> = seen[3..6]
        .iter()
        .map(|event| (event.r#type(), event.change()))
        .collect();
    got.sort_by_key(|(kind, change)| (*kind as i32, -(*change as i32)));
    assert_eq!(got, expected, "{changes:?}");
    assert_eq!(seen.len(), 7, "nothing else was sent");
    let corrected = seen
        .iter()
        .find(|event| event.change() == Change::Corrected)
        .unwrap();
    assert_eq!(
        corrected.mentions[0].sentence,
        "France accused Russia of spying on its ministries."
    );
    assert_eq!(corrected.revision, 2);
    shows_its_bytes(address, corrected);
}

/// The mention's byte range, cut from the article that GetArticle returns, is the sentence.
fn shows_its_bytes(address: &str, event: &Event) {
    let mention = &event.mentions[0];
    let args = [
        "get",
        "--article",
        &mention.article_id,
        "--text-hash",
        &mention.text_hash,
        "--output",
        "json",
    ];
    let response: serde_json::Value = serde_json::from_str(&client::ok(address, &args)).unwrap();
    let body = response["article"]["body"].as_str().unwrap();
    assert_eq!(
        &body[mention.start_byte as usize..mention.end_byte as usize],
        mention.sentence
    );
}
