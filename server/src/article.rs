//! Articles as they come in: checked, identified, and as the text that is coded.
//!
//! Files are read by [`dateline_proto::files`]; what is coded of an article, and what becomes of its events, is not decided here.

use dateline_proto::{reason, time::Timestamp, v1};

use crate::{
    ledger::{PUBLISHED, identity::text_hash},
    refusal::Refusal,
};

mod html;

const ID_BYTES: usize = 512;
const URI_BYTES: usize = 2048;
const TITLE_BYTES: usize = 4096;
const PUBLISHER_BYTES: usize = 256;
const LANGUAGE_BYTES: usize = 64;

/// An article that can be coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// Its identity.
    pub article_id: String,
    /// Where it was published; empty: unknown.
    pub uri: String,
    /// Its headline as given, or as its HTML says; empty: to be found in the text.
    pub title: String,
    /// Who published it; empty: unknown.
    pub publisher: String,
    /// BCP 47; empty: not given.
    pub language: String,
    /// When it was published, as given or as its HTML says.
    pub publish_time: Option<Timestamp>,
    /// The text: as handed in, byte for byte, or extracted from HTML.
    pub text: String,
    /// The text was extracted from HTML.
    pub html: bool,
}

/// Why an article is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// There is no text.
    #[error("the article has no text; give it in body")]
    Empty,
    /// HTML without an article in it.
    #[error("no text was found in the HTML; give the article's text in body")]
    NoTextInHtml,
    /// Too large.
    #[error("an article of {size_bytes} bytes is more than the {limit_bytes} allowed")]
    TooLarge {
        /// Bytes of the body.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// A NUL byte, as in files that are no text.
    #[error("the article holds a NUL byte at offset {offset}; give text")]
    Nul {
        /// Where.
        offset: usize,
    },
    /// HTML nested as no page is.
    #[error("the HTML is nested more than {limit} elements deep; give the article's text")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Not English.
    #[error("articles in {language:?} are not coded; only English ones are")]
    Language {
        /// The language as given.
        language: String,
    },
    /// A field that is not well-formed.
    #[error("{field}: {problem}")]
    Field {
        /// The field of the article.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl From<ArticleError> for Refusal {
    fn from(error: ArticleError) -> Self {
        let message = error.to_string();
        let body = |reason| Refusal::invalid(reason, "article.body", message.clone());
        match error {
            ArticleError::Empty | ArticleError::NoTextInHtml => body(reason::ARTICLE_EMPTY),
            ArticleError::Nul { .. } | ArticleError::TooDeep { .. } => body(reason::ARTICLE_INVALID),
            ArticleError::TooLarge {
                size_bytes,
                limit_bytes,
            } => body(reason::ARTICLE_TOO_LARGE)
                .with("size_bytes", size_bytes)
                .with("limit_bytes", limit_bytes),
            ArticleError::Language { language } => {
                Refusal::invalid(reason::LANGUAGE_UNSUPPORTED, "article.language", message)
                    .with("language", language)
            }
            ArticleError::Field { field, .. } => {
                Refusal::invalid(reason::FIELD_INVALID, &format!("article.{field}"), message)
            }
        }
    }
}

/// The identity of an article: given, else its uri, else a hash of its body. Empty for an article without any of them.
pub fn identity(article: &v1::Article) -> String {
    match (article.article_id.as_str(), article.uri.as_str()) {
        ("", "") if article.body.is_empty() => String::new(),
        ("", "") => format!("text:{}", text_hash(&article.body)),
        ("", uri) => uri.to_owned(),
        (id, _) => id.to_owned(),
    }
}

/// Checks an article and extracts its text.
///
/// # Errors
/// See [`ArticleError`].
pub fn prepare(article: v1::Article, limit_bytes: usize) -> Result<Prepared, ArticleError> {
    check_fields(&article)?;
    let size_bytes = article.body.len();
    if size_bytes > limit_bytes {
        return Err(ArticleError::TooLarge {
            size_bytes,
            limit_bytes,
        });
    }
    if let Some(offset) = article.body.bytes().position(|byte| byte == 0) {
        return Err(ArticleError::Nul { offset });
    }
    if article.body.trim().is_empty() {
        return Err(ArticleError::Empty);
    }
    let article_id = identity(&article);
    let html = is_html(&article);
    let mut prepared = Prepared {
        article_id,
        uri: article.uri,
        title: article.title,
        publisher: article.publisher,
        language: article.language,
        publish_time: article.publish_time,
        text: article.body,
        html,
    };
    if html {
        let page = html::extract(&prepared.text)?;
        let or_given = |given: &mut String, found: String| {
            if given.is_empty() {
                *given = found;
            }
        };
        or_given(&mut prepared.title, page.title);
        or_given(&mut prepared.publisher, page.publisher);
        or_given(&mut prepared.language, page.language);
        prepared.publish_time = prepared.publish_time.or(page.publish_time);
        prepared.text = page.text;
    }
    check_language(&prepared.language)?;
    Ok(prepared)
}

/// Checks what an article says of itself besides its body.
///
/// # Errors
/// [`ArticleError::Field`].
pub fn check_fields(article: &v1::Article) -> Result<(), ArticleError> {
    for (field, text, most) in [
        ("article_id", &article.article_id, ID_BYTES),
        (
            "uri",
            &article.uri,
            if article.article_id.is_empty() {
                ID_BYTES
            } else {
                URI_BYTES
            },
        ),
        ("title", &article.title, TITLE_BYTES),
        ("publisher", &article.publisher, PUBLISHER_BYTES),
        ("language", &article.language, LANGUAGE_BYTES),
    ] {
        let problem = |problem: String| Err(ArticleError::Field { field, problem });
        if text.len() > most {
            return problem(format!("has {} bytes, more than the {most} allowed", text.len()));
        }
        let lines_allowed = field == "title";
        if text
            .chars()
            .any(|c| c == '\0' || (c.is_control() && !lines_allowed))
        {
            return problem("holds control characters".into());
        }
    }
    if article.article_id.starts_with(PUBLISHED) {
        return Err(ArticleError::Field {
            field: "article_id",
            problem: format!("identities that begin with {PUBLISHED:?} are the server's; give another"),
        });
    }
    if article.publish_time.is_some_and(|time| time.to_jiff().is_none()) {
        return Err(ArticleError::Field {
            field: "publish_time",
            problem: "is no time between the years -9999 and 9999".into(),
        });
    }
    if v1::BodyFormat::try_from(article.body_format).is_err() {
        return Err(ArticleError::Field {
            field: "body_format",
            problem: "is none of the formats that this server knows".into(),
        });
    }
    Ok(())
}

/// English in any region, or nothing said.
fn check_language(language: &str) -> Result<(), ArticleError> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    if primary.is_empty() || primary.eq_ignore_ascii_case("en") {
        return Ok(());
    }
    Err(ArticleError::Language {
        language: language.to_owned(),
    })
}

/// Without a word about the format: a body that begins as HTML documents do.
fn is_html(article: &v1::Article) -> bool {
    match article.body_format() {
        v1::BodyFormat::Html => true,
        v1::BodyFormat::Text => false,
        v1::BodyFormat::Unspecified => {
            let begins = |word: &str| {
                let head = article.body.trim_start().as_bytes().get(..word.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
            };
            ["<!doctype html", "<html", "<head", "<body", "<article"]
                .into_iter()
                .any(begins)
        }
    }
}

#[cfg(test)]
mod tests;
