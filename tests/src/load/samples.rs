//! Real events: the articles of `server/samples`, coded by the server's own program.

use std::{path::Path, process::Command, sync::Arc};

use anyhow::{Context, ensure};
use dateline_proto::v1::Event;

use super::{DATELINE, options::Options, subject::SERVE_VARIABLE};

/// Codes the samples.
///
/// # Errors
/// They cannot be read or coded.
pub fn code(options: &Options) -> anyhow::Result<Arc<[Event]>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/samples");
    let output = Command::new(&options.program)
        .env(SERVE_VARIABLE, DATELINE)
        .arg("code")
        .arg(&samples)
        .output()?;
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(
        output.status.success(),
        "cannot code {}: {shown}",
        samples.display()
    );
    let events: Vec<Event> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter()
        .collect::<Result<_, _>>()
        .context("events as JSON lines")?;
    ensure!(!events.is_empty(), "the samples hold no event");
    Ok(events.into())
}
