//! Articles that come, change and go.

use std::collections::BTreeMap;

use dateline_proto::v1::{
    Article, Change, CodeArticleRequest, EventType, GetArticleRequest, IngestArticleRequest,
    IngestArticlesRequest, IngestOutcome, WithdrawArticleRequest,
};
use tonic::Code;

use crate::harness::{ARREST, CHARGE, MEETING, PROMISE, Server, article, changes, reason};

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_sends_exactly_the_difference_to_a_live_subscriber() {
    let mut server = Server::start().await;
    let mut watch = server.watch().await;
    let first = server
        .put(article("a", &["It rained.", MEETING, CHARGE, ARREST]))
        .await;
    assert_eq!((first.outcome(), first.created), (IngestOutcome::New, 3));
    let created = watch.next(3).await;
    assert_eq!(
        changes(&created),
        [
            (Change::Created, MEETING),
            (Change::Created, CHARGE),
            (Change::Created, ARREST)
        ]
    );

    let again = server
        .put(article("a", &["It rained.", MEETING, CHARGE, ARREST]))
        .await;
    assert_eq!(
        (again.outcome(), again.unchanged, again.created),
        (IngestOutcome::Duplicate, 3, 0)
    );
    assert_eq!(again.cursor, created[2].cursor);

    // The meeting only moves, the charge is told in other words, the arrest goes, a promise comes.
    let charge = "On Wednesday Japan condemned North Korea.";
    let edited = server.put(article("a", &[MEETING, charge, PROMISE])).await;
    assert_eq!(edited.outcome(), IngestOutcome::Updated);
    assert_eq!(
        (
            edited.unchanged,
            edited.corrected,
            edited.retracted,
            edited.created
        ),
        (1, 1, 1, 1)
    );
    let sent = watch.next(3).await;
    let mut seen = changes(&sent);
    seen.sort_unstable();
    let mut expected = [
        (Change::Retracted, ARREST),
        (Change::Corrected, charge),
        (Change::Created, PROMISE),
    ];
    expected.sort_unstable();
    assert_eq!(seen, expected);
    for event in &sent {
        let before = created.iter().find(|before| before.event_id == event.event_id);
        assert_eq!(event.revision, before.map_or(1, |_| 2));
        assert_eq!(
            event.create_time,
            before.map_or(event.update_time, |before| before.create_time)
        );
    }

    // Nothing else was sent: the next to come is this one.
    server
        .put(article("b", &["Chad accused Sudan on Wednesday."]))
        .await;
    assert_eq!(watch.next(1).await[0].change(), Change::Created);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mention_is_its_bytes_of_the_text_that_its_hash_names() {
    let mut server = Server::start().await;
    server.put(article("a", &["Où? Là.", MEETING, CHARGE])).await;
    server
        .put(article(
            "a",
            &["Elsewhere it was fine.", CHARGE, MEETING, PROMISE],
        ))
        .await;
    let mut server = server.restart().await;
    let mut versions = BTreeMap::new();
    let mut newest = BTreeMap::new();
    for event in server.revisions().await {
        newest.insert(event.event_id.clone(), event);
    }
    assert_eq!(newest.len(), 3);
    for event in newest.values() {
        let mention = &event.mentions[0];
        let request = GetArticleRequest {
            article_id: mention.article_id.clone(),
            text_hash: mention.text_hash.clone(),
        };
        let version = server.feed.get_article(request).await.unwrap().into_inner();
        let text = &version.article.unwrap().body;
        let bytes = mention.start_byte as usize..mention.end_byte as usize;
        assert_eq!(&text[bytes], mention.sentence);
        versions.insert(version.text_hash, ());
    }
    // What only moved still cites the version in which it was found.
    assert_eq!(versions.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_corroborate_each_other_until_they_are_withdrawn() {
    let mut server = Server::start().await;
    let mut watch = server.watch().await;
    server.put(article("a", &[MEETING])).await;
    let mut other = article("b", &[MEETING, CHARGE]);
    other.publisher = "Sample Post".into();
    let response = server.put(other).await;
    assert_eq!((response.corroborated, response.created), (1, 1));
    let event = watch.next(3).await.remove(1);
    assert_eq!(event.change(), Change::Corroborated);
    assert_eq!(
        (event.mention_count, event.article_count, event.publisher_count),
        (2, 2, 2)
    );

    let withdraw = |id: &str| WithdrawArticleRequest {
        article_id: id.into(),
        reason: "wrong".into(),
    };
    let response = server
        .ingest
        .withdraw_article(withdraw("b"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!((response.corrected, response.retracted), (1, 1));
    let sent = watch.next(2).await;
    assert_eq!(response.cursor, sent[1].cursor);
    assert_eq!(sent[0].change(), Change::Corrected);
    assert_eq!(
        (sent[1].change(), sent[1].retraction_reason.as_str()),
        (Change::Retracted, "wrong")
    );
    assert_eq!(
        sent[1].r#type(),
        EventType::Accuse,
        "a retraction keeps the last fields"
    );
    let status = server.ingest.withdraw_article(withdraw("b")).await.unwrap_err();
    assert_eq!(reason(&status), (Code::NotFound, "ARTICLE_NOT_FOUND".into()));

    let mut server = server.restart().await;
    let back = server.put(article("b", &[CHARGE])).await;
    assert_eq!((back.outcome(), back.created), (IngestOutcome::New, 1));
    assert_eq!(server.event(&sent[1].event_id).await.revision, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_identity_names_the_event_that_took_over() {
    let mut server = Server::start().await;
    server.put(article("a", &[MEETING, CHARGE])).await;
    let edit = "Kim Jong Un met Vladimir Putin on Tuesday.";
    let response = server.put(article("a", &[edit, CHARGE])).await;
    assert_eq!(
        (response.retracted, response.created, response.unchanged),
        (1, 1, 1)
    );
    let revisions = server.revisions().await;
    let retracted = revisions
        .iter()
        .find(|event| event.change() == Change::Retracted)
        .unwrap();
    let successor = server.event(&retracted.replaced_by).await;
    assert_eq!(successor.mentions[0].sentence, edit);
    assert_eq!(successor.event_date.unwrap().day, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_merging_each_article_has_its_own_events() {
    let mut server = Server::with(|config| config.merging = false).await;
    assert_eq!(server.put(article("a", &[MEETING])).await.created, 1);
    assert_eq!(server.put(article("b", &[MEETING])).await.created, 1);
    assert_eq!(server.put(article("b", &["So.", MEETING])).await.unchanged, 1);
    assert_eq!(server.revisions().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn recoding_takes_the_stored_text() {
    let mut server = Server::start().await;
    server.put(article("a", &[MEETING])).await;
    let recode = |id: &str, body: &str| IngestArticleRequest {
        article: Some(Article {
            article_id: id.into(),
            body: body.into(),
            ..Default::default()
        }),
        recode: true,
    };
    let response = server
        .ingest
        .ingest_article(recode("a", ""))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        (response.outcome(), response.unchanged),
        (IngestOutcome::Updated, 1)
    );
    let status = server
        .ingest
        .ingest_article(recode("none", ""))
        .await
        .unwrap_err();
    assert_eq!(reason(&status), (Code::NotFound, "ARTICLE_NOT_FOUND".into()));
    let article = server.feed.get_article(GetArticleRequest {
        article_id: "a".into(),
        ..Default::default()
    });
    assert_eq!(article.await.unwrap().into_inner().article.unwrap().body, MEETING);
    assert_eq!(server.revisions().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_answered_in_order_and_a_bad_article_does_not_end_it() {
    let mut server = Server::start().await;
    let one = |n: usize, article: Article| IngestArticlesRequest {
        request_id: format!("request {n}"),
        article: Some(article),
        recode: false,
    };
    let mut requests = vec![
        one(0, article("a", &[MEETING])),
        one(1, article("bad", &[])),
        one(2, article("a", &[CHARGE])),
        one(3, article("a", &[MEETING])),
        one(4, article("a", &[MEETING])),
    ];
    for n in 5..60 {
        requests.push(one(n, article(&format!("n{n}"), &[PROMISE])));
    }
    let stream = server
        .ingest
        .ingest_articles(tokio_stream::iter(requests))
        .await
        .unwrap();
    let mut stream = stream.into_inner();
    let mut answers = Vec::new();
    while let Some(answer) = stream.message().await.unwrap() {
        assert_eq!(answer.request_id, format!("request {}", answers.len()));
        answers.push(answer);
    }
    assert_eq!(answers.len(), 60);
    assert_eq!(answers[1].error_reason, "ARTICLE_EMPTY");
    let outcome = |n: usize| answers[n].result.as_ref().unwrap().outcome();
    use IngestOutcome::{Duplicate, New, Rejected, Updated};
    assert_eq!(
        [0, 1, 2, 3, 4, 5].map(outcome),
        [New, Rejected, Updated, Updated, Duplicate, New]
    );
    let promise = server.revisions().await.pop().unwrap();
    assert_eq!((promise.article_count, promise.mentions.len()), (55, 16));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_explains_itself_and_stores_nothing() {
    let mut server = Server::start().await;
    let request = |explain| CodeArticleRequest {
        article: Some(article("a", &["The weather was fine.", MEETING])),
        explain,
    };
    let plain = server
        .ingest
        .code_article(request(false))
        .await
        .unwrap()
        .into_inner();
    assert_eq!((plain.events.len(), plain.traces.len()), (1, 0));
    assert!(plain.events[0].cursor.is_empty());
    let told = server
        .ingest
        .code_article(request(true))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(told.events, plain.events);
    assert_eq!(told.traces.len(), 2);
    assert!(!told.traces[0].abstention.is_empty() && told.traces[1].abstention.is_empty());
    assert_eq!(server.revisions().await, []);
}
