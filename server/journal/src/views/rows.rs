//! Keys and values of the views' tables.

use bytes::{Buf, BufMut};
use dateline_proto::v1;
use prost::Message as _;

use super::{EventState, ViewError};
use crate::{Epoch, Report, Sequence, fold};

/// Changes with the layout of any table; other numbers are built anew.
pub(super) const FORMAT: u32 = 2;

/// The tables. Their names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Table {
    /// `mark`: [`Mark`].
    Meta,
    /// Event: [`EventRow`].
    Events,
    /// First sequence, big endian: event.
    Created,
    /// Event, article: encoded report; but for the one that the event's row shows.
    Reports,
    /// Article: its newest record.
    Articles,
    /// Article, text hash: [`VersionRow`].
    Versions,
    /// Text hash: text.
    Texts,
    /// Text hash: number of its rows in `Versions`.
    TextUses,
    /// Actor: number of events.
    Actors,
    /// Number of events, descending, then actor: nothing.
    ActorRanks,
    /// Topic: number of events.
    Topics,
}

impl Table {
    pub(super) const ALL: [Self; 11] = [
        Self::Meta,
        Self::Events,
        Self::Created,
        Self::Reports,
        Self::Articles,
        Self::Versions,
        Self::Texts,
        Self::TextUses,
        Self::Actors,
        Self::ActorRanks,
        Self::Topics,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Events => "events",
            Self::Created => "created",
            Self::Reports => "reports",
            Self::Articles => "articles",
            Self::Versions => "versions",
            Self::Texts => "texts",
            Self::TextUses => "text-uses",
            Self::Actors => "actors",
            Self::ActorRanks => "actor-ranks",
            Self::Topics => "topics",
        }
    }
}

/// Through where the views have applied the journal, and what they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) epoch: Epoch,
    /// Number of the last entry applied.
    pub(crate) commit: u64,
    /// Last revision applied.
    pub(crate) head: Sequence,
    pub(crate) events: u64,
    pub(crate) articles: u64,
}

impl Mark {
    pub(super) fn new(epoch: Epoch) -> Self {
        Self {
            epoch,
            commit: 0,
            head: Sequence::ZERO,
            events: 0,
            articles: 0,
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(44);
        out.put_u32_le(FORMAT);
        out.put_slice(&self.epoch.to_bytes());
        out.put_u64_le(self.commit);
        out.put_u64_le(self.head.get());
        out.put_u64_le(self.events);
        out.put_u64_le(self.articles);
        out
    }

    /// None: another layout.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        if bytes.len() != 44 || bytes.get_u32_le() != FORMAT {
            return None;
        }
        let mut epoch = [0; 8];
        bytes.copy_to_slice(&mut epoch);
        Some(Self {
            epoch: Epoch::from_bytes(epoch),
            commit: bytes.get_u64_le(),
            head: Sequence::new(bytes.get_u64_le()),
            events: bytes.get_u64_le(),
            articles: bytes.get_u64_le(),
        })
    }
}

/// An event's newest state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EventRow {
    pub(crate) newest: Sequence,
    pub(crate) created: Sequence,
    pub(crate) revision: u32,
    pub(crate) retracted: bool,
    pub(crate) held: bool,
    /// Whose report is just what the event shows, and has no sketch. It has no row of its own.
    pub(crate) shown_by: Option<String>,
    /// The encoded event.
    pub(crate) event: bytes::Bytes,
}

impl EventRow {
    /// Two sequences, the revision's number, flags, length of `shown_by`.
    const FIXED: usize = 23;
    const RETRACTED: u8 = 1;
    const HELD: u8 = 2;
    const SHOWN: u8 = 4;

    pub(crate) fn state(&self) -> EventState {
        EventState {
            newest: self.newest,
            revision: self.revision,
            created: self.created,
            retracted: self.retracted,
            held: self.held,
        }
    }

    /// The report that the event shows.
    pub(super) fn shown(&self) -> Result<Report, ViewError> {
        let event = v1::Event::decode(self.event.clone()).map_err(|_| ViewError::Row)?;
        Ok(Report::of_shown(event))
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        Self::write(self.state(), self.shown_by.as_deref(), &self.event, out);
    }

    /// Appends the row of these parts.
    pub(super) fn write(state: EventState, shown_by: Option<&str>, event: &[u8], out: &mut Vec<u8>) {
        let flag = |set, flag| if set { flag } else { 0 };
        let flags = flag(state.retracted, Self::RETRACTED)
            | flag(state.held, Self::HELD)
            | flag(shown_by.is_some(), Self::SHOWN);
        let shown_by = shown_by.unwrap_or_default();
        out.reserve(Self::FIXED + shown_by.len() + event.len());
        out.put_u64_le(state.newest.get());
        out.put_u64_le(state.created.get());
        out.put_u32_le(state.revision);
        out.put_u8(flags);
        // Identities are of at most 8 KiB.
        out.put_u16_le(shown_by.len() as u16);
        out.put_slice(shown_by.as_bytes());
        out.put_slice(event);
    }

