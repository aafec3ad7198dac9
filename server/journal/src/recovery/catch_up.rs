//! Applying to the views what the segments hold and they do not.

use std::{collections::HashMap, io, os::unix::fs::FileExt, path::PathBuf, sync::Arc};

use bytes::Bytes;
use dateline_proto::v1;
use prost::Message;

use crate::{
    Report, ReportChange, Sequence, ViewError, Views,
    read::at::Wait,
    report::StoredChange,
    revision::event_of,
    segment::{
        Header, Segment,
        record::{Record, Row},
        scan::{Found, Scan},
    },
    views::{Applied, AppliedEvent, AppliedReport},
};

/// Entries applied in one step.
const BATCH: usize = 512;

/// Why the views are not brought up.
#[derive(Debug)]
pub(crate) enum CatchUpError {
    Views(ViewError),
    Io(PathBuf, io::Error),
}

impl From<ViewError> for CatchUpError {
    fn from(error: ViewError) -> Self {
        Self::Views(error)
    }
}

/// Applies entries after the views' mark through `through`. Tells how many revisions that were so far; returns how many in all.
pub(crate) fn catch_up(
    segments: &[Arc<Segment>],
    views: &Views,
    through: u64,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, CatchUpError> {
    let mut done = 0;
    for segment in segments {
        if segment.span().last_commit <= views.mark().commit {
            continue;
        }
        let failed = |error| CatchUpError::Io(segment.path.clone(), error);
        let file = segment.data(Wait::May).map_err(failed)?;
        let header = Header::read(&file).map_err(failed)?;
        let header = header.ok_or_else(|| failed(io::Error::other("the segment's header is damaged")))?;
        let mut batch = Vec::with_capacity(BATCH);
        for found in Scan::new(&file, &header).map_err(failed)? {
            let Found::Record { record, .. } = found else {
                continue;
            };
            if record.commit <= views.mark().commit || record.commit > through {
                continue;
            }
            done += record.rows.len() as u64;
            batch.push(applied(&file, *record).map_err(failed)?);
            if batch.len() == BATCH {
                views.apply(batch.iter())?;
                batch.clear();
                progress(done);
            }
        }
        views.apply(batch.iter())?;
        progress(done);
        segment.release();
    }
    Ok(done)
}

/// An entry as it is stored. An element that is damaged is left out, and with it a report that is stored in it.
fn applied(file: &std::fs::File, record: Record) -> io::Result<Applied> {
    let last = record.last();
    let mut events: Vec<AppliedEvent> = Vec::with_capacity(record.rows.len());
    for (number, row) in record.rows.iter().enumerate() {
        let sequence = Sequence::new(record.first.get() + number as u64);
        if let Some((event, bytes)) = read(file, row)? {
            events.push(AppliedEvent {
                sequence,
                created: None,
                previous: Sequence::new(row.previous),
                held: row.flags & Row::HELD != 0,
                event: Arc::new(event),
                bytes,
                shown_by: None,
            });
        }
    }
    let mut places = HashMap::new();
    if record.reports.iter().any(|change| change.shown) {
        let ids = events.iter().map(|new| new.event.event_id.clone());
        places.extend(ids.zip(0..));
    }
    let mut reports = Vec::with_capacity(record.reports.len());
    for change in record.reports {
        let StoredChange {
            event_id,
            article_id,
            mut report,
            shown,
        } = change;
        let mut previous = None;
        if shown {
            let place: Option<&usize> = places.get(&event_id);
            let Some(new) = place.and_then(|place| events.get_mut(*place)) else {
                continue;
            };
            new.shown_by = Some(article_id.clone());
            previous = Some(new.previous);
            report = Some(Report {
                event: new.event.clone(),
                sketch: Vec::new(),
            });
        }
        let change = ReportChange {
            event_id,
            article_id,
            report,
        };
        reports.push(AppliedReport::new(change, previous));
    }
    Ok(Applied {
        commit: record.commit,
        last,
        events,
        article: record.article,
        reports,
    })
}

fn read(file: &std::fs::File, row: &Row) -> io::Result<Option<(v1::Event, Bytes)>> {
    let mut bytes = vec![0; row.length as usize];
    match file.read_exact_at(&mut bytes, row.data_offset) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    if crc32fast::hash(&bytes) != row.checksum || bytes.len() < 3 {
        return Ok(None);
    }
    let bytes = event_of(&bytes.into());
    Ok(v1::Event::decode(bytes.clone()).ok().map(|event| (event, bytes)))
}
