//! How long to wait before the next attempt: doubling, capped, jittered, and from the start again after success.

use std::time::Duration;

/// Delays between attempts. The n-th is drawn evenly from the upper half of `min(cap, first * 2^n)`, so that many
/// readers that lost the same server do not return at once.
#[derive(Clone, Debug)]
pub struct Backoff {
    first: Duration,
    cap: Duration,
    attempts: u32,
}

impl Backoff {
    /// Starts at `first`, never waits longer than `cap`.
    pub const fn new(first: Duration, cap: Duration) -> Self {
        Self {
            first,
            cap,
            attempts: 0,
        }
    }

    /// The next delay.
    pub fn delay(&mut self) -> Duration {
        let factor = 2_u32.saturating_pow(self.attempts);
        self.attempts = self.attempts.saturating_add(1);
        let full = self.first.saturating_mul(factor).min(self.cap);
        full.mul_f64(rand::random_range(0.5..=1.0))
    }

    /// What was tried worked: the next delay is the first again.
    pub fn reset(&mut self) {
        self.attempts = 0;
    }
}

impl Default for Backoff {
    /// From 200 ms to 10 s: a restarted server is found at once, a dead one is asked six times a minute.
    fn default() -> Self {
        Self::new(Duration::from_millis(200), Duration::from_secs(10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_cap_and_start_again_after_success() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
        for full in [100, 200, 400, 800, 1_000, 1_000] {
            let delay = backoff.delay();
            assert!(delay >= Duration::from_millis(full / 2) && delay <= Duration::from_millis(full));
        }
        for _ in 0..100 {
            assert!(backoff.delay() <= Duration::from_secs(1));
        }
        backoff.reset();
        assert!(backoff.delay() <= Duration::from_millis(100));
    }
}
