//! Reads articles from files on a thread of its own, a few ahead of who takes them.

use std::{io, path::PathBuf, thread};

use dateline_proto::{
    files::{self, FileError, Limits, Origin},
    v1::Article,
};
use futures_util::Stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::super::exit::Failure;

/// Larger files are refused without being read; a server may take less.
const LIMITS: Limits = Limits {
    article_bytes: 32 * 1024 * 1024,
};

/// Articles read ahead.
const AHEAD: usize = 2;

pub(crate) type Read = Result<(Origin, Article), FileError>;

/// The articles of files and folders, `-` being standard input, in the order given.
pub(crate) fn articles(
    paths: &[PathBuf],
) -> Result<impl Stream<Item = Read> + Send + Unpin + use<>, Failure> {
    let paths = paths.to_vec();
    let (sender, receiver) = mpsc::channel(AHEAD);
    thread::Builder::new()
        .name("articles".into())
        .spawn(move || {
            for path in paths {
                let articles: Box<dyn Iterator<Item = Read>> = if path.as_os_str() == "-" {
                    files::from_reader(io::stdin(), LIMITS)
                } else {
                    Box::new(files::articles(&[path], LIMITS))
                };
                for article in articles {
                    if sender.blocking_send(article).is_err() {
                        return;
                    }
                }
            }
        })
        .map_err(|error| Failure::other(format!("cannot start: {error}")))?;
    Ok(ReceiverStream::new(receiver))
}
