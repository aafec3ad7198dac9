//! Applying to the views what the segments hold and they do not.

use std::{io, os::unix::fs::FileExt, path::PathBuf, sync::Arc};

use bytes::Bytes;
use dateline_proto::v1;
use prost::Message;

use crate::{
    Sequence, ViewError, Views,
    revision::event_of,
    segment::{
        Header, Segment,
        record::{Record, Row},
        scan::{Found, Scan},
    },
    views::{Applied, AppliedEvent},
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
        let file = segment.data().map_err(failed)?;
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

/// An entry as it is stored. An element that is damaged is left out.
fn applied(file: &std::fs::File, record: Record) -> io::Result<Applied> {
    let mut events = Vec::with_capacity(record.rows.len());
    for (number, row) in record.rows.iter().enumerate() {
        let sequence = Sequence::new(record.first.get() + number as u64);
        if let Some((event, bytes)) = read(file, row)? {
            events.push(AppliedEvent {
                sequence,
                created: None,
                held: row.flags & Row::HELD != 0,
                event,
                bytes,
            });
        }
    }
    Ok(Applied {
        commit: record.commit,
        last: record.last(),
        events,
        article: record.article,
        reports: record.reports,
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
