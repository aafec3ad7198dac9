//! CPU time and memory of a process.

use std::fs;

use nix::{
    time::{ClockId, clock_gettime},
    unistd::Pid,
};

/// CPU time that the process has used so far, of all its threads, user and system, in seconds; 0 once it is gone.
///
/// The process's CPU clock counts nanoseconds where /proc/PID/stat counts ticks of 10 ms, as long as a whole replay may take.
pub fn cpu_seconds(pid: u32) -> f64 {
    let Ok(pid) = i32::try_from(pid) else {
        return 0.0;
    };
    ClockId::pid_cpu_clock_id(Pid::from_raw(pid))
        .and_then(clock_gettime)
        .map_or(0.0, |time| time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9)
}

/// Resident memory of the process in bytes; 0 where /proc does not tell.
pub fn resident_bytes(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or(0)
        * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_shows_and_a_process_that_is_gone_has_none() {
        let me = std::process::id();
        let before = cpu_seconds(me);
        let until = std::time::Instant::now() + std::time::Duration::from_millis(20);
        while std::time::Instant::now() < until {
            std::hint::black_box(0);
        }
        assert!(cpu_seconds(me) > before);
        assert!(resident_bytes(me) > 0);
        assert_eq!(cpu_seconds(u32::MAX), 0.0);
    }
}
