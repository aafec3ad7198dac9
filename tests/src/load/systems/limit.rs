//! The limits of the wire: servers of this program that push bytes which lie ready in memory and do nothing else.
//!
//! The bytes are batches that a Dateline server sent, recorded beforehand, so that limit and server differ in work and not in
//! what they send.

use std::{path::PathBuf, process::Command};

use anyhow::Context;

use super::dateline::{self, Dateline};
use crate::load::{
    events::Events,
    limit::{Recording, TCP, TONIC},
    lock,
    options::Options,
    report::Row,
    stream::Stream,
    subject::{SERVE_VARIABLE, Subject},
};

/// Events of a recording where nothing else is said: 40 MB, of which a processor's caches may hold much.
pub(crate) const RECORDED: u64 = 100_000;

/// A running limit.
pub(crate) struct Limit {
    pub(crate) subject: Subject,
}

impl Limit {
    /// The tonic limit: ready gRPC frames handed to hyper, the socket's writes gathered. So many events are recorded.
    pub(crate) async fn tonic(options: &Options, events: &Events, recorded: u64) -> anyhow::Result<Self> {
        Self::start(options, events, recorded, TONIC).await
    }

    /// Plain TCP: the same bytes, written 64 KiB at a time.
    pub(crate) async fn tcp(options: &Options, events: &Events, recorded: u64) -> anyhow::Result<Self> {
        Self::start(options, events, recorded, TCP).await
    }

    async fn start(options: &Options, events: &Events, recorded: u64, which: &str) -> anyhow::Result<Self> {
        let recording = record(options, events, recorded).await?;
        let log = options.scratch.join(format!("{which}.log"));
        let mut command = Command::new(&options.program);
        command.env(SERVE_VARIABLE, which).arg(recording);
        let subject = Subject::other(&mut command, &log, "listening on ")?;
        Ok(Self { subject })
    }
}

/// The file of the recording, made when it is missing.
async fn record(options: &Options, events: &Events, recorded: u64) -> anyhow::Result<PathBuf> {
    let file = options.scratch.join(format!(
        "recording-{recorded}-{}-{}",
        events.bytes(),
        events.kind()
    ));
    if !file.exists() {
        let server = Dateline::filled(options, events, recorded).await?;
        let mut stream = Stream::open(server.connect().await?, &dateline::replay("")).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Recording::of(&bytes)?.save(&file).context("the recording")?;
    }
    Ok(file)
}

/// A row about the tonic limit.
pub(crate) fn tonic_row(scenario: &str, variant: &str) -> Row {
    let row = Row::new(scenario, TONIC, variant);
    ["tonic", "hyper", "h2"]
        .into_iter()
        .fold(row, |row, name| row.version(name, lock::version(name)))
}

/// A row about plain TCP.
pub(crate) fn tcp_row(scenario: &str, variant: &str) -> Row {
    Row::new(scenario, TCP, variant)
}
