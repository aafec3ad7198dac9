//! How reports are stored: as protobuf, and once where a report is what the entry shows of its event.

use std::sync::Arc;

use bytes::{Buf, BufMut};
use dateline_proto::v1;
use prost::{
    DecodeError, Message,
    encoding::{self, DecodeContext, WireType},
};

use crate::{Report, ReportChange, Revision};

/// Written as `prost` writes a message of these fields; by hand, since the event is shared.
impl Message for Report {
    fn encode_raw(&self, out: &mut impl BufMut) {
        encoding::message::encode(1, &*self.event, out);
        encoding::fixed32::encode_packed(2, &self.sketch, out);
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        bytes: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        match tag {
            1 => encoding::message::merge(wire_type, Arc::make_mut(&mut self.event), bytes, context),
            2 => encoding::fixed32::merge_repeated(wire_type, &mut self.sketch, bytes, context),
            _ => encoding::skip_field(wire_type, tag, bytes, context),
        }
    }

    fn encoded_len(&self) -> usize {
        encoding::message::encoded_len(1, &*self.event)
            + encoding::fixed32::encoded_len_packed(2, &self.sketch)
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// A [`ReportChange`] as a record holds it. Stored; tags are never reused.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct StoredChange {
    #[prost(string, tag = "1")]
    pub(crate) event_id: String,
    #[prost(string, tag = "2")]
    pub(crate) article_id: String,
    #[prost(message, optional, tag = "3")]
    pub(crate) report: Option<Report>,
    /// The report is what the entry's revision of the event shows, and has no sketch; then there is none in field 3.
    #[prost(bool, tag = "4")]
    pub(crate) shown: bool,
}

/// Appends a change with its length.
pub(crate) fn encode(change: &ReportChange, shown: bool, out: &mut Vec<u8>) {
    let report = change.report.as_ref().filter(|_| !shown);
    let text = |tag, text: &String| {
        if text.is_empty() {
            0
        } else {
            encoding::string::encoded_len(tag, text)
        }
    };
    let length = text(1, &change.event_id)
        + text(2, &change.article_id)
        + report.map_or(0, |report| encoding::message::encoded_len(3, report))
        + if shown {
            encoding::bool::encoded_len(4, &true)
        } else {
            0
        };
    encoding::encode_varint(length as u64, out);
    for (tag, text) in [(1, &change.event_id), (2, &change.article_id)] {
        if !text.is_empty() {
            encoding::string::encode(tag, text, out);
        }
    }
    if let Some(report) = report {
        encoding::message::encode(3, report, out);
    }
    if shown {
        encoding::bool::encode(4, &true, out);
    }
}

/// Which of an entry's changes is what a revision of it shows, and the number of that one. Both are in the order in which they were
/// planned, so one walk finds them; one that it does not find is stored twice.
pub(crate) fn shown(reports: &[ReportChange], revisions: &[Revision]) -> Vec<Option<usize>> {
    let mut next = revisions.iter().enumerate().peekable();
    let find = |change: &ReportChange| {
        let (number, revision) = next.next_if(|(_, revision)| revision.event.event_id == change.event_id)?;
        let report = change.report.as_ref()?;
        (Arc::ptr_eq(&report.event, &revision.event) && report.sketch.is_empty()).then_some(number)
    };
    reports.iter().map(find).collect()
}

/// Takes away what only the feed says of an event: which of its revisions it is, where it stands, and what became of it.
pub fn clear_revision(event: &mut v1::Event) {
    event.revision = 0;
    event.change = 0;
    event.cursor.clear();
    event.create_time = None;
    event.update_time = None;
    event.replaced_by.clear();
    event.retraction_reason.clear();
}

impl Report {
    /// The report that an event shows: without what tells of the revision, and without a sketch.
    pub fn of_shown(mut event: v1::Event) -> Self {
        clear_revision(&mut event);
        Self {
            event: Arc::new(event),
            sketch: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the fields were declared before they were written by hand.
    #[derive(Clone, PartialEq, prost::Message)]
    struct Declared {
        #[prost(message, required, tag = "1")]
        event: v1::Event,
        #[prost(fixed32, repeated, tag = "2")]
        sketch: Vec<u32>,
    }

    proptest! {
        #[test]
        fn reports_are_stored_as_declared(summary in ".{0,40}", sketch: Vec<u32>, event_id in ".{0,9}", shown: bool, gone: bool) {
            let event = v1::Event { summary, ..Default::default() };
            let declared = Declared { event: event.clone(), sketch: sketch.clone() };
            let report = Report { event: event.into(), sketch };
            prop_assert_eq!(report.encode_to_vec(), declared.encode_to_vec());
            prop_assert_eq!(Report::decode(declared.encode_to_vec().as_slice()).unwrap(), report.clone());
            let change = ReportChange { event_id: event_id.clone(), article_id: "a".into(), report: Some(report.clone()).filter(|_| !gone) };
            let mut bytes = Vec::new();
            encode(&change, false, &mut bytes);
            prop_assert_eq!(&bytes, &change.encode_length_delimited_to_vec());
            bytes.clear();
            encode(&change, shown, &mut bytes);
            let stored = StoredChange { event_id, article_id: "a".into(), report: change.report.filter(|_| !shown), shown };
            prop_assert_eq!(StoredChange::decode_length_delimited(bytes.as_slice()).unwrap(), stored);
        }
    }
}
