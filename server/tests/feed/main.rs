//! What the feed promises its readers, each promise a test: a real server on a free port, a real client, a real journal.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod changing;
mod counts;
mod drain;
mod ecosystem;
mod ending;
mod gaps;
mod harness;
mod lagging;
mod limits;
mod list;
mod live;
mod lookup;
mod operators;
mod pace;
mod refusals;
mod replay;
mod resume;
mod standing;
mod start;
