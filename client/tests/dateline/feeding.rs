//! `ingest` and `publish`: order, bad items, broken connections.

use std::fs;

use dateline_proto::v1::{IngestArticleResponse, IngestOutcome, PublishOutcome, PublishResult};

use crate::{run, run_with_input, stage::Stage};

fn articles(bodies: impl IntoIterator<Item = String>) -> String {
    bodies
        .into_iter()
        .enumerate()
        .map(|(at, body)| format!("{{\"id\": \"a{at}\", \"text\": \"{body}\"}}\n"))
        .collect()
}

fn responses(json: &str) -> Vec<IngestArticleResponse> {
    json.lines()
        .map(|line| serde_json::from_str(line).expect("an IngestArticleResponse"))
        .collect()
}

#[tokio::test]
async fn every_article_arrives_once_over_broken_connections() {
    let stage = Stage::default();
    stage.breaks.lock().unwrap().extend([0, 3, 10, 0]);
    let (stage, address) = stage.serve().await;
    let input = articles((0..100).map(|at| format!("text {at}")));
    let finished = run_with_input(&address, &["ingest", "-", "-o", "json"], &input).await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let ids: Vec<_> = responses(&finished.out)
        .into_iter()
        .map(|response| response.article_id)
        .collect();
    let expected: Vec<_> = (0..100).map(|at| format!("a{at}")).collect();
    assert_eq!(ids, expected);
    assert_eq!(stage.articles.lock().unwrap().len(), 100);
}

#[tokio::test]
async fn an_article_that_the_server_will_not_read_does_not_stop_the_others() {
    let (stage, address) = Stage::default().serve().await;
    // Beyond the stage's limit for a message, 4 MiB.
    let huge = "x".repeat(5_000_000);
    let input = articles((0..60).map(|at| {
        if at % 20 == 10 {
            huge.clone()
        } else {
            format!("text {at}")
        }
    }));
    let finished = run_with_input(&address, &["ingest", "-", "-o", "json"], &input).await;
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let refused: Vec<_> = responses(&finished.out)
        .into_iter()
        .filter(|response| response.outcome() == IngestOutcome::Rejected)
        .map(|response| response.article_id)
        .collect();
    assert_eq!(refused, ["a10", "a30", "a50"]);
    assert_eq!(finished.out.lines().count(), 60);
    assert_eq!(stage.articles.lock().unwrap().len(), 57);
    assert!(
        finished.err.contains("-:11: the request or its answer is larger"),
        "{finished:?}"
    );
}

#[tokio::test]
async fn a_bad_item_is_told_with_its_place_and_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "good one").unwrap();
    fs::write(folder.path().join("b.txt"), "bad one").unwrap();
    fs::write(
        folder.path().join("c.jsonl"),
        "{\"text\": \"good two\"}\nnonsense\n{\"text\": \"good three\"}\n",
    )
    .unwrap();
    let (_stage, address) = Stage::default().serve().await;
    let finished = run(
        &address,
        &[
            "ingest",
            folder.path().to_str().unwrap(),
            "missing.txt",
            "-o",
            "json",
        ],
    )
    .await;
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let outcomes: Vec<_> = responses(&finished.out)
        .iter()
        .map(IngestArticleResponse::outcome)
        .collect();
    use IngestOutcome::{New, Rejected};
    assert_eq!(outcomes, [New, Rejected, New, New]);
    assert!(finished.err.contains("b.txt: this is no article"), "{finished:?}");
    assert!(finished.err.contains("c.jsonl:2"), "{finished:?}");
    assert!(finished.err.contains("missing.txt"), "{finished:?}");
}

#[tokio::test]
async fn flags_fill_what_the_file_does_not_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, "text").unwrap();
    let (stage, address) = Stage::default().serve().await;
    let args = [
        "ingest",
        path.to_str().unwrap(),
        "--uri",
        "https://example.org/a",
        "--published",
        "2023-09-13",
        "--publisher",
        "Example Times",
        "--title",
        "A title",
    ];
    let finished = run(&address, &args).await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(finished.out.starts_with("new "), "{finished:?}");
    assert!(finished.err.contains("1 article: 1 new"), "{finished:?}");
    let articles = stage.articles.lock().unwrap();
    let article = &articles[0];
    assert_eq!(
        (article.article_id.as_str(), article.uri.as_str()),
        ("", "https://example.org/a")
    );
    assert_eq!(
        (article.publisher.as_str(), article.title.as_str()),
        ("Example Times", "A title")
    );
    assert_eq!(article.publish_time.unwrap().seconds, 1_694_563_200);
}

#[tokio::test]
async fn published_lines_have_an_outcome_each() {
    let (stage, address) = Stage::default().serve().await;
    let input = "{\"eventId\": \"e1\", \"type\": \"EVENT_TYPE_AID\"}\n\n{\"eventId\": \"e2\"}\n{\"x\": 1}\n";
    let finished = run_with_input(&address, &["publish", "-", "-o", "json"], input).await;
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let results: Vec<PublishResult> = finished
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let outcomes: Vec<_> = results.iter().map(PublishResult::outcome).collect();
    assert_eq!(outcomes, [PublishOutcome::Created, PublishOutcome::Rejected]);
    assert!(finished.err.contains("-:3: type is missing"), "{finished:?}");
    assert!(finished.err.contains("-:4:"), "{finished:?}");
    assert_eq!(stage.published.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_thousand_lines_are_published_in_order() {
    let (stage, address) = Stage::default().serve().await;
    let input: String = (0..1_200)
        .map(|at| format!("{{\"eventId\": \"e{at}\", \"type\": \"EVENT_TYPE_AID\"}}\n"))
        .collect();
    let finished = run_with_input(&address, &["publish", "-"], &input).await;
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert_eq!(finished.out.lines().count(), 1_200);
    assert!(
        finished.err.contains("1,200 events taken, 0 refused"),
        "{finished:?}"
    );
    let published = stage.published.lock().unwrap();
    assert!(
        published
            .iter()
            .enumerate()
            .all(|(at, event)| event.event_id == format!("e{at}"))
    );
}
