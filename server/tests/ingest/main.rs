//! Articles and publications through a real server: what goes in, what subscribers see of it.
#![expect(clippy::unwrap_used, reason = "what is not as it has to be fails the test")]

mod articles;
mod full;
mod harness;
mod hostile;
mod merging;
mod paths;
mod publications;
mod reading;
mod together;
