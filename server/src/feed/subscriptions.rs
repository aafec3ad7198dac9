//! UpdateSubscription and ListSubscriptions: subscriptions as others than their readers see them.

use std::time::Duration;

use dateline_journal::Journal;
use dateline_proto::{
    reason,
    v1::{
        ListSubscriptionsRequest, ListSubscriptionsResponse, Subscription, UpdateSubscriptionRequest,
        UpdateSubscriptionResponse,
    },
};

use super::{
    Feed,
    message::age,
    page::{self, List},
    request::invalid,
    seat::Seat,
};
use crate::{app::drain, refusal::Refusal};

impl Feed {
    /// Changes the filter of a live stream; the stream says from where it holds.
    /// # Errors
    /// No id, an id of no stream of this server; a filter that is refused; a server that is stopping.
    pub fn update_subscription(
        &self,
        request: &UpdateSubscriptionRequest,
    ) -> Result<UpdateSubscriptionResponse, Refusal> {
        if self.0.drain.has_begun() {
            return Err(drain::draining(drain::reconnect_delay()));
        }
        if request.subscription_id.is_empty() {
            let problem = "is empty; give the subscription_id that the stream began with";
            return Err(invalid("subscription_id", problem));
        }
        let filter = self.filter(request.filter.as_ref())?;
        let seat = self.0.hub.seat(&request.subscription_id).ok_or_else(|| {
            let message = "this server has no stream of that subscription_id, or no longer; \
                           each reconnection has another, which its first message tells";
            Refusal::not_found(reason::SUBSCRIPTION_NOT_FOUND, message)
        })?;
        Ok(UpdateSubscriptionResponse {
            canonical_filter: filter.canonical().to_owned(),
            warnings: filter.warnings().to_vec(),
            generation: seat.change_filter(filter),
        })
    }

    /// A page of the streams there are at this moment. Blocking.
    /// # Errors
    /// A size or token that is refused.
    pub fn list_subscriptions(
        &self,
        request: &ListSubscriptionsRequest,
    ) -> Result<ListSubscriptionsResponse, Refusal> {
        let journal = &self.0.journal;
        let size = page::size(request.page_size, self.0.limits.page_size)?;
        // Numbers start anew with the server, and so do streams.
        let start = page::time_text(Some(self.0.start_time));
        let list = List::new(&["ListSubscriptions", &journal.epoch().to_string(), &start]);
        let after = list.read(&request.page_token)?.map_or(0, |token| token.after);
        let mut seats = self.0.hub.seats();
        seats.retain(|seat| seat.number > after);
        seats.sort_unstable_by_key(|seat| seat.number);
        let more = seats.len() > size;
        seats.truncate(size);
        let last = seats.last().filter(|_| more);
        Ok(ListSubscriptionsResponse {
            next_page_token: last
                .map(|seat| list.token(0, seat.number, None))
                .unwrap_or_default(),
            subscriptions: seats.iter().map(|seat| subscription(journal, seat)).collect(),
        })
    }
}

fn subscription(journal: &Journal, seat: &Seat) -> Subscription {
    let position = seat.position();
    let lag_events = journal.head().get().saturating_sub(position.get());
    let waiting_since = (lag_events > 0)
        .then(|| journal.time_of(position.next()))
        .flatten();
    Subscription {
        subscription_id: seat.name().to_owned(),
        client_label: seat.label.clone(),
        principal: String::new(),
        canonical_filter: seat.filter().canonical().to_owned(),
        cursor: journal.cursor(position).to_string(),
        lag_events,
        lag: Some(waiting_since.map_or(Duration::ZERO, age).into()),
        caught_up: seat.is_live(),
        delivered_events: seat.delivered(),
        start_time: Some(seat.start_time),
    }
}
