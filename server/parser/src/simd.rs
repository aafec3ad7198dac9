//! The one place where vector instructions are chosen.

use pulp::{Arch, WithSimd};

/// Runs `op` with the widest vector instructions of this processor.
pub(crate) fn dispatch<Op: WithSimd>(op: Op) -> Op::Output {
    #[cfg(test)]
    if let Some(arch) = forced::FORCED.get() {
        return arch.dispatch(op);
    }
    Arch::new().dispatch(op)
}

/// Running with narrower instructions than the processor has, to compare results.
#[cfg(test)]
pub(crate) mod forced {
    use std::cell::Cell;

    use pulp::Arch;

    thread_local! {
        pub(super) static FORCED: Cell<Option<Arch>> = const { Cell::new(None) };
    }

    /// Runs `work` on this thread once with each kind of instructions that the processor has.
    pub(crate) fn with_each<T>(mut work: impl FnMut() -> T) -> Vec<T> {
        let results = available().into_iter().map(|arch| {
            FORCED.set(Some(arch));
            work()
        });
        let results = results.collect();
        FORCED.set(None);
        results
    }

    #[cfg(target_arch = "x86_64")]
    fn available() -> Vec<Arch> {
        let wider = [
            pulp::x86::V3::try_new().map(Arch::V3),
            pulp::x86::V4::try_new().map(Arch::V4),
        ];
        [Arch::Scalar]
            .into_iter()
            .chain(wider.into_iter().flatten())
            .collect()
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn available() -> Vec<Arch> {
        vec![Arch::Scalar, Arch::new()]
    }
}
