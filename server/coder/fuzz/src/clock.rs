//! Time that this thread computed, whatever else the machine is doing.

use std::time::Duration;

/// Time on a processor so far; `None` where the system does not tell.
pub(crate) fn computed() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computing_takes_time_and_sleeping_none() {
        let Some(start) = computed() else {
            return;
        };
        std::thread::sleep(Duration::from_millis(100));
        let slept = computed().expect("told before") - start;
        assert!(slept < Duration::from_millis(50), "{slept:?}");
        let mut sum = 0_u64;
        while computed().expect("told before") - start < Duration::from_millis(60) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
    }
}
