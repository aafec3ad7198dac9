//! How long one answer may be worked at: until its time is over or nobody waits for it any more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use dateline_proto::reason;

use crate::refusal::Refusal;

/// See the module.
#[derive(Debug)]
pub(super) struct Patience {
    /// When it ends, and the seconds that were given.
    deadline: Option<(Instant, u64)>,
    gone: Arc<AtomicBool>,
}

/// Held by who waits: work stops when it is dropped.
#[derive(Debug)]
pub(super) struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Patience {
    /// For work that is short by itself.
    pub(super) fn endless() -> Self {
        Self {
            deadline: None,
            gone: Arc::default(),
        }
    }

    /// For so long, and as long as the other half is held.
    pub(super) fn of(time: Duration) -> (Self, Waiting) {
        let gone = Arc::<AtomicBool>::default();
        let deadline = Instant::now().checked_add(time).map(|at| (at, time.as_secs()));
        (
            Self {
                deadline,
                gone: gone.clone(),
            },
            Waiting(gone),
        )
    }

    /// # Errors
    /// The time is over: AGGREGATE_TOO_LARGE. Nobody waits: an error that nobody hears.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.gone.load(Ordering::Relaxed) {
            return Err(Refusal::internal());
        }
        match self.deadline {
            Some((at, seconds)) if Instant::now() >= at => Err(Refusal::invalid(
                reason::AGGREGATE_TOO_LARGE,
                "filter",
                format!(
                    "counting takes longer than {seconds} s; give a filter that the indexes know, or a later start_time"
                ),
            )
            .with("limit_seconds", seconds)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_when_its_time_is_over_or_its_caller_goes() {
        assert!(Patience::endless().check().is_ok());
        let (patience, waiting) = Patience::of(Duration::from_secs(3_600));
        assert!(patience.check().is_ok());
        drop(waiting);
        assert_eq!(patience.check().unwrap_err().reason(), reason::INTERNAL);
        let (patience, _waiting) = Patience::of(Duration::ZERO);
        let refusal = patience.check().unwrap_err();
        assert_eq!(refusal.reason(), reason::AGGREGATE_TOO_LARGE);
        assert_eq!(refusal.metadata()["limit_seconds"], "0");
    }
}
