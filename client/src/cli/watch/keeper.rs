//! Keeps the state file of a watch up to date, without a disk write for each event.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::super::exit::{Exit, Failure};
use crate::{CursorFile, CursorFileError};

/// While events pour in, the file is replaced at most so often; a process that is killed shows again what came since.
const SAVE_EVERY: Duration = Duration::from_millis(250);

pub(super) struct Keeper {
    file: CursorFile,
    cursor: Option<String>,
    unsaved: bool,
    saved_at: Option<Instant>,
}

impl Keeper {
    /// Reads the file if there is one, and makes sure that it can be written.
    pub(super) fn open(path: &Path) -> Result<Self, CursorFileError> {
        let file = CursorFile::new(path);
        let cursor = file.load()?;
        file.check_writable()?;
        Ok(Self {
            file,
            cursor,
            unsaved: false,
            saved_at: None,
        })
    }

    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Everything up to here was flushed.
    pub(super) fn reached(&mut self, cursor: &str) {
        if self.cursor.as_deref() != Some(cursor) {
            self.cursor = Some(cursor.to_owned());
            self.unsaved = true;
        }
    }

    pub(super) fn save_if_due(&mut self) -> Result<(), CursorFileError> {
        match self.saved_at {
            Some(at) if at.elapsed() < SAVE_EVERY => Ok(()),
            _ => self.save(),
        }
    }

    pub(super) fn save(&mut self) -> Result<(), CursorFileError> {
        if let (true, Some(cursor)) = (self.unsaved, &self.cursor) {
            self.file.save(cursor)?;
            self.unsaved = false;
            self.saved_at = Some(Instant::now());
        }
        Ok(())
    }

    /// Says what to do about a cursor from the file, which no flag overrides.
    pub(super) fn explain(&self, failure: Failure) -> Failure {
        let path = self.file.path().display();
        match failure.exit() {
            Exit::Gap => failure.instead(format!(
                "--skip-expired goes on with the oldest that is kept and shows the gap; or delete {path} to start anew"
            )),
            _ if failure.is_about_cursor() => failure.instead(format!(
                "{path} is of another feed or damaged: delete it to start anew, or name another file"
            )),
            _ => failure,
        }
    }
}
