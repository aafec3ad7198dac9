//! Counts articles, and shows the count on a terminal.

use std::{
    io::{self, IsTerminal as _},
    time::Duration,
};

use dateline_proto::v1::{IngestArticlesResponse, IngestOutcome};
use indicatif::{ProgressBar, ProgressStyle};

use super::super::text::{self, count};

pub(super) struct Progress {
    bar: Voice,
    quiet: bool,
    new: u64,
    updated: u64,
    duplicates: u64,
    refused: u64,
}

/// Says things on standard error without tearing the bar.
#[derive(Clone)]
pub(super) struct Voice(ProgressBar);

impl Voice {
    pub(super) fn say(&self, message: &str) {
        self.0.suspend(|| eprintln!("dateline: {}", text::clean(message)));
    }
}

impl Progress {
    /// `quiet`: the sum at the end is told on a terminal only.
    pub(super) fn new(quiet: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        let bar = if terminal {
            let bar = ProgressBar::new_spinner();
            let style = "{spinner} {pos} articles  {per_sec}  {elapsed}  {wide_msg}";
            bar.set_style(
                ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self {
            bar: Voice(bar),
            quiet: quiet && !terminal,
            new: 0,
            updated: 0,
            duplicates: 0,
            refused: 0,
        }
    }

    pub(super) fn voice(&self) -> Voice {
        self.bar.clone()
    }

    pub(super) fn say(&self, message: &str) {
        self.bar.say(message);
    }

    /// Writes to standard output, which may be the same terminal.
    pub(super) fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.0.suspend(write)
    }

    pub(super) fn count(&mut self, answer: &IngestArticlesResponse) {
        let outcome = answer.result.as_ref().map(|result| result.outcome());
        let counter = match outcome.unwrap_or_default() {
            IngestOutcome::New => &mut self.new,
            IngestOutcome::Duplicate => &mut self.duplicates,
            IngestOutcome::Rejected | IngestOutcome::Unspecified => &mut self.refused,
            IngestOutcome::Updated => &mut self.updated,
        };
        *counter += 1;
        self.bar.0.inc(1);
        self.bar.0.set_message(text::clean(&answer.request_id));
    }

    /// Articles that the server refused.
    pub(super) fn refused(&self) -> u64 {
        self.refused
    }

    /// Takes the bar away and tells the sum; `unread` items could not even be read.
    pub(super) fn finish(&self, unread: u64) {
        self.bar.0.finish_and_clear();
        if self.quiet {
            return;
        }
        let refused = self.refused + unread;
        let all = self.new + self.updated + self.duplicates + refused;
        let mut parts = Vec::new();
        for (number, name) in [
            (self.new, "new"),
            (self.updated, "updated"),
            (self.duplicates, "known already"),
            (refused, "refused"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {name}"));
            }
        }
        let colon = if parts.is_empty() { "" } else { ": " };
        eprintln!("dateline: {}{colon}{}", count(all, "article"), parts.join(", "));
    }
}
