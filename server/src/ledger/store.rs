//! Whether it is worth waiting for the store.

use std::fmt;

use dateline_journal::Journal;

use super::failure;
use crate::refusal::Refusal;

/// What a request waits for.
#[derive(Clone)]
pub(super) struct Store(pub(super) Journal);

impl Store {
    /// Resolves when the views have not followed the journal for a while, as on a full disk: who asked would wait for an operator.
    pub(super) async fn stuck(&self) -> Refusal {
        let mut followed = true;
        loop {
            tokio::time::sleep(failure::RETRY).await;
            let follows = self.0.status().views_follow;
            if !follows && !followed {
                return failure::views_stuck();
            }
            followed = follows;
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}
