//! Files and folders that the server was started with, ingested in the background.

use std::{path::PathBuf, sync::Arc, time::Duration};

use dateline_proto::{
    files::{self, FileError, Limits, Origin},
    v1,
};
use futures_util::{StreamExt as _, future::Either};
use tokio::sync::{Mutex, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

use super::{Ingest, Submission};
use crate::refusal::Refusal;

/// Articles that were read and wait to be coded.
const READ_AHEAD: usize = 4;
/// Pauses before an article is tried again that the store did not take: the first, and the longest.
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

type Found = Result<(Origin, v1::Article), FileError>;

impl Ingest {
    /// Ingests files and folders (see [`dateline_proto::files`]) in the background, until `stop`. A bad file or line is told in the log
    /// by its name and does not stop the others; when the store takes no writes, it waits. What was begun when `stop` comes is finished.
    pub fn ingest_paths(
        &self,
        paths: Vec<PathBuf>,
        stop: CancellationToken,
    ) -> (watch::Receiver<v1::IngestProgress>, tokio::task::JoinHandle<()>) {
        let (progress, shown) = watch::channel(v1::IngestProgress::default());
        let (send, found) = mpsc::channel(READ_AHEAD);
        let limits = Limits {
            article_bytes: self.0.article_bytes as u64,
        };
        let stop_reading = stop.clone();
        let reader = tokio::task::spawn_blocking(move || read(&paths, limits, &send, &stop_reading));
        let this = self.clone();
        let task = tokio::spawn(async move {
            this.ingest_found(found, &progress, &stop).await;
            if reader.await.is_err() {
                tracing::error!("reading the files to ingest ended early");
            }
            let complete = !stop.is_cancelled();
            progress.send_modify(|progress| progress.done = complete);
            let v1::IngestProgress {
                ingested_articles: ingested,
                refused_items: refused,
                ..
            } = *progress.borrow();
            tracing::info!(
                ingested,
                refused,
                complete,
                "ingested what was given at the start"
            );
        });
        (shown, task)
    }

    async fn ingest_found(
        &self,
        found: mpsc::Receiver<Found>,
        progress: &watch::Sender<v1::IngestProgress>,
        stop: &CancellationToken,
    ) {
        // Bodies are kept until they are in: what the store did not take is tried again.
        let kept = Arc::new(Mutex::new(std::collections::VecDeque::new()));
        let to_keep = Arc::clone(&kept);
        let submissions = ReceiverStream::new(found).filter_map(|item| {
            let article = self.note(item, progress);
            let kept = Arc::clone(&to_keep);
            match article {
                None => Either::Left(std::future::ready(None)),
                Some((origin, article)) => Either::Right(async move {
                    kept.lock().await.push_back((origin, article.clone()));
                    Some(Submission {
                        article,
                        recode: false,
                    })
                }),
            }
        });
        let mut answers = std::pin::pin!(self.ingest_all(submissions));
        while let Some(answer) = answers.next().await {
            let Some((origin, article)) = kept.lock().await.pop_front() else {
                continue;
            };
            let answer = match answer {
                Err(refusal) if refusal.retry_after().is_some() => {
                    self.try_again(&origin, article, refusal, stop).await
                }
                answer => answer,
            };
            match answer {
                Ok(response) => {
                    tracing::debug!(%origin, outcome = response.outcome().as_str_name(), "ingested");
                    progress.send_modify(|progress| progress.ingested_articles += 1);
                }
                // Not refused: it is there for the next start.
                Err(refusal) if refusal.retry_after().is_some() && stop.is_cancelled() => {
                    tracing::debug!("{origin}: {refusal}");
                }
                Err(refusal) => {
                    tracing::warn!("{origin}: {refusal}");
                    progress.send_modify(|progress| progress.refused_items += 1);
                }
            }
        }
    }

    /// Counts what was found, and says what is wrong with it.
    fn note(
        &self,
        item: Found,
        progress: &watch::Sender<v1::IngestProgress>,
    ) -> Option<(Origin, v1::Article)> {
        match item {
            Ok((origin, article)) => {
                if !origin.ignored_keys.is_empty() {
                    let keys = origin.ignored_keys.join(", ");
                    tracing::warn!("{origin}: these keys mean nothing here and are ignored: {keys}");
                }
                progress.send_modify(|progress| progress.found_articles += 1);
                Some((origin, article))
            }
            Err(error) => {
                tracing::warn!("{error} ({})", error.reason());
                progress.send_modify(|progress| progress.refused_items += 1);
                None
            }
        }
    }

    async fn try_again(
        &self,
        origin: &Origin,
        article: v1::Article,
        refusal: Refusal,
        stop: &CancellationToken,
    ) -> Result<v1::IngestArticleResponse, Refusal> {
        let mut refusal = refusal;
        let mut pause = PAUSE;
        loop {
            tracing::warn!("{origin}: {refusal}; trying again in {pause:?}");
            tokio::select! {
                () = stop.cancelled() => return Err(refusal),
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            match self.ingest(article.clone(), false).await {
                Err(again) if again.retry_after().is_some() => refusal = again,
                answer => return answer,
            }
        }
    }
}

/// Reads on a thread of its own, as fast as the articles are taken.
fn read(paths: &[PathBuf], limits: Limits, send: &mpsc::Sender<Found>, stop: &CancellationToken) {
    for item in files::articles(paths, limits) {
        if stop.is_cancelled() || send.blocking_send(item).is_err() {
            return;
        }
    }
}
