//! Opening what is on disk: the data folder, with its repairs told in the log, and the coder's data.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use dateline_coder::Coder;
use dateline_journal::{Journal, OpenError, Options, Progress, Retention};

use crate::{
    config::Store,
    data::{self, DataError},
};

/// Opens the journal below `folder`, repairs what a crash left, and says in the log what that was.
pub(super) async fn open(folder: PathBuf, store: &Store) -> Result<Journal, OpenError> {
    let options = options(store);
    let opened = tokio::task::spawn_blocking(move || Journal::open(&folder, options, &log_progress));
    let (journal, recovery) = opened.await.expect("opening does not panic")?;
    if let Some(cut) = &recovery.truncated {
        tracing::warn!(
            place = cut.place,
            bytes = cut.bytes,
            "cut an unfinished write off; nothing acknowledged was in it"
        );
    }
    for damage in &recovery.damaged {
        let (first, last) = (damage.first.get(), damage.last.get());
        tracing::error!(
            place = damage.place,
            first,
            last,
            "damaged: these revisions cannot be read any more"
        );
    }
    if let Some(why) = &recovery.rebuilt {
        tracing::warn!(why, "the views were built anew");
    }
    tracing::info!(head = journal.head().get(), "the journal is open");
    Ok(journal)
}

/// Deletes the views below `folder` and makes them anew. Blocking.
pub(crate) fn rebuild_views(folder: &Path, store: &Store) -> Result<(), OpenError> {
    let recovery = dateline_journal::rebuild_views(folder, options(store), &log_progress)?;
    tracing::info!(?recovery, "the views are rebuilt");
    Ok(())
}

/// The coder with its built-in data and those of a folder.
pub(super) async fn coder(folder: Option<PathBuf>) -> Result<Arc<Coder>, DataError> {
    let loaded = tokio::task::spawn_blocking(move || data::coder(folder.as_deref())).await;
    let coder = loaded.expect("loading does not panic")?;
    tracing::info!(version = coder.version(), "the coder is loaded");
    Ok(Arc::new(coder))
}

#[expect(
    clippy::field_reassign_with_default,
    reason = "options of another crate that may get more fields cannot be written as a whole"
)]
fn options(store: &Store) -> Options {
    let some = |number: u64| (number > 0).then_some(number);
    let mut options = Options::default();
    options.segment_bytes = store.segment_bytes;
    options.recent_bytes = store.recent_bytes;
    options.retention = Retention {
        max_age: some(store.keep_seconds).map(Duration::from_secs),
        max_bytes: some(store.keep_bytes),
    };
    options
}

fn log_progress(progress: Progress) {
    match progress {
        Progress::Segments { done, total } if done == total => {
            tracing::info!(total, "looked at all journal files")
        }
        Progress::Views { done, total } => {
            tracing::info!(done, total, "bringing the views up to the journal")
        }
        _ => {}
    }
}
