//! The product, end to end: the real server and the real client in processes of their own.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the answer")]

mod articles;
mod client;
mod crash;
mod drain;
mod edit;
mod grpcurl;
mod hostile;
mod image;
mod load;
mod readme;
mod server;
mod slow_reader;
mod start;
mod watch;
