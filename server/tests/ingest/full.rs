//! A disk without room: what is not stored is refused and forgotten, what is acknowledged stays, and the server goes on.

use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
};

use dateline_proto::v1::{
    Actor, Event, EventType, IngestArticleRequest, Mention, PublishEventsRequest, PublishOutcome,
    PublishResult,
};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::harness::{MEETING, Server, article, reason};

const NAME: &str = "full::what_a_full_disk_does_not_take_is_refused_and_forgotten";
const INSIDE: &str = "DATELINE_TEST_UNDER_LIMIT";

/// The process may not make files larger than a limit, which the journal's segment reaches first.
#[test]
fn what_a_full_disk_does_not_take_is_refused_and_forgotten() {
    if std::env::var_os(INSIDE).is_some() {
        return tokio::runtime::Runtime::new().unwrap().block_on(fill());
    }
    // Blocks of 512 bytes: 64 MiB and a little, of which the file's data area takes all but the little. The signal is ignored, so that the write fails instead.
    let script =
        format!("trap '' XFSZ; ulimit -f 132000; exec \"$0\" --exact {NAME} --nocapture --test-threads=1");
    let run = Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env(INSIDE, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(told.contains("1 passed"), "{told}");
}

async fn fill() {
    let mut server = Server::start().await;
    let mut stored = BTreeMap::new();
    // Several at once, so that some are planned on others that fail.
    'filling: for round in 0.. {
        assert!(round < 200, "the limit is reached");
        let size = if round < 5 { 100 } else { 15_000 };
        let calls = (0..8).map(|n| publish(&server, event(&format!("{round}-{}", n / 2), n, size)));
        // The text of an article stands where the limit lies: the third long one does not fit, and much more room is left than what comes
        // after it needs.
        let long = "Nothing happened in the village today. ".repeat(size * 29 / 100);
        let mut client = server.ingest.clone();
        let request = IngestArticleRequest {
            article: Some(article(&format!("long {round}"), &[&long])),
            ..Default::default()
        };
        let (results, put) = tokio::join!(
            futures_util::future::join_all(calls),
            client.ingest_article(request)
        );
        let put = put.map(|_| None);
        for result in results.into_iter().map(|result| result.map(Some)).chain([put]) {
            match result {
                Ok(None) => {}
                Ok(Some(result)) => {
                    assert!(matches!(
                        result.outcome(),
                        PublishOutcome::Created | PublishOutcome::Revised
                    ));
                    let newest = stored.entry(result.event_id).or_insert(0);
                    *newest = result.revision.max(*newest);
                }
                Err(status) => {
                    assert_eq!(reason(&status), (Code::Unavailable, "STORE_NOT_READY".into()));
                    let retry = status
                        .get_error_details()
                        .retry_info()
                        .and_then(|info| info.retry_delay);
                    assert!(retry.is_some(), "{status:?}");
                    break 'filling;
                }
            }
        }
    }
    // Small things still fit. What failed was forgotten: it is news, or the next revision of what had been stored before.
    for n in 0..4 {
        for id in stored
            .keys()
            .cloned()
            .chain([format!("none {n}")])
            .collect::<Vec<_>>()
        {
            let known = stored.get(&id).copied().unwrap_or_default();
            let result = publish(&server, small(&id, n)).await.unwrap();
            let newest = known.max(result.revision - 1);
            assert_eq!(result.revision, newest + 1, "{id}");
            stored.insert(id, result.revision);
        }
    }
    assert_eq!(server.put(article("a", &[MEETING])).await.created, 1);

    let mut server = server.restart().await;
    let mut count = 0;
    for revision in server.revisions().await {
        count += 1;
        let newest = stored.get_mut(&revision.event_id);
        if let Some(newest) = newest {
            assert!(revision.revision <= *newest);
        }
    }
    assert!(count > 40, "{count}");
    for (id, revision) in stored {
        assert_eq!(server.event(&id).await.revision, revision, "{id}");
    }
}

async fn publish(server: &Server, event: Event) -> Result<PublishResult, Status> {
    let request = PublishEventsRequest {
        events: vec![event],
        ..Default::default()
    };
    let mut client = server.ingest.clone();
    let response = client.publish_events(request).await?.into_inner();
    Ok(response.results.into_iter().next().expect("one for each"))
}

fn small(id: &str, n: usize) -> Event {
    Event {
        event_id: id.into(),
        r#type: EventType::Protest.into(),
        actors: vec![Actor {
            name: format!("students {n}"),
            ..Default::default()
        }],
        coder: "by hand".into(),
        ..Default::default()
    }
}

fn event(id: &str, n: usize, size: usize) -> Event {
    let mention = |m: usize| Mention {
        article_id: format!("article {m}"),
        sentence: "x".repeat(size),
        ..Default::default()
    };
    Event {
        mentions: (0..15).map(mention).collect(),
        ..small(id, n + 100)
    }
}
