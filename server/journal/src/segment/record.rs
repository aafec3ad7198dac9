//! The record of an entry in a segment's side area: where its elements are, their checksums, and everything else that was committed.

use bytes::{Buf, BufMut, Bytes};
use dateline_proto::time::Timestamp;
use prost::Message;

use crate::{ArticleRecord, Sequence, Term, report::StoredChange};

/// Starts every record; also what recovery looks for after a damaged place.
pub(crate) const MAGIC: u32 = 0x4C54_4A44;
/// Records start at multiples of this.
pub(crate) const ALIGN: u64 = 8;
/// Magic, length of the body, checksum of the body, zero.
pub(crate) const HEADER: usize = 16;
const FIXED: usize = 48;

/// Where a revision is and what is known without reading it. Stored, 56 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Of the element, in the segment file.
    pub(crate) data_offset: u64,
    pub(crate) length: u32,
    pub(crate) before_length: u32,
    /// Of the encoded state before, in the segment file.
    pub(crate) before_offset: u64,
    pub(crate) checksum: u32,
    pub(crate) before_checksum: u32,
    pub(crate) previous: u64,
    pub(crate) seconds: i64,
    pub(crate) nanos: u32,
    pub(crate) flags: u32,
}

impl Row {
    pub(crate) const LEN: usize = 56;
    /// The event is withdrawn by an editor.
    pub(crate) const HELD: u32 = 1;
    /// The record that told of this revision is damaged; `data_offset` is its place.
    pub(crate) const LOST: u32 = 2;

    pub(crate) fn lost(place: u64, time: Timestamp) -> Self {
        Self {
            data_offset: place,
            seconds: time.seconds,
            nanos: time.nanos.unsigned_abs(),
            flags: Self::LOST,
            ..Self::default()
        }
    }

    pub(crate) fn time(&self) -> Timestamp {
        Timestamp {
            seconds: self.seconds,
            nanos: self.nanos.cast_signed(),
        }
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        out.put_u64_le(self.data_offset);
        out.put_u32_le(self.length);
        out.put_u32_le(self.before_length);
        out.put_u64_le(self.before_offset);
        out.put_u32_le(self.checksum);
        out.put_u32_le(self.before_checksum);
        out.put_u64_le(self.previous);
        out.put_i64_le(self.seconds);
        out.put_u32_le(self.nanos);
        out.put_u32_le(self.flags);
    }

    /// Reads a row. Every field has its fixed place, so that nothing is checked but once.
    pub(crate) fn read(bytes: &[u8; Self::LEN]) -> Self {
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]));
        let short = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]));
        Self {
            data_offset: long(0),
            length: short(8),
            before_length: short(12),
            before_offset: long(16),
            checksum: short(24),
            before_checksum: short(28),
            previous: long(32),
            seconds: long(40).cast_signed(),
            nanos: short(48),
            flags: short(52),
        }
    }
}

/// What a record says, decoded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    /// Number of the entry: 1 for the first of the journal, then one more for each.
    pub(crate) commit: u64,
    /// Number of the newest entry that was durable when this one was written.
    pub(crate) durable: u64,
    /// Sequence of its first revision, or the next one's where it has none.
    pub(crate) first: Sequence,
    pub(crate) time: Timestamp,
    pub(crate) rows: Vec<Row>,
    /// Terms of both states, by revision.
    pub(crate) terms: Vec<Vec<Term>>,
    pub(crate) article: Option<ArticleRecord>,
    pub(crate) reports: Vec<StoredChange>,
}

/// A revision on its way into a record.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) length: u32,
    pub(crate) checksum: u32,
    pub(crate) previous: Sequence,
    pub(crate) held: bool,
    pub(crate) terms: Vec<Term>,
    pub(crate) before: Vec<u8>,
}

/// An entry on its way into a record.
#[derive(Debug)]
pub(crate) struct EntryDraft {
    pub(crate) commit: u64,
    pub(crate) first: Sequence,
    pub(crate) time: Timestamp,
    pub(crate) revisions: Vec<Draft>,
    pub(crate) article: Vec<u8>,
    pub(crate) reports: Vec<u8>,
}

