use super::*;

const LIMIT: usize = 8 << 20;

fn text(body: &str) -> v1::Article {
    v1::Article {
        body: body.into(),
        ..Default::default()
    }
}

fn html(body: &str) -> v1::Article {
    v1::Article {
        body_format: v1::BodyFormat::Html.into(),
        ..text(body)
    }
}

fn reason(article: v1::Article) -> &'static str {
    Refusal::from(prepare(article, LIMIT).expect_err("refused")).reason()
}

#[test]
fn identity_is_given_or_the_uri_or_a_hash() {
    let mut article = text("Kim met Putin.");
    let hash = identity(&article);
    assert_eq!(identity(&text("Kim met Putin.")), hash);
    assert_ne!(identity(&text("Kim met Xi.")), hash);
    article.uri = "https://example.org/a".into();
    assert_eq!(identity(&article), "https://example.org/a");
    article.article_id = "a".into();
    assert_eq!(identity(&article), "a");
}

#[test]
fn text_is_taken_byte_for_byte() {
    let body = "\u{feff}\r\n Kim  met\u{a0}Putin. \n";
    assert_eq!(prepare(text(body), LIMIT).expect("text").text, body);
}

#[test]
fn what_is_no_article_is_refused_by_name() {
    assert_eq!(reason(text("")), reason::ARTICLE_EMPTY);
    assert_eq!(reason(text(" \n\t")), reason::ARTICLE_EMPTY);
    assert_eq!(
        reason(html("<html><body><script>x()</script></body></html>")),
        reason::ARTICLE_EMPTY
    );
    assert_eq!(reason(text("a\0b")), reason::ARTICLE_INVALID);
    assert_eq!(reason(text(&"x".repeat(LIMIT + 1))), reason::ARTICLE_TOO_LARGE);
    let french = v1::Article {
        language: "fr-FR".into(),
        ..text("Bonjour.")
    };
    assert_eq!(reason(french), reason::LANGUAGE_UNSUPPORTED);
    let bad_id = v1::Article {
        article_id: "a\nb".into(),
        ..text("x")
    };
    assert_eq!(reason(bad_id), reason::FIELD_INVALID);
    let long_uri = v1::Article {
        uri: "u".repeat(600),
        ..text("x")
    };
    assert_eq!(reason(long_uri), reason::FIELD_INVALID);
}

#[test]
fn deep_html_is_refused_before_it_exhausts_anything() {
    for open in ["<div>", "<b>", "<svg><g>", "<x-y/>", "<table><tr><td>"] {
        assert_eq!(
            reason(html(&open.repeat(300_000))),
            reason::ARTICLE_INVALID,
            "{open}"
        );
    }
    // Deep only for the parser: foreign elements of these names nest.
    let foreign = format!("<svg>{}", "<td>".repeat(100_000));
    assert_eq!(reason(html(&foreign)), reason::ARTICLE_INVALID);
}

#[test]
fn broken_html_is_read_as_browsers_read_it() {
    let mut page =
        "<p>Kim Jong Un met Vladimir Putin on Wednesday, officials of both countries said.".repeat(500);
    page.push_str("<li>open <td <b <!-- <div> --><script>if (a<b) { '<div><div>' }</script></p></p></i>");
    let article = prepare(html(&page), LIMIT).expect("has text");
    assert!(article.text.contains("met Vladimir Putin"), "{}", article.text);
}

#[test]
fn a_page_gives_its_article_and_what_it_says_of_it() {
    let paragraph = "Kim Jong Un met Vladimir Putin on Wednesday at a spaceport, and both spoke of military cooperation. ";
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Kim meets Putin</title>\
         <meta property=\"article:published_time\" content=\"2023-09-13T12:00:00Z\">\
         <meta property=\"og:site_name\" content=\"Sample Wire\"></head><body><nav><a href=\"/\">Home</a></nav>\
         <article><h1>Kim meets Putin</h1><p>{0}</p><p>Japan condemned the launch. {0}</p></article></body></html>",
        paragraph.repeat(4)
    );
    let article = prepare(text(&page), LIMIT).expect("has text");
    assert!(article.html);
    assert_eq!(
        (article.title.as_str(), article.publisher.as_str()),
        ("Kim meets Putin", "Sample Wire")
    );
    assert_eq!(article.language, "en-GB");
    assert_eq!(article.publish_time.map(|time| time.seconds), Some(1_694_606_400));
    assert!(
        article.text.contains("\n\nJapan condemned the launch."),
        "{}",
        article.text
    );
    assert!(!article.text.contains("Home"));
}
