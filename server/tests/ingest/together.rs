//! Many writers at once.

use std::collections::BTreeMap;

use dateline_proto::v1::{Change, IngestArticlesRequest};

use crate::harness::{ARREST, CHARGE, MEETING, PROMISE, Server, article};

const WRITERS: usize = 6;
const ROUNDS: usize = 12;

/// What an article tells in a round; in the last one each tells the meeting, and every other one the promise.
fn version(writer: usize, round: usize) -> Vec<&'static str> {
    if round + 1 == ROUNDS {
        return if writer.is_multiple_of(2) {
            vec![MEETING, PROMISE]
        } else {
            vec![MEETING]
        };
    }
    let all = [MEETING, CHARGE, PROMISE, ARREST];
    (0..4)
        .filter(|n| (writer * 7 + round * 5 + n * 3) % 4 < 2)
        .map(|n| all[n])
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_sent_together_leave_no_gap_in_any_event() {
    let mut server = Server::start().await;
    let writers = (0..WRITERS).map(|writer| {
        let mut client = server.ingest.clone();
        tokio::spawn(async move {
            let request = move |round| IngestArticlesRequest {
                article: Some(article(
                    &format!("article {writer}"),
                    &[&["News."], version(writer, round).as_slice()].concat(),
                )),
                ..Default::default()
            };
            let requests = tokio_stream::iter((0..ROUNDS).map(request));
            let mut answers = client.ingest_articles(requests).await.unwrap().into_inner();
            while let Some(answer) = answers.message().await.unwrap() {
                assert_eq!(answer.error_reason, "");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let mut newest = BTreeMap::new();
    for event in server.revisions().await {
        let before = newest.insert(event.event_id.clone(), event.clone());
        assert_eq!(
            event.revision,
            before.as_ref().map_or(1, |before| before.revision + 1)
        );
        let gone = before.is_none_or(|before| before.change() == Change::Retracted);
        assert_eq!(
            event.change() == Change::Created,
            gone,
            "revision {}",
            event.revision
        );
    }
    let live: BTreeMap<_, _> = newest
        .values()
        .filter(|event| event.change() != Change::Retracted)
        .map(|event| (event.mentions[0].sentence.as_str(), event.article_count as usize))
        .collect();
    assert_eq!(
        live,
        BTreeMap::from([(MEETING, WRITERS), (PROMISE, WRITERS.div_ceil(2))])
    );
}
