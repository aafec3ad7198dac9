//! How far subscribers are, for a publisher that must not run away from the slowest.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// How often a publisher looks; the runtime's timer has no finer steps.
const LOOK: Duration = Duration::from_millis(1);

/// How far each subscriber is.
#[derive(Clone, Debug)]
pub struct Lead(Arc<[AtomicU64]>);

impl Lead {
    /// So many subscribers, all at 0.
    pub fn new(subscribers: usize) -> Self {
        Self((0..subscribers).map(|_| AtomicU64::new(0)).collect())
    }

    /// What each subscriber tells its progress to.
    pub fn progress(&self) -> impl Iterator<Item = Progress> + use<> {
        let lead = self.clone();
        (0..lead.0.len()).map(move |place| Progress {
            lead: lead.clone(),
            place,
        })
    }

    /// Waits until the slowest has seen so many events.
    pub async fn wait(&self, events: u64) {
        while self.slowest() < events {
            tokio::time::sleep(LOOK).await;
        }
    }

    fn slowest(&self) -> u64 {
        let counts = self.0.iter().map(|count| count.load(Ordering::Relaxed));
        counts.min().unwrap_or(u64::MAX)
    }
}

/// One subscriber's progress.
#[derive(Clone, Debug)]
pub struct Progress {
    lead: Lead,
    place: usize,
}

impl Progress {
    /// It has seen so many events in all.
    pub fn set(&self, events: u64) {
        self.lead.0[self.place].store(events, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn the_slowest_is_waited_for() {
        let lead = Lead::new(2);
        let progress: Vec<_> = lead.progress().collect();
        lead.wait(0).await;
        progress[0].set(10);
        let mut early = std::pin::pin!(lead.wait(1));
        assert!(early.as_mut().now_or_never().is_none(), "one has seen nothing");
        progress[1].set(1);
        early.await;
    }
}
