//! What a client is told when a request is refused: one shape for every error on its way to the wire.
//!
//! Each domain error turns itself into a [`Refusal`] beside its own definition, with an exhaustive match; the services turn refusals into
//! [`tonic::Status`]. The message is for people and never holds the text of an internal error; the reason is for programs.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::Duration;

use dateline_proto::reason;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

/// A refused request: code, reason, message, and what a program needs to act on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    code: Code,
    reason: &'static str,
    message: String,
    metadata: BTreeMap<String, String>,
    field: Option<String>,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal of any code. `reason` is one of [`dateline_proto::reason`]; the message says what to do.
    pub fn new(code: Code, reason: &'static str, message: impl Into<String>) -> Self {
        debug_assert!(reason::ALL.contains(&reason), "{reason} is not in the contract");
        Self {
            code,
            reason,
            message: message.into(),
            metadata: BTreeMap::new(),
            field: None,
            retry_after: None,
        }
    }

    /// INVALID_ARGUMENT: `field` is the path of the request's field that is wrong, as BadRequest names it: `filter.expression`.
    pub fn invalid(reason: &'static str, field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(Code::InvalidArgument, reason, message)
        }
    }

    /// NOT_FOUND.
    pub fn not_found(reason: &'static str, message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, reason, message)
    }

    /// UNIMPLEMENTED: a field of the request that this server does not honour was set.
    pub fn unimplemented(field: &str) -> Self {
        let message = format!("{field} is not supported by this server; leave it unset");
        Self::new(Code::Unimplemented, reason::FIELD_UNSUPPORTED, message).with("field", field)
    }

    /// INTERNAL: a defect. The message is fixed; what happened belongs into the log.
    pub fn internal() -> Self {
        let message = "the server failed on this request; its log says more";
        Self::new(Code::Internal, reason::INTERNAL, message)
    }

    /// Adds one value for programs to ErrorInfo's metadata.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        self.metadata.insert(key.to_owned(), value.to_string());
        self
    }

    /// Says that the same request may succeed after this time.
    #[must_use]
    pub fn retry(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The status code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The reason, one of [`dateline_proto::reason`].
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// The message for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The values for programs.
    pub fn metadata(&self) -> &BTreeMap<String, String> {
        &self.metadata
    }

    /// The field that is wrong, if it is one field.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// When to try again, if that can help.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.reason)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let metadata: HashMap<String, String> = refusal.metadata.into_iter().collect();
        let mut details = ErrorDetails::with_error_info(refusal.reason, reason::DOMAIN, metadata);
        if refusal.code == Code::InvalidArgument {
            let field = refusal.field.unwrap_or_default();
            details.add_bad_request_violation(field, refusal.message.as_str());
        }
        if refusal.retry_after.is_some() {
            details.set_retry_info(refusal.retry_after);
        }
        Status::with_error_details(refusal.code, refusal.message, details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_arrives_as_error_info() {
        for &reason in reason::ALL {
            let refusal =
                Refusal::new(Code::FailedPrecondition, reason, "do otherwise").with("size_bytes", 7);
            let status = Status::from(refusal);
            assert_eq!(status.code(), Code::FailedPrecondition);
            assert_eq!(status.message(), "do otherwise");
            let details = status.get_error_details();
            let info = details.error_info().expect("ErrorInfo is always there");
            assert_eq!(info.reason, reason);
            assert_eq!(info.domain, reason::DOMAIN);
            assert_eq!(info.metadata.get("size_bytes").map(String::as_str), Some("7"));
            assert!(details.bad_request().is_none() && details.retry_info().is_none());
        }
    }

    #[test]
    fn each_constructor_sends_its_code_and_details() {
        let retry = Duration::from_millis(1500);
        let cases = [
            (
                Refusal::invalid(
                    reason::FIELD_INVALID,
                    "page_size",
                    "page_size must not be negative",
                ),
                Code::InvalidArgument,
                reason::FIELD_INVALID,
                Some("page_size"),
                None,
            ),
            (
                Refusal::new(
                    Code::InvalidArgument,
                    reason::ARTICLE_EMPTY,
                    "the article has no text",
                ),
                Code::InvalidArgument,
                reason::ARTICLE_EMPTY,
                Some(""),
                None,
            ),
            (
                Refusal::not_found(reason::EVENT_NOT_FOUND, "no such event"),
                Code::NotFound,
                reason::EVENT_NOT_FOUND,
                None,
                None,
            ),
            (
                Refusal::unimplemented("replay_speed"),
                Code::Unimplemented,
                reason::FIELD_UNSUPPORTED,
                None,
                None,
            ),
            (Refusal::internal(), Code::Internal, reason::INTERNAL, None, None),
            (
                Refusal::new(
                    Code::Unavailable,
                    reason::SERVER_DRAINING,
                    "the server is stopping",
                )
                .retry(retry),
                Code::Unavailable,
                reason::SERVER_DRAINING,
                None,
                Some(retry),
            ),
        ];
        for (refusal, code, reason, field, retry) in cases {
            let message = refusal.message().to_owned();
            let status = Status::from(refusal);
            assert_eq!((status.code(), status.message()), (code, message.as_str()));
            let details = status.get_error_details();
            assert_eq!(
                details.error_info().map(|info| info.reason.as_str()),
                Some(reason)
            );
            let violation = details.bad_request().map(|bad| &bad.field_violations[0]);
            assert_eq!(violation.map(|violation| violation.field.as_str()), field);
            assert!(violation.is_none_or(|violation| violation.description == message));
            assert_eq!(details.retry_info().and_then(|info| info.retry_delay), retry);
        }
    }

    #[test]
    fn an_unsupported_field_is_named_for_programs() {
        let refusal = Refusal::unimplemented("replay_speed");
        assert_eq!(
            refusal.metadata().get("field").map(String::as_str),
            Some("replay_speed")
        );
    }
}
