//! Latencies and their percentiles.

use std::time::Duration;

/// Latencies of a run.
#[derive(Clone, Debug, Default)]
pub struct Latencies(Vec<u32>);

impl Latencies {
    /// Adds one; what is longer than 4,294 s counts as that.
    pub fn add(&mut self, latency: Duration) {
        self.0
            .push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
    }

    /// Adds those of another.
    pub fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In microseconds, the least latency that so many of a hundred do not exceed; none without latencies.
    pub fn percentile(&mut self, percent: f64) -> Option<f64> {
        self.0.sort_unstable();
        let rank = (self.0.len() as f64 * percent / 100.0).ceil() as usize;
        self.0
            .get(rank.saturating_sub(1))
            .map(|&micros| f64::from(micros))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_ranks() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile(99.0), None);
        (1..=200)
            .rev()
            .for_each(|n| latencies.add(Duration::from_micros(n)));
        assert_eq!(latencies.percentile(99.0), Some(198.0));
        assert_eq!(latencies.percentile(50.0), Some(100.0));
        assert_eq!(latencies.percentile(100.0), Some(200.0));
    }
}
