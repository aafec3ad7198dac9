#![doc = include_str!("../README.md")]

mod entry;
mod error;
mod journal;
mod options;
mod revision;
mod sequence;
mod status;
mod terms;
mod views;

pub use crate::{
    entry::{ArticleRecord, Entry, Report, ReportChange, Revision, filterable},
    error::{AppendError, OpenError, ReadError, TrimError},
    journal::{Durable, Journal, Stamp, Submitted, rebuild_views},
    options::{Options, Retention},
    revision::{Item, ReadLimit, StoredRevision, Stretch},
    sequence::{Cursor, CursorError, Epoch, EpochError, Sequence},
    status::{Damage, Progress, Recovery, Status, Truncated},
    terms::{Term, TermQuery, fold, terms_of},
    views::{ActorCount, EventState, ViewError, Views},
};
