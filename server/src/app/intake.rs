//! The way in: ledger and pipeline, what was to be ingested at the start, and how all of it stops.

use std::{sync::Arc, time::Duration};

use dateline_coder::Coder;
use dateline_journal::Journal;
use dateline_proto::server::ingest_service_server::IngestServiceServer;
use tokio::task::{JoinError, JoinHandle};

use crate::{
    app::drain::Drain,
    config::Config,
    feed::Feed,
    grpc::ingest::IngestGrpc,
    ingest::Ingest,
    ledger::{Ledger, Settings},
};

/// What runs for articles and publications.
pub(super) struct Intake {
    ingest: Ingest,
    ledger: JoinHandle<()>,
    files: Option<JoinHandle<()>>,
}

impl Intake {
    /// Starts the ledger, and ingests in the background what the settings name.
    pub(super) fn start(
        config: &Config,
        coder: Arc<Coder>,
        journal: &Journal,
        feed: &Feed,
        drain: &Drain,
    ) -> Self {
        let settings = Settings {
            merging: config.merging,
            event_bytes: config.limits.event_bytes,
        };
        let (ledger, ledger_task) = Ledger::start(journal.clone(), settings);
        let ingest = Ingest::new(coder, ledger, journal.clone(), config.limits.article_bytes);
        let files = (!config.ingest.is_empty()).then(|| {
            let (progress, task) = ingest.ingest_paths(config.ingest.clone(), drain.token());
            feed.show_progress(progress);
            task
        });
        Self {
            ingest,
            ledger: ledger_task,
            files,
        }
    }

    /// The service that takes articles and publications.
    pub(super) fn service(&self) -> IngestServiceServer<IngestGrpc> {
        IngestServiceServer::new(IngestGrpc::new(self.ingest.clone()))
    }

    /// Takes no more, and waits until what was taken is answered, at most so long. The drain has to have begun.
    pub(super) async fn finish(self, patience: Duration) {
        let Self {
            ingest,
            ledger,
            files,
        } = self;
        let finished = async {
            if let Some(files) = files {
                log_failure(files.await);
            }
            ingest.ledger().close();
            log_failure(ledger.await);
        };
        if tokio::time::timeout(patience, finished).await.is_err() {
            tracing::warn!("some articles were not finished; nothing of them was acknowledged");
        }
    }
}

fn log_failure(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a task of the intake ended early");
    }
}
