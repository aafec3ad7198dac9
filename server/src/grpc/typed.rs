//! Details for the errors that tonic makes before a service sees the request: no such method, too large, or not the message.

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
        // Other refusals of tonic with this code say what they are about.
        Code::Unimplemented if status.message().is_empty() => Refusal::new(
            Code::Unimplemented,
            reason::METHOD_UNKNOWN,
            "this server has no such method; reflection lists those it has",
        ),
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

#[cfg(test)]
mod tests {
    use tonic_types::StatusExt as _;

    use super::*;

    #[test]
    fn what_the_decoder_refuses_gets_a_reason() {
        let too_large =
            "Error, decoded message length too large: found 70000000 bytes, the limit is: 67108864 bytes";
        let status = explain(&Status::out_of_range(too_large)).unwrap();
        let info = status.get_details_error_info().unwrap();
        assert_eq!(
            (status.code(), info.reason.as_str()),
            (Code::ResourceExhausted, reason::REQUEST_TOO_LARGE)
        );
        assert_eq!(
            (
                info.metadata["size_bytes"].as_str(),
                info.metadata["limit_bytes"].as_str()
            ),
            ("70000000", "67108864")
        );
        for (problem, expected) in [
            (
                "Article.body: invalid string value: data is not UTF-8 encoded",
                reason::ARTICLE_INVALID,
            ),
            (
                "Article.title: invalid string value: data is not UTF-8 encoded",
                reason::FIELD_INVALID,
            ),
            (
                "invalid wire type: Varint (expected LengthDelimited)",
                reason::FIELD_INVALID,
            ),
        ] {
            let status = explain(&Status::internal(format!("{NOT_DECODED}: {problem}"))).unwrap();
            assert_eq!(status.code(), Code::InvalidArgument);
            assert_eq!(status.get_details_error_info().unwrap().reason, expected);
        }
    }

    #[test]
    fn a_method_that_is_not_there_gets_a_reason() {
        let status = explain(&Status::unimplemented("")).unwrap();
        assert_eq!(
            status.get_details_error_info().unwrap().reason,
            reason::METHOD_UNKNOWN
        );
        assert!(explain(&Status::unimplemented("brotli is not supported")).is_none());
    }

    #[test]
    fn other_errors_pass_as_they_are() {
        assert!(explain(&Status::internal("something else")).is_none());
        let typed = Status::from(Refusal::new(Code::OutOfRange, reason::CURSOR_AHEAD, TOO_LARGE));
        assert!(explain(&typed).is_none());
    }
}
