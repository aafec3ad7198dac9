#![doc = include_str!("../README.md")]

mod backoff;
#[cfg(feature = "cli")]
pub mod cli;
mod client;
mod connector;
mod cursor_file;
mod endpoint;
mod error;
mod ingestion;
mod outage;
mod subscription;

pub use backoff::Backoff;
pub use client::Client;
pub use connector::{Connector, MessageStream};
pub use cursor_file::{CursorFile, CursorFileError};
pub use endpoint::{AddressError, DEFAULT_ADDRESS, endpoint};
pub use error::{Error, ErrorKind};
pub use ingestion::{IngestUpdate, ingest_articles};
pub use outage::Resume;
pub use subscription::{Subscription, Update};

/// The messages of the contract.
pub use dateline_proto::v1;
