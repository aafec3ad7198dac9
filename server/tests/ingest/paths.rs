//! Files that the server is started with.

use std::{fs, time::Instant};

use dateline_proto::v1::{GetFeedInfoRequest, IngestProgress};

use crate::harness::{CHARGE, MEETING, PATIENCE, PROMISE, Server};

async fn done(server: &mut Server) -> IngestProgress {
    let begin = Instant::now();
    loop {
        let info = server
            .feed
            .get_feed_info(GetFeedInfoRequest {})
            .await
            .unwrap()
            .into_inner();
        let progress = info.ingest_progress.expect("something was to be ingested");
        if progress.done {
            return progress;
        }
        assert!(begin.elapsed() < PATIENCE, "{progress:?}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_ingested_at_the_start_and_bad_ones_do_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.txt"), format!("Date: 2023-09-13\n\n{MEETING}")).unwrap();
    fs::write(path("bad.txt"), b"caf\xe9").unwrap();
    let lines = format!(
        "{{\"text\":{CHARGE:?},\"id\":\"line\",\"published\":\"2023-09-13\"}}\n{{\n{{\"text\":\"x\",\"language\":\"fr\"}}\n"
    );
    fs::write(path("b.jsonl"), lines).unwrap();
    let mut server =
        Server::with(|config| config.ingest = vec![folder.path().into(), path("gone.txt")]).await;
    let progress = done(&mut server).await;
    assert_eq!(
        (
            progress.found_articles,
            progress.ingested_articles,
            progress.refused_items
        ),
        (3, 2, 4)
    );
    let revisions = server.revisions().await;
    let mut seen: Vec<_> = revisions
        .iter()
        .map(|event| {
            (
                event.mentions[0].article_id.clone(),
                event.event_date.unwrap().day,
            )
        })
        .collect();
    seen.sort();
    let file = format!("file:{}", path("a.txt").display());
    assert_eq!(seen, [(file, 13), ("line".to_owned(), 13)]);

    // The same files again send nothing; an edited one its difference.
    fs::write(path("a.txt"), format!("Date: 2023-09-13\n\n{MEETING} {PROMISE}")).unwrap();
    let mut server = server.restart().await;
    done(&mut server).await;
    assert_eq!(server.revisions().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_amid_the_files_is_clean_and_the_next_start_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let line =
        |n: usize| format!("{{\"text\":{MEETING:?},\"id\":\"article {n}\",\"published\":\"2023-09-13\"}}\n");
    let lines: String = (0..400).map(line).collect();
    fs::write(folder.path().join("many.jsonl"), lines).unwrap();
    let mut server = Server::with(|config| config.ingest = vec![folder.path().into()]).await;
    server.watch().await.next(1).await;
    let mut server = server.restart().await;
    assert_eq!(done(&mut server).await.ingested_articles, 400);
    let revisions = server.revisions().await;
    let numbers: Vec<_> = revisions.iter().map(|event| event.revision).collect();
    assert_eq!(numbers, (1..=400).collect::<Vec<_>>());
    assert_eq!(revisions[399].article_count, 400);
}
