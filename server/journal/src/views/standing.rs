//! Events as they stand, one by its id or all in one pass.

use bytes::Bytes;
use dateline_proto::v1;
use prost::Message as _;

use super::{
    EventState, ViewError, Views,
    rows::{EventRow, Table},
};

/// An event as it stands, also when its newest revision was trimmed.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Where it stands.
    pub state: EventState,
    event: Bytes,
}

impl Standing {
    /// Its newest state.
    ///
    /// # Errors
    ///
    /// The row cannot be read.
    pub fn event(&self) -> Result<v1::Event, ViewError> {
        v1::Event::decode(self.event.clone()).map_err(|_| ViewError::Row)
    }
}

impl From<EventRow> for Standing {
    fn from(row: EventRow) -> Self {
        Self {
            state: EventState {
                newest: row.newest,
                revision: row.revision,
                created: row.created,
                retracted: row.retracted,
                held: row.held,
            },
            event: row.event,
        }
    }
}

impl Views {
    /// An event as it stands. None: no such event.
    ///
    /// # Errors
    ///
    /// As every look into the views.
    pub fn standing(&self, event_id: &str) -> Result<Option<Standing>, ViewError> {
        Ok(self.row(event_id)?.map(Standing::from))
    }

    /// Every event as it stands at this moment, retracted ones included, in the order of their ids: one pass over one table, many times
    /// faster than as many look-ups. What is appended meanwhile does not show.
    ///
    /// # Errors
    ///
    /// As every look into the views, once, in place of the next event.
    pub fn all_standing(&self) -> impl Iterator<Item = Result<Standing, ViewError>> + use<> {
        let (mut rows, mut error) = match self.store() {
            Ok(store) => (Some(store.table(Table::Events).iter()), None),
            Err(error) => (None, Some(error)),
        };
        std::iter::from_fn(move || {
            if let Some(error) = error.take() {
                return Some(Err(error));
            }
            let row = rows.as_mut()?.next()?;
            Some(
                row.into_inner()
                    .map_err(ViewError::from)
                    .and_then(|(_, value)| Ok(EventRow::decode(&value)?.into())),
            )
        })
    }
}
