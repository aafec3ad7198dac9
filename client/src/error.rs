//! What can go wrong between a program and a server, in terms that a program can act on.

use std::{collections::HashMap, error::Error as _, fmt, io, time::Duration};

use dateline_proto::reason;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

/// A failed call or subscription. Its text is one lower-case sentence for people; [`Error::kind`] is for programs.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, Default)]
struct Inner {
    kind: ErrorKind,
    message: String,
    reason: String,
    field: String,
    metadata: HashMap<String, String>,
    retry_after: Option<Duration>,
}

/// What a program can do about an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No server answers, or it cannot serve at the moment. Trying again may help.
    #[default]
    Unavailable,
    /// The server has its hands full: too many subscriptions or requests. Trying again later helps.
    Limited,
    /// A request that will never be taken as it stands; [`Error::field`] names what is wrong.
    Invalid,
    /// The filter was not understood.
    FilterRefused,
    /// The cursor is damaged, of another feed, or ahead of this one.
    CursorRefused,
    /// The feed no longer has what came after the cursor, or what a page had to show: there is a gap.
    Gap,
    /// The reader was slower than the feed and had asked to be ended then; [`Error::metadata`] has the `cursor` to go on after.
    TooSlow,
    /// No such event, article or subscription.
    NotFound,
    /// The server does not do that: too old, or no Dateline at all.
    Unsupported,
    /// The caller may not do that.
    Denied,
    /// The state of the feed does not allow it.
    Conflict,
    /// The server is damaged or defective; its log says more.
    Server,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            ..Inner::default()
        }))
    }

    /// What a status says. A status without `google.rpc.ErrorInfo` of Dateline's domain did not come from a Dateline
    /// server's own code, but from the transport or something in between; its text is not passed on.
    pub fn from_status(status: &Status) -> Self {
        let info = status
            .get_details_error_info()
            .filter(|info| info.domain == reason::DOMAIN);
        let retry_after = status.get_details_retry_info().and_then(|info| info.retry_delay);
        let Some(info) = info else {
            let mut error = from_transport(status);
            error.0.retry_after = retry_after;
            return error;
        };
        let field = status
            .get_details_bad_request()
            .and_then(|request| request.field_violations.into_iter().next())
            .map(|violation| violation.field)
            .unwrap_or_default();
        Self(Box::new(Inner {
            kind: kind_of(&info.reason, status.code()),
            message: status.message().to_owned(),
            reason: info.reason,
            field,
            metadata: info.metadata,
            retry_after,
        }))
    }

    /// What can be done about it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable name of the cause, one of [`dateline_proto::reason`]; empty where no server gave one.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The request's field that was refused; empty: none was named.
    pub fn field(&self) -> &str {
        &self.0.field
    }

    /// What the server adds to the reason, by name: `suggestion` and `position` of a filter, `oldest_cursor` of a gap.
    pub fn metadata(&self, name: &str) -> Option<&str> {
        self.0.metadata.get(name).map(String::as_str)
    }

    /// How long the server asks to wait before trying again.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later, with nothing changed by the caller.
    pub fn is_retryable(&self) -> bool {
        matches!(self.kind(), ErrorKind::Unavailable | ErrorKind::Limited)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl From<Status> for Error {
    fn from(status: Status) -> Self {
        Self::from_status(&status)
    }
}

fn kind_of(name: &str, code: Code) -> ErrorKind {
    match name {
        reason::FILTER_INVALID => ErrorKind::FilterRefused,
        reason::CURSOR_MALFORMED | reason::CURSOR_AHEAD | reason::CURSOR_EPOCH_MISMATCH => {
            ErrorKind::CursorRefused
        }
        reason::CURSOR_EXPIRED | reason::PAGE_TOKEN_EXPIRED => ErrorKind::Gap,
        reason::SLOW_CONSUMER => ErrorKind::TooSlow,
        reason::SUBSCRIPTION_LIMIT | reason::RATE_LIMIT => ErrorKind::Limited,
        // The rest, and reasons that a newer server may add, by their code.
        _ => match code {
            Code::Unavailable => ErrorKind::Unavailable,
            Code::NotFound => ErrorKind::NotFound,
            Code::Unimplemented => ErrorKind::Unsupported,
            Code::PermissionDenied | Code::Unauthenticated => ErrorKind::Denied,
            Code::FailedPrecondition | Code::AlreadyExists | Code::Aborted => ErrorKind::Conflict,
            Code::InvalidArgument | Code::OutOfRange | Code::ResourceExhausted => ErrorKind::Invalid,
            _ => ErrorKind::Server,
        },
    }
}

fn from_transport(status: &Status) -> Error {
    if let Some(io) = io_cause(status) {
        let why = match io {
            io::ErrorKind::ConnectionRefused => "connection refused",
            io::ErrorKind::TimedOut => "timed out",
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
                "connection lost"
            }
            io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "unreachable",
            _ => "cannot connect",
        };
        return Error::new(ErrorKind::Unavailable, format!("no server answers: {why}"));
    }
    let (kind, message) = match status.code() {
        Code::Unimplemented => (
            ErrorKind::Unsupported,
            "what answers is not a Dateline server, or one too old for this call",
        ),
        Code::PermissionDenied | Code::Unauthenticated => {
            (ErrorKind::Denied, "the server refuses this caller")
        }
        Code::OutOfRange | Code::ResourceExhausted | Code::InvalidArgument => (
            ErrorKind::Invalid,
            "the request or its answer is larger than one of the two sides takes",
        ),
        // Resets, half-closed proxies, time-outs: whatever breaks a connection shows up as one of these.
        Code::Unavailable
        | Code::Unknown
        | Code::Cancelled
        | Code::Aborted
        | Code::DeadlineExceeded
        | Code::Internal => (ErrorKind::Unavailable, "no server answers: connection lost"),
        _ => (ErrorKind::Server, "the server failed; its log says more"),
    };
    Error::new(kind, message)
}

