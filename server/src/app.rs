//! The running server: opens the data folder, listens, serves, and stops within its deadline.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use dateline_coder::Coder;
use dateline_journal::{Journal, OpenError};
use dateline_proto::server::feed_service_server::FeedServiceServer;
use tokio::net::TcpListener;
use tonic::{codec::CompressionEncoding, transport::Server};
use tonic_health::{ServingStatus, server::HealthReporter};

use crate::{
    config::{Config, ConfigError},
    data::DataError,
    feed::Feed,
    grpc::{self, GuardLayer, feed::FeedGrpc, methods::Methods, subscribe::SubscribeLayer},
};

pub mod drain;
mod intake;
mod socket;
pub(crate) mod store;

use drain::Drain;
use intake::Intake;

const KIB: u32 = 1024;
/// Requests arrive in these windows: articles are small, and many come at once on one connection.
const STREAM_WINDOW: u32 = 1024 * KIB;
const CONNECTION_WINDOW: u32 = 4 * 1024 * KIB;
/// A connection whose peer vanished is noticed after the sum of both.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(20);
/// Health watchers hear NOT_SERVING, and readers their `stream_ending`, before anything is cut.
const NOTICE: Duration = Duration::from_millis(200);

/// Why the server cannot start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address.
    #[error("cannot listen on {address}: {}", listen_problem(problem))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said; the message says it already.
        problem: io::Error,
    },
    /// The coder's data.
    #[error(transparent)]
    Coder(#[from] DataError),
}

fn listen_problem(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there; stop it or give another --listen ADDRESS:PORT (port 0 takes a free one)".into()
        }
        io::ErrorKind::PermissionDenied => "ports below 1024 need privileges; give a higher one".into(),
        io::ErrorKind::AddrNotAvailable => "this machine does not have that address".into(),
        _ => error.to_string(),
    }
}

/// A server that listens and is ready to serve.
pub struct App {
    listener: TcpListener,
    address: SocketAddr,
    data_dir: PathBuf,
    deadline: Duration,
    streams_per_connection: u32,
    request_bytes: usize,
    journal: Journal,
    feed: Feed,
    intake: Intake,
    drain: Drain,
}

impl App {
    /// [`start_with`](Self::start_with) the coder, its built-in data and those of the settings.
    /// # Errors
    /// As there; also data of the coder that cannot be used.
    pub async fn start(config: Config) -> Result<App, StartError> {
        // Told before anything slow begins: a mistake in the settings is seen at once.
        config.data_dir()?;
        let coder = store::coder(config.data.clone()).await?;
        Self::start_with(config, coder).await
    }

    /// Takes the address, opens the data folder and repairs what a crash left. Connections made from now on are answered
    /// once [`serve`](Self::serve) runs.
    /// # Errors
    /// An address that is taken, a data folder that cannot be used, no home folder.
    pub async fn start_with(config: Config, coder: Arc<Coder>) -> Result<App, StartError> {
        let data_dir = config.data_dir()?;
        let wanted = config.listen;
        let listen_error = |problem| StartError::Listen {
            address: wanted,
            problem,
        };
        let listener = TcpListener::bind(wanted).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let journal = store::open(data_dir.clone(), &config.journal).await?;
        let drain = Drain::default();
        let (gazetteer, version) = (coder.gazetteer().clone(), coder.version().to_owned());
        let feed = Feed::new(journal.clone(), gazetteer, version, &config.limits, drain.clone());
        let intake = Intake::start(&config, coder, &journal, &feed, &drain);
        Ok(App {
            listener,
            address,
            data_dir,
            deadline: config.drain_deadline(),
            streams_per_connection: config.limits.streams_per_connection,
            request_bytes: config.limits.request_bytes,
            journal,
            feed,
            intake,
            drain,
        })
    }

    /// The address in force, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that holds everything stored.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The journal that is served.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Serves until `shutdown` resolves, then drains: within the deadline every stream is told where it is and ended, and
    /// everything acknowledged is on disk. Connections that their clients keep open do not hold it up.
    pub async fn serve(self, shutdown: impl Future<Output = ()>) {
        let (health, _) = tonic_health::server::health_reporter();
        set_health(&health, ServingStatus::Serving).await;
        let methods = self.methods(&health);
        let server = Server::builder()
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_concurrent_streams(self.streams_per_connection)
            .http2_keepalive_interval(Some(KEEP_ALIVE_INTERVAL))
            .http2_keepalive_timeout(Some(KEEP_ALIVE_TIMEOUT))
            .layer(SubscribeLayer {
                feed: self.feed.clone(),
                drain: self.drain.clone(),
                request_bytes: self.request_bytes,
            })
            .layer(GuardLayer {
                drain: self.drain.clone(),
            });
        let incoming = socket::incoming(self.listener);
        let hub = tokio::spawn(self.feed.follow());
        let stop = self.drain.token().cancelled_owned();
        let mut serving = tokio::spawn(server.serve_with_incoming_shutdown(methods, incoming, stop));

        let listens = tokio::select! {
            () = shutdown => true,
            ended = &mut serving => {
                tracing::error!(?ended, "the listener failed");
                false
            }
        };
        tracing::info!(deadline = ?self.deadline, "stopping");
        set_health(&health, ServingStatus::NotServing).await;
        self.drain.begin();
        let all_closed = async {
            if !listens {
                return;
            }
            // What still runs after a third of the time would rather never end: a reader that does not read, a health Watch.
            tokio::select! {
                _ = &mut serving => return,
                () = tokio::time::sleep((self.deadline / 3).max(NOTICE)) => self.drain.cut(),
            }
            let _ = (&mut serving).await;
        };
        if tokio::time::timeout(self.deadline * 2 / 3, all_closed)
            .await
            .is_err()
        {
            tracing::info!("some clients keep their connections open; leaving them");
            serving.abort();
        }
        self.intake.finish(self.deadline / 6).await;
        hub.abort();
        let _ = hub.await;
        let journal = self.journal.clone();
        if tokio::task::spawn_blocking(move || journal.close())
            .await
            .is_err()
        {
            tracing::error!("the journal could not be closed in order; the next start repairs it");
        }
    }

    fn methods(&self, health: &HealthReporter) -> Methods {
        let feed = FeedServiceServer::new(FeedGrpc::new(self.feed.clone()))
            .max_decoding_message_size(self.request_bytes)
            .accept_compressed(CompressionEncoding::Gzip)
            .accept_compressed(CompressionEncoding::Zstd)
            .send_compressed(CompressionEncoding::Gzip)
            .send_compressed(CompressionEncoding::Zstd);
        let ingest = (self.intake.service())
            .max_decoding_message_size(self.request_bytes)
            .accept_compressed(CompressionEncoding::Gzip)
            .accept_compressed(CompressionEncoding::Zstd)
            .send_compressed(CompressionEncoding::Gzip)
            .send_compressed(CompressionEncoding::Zstd);
        Methods {
            feed,
            ingest,
            others: grpc::ecosystem(health).prepare(),
        }
    }
}

async fn set_health(health: &HealthReporter, status: ServingStatus) {
    for name in grpc::HEALTH_NAMES {
        health.set_service_status(name, status).await;
    }
}
