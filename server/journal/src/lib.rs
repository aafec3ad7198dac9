#![doc = include_str!("../README.md")]

mod appender;
mod applier;
mod base;
mod calm;
#[cfg(feature = "conformance")]
#[expect(clippy::unwrap_used, reason = "a law that is broken panics, as a test does")]
pub mod conformance;
mod core;
mod element;
mod entry;
mod error;
mod follow;
mod journal;
mod keeper;
mod lock;
mod options;
mod order;
mod read;
mod recent;
mod recovery;
mod report;
mod revision;
mod runs;
mod segment;
mod sequence;
mod stamps;
mod status;
mod terms;
mod views;
mod writer;

#[cfg(feature = "conformance")]
pub use crate::views::ViewRow;
pub use crate::{
    appender::{Appender, Placed},
    entry::{ArticleRecord, Entry, Report, ReportChange, Revision, filterable},
    error::{AppendError, OpenError, ReadError, TrimError},
    journal::{Durable, Journal, Submitted, rebuild_views},
    options::{Options, Retention},
    report::clear_revision,
    revision::{Item, ReadLimit, StoredRevision, Stretch},
    runs::{Run, RunItem, Runs},
    sequence::{Cursor, CursorError, Epoch, EpochError, Sequence},
    stamps::{Stamp, Stamps},
    status::{Damage, Progress, Recovery, Status, Truncated},
    terms::{Term, TermQuery, fold, terms_of},
    views::{ActorCount, EventState, Standing, ViewError, Views, WholeEvent},
};
