//! What a failed store means to who asked.

use std::time::Duration;

use dateline_journal::{AppendError, ViewError};
use dateline_proto::reason;
use tonic::Code;

use crate::refusal::Refusal;

/// Long enough for somebody to make room; short enough to notice.
pub(super) const RETRY: Duration = Duration::from_secs(5);

/// The refusal of a request whose entry the journal did not take; nothing of the entry is stored.
pub(super) fn append_failure(error: &AppendError) -> Refusal {
    let not_ready = |message: &str| {
        tracing::warn!(%error, source = std::error::Error::source(error).map(tracing::field::display), "an entry was not stored");
        Refusal::new(Code::Unavailable, reason::STORE_NOT_READY, message).retry(RETRY)
    };
    match error {
        AppendError::Write { .. } if error.is_full() => {
            not_ready("the server's disk is full; nothing was stored, send it again when there is room")
        }
        AppendError::TooLarge { bytes, limit } => {
            let message = "it does more to the feed than fits into one entry of the journal; split it";
            Refusal::new(Code::ResourceExhausted, reason::REQUEST_TOO_LARGE, message)
                .with("size_bytes", bytes)
                .with("limit_bytes", limit)
        }
        AppendError::Closed => super::stopping(),
        AppendError::Invalid { .. } => {
            tracing::error!(%error, "the ledger planned what the journal does not take");
            Refusal::internal()
        }
        _ => not_ready("the store takes no writes now; nothing was stored, send it again later"),
    }
}

/// The refusal of a request for which the views could not be read.
pub(crate) fn view_failure(error: &ViewError) -> Refusal {
    tracing::error!(%error, source = std::error::Error::source(error).map(tracing::field::display), "the views cannot be read");
    match error {
        ViewError::Row => {
            let message = "stored bytes are damaged; the server's log says where";
            Refusal::new(Code::DataLoss, reason::STORE_DAMAGED, message)
        }
        _ => {
            let message = "the store cannot be read now; send it again later";
            Refusal::new(Code::Unavailable, reason::STORE_NOT_READY, message).retry(RETRY)
        }
    }
}
