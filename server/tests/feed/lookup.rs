//! One event, one article, and the feed as a whole.

use dateline_journal::{ArticleRecord, Entry};
use dateline_proto::{
    reason,
    v1::{BodyFormat, Change, CheckFilterRequest, GetArticleRequest, GetEventRequest, GetFeedInfoRequest},
};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::harness::{Server, Writer, topic};

#[tokio::test]
async fn an_event_is_found_in_each_of_its_revisions() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    for (topic, change) in [
        ("military", Change::Created),
        ("health", Change::Corrected),
        ("health", Change::Retracted),
    ] {
        let revision = writer.state("event", topic, change);
        let stamps = server.append(vec![revision]).await;
        writer.stamped(&stamps);
    }
    let mut client = server.client().await;
    for (asked, revision, change) in [
        (0, 3, Change::Retracted),
        (1, 1, Change::Created),
        (2, 2, Change::Corrected),
        (3, 3, Change::Retracted),
    ] {
        let request = GetEventRequest {
            event_id: "event".into(),
            revision: asked,
        };
        let event = client
            .get_event(request)
            .await
            .unwrap()
            .into_inner()
            .event
            .unwrap();
        assert_eq!((event.revision, event.change()), (revision, change));
        assert!(!event.cursor.is_empty());
    }
    for (event_id, revision, code, expected) in [
        ("event", 4, Code::NotFound, reason::EVENT_NOT_FOUND),
        ("other", 0, Code::NotFound, reason::EVENT_NOT_FOUND),
        ("", 0, Code::InvalidArgument, reason::FIELD_INVALID),
    ] {
        let status = client
            .get_event(GetEventRequest {
                event_id: event_id.into(),
                revision,
            })
            .await
            .unwrap_err();
        assert_eq!(status.code(), code);
        assert_eq!(status.get_details_error_info().unwrap().reason, expected);
    }
}

#[tokio::test]
async fn an_article_is_found_with_the_text_that_was_coded() {
    let server = Server::start().await;
    let article = ArticleRecord {
        article_id: "https://example.org/a".into(),
        uri: "https://example.org/a".into(),
        title: "Kim arrives".into(),
        text_hash: "hash".into(),
        text: Some("Kim arrived in Russia.".into()),
        html: true,
        ..ArticleRecord::default()
    };
    let entry = Entry {
        article: Some(article),
        reports: Vec::new(),
        revisions: Vec::new(),
    };
    let submitted = server
        .journal
        .submit(entry, server.journal.generation())
        .await
        .unwrap();
    submitted.durable.await.unwrap();
    let mut client = server.client().await;
    for text_hash in ["", "hash"] {
        let request = GetArticleRequest {
            article_id: "https://example.org/a".into(),
            text_hash: text_hash.into(),
        };
        let found = client.get_article(request).await.unwrap().into_inner();
        let article = found.article.unwrap();
        assert_eq!(
            (article.body.as_str(), article.title.as_str()),
            ("Kim arrived in Russia.", "Kim arrives")
        );
        assert_eq!(article.body_format(), BodyFormat::Text);
        assert_eq!(found.text_hash, "hash");
    }
    for (article_id, text_hash, expected) in [
        ("https://example.org/a", "other", reason::ARTICLE_NOT_FOUND),
        ("https://example.org/b", "", reason::ARTICLE_NOT_FOUND),
        ("", "", reason::FIELD_INVALID),
    ] {
        let request = GetArticleRequest {
            article_id: article_id.into(),
            text_hash: text_hash.into(),
        };
        let status = client.get_article(request).await.unwrap_err();
        assert_eq!(status.get_details_error_info().unwrap().reason, expected);
    }
}

#[tokio::test]
async fn info_tells_what_the_feed_holds() {
    let server = Server::start().await;
    let mut client = server.client().await;
    let empty = client
        .get_feed_info(GetFeedInfoRequest {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!((empty.oldest_time, empty.head_time), (None, None));
    assert_eq!(empty.oldest_cursor, empty.head_cursor);
    assert_eq!(empty.ingest_progress, None, "nothing was to be ingested");
    let mut writer = Writer::default();
    server.fill(&mut writer, 5, "military").await;
    let revision = writer.state("event-000003", "military", Change::Retracted);
    let stamps = server.append(vec![revision]).await;
    let info = client
        .get_feed_info(GetFeedInfoRequest {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!((info.event_count, info.revision_count), (4, 6));
    assert_eq!(info.head_cursor, stamps[0].cursor.to_string());
    assert_eq!(info.head_time, Some(stamps[0].update_time));
    assert_eq!(info.epoch, server.journal.epoch().to_string());
    assert_eq!(info.engine, "embedded");
    assert!(info.start_time.is_some() && info.coder.starts_with("dateline-coder "));
}

#[tokio::test]
async fn a_filter_is_tried_on_the_newest_revisions() {
    let server = Server::start().await;
    let mut writer = Writer::default();
    server.fill(&mut writer, 50, "health").await;
    server.fill(&mut writer, 5, "military").await;
    server.fill(&mut writer, 45, "health").await;
    let mut client = server.client().await;
    for (sample_size, sampled, matched) in [(0, 100, 5), (47, 47, 2), (1, 1, 0)] {
        let request = CheckFilterRequest {
            filter: topic("military"),
            sample_size,
        };
        let answer = client.check_filter(request).await.unwrap().into_inner();
        assert_eq!((answer.sampled_events, answer.matched_events), (sampled, matched));
        assert!(answer.indexed);
    }
    let everything = client
        .check_filter(CheckFilterRequest::default())
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        (everything.canonical_filter.as_str(), everything.matched_events),
        ("", 100)
    );
    let too_large = CheckFilterRequest {
        sample_size: 100_001,
        ..CheckFilterRequest::default()
    };
    assert_eq!(
        client.check_filter(too_large).await.unwrap_err().code(),
        Code::InvalidArgument
    );
}

#[tokio::test]
async fn what_the_server_was_started_with_is_ingested_while_it_serves() {
    let articles = tempfile::tempdir().unwrap();
    let text = "Date: 2023-09-13\n\nNorth Korean leader Kim Jong Un met Russian President Vladimir Putin on Wednesday.\n";
    std::fs::write(articles.path().join("meeting.txt"), text).unwrap();
    std::fs::write(articles.path().join("bad.txt"), [0xff, 0xfe, 0x00]).unwrap();
    let path = articles.path().to_owned();
    let server = Server::with(|config| config.ingest = vec![path]).await;
    let mut client = server.client().await;
    let done = async {
        loop {
            let info = client
                .get_feed_info(GetFeedInfoRequest {})
                .await
                .unwrap()
                .into_inner();
            let progress = info.ingest_progress.expect("there was something to ingest");
            if progress.done {
                return (progress, info.event_count);
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let (progress, events) = tokio::time::timeout(crate::harness::PATIENCE, done)
        .await
        .expect("it comes to an end");
    assert_eq!((progress.ingested_articles, progress.refused_items), (1, 1));
    assert!(events > 0);
    let mut reader = crate::harness::Reader::open(&mut client, crate::harness::earliest())
        .await
        .unwrap();
    let delivered = crate::harness::events_of(&reader.until_caught_up().await);
    assert_eq!(delivered.len() as u64, events);
    assert!(
        delivered[0].mentions[0]
            .sentence
            .starts_with("North Korean leader")
    );
}
