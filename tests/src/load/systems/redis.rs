//! Redis: streams, with an append-only file.

use std::{net::TcpListener, path::PathBuf, process::Command};

use anyhow::{Context, bail};
use bytes::Bytes;
use redis::{AsyncConnectionConfig, Client, Value, aio::MultiplexedConnection};

use crate::load::{lock, options::Options, report::Row, subject::Subject};

/// Name of the system.
pub(crate) const STREAMS: &str = "redis-streams";
/// The key of the stream.
pub(crate) const KEY: &str = "events";

/// A running redis-server.
pub(crate) struct Redis {
    pub(crate) subject: Subject,
    folder: PathBuf,
}

impl Redis {
    /// A server on a new folder. `fsync` is its `appendfsync`: `always` or `everysec`.
    pub(crate) fn start(options: &Options, fsync: &str) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir_in(&options.scratch)?.keep();
        // Redis takes no free port by itself.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program()?);
        command
            .current_dir(&folder)
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"])
            .args(["--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0"])
            .args(["--port", &address.port().to_string()]);
        let subject = Subject::other(&mut command, &folder.join("log"), "Ready to accept connections")?
            .at(address.to_string());
        Ok(Self { subject, folder })
    }

    pub(crate) async fn connect(&self) -> anyhow::Result<MultiplexedConnection> {
        let client = Client::open(format!("redis://{}/", self.subject.address()))?;
        let config = AsyncConnectionConfig::new().set_response_timeout(None);
        Ok(client
            .get_multiplexed_async_connection_with_config(&config)
            .await?)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Adds events; they are stored, and synced if the server was started so, on return.
pub(crate) async fn add(connection: &mut MultiplexedConnection, events: &[Bytes]) -> anyhow::Result<()> {
    let mut pipe = redis::pipe();
    for event in events {
        pipe.cmd("XADD")
            .arg(KEY)
            .arg("*")
            .arg("e")
            .arg(&event[..])
            .ignore();
    }
    Ok(pipe.exec_async(connection).await?)
}

/// Reads what follows an id, and waits for it if asked to. Returns how many entries there were and the last one's id.
pub(crate) async fn read(
    connection: &mut MultiplexedConnection,
    after: &[u8],
    wait: bool,
) -> anyhow::Result<(u64, Vec<u8>)> {
    let mut command = redis::cmd("XREAD");
    command.arg("COUNT").arg(1_000);
    if wait {
        command.arg("BLOCK").arg(0);
    }
    let answer: Value = command
        .arg("STREAMS")
        .arg(KEY)
        .arg(after)
        .query_async(connection)
        .await?;
    entries(&answer).context("XREAD's answer")
}

/// [[key, [[id, fields], ...]]]
fn entries(answer: &Value) -> Option<(u64, Vec<u8>)> {
    let entries = array(array(array(answer)?.first()?)?.get(1)?)?;
    match array(entries.last()?)?.first()? {
        Value::BulkString(id) => Some((entries.len() as u64, id.clone())),
        _ => None,
    }
}

fn array(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(values) => Some(values),
        _ => None,
    }
}

/// A row about Redis.
pub(crate) fn row(scenario: &str, variant: &str) -> anyhow::Result<Row> {
    let output = Command::new(program()?).arg("--version").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_whitespace().find_map(|word| word.strip_prefix("v="));
    Ok(Row::new(scenario, STREAMS, variant)
        .version("redis-server", version.unwrap_or("?"))
        .version("redis (crate)", lock::version("redis")))
}

fn program() -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("redis-server"))
        .find(|program| program.exists());
    match found {
        Some(program) => Ok(program),
        None => bail!("there is no redis-server: install the system's package of that name"),
    }
}
