//! What is true now, as items that do not depend on the tables: the base is made of them, and the views can be made from them.

use std::sync::Arc;

use bytes::Bytes;
use dateline_proto::v1;
use fjall::Readable;
use prost::Message;

use super::{
    AppliedEvent, AppliedReport, ViewError, Views,
    apply::Applying,
    rows::{EventRow, Mark, Table, VersionRow, second},
};
use crate::{ArticleRecord, Report, ReportChange, Sequence};

/// One thing that is true. Stored; tags are never reused. One field is set.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct BaseItem {
    #[prost(message, optional, tag = "1")]
    pub(crate) event: Option<BaseEvent>,
    #[prost(message, optional, tag = "2")]
    pub(crate) report: Option<ReportChange>,
    /// An article's newest record.
    #[prost(message, optional, tag = "3")]
    pub(crate) article: Option<ArticleRecord>,
    /// The record of a version that something needs.
    #[prost(message, optional, tag = "4")]
    pub(crate) version: Option<ArticleRecord>,
    #[prost(message, optional, tag = "5")]
    pub(crate) text: Option<BaseText>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct BaseEvent {
    #[prost(uint64, tag = "1")]
    newest: u64,
    #[prost(uint64, tag = "2")]
    created: u64,
    #[prost(bool, tag = "3")]
    held: bool,
    /// Encoded, as it was first.
    #[prost(bytes = "bytes", tag = "4")]
    event: Bytes,
    /// Whose report is what the event shows. Empty: none is.
    #[prost(string, tag = "5")]
    shown_by: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct BaseText {
    #[prost(string, tag = "1")]
    hash: String,
    #[prost(string, tag = "2")]
    text: String,
}

impl BaseItem {
    pub(super) fn apply(&self, applying: &mut Applying<'_>) -> Result<(), ViewError> {
        if let Some(base) = &self.event {
            let event = v1::Event::decode(base.event.clone()).map_err(|_| ViewError::Row)?;
            let event = AppliedEvent {
                sequence: Sequence::new(base.newest),
                created: Some(Sequence::new(base.created)),
                previous: Sequence::ZERO,
                held: base.held,
                event: Arc::new(event),
                bytes: base.event.clone(),
                shown_by: Some(base.shown_by.clone()).filter(|article_id| !article_id.is_empty()),
            };
            applying.shown(&event)?;
            applying.event(&event)?;
        }
        if let Some(change) = &self.report {
            applying.report(&AppliedReport::new(change.clone(), None))?;
        }
        if let Some(article) = &self.article {
            applying.article(article)?;
        }
        if let Some(version) = &self.version {
            applying.version(version)?;
        }
        if let Some(text) = &self.text {
            applying.text(&text.hash, &text.text)?;
        }
        Ok(())
    }
}

/// Everything that is true, as of one moment, in an order in which it can be applied; and through which entry it holds.
pub(crate) fn dump<E: From<ViewError>>(
    views: &Views,
    begin: &mut dyn FnMut(Mark) -> Result<(), E>,
    sink: &mut dyn FnMut(BaseItem) -> Result<(), E>,
) -> Result<(), E> {
    let store = views.store()?;
    let snapshot = store.snapshot();
    let failed = |error: fjall::Error| E::from(ViewError::from(error));
    let mark = snapshot
        .get(store.table(Table::Meta), b"mark")
        .map_err(failed)?
        .and_then(|bytes| Mark::decode(&bytes))
        .ok_or(ViewError::Row)?;
    begin(mark)?;
    let rows = |table: Table| {
        snapshot
            .iter(store.table(table))
            .map(move |row| row.into_inner().map_err(failed))
    };
    for row in rows(Table::Events) {
        let row = EventRow::decode(&row?.1)?;
        sink(BaseItem {
            event: Some(BaseEvent {
                newest: row.newest.get(),
                created: row.created.get(),
                held: row.held,
                event: row.event,
                shown_by: row.shown_by.unwrap_or_default(),
            }),
            ..BaseItem::default()
        })?;
    }
    for row in rows(Table::Reports) {
        let (key, value) = row?;
        sink(BaseItem {
            report: Some(ReportChange {
                event_id: first(&key)?,
                article_id: second(&key)?,
                report: Some(Report::decode(&*value).map_err(|_| ViewError::Row)?),
            }),
            ..BaseItem::default()
        })?;
    }
    for row in rows(Table::Articles) {
        sink(BaseItem {
            article: Some(ArticleRecord::decode(&*row?.1).map_err(|_| ViewError::Row)?),
            ..BaseItem::default()
        })?;
    }
    for row in rows(Table::Versions) {
        let row = VersionRow::decode(&row?.1)?;
        if !row.record.is_empty() {
            sink(BaseItem {
                version: Some(ArticleRecord::decode(row.record.as_slice()).map_err(|_| ViewError::Row)?),
                ..BaseItem::default()
            })?;
        }
    }
    for row in rows(Table::Texts) {
        let (key, value) = row?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| ViewError::Row);
        sink(BaseItem {
            text: Some(BaseText {
                hash: text(&key)?,
                text: text(&value)?,
            }),
            ..BaseItem::default()
        })?;
    }
    Ok(())
}

/// The first text of a pair.
fn first(key: &[u8]) -> Result<String, ViewError> {
    let length = key
        .first_chunk::<4>()
        .map(|length| u32::from_be_bytes(*length) as usize);
    let text = length
        .and_then(|length| key.get(4..4 + length))
        .ok_or(ViewError::Row)?;
    String::from_utf8(text.to_vec()).map_err(|_| ViewError::Row)
}
