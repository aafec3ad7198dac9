//! NATS: core subjects, which keep nothing, and JetStream, which stores.

use std::{collections::VecDeque, path::PathBuf, process::Command, time::Duration};

use anyhow::{Context, bail, ensure};
use async_nats::{
    Client, ConnectOptions, HeaderMap,
    jetstream::{self, consumer, consumer::push, stream},
};
use bytes::Bytes;

use crate::load::{lock, options::Options, report::Row, subject::Subject};

/// Name of the system that stores; the other is `nats-core`.
pub(crate) const JETSTREAM: &str = "nats-jetstream";

const STREAM: &str = "EVENTS";
/// Publications that may wait for their acknowledgement where the publisher is not held back by anything else.
const WINDOW: usize = 4_096;

/// Bytes that may wait for a connection before the server cuts it: with 250 subscribers each, the default of 64 MB is less than what the
/// publisher may be ahead.
const MAX_PENDING: usize = 1 << 30;

/// When JetStream syncs its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sync {
    /// As it comes: every two minutes.
    Default,
    /// Before every acknowledgement.
    Always,
}

impl Sync {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Default => "every 2 minutes (the default)",
            Self::Always => "always",
        }
    }
}

/// A running nats-server.
pub(crate) struct Nats {
    pub(crate) subject: Subject,
    folder: PathBuf,
}

impl Nats {
    /// A server on a new folder.
    pub(crate) fn start(options: &Options, sync: Sync) -> anyhow::Result<Self> {
        let program = program(options)?;
        let folder = tempfile::tempdir_in(&options.scratch)?.keep();
        let folder = folder.canonicalize()?;
        let config = folder.join("nats.conf");
        let sync_line = match sync {
            Sync::Default => "",
            Sync::Always => "sync_interval: always",
        };
        let text = format!(
            "listen: \"127.0.0.1:-1\"\nmax_pending: {MAX_PENDING}\njetstream {{\n  store_dir: {:?}\n  max_file_store: 64G\n  {sync_line}\n}}\n",
            folder.join("store")
        );
        std::fs::write(&config, text)?;
        let mut command = Command::new(program);
        command.arg("-c").arg(&config);
        let subject = Subject::other(
            &mut command,
            &folder.join("log"),
            "Listening for client connections on ",
        )?;
        Ok(Self { subject, folder })
    }

    pub(crate) async fn connect(&self) -> anyhow::Result<Client> {
        ConnectOptions::new()
            .subscription_capacity(1 << 18)
            .client_capacity(8_192)
            .connect(self.subject.address())
            .await
            .context("cannot connect to nats-server")
    }

    /// Makes the stream that takes the subjects.
    pub(crate) async fn stream(&self, client: &Client, subjects: &str) -> anyhow::Result<stream::Stream> {
        let config = stream::Config {
            name: STREAM.into(),
            subjects: vec![subjects.into()],
            storage: stream::StorageType::File,
            allow_direct: true,
            allow_atomic_publish: true,
            ..Default::default()
        };
        context(client)
            .create_stream(config)
            .await
            .context("JetStream's stream")
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// JetStream with room for what is on its way.
pub(crate) fn context(client: &Client) -> jetstream::Context {
    jetstream::ContextBuilder::new()
        .max_ack_inflight(100_000)
        .ack_timeout(Duration::from_secs(60))
        .build(client.clone())
}

/// An ordered push consumer's messages: its fastest way to read in order.
pub(crate) async fn ordered(
    client: &Client,
    filter: &str,
    from: consumer::DeliverPolicy,
) -> anyhow::Result<push::Ordered> {
    let config = push::OrderedConfig {
        deliver_subject: client.new_inbox(),
        filter_subject: filter.into(),
        deliver_policy: from,
        ..Default::default()
    };
    let stream = context(client).get_stream_no_info(STREAM).await?;
    let consumer: consumer::Consumer<push::OrderedConfig> = stream.create_consumer(config).await?;
    Ok(consumer.messages().await?)
}

/// Publishes to JetStream with a window of publications under way; all are stored on return.
pub(crate) struct Publisher {
    context: jetstream::Context,
    waiting: VecDeque<jetstream::context::PublishAckFuture>,
}

impl Publisher {
    pub(crate) fn new(client: &Client) -> Self {
        Self {
            context: context(client),
            waiting: VecDeque::new(),
        }
    }

    pub(crate) async fn publish(&mut self, subject: String, payload: Bytes) -> anyhow::Result<()> {
        self.waiting
            .push_back(self.context.publish(subject, payload).await?);
        if self.waiting.len() >= WINDOW
            && let Some(oldest) = self.waiting.pop_front()
        {
            oldest.await?;
        }
        Ok(())
    }

    pub(crate) async fn finish(self) -> anyhow::Result<()> {
        for acknowledgement in self.waiting {
            acknowledgement.await?;
        }
        Ok(())
    }
}

/// Publishes an atomic batch: all of it is stored when the last message is acknowledged.
pub(crate) async fn publish_batch(
    client: &Client,
    id: &str,
    messages: Vec<(String, Bytes)>,
) -> anyhow::Result<()> {
    let count = messages.len();
    for (n, (subject, payload)) in messages.into_iter().enumerate() {
        let mut headers = HeaderMap::new();
        headers.insert("Nats-Batch-Id", id);
        headers.insert("Nats-Batch-Sequence", (n + 1).to_string().as_str());
        if n + 1 < count {
            client.publish_with_headers(subject, headers, payload).await?;
            continue;
        }
        headers.insert("Nats-Batch-Commit", "1");
        let answer = client.request_with_headers(subject, headers, payload).await?;
        let answer: serde_json::Value = serde_json::from_slice(&answer.payload)?;
        ensure!(answer.get("error").is_none(), "the batch was refused: {answer}");
        ensure!(
            answer["count"] == count,
            "not all of the batch was stored: {answer}"
        );
    }
    Ok(())
}

/// A row about one of the two.
pub(crate) fn row(options: &Options, scenario: &str, system: &str, variant: &str) -> anyhow::Result<Row> {
    Ok(Row::new(scenario, system, variant)
        .version("nats-server", server_version(options)?)
        .version("async-nats", lock::version("async-nats")))
}

fn program(options: &Options) -> anyhow::Result<PathBuf> {
    let program = options.peers_folder.join("nats-server");
    if !program.exists() {
        bail!(
            "{} is missing: run tests/peers, which fetches it",
            program.display()
        );
    }
    Ok(program)
}

fn server_version(options: &Options) -> anyhow::Result<String> {
    let output = Command::new(program(options)?).arg("--version").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_whitespace().last().unwrap_or_default();
    Ok(version.trim_start_matches('v').to_owned())
}
