//! The load tool: scenarios that measure a real server in a process of its own, over loopback.

pub mod counting;
pub mod events;
pub mod preload;
pub mod probe;
pub mod report;
pub mod run;
mod scenarios;