impl EntryDraft {
    /// Bytes that the record takes, with padding.
    pub(crate) fn record_len(&self) -> usize {
        let revisions: usize = self
            .revisions
            .iter()
            .map(|draft| Row::LEN + 4 + 8 * draft.terms.len() + draft.before.len())
            .sum();
        (HEADER + FIXED + revisions + self.article.len() + self.reports.len())
            .next_multiple_of(ALIGN as usize)
    }

    /// Appends the record to `out`. `at` is where it will stand in the file, `data_offset` where its elements will. Returns its rows.
    pub(crate) fn write(&self, durable: u64, at: u64, data_offset: u64, out: &mut Vec<u8>) -> Vec<Row> {
        let start = out.len();
        let terms: usize = self.revisions.iter().map(|draft| 4 + 8 * draft.terms.len()).sum();
        let mut before_offset = at + (HEADER + FIXED + self.revisions.len() * Row::LEN + terms) as u64;
        let mut element_offset = data_offset;
        let rows: Vec<Row> = self
            .revisions
            .iter()
            .map(|draft| {
                let row = Row {
                    data_offset: element_offset,
                    length: draft.length,
                    before_length: draft.before.len() as u32,
                    before_offset,
                    checksum: draft.checksum,
                    before_checksum: crc32fast::hash(&draft.before),
                    previous: draft.previous.get(),
                    seconds: self.time.seconds,
                    nanos: self.time.nanos.unsigned_abs(),
                    flags: if draft.held { Row::HELD } else { 0 },
                };
                element_offset += u64::from(draft.length);
                before_offset += draft.before.len() as u64;
                row
            })
            .collect();
        out.put_bytes(0, HEADER);
        out.put_u64_le(self.commit);
        out.put_u64_le(durable);
        out.put_u64_le(self.first.get());
        out.put_i64_le(self.time.seconds);
        out.put_u32_le(self.time.nanos.unsigned_abs());
        out.put_u32_le(self.revisions.len() as u32);
        out.put_u32_le(self.article.len() as u32);
        out.put_u32_le(self.reports.len() as u32);
        for row in &rows {
            row.put(out);
        }
        for draft in &self.revisions {
            out.put_u32_le(draft.terms.len() as u32);
            for term in &draft.terms {
                out.put_u64_le(term.0);
            }
        }
        for draft in &self.revisions {
            out.put_slice(&draft.before);
        }
        out.put_slice(&self.article);
        out.put_slice(&self.reports);
        let body = start + HEADER;
        let length = (out.len() - body) as u32;
        let checksum = crc32fast::hash(&out[body..]);
        let mut header = &mut out[start..body];
        header.put_u32_le(MAGIC);
        header.put_u32_le(length);
        header.put_u32_le(checksum);
        let padded = start + (out.len() - start).next_multiple_of(ALIGN as usize);
        out.resize(padded, 0);
        rows
    }
}

/// The body of the record at the start of `bytes`, if one stands there whole, and the length it takes with padding.
pub(crate) fn frame(bytes: &Bytes) -> Option<(Bytes, usize)> {
    let mut header = bytes.get(..HEADER)?;
    if header.get_u32_le() != MAGIC {
        return None;
    }
    let length = header.get_u32_le() as usize;
    let checksum = header.get_u32_le();
    if header.get_u32_le() != 0 || bytes.len() - HEADER < length {
        return None;
    }
    let body = bytes.slice(HEADER..HEADER + length);
    (crc32fast::hash(&body) == checksum).then(|| (body, (HEADER + length).next_multiple_of(ALIGN as usize)))
}

