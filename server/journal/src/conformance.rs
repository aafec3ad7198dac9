//! The laws of the journal, stated as sentences and checked against an engine. Behind the feature `conformance`, for tests.
//!
//! Each law is a function that panics where the engine breaks it; [`laws!`](crate::laws) makes a test of each.

mod appending;
mod reading;
pub mod sample;
mod viewing;

pub use self::{appending::*, reading::*, viewing::*};
use crate::{Entry, Item, Journal, Options, ReadLimit, Sequence, StoredRevision};

/// An engine with a place of its own, empty at first.
pub trait Engine {
    /// Opens the journal of that place. The one before is dropped.
    fn open(&self, options: Options) -> Journal;
}

/// Appends an entry and waits until it is durable; returns its sequences.
pub async fn append(journal: &Journal, entry: Entry) -> Vec<Sequence> {
    let submitted = journal
        .submit(entry, journal.generation())
        .await
        .expect("it is accepted");
    submitted.durable.await.expect("it becomes durable");
    submitted.stamps.iter().map(|stamp| stamp.sequence).collect()
}

/// Everything after a position, by `read`. Damage is a failure.
pub fn read_all(journal: &Journal, after: Sequence) -> Vec<StoredRevision> {
    let limit = ReadLimit {
        bytes: 10_000,
        revisions: 7,
        through: None,
    };
    let mut all = Vec::new();
    let mut at = after;
    while at < journal.head() {
        let stretch = journal.read(at, limit).expect("it can be read");
        assert!(stretch.looked_through > at, "a read goes on");
        all.extend(stretch.items.into_iter().map(revision));
        at = stretch.looked_through;
    }
    all
}

/// The revision that an item is.
pub fn revision(item: Item) -> StoredRevision {
    match item {
        Item::Revision(revision) => revision,
        Item::Damaged { first, last, place } => panic!("{first} to {last} are damaged at {place}"),
    }
}

/// Makes a test of every law for the engine that an expression gives.
#[macro_export]
macro_rules! laws {
    ($engine:expr) => {
        $crate::laws!(@ $engine;
            sequences_are_dense_and_start_with_one,
            an_entry_is_visible_when_it_is_durable,
            each_finds_in_the_views_what_it_was_told_is_durable,
            entries_keep_the_order_of_their_submission,
            update_time_never_decreases,
            stamps_are_inside_the_stored_bytes,
            an_entry_without_revisions_takes_no_sequence,
            what_was_acknowledged_is_there_after_opening_again,
            the_epoch_outlives_opening_again,
            a_plan_of_another_generation_is_refused,
            an_entry_that_is_too_large_or_malformed_is_refused,
            a_closed_journal_refuses_entries_and_serves_reads,
            reads_start_anywhere_up_to_the_head,
            limits_bound_a_read_but_for_its_first_revision,
            memory_and_files_say_the_same,
            select_finds_every_revision_whose_state_before_or_after_satisfies_the_query,
            a_time_leads_to_the_first_revision_at_or_after_it,
            a_pin_shows_each_event_as_it_was,
            the_views_hold_the_newest_state_and_outlive_opening_again,
            a_text_is_kept_while_a_report_cites_it_or_it_is_the_newest,
            a_report_that_an_event_shows_is_kept_as_any_other,
            counts_are_of_events_that_are_not_retracted,
            pages_of_actors_show_each_once,
        );
    };
    (@ $engine:expr; $($law:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $law() {
                $crate::conformance::$law(&$engine).await;
            }
        )*
    };
}