    pub(super) fn decode(mut bytes: &[u8]) -> Result<Self, ViewError> {
        if bytes.len() < Self::FIXED {
            return Err(ViewError::Row);
        }
        let newest = Sequence::new(bytes.get_u64_le());
        let created = Sequence::new(bytes.get_u64_le());
        let revision = bytes.get_u32_le();
        let flags = bytes.get_u8();
        let length = usize::from(bytes.get_u16_le());
        let (shown_by, event) = bytes.split_at_checked(length).ok_or(ViewError::Row)?;
        let shown_by = std::str::from_utf8(shown_by).map_err(|_| ViewError::Row)?;
        Ok(Self {
            newest,
            created,
            revision,
            retracted: flags & Self::RETRACTED != 0,
            held: flags & Self::HELD != 0,
            shown_by: (flags & Self::SHOWN != 0).then(|| shown_by.to_owned()),
            event: bytes::Bytes::copy_from_slice(event),
        })
    }
}

/// A version of an article that something still needs.
#[derive(Clone, Debug, Default)]
pub(super) struct VersionRow {
    /// Live reports of the article that cite it, and one if it is the newest.
    pub(super) uses: u32,
    /// The encoded record; empty where only reports tell of the version.
    pub(super) record: Vec<u8>,
}

impl VersionRow {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(4 + self.record.len());
        out.put_u32_le(self.uses);
        out.put_slice(&self.record);
        out
    }

    pub(super) fn decode(mut bytes: &[u8]) -> Result<Self, ViewError> {
        Ok(Self {
            uses: bytes.try_get_u32_le().map_err(|_| ViewError::Row)?,
            record: bytes.to_vec(),
        })
    }
}

/// Two texts as one key; all keys of the same first text have one prefix.
pub(super) fn pair(first: &str, second: &str) -> Vec<u8> {
    let mut key = prefix(first);
    key.extend_from_slice(second.as_bytes());
    key
}

pub(super) fn prefix(first: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(4 + first.len() + 32);
    key.put_u32(first.len() as u32);
    key.extend_from_slice(first.as_bytes());
    key
}

/// The second text of a [`pair`].
pub(super) fn second(key: &[u8]) -> Result<String, ViewError> {
    let length = key
        .first_chunk::<4>()
        .map(|length| u32::from_be_bytes(*length) as usize);
    let rest = length
        .and_then(|length| key.get(4 + length..))
        .ok_or(ViewError::Row)?;
    String::from_utf8(rest.to_vec()).map_err(|_| ViewError::Row)
}

pub(super) fn count(bytes: &[u8]) -> Result<u64, ViewError> {
    bytes
        .try_into()
        .map(u64::from_le_bytes)
        .map_err(|_| ViewError::Row)
}

/// Who counts as one actor: name, country and code. NUL separates, so it is left out of the texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ActorKey(String);

impl ActorKey {
    pub(super) fn of(actor: &v1::Actor) -> Self {
        let mut key = String::new();
        Self::write(actor, &mut key);
        Self(key)
    }

    /// Puts the key of an actor in place of what `out` holds.
    pub(super) fn write(actor: &v1::Actor, out: &mut String) {
        out.clear();
        for (number, text) in [&actor.name, &actor.country, &actor.code].into_iter().enumerate() {
            if number > 0 {
                out.push('\0');
            }
            if text.contains('\0') {
                out.extend(text.split('\0'));
            } else {
                out.push_str(text);
            }
        }
    }

    pub(super) fn parse(text: String) -> Self {
        Self(text)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(super) fn actor(&self) -> v1::Actor {
        let mut parts = self.0.split('\0').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (name, country, code) = (part(), part(), part());
        let sector = code
            .strip_prefix(country.as_str())
            .filter(|sector| !sector.is_empty());
        v1::Actor {
            sectors: sector.map(str::to_owned).into_iter().collect(),
            name,
            country,
            code,
            ..v1::Actor::default()
        }
    }

    /// Sorts by count, descending, then by folded name.
    pub(super) fn rank(&self, count: u64) -> Vec<u8> {
        let name = self.0.split('\0').next().unwrap_or_default();
        let mut key = Vec::with_capacity(9 + name.len() + self.0.len());
        key.put_u64(u64::MAX - count);
        key.extend_from_slice(fold(name).as_bytes());
        key.push(0);
        key.extend_from_slice(self.as_bytes());
        key
    }

    pub(super) fn of_rank(key: &[u8]) -> Result<(u64, Self), ViewError> {
        let count = key.first_chunk::<8>().ok_or(ViewError::Row)?;
        let text = std::str::from_utf8(&key[8..]).map_err(|_| ViewError::Row)?;
        let (_, actor) = text.split_once('\0').ok_or(ViewError::Row)?;
        Ok((
            u64::MAX - u64::from_be_bytes(*count),
            Self::parse(actor.to_owned()),
        ))
    }
}
