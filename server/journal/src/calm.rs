//! Threads that have time: what they do is needed later, and others wait for nothing but a core.

/// Lets the calling thread, and those that it starts from now on, come after the other threads where cores are scarce: a tenth of their
/// share, and woken threads need not wait for it. No promise depends on it; it does nothing where the system has no such thing.
pub(crate) fn down() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(%error, "a thread keeps its priority");
    }
}

#[cfg(target_os = "linux")]
const NICE: i32 = 10;
