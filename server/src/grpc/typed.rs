//! Details for the errors that tonic makes before a service sees the request: too large, or not the message.

use dateline_proto::reason;
use http::Response;
use tonic::{Code, Status, body::Body};

use crate::refusal::Refusal;

/// What tonic's decoder says of a message above the limit.
const TOO_LARGE: &str = "decoded message length too large";
/// What prost says of bytes that are no message of the type.
const NOT_DECODED: &str = "failed to decode Protobuf message";

/// The same response; an error without details that this knows how to explain gets its reason.
pub(crate) fn with_details(response: Response<Body>) -> Response<Body> {
    let explained = Status::from_header_map(response.headers()).and_then(|status| explain(&status));
    match explained {
        Some(status) => status.into_http(),
        None => response,
    }
}

/// The refusal behind an error of tonic's decoder; none for any other error.
pub(crate) fn explain(status: &Status) -> Option<Status> {
    if !status.details().is_empty() {
        return None;
    }
    let refusal = match status.code() {
        Code::OutOfRange if status.message().contains(TOO_LARGE) => too_large(status.message()),
        Code::Internal if status.message().contains(NOT_DECODED) => not_decoded(status.message()),
        _ => return None,
    };
    Some(refusal.into())
}

fn too_large(message: &str) -> Refusal {
    let numbers: Vec<&str> = message
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let refusal = Refusal::new(
        Code::ResourceExhausted,
        reason::REQUEST_TOO_LARGE,
        "the request is larger than this server reads; send less at a time",
    );
    match numbers[..] {
        [size, limit] => refusal.with("size_bytes", size).with("limit_bytes", limit),
        _ => refusal,
    }
}

fn not_decoded(message: &str) -> Refusal {
    // The message names the path: "failed to decode Protobuf message: Article.body: invalid string value: data is not UTF-8 encoded".
    let utf8 = message.contains("UTF-8");
    if utf8 && message.contains("Article.body") {
        let message = "the article's body is not UTF-8; convert it first";
        return Refusal::invalid(reason::ARTICLE_INVALID, "article.body", message);
    }
    let problem = if utf8 {
        "a text of the request is not UTF-8"
    } else {
        "the request is not a message of this method"
    };
    Refusal::invalid(reason::FIELD_INVALID, "", problem)
}