impl Record {
    /// Reads the body of a record. None: it is not one, whatever its checksum says.
    pub(crate) fn read(mut body: Bytes) -> Option<Self> {
        if body.len() < FIXED {
            return None;
        }
        let commit = body.get_u64_le();
        let durable = body.get_u64_le();
        let first = Sequence::new(body.get_u64_le());
        let time = Timestamp {
            seconds: body.get_i64_le(),
            nanos: body.get_u32_le().cast_signed(),
        };
        let count = body.get_u32_le() as usize;
        let article_len = body.get_u32_le() as usize;
        let reports_len = body.get_u32_le() as usize;
        if body.len() < count.checked_mul(Row::LEN)? {
            return None;
        }
        let (rows, _) = body[..count * Row::LEN].as_chunks();
        let rows: Vec<Row> = rows.iter().map(Row::read).collect();
        body.advance(count * Row::LEN);
        let mut terms = Vec::with_capacity(count);
        for _ in 0..count {
            let number = body.try_get_u32_le().ok()? as usize;
            if body.len() < number.checked_mul(8)? {
                return None;
            }
            terms.push((0..number).map(|_| Term(body.get_u64_le())).collect());
        }
        let befores: usize = rows.iter().map(|row| row.before_length as usize).sum();
        if body.len() != befores + article_len + reports_len {
            return None;
        }
        body.advance(befores);
        let article = body.split_to(article_len);
        let article = if article.is_empty() {
            None
        } else {
            Some(ArticleRecord::decode(article).ok()?)
        };
        let mut reports = Vec::new();
        while body.has_remaining() {
            reports.push(StoredChange::decode_length_delimited(&mut body).ok()?);
        }
        Some(Self {
            commit,
            durable,
            first,
            time,
            rows,
            terms,
            article,
            reports,
        })
    }

    /// Sequence of the last revision so far when this entry is included.
    pub(crate) fn last(&self) -> Sequence {
        Sequence::new(self.first.get() + self.rows.len() as u64 - 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::Report;

    fn draft() -> impl Strategy<Value = Draft> {
        let terms = vec(any::<u64>().prop_map(Term), 0..5);
        (
            any::<[u32; 2]>(),
            any::<u64>(),
            any::<bool>(),
            terms,
            vec(any::<u8>(), 0..50),
        )
            .prop_map(|([length, checksum], previous, held, terms, before)| Draft {
                length: length % 10_000,
                checksum,
                previous: Sequence::new(previous),
                held,
                terms,
                before,
            })
    }

    proptest! {
        #[test]
        fn a_record_reads_back_and_any_flipped_bit_is_noticed(
            revisions in vec(draft(), 0..6), commit in 1_u64.., durable: u64, at in 0..1_u64 << 40, title in ".{0,20}", bit: usize,
        ) {
            let article = ArticleRecord { article_id: "a".into(), title, ..ArticleRecord::default() };
            let report = StoredChange {
                event_id: "e".into(), article_id: "a".into(), report: Some(Report { event: Default::default(), sketch: vec![1, u32::MAX] }),
                shown: false,
            };
            let time = Timestamp { seconds: 1_700_000_000, nanos: 7 };
            let entry = EntryDraft {
                commit, first: Sequence::new(9), time, revisions,
                article: article.encode_to_vec(), reports: report.encode_length_delimited_to_vec(),
            };
            let mut bytes = Vec::new();
            let rows = entry.write(durable, at, 4096, &mut bytes);
            prop_assert_eq!(bytes.len(), entry.record_len());
            let (body, length) = frame(&bytes.clone().into()).unwrap();
            prop_assert_eq!(length, bytes.len());
            let body_end = HEADER + body.len();
            let record = Record::read(body).unwrap();
            prop_assert_eq!((record.commit, record.durable, record.first, record.time), (commit, durable, Sequence::new(9), time));
            prop_assert_eq!(&record.rows, &rows);
            prop_assert_eq!((record.article, record.reports), (Some(article), vec![report]));
            for ((row, terms), draft) in rows.iter().zip(record.terms).zip(&entry.revisions) {
                let before = (row.before_offset - at) as usize;
                prop_assert_eq!(&bytes[before..before + draft.before.len()], draft.before.as_slice());
                prop_assert_eq!(&terms, &draft.terms);
                prop_assert_eq!((row.length, row.checksum, row.previous), (draft.length, draft.checksum, draft.previous.get()));
                prop_assert_eq!(row.flags == Row::HELD, draft.held);
            }
            let bit = bit % (8 * body_end);
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(frame(&bytes.into()).is_none());
        }

        #[test]
        fn bytes_that_are_no_record_are_refused_without_a_panic(bytes in vec(any::<u8>(), 0..300)) {
            let _ = frame(&bytes.clone().into());
            let _ = Record::read(bytes.into());
        }
    }
}
