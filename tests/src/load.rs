//! The load tool: scenarios that measure real servers, each in a process of its own, over loopback.
//!
//! A scenario is a file in `tests/scenarios`, which says what it measures, against whom and in which sizes ([`plan`]), and the code
//! that does so in `scenarios`. Systems are started and driven in `systems`; [`limit`] is what the limits' servers run.

pub mod charts;
pub mod events;
pub mod latency;
pub mod lead;
pub mod limit;
mod lock;
pub mod options;
pub mod page;
pub mod plan;
pub mod probe;
pub mod report;
mod run;
pub mod samples;
mod scenarios;
mod stock;
pub mod stream;
pub mod subject;
pub(crate) mod systems;
pub mod wire;

pub use run::run;

/// Name of the system that all others are compared with.
pub const DATELINE: &str = "dateline";