fn io_cause(status: &Status) -> Option<io::ErrorKind> {
    let mut cause = status.source();
    let mut kind = None;
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            kind = Some(io.kind());
        }
        cause = error.source();
    }
    kind
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    fn refused(code: Code, reason: &str) -> Error {
        let mut details = ErrorDetails::new();
        details.set_error_info(
            reason,
            reason::DOMAIN,
            [("suggestion".to_owned(), "military".to_owned())],
        );
        details.set_retry_info(Some(Duration::from_secs(3)));
        Status::with_error_details(code, "what is wrong", details).into()
    }

    #[test]
    fn a_reason_decides_what_can_be_done() {
        for (name, code, kind, retryable) in [
            (
                reason::FILTER_INVALID,
                Code::InvalidArgument,
                ErrorKind::FilterRefused,
                false,
            ),
            (reason::CURSOR_EXPIRED, Code::OutOfRange, ErrorKind::Gap, false),
            (reason::SLOW_CONSUMER, Code::Aborted, ErrorKind::TooSlow, false),
            (
                reason::CURSOR_AHEAD,
                Code::OutOfRange,
                ErrorKind::CursorRefused,
                false,
            ),
            (
                reason::RATE_LIMIT,
                Code::ResourceExhausted,
                ErrorKind::Limited,
                true,
            ),
            (
                reason::SERVER_DRAINING,
                Code::Unavailable,
                ErrorKind::Unavailable,
                true,
            ),
            (reason::STORE_DAMAGED, Code::DataLoss, ErrorKind::Server, false),
            (reason::INTERNAL, Code::Internal, ErrorKind::Server, false),
            ("SOMETHING_NEW", Code::NotFound, ErrorKind::NotFound, false),
        ] {
            let error = refused(code, name);
            assert_eq!(error.kind(), kind, "{name}");
            assert_eq!(error.is_retryable(), retryable, "{name}");
            assert_eq!(error.reason(), name);
            assert_eq!(error.metadata("suggestion"), Some("military"));
            assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
            assert_eq!(error.to_string(), "what is wrong");
        }
    }

    #[test]
    fn a_broken_connection_is_retryable_and_its_internals_are_not_shown() {
        for code in [Code::Unknown, Code::Internal, Code::Cancelled, Code::Unavailable] {
            let error = Error::from(Status::new(code, "h2 protocol error: secret"));
            assert!(error.is_retryable(), "{code:?}");
            assert!(!error.to_string().contains("secret"));
        }
        assert!(!Error::from(Status::unimplemented("x")).is_retryable());
    }
}
