//! What is no article: each a clear error, and the server goes on.

use dateline_proto::v1::{Article, BodyFormat, CodeArticleRequest, IngestArticleRequest};
use tonic::Code;

use crate::harness::{MEETING, Server, article, reason};

#[tokio::test(flavor = "multi_thread")]
async fn hostile_articles_are_refused_by_name_and_change_nothing() {
    let mut server = Server::with(|config| config.limits.article_bytes = 1 << 20).await;
    let body = |body: String| Article {
        body,
        ..article("a", &[])
    };
    let html = |text: String| Article {
        body_format: BodyFormat::Html.into(),
        ..body(text)
    };
    let field = |change: fn(&mut Article)| {
        let mut bad = article("a", &[MEETING]);
        change(&mut bad);
        bad
    };
    let cases = [
        (body(String::new()), "ARTICLE_EMPTY"),
        (body(" \n ".into()), "ARTICLE_EMPTY"),
        (body("x".repeat(50 << 20)), "ARTICLE_TOO_LARGE"),
        (body("a\0b".into()), "ARTICLE_INVALID"),
        (html("<div>".repeat(200_000)), "ARTICLE_INVALID"),
        (html("<p></p>".into()), "ARTICLE_EMPTY"),
        (
            field(|article| article.language = "fr".into()),
            "LANGUAGE_UNSUPPORTED",
        ),
        (
            field(|article| article.article_id = "i".repeat(513)),
            "FIELD_INVALID",
        ),
        (
            field(|article| article.article_id = "publish:x".into()),
            "FIELD_INVALID",
        ),
        (field(|article| article.body_format = 77), "FIELD_INVALID"),
        (
            field(|article| article.publish_time.as_mut().unwrap().nanos = -1),
            "FIELD_INVALID",
        ),
    ];
    for (article, expected) in cases {
        let size = article.body.len();
        let request = CodeArticleRequest {
            article: Some(article.clone()),
            explain: false,
        };
        let status = server.ingest.code_article(request).await.unwrap_err();
        assert_eq!(
            reason(&status),
            (Code::InvalidArgument, expected.into()),
            "coding {size} bytes"
        );
        let request = IngestArticleRequest {
            article: Some(article),
            recode: false,
        };
        let status = server.ingest.ingest_article(request).await.unwrap_err();
        assert_eq!(
            reason(&status),
            (Code::InvalidArgument, expected.into()),
            "ingesting {size} bytes"
        );
    }
    let status = server
        .ingest
        .ingest_article(IngestArticleRequest::default())
        .await
        .unwrap_err();
    assert_eq!(reason(&status), (Code::InvalidArgument, "ARTICLE_EMPTY".into()));
    assert_eq!(server.revisions().await, []);
    assert_eq!(server.put(article("a", &[MEETING])).await.created, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_texts_are_coded_without_harm() {
    let mut server = Server::start().await;
    let texts = [
        "\u{feff}\u{200b}\u{202e}Kim met Putin.".to_owned(),
        "(".repeat(20_000),
        "Kim and ".repeat(5_000),
        "💥".repeat(5_000),
        "\r\r\r\u{85}\u{2028}Kim Jong Un met Vladimir Putin.\u{2029}".to_owned(),
    ];
    for text in texts {
        let response = server.put(Article {
            body: text,
            ..Default::default()
        });
        assert!(response.await.article_id.starts_with("text:"));
    }
}
