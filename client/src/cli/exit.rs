//! Exit codes, and failures as they are told: one line that says what is wrong, one that says what to do.

use std::{io, process::ExitCode};

use dateline_proto::reason;

use super::text;
use crate::{AddressError, CursorFileError, Error, ErrorKind};

/// The exit codes; `--help` documents them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    Ok = 0,
    Refused = 1,
    Usage = 2,
    Unavailable = 3,
    Gap = 4,
    TooSlow = 5,
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command stops early.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    hint: Option<String>,
    about_cursor: bool,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            hint: None,
            about_cursor: false,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// Says what to do, unless that has been said.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// Says what to do, whatever has been said.
    #[must_use]
    pub(crate) fn instead(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says which input it is about.
    #[must_use]
    pub(crate) fn at(mut self, origin: &impl std::fmt::Display) -> Self {
        self.message = format!("{origin}: {}", self.message);
        self
    }

    /// Whether a cursor was refused.
    pub(crate) fn is_about_cursor(&self) -> bool {
        self.about_cursor
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Tells it on standard error; a success (a closed pipe) says nothing.
    pub(crate) fn print(&self) {
        if self.exit == Exit::Ok {
            return;
        }
        eprintln!("dateline: {}", text::clean(&self.message));
        if let Some(hint) = &self.hint {
            eprintln!("  {}", text::clean(hint));
        }
    }

    /// A failed call to the server at an address.
    pub(crate) fn of_call(error: &Error, address: &str) -> Self {
        let exit = match error.kind() {
            ErrorKind::FilterRefused | ErrorKind::CursorRefused => Exit::Usage,
            ErrorKind::Gap => Exit::Gap,
            ErrorKind::TooSlow => Exit::TooSlow,
            ErrorKind::Unavailable | ErrorKind::Limited | ErrorKind::Server => Exit::Unavailable,
            ErrorKind::Unsupported if error.reason().is_empty() => Exit::Unavailable,
            ErrorKind::Unsupported => Exit::Usage,
            ErrorKind::Invalid
                if [
                    reason::FIELD_INVALID,
                    reason::PAGE_TOKEN_INVALID,
                    reason::AGGREGATE_TOO_LARGE,
                ]
                .contains(&error.reason()) =>
            {
                Exit::Usage
            }
            ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Denied | ErrorKind::Conflict => {
                Exit::Refused
            }
        };
        let mut failure = Self::new(exit, error.to_string());
        failure.about_cursor = error.kind() == ErrorKind::CursorRefused;
        match error.kind() {
            ErrorKind::Unavailable if error.reason().is_empty() => failure.hint(format!(
                "is dateline-server running at {address}? --addr or DATELINE_ADDR name another"
            )),
            ErrorKind::Unsupported if error.reason().is_empty() => {
                failure.hint(format!("does dateline-server run at {address}? --addr or DATELINE_ADDR name another"))
            }
            ErrorKind::Gap if error.reason() == reason::PAGE_TOKEN_EXPIRED => {
                failure.hint("the feed moved on while it was listed; list again")
            }
            ErrorKind::Gap => failure.hint(
                "--since earliest starts with the oldest that is kept; --skip-expired does so by itself and shows the gap",
            ),
            ErrorKind::TooSlow => {
                let cursor = error.metadata("cursor").unwrap_or_default();
                failure.hint(format!("--since {cursor} goes on there, and so does --state; --lag catch-up waits for slow readers"))
            }
            ErrorKind::CursorRefused => {
                failure.hint("give a cursor of this feed, a time, 2h, or earliest; `dateline info` shows what there is")
            }
            ErrorKind::Limited => match error.retry_after() {
                Some(pause) => failure.hint(format!("try again in {} s", pause.as_secs().max(1))),
                None => failure.hint("try again later"),
            },
            _ => match error.metadata("suggestion") {
                Some(suggestion) if !suggestion.is_empty() && !error.to_string().contains(suggestion) => {
                    failure.hint(format!("did you mean {suggestion}?"))
                }
                _ => failure,
            },
        }
    }

    /// A failed write to standard output; a reader that has seen enough is none.
    pub(crate) fn of_output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Exit::Ok, ""),
            _ => Self::other(format!("cannot write to standard output: {error}")),
        }
    }
}

impl From<AddressError> for Failure {
    fn from(error: AddressError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<CursorFileError> for Failure {
    fn from(error: CursorFileError) -> Self {
        Self::usage(error.to_string())
    }
}
