//! The pace of a replay: a clock that runs over the feed's past, faster or slower than time itself.

use std::time::Duration;

use dateline_proto::time::Timestamp;
use tokio::time::Instant;

/// A clock that shows `first` at `began`, and from there on runs at `speed`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    speed: f64,
    began: Instant,
    first: Timestamp,
}

impl Pace {
    /// `speed` is finite and above 0; `first` is the time of the revision that comes at once.
    pub(super) fn new(speed: f64, began: Instant, first: Timestamp) -> Self {
        Self { speed, began, first }
    }

    /// What the clock shows: revisions of this time and before are due.
    pub(super) fn shows(&self, now: Instant) -> Timestamp {
        let passed = now.saturating_duration_since(self.began).as_secs_f64() * self.speed;
        // Longer than any feed: everything is due.
        let passed = Duration::try_from_secs_f64(passed).unwrap_or(Duration::MAX);
        after(self.first, passed)
    }

    /// When a revision is due. None: later than the machine can tell.
    pub(super) fn due(&self, time: Timestamp) -> Option<Instant> {
        let wait = between(self.first, time).as_secs_f64() / self.speed;
        self.began.checked_add(Duration::try_from_secs_f64(wait).ok()?)
    }
}

/// How much later `later` is; zero if it is not.
pub(super) fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    let nanos = |time: Timestamp| i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos);
    let apart = u128::try_from(nanos(later) - nanos(earlier)).unwrap_or(0);
    let seconds = u64::try_from(apart / 1_000_000_000).unwrap_or(u64::MAX);
    Duration::new(seconds, (apart % 1_000_000_000) as u32)
}

fn after(time: Timestamp, passed: Duration) -> Timestamp {
    let nanos = time.nanos.unsigned_abs() + passed.subsec_nanos();
    let seconds = i64::try_from(passed.as_secs()).unwrap_or(i64::MAX);
    Timestamp {
        seconds: time
            .seconds
            .saturating_add(seconds)
            .saturating_add(i64::from(nanos / 1_000_000_000)),
        nanos: (nanos % 1_000_000_000) as i32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp {
            seconds: millis.div_euclid(1_000),
            nanos: (millis.rem_euclid(1_000) * 1_000_000) as i32,
        }
    }

    #[test]
    fn the_clock_runs_at_its_speed_from_the_first_revision_on() {
        let began = Instant::now();
        let pace = Pace::new(60.0, began, at(1_500));
        assert_eq!(pace.shows(began), at(1_500));
        assert_eq!(pace.shows(began + Duration::from_secs(1)), at(61_500));
        assert_eq!(pace.due(at(61_500)), Some(began + Duration::from_secs(1)));
        assert_eq!(pace.due(at(0)), Some(began), "what is older is due at once");
        let slow = Pace::new(0.5, began, at(0));
        assert_eq!(slow.due(at(1_000)), Some(began + Duration::from_secs(2)));
        let crawling = Pace::new(f64::MIN_POSITIVE, began, at(0));
        assert_eq!(crawling.due(at(1_000)), None);
        let racing = Pace::new(f64::MAX, began, at(0));
        let soon = began + Duration::from_nanos(1);
        assert!(racing.shows(soon) > at(i64::from(u32::MAX)), "everything is due");
    }

    proptest! {
        #[test]
        fn nothing_is_due_before_its_time(speed in 0.001_f64..1e6, later in 0_i64..100_000_000, waited in 0_u64..100_000_000_000) {
            let began = Instant::now();
            let pace = Pace::new(speed, began, at(0));
            let now = began + Duration::from_nanos(waited);
            let apart = later as f64 / 1_000.0;
            // But for the last digits of a floating-point number.
            let due = apart / speed <= now.duration_since(began).as_secs_f64() + 1e-6;
            prop_assert!(due || pace.shows(now) < at(later));
            let told = pace.due(at(later)).unwrap();
            prop_assert!(pace.shows(told + Duration::from_micros(1 + (1.0 / speed) as u64)) >= at(later - 1));
        }
    }
}
